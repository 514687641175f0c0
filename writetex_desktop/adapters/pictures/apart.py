"""Decoding in a process of its own: what a hostile file does to a decoder, it does to that process.

The program that draws pages of PDF files (PDFium) and those that decode pictures (libtiff, libwebp, ...) are
written in C and C++ and are the first that touch what came from anywhere. A page of two kilobytes can ask for
nine gigabytes, and neither PDFium nor Pillow can be stopped by another thread.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from writetex_desktop.core.errors import ImageError, LockedError
from writetex_desktop.core.inheritance import inherited, own_words
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, Bitmap
from writetex_desktop.core.pictures.printed import PrintedLetter
from writetex_desktop.services.interruption import present_interruption
from writetex_desktop.services.programs import MOST_BYTES, exchange

if TYPE_CHECKING:
    from writetex_desktop.core.pictures.image import ImageLimits
    from writetex_desktop.core.secret import Secret

EDGES: Final = 4
"""Of a letter: left, top, right, bottom."""

ORDER: Final = "decode-apart"
"""The word on our own command line that makes a process of the program the decoder."""

MOST_PAGES: Final = 100_000
"""Of a document; each becomes an item of a batch."""

PATIENCE_S: Final = 40.0
"""What a file may take on the clock; the decoder's own limit counts the processor's time, of which a busy
machine gives it little."""


class PagesApart:
    """The `DocumentReader` of the program: each call is a process."""

    def page_count(self, path: str, password: Secret | None = None) -> int:
        """See `DocumentReader.page_count`."""
        match _asked({"wanted": "count", "path": path, **_opening(password)}):
            case {"count": int(count)}, _ if 0 <= count <= MOST_PAGES:
                return count
            case _:
                raise _too_much()

    def page(self, path: str, number: int, limits: ImageLimits, password: Secret | None = None) -> Bitmap:
        """See `DocumentReader.page`."""
        order = {"wanted": "page", "path": path, "number": number, **_opening(password)}
        sizes = {"max_side_px": limits.max_side_px, "max_area_px": limits.max_area_px}
        return _bitmap(*_asked({**order, **sizes}))


def _opening(password: Secret | None) -> dict[str, object]:
    """Give the part of an order that opens a document; it goes by a pipe, which nobody else can read."""
    return {"password": password.reveal()} if password else {}


def decode_apart(data: bytes) -> Bitmap:
    """Decode a picture file; see `ImageCodec.decode`."""
    return _bitmap(*_asked({"wanted": "picture"}, data))


def _asked(order: dict[str, object], data: bytes = b"") -> tuple[dict[str, Any], bytes]:
    """Give an order to a new process; gives the first line of its answer and what follows it.

    Raises:
        ImageError: The file is refused, or it was too much for the process.
    """
    own = own_words(sys.executable, frozen=getattr(sys, "frozen", False))
    process = subprocess.Popen(  # noqa: S603 - this very program, and the name of the file goes by its input
        [*own, ORDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=inherited(os.environ),
        bufsize=0,  # see `exchange`
    )
    with process, present_interruption().stopping(process.kill):
        try:
            written = exchange(process, json.dumps(order).encode() + b"\n" + data, PATIENCE_S, MOST_BYTES)
        except OSError as error:
            raise _too_much() from error
        finally:
            with suppress(OSError):
                process.kill()
    head, _, pixels = written.partition(b"\n")
    # A file that took the process over writes what it likes.
    try:
        answer = json.loads(head) if not process.returncode else None
    except (ValueError, RecursionError):
        answer = None
    match answer:
        case {"message": str(message), "remedy": str(remedy), "locked": bool(is_locked)}:
            raise (LockedError if is_locked else ImageError)(message, remedy)
        case dict():
            return answer, pixels
        case _:
            raise _too_much()


def _bitmap(answer: dict[str, Any], pixels: bytes) -> Bitmap:
    match answer:
        case {"width": int(width), "height": int(height)} if min(width, height) > 0:
            if len(pixels) == width * height * BYTES_PER_PIXEL:
                return Bitmap(width, height, pixels, letters_told(answer.get("printed", ())))
    raise _too_much()


def letters_told(told: object) -> tuple[PrintedLetter, ...]:
    """Give the letters of a page that the process has told.

    Raises:
        ImageError: They are none: a file may have taken the process over.
    """
    letters: list[PrintedLetter] = []
    for each in told if isinstance(told, list | tuple) else (told,):
        match each:
            case [str(text), *edges, bool(follows_blank)] if len(edges) == EDGES and all(
                map(_is_place, edges)
            ):
                letters.append(PrintedLetter(text, Box(*map(float, edges)), follows_blank))
            case _:
                raise _too_much()
    return tuple(letters)


def _is_place(edge: object) -> bool:
    return isinstance(edge, int | float) and math.isfinite(edge)


def _too_much() -> ImageError:
    return ImageError(
        tr("This picture or page takes more memory or time than one may."),
        tr("Save it as a smaller picture, or print the page to a new PDF file."),
    )
