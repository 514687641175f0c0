"""The file that the user names for results: an ordinary one, and one program's at a time."""

import errno
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from writetex_desktop.adapters.storage.atomic_file import replacement, sweep
from writetex_desktop.adapters.storage.file_lock import file_lock
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""The disk, the user's share of it, or the file is as large as it may be."""

_NO_NAME = frozenset((errno.ENAMETOOLONG, errno.EINVAL))


@contextmanager
def held_output(path: Path) -> Iterator[None]:
    """Keep other programs from writing to an output file for as long as the block runs.

    Raises:
        StorageError: Another program writes to it, it is no ordinary file, or its folder takes none.
    """
    check_output(path)
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(path, 0))
        except TimeoutError as error:
            raise StorageError(
                tr("Another program is writing to this output file."),
                tr("Wait until it is done, or choose another name."),
            ) from error
        except OSError as error:
            raise output_trouble(error) from error
        sweep(path.resolve().parent, path.name)
        yield


def write_output(path: Path, data: bytes) -> None:
    """Write a result to a file, all or nothing; a terminal or a null device takes it as it is.

    Raises:
        StorageError: It cannot be written; what was there before is whole.
    """
    try:
        if _kind(path) is not None and stat.S_ISCHR(path.stat().st_mode):
            path.write_bytes(data)
            return
        check_output(path)
        with replacement(path.resolve(), private=False) as file:
            file.write(data)
    except OSError as error:
        raise output_trouble(error) from error


def check_output(path: Path) -> None:
    """See that a name leads to an ordinary file, or to none yet.

    Raises:
        StorageError: It does not.
    """
    try:
        kind = _kind(path)
    except OSError as error:
        raise output_trouble(error) from error
    if kind is not None and not stat.S_ISREG(kind):
        raise StorageError(
            tr("The output is a folder, a pipe or a device, not a file."), tr("Name a file for it with -o.")
        )


def output_trouble(error: OSError) -> StorageError:
    """Make our error of one that the system raised about an output file."""
    if error.errno in _NO_ROOM:
        return StorageError(
            tr("There is no room left on the disk for the output file."), tr("Make room on the disk.")
        )
    if error.errno in _NO_NAME:
        return StorageError(tr("No file can have the name of the output."), tr("Choose a shorter name."))
    return StorageError(
        tr("The output file could not be written."), tr("Check the folder and its permissions.")
    )


def _kind(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, "no name of a file") from error
