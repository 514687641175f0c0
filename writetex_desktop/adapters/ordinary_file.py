"""Reading files whose names come from outside: a name may lead to anything, and a pipe has no end."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Opening a pipe that nobody writes to would wait for ever, and a terminal could become ours."""


class NotOrdinaryError(OSError):
    """The name leads to a pipe, a device or a socket."""


@contextmanager
def ordinary_file(path: Path) -> Iterator[BufferedReader]:
    """Open an ordinary file to be read; blocks no longer than the disk.

    Raises:
        NotOrdinaryError: It is a pipe, a device or a socket.
        OSError: It cannot be read, is a folder, or its name cannot be any file's.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | _NO_WAIT)
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, "no name of a file") from error
    except OSError as error:
        if error.errno in {errno.ENXIO, errno.ENODEV}:  # a socket, or a device that is not there
            raise NotOrdinaryError(error.errno, "no ordinary file") from error
        raise
    with os.fdopen(handle, "rb") as file:
        kind = os.fstat(handle).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, "a folder")
        if not stat.S_ISREG(kind):
            raise NotOrdinaryError(errno.EINVAL, "no ordinary file")
        yield file


def read_ordinary(path: Path, most: int) -> bytes:
    """Read an ordinary file.

    Args:
        path: The file.
        most: How many bytes are read; one more where there are more, so that the caller sees it.

    Raises:
        OSError: See `ordinary_file`.
    """
    with ordinary_file(path) as file:
        return file.read(most + 1)
