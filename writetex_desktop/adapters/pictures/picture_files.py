"""Pictures and documents in folders."""

import hashlib
import os
import re
from pathlib import Path

from writetex_desktop.adapters.ordinary_file import ordinary_file
from writetex_desktop.core.batches.batch import is_document
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.language.words import tr

PICTURE_ENDINGS = frozenset(
    (
        ".png",
        ".jpg",
        ".jpeg",
        ".webp",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".avif",
        ".heic",
        ".heif",
        ".svg",
        ".svgz",
        ".inkml",
    )
)
"""What is taken out of a folder; a file that is named is tried whatever its ending."""

_DIGITS = re.compile(r"(\d+)")


def find_pictures(path: str) -> tuple[str, ...]:
    """Give the pictures and documents in a folder and the folders in it, in the order a reader expects.

    Hidden files and folders are left out, and links to folders are not followed.

    Args:
        path: A folder; anything else is given back as it is.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - no name is too long for it, and none has a NUL
        return (path,)
    found = []
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [str(Path(folder, name)) for name in files if _is_wanted(name)]
    return tuple(sorted(found, key=_in_order))


def file_digest(path: str) -> str:
    """Give the SHA-256 of a file of any size, in hexadecimal.

    Raises:
        ImageError: It cannot be read.
    """
    try:
        with ordinary_file(Path(path)) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ImageError(
            tr("The file could not be read."), tr("Check that it is there and that you may read it.")
        ) from error


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and (Path(name).suffix.lower() in PICTURE_ENDINGS or is_document(name))


def _in_order(path: str) -> tuple[tuple[str | int, ...], ...]:
    """Sort 2.png before 10.png, folder by folder."""
    return tuple(
        tuple(int(piece) if piece.isdecimal() else piece.casefold() for piece in _DIGITS.split(part))
        for part in Path(path).parts
    )
