"""The bar that tells the user things: one sentence, one button, and a way to close it."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.ui.toolkit.icons import IconName, icon, pixmap
from writetex_desktop.ui.toolkit.theme import is_dark

_ICON_PX = 20


class NoticeBar(QWidget):
    """Shows one notice, or nothing and then takes no room."""

    remedy_requested = Signal(object)
    """The user pressed the button: a `RemedyAction`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._sign = QLabel()
        self._sign.setFixedSize(_ICON_PX, _ICON_PX)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setAccessibleName(self.tr("Notice"))
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self._ask)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one before."""
        self._notice = notice
        self._text.setText(sentences(notice))
        action = notice.remedy.action
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setText(remedy_label(action))
        self._retint()
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        self._notice = None
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground in a breath of the level's colour."""
        if self._notice is None:
            return
        painter = QPainter(self)
        ground = level_colour(self._notice.level, self.palette())
        ground.setAlphaF(0.14)
        painter.fillRect(self.rect(), ground)
        ground.setAlphaF(0.55)
        painter.fillRect(0, self.height() - 1, self.width(), 1, ground)

    def _ask(self) -> None:
        if self._notice is not None and self._notice.remedy.action is not None:
            self.remedy_requested.emit(self._notice.remedy.action)

    def _retint(self) -> None:
        self._close.setIcon(icon(IconName.CLOSE, self.palette()))
        if self._notice is not None:
            colour = level_colour(self._notice.level, self.palette())
            name = _SIGNS[self._notice.level]
            self._sign.setPixmap(pixmap(name, colour, _ICON_PX, self.devicePixelRatioF()))


_SIGNS = {
    Level.INFO: IconName.INFO,
    Level.WARNING: IconName.WARNING,
    Level.ERROR: IconName.ERROR,
}


def sentences(notice: Notice) -> str:
    """Write message and remedy as one line of text."""
    return " ".join(part for part in (notice.message, notice.remedy.text) if part)


def remedy_label(action: RemedyAction) -> str:
    """Name the button that does a remedy."""
    match action:
        case RemedyAction.RETRY:
            label = QCoreApplication.translate("RemedyAction", "Try again")
        case RemedyAction.OPEN_ENDPOINT_SETTINGS:
            label = QCoreApplication.translate("RemedyAction", "Endpoint settings…")
        case RemedyAction.OPEN_SNIPPING_SETTINGS:
            label = QCoreApplication.translate("RemedyAction", "Snipping settings…")
        case RemedyAction.OPEN_SCREEN_PERMISSION:
            label = QCoreApplication.translate("RemedyAction", "Open System Settings")
        case RemedyAction.COPY_AGAIN:
            label = QCoreApplication.translate("RemedyAction", "Copy again")
        case RemedyAction.REPAIR:
            label = QCoreApplication.translate("RemedyAction", "Repair")
        case RemedyAction.SPEND_ON:
            label = QCoreApplication.translate("RemedyAction", "Go on this month")
        case RemedyAction.ASK_ENDPOINT:
            label = QCoreApplication.translate("RemedyAction", "Ask the endpoint")
        case RemedyAction.GO_ONLINE:
            label = QCoreApplication.translate("RemedyAction", "Go online")
        case _:
            assert_never(action)
    return label


def level_colour(level: Level, palette: QPalette) -> QColor:
    """Give the colour of a level, legible on the palette's ground.

    The hues are ours, since palettes have none for warnings; each has a form for light and for dark grounds
    with a contrast of at least 4.5 to 1 (https://www.w3.org/TR/WCAG22/#contrast-minimum).
    """
    dark = is_dark(palette)
    match level:
        case Level.INFO:
            return palette.color(QPalette.ColorRole.Link)
        case Level.WARNING:
            return QColor("#e0b050" if dark else "#8a5a00")
        case Level.ERROR:
            return QColor("#f0837a" if dark else "#b3261e")
    assert_never(level)
