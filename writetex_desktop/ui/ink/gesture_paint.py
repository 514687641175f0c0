"""What is seen of a gesture while it lasts: the end of a stroke, the loop, what is carried."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from writetex_desktop.core.ink.smoothing import curves
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.ui.ink.layer import InkLayer, ink_pen, path_of
from writetex_desktop.ui.ink.tools import Carrying, Writing

_HANDLE_PX: Final = 12.0


def handle_of(view: QRectF) -> QRectF:
    """Give where a selection is taken to scale it: at its right bottom corner."""
    corner = view.adjusted(-4, -4, 4, 4).bottomRight()
    return QRectF(corner.x() - _HANDLE_PX / 2, corner.y() - _HANDLE_PX / 2, _HANDLE_PX, _HANDLE_PX)


def paint_frame(painter: QPainter, view: QRectF, accent: QColor) -> None:
    """Paint the frame of a selection, with its handle."""
    painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(view.adjusted(-4, -4, 4, 4))
    painter.setPen(QPen(accent, 1))
    painter.setBrush(accent)
    painter.drawRoundedRect(handle_of(view), 3, 3)


def paint_writing(painter: QPainter, layer: InkLayer, writing: Writing, ink: QColor) -> None:
    """Paint the end of a stroke, which changes with the next point."""
    painter.save()
    painter.scale(layer.zoom, layer.zoom)
    painter.translate(-layer.origin)
    for curve in curves(writing.stroke, writing.put_down):
        painter.setPen(ink_pen(ink, curve.width))
        painter.drawPath(path_of(curve))
    painter.restore()


def paint_lasso(
    painter: QPainter, layer: InkLayer, corners: Sequence[tuple[float, float]], accent: QColor
) -> None:
    """Paint the loop as far as it is drawn."""
    places = [layer.to_view(Box(x, y, x, y)).topLeft() for x, y in corners]
    painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 24))
    painter.drawPolygon(QPolygonF(places))


def paint_carried(
    painter: QPainter, layer: InkLayer, carrying: Carrying, numbers: Iterable[int], accent: QColor
) -> None:
    """Paint what the lasso holds where it is now."""
    box = carrying.box
    painter.save()
    painter.scale(layer.zoom, layer.zoom)
    painter.translate(-layer.origin)
    painter.translate(carrying.dx, carrying.dy)
    painter.translate(box.left, box.top)
    painter.scale(carrying.factor, carrying.factor)
    painter.translate(-box.left, -box.top)
    layer.paint_strokes(painter, numbers)
    painter.restore()
    left, top = box.left + carrying.dx, box.top + carrying.dy
    there = Box(left, top, left + box.width * carrying.factor, top + box.height * carrying.factor)
    paint_frame(painter, layer.to_view(there), accent)
