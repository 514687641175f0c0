"""How many heaps the threads of the program have."""

import re
import subprocess
import sys

import pytest

ARENAS_IN_USE = """
import ctypes, threading
from writetex_desktop.native.heap import share_arenas

assert not {shared} or share_arenas()
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
