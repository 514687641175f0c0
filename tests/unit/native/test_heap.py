"""How the heap of the program is kept small."""

import re
import subprocess
import sys

import pytest

ARENAS_IN_USE = """
import ctypes, threading
from writetex_desktop.native.heap import tame_heap

assert not {shared} or tame_heap()
barrier = threading.Barrier(9)

def work():
    block = ctypes.create_string_buffer(100_000)
    barrier.wait()
    barrier.wait()
    del block

for _ in range(8):
    threading.Thread(target=work).start()
barrier.wait()
libc = ctypes.CDLL(None)
libc.malloc_stats()
barrier.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_threads_share_two_arenas() -> None:
    def arenas(*, shared: bool) -> int:
        code = ARENAS_IN_USE.format(shared=shared)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return len(re.findall(r"^Arena \d+:", done.stderr, re.MULTILINE))

    assert arenas(shared=True) <= 2 < arenas(shared=False)


GIVING_BACK = """
import ctypes, pathlib
from writetex_desktop.native.heap import give_back, tame_heap

def resident():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096

assert not {tamed} or tame_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
FRAME, PIN = 8 << 20, 500_000
libc.free(ctypes.c_void_p(libc.malloc(2 * FRAME)))  # from now on glibc would cut frames from the heap

def filled(size):
    block = ctypes.c_void_p(libc.malloc(size))
    ctypes.memset(block, 1, size)
    return block

blocks = [(filled(FRAME), filled(PIN)) for _ in range(12)]
full = resident()
for frame, _pin in blocks:
    libc.free(frame)
print(full - resident())
give_back()
assert sum(range(9)) == 36  # what runs is read in again
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_frames_that_are_freed_are_given_back_at_once() -> None:
    def given_back(*, tamed: bool) -> int:
        code = GIVING_BACK.format(tamed=tamed)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert given_back(tamed=True) > 10 * (8 << 20) > given_back(tamed=False)
