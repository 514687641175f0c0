"""A lock beside a file, so that programs that run side by side change it one after the other.

The lock is the system's, on a file of its own (`.NAME.lock`): it goes with the program that holds it, however
that ends, and the file itself can be replaced while it is held.
"""

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE_S = 0.005
"""Between two looks at a lock that another program holds."""

_UNKNOWN_HERE = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL))
"""What a file system says that has no locks; there we go on without, as before."""

_LONGEST_STEM = 60
"""Signs of a name that a lock's own name takes over: names have an end at 255 bytes."""


@contextmanager
def file_lock(path: Path, patience_s: float) -> Iterator[None]:
    """Hold the lock of a file; blocks.

    Args:
        path: The file, which need not be there, in a folder that is.
        patience_s: How long another holder is waited for, in seconds; 0 for not at all.

    Raises:
        TimeoutError: Another program holds it (an `OSError`).
        OSError: There can be no lock in that folder.
    """
    path = path.resolve()
    place = path.with_name(f".{path.name[:_LONGEST_STEM]}.lock")
    handle = _held(place, patience_s)
    try:
        yield
    finally:
        # While it is held: whoever waits for this very file sees that it is gone, and makes another.
        with suppress(OSError):
            place.unlink()
        os.close(handle)


def _held(place: Path, patience_s: float) -> int:
    looks = max(1, round(patience_s / _PAUSE_S))
    for _ in range(looks):
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if _take(handle) and _is_at(handle, place):
                return handle
        except OSError as error:
            if error.errno in _UNKNOWN_HERE:
                return handle
            os.close(handle)
            raise
        os.close(handle)
        threading.Event().wait(_PAUSE_S)
    raise TimeoutError(errno.ETIMEDOUT, "another program holds the lock")


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there alone

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_at(handle: int, place: Path) -> bool:
    """Whether a held lock file is still the one that others find."""
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except FileNotFoundError:
        return False
