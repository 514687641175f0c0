"""The rows below the table of a batch: how far it is, and what can be done."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.batches.batch import ItemState, Totals
from writetex_desktop.core.batches.table import TableForm
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import tagless
from writetex_desktop.services.batches.batch import Activity
from writetex_desktop.ui.batch.words import progress_words
from writetex_desktop.ui.toolkit.document_menu import document_menu
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.views.labels import PlainLabel
from writetex_desktop.ui.toolkit.views.wrapped_row import WrappedRow

USUAL_AT_ONCE = 4
"""How many pictures are read at the same time until the user says otherwise."""

MOST_AT_ONCE = 32


class BatchBar(QWidget):
    """Says how far the batch is and offers what makes sense now."""

    start_requested = Signal(int)
    """Begin or go on, with so many pictures at the same time."""

    pause_requested = Signal()
    """Begin nothing new."""

    cancel_requested = Signal()
    """Stop everything."""

    retry_requested = Signal(int)
    """Read again what failed or was cancelled, with so many pictures at the same time."""

    copy_all_requested = Signal()
    """Copy all results."""

    export_requested = Signal(object, object)
    """Write the batch to a file: a `Path` and a `TableForm`."""

    document_requested = Signal(object)
    """Write the results into a document: a `DocumentWish`."""

    filter_changed = Signal(bool)
    """The user wants to see only what somebody should look at, or all again."""

    focus_left = Signal()
    """The button that had the focus has done its work: the arrows are for the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity = Activity.IDLE
        self._plan = ""
        self._icons: dict[QPushButton, IconName] = {}
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress.setAccessibleName(tr("Progress"))
        self._far = PlainLabel()
        self._at_once = QSpinBox()
        self._at_once.setRange(1, MOST_AT_ONCE)
        self._at_once.setValue(USUAL_AT_ONCE)
        self._at_once.setAccessibleName(tr("Pictures read at the same time"))
        self._at_once.setToolTip(
            tr("How many pictures are read at the same time; free tiers of providers allow few")
        )
        self._doubtful = QCheckBox(tr("Only what to &look at"))
        self._doubtful.setToolTip(
            tr("Show the results that may be wrong and nothing else; F8 turns to the next one")
        )
        self._doubtful.toggled.connect(self.filter_changed)
        self._start = self._button(IconName.START, tr("&Start"), "")
        self._cancel = self._button(
            IconName.CANCEL, tr("Ca&ncel"), tr("Stop everything; what was read stays")
        )
        self._retry = self._button(
            IconName.RETRY, tr("&Retry failed"), tr("Read again what failed or was cancelled")
        )
        self._copy = self._button(
            IconName.COPY,
            tr("Copy &all"),
            tr("Copy all results in the chosen format, one below the other"),
        )
        self._export = self._button(IconName.EXPORT, tr("&Export"), tr("Write the table to a file"))
        self._export.setMenu(self._made_menu())
        self._lay_out()
        self._connect()
        self._retint()

    @property
    def at_once(self) -> int:
        """How many pictures the user wants read at the same time."""
        return self._at_once.value()

    @property
    def far(self) -> str:
        """What is said of how far the batch is."""
        return self._far.text()

    def show_totals(self, totals: Totals, activity: Activity, seconds_left: float | None) -> None:
        """Show how far a batch is.

        Args:
            totals: The batch in numbers.
            activity: What is done with it.
            seconds_left: How long it will still take, when that is known.
        """
        self._activity = activity
        states = totals.states
        self._progress.setRange(0, max(1, totals.count))
        self._progress.setValue(totals.looked_at)
        is_new = activity is Activity.IDLE and not totals.over
        self._far.setText((is_new and self._plan) or progress_words(totals, seconds_left))
        self._show_start(activity, is_begun=totals.over > 0)
        is_running = activity is Activity.RUNNING
        can_go_on = states[ItemState.WAITING] + states[ItemState.CANCELLED]
        self._start.setEnabled(activity is not Activity.IDLE or bool(can_go_on))
        self._cancel.setEnabled(activity is not Activity.IDLE)
        self._retry.setEnabled(
            bool(states[ItemState.FAILED] + states[ItemState.CANCELLED]) and not is_running
        )
        self._at_once.setEnabled(not is_running)
        self._copy.setEnabled(bool(states[ItemState.DONE]))
        self._doubtful.setEnabled(totals.doubtful > 0 or self._doubtful.isChecked())
        self._export.setEnabled(totals.over > 0)

    def show_plan(self, plan: str) -> None:
        """Say beside the button, until it is pressed, how many pictures it starts and what they will cost."""
        self._plan = plan

    def take_focus(self) -> bool:
        """Let Enter start what waits; gives whether there is anything to start."""
        if self._activity is not Activity.IDLE or not self._start.isEnabled():
            return False
        self._start.setFocus()
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()

    def _button(self, name: IconName, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(True)
        button.setToolTip(tagless(tip))
        self._icons[button] = name
        return button

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        for form, text in (
            (TableForm.JSONL, tr("As &JSON lines…")),
            (TableForm.CSV, tr("As a &spreadsheet (CSV)…")),
            (TableForm.MARKDOWN, tr("As &Markdown…")),
            (TableForm.LATEX, tr("As a &LaTeX document…")),
        ):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, form_=form: self._choose_export(form_)
            )
        menu.addSeparator()
        menu.addMenu(document_menu(self, "writetex-batch", self.document_requested.emit))
        return menu

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self._progress, 1)
        above.addWidget(self._far)
        at_once = PlainLabel(tr("At &once:"))
        at_once.setBuddy(self._at_once)
        below = WrappedRow(
            (self._start, self._cancel, self._retry, at_once, self._at_once),
            (self._doubtful, self._copy, self._export),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(below)
        # The longest of its words fits, so that nothing jumps when they change.
        self._show_start(Activity.PAUSED, is_begun=True)
        longest = self._start.sizeHint().width()
        self._show_start(Activity.RUNNING, is_begun=True)
        self._start.setMinimumWidth(max(longest, self._start.sizeHint().width()))

    def _connect(self) -> None:
        self._start.clicked.connect(self._start_or_pause)
        self._cancel.clicked.connect(lambda: self.cancel_requested.emit())
        self._retry.clicked.connect(lambda: self.retry_requested.emit(self.at_once))
        self._copy.clicked.connect(lambda: self.copy_all_requested.emit())

    def _retint(self) -> None:
        for button, name in self._icons.items():
            button.setIcon(icon(name, self.palette()))

    def _show_start(self, activity: Activity, *, is_begun: bool) -> None:
        """Let the first button say what it does now."""
        if activity is Activity.RUNNING:
            name, text, tip = IconName.PAUSE, tr("&Pause"), tr("Finish what is begun, then wait")
        elif activity is Activity.PAUSED or is_begun:
            name, text, tip = IconName.START, tr("Go &on"), tr("Read the pictures that wait")
        else:
            name, text, tip = IconName.START, tr("&Start"), tr("Read all pictures")
        if self._start.toolTip() != tip:
            self._icons[self._start] = name
            self._start.setText(text)
            self._start.setToolTip(tagless(tip))
            self._start.setIcon(icon(name, self.palette()))

    def _start_or_pause(self) -> None:
        if self._activity is Activity.RUNNING:
            self.pause_requested.emit()
        else:
            self.start_requested.emit(self.at_once)
            self.focus_left.emit()

    def _choose_export(self, form: TableForm) -> None:
        dialog = QFileDialog(self, tr("Export the batch"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(f"writetex-batch.{form.value}")
        dialog.fileSelected.connect(lambda name: self.export_requested.emit(Path(name), form))
        dialog.open()
