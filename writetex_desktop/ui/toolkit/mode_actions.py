"""The actions that choose what the next picture holds, and those that lead to what is drawn by hand."""

from typing import Protocol

from PySide6.QtGui import QAction

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ui.toolkit.icons import IconName


class MakeAction(Protocol):
    """Makes an action of its icon, its text, its tooltip and its shortcut."""

    def __call__(self, name: IconName, text: str, tip: str, shortcut: str) -> QAction:
        """Make it."""
        ...


def made_modes(make: MakeAction) -> dict[Mode, QAction]:
    """Make one for each mode, in the order in which they are offered."""
    return {
        Mode.AUTO: make(
            IconName.MODE_AUTO,
            tr("&Automatic"),
            tr("Read a formula, text or a table, whichever it is"),
            "Ctrl+7",
        ),
        Mode.FORMULA: make(
            IconName.MODE_FORMULA,
            tr("&Formula"),
            tr("Read a formula"),
            "Ctrl+1",
        ),
        Mode.TEXT: make(
            IconName.MODE_TEXT,
            tr("Te&xt"),
            tr("Read text with formulas"),
            "Ctrl+2",
        ),
        Mode.TABLE: make(
            IconName.MODE_TABLE,
            tr("Ta&ble"),
            tr("Read a table"),
            "Ctrl+3",
        ),
        Mode.TIKZ: make(
            IconName.MODE_TIKZ,
            tr("Ti&kZ"),
            tr("Read a diagram as TikZ"),
            "Ctrl+4",
        ),
        Mode.CHEMISTRY: make(
            IconName.MODE_CHEMISTRY,
            tr("C&hemistry"),
            tr("Read a chemical formula or equation"),
            "Ctrl+5",
        ),
        Mode.HANDWRITING: make(
            IconName.MODE_HANDWRITING,
            tr("Hand&writing"),
            tr("Read a formula that was written by hand"),
            "Ctrl+6",
        ),
    }


def made_pad_action(make: MakeAction) -> QAction:
    """Make the one that shows the pad."""
    return make(
        IconName.PAD,
        tr("Write by &hand"),
        tr("Write a formula with mouse, finger or pen, and read it"),
        "Ctrl+I",
    )


def made_pad_window_action(make: MakeAction) -> QAction:
    """Make the one that shows the pad in its own small window."""
    return make(
        IconName.PAD,
        tr("Write by hand in a small &window"),
        tr("Write in a small window that stays above the others"),
        "Ctrl+Shift+I",
    )


def made_pin_action(make: MakeAction) -> QAction:
    """Make the one that keeps the formula on the screen."""
    return make(
        IconName.PIN,
        tr("Pin on s&creen"),
        tr("Keep the formula in a small window above all others"),
        "Ctrl+Shift+K",
    )


def made_symbol_action(make: MakeAction) -> QAction:
    """Make the one that finds a symbol by a drawing of it."""
    return make(
        IconName.SYMBOL,
        tr("&Find a symbol…"),
        tr("Draw a symbol, and put its command at the cursor of the source"),
        "Ctrl+Shift+D",
    )
