"""Paints an overlay window, in device pixels.

Every line and label has a light and a dark part, so that it is seen on any picture.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QImage, QPainter, QPen

from writetex_desktop.core.pictures.geometry import Rect, Size
from writetex_desktop.ui.overlay.layout import (
    MAGNIFIED_PX,
    Label,
    Magnifier,
    OverlayView,
    handle_side,
    inflated,
    line_width,
    surrounding,
)

_DIM: Final = QColor(38, 42, 50, 120)
_ACCENT: Final = QColor(38, 139, 210)
_LIGHT: Final = QColor(255, 255, 255)
_DARK: Final = QColor(20, 22, 26)
_GROUND: Final = QColor(29, 31, 33, 235)
_GROUND_EDGE: Final = QColor(255, 255, 255, 70)
_INK: Final = QColor(245, 245, 243)

_PADDING: Final = (10, 5)
"""Room round the text of a label, sideways and upright, in logical pixels."""


def paint_overlay(
    painter: QPainter, frame: QImage, view: OverlayView, exposed: Iterable[Rect], *, font: QFont, scale: float
) -> None:
    """Paint what changed of a window.

    Args:
        painter: Paints in device pixels.
        frame: The frozen frame.
        view: What is shown on it.
        exposed: The parts to paint, in device pixels.
        font: The font of `label_font`.
        scale: Device pixels per logical pixel.
    """
    for part in exposed:
        area = part.intersected(Rect(0, 0, frame.width(), frame.height()))
        painter.drawImage(area.x, area.y, frame, area.x, area.y, area.width, area.height)
        for dimmed in surrounding(area, view.selection) if view.selection else (area,):
            painter.fillRect(_q(dimmed), _DIM)
    thin = line_width(scale)
    if view.last is not None:
        _paint_last(painter, view.last, thin)
    if view.crosshair is not None:
        _paint_crosshair(painter, view.crosshair, Size(frame.width(), frame.height()))
    if view.selection is not None:
        _paint_ring(painter, view.selection, thin, _LIGHT)
        _paint_ring(painter, inflated(view.selection, thin), thin, _ACCENT)
        if view.handles:
            _paint_handles(painter, view.selection, scale)
    for label in (view.size, view.hint):
        if label is not None:
            _paint_label(painter, label, font, scale)
    if view.magnifier is not None:
        _paint_magnifier(painter, frame, view.magnifier, view.selection, thin)


def label_font(font: QFont, scale: float) -> QFont:
    """Give a font its size in device pixels."""
    scaled = QFont(font)
    scaled.setPixelSize(round(QFontInfo(font).pixelSize() * scale))
    return scaled


def label_size(text: str, font: QFont, scale: float) -> Size:
    """Measure a label in device pixels.

    Args:
        text: Its text, one line.
        font: The font of `label_font`.
        scale: Device pixels per logical pixel.
    """
    metrics = QFontMetrics(font)
    sideways, upright = (round(each * scale) for each in _PADDING)
    return Size(metrics.horizontalAdvance(text) + 2 * sideways, metrics.height() + 2 * upright)


def _paint_last(painter: QPainter, region: Rect, thin: int) -> None:
    outline = QRect(region.x, region.y, region.width - 1, region.height - 1)
    painter.setPen(QPen(_DARK, thin))
    painter.drawRect(outline)
    painter.setPen(QPen(_LIGHT, thin, Qt.PenStyle.DashLine))
    painter.drawRect(outline)


def _paint_crosshair(painter: QPainter, pixel: Rect, bounds: Size) -> None:
    shade = QColor(_DARK)
    shade.setAlpha(110)
    painter.fillRect(pixel.x + 1, 0, 1, bounds.height, shade)
    painter.fillRect(0, pixel.y + 1, bounds.width, 1, shade)
    line = QColor(_LIGHT)
    line.setAlpha(200)
    painter.fillRect(pixel.x, 0, 1, bounds.height, line)
    painter.fillRect(0, pixel.y, bounds.width, 1, line)


def _paint_ring(painter: QPainter, inner: Rect, width: int, colour: QColor) -> None:
    """Paint a frame of some width round a rectangle."""
    for side in (
        surrounding(inflated(inner, width), inner) if not inner.is_empty else (inflated(inner, width),)
    ):
        painter.fillRect(_q(side), colour)


def _paint_handles(painter: QPainter, region: Rect, scale: float) -> None:
    side = handle_side(scale)
    thin = line_width(scale)
    columns = (region.x, region.x + region.width // 2, region.right - 1)
    rows = (region.y, region.y + region.height // 2, region.bottom - 1)
    for column, x in enumerate(columns):
        for row, y in enumerate(rows):
            if column == row == 1:
                continue
            handle = Rect(x - side // 2, y - side // 2, side, side)
            painter.fillRect(_q(handle), _ACCENT)
            painter.fillRect(_q(inflated(handle, -thin)), _LIGHT)


def _paint_label(painter: QPainter, label: Label, font: QFont, scale: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_GROUND_EDGE, line_width(scale)))
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(_q(label.area), 4 * scale, 4 * scale)
    painter.setPen(_INK)
    painter.setFont(font)
    painter.drawText(_q(label.area), Qt.AlignmentFlag.AlignCenter, label.text)
    painter.restore()


def _paint_magnifier(
    painter: QPainter, frame: QImage, magnifier: Magnifier, selection: Rect | None, thin: int
) -> None:
    zoom, area, centre = magnifier.zoom, magnifier.area, magnifier.centre
    half = MAGNIFIED_PX // 2
    shown = Rect(centre.x - half, centre.y - half, MAGNIFIED_PX, MAGNIFIED_PX)

    def enlarged(part: Rect) -> Rect:
        return Rect(
            area.x + (part.x - shown.x) * zoom,
            area.y + (part.y - shown.y) * zoom,
            part.width * zoom,
            part.height * zoom,
        )

    painter.fillRect(_q(area), _DARK)
    there = shown.intersected(Rect(0, 0, frame.width(), frame.height()))
    painter.drawImage(_q(enlarged(there)), frame, _q(there))
    if selection is not None:
        for dimmed in surrounding(there, selection):
            painter.fillRect(_q(enlarged(dimmed)), _DIM)
    _paint_ring(painter, enlarged(centre), thin, _DARK)
    _paint_ring(painter, inflated(enlarged(centre), thin), thin, _LIGHT)
    _paint_ring(painter, area, thin, _LIGHT)
    _paint_ring(painter, inflated(area, thin), thin, _DARK)


def _q(rect: Rect) -> QRect:
    return QRect(rect.x, rect.y, rect.width, rect.height)
