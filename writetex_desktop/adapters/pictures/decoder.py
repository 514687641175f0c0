"""The process in which untrusted documents and large pictures are decoded; `apart` is the other end.

It is given one order on its standard input: a line of JSON, and for a picture its file. It writes a line of
JSON and for a bitmap its pixels, and ends. What a file makes of it, a crash or endless work, is its own: the
limits are set before the first byte is looked at.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING

from writetex_desktop.adapters.job_object import confine
from writetex_desktop.core.errors import ImageError, LockedError, WriteTexError
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.tasks import missing_library

if TYPE_CHECKING:
    from writetex_desktop.adapters.pictures.pdf_pages import PdfPages
    from writetex_desktop.core.pictures.image import Bitmap

MEMORY_BYTES = 384 << 20
"""What it may hold beside its libraries: a picture of 64 million pixels takes 256 MB while it is decoded."""

PROCESSOR_S = 10
"""A page of print takes a tenth of a second, one of a map or of a large drawing two."""

_PR_SET_PDEATHSIG = 1
"""Of prctl.h."""

_NICE = 5
"""Below the program that waits, which draws its window meanwhile."""


def main() -> int:
    """Do what is ordered; gives the exit status."""
    set_limits()
    order = json.loads(sys.stdin.buffer.readline())
    password = Secret(order.pop("password", ""))
    try:
        match order["wanted"]:
            case "count":
                reply(count=_pages().page_count(order["path"], password))
            case "page":
                from writetex_desktop.core.pictures.image import ImageLimits  # noqa: PLC0415 - see `_pages`

                limits = ImageLimits(order["max_side_px"], order["max_area_px"])
                reply(_pages().page(order["path"], order["number"], limits, password))
            case _:
                from writetex_desktop.adapters.pictures.decoding import decode_here  # noqa: PLC0415 - as above

                reply(decode_here(sys.stdin.buffer.read()))
    except ImageError as error:
        reply_error(error)
    except ImportError as error:
        reply_error(missing_library(error))
    except MemoryError:
        return 1  # as if it had crashed by it, which C++ does
    return 0


def reply(bitmap: Bitmap | None = None, *, count: int = 0) -> None:
    """Write the outcome."""
    head: dict[str, object] = {"count": count}
    if bitmap is not None:
        head = {"width": bitmap.width, "height": bitmap.height, "printed": told_letters(bitmap)}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    if bitmap is not None:
        sys.stdout.buffer.write(bitmap.data)
    sys.stdout.buffer.flush()


def told_letters(bitmap: Bitmap) -> list[list[object]]:
    """Give the letters of a page as JSON takes them; the inverse is `apart.letters_told`."""
    return [
        [each.text, each.box.left, each.box.top, each.box.right, each.box.bottom, each.follows_blank]
        for each in bitmap.printed
    ]


def reply_error(error: WriteTexError) -> None:
    """Write why there is none."""
    words = {"message": error.message, "remedy": error.remedy.text, "locked": isinstance(error, LockedError)}
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\n")


def set_limits() -> None:
    """Let the system end this process when it takes too much, on Linux also with the one that started it."""
    if sys.platform == "win32":
        confine(MEMORY_BYTES, PROCESSOR_S)
    else:
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Linux counts what is written to, macOS hardly anything; the space of addresses is large by itself.
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - as above

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.nice(_NICE)


def _pages() -> PdfPages:
    from writetex_desktop.adapters.pictures.pdf_pages import PdfPages  # noqa: PLC0415 - for documents alone

    return PdfPages()
