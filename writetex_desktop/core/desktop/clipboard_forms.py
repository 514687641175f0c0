"""Which of the forms that another program offers on the clipboard are asked for, and what they make.

Each form that is asked for is that program's work, and it may hang: so as few are asked for as do.
"""

from collections.abc import Collection, Mapping
from typing import Final

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent

FILES: Final = "text/uri-list"

PICTURES: Final = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif")
"""Forms of a picture whose bytes are a picture file, best first."""

_TEXTS: Final = (
    "UTF8_STRING",
    "text/plain;charset=utf-8",
    "text/plain;charset=UTF-8",
    "text/plain",
    "STRING",
)
"""Names of a text on X11 and Wayland, best first; `STRING` is Latin-1 by the ICCCM, the others are UTF-8."""

_BESIDE: Final = ("image/svg+xml", "application/mathml+xml", "text/html", "text/rtf", FILES)
"""What is kept beside text and picture; other forms may be many and large."""


def forms_to_keep(offered: Collection[str]) -> tuple[str, ...]:
    """Name what is read in order to put it back later: one text, one picture and what stands beside them."""
    return (
        *_best(_TEXTS, offered),
        *_best(PICTURES, offered),
        *(form for form in _BESIDE if form in offered),
    )


def forms_to_paste(offered: Collection[str]) -> tuple[str, ...]:
    """Name what is read in order to recognise it: files, and a picture or else a text.

    A browser offers the address of a picture as a file that is not on this machine.
    """
    return (*_best((FILES,), offered), *(_best(PICTURES, offered) or _best(_TEXTS, offered)))


def content_of(forms: Mapping[str, bytes]) -> ClipboardContent:
    """Make one thing of the forms that were read."""
    text = next((_decoded(form, forms[form]) for form in _TEXTS if form in forms), "")
    return ClipboardContent(text, {form: data for form, data in forms.items() if form not in _TEXTS})


def _best(names: tuple[str, ...], offered: Collection[str]) -> tuple[str, ...]:
    return next(((name,) for name in names if name in offered), ())


def _decoded(form: str, data: bytes) -> str:
    return data.decode("latin-1" if form == "STRING" else "utf-8", "replace")
