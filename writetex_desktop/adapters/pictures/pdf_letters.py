"""The letters of a page of a PDF file, with PDFium's reader of text.

Called by `pdf_pages`, which holds the lock. What PDFium gives is described in its `fpdf_text.h`
(https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h).
"""

from __future__ import annotations

import ctypes
import unicodedata
from contextlib import closing
from typing import TYPE_CHECKING

from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.printed import PrintedLetter

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_LETTERS = 30_000
"""A page of a dictionary has fifteen thousand; what has more is drawn by letters and read as a picture."""

FINER = 8
"""PDFium gives places in whole dots: by how much smaller these are taken than pixels."""

_HYPHEN = 0x02
"""What PDFium gives for a hyphen at the end of a line."""

_LIGATURES = range(0xFB00, 0xFB07)
_HIGH_HALVES, _LOW_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""Of what is beyond 16 bits, such as letters of mathematics; PDFium gives them one after the other."""


def printed_letters(page: PdfPage, width: int, height: int) -> tuple[PrintedLetter, ...]:
    """Give the letters of a page in the document's order; nothing where it does not say which they are.

    Args:
        page: It.
        width: Of its picture, in pixels.
        height: The same.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - see `pdf_pages`

    with closing(page.get_textpage()) as text:
        count = text.count_chars()
        if not 0 < count <= MOST_LETTERS:
            return ()
        found: list[PrintedLetter] = []
        follows_blank = False
        for number in range(count):
            code = pdfium.FPDFText_GetUnicode(text.raw, number)
            if code in _LOW_HALVES:
                continue
            if code in _HIGH_HALVES and number + 1 < count:
                low = pdfium.FPDFText_GetUnicode(text.raw, number + 1)
                code = 0x10000 + (code - _HIGH_HALVES.start) * 0x400 + (low & 0x3FF)
            letter = _letter(code)
            if not letter:
                follows_blank = True
                continue
            box = _box(page, text.raw, number, width, height)
            if box is None or pdfium.FPDFText_HasUnicodeMapError(text.raw, number) == 1:
                continue
            found.append(PrintedLetter(letter, box, follows_blank))
            follows_blank = False
    return tuple(found)


def _letter(code: int) -> str:
    """The letter of a code; empty for blanks and for what is none."""
    if code == _HYPHEN:
        return "-"
    letter = chr(code)
    if code in _LIGATURES:
        return unicodedata.normalize("NFKC", letter)
    return (
        "" if letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} else letter
    )


def _box(page: PdfPage, text: object, number: int, width: int, height: int) -> Box | None:
    """Where a letter stands in the picture; None where it has no ink."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - see `pdf_pages`

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top):
        return None
    size = width * FINER, height * FINER
    corners: list[tuple[float, float]] = []
    for x, y in ((left, top), (right, bottom)):
        across, down = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, across, down):
            return None
        corners.append((across.value / FINER, down.value / FINER))
    across_both, down_both = zip(*corners, strict=True)
    box = Box(min(across_both), min(down_both), max(across_both), max(down_both))
    return box if box.width > 0 and box.height > 0 else None
