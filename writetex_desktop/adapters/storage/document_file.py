"""The user's document, as bytes."""

from pathlib import Path

from writetex_desktop.adapters.ordinary_file import NotOrdinaryError, read_ordinary
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.document_context import LARGEST_DOCUMENT


def read_document_file(path: Path) -> bytes:
    """Read a document, but not much more than is taken of one; blocks.

    Raises:
        StorageError: It is not there, or cannot be read.
    """
    try:
        return read_ordinary(path, LARGEST_DOCUMENT)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError | IsADirectoryError | NotOrdinaryError)
        raise StorageError(
            tr("The document is no longer there.") if gone else tr("The document could not be read."),
            tr("Choose it anew or switch it off, in the settings under Instructions."),
        ) from error
