"""Every action of the window, its menus and the tray, once."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.mode_actions import made_modes

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
            IconName.SNIP, self.tr("&Snip"), self.tr("Mark a formula on the screen and read it"), "Ctrl+N"
        )
        self.snip_later = self._made(
            IconName.SNIP_LATER,
            self.tr("Snip in &3 s"),
            self.tr("Snip after three seconds, time to open a menu or to scroll"),
            "Ctrl+Shift+N",
        )
        self.open_files = self._made(
            IconName.OPEN,
            self.tr("&Open…"),
            self.tr("Read picture files, or the pages of a PDF file"),
            "Ctrl+O",
        )
        self.paste = self._made(
            IconName.PASTE, self.tr("&Paste"), self.tr("Read the picture on the clipboard"), "Ctrl+V"
        )
        self.sample = self._made(
            IconName.SAMPLE,
            self.tr("&Try the sample"),
            self.tr("Read a formula that comes with the program"),
            "",
        )
        self.copy = self._made(
            IconName.COPY, self.tr("&Copy"), self.tr("Copy the formula in the chosen format"), "Ctrl+C"
        )
        self.copy_as = self._made(
            IconName.COPY,
            self.tr("Copy &as…"),
            self.tr("Copy the formula in another format, this once; each has a key"),
            "Ctrl+Shift+C",
        )
        self.copy_png = self._made(
            IconName.COPY_IMAGE,
            self.tr("Copy as P&NG"),
            self.tr("Copy the rendered formula as pixels"),
            "Ctrl+Shift+P",
        )
        self.copy_svg = self._made(
            IconName.COPY_IMAGE,
            self.tr("Copy as S&VG"),
            self.tr("Copy the rendered formula as a drawing"),
            "Ctrl+Shift+G",
        )
        self.cancel = self._made(
            IconName.CANCEL, self.tr("Ca&ncel"), self.tr("Stop reading and close the connection"), "Esc"
        )
        self.retry = self._made(
            IconName.RETRY, self.tr("&Retry"), self.tr("Read the same picture again"), "F5"
        )
        self.zoom_in = self._made(
            IconName.ZOOM_IN, self.tr("Zoom &in"), self.tr("Show picture and formula larger"), "Ctrl++"
        )
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.zoom_out = self._made(
            IconName.ZOOM_OUT, self.tr("Zoom &out"), self.tr("Show picture and formula smaller"), "Ctrl+-"
        )
        self.zoom_reset = self._made(
            IconName.ZOOM_RESET,
            self.tr("&Usual size"),
            self.tr("Show picture and formula as they come"),
            "Ctrl+0",
        )
        self.restore_clipboard = self._made(
            IconName.UNDO,
            self.tr("Restore the clip&board"),
            self.tr("Put back what was on the clipboard before the last copies"),
            "Ctrl+Shift+R",
        )
        self.history = self._made(
            IconName.HISTORY, self.tr("&History"), self.tr("Find earlier results"), "Ctrl+H"
        )
        self.batch = self._made(
            IconName.BATCH,
            self.tr("&Batch"),
            self.tr("Show the pictures that are read together; open several files to begin"),
            "Ctrl+J",
        )
        self.private_mode = self._made(
            IconName.PRIVATE,
            self.tr("Private &mode"),
            self.tr("Keep no results until the program ends or this is switched off"),
            "Ctrl+Shift+H",
        )
        self.private_mode.setCheckable(True)
        self.stay_offline = self._made(
            IconName.OFFLINE,
            self.tr("Stay &offline"),
            self.tr("Open no connection; pictures are read on this machine and nowhere else"),
            "Ctrl+Shift+O",
        )
        self.stay_offline.setCheckable(True)
        self.stay_offline.setIconText(self.tr("Offline"))
        self.retry_with_hint = self._made(
            IconName.HINT,
            self.tr("Retry with a &hint…"),
            self.tr("Read the same picture again and say what to mind"),
            "Shift+F5",
        )
        self.previous_result = self._made(
            IconName.PREVIOUS,
            self.tr("Pre&vious result"),
            self.tr("Show the result before this one"),
            "Alt+Left",
        )
        self.next_result = self._made(
            IconName.NEXT, self.tr("Ne&xt result"), self.tr("Show the result after this one"), "Alt+Right"
        )
        self._make_editing()
        self.copy_table = self._made(
            IconName.MODE_TABLE,
            self.tr("Copy the &cells"),
            self.tr("Copy the table for spreadsheets and documents"),
            "Ctrl+Shift+E",
        )
        self.copy_table_markdown = self._made(
            IconName.MODE_TABLE,
            self.tr("Copy as Markdown ta&ble"),
            self.tr("Copy the table as a pipe table"),
            "Ctrl+Shift+D",
        )
        self._make_document()
        self.show_window = self._made(
            IconName.WINDOW, self.tr("Show &window"), self.tr("Bring the window to the front"), ""
        )
        self.settings = self._made(
            IconName.SETTINGS, self.tr("S&ettings…"), self.tr("Change endpoint, hotkey and more"), "Ctrl+,"
        )
        self.help = self._made(
            IconName.HELP, self.tr("He&lp"), self.tr("Read the guide: endpoints, keys, costs"), "F1"
        )
        self.quit = self._made(
            IconName.QUIT, self.tr("&Quit"), self.tr("End the program and its hotkey"), "Ctrl+Q"
        )
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
            self.tr("Next do&ubtful place"),
            self.tr("Put the cursor to the next place that looks wrong"),
            "F8",
        )
        self.previous_spot = self._made(
            IconName.PREVIOUS,
            self.tr("Previous doubt&ful place"),
            self.tr("Put the cursor to the place before that looks wrong"),
            "Shift+F8",
        )
        self.write = self._made(
            IconName.MODE_HANDWRITING,
            self.tr("&Write LaTeX"),
            self.tr("Type or paste LaTeX, to see it drawn and copy it in any format"),
            "Ctrl+L",
        )
        self.tidy = self._made(
            IconName.TIDY,
            self.tr("Tid&y"),
            self.tr("Write the source in one style; the formula stays the same"),
            "Ctrl+Shift+T",
        )
        self.wrap_text = self._made(
            IconName.WRAP, self.tr("Wrap as &text"), self.tr("Put the selection into \\text{}"), "Ctrl+T"
        )
        self.wrap_bold = self._made(
            IconName.WRAP, self.tr("Wrap as &bold"), self.tr("Put the selection into \\mathbf{}"), "Ctrl+B"
        )
        self.unwrap = self._made(
            IconName.WRAP, self.tr("&Unwrap"), self.tr("Take away what stands round the selection"), "Ctrl+U"
        )

    def _make_document(self) -> None:
        """Make what concerns the document that formulas go into."""
        self.use_document = self._made(
            IconName.DOCUMENT,
            self.tr("Send the &document along"),
            self.tr("Send commands and last lines of your document with each picture"),
            "Ctrl+D",
        )
        self.use_document.setCheckable(True)
        self.choose_document = self._made(
            IconName.OPEN,
            self.tr("&Choose a document…"),
            self.tr("Choose the LaTeX, Markdown or Typst file that you write on"),
            "",
        )
        self.instructions = self._made(
            IconName.SETTINGS,
            self.tr("&Instructions…"),
            self.tr("Say how formulas shall be written, and see what is sent"),
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
        self.copy.setEnabled(at_hand)
        self.copy_as.setEnabled(at_hand)
        for action in (self.tidy, self.wrap_text, self.wrap_bold, self.unwrap):
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
        self.copy_png.setEnabled(at_hand)
        self.copy_svg.setEnabled(at_hand)

    def set_mode(self, mode: Mode) -> None:
        """Check a mode without telling anybody."""
        self.modes[mode].setChecked(True)

    def set_hotkey(self, hotkey: str) -> None:
        """Name the global hotkey on the button of Snip and in its tooltip.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        tip = self.tr("Mark a formula on the screen and read it")
        if hotkey:
            tip = self.tr("{tip}; everywhere: {hotkey}").format(tip=tip, hotkey=hotkey)
        self.snip.setToolTip(_with_shortcut(tip, self.snip))
        self.snip.setIconText(f"{self.tr('Snip')}  {hotkey}".rstrip())

    def retint(self) -> None:
        """Draw the icons anew, in the colour of the text as it is now."""
        for action, name in self._icons.items():
            action.setIcon(icon(name))

    def _made_modes(self) -> dict[Mode, QAction]:
        modes = made_modes(self._made, self)
        for mode, action in modes.items():
            action.setCheckable(True)
            action.setData(mode)
            self._mode_group.addAction(action)
        # `triggered` is the user's doing only; `toggled` would also tell of `set_mode`.
        self._mode_group.triggered.connect(lambda action: self.mode_changed.emit(Mode(action.data())))
        return modes

    def _made(self, name: IconName, text: str, tip: str, shortcut: str) -> QAction:
        action = QAction(icon(name), text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setToolTip(_with_shortcut(tip, action))
        action.setStatusTip(tip)
        self._icons[action] = name
        return action


def _with_shortcut(tip: str, action: QAction) -> str:
    """Write the shortcut of an action behind its tooltip."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({keys})" if keys else tip
