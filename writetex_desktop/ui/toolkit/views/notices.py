"""The bar that tells the user things: for each a sentence, a button, and a way to close it."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.ui.toolkit.icons import IconName, icon, pixmap
from writetex_desktop.ui.toolkit.notice_words import level_colour, remedy_label, sentences
from writetex_desktop.ui.toolkit.views.labels import PlainLabel, let_lines_break

_ICON_PX = 20

MOST_NOTICES = 3
"""What is older has been read, or is not worth the room."""

CONFIRMATION_MS = 4000
"""How long a confirmation stands; a sentence of ten words is read in three seconds."""


class NoticeBar(QWidget):
    """Shows what there is to say, the newest at the bottom; with nothing to say it takes no room.

    A confirmation goes by itself; a warning and a failure stay until they are closed, or until the user does
    the next thing and whoever does it calls `clear`.
    """

    remedy_requested = Signal(object)
    """The user pressed the button of a notice: a `RemedyAction`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NoticeRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """The newest notice that is shown."""
        return self._rows[-1].notice if self._rows else None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All that are shown, the newest last."""
        return tuple(row.notice for row in self._rows)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice below the others; of too many the oldest goes, and the same is never said twice."""
        self.withdraw(notice)
        row = NoticeRow(notice)
        row.closed.connect(lambda: self.withdraw(notice))
        row.remedy_requested.connect(self.remedy_requested)
        self._rows.append(row)
        self._column.addWidget(row)
        for oldest in self._rows[:-MOST_NOTICES]:
            self._take(oldest)
        if notice.level is Level.INFO and notice.remedy.action is None:
            QTimer.singleShot(CONFIRMATION_MS, row, row.closed.emit)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentences(notice)))

    def withdraw(self, notice: Notice) -> None:
        """Show a notice no longer; does nothing where it is not shown."""
        for row in [row for row in self._rows if row.notice == notice]:
            self._take(row)

    def clear(self) -> None:
        """Show nothing."""
        for row in tuple(self._rows):
            self._take(row)

    def _take(self, row: "NoticeRow") -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))


class NoticeRow(QWidget):
    """One notice: its sign, its sentences, the button of its remedy, and a way to close it."""

    remedy_requested = Signal(object)
    """The user pressed the button: a `RemedyAction`."""

    closed = Signal()
    """The user has read it, or its time is over."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.notice = notice
        self._sign = PlainLabel()
        self._sign.setFixedSize(_ICON_PX, _ICON_PX)
        text = PlainLabel(sentences(notice))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        let_lines_break(text, QSizePolicy.Policy.Expanding)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setToolTip(tr("Close this notice"))
        self._close.setAccessibleName(tr("Close this notice"))
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(text, 1)
        action = notice.remedy.action
        if action is not None:
            button = QPushButton(remedy_label(action))
            button.clicked.connect(lambda: self.remedy_requested.emit(action))
            row.addWidget(button)
        row.addWidget(self._close)
        self._retint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground in a breath of the level's colour."""
        painter = QPainter(self)
        ground = level_colour(self.notice.level, self.palette())
        ground.setAlphaF(0.14)
        painter.fillRect(self.rect(), ground)
        ground.setAlphaF(0.55)
        painter.fillRect(0, self.height() - 1, self.width(), 1, ground)

    def _retint(self) -> None:
        self._close.setIcon(icon(IconName.CLOSE, self.palette()))
        colour = level_colour(self.notice.level, self.palette())
        name = _SIGNS[self.notice.level]
        self._sign.setPixmap(pixmap(name, colour, _ICON_PX, self.devicePixelRatioF()))
        self.update()


_SIGNS = {
    Level.INFO: IconName.INFO,
    Level.WARNING: IconName.WARNING,
    Level.ERROR: IconName.ERROR,
}
