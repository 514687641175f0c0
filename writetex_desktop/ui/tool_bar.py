"""The row at the top of the window: ways in, what the picture holds, and who reads it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from writetex_desktop.core.settings import Profile
from writetex_desktop.ui.actions import Actions


class WindowToolBar(QWidget):
    """Holds buttons of the actions and the choice of the saved endpoint.

    It is no `QToolBar`: that one can be hidden, with no way back in a window without menus, and resets its
    margins with every change of style.
    """

    profile_chosen = Signal(str)
    """The user chose another saved endpoint: the profile's `id`."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles = QComboBox()
        self._profiles.setAccessibleName(self.tr("Endpoint"))
        self._profiles.setToolTip(self.tr("The saved endpoint that reads the pictures"))
        self._profiles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._profiles.setMinimumContentsLength(16)
        self._profiles.currentIndexChanged.connect(self._tell_profile)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(8)
        self._fill(actions)

    @property
    def has_profile(self) -> bool:
        """Whether a saved endpoint is chosen."""
        return self._profiles.currentIndex() >= 0

    def set_profiles(self, profiles: Sequence[Profile], active: str) -> None:
        """Offer the saved endpoints without telling anybody.

        Args:
            profiles: All of them.
            active: `id` of the one in use; empty for none.
        """
        with QSignalBlocker(self._profiles):
            self._profiles.clear()
            for row, profile in enumerate(profiles):
                self._profiles.addItem(profile.name, profile.id)
                self._profiles.setItemData(row, profile.model, Qt.ItemDataRole.ToolTipRole)
            self._profiles.setCurrentIndex(self._profiles.findData(active))
        self._profiles.setEnabled(bool(profiles))
        self._profiles.setPlaceholderText(
            self.tr("Choose an endpoint") if profiles else self.tr("No endpoint")
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the edge towards what is below."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _fill(self, actions: Actions) -> None:
        snip = self._button(actions.snip)
        later = QMenu(snip)
        later.setToolTipsVisible(True)
        later.addAction(actions.snip_later)
        snip.setMenu(later)
        snip.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._button(actions.open_files)
        self._button(actions.paste)
        self._row.addStretch(1)
        for action in actions.modes.values():
            self._button(action)
        self._row.addStretch(1)
        self._row.addWidget(self._profiles)
        history = self._button(actions.history)
        history.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        history.setAccessibleName(self.tr("History"))
        guide = self._button(actions.help)
        guide.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        guide.setAccessibleName(self.tr("Help"))
        gear = self._button(actions.settings)
        gear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        gear.setAccessibleName(self.tr("Settings"))

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
