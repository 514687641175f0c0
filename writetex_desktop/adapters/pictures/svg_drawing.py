"""SVG files as pictures, with QtSvg: in the process for untrusted files only (`decoder`)."""

from __future__ import annotations

import os
import re
from typing import Final

from writetex_desktop.core.pictures.file_forms import refusal, unpacked
from writetex_desktop.core.pictures.image import Bitmap

MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of a packed drawing that are unpacked; one that has more is not drawn."""

LONGER_SIDE_PX: Final = 1600
"""How large a drawing is drawn, which has no pixels of its own: a formula of a line has 40 to the em then."""

_LEAST_SIDE_PX: Final = 16
_OUTSIDE: Final = re.compile(rb"""(href\s*=\s*)(?:"(?!\s*(?:#|data:))[^"]*"|'(?!\s*(?:#|data:))[^']*')""")
"""A reference to another file: QtSvg would draw a picture of this machine into it."""


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
    renderer = QSvgRenderer(QByteArray(_OUTSIDE.sub(rb'\1""', data)))
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
