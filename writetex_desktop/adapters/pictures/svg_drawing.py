"""SVG files as pictures, with QtSvg: in the process for untrusted files only (`decoder`)."""

from __future__ import annotations

import base64
import os
import re
from typing import Final

from writetex_desktop.core.pictures.file_forms import FileForm, form_of, refusal, unpacked
from writetex_desktop.core.pictures.image import Bitmap

MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of a packed drawing that are unpacked; one that has more is not drawn."""

LONGER_SIDE_PX: Final = 1600
"""How large a drawing is drawn, which has no pixels of its own: a formula of a line has 40 to the em then."""

_LEAST_SIDE_PX: Final = 16
_REFERENCE: Final = re.compile(rb"""(href\s*=\s*)("[^"]*"|'[^']*')""")
"""A reference: to a part of the drawing, or to another file, with which QtSvg would draw a picture of this
machine into it."""

_OWN_PART: Final = re.compile(rb"#[\w.:-]*")
_HELD: Final = re.compile(rb"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]*)")

_DECLARED: Final = re.compile(
    rb"""<!(?:ATTLIST|ELEMENT|NOTATION)|<!ENTITY(?!\s+[\w.:-]+\s+(?:"[^"<&%]*"|'[^'<&%]*')\s*>)"""
)
"""What declares more than a short name for a piece of text: it could put a reference where none is seen."""


def draw_svg(data: bytes) -> Bitmap:
    """Draw an SVG file on white paper.

    Raises:
        ImageError: It cannot be drawn.
    """
    from PySide6.QtCore import QByteArray, QSize, Qt  # noqa: PLC0415 - for drawings alone
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    data = unpacked(data, MOST_BYTES)  # here, and not by QtSvg, so that no reference is overlooked
    # Words are drawn with the fonts of an application, which needs no display here.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication([])
    if _DECLARED.search(data):
        raise refusal(data)
    renderer = QSvgRenderer(QByteArray(_REFERENCE.sub(_kept_inside, data)))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        raise refusal(data)
    size = size.scaled(QSize(LONGER_SIDE_PX, LONGER_SIDE_PX), Qt.AspectRatioMode.KeepAspectRatio)
    size = size.expandedTo(QSize(_LEAST_SIDE_PX, _LEAST_SIDE_PX))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    del app
    return Bitmap(image.width(), image.height(), bytes(image.constBits()))


def _kept_inside(found: re.Match[bytes]) -> bytes:
    """Leave out a reference to anything but a part of this drawing or pixels that it holds itself."""
    named = found[2][1:-1].strip()
    held = _HELD.fullmatch(named)
    if held is None:
        is_inside = _OWN_PART.fullmatch(named) is not None
    else:
        try:
            # Qt asks the bytes what they are, and a drawing in the drawing has references again.
            is_inside = form_of(base64.b64decode(held[1])) is FileForm.PLAIN
        except ValueError:
            is_inside = False
    return found[0] if is_inside else found[1] + b'""'
