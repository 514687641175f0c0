"""The C library's heap, kept small on Linux.

glibc gives each thread that asks for memory an arena of its own, up to eight for each core, and what is freed
in one is of no use to the others. It also learns from each large block that is freed to cut the next one out
of the heap, where it stays for good once something small lies behind it: a few frames of the screen later a
gigabyte is held of which nothing is in use. See https://man7.org/linux/man-pages/man3/mallopt.3.html.
"""

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

_ARENA_MAX = -8
_MMAP_THRESHOLD = -3
"""M_ARENA_MAX and M_MMAP_THRESHOLD of malloc.h."""

ARENAS = 2

LARGE_BYTES = 1 << 20
"""Blocks from this size on are mapped, each by itself, and given back when they are freed; frames and crops
are, and what the networks work with is mostly smaller."""

_MADV_DONTNEED = 4
"""Of mman.h."""

_SMAPS = Path("/proc/self/smaps")
_FIELDS_OF_FILES = 5
"""Rights, offset, device, inode and path after the addresses."""


def tame_heap() -> bool:
    """Have all threads share `ARENAS` arenas and large blocks mapped; before the first thread begins.

    Returns:
        Whether it took effect.
    """
    # musl has no `mallopt`.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is None:
        return False
    return all((mallopt(_ARENA_MAX, ARENAS) == 1, mallopt(_MMAP_THRESHOLD, LARGE_BYTES) == 1))


def give_back() -> None:
    """Give back to the system what is not in use: freed memory, and the code of libraries; takes 20 ms.

    Loading an engine runs through code that is not wanted again for long. It lies in the system's cache of
    files all the same, from where the next use takes it in a millisecond or two, and which the system can
    empty where it is short of memory; as pages of ours it would have to look for them first.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        trim = getattr(library, "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
        for start, end in _code():
            library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_DONTNEED)


def _code() -> Iterator[tuple[int, int]]:
    """Give the addresses of code that lies in files and was never written to.

    https://man7.org/linux/man-pages/man5/proc_pid_smaps.5.html
    """
    code: tuple[int, int] | None = None
    for line in _SMAPS.read_text("utf-8", "replace").splitlines():
        first, *rest = line.split(maxsplit=5)
        if not first.endswith(":"):
            start, _, end = first.partition("-")
            is_code = len(rest) == _FIELDS_OF_FILES and rest[0] == "r-xp" and rest[-1].startswith("/")
            code = (int(start, 16), int(end, 16)) if is_code else None
        elif first == "Anonymous:" and code is not None and rest[0] == "0":
            yield code
