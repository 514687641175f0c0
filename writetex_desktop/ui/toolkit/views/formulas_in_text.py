"""Formulas as pictures in the flow of a text, standing on its line.

Qt sets a picture on the line, or in the middle of it, but knows no depth below it
(https://doc.qt.io/qt-6/qtextcharformat.html#VerticalAlignment-enum). So a formula claims only what it has
above the line, and is painted beyond that; a strut without width before it makes the line as deep as it is:
as a picture "in the middle" it has half of what it is higher than half an x below the line.
"""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

_JOINED: Final = "\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is painted where the text has a picture.

    Attributes:
        image: The pixels; None for a strut.
        claimed: The room that the line knows of.
        height: How high it is painted, from the top of that room.
    """

    image: QImage | None
    claimed: QSizeF
    height: float


class FormulasInText(QPyTextObject):
    """Paints the pictures of one document.

    Args:
        document: Whose pictures.
        parent: Its view.
    """

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures: dict[str, _Picture] = {}
        document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject, self)

    def clear(self) -> None:
        """Forget them all; the document no longer has any."""
        self._pictures.clear()

    def add(self, svg: str, size: QSizeF, depth: float, *, text: QFontMetrics, ratio: float) -> str:
        """Keep a formula and give the HTML that shows it.

        Args:
            svg: The drawing in its colours.
            size: Its size, in logical pixels.
            depth: How far it goes below the line; 0 sets it on the line as a whole.
            text: The letters around it.
            ratio: Device pixels per logical pixel.
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
        shown = self._named(_Picture(image, claimed, size.height()))
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
            painter.drawImage(QRectF(rect.x(), rect.y(), rect.width(), picture.height), picture.image)

    def _named(self, picture: _Picture, alignment: str = "baseline") -> str:
        name = f"picture:{len(self._pictures)}"
        self._pictures[name] = picture
        return f'<img src="{name}" style="vertical-align: {alignment}">'
