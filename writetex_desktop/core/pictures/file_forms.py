"""What a file is by its first bytes, and what is said of one that is no picture to be read.

The name of a file is not asked: phones, browsers and mail programs give pictures wrong ones.
"""

import re
import zlib
from enum import StrEnum
from typing import Final

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.language.words import mark, tr_marked

HEAD_BYTES: Final = 4096
"""How much of a file is looked at."""


class FileForm(StrEnum):
    """The kinds that are told apart."""

    EMPTY = "empty"
    PLAIN = "plain"
    """A picture of a kind that Pillow reads by itself."""
    HEIF = "heif"
    """A photograph of a phone (`.heic`)."""
    SVG = "svg"
    PDF = "pdf"
    DRAWING = "drawing"
    """Pages in PostScript, which is a program."""
    CAMERA = "camera"
    """Pictures of kinds that hardly any program reads."""
    DOCUMENT = "document"
    VIDEO = "video"
    TEXT = "text"
    UNKNOWN = "unknown"


_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", FileForm.PLAIN),
    (b"\xff\xd8\xff", FileForm.PLAIN),
    (b"GIF8", FileForm.PLAIN),
    (b"BM", FileForm.PLAIN),
    (b"II*\x00", FileForm.PLAIN),
    (b"MM\x00*", FileForm.PLAIN),
    (b"II+\x00", FileForm.PLAIN),
    (b"MM\x00+", FileForm.PLAIN),
    (b"%!PS", FileForm.DRAWING),
    (b"\xc5\xd0\xd3\xc6", FileForm.DRAWING),
    (b"\xd7\xcd\xc6\x9a", FileForm.DRAWING),
    (b"\x01\x00\x00\x00", FileForm.DRAWING),
    (b"AT&TFORM", FileForm.DOCUMENT),
    (b"PK\x03\x04", FileForm.DOCUMENT),
    (b"\xd0\xcf\x11\xe0", FileForm.DOCUMENT),
    (b"{\\rtf", FileForm.DOCUMENT),
    (b"8BPS", FileForm.CAMERA),
    (b"\xff\x0a", FileForm.CAMERA),
    (b"\x00\x00\x00\x0cJXL ", FileForm.CAMERA),
    (b"\x00\x00\x00\x0cjP  ", FileForm.CAMERA),
    (b"\x00\x00\x01\x00", FileForm.CAMERA),
    (b"IIRO", FileForm.CAMERA),
    (b"FUJIFILM", FileForm.CAMERA),
    (b"gimp xcf", FileForm.CAMERA),
    (b"\x1aE\xdf\xa3", FileForm.VIDEO),
)
"""First bytes, as the descriptions of the formats and `file`'s list have them."""

_HEIF_BRANDS: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""Brands of ISO 23008-12; a file of AV1 pictures may name one of them as well, and then its own."""

_GZIP: Final = b"\x1f\x8b\x08"
"""First bytes of RFC 1952, section 2.3, with the one method there is."""

_GZIP_WINDOW: Final = zlib.MAX_WBITS | 16

_SVG: Final = re.compile(
    rb"\A(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>|\s)*<(?:\w+:)?svg[\s>]", re.DOTALL
)
_TEXT: Final = re.compile(rb"[^\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]+")


def form_of(data: bytes) -> FileForm:
    """Tell what a file is by its first `HEAD_BYTES`."""
    head = unpacked(data[:HEAD_BYTES], HEAD_BYTES)
    found = next((form for magic, form in _MAGIC if head.startswith(magic)), None)
    if found is not None:
        return found
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        return _form_of_container(head)
    return _form_of_text(head)


def unpacked(data: bytes, most: int) -> bytes:
    """Give what a file holds that gzip has packed, as it has an SVG file named `.svgz`; any other as it is.

    Args:
        data: The file, or its first bytes.
        most: Bytes that are given at most: a few kilobytes may stand for gigabytes.
    """
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(data, most)
    except zlib.error:
        return data


def _form_of_container(head: bytes) -> FileForm:
    end = min(int.from_bytes(head[:4]), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}
    if brands & {b"WEBP", b"avif", b"avis"}:
        return FileForm.PLAIN
    if brands & _HEIF_BRANDS:
        return FileForm.HEIF
    return FileForm.CAMERA if head[8:11] == b"crx" else FileForm.VIDEO


def _form_of_text(head: bytes) -> FileForm:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if not head.strip(b"\x00 \t\r\n"):
        return FileForm.EMPTY
    if b"%PDF-" in head[:1024]:  # ISO 32000-1, annex H.3.4.1: readers take it anywhere there
        return FileForm.PDF
    if _SVG.match(plain):
        return FileForm.SVG
    is_text = head[:2] in {b"\xff\xfe", b"\xfe\xff"} or _TEXT.fullmatch(plain)
    return FileForm.TEXT if is_text else FileForm.UNKNOWN


_REFUSALS: Final = {
    FileForm.EMPTY: (mark("The file is empty."), mark("Save it or send it again.")),
    FileForm.PDF: (
        mark("This is a PDF file, not a picture."),
        mark("Open it as a file: its pages are read one by one."),
    ),
    FileForm.DRAWING: (
        mark("This is a drawing that only its own program can draw (EPS, WMF)."),
        mark("Save it as PNG or PDF there, or take a screenshot of it."),
    ),
    FileForm.CAMERA: (
        mark(
            "Pictures of this kind are not read here (Photoshop, JPEG XL, JPEG 2000, icons, raw photographs)."
        ),
        mark("Save it as PNG or JPEG, or take a screenshot of it."),
    ),
    FileForm.DOCUMENT: (
        mark("This is a document, not a picture."),
        mark("Print it to a PDF file and open that, or take a screenshot of the formula."),
    ),
    FileForm.VIDEO: (
        mark("This is a film or a sound, not a picture."),
        mark("Take a screenshot of the formula in it."),
    ),
    FileForm.TEXT: (
        mark("This is text, not a picture."),
        mark("Paste LaTeX into the window; Ctrl+L opens an empty one."),
    ),
    FileForm.UNKNOWN: (
        mark("This is no picture that can be read."),
        mark("Use a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC or SVG file."),
    ),
}
_BROKEN: Final = (
    mark("The picture is broken or cut off."),
    mark("Save it or send it again, or take a screenshot of it."),
)


def refusal(data: bytes) -> ImageError:
    """Say of a file that cannot be read what it is and what to do."""
    message, remedy = _REFUSALS.get(form_of(data), _BROKEN)
    return ImageError(tr_marked(message), tr_marked(remedy))
