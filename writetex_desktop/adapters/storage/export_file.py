"""Files that the user asked for, written piece by piece."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from writetex_desktop.adapters.storage.atomic_file import replacement
from writetex_desktop.adapters.storage.output_file import check_output
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr


@contextmanager
def export_file(path: Path) -> Iterator[Callable[[str], None]]:
    """Open a file to be written as UTF-8; it takes the place of the old one when the block ends well.

    Raises:
        StorageError: It could not be written, or is no ordinary file; what was there before is whole.
    """
    check_output(path)
    try:
        with replacement(path) as file:

            def write(text: str) -> None:
                file.write(text.encode("utf-8", "replace"))

            yield write
    except OSError as error:
        raise StorageError(
            tr("The file could not be written."),
            tr("Choose a folder other than {folder}, or make room on the disk.", folder=path.parent),
        ) from error
