"""Every action of the window, its menus and the tray, once."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from writetex_desktop.core.language.words import shaped, tr, without_key
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.mode_actions import (
    made_modes,
    made_pad_action,
    made_pad_window_action,
    made_pin_action,
    made_symbol_action,
)

SNIP_LATER_S = 3
"""How long "Snip in 3 s" waits: time to open a menu or a tooltip that is to be on the picture."""


class Actions(QObject):
    """The actions; whoever obeys connects to their `triggered`.

    Attributes:
        modes: One checkable action for each `Mode`; one is always checked.

    Actions without a fixed meaning for the moment are disabled by the setters below, never hidden.
    """

    mode_changed = Signal(object)
    """The user chose what the next picture holds: a `Mode`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons: dict[QAction, IconName] = {}
        self._hotkey = ""
        self.snip = self._made(
            IconName.SNIP, tr("&Snip"), tr("Mark a formula on the screen and read it"), "Ctrl+N"
        )
        self.snip_later = self._made(
            IconName.SNIP_LATER,
            tr("Snip in &3 s"),
            tr("Snip after three seconds, time to open a menu or to scroll"),
            "Ctrl+Shift+N",
        )
        self.open_files = self._made(
            IconName.OPEN,
            tr("&Open…"),
            tr("Read picture files, or the pages of a PDF file"),
            "Ctrl+O",
        )
        self.paste = self._made(
            IconName.PASTE, tr("&Paste"), tr("Read the picture on the clipboard"), "Ctrl+V"
        )
        self.sample = self._made(
            IconName.SAMPLE,
            tr("&Try the sample"),
            tr("Read a formula that comes with the program"),
            "",
        )
        self.copy = self._made(
            IconName.COPY, tr("&Copy"), tr("Copy the formula in the chosen format"), "Ctrl+C"
        )
        self.copy_as = self._made(
            IconName.COPY,
            tr("Copy &as…"),
            tr("Copy the formula in another format, this once; each has a key"),
            "Ctrl+Shift+C",
        )
        self.copy_png = self._made(
            IconName.COPY_IMAGE,
            tr("Copy as P&NG"),
            tr("Copy the rendered formula as pixels"),
            "Ctrl+Shift+P",
        )
        self.copy_svg = self._made(
            IconName.COPY_IMAGE,
            tr("Copy as S&VG"),
            tr("Copy the rendered formula as a drawing"),
            "Ctrl+Shift+G",
        )
        self.cancel = self._made(
            IconName.CANCEL, tr("Ca&ncel"), tr("Stop reading and close the connection"), "Esc"
        )
        self.retry = self._made(IconName.RETRY, tr("&Retry"), tr("Read the same picture again"), "F5")
        self.zoom_in = self._made(
            IconName.ZOOM_IN, tr("Zoom &in"), tr("Show picture and formula larger"), "Ctrl++"
        )
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.zoom_out = self._made(
            IconName.ZOOM_OUT, tr("Zoom &out"), tr("Show picture and formula smaller"), "Ctrl+-"
        )
        self.zoom_reset = self._made(
            IconName.ZOOM_RESET,
            tr("&Usual size"),
            tr("Show picture and formula as they come"),
            "Ctrl+0",
        )
        self.restore_clipboard = self._made(
            IconName.UNDO,
            tr("Restore the clip&board"),
            tr("Put back what was on the clipboard before the last copies"),
            "Ctrl+Shift+R",
        )
        self.history = self._made(IconName.HISTORY, tr("&History"), tr("Find earlier results"), "Ctrl+H")
        self.batch = self._made(
            IconName.BATCH,
            tr("&Batch"),
            tr("Show the pictures that are read together; open several files to begin"),
            "Ctrl+J",
        )
        self.private_mode = self._made(
            IconName.PRIVATE,
            tr("Private &mode"),
            tr("Keep no results until the program ends or this is switched off"),
            "Ctrl+Shift+H",
        )
        self.private_mode.setCheckable(True)
        self.stay_offline = self._made(
            IconName.OFFLINE,
            tr("Stay &offline"),
            tr("Open no connection; pictures are read on this machine and nowhere else"),
            "Ctrl+Shift+O",
        )
        self.stay_offline.setCheckable(True)
        self.stay_offline.setIconText(tr("Offline"))
        self.retry_with_hint = self._made(
            IconName.HINT,
            tr("Retry with a &hint…"),
            tr("Read the same picture again and say what to mind"),
            "Shift+F5",
        )
        self.previous_result = self._made(
            IconName.PREVIOUS,
            tr("Pre&vious result"),
            tr("Show the result before this one"),
            "Alt+Left",
        )
        self.next_result = self._made(
            IconName.NEXT, tr("Ne&xt result"), tr("Show the result after this one"), "Alt+Right"
        )
        self._make_editing()
        self.copy_table = self._made(
            IconName.MODE_TABLE,
            tr("Copy the &cells"),
            tr("Copy the table for spreadsheets and documents"),
            "Ctrl+Shift+E",
        )
        self.copy_table_markdown = self._made(
            IconName.MODE_TABLE,
            tr("Copy as Markdown ta&ble"),
            tr("Copy the table as a pipe table"),
            "Ctrl+Shift+M",
        )
        self._make_document()
        self.show_window = self._made(
            IconName.WINDOW, tr("Show &window"), tr("Bring the window to the front"), ""
        )
        self.settings = self._made(
            IconName.SETTINGS, tr("S&ettings…"), tr("Change endpoint, hotkey and more"), "Ctrl+,"
        )
        self.keys = self._made(
            IconName.HELP,
            tr("&Keys…"),
            tr("See the keys of all actions, and change them"),
            "Ctrl+?",
        )
        self.help = self._made(IconName.HELP, tr("He&lp"), tr("Read the guide: endpoints, keys, costs"), "F1")
        self.quit = self._made(IconName.QUIT, tr("&Quit"), tr("End the program and its hotkey"), "Ctrl+Q")
        self._mode_group = QActionGroup(self)
        self.modes = self._made_modes()
        self.set_mode(Mode.FORMULA)
        self.set_idle(has_picture=False, has_markup=False)
        self.set_drawing_at_hand(False)
        self.set_neighbours(before=False, after=False)
        self.set_table_at_hand(False)
        self.set_spots_at_hand(False)
        self.restore_clipboard.setEnabled(False)
        self.batch.setEnabled(False)

    def _make_editing(self) -> None:
        """Make what is done to the source."""
        self.next_spot = self._made(
            IconName.NEXT,
            tr("Next do&ubtful place"),
            tr("Put the cursor to the next place that looks wrong"),
            "F8",
        )
        self.previous_spot = self._made(
            IconName.PREVIOUS,
            tr("Previous doubt&ful place"),
            tr("Put the cursor to the place before that looks wrong"),
            "Shift+F8",
        )
        self.write = self._made(
            IconName.MODE_HANDWRITING,
            tr("&Write LaTeX"),
            tr("Type or paste LaTeX, to see it drawn and copy it in any format"),
            "Ctrl+L",
        )
        self.other_readings = self._made(
            IconName.NEXT,
            tr("Other readin&gs"),
            tr("See what else the picture may say, and what was left out"),
            "Alt+Down",
        )
        self.other_readings.setEnabled(False)
        self.pad = made_pad_action(self._made)
        self.pad_window = made_pad_window_action(self._made)
        self.find_symbol = made_symbol_action(self._made)
        self.pin = made_pin_action(self._made)
        self.tidy = self._made(
            IconName.TIDY,
            tr("Tid&y"),
            tr("Write the source in one style; the formula stays the same"),
            "Ctrl+Shift+T",
        )
        self.wrap_text = self._made(
            IconName.WRAP, tr("Wrap as &text"), tr("Put the selection into \\text{}"), "Ctrl+T"
        )
        self.wrap_bold = self._made(
            IconName.WRAP, tr("Wrap as &bold"), tr("Put the selection into \\mathbf{}"), "Ctrl+B"
        )
        self.unwrap = self._made(
            IconName.WRAP, tr("&Unwrap"), tr("Take away what stands round the selection"), "Ctrl+U"
        )

    def _make_document(self) -> None:
        """Make what concerns the document that formulas go into."""
        self.use_document = self._made(
            IconName.DOCUMENT,
            tr("Send the &document along"),
            tr("Send commands and last lines of your document with each picture"),
            "Ctrl+D",
        )
        self.use_document.setCheckable(True)
        self.choose_document = self._made(
            IconName.OPEN,
            tr("&Choose a document…"),
            tr("Choose the LaTeX, Markdown or Typst file that you write on"),
            "",
        )
        self.instructions = self._made(
            IconName.SETTINGS,
            tr("&Instructions…"),
            tr("Say how formulas shall be written, and see what is sent"),
            "",
        )

    def __iter__(self) -> Iterator[QAction]:
        """Go through all actions."""
        return iter(self._icons)

    def set_idle(self, *, has_picture: bool, has_markup: bool) -> None:
        """Enable what makes sense while nothing is being read.

        Args:
            has_picture: There is a picture that could be read again.
            has_markup: There is markup that could be copied.
        """
        self.cancel.setEnabled(False)
        self.retry.setEnabled(has_picture)
        self.retry_with_hint.setEnabled(has_picture)
        self.set_markup_at_hand(has_markup)

    def set_working(self) -> None:
        """Enable what makes sense while a picture is being read."""
        self.cancel.setEnabled(True)
        self.retry.setEnabled(False)
        self.retry_with_hint.setEnabled(False)

    def set_markup_at_hand(self, at_hand: bool) -> None:
        """Enable copying."""
        for action in (self.copy, self.copy_as, self.tidy, self.wrap_text, self.wrap_bold, self.unwrap):
            action.setEnabled(at_hand)

    def set_table_at_hand(self, at_hand: bool) -> None:
        """Enable copying a table's cells."""
        self.copy_table.setEnabled(at_hand)
        self.copy_table_markdown.setEnabled(at_hand)

    def set_spots_at_hand(self, at_hand: bool) -> None:
        """Enable going through the places that look wrong."""
        self.next_spot.setEnabled(at_hand)
        self.previous_spot.setEnabled(at_hand)

    def set_neighbours(self, *, before: bool, after: bool) -> None:
        """Enable turning to the results before and after the shown one."""
        self.previous_result.setEnabled(before)
        self.next_result.setEnabled(after)

    def set_drawing_at_hand(self, at_hand: bool) -> None:
        """Enable copying as a picture."""
        for each in (self.copy_png, self.copy_svg, self.pin):
            each.setEnabled(at_hand)

    def set_mode(self, mode: Mode) -> None:
        """Check a mode without telling anybody."""
        self.modes[mode].setChecked(True)

    def set_hotkey(self, hotkey: str) -> None:
        """Name the global hotkey on the button of Snip and in its tooltip.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        tip = tr("Mark a formula on the screen and read it")
        if hotkey:
            tip = tr("{tip}; everywhere: {hotkey}", tip=tip, hotkey=hotkey)
        self.snip.setToolTip(tagless(with_shortcut(tip, self.snip)))
        self.snip.setIconText(f"{tr('Snip')}  {hotkey}".rstrip())

    def retint(self) -> None:
        """Draw the icons anew, in the colour of the text as it is now."""
        for action, name in self._icons.items():
            action.setIcon(icon(name))

    def _made_modes(self) -> dict[Mode, QAction]:
        modes = made_modes(self._made)
        for mode, action in modes.items():
            action.setCheckable(True)
            action.setData(mode)
            self._mode_group.addAction(action)
        # `triggered` is the user's doing only; `toggled` would also tell of `set_mode`.
        self._mode_group.triggered.connect(lambda action: self.mode_changed.emit(Mode(action.data())))
        return modes

    def _made(self, name: IconName, text: str, tip: str, shortcut: str) -> QAction:
        action = QAction(icon(name), text, self)
        action.setIconText(shaped(text, _on_button))
        action.setShortcut(QKeySequence(shortcut))
        action.setToolTip(tagless(with_shortcut(tip, action)))
        action.setStatusTip(tip)
        self._icons[action] = name
        return action


def _on_button(text: str) -> str:
    """Write a name on a button of a bar, where no key is underlined and no dialog is announced."""
    return without_key(text).removesuffix("…")


def with_shortcut(tip: str, action: QAction) -> str:
    """Write the shortcut of an action behind its tooltip."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return tr("{tip} ({keys})", tip=tip, keys=keys) if keys else tip
