"""What the next picture holds, as a row of buttons or, where there is no room, as one with a menu."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QRadioButton,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QWidget,
)

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton

_ICON: Final = QSize(20, 20)
_GAP: Final = 4
"""Between icon and text, as `QToolButton` has it."""


class ModeChip(QRadioButton):
    """A radio button that looks like a button of the tool bar.

    A checkable `QToolButton` would tell screen readers that it is a check box, whatever its group.

    Attributes:
        action: What it does.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:
        """Take the room of a tool button with this icon and text."""
        option = self._option()
        text = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        inside = QSize(
            _ICON.width() + _GAP + text.width() + self.fontMetrics().horizontalAdvance(" ") * 2,
            max(_ICON.height(), text.height()),
        )
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ToolButton, option, inside, self)

    def minimumSizeHint(self) -> QSize:
        """Never lose a part of the name."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Take a click anywhere, and not only where a radio button has its circle."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a tool button."""
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, self._option())

    def _option(self) -> QStyleOptionToolButton:
        option = QStyleOptionToolButton()
        option.initFrom(self)
        option.text = self.text()
        option.icon = self.icon()
        option.iconSize = _ICON
        option.font = self.font()
        option.toolButtonStyle = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        option.subControls = QStyle.SubControl.SC_ToolButton
        state = QStyle.StateFlag
        option.state |= state.State_AutoRaise
        if self.isDown():
            option.state |= state.State_Sunken
            option.activeSubControls = QStyle.SubControl.SC_ToolButton
        if self.isChecked():
            option.state |= state.State_On
        elif option.state & state.State_MouseOver:
            option.state |= state.State_Raised
        return option

    def _follow(self) -> None:
        self.setText(self.action.iconText())
        self.setIcon(self.action.icon())
        self.setToolTip(tagless(self.action.toolTip()))
        self.setChecked(self.action.isChecked())


class ModeChips(QWidget):
    """Every mode by its name at every width: side by side, or the chosen one with the others in its menu.

    Side by side they are a radio group: Tab stops at the chosen one, the arrow keys go through the others.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Mode"))
        self._actions = actions
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._chips = [ModeChip(each) for each in actions.modes.values()]
        for action in actions.modes.values():
            action.changed.connect(self._name_chosen)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.addActions(list(actions.modes.values()))
        self._chosen = MenuButton()
        self._chosen.setMenu(self._menu)
        self._chosen.setAccessibleDescription(tr("Mode"))
        self._chosen.setAutoRaise(True)
        self._chosen.setIconSize(_ICON)
        self._chosen.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (*self._chips, self._chosen):
            self._row.addWidget(button)
        self._name_chosen()
        self.set_side_by_side(True)

    @property
    def is_side_by_side(self) -> bool:
        """Whether each mode has a button of its own."""
        return not self._chosen.isVisibleTo(self)

    def set_side_by_side(self, wide: bool) -> None:
        """Give each mode a button of its own, or all of them one with a menu."""
        for chip in self._chips:
            chip.setVisible(wide)
        self._chosen.setVisible(not wide)
        self._row.invalidate()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Do with the menu, whose button keeps its name: there is room for the longest."""
        width = self._chosen.fontMetrics().horizontalAdvance
        longest = max(width(each.iconText()) for each in self._actions.modes.values())
        return self._chosen.sizeHint() + QSize(longest - width(self._chosen.text()), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, which draws the icons anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._name_chosen()

    def _name_chosen(self) -> None:
        action = next((each for each in self._actions.modes.values() if each.isChecked()), None)
        if action is None:
            return  # between two modes
        self._chosen.setText(action.iconText())
        self._chosen.setIcon(action.icon())
        self._chosen.setToolTip(tagless(action.toolTip()))
