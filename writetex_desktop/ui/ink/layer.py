"""Finished strokes, drawn once and kept: what a view shows of them is copied, not drawn anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from writetex_desktop.core.ink.ink import Ink, Stroke
from writetex_desktop.core.ink.smoothing import Curve, curves
from writetex_desktop.core.pictures.geometry import Box, around

_ONE_WIDTH = 0.1
"""Curves whose widths differ by less than this share are one path."""


@dataclass(frozen=True, slots=True)
class DrawnStroke:
    """A stroke ready to be painted: its box with the width of its line, and paths each of one width."""

    stroke: Stroke
    box: Box
    paths: tuple[tuple[QPainterPath, float], ...]


def path_of(curve: Curve) -> QPainterPath:
    """Give one curve as a path, in units of the paper."""
    path = QPainterPath(QPointF(*curve.start))
    _continue(path, curve)
    return path


def drawn(stroke: Stroke) -> DrawnStroke:
    """Make a stroke ready to be painted."""
    paths: list[tuple[QPainterPath, float]] = []
    for curve in curves(stroke):
        if not paths or abs(curve.width - paths[-1][1]) > _ONE_WIDTH * paths[-1][1]:
            paths.append((QPainterPath(QPointF(*curve.start)), curve.width))
        _continue(paths[-1][0], curve)
    return DrawnStroke(stroke, stroke.box.grown(stroke.width), tuple(paths))


def _continue(path: QPainterPath, curve: Curve) -> None:
    if curve.start == curve.end:  # a path without a length would not be painted at all
        path.lineTo(curve.end[0] + 0.01, curve.end[1])
    else:
        path.quadTo(QPointF(*curve.control), QPointF(*curve.end))


def ink_pen(colour: QColor, width: float) -> QPen:
    """Give the pen of a line of ink."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class InkLayer:
    """The finished strokes of one view, on a clear ground.

    Attributes:
        origin: What place of the paper is at the left top of the view.
        zoom: Logical pixels for each unit of the paper.
        strokes: What is drawn, in the order of the drawing.
    """

    def __init__(self) -> None:
        self.origin = QPointF(0, 0)
        self.zoom = 1.0
        self.strokes: tuple[DrawnStroke, ...] = ()
        self._colour = QColor("black")
        self._pixels = QPixmap()
        self._hidden: frozenset[int] = frozenset()

    # --- Places --------------------------------------------------------------------------------------

    def to_paper(self, place: QPointF) -> tuple[float, float]:
        """Give the place of the paper at a place of the view."""
        return self.origin.x() + place.x() / self.zoom, self.origin.y() + place.y() / self.zoom

    def to_view(self, box: Box) -> QRectF:
        """Give the rectangle of the view over a box of the paper."""
        return QRectF(
            (box.left - self.origin.x()) * self.zoom,
            (box.top - self.origin.y()) * self.zoom,
            box.width * self.zoom,
            box.height * self.zoom,
        )

    def to_box(self, view: QRectF) -> Box:
        """Give the box of the paper under a rectangle of the view."""
        left, top = self.to_paper(view.topLeft())
        right, bottom = self.to_paper(view.bottomRight())
        return Box(left, top, right, bottom)

    # --- What is drawn -------------------------------------------------------------------------------

    @property
    def box(self) -> Box | None:
        """The box round all strokes; None where there are none."""
        if not self.strokes:
            return None
        whole = self.strokes[0].box
        for each in self.strokes[1:]:
            whole = around((whole, each.box))
        return whole

    def set_room(self, size: QSize, scale: float, colour: QColor) -> None:
        """Take the size of the view in logical pixels, its device pixels for each, and the colour of ink."""
        wanted = QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
        if self._pixels.size() == wanted and self._colour == colour:
            return
        self._colour = colour
        self._pixels = QPixmap(wanted)
        self._pixels.setDevicePixelRatio(scale)
        self._pixels.fill(Qt.GlobalColor.transparent)
        self.redraw()

    def look_at(self, origin: QPointF, zoom: float) -> None:
        """Show another part of the paper; what stays in view is moved, and only the rest is drawn."""
        scale = self._pixels.devicePixelRatio()
        if zoom == self.zoom:
            shift = (self.origin - origin) * zoom * scale
            step = QPoint(round(shift.x()), round(shift.y()))
            # Whole device pixels, so that what is moved and what is drawn fit together.
            self.origin = self.origin - QPointF(step) / (zoom * scale)
            if step.isNull():
                return
            whole = self._pixels.rect()
            self._pixels.scroll(step.x(), step.y(), whole)
            kept = whole.translated(step).intersected(whole)
            if step.x():
                left = whole.left() if step.x() > 0 else kept.right() + 1
                self._repaint(QRect(left, whole.top(), min(abs(step.x()), whole.width()), whole.height()))
            if step.y():
                top = whole.top() if step.y() > 0 else kept.bottom() + 1
                self._repaint(QRect(whole.left(), top, whole.width(), min(abs(step.y()), whole.height())))
            return
        self.origin, self.zoom = origin, zoom
        self.redraw()

    def redraw(self) -> None:
        """Draw everything in view anew."""
        self._repaint(self._pixels.rect())

    def repair(self, view: QRectF) -> None:
        """Draw a part of the view anew, in logical pixels."""
        scale = self._pixels.devicePixelRatio()
        self._repaint(
            QRectF(view.topLeft() * scale, view.size() * scale).toAlignedRect().adjusted(-2, -2, 2, 2)
        )

    def set_ink(self, ink: Ink) -> QRectF:
        """Draw another drawing; what it shares with the one before stays as it is.

        Returns:
            What has changed, in logical pixels of the view.
        """
        before = {id(each.stroke): each for each in self.strokes}
        now = tuple(before.get(id(stroke)) or drawn(stroke) for stroke in ink.strokes)
        there = {id(each.stroke) for each in now}
        changed = [each for each in self.strokes if id(each.stroke) not in there]
        changed += [each for each in now if id(each.stroke) not in before]
        self.strokes = now
        self._hidden = frozenset()
        return self._renewed([each.box for each in changed])

    def hide(self, numbers: Iterable[int]) -> None:
        """Leave some strokes out, by their numbers, while they are somewhere else; none shows all."""
        hidden = frozenset(numbers)
        changed = (hidden ^ self._hidden) & frozenset(range(len(self.strokes)))
        self._hidden = hidden
        self._renewed([self.strokes[number].box for number in changed])

    def take_in(self, stroke: Stroke) -> None:
        """Keep a stroke whose every curve has been put down already."""
        self.strokes = (*self.strokes, drawn(stroke))

    def put_down(self, curve: Curve) -> None:
        """Draw one curve of the stroke that is being drawn."""
        painter = self._painter()
        painter.setPen(ink_pen(self._colour, curve.width))
        painter.drawPath(path_of(curve))
        painter.end()

    def paint(self, painter: QPainter, room: QRect) -> None:
        """Copy a part of the view, in logical pixels."""
        scale = self._pixels.devicePixelRatio()
        painter.drawPixmap(
            QRectF(room), self._pixels, QRectF(QPointF(room.topLeft()) * scale, QRectF(room).size() * scale)
        )

    def paint_strokes(self, painter: QPainter, numbers: Iterable[int]) -> None:
        """Paint some strokes with a painter that counts in units of the paper."""
        for number in numbers:
            _paint(painter, self.strokes[number], self._colour)

    def numbers_near(self, x: float, y: float, radius: float) -> tuple[int, ...]:
        """Give the numbers of the strokes whose box comes within a radius of a place of the paper."""
        spot = Box(x - radius, y - radius, x + radius, y + radius)
        return tuple(number for number, each in enumerate(self.strokes) if each.box.meets(spot))

    def _renewed(self, boxes: Sequence[Box]) -> QRectF:
        if not boxes:
            return QRectF()
        whole = boxes[0]
        for box in boxes[1:]:
            whole = around((whole, box))
        view = self.to_view(whole).adjusted(-2, -2, 2, 2)
        self.repair(view)
        return view

    def _repaint(self, pixels: QRect) -> None:
        pixels = pixels.intersected(self._pixels.rect())
        if pixels.isEmpty():
            return
        scale = self._pixels.devicePixelRatio()
        room = QRectF(QPointF(pixels.topLeft()) / scale, QRectF(pixels).size() / scale)
        eraser = QPainter(self._pixels)
        eraser.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        eraser.fillRect(room, Qt.GlobalColor.transparent)
        eraser.end()
        painter = self._painter(room)
        box = self.to_box(room)
        for number, each in enumerate(self.strokes):
            if number not in self._hidden and each.box.meets(box):
                _paint(painter, each, self._colour)
        painter.end()

    def _painter(self, room: QRectF | None = None) -> QPainter:
        painter = QPainter(self._pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if room is not None:
            painter.setClipRect(room)
        painter.scale(self.zoom, self.zoom)
        painter.translate(-self.origin)
        return painter


def _paint(painter: QPainter, each: DrawnStroke, colour: QColor) -> None:
    for path, width in each.paths:
        painter.setPen(ink_pen(colour, width))
        painter.drawPath(path)
