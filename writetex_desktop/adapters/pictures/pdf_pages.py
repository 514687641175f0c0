"""Pages of PDF files as pictures, with PDFium.

PDFium must not be called by two threads at a time, not even for different documents
(https://pypdfium2.readthedocs.io, "Incompatibility with Threading"), so that everything here holds one lock.
It is imported when the first document comes: it is 8 MB.
"""

from __future__ import annotations

import os
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.pictures.pdf_letters import printed_letters
from writetex_desktop.core.errors import ImageError, LockedError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, Bitmap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument

    from writetex_desktop.core.pictures.image import ImageLimits
    from writetex_desktop.core.secret import Secret

_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD of PDFium's fpdfview.h."""


class PdfPages:
    """The `DocumentReader` of the program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def page_count(self, path: str, password: Secret | None = None) -> int:
        """See `DocumentReader.page_count`."""
        with self._opened(path, password) as document:
            return len(document)

    def page(self, path: str, number: int, limits: ImageLimits, password: Secret | None = None) -> Bitmap:
        """See `DocumentReader.page`. What is transparent becomes white."""
        with self._opened(path, password) as document:
            if not 1 <= number <= len(document):
                raise ImageError(
                    tr("The document has no such page."), tr("Check whether it has been replaced.")
                )
            with closing(document[number - 1]) as page:
                width, height = page.get_size()
                scale = min(
                    limits.max_side_px / max(width, height, 1.0),
                    (limits.max_area_px / max(width * height, 1.0)) ** 0.5,
                )
                with closing(page.render(scale=scale, prefer_bgrx=True)) as picture:
                    bitmap = _as_bitmap(picture.width, picture.height, picture.stride, bytes(picture.buffer))
                return replace(bitmap, printed=printed_letters(page, bitmap.width, bitmap.height))

    @contextmanager
    def _opened(self, path: str, password: Secret | None) -> Iterator[PdfDocument]:
        import pypdfium2  # noqa: PLC0415 - see the module's docstring

        with self._lock:
            if not os.path.isfile(path):  # noqa: PTH113 - no name is too long for it
                raise ImageError(tr("There is no such file."), tr("Check the name and the folder."))
            key = password.reveal() if password else None
            try:
                with closing(pypdfium2.PdfDocument(path, key)) as document:
                    yield document
            except pypdfium2.PdfiumError as error:
                if getattr(error, "err_code", None) == _PASSWORD_ERROR:
                    raise locked() from error
                raise ImageError(
                    tr("The PDF file cannot be read."),
                    tr("Open it in a PDF viewer and print it to a new file."),
                ) from error


def locked() -> LockedError:
    """Say that a document wants a password, or another one."""
    return LockedError(
        tr("The PDF file is locked with a password."),
        tr("Open it in the window and type the password, or name a file of passwords: --pdf-passwords."),
    )


def _as_bitmap(width: int, height: int, stride: int, data: bytes) -> Bitmap:
    """Take the padding off the rows."""
    row = width * BYTES_PER_PIXEL
    if stride != row:
        data = b"".join(data[at : at + row] for at in range(0, height * stride, stride))
    return Bitmap(width, height, data)
