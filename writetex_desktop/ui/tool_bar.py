"""The row at the top of the window: ways in, what the picture holds, and who reads it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from writetex_desktop.core.settings import Profile
from writetex_desktop.ui.actions import Actions


class WindowToolBar(QToolBar):
    """Holds buttons of the actions and the choice of the saved endpoint."""

    profile_chosen = Signal(str)
    """The user chose another saved endpoint: the profile's `id`."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tool bar"))
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # Its menu would offer to hide it, and without a menu bar there is no way back.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._profiles = QComboBox()
        self._profiles.setAccessibleName(self.tr("Endpoint"))
        self._profiles.setToolTip(self.tr("The saved endpoint that reads the pictures"))
        self._profiles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._profiles.setMinimumContentsLength(16)
        self._profiles.currentIndexChanged.connect(self._tell_profile)
        self._fill(actions)
        self._spread()

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

    def changeEvent(self, event: QEvent) -> None:
        """Keep our spacing when the style changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._spread()

    def _fill(self, actions: Actions) -> None:
        snip = self._button(actions.snip)
        later = QMenu(snip)
        later.setToolTipsVisible(True)
        later.addAction(actions.snip_later)
        snip.setMenu(later)
        snip.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._button(actions.open_files)
        self._button(actions.paste)
        self.addWidget(_stretch())
        for action in actions.modes.values():
            self._button(action)
        self.addWidget(_stretch())
        self.addWidget(self._profiles)
        gear = self._button(actions.settings)
        gear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        gear.setAccessibleName(self.tr("Settings"))

    def _button(self, action: QAction) -> QToolButton:
        self.addAction(action)
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _tell_profile(self, row: int) -> None:
        self.profile_chosen.emit(self._profiles.itemData(row))

    def _spread(self) -> None:
        """Put the buttons on the grid of eight; styles leave almost no room between them."""
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(8)


def _stretch() -> QWidget:
    empty = QWidget()
    empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return empty
