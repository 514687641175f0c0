"""What can be done on the pad, once."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.ink.tools import Tool
from writetex_desktop.ui.toolkit.actions import with_shortcut
from writetex_desktop.ui.toolkit.icons import IconName, icon


class PadActions(QObject):
    """The actions of one pad; they are obeyed while the keyboard is in it.

    Args:
        pad: The pad.

    Attributes:
        tools: What the pen can be; one is always checked.
    """

    def __init__(self, pad: QWidget) -> None:
        super().__init__(pad)
        self._pad = pad
        self._icons: dict[QAction, IconName] = {}
        self.tools = {
            Tool.PEN: self._made(IconName.PEN, tr("&Pen"), tr("Write"), "Alt+1"),
            Tool.RUBBER: self._made(
                IconName.RUBBER,
                tr("&Rubber"),
                tr("Rub strokes out; the other end of a pen and the right button always do"),
                "Alt+2",
            ),
            Tool.LASSO: self._made(
                IconName.LASSO,
                tr("&Lasso"),
                tr("Draw a loop round strokes to move, scale or delete them; tap a sign for other readings"),
                "Alt+3",
            ),
        }
        group = QActionGroup(pad)
        for action in self.tools.values():
            action.setCheckable(True)
            group.addAction(action)
        self.tools[Tool.PEN].setChecked(True)
        self.undo = self._made(IconName.UNDO, tr("&Undo"), tr("Take the last stroke back"), "Ctrl+Z")
        self.redo = self._made(IconName.REDO, tr("Re&do"), tr("Draw it again"), "Ctrl+Shift+Z")
        self.clear = self._made(
            IconName.DELETE,
            tr("C&lear"),
            tr("Take an empty paper; Undo brings the ink back"),
            "Ctrl+Del",
        )
        self.rules = self._made(IconName.RULES, tr("&Rules"), tr("Squares, lines, or plain paper"), "Alt+R")
        self.dark = self._made(
            IconName.DARK, tr("&Dark paper"), tr("Write light on dark, or dark on light"), "Alt+K"
        )
        self.dark.setCheckable(True)
        self.zoom_out = self._made(IconName.ZOOM_OUT, tr("Zoom &out"), tr("See more of the paper"), "Alt+-")
        self.zoom_in = self._made(IconName.ZOOM_IN, tr("Zoom &in"), tr("See the ink larger"), "Alt++")
        self.zoom_in.setShortcuts([QKeySequence("Alt++"), QKeySequence("Alt+=")])
        self.show_all = self._made(
            IconName.ZOOM_RESET, tr("Show &all"), tr("Bring the whole drawing into view"), "Alt+0"
        )
        self.check_sign = self._made(
            IconName.WARNING,
            tr("&Doubtful sign"),
            tr("Show what the next sign in doubt may be, and choose"),
            "Alt+Q",
        )
        self.find_symbol = self._made(
            IconName.SYMBOL,
            tr("&Find a symbol"),
            tr("Draw one symbol and get the commands that it may be"),
            "Alt+F",
        )
        self.open = self._made(
            IconName.OPEN,
            tr("&Open ink…"),
            tr("Open an InkML file, or a PNG that was saved here"),
            "Alt+O",
        )
        self.save = self._made(
            IconName.SAVE, tr("&Save ink…"), tr("Save the drawing as InkML, SVG or PNG"), "Alt+S"
        )
        self.own_window = self._made(
            IconName.WINDOW,
            tr("&Own window"),
            tr("Write in a small window that stays above the others, or in the large one again"),
            "Alt+W",
        )
        self.insert = self._made(
            IconName.INSERT,
            tr("&Insert"),
            tr("Put the formula where you came from: the other program, or the source editor"),
            "Ctrl+Return",
        )
        self.copy = self._made(
            IconName.COPY,
            tr("&Copy"),
            tr("Copy the formula in the chosen format"),
            "Ctrl+Shift+Return",
        )
        self.set_ink_at_hand(undo=False, redo=False, ink=False)
        self.set_markup_at_hand(False)
        self.check_sign.setEnabled(False)

    def set_ink_at_hand(self, *, undo: bool, redo: bool, ink: bool) -> None:
        """Enable what can be done with what there is on the paper."""
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)
        self.clear.setEnabled(ink)
        self.save.setEnabled(ink)

    def set_markup_at_hand(self, at_hand: bool) -> None:
        """Enable what can be done with a reading."""
        self.insert.setEnabled(at_hand)
        self.copy.setEnabled(at_hand)

    def named(self) -> Iterator[tuple[str, QAction]]:
        """Go through all actions, each with its name in the settings file."""
        for tool, action in self.tools.items():
            yield f"ink_{tool.value}", action
        for name, value in vars(self).items():
            if isinstance(value, QAction):
                yield f"ink_{name}", value

    def retint(self) -> None:
        """Draw the icons anew, in the colour of the text as it is now."""
        for action, name in self._icons.items():
            action.setIcon(icon(name))

    def _made(self, name: IconName, text: str, tip: str, shortcut: str) -> QAction:
        action = QAction(icon(name), text, self._pad)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(tagless(with_shortcut(tip, action)))
        action.setStatusTip(tip)
        self._pad.addAction(action)
        self._icons[action] = name
        return action
