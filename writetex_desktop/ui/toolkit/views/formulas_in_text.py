"""Formulas as pictures in the flow of a text, standing on its line.

Qt sets a picture on the line, or in the middle of it, but knows no depth below it
(https://doc.qt.io/qt-6/qtextcharformat.html#VerticalAlignment-enum). So a formula claims only what it has
above the line, and is painted beyond that; a strut without width before it makes the line as deep as it is:
as a picture "in the middle" it has half of what it is higher than half an x below the line.
"""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from writetex_desktop.ui.toolkit.views.difference_mark import paint_mark

_JOINED: Final = "\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is painted where the text has a picture.

    Attributes:
        image: The pixels; None for a strut.
        claimed: The room that the line knows of.
        height: How high it is painted, from the top of that room.
        is_marked: Whether somebody should look at it.
    """

    image: QImage | None
    claimed: QSizeF
    height: float
    is_marked: bool = False


class FormulasInText(QPyTextObject):
    """Paints the pictures of one document.

    Args:
        document: Whose pictures.
        parent: Its view.
    """

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures: dict[str, _Picture] = {}
        self._ground = QColor(Qt.GlobalColor.white)
        document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject, self)

    def clear(self, ground: QColor) -> None:
        """Forget them all; the document no longer has any.

        Args:
            ground: What those that come stand on.
        """
        self._pictures.clear()
        self._ground = ground

    def add(
        self,
        svg: str,
        size: QSizeF,
        depth: float,
        *,
        text: QFontMetrics,
        ratio: float,
        is_marked: bool = False,
    ) -> str:
        """Keep a formula and give the HTML that shows it.

        Args:
            svg: The drawing in its colours.
            size: Its size, in logical pixels.
            depth: How far it goes below the line; 0 sets it on the line as a whole.
            text: The letters around it.
            ratio: Device pixels per logical pixel.
            is_marked: Whether it is painted as a place to look at.
        """
        image = QImage(
            max(1, round(size.width() * ratio)),
            max(1, round(size.height() * ratio)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
        painter.end()
        # A formula that hangs below the line as a whole would have no room above it.
        claimed = QSizeF(size.width(), max(1.0, size.height() - depth))
        shown = self._named(_Picture(image, claimed, size.height(), is_marked))
        if depth <= text.descent():
            return shown
        strut = QSizeF(0, math.ceil(2 * depth + text.xHeight() / 2))
        return self._named(_Picture(None, strut, 0), "middle") + _JOINED + shown

    def intrinsicSize(self, _document: QTextDocument, _position: int, format_: QTextFormat) -> QSizeF:
        """See `QTextObjectInterface.intrinsicSize`."""
        picture = self._pictures.get(format_.toImageFormat().name())
        return picture.claimed if picture is not None else QSizeF(1, 1)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _document: QTextDocument,
        _position: int,
        format_: QTextFormat,
    ) -> None:
        """See `QTextObjectInterface.drawObject`."""
        picture = self._pictures.get(format_.toImageFormat().name())
        if picture is not None and picture.image is not None:
            place = QRectF(rect.x(), rect.y(), rect.width(), picture.height)
            if picture.is_marked:
                # Its line has no more room than this: the mark must not run into the next.
                paint_mark(painter, place.adjusted(0, 2, 0, -3), self._ground)
            painter.drawImage(place, picture.image)

    def _named(self, picture: _Picture, alignment: str = "baseline") -> str:
        name = f"picture:{len(self._pictures)}"
        self._pictures[name] = picture
        return f'<img src="{name}" style="vertical-align: {alignment}">'
