"""How an entry of the history is painted: picture, markup, and what it took."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Engine, Mode
from writetex_desktop.ui.history.model import ENTRY_ROLE, first_line, format_moment
from writetex_desktop.ui.toolkit.icons import IconName, pixmap
from writetex_desktop.ui.toolkit.trust_words import trust_words
from writetex_desktop.ui.toolkit.views.labels import name_among_words

ROW_PX: Final = 72
PICTURE: Final = QSize(168, 48)
_EDGE_PX: Final = 12
_GAP_PX: Final = 16
_STAR_PX: Final = 20
_PICTURES: Final = 200
"""Pictures that are kept decoded: some screens full."""


class HistoryRow(QStyledItemDelegate):
    """Paints rows of one height; a picture is decoded when its row is first seen.

    Args:
        mode_names: What the modes are called in the window.
        parent: The list.
    """

    def __init__(self, mode_names: Mapping[Mode, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._mode_names = mode_names
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._stars: dict[QPalette.ColorRole, QPixmap] = {}
        self._mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def retint(self) -> None:
        """Follow the theme."""
        self._stars.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give every row the same height."""
        return QSize(320, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one entry."""
        entry: HistoryEntry = index.data(ENTRY_ROLE)
        self.initStyleOption(option, index)
        rect, palette, view = option.rect, option.palette, option.widget
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        picture = QRect(rect.left() + _EDGE_PX, rect.top() + (ROW_PX - PICTURE.height()) // 2, 0, 0)
        picture.setSize(PICTURE)
        star = QRect(
            rect.right() - _EDGE_PX - _STAR_PX, rect.center().y() - _STAR_PX // 2, _STAR_PX, _STAR_PX
        )
        left = picture.right() + _GAP_PX
        text = QRect(left, rect.top(), star.left() - _GAP_PX - left, ROW_PX)
        picture, star, text = (
            QStyle.visualRect(option.direction, rect, each) for each in (picture, star, text)
        )
        self._paint_picture(painter, entry, picture, palette)
        if entry.favourite:
            role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Link
            painter.drawPixmap(star.topLeft(), self._star(role, palette, painter))
        painter.setLayoutDirection(option.direction)
        self._paint_text(painter, entry, text, palette, option.font, selected=selected)
        painter.restore()

    def _paint_picture(self, painter: QPainter, entry: HistoryEntry, room: QRect, palette: QPalette) -> None:
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRect(room.adjusted(0, 0, -1, -1))
        drawn = self._picture(entry, painter.device().devicePixelRatio())
        size = drawn.deviceIndependentSize().toSize()
        painter.drawPixmap(
            QPoint(room.center().x() - size.width() // 2, room.center().y() - size.height() // 2), drawn
        )

    def _paint_text(
        self,
        painter: QPainter,
        entry: HistoryEntry,
        room: QRect,
        palette: QPalette,
        font: QFont,
        *,
        selected: bool,
    ) -> None:
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        upper, lower = QFontMetrics(self._mono), QFontMetrics(font)
        top = room.top() + (ROW_PX - upper.height() - lower.height() - 6) // 2
        painter.setPen(palette.color(role))
        painter.setFont(self._mono)
        line = upper.elidedText(first_line(entry.markup), Qt.TextElideMode.ElideRight, room.width())
        # A source is written from left to right, at whichever side it stands.
        direction, side = painter.layoutDirection(), Qt.AlignmentFlag.AlignLeft
        place = QRect(room.left(), top, room.width(), upper.height())
        visual = QStyle.visualAlignment(direction, side)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(place, visual, line)
        painter.setLayoutDirection(direction)
        painter.setFont(font)
        if not selected:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        about = lower.elidedText(self._about(entry), Qt.TextElideMode.ElideRight, room.width())
        below = QRect(room.left(), top + upper.height() + 6, room.width(), lower.height())
        painter.drawText(below, side, about)

    def _about(self, entry: HistoryEntry) -> str:
        view = self.parent()
        assert isinstance(view, QWidget)
        locale = view.locale()
        parts = [
            format_moment(entry.created, locale),
            self._mode_names.get(entry.mode, entry.mode.value),
            tr("Built-in recogniser") if entry.engine is Engine.OFFLINE else entry.model,
            tr("{seconds} s", seconds=locale.toString(entry.seconds, "f", 1)),
            entry.cost or "",
            *(name_among_words(f"#{tag}") for tag in entry.tags),
            trust_words(entry.trust if entry.trust is not None and entry.trust.is_doubtful else None),
        ]
        return " · ".join(part for part in parts if part)

    def _picture(self, entry: HistoryEntry, scale: float) -> QPixmap:
        drawn = self._pictures.get(entry.id)
        if drawn is None or drawn.devicePixelRatio() != scale:
            drawn = _scaled(entry.thumbnail, scale)
            self._pictures[entry.id] = drawn
            if len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(entry.id)
        return drawn

    def _star(self, role: QPalette.ColorRole, palette: QPalette, painter: QPainter) -> QPixmap:
        if role not in self._stars:
            scale = painter.device().devicePixelRatio()
            self._stars[role] = pixmap(IconName.STAR_FULL, palette.color(role), _STAR_PX, scale)
        return self._stars[role]


def _scaled(png: bytes, scale: float) -> QPixmap:
    """Decode a picture at the size it is shown at; the file's pixels are device pixels of its screen."""
    drawn = QPixmap()
    drawn.loadFromData(png)
    room = (PICTURE - QSize(8, 8)) * scale
    if drawn.width() > room.width() or drawn.height() > room.height():
        drawn = drawn.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    drawn.setDevicePixelRatio(scale)
    return drawn
