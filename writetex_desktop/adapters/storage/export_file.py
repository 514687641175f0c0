"""Files that the user asked for, written piece by piece."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from writetex_desktop.core.errors import StorageError


@contextmanager
def export_file(path: Path) -> Iterator[Callable[[str], None]]:
    """Open a file to be written as UTF-8; it takes the place of the old one when the block ends well.

    Raises:
        StorageError: It could not be written; what was there before is whole.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:

                def write(text: str) -> None:
                    file.write(text)

                yield write
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise StorageError(
            "The file could not be written.",
            f"Choose a folder other than {path.parent}, or make room on the disk.",
        ) from error
