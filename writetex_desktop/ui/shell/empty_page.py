"""What the window shows before the first formula: three ways in, and a sample."""

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.action_button import ActionButton
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.icons import IconName, pixmap
from writetex_desktop.ui.toolkit.views.labels import MarkedLabel, PlainLabel

_ICON_PX = 32


class EmptyPage(QWidget):
    """An invitation; everything on it is also in the tool bar."""

    remedy_requested = Signal(object)
    """The user pressed the button of the line about the endpoint: a `RemedyAction`."""

    updates_chosen = Signal(bool)
    """The user wants newer versions to be looked for, or no longer."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: dict[QLabel, IconName] = {}
        heading = PlainLabel(tr("Turn a picture of a formula into LaTeX"))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        heading.setFont(font)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._snip_way = MarkedLabel()
        self._snip_way.setWordWrap(True)
        self._endpoint_line = self._made_endpoint_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(24)
        column.addStretch(2)
        column.addWidget(heading)
        column.addWidget(self._ways(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(ActionButton(actions.sample), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        column.addWidget(self._endpoint_line)  # an alignment would forget that its height follows its width
        self._updates = QCheckBox(tr("Look for updates once a week"))
        self._updates.setToolTip(
            tr("Nothing is looked for unless you want it; nothing is sent with the question.")
        )
        self._updates.toggled.connect(self.updates_chosen)
        self._updates.hide()
        column.addWidget(self._updates, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_hotkey("")
        self._retint()

    @property
    def snip_text(self) -> str:
        """What is written about the first way in."""
        return self._snip_way.text()

    def set_hotkey(self, hotkey: str) -> None:
        """Write out the hotkey.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        if hotkey:
            text = tr(
                "Press {hotkey} anywhere and drag a box round a formula.", hotkey=f"<b>{escape(hotkey)}</b>"
            )
        else:
            text = tr("Press Snip and drag a box round a formula on the screen.")
        self._snip_way.setText(text)

    def offer_updates(self, wanted: bool) -> None:
        """Ask whether newer versions shall be looked for; `wanted` is the answer so far."""
        self._updates.blockSignals(True)
        self._updates.setChecked(wanted)
        self._updates.blockSignals(False)
        self._updates.show()

    def set_configured(self, configured: bool) -> None:
        """Hide or show the line that asks for an endpoint."""
        self._endpoint_line.setVisible(not configured)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()

    def _ways(self) -> QWidget:
        drop = PlainLabel(tr("Drop picture files anywhere on this window."))
        paste = PlainLabel(tr("Paste a picture, a file or LaTeX with Ctrl+V; write LaTeX with Ctrl+L."))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        ways = ((IconName.SNIP, self._snip_way), (IconName.DROP, drop), (IconName.PASTE, paste))
        for row, (name, text) in enumerate(ways):
            sign = PlainLabel()
            sign.setFixedSize(_ICON_PX, _ICON_PX)
            self._signs[sign] = name
            text.setMinimumWidth(440)
            text.setWordWrap(True)
            grid.addWidget(sign, row, 0)
            grid.addWidget(text, row, 1)
        return holder

    def _made_endpoint_line(self) -> QFrame:
        text = PlainLabel(tr("Working offline. Add your own endpoint for hard formulas."))
        text.setWordWrap(True)
        button = QPushButton(tr("Add your endpoint…"))
        button.clicked.connect(lambda: self.remedy_requested.emit(RemedyAction.OPEN_ENDPOINT_SETTINGS))
        line = QFrame()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(text)
        row.addWidget(button)
        row.addStretch(1)
        return line

    def _retint(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.Link)
        for sign, name in self._signs.items():
            sign.setPixmap(pixmap(name, colour, _ICON_PX, self.devicePixelRatioF()))
