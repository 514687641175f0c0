"""The picture as it was cut out, beside its render."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QImage, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Box, Rect
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.ui.toolkit.pictures import image_of
from writetex_desktop.ui.toolkit.views.difference_mark import paint_mark
from writetex_desktop.ui.toolkit.views.zoom import ZoomView

_VEIL_ALPHA: Final = 168
"""How much of what was left out the paper hides: it must still be legible."""

_ROOM: Final = 0.35
"""Paper round a place that is cut out, over its height."""

_PIXELS_FROM: Final = 3.0
"""From this enlargement on somebody looks at the pixels; below, steps of one and two of them look broken."""


class CropView(ZoomView):
    """Shows a picture at the size it had on the screen."""

    left_out_clicked = Signal()
    """The user clicked on a place that was not read."""

    place_clicked = Signal(int)
    """The user clicked on one of the places that were set: its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._small = QImage()
        self._marks: tuple[Rect, ...] = ()
        self._left_out: tuple[Rect, ...] = ()
        self._places: tuple[tuple[Box, ...], ...] = ()
        self._doubtful: frozenset[int] = frozenset()
        self._outlined: int | None = None
        self._pressed_at = QPointF()
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Picture"))
        self.set_marks(())

    @property
    def image(self) -> QImage:
        """The picture; null where there is none."""
        return self._image

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._image.isNull()

    def set_bitmap(self, bitmap: Bitmap | None) -> None:
        """Show a picture, or none."""
        self._image = QImage() if bitmap is None else image_of(bitmap)
        self._small = QImage()
        self._left_out = ()
        self.set_places(())
        self.set_marks(())
        self.picture_changed()

    def set_marks(self, marks: Sequence[Rect]) -> None:
        """Mark places, in pixels of the picture; none takes the marks away."""
        self._marks = tuple(marks)
        self._describe()

    def set_left_out(self, places: Sequence[Rect]) -> None:
        """Grey the places that were not read, in pixels of the picture; a click on one is told."""
        self._left_out = tuple(places)
        self._describe()

    def set_places(self, places: Sequence[Sequence[Box]], doubtful: Collection[int] = ()) -> None:
        """Let places be clicked, each given by its boxes in pixels of the picture; mark doubtful ones."""
        self._places = tuple(tuple(boxes) for boxes in places)
        self._doubtful = frozenset(doubtful)
        self._outlined = None
        self._describe()

    def show_place(self, number: int | None) -> None:
        """Outline one of the places and scroll to it; None outlines none."""
        self._outlined = number
        if number is not None and self._places[number]:
            port = QRectF(self.viewport().rect())
            place = self._placed(self._places[number][0], self.drawn_rect())
            if not port.contains(place):
                across, down = self.horizontalScrollBar(), self.verticalScrollBar()
                across.setValue(across.value() + round(place.center().x() - port.center().x()))
                down.setValue(down.value() + round(place.center().y() - port.center().y()))
        self.viewport().update()

    def place_of(self, number: int) -> QRect:
        """Where one of the places is to be seen, in global coordinates."""
        place = self._placed(self._places[number][0], self.drawn_rect()).toAlignedRect()
        return QRect(self.viewport().mapToGlobal(place.topLeft()), place.size())

    def cut(self, number: int) -> QImage:
        """The pixels of one of the places, with some paper round it."""
        box = self._places[number][0]
        box = box.grown(_ROOM * box.height)
        place = QRectF(box.left, box.top, box.width, box.height).toAlignedRect()
        return self._image.copy(place.intersected(self._image.rect()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say by its shape where the pointer can click."""
        can_click = self._place_at(event.position()) is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if can_click else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a greyed place is."""
        if isinstance(event, QHelpEvent) and self._is_left_out(QPointF(event.pos())):
            QToolTip.showText(
                event.globalPos(), tr("This was left out. Click to read it, too."), self.viewport()
            )
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, since a click is no drag."""
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click on a greyed place."""
        super().mouseReleaseEvent(event)
        moved = (event.position() - self._pressed_at).manhattanLength()
        if (
            event.button() != Qt.MouseButton.LeftButton
            or moved >= QGuiApplication.styleHints().startDragDistance()
        ):
            return
        if (number := self._place_at(event.position())) is not None:
            self.place_clicked.emit(number)
        elif self._is_left_out(event.position()):
            self.left_out_clicked.emit()

    def _place_at(self, point: QPointF) -> int | None:
        target = self.drawn_rect()
        return next(
            (
                number
                for number, boxes in enumerate(self._places)
                if any(self._placed(box, target).contains(point) for box in boxes)
            ),
            None,
        )

    def _is_left_out(self, point: QPointF) -> bool:
        target = self.drawn_rect()
        return any(self._placed(place, target).contains(point) for place in self._left_out)

    def _placed(self, place: Rect | Box, target: QRectF) -> QRectF:
        """Where a place of the picture is painted."""
        across, down = target.width() / self._image.width(), target.height() / self._image.height()
        left, top = (place.left, place.top) if isinstance(place, Box) else (place.x, place.y)
        where = QRectF(left * across, top * down, place.width * across, place.height * down)
        return where.translated(target.topLeft())

    def _describe(self) -> None:
        said = [tr("The picture that was read")]
        if self._marks:
            said = [tr("The picture that was read, marked where the drawing differs from it")]
        if self._left_out:
            said.append(tr("What stands beside the formula is greyed and was not read."))
        if any(self._places):
            said.append(tr("Click on a formula to compare it with its reading."))
        self.setAccessibleDescription(". ".join(said))
        self.viewport().update()

    def natural_size(self) -> QSizeF:
        """Give the size at which one pixel of the picture is one pixel of the screen."""
        return QSizeF(self._image.size()) / self.devicePixelRatioF()

    def paint_picture(self, painter: QPainter, target: QRectF) -> None:
        """Paint the picture; much enlarged pixels stay sharp, reduced ones are averaged."""
        scale = target.width() * self.devicePixelRatioF() / self._image.width()
        reduced = scale < 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < _PIXELS_FROM)
        painter.drawImage(target, self._reduced(target) if reduced else self._image)
        for mark in self._marks:
            paint_mark(painter, self._placed(mark, target), self._paper())
        for number in self._doubtful:
            for box in self._places[number]:
                paint_mark(painter, self._placed(box, target), self._paper())
        if self._outlined is not None:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            for box in self._places[self._outlined]:
                painter.drawRect(self._placed(box, target).adjusted(-3, -3, 3, 3))
        veil = self._paper()
        veil.setAlpha(_VEIL_ALPHA)
        for place in self._left_out:
            painter.fillRect(self._placed(place, target), veil)

    def _paper(self) -> QColor:
        """Give the colour of the picture as a whole, whose paper may be light in a dark theme."""
        how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        return self._image.scaled(QSize(1, 1), *how).pixelColor(0, 0)

    def _reduced(self, target: QRectF) -> QImage:
        """Give the picture at the size at which it is painted.

        A painter averages four pixels at most; the print of a whole page would break into dots.
        """
        size = (target.size() * self.devicePixelRatioF()).toSize()
        if self._small.size() != size:
            how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._small = self._image.scaled(size, *how)
        return self._small
