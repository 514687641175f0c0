"""The row at the top of the window: ways in, what the picture holds, and who reads it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStyle, QToolButton, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.shell.document_chip import DocumentChip
from writetex_desktop.ui.shell.mode_chips import ModeChips
from writetex_desktop.ui.toolkit.actions import Actions


class WindowToolBar(QWidget):
    """Holds buttons of the actions and the choice of the saved endpoint.

    It is no `QToolBar`: that one can be hidden, with no way back in a window without menus, and resets its
    margins with every change of style.

    Attributes:
        document: The chip of the document that goes along.
    """

    profile_chosen = Signal(str)
    """The user chose another saved endpoint: the profile's `id`."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = DocumentChip(actions)
        self._profiles = QComboBox()
        self._profiles.setAccessibleName(tr("Endpoint"))
        self._profiles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._profiles.setMinimumContentsLength(16)
        self._profiles.currentIndexChanged.connect(self._tell_profile)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(4)
        self._fill(actions)

    @property
    def has_profile(self) -> bool:
        """Whether a saved endpoint is chosen."""
        return self._profiles.currentIndex() >= 0

    def set_profiles(self, profiles: Sequence[Profile], active: str, *, elsewhere: bool = False) -> None:
        """Offer the saved endpoints without telling anybody.

        Args:
            profiles: All of them.
            active: `id` of the one in use; empty for none.
            elsewhere: Whether the environment names an endpoint, which stands above them.
        """
        with QSignalBlocker(self._profiles):
            self._profiles.clear()
            for row, profile in enumerate(profiles):
                self._profiles.addItem(profile.name, profile.id)
                self._profiles.setItemData(row, tagless(profile.model), Qt.ItemDataRole.ToolTipRole)
            self._profiles.setCurrentIndex(self._profiles.findData(active))
        self._profiles.setEnabled(bool(profiles))
        if elsewhere:
            tip = tr("WRITETEX_BASE_URL or WRITETEX_MODEL of the environment comes first")
            self._profiles.setPlaceholderText(tr("Environment"))
        else:
            tip = tr("The saved endpoint that reads the pictures")
            self._profiles.setPlaceholderText(tr("Choose an endpoint") if profiles else tr("No endpoint"))
        self._profiles.setToolTip(tagless(tip))

    def set_offline(self, offline: bool) -> None:
        """Say in place of the endpoint that none is asked, on a button that ends it."""
        self._profiles.setVisible(not offline)
        self._offline.setVisible(offline)
        self._adapt()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the edge towards what is below."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as many names beside the icons as there is room for."""
        super().resizeEvent(event)
        self._adapt()

    def minimumSizeHint(self) -> QSize:
        """Do with icons alone, where the window is narrow; only the mode keeps its name."""
        row = self._row.spacing()
        widths = [self._gear.sizeHint().width() + row for _ in self._doors]
        arrows = self.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator)
        others = (self._modes, *self._icons, self._gear, self.document, self._profiles)
        rest = sum(each.minimumSizeHint().width() + row for each in others)
        margins = self._row.contentsMargins()
        return QSize(sum(widths) + arrows + rest + margins.left() + margins.right(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._adapt()

    def _adapt(self) -> None:
        """Make room until all fits: first the modes share one button, then the ways in lose their names."""
        for wide, wordless in ((True, 0), *((False, count) for count in range(len(self._doors) + 1))):
            self._modes.set_side_by_side(wide)
            for place, button in enumerate(self._doors):
                button.setToolButtonStyle(
                    Qt.ToolButtonStyle.ToolButtonIconOnly
                    if place < wordless
                    else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                )
            self._row.invalidate()
            if self._row.sizeHint().width() <= self.width():
                return

    def _fill(self, actions: Actions) -> None:
        snip = self._button(actions.snip)
        later = QMenu(snip)
        later.setToolTipsVisible(True)
        later.addAction(actions.snip_later)
        snip.setMenu(later)
        snip.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        doors = [
            snip,
            self._button(actions.pad),
            self._button(actions.open_files),
            self._button(actions.paste),
        ]
        self._doors = list(reversed(doors))
        self._row.addStretch(1)
        self._modes = ModeChips(actions)
        self._row.addWidget(self._modes)
        for action in actions.modes.values():
            action.toggled.connect(lambda _checked: self._adapt())
        self._row.addWidget(self.document)
        self._row.addStretch(1)
        self._row.addWidget(self._profiles)
        self._offline = self._button(actions.stay_offline)
        self._offline.hide()
        self._icons = (
            self._icon_button(actions.batch, tr("Batch")),
            self._icon_button(actions.history, tr("History")),
            self._icon_button(actions.help, tr("Help")),
        )
        self._gear = self._icon_button(actions.settings, tr("Settings"))

    def _icon_button(self, action: QAction, name: str) -> QToolButton:
        button = self._button(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(name)
        return button

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row.addWidget(button)
        return button

    def _tell_profile(self, row: int) -> None:
        self.profile_chosen.emit(self._profiles.itemData(row))
