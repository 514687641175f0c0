"""The panel beside the result that computes something of it."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.computing.plot import HEIGHT, WIDTH, plot_svg
from writetex_desktop.core.computing.task import Task
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.output_format import Family, OutputFormat
from writetex_desktop.core.language.words import tr
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.output.computing import Computed
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, set_help_topic
from writetex_desktop.ui.toolkit.views.labels import MarkedLabel, PlainLabel

_FACTOR: Final = "factor:"
_FUNCTION: Final = "function:"
"""How the links begin by which a letter is said to be one or the other."""


@dataclass(frozen=True, slots=True)
class PanelWork:
    """What the panel does with the result that is shown.

    Attributes:
        compute: Computes something of it, perhaps for a letter.
        write: Writes it in a form that calculates.
        say: Takes in that a letter is a function, or that it is none.
    """

    compute: Callable[[Task, str], Coroutine[Any, Any, Computed]]
    write: Callable[[OutputFormat], Coroutine[Any, Any, Computed]]
    say: Callable[[str, bool], None]


class ComputePanel(QDialog):
    """Asks what is to be computed, and shows the answer: a formula, a curve, or code.

    Where a letter before a parenthesis was taken for a factor, a click says that it is a function: the
    answer is made anew, and the result keeps it.

    Args:
        work: Does it.
        renderer: Draws the answer.
        tasks: Where it runs.
        parent: Beside whom it stands.
    """

    copy_requested = Signal(str)
    """Copy this LaTeX."""

    code_requested = Signal(object)
    """Copy the result in this `OutputFormat`."""

    def __init__(
        self, work: PanelWork, renderer: FormulaRenderer, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compute"))
        set_help_topic(self, HelpTopic.COMPUTE)
        self._work = work
        self._renderer = renderer
        self._tasks = tasks
        self._latex = ""
        self._code_form: OutputFormat | None = None
        self._task = QComboBox()
        names = {
            Task.SIMPLIFY: tr("Simplify"),
            Task.EXPAND: tr("Expand"),
            Task.FACTOR: tr("Factor"),
            Task.SOLVE: tr("Solve for a letter"),
            Task.DIFFERENTIATE: tr("Differentiate"),
            Task.INTEGRATE: tr("Integrate"),
            Task.EVALUATE: tr("Evaluate as a number"),
            Task.PLOT: tr("Plot from -10 to 10"),
        }
        for task, name in names.items():
            self._task.addItem(name, task)
        self._task.insertSeparator(self._task.count())
        for form in OutputFormat:
            if form.row.family is Family.CALCULATION:
                self._task.addItem(tr("Write for {program}", program=form.row.label), form)
        self._task.currentIndexChanged.connect(lambda _index: self._offer_letter())
        self._letter = QLineEdit()
        self._letter.setPlaceholderText(tr("the only one"))
        self._letter.returnPressed.connect(self._start)
        self._button = QPushButton(tr("&Compute"))
        self._button.setDefault(True)
        self._button.clicked.connect(lambda: self._start())
        self._copy = QPushButton(tr("Copy &LaTeX"))
        self._copy.setAutoDefault(False)
        self._copy.setEnabled(False)
        self._copy.clicked.connect(lambda: self._ask_to_copy())
        self._formula = FormulaView()
        self._formula.setMinimumSize(WIDTH, HEIGHT // 2)
        self._plot = PlainLabel()
        self._plot.setAccessibleName(tr("Plot"))
        self._plot.hide()
        self._code = PlainLabel()
        self._code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._code.setAccessibleDescription(tr("Code"))
        self._code.hide()
        self._words = PlainLabel()
        for words in (self._code, self._words):
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._assumed = MarkedLabel()
        self._assumed.setAccessibleDescription(tr("How the letters were read"))
        self._assumed.setWordWrap(True)
        self._assumed.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._assumed.linkActivated.connect(self._say)
        self._assumed.hide()
        self._lay_out()
        self._offer_letter()

    @property
    def words(self) -> str:
        """What is said below the answer."""
        return self._words.text()

    @property
    def code(self) -> str:
        """The code that is shown; empty for other answers."""
        return self._code.text() if self._code.isVisibleTo(self) else ""

    def choose(self, task: Task | OutputFormat, letter: str = "") -> None:
        """Choose what is to be computed."""
        self._task.setCurrentIndex(self._task.findData(task))
        self._letter.setText(letter)

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.addRow(tr("&What"), self._task)
        fields.addRow(tr("&Letter"), self._letter)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._button)
        column = QVBoxLayout(self)
        column.addLayout(fields)
        column.addWidget(self._formula, 1)
        column.addWidget(self._plot, 1)
        column.addWidget(self._code, 1)
        column.addWidget(self._words)
        column.addWidget(self._assumed)
        column.addLayout(buttons)

    @property
    def _chosen(self) -> Task | OutputFormat:
        # Qt hands members of an enumeration of texts back as bare texts.
        name = self._task.currentData()
        return Task(name) if name in set(Task) else OutputFormat(name)

    def _offer_letter(self) -> None:
        chosen = self._chosen
        self._letter.setEnabled(isinstance(chosen, Task) and chosen.needs_letter)

    def _start(self) -> None:
        if self._button.isEnabled():
            self._button.setEnabled(False)
            self._words.setText(tr("Computing…"))
            self._tasks.spawn(self._run(), name="compute", on_error=self._refuse)

    def _say(self, link: str) -> None:
        """Take in what a letter is, and do the same again."""
        letter = link.removeprefix(_FUNCTION).removeprefix(_FACTOR)
        self._work.say(letter, link.startswith(_FUNCTION))
        self._start()

    def _ask_to_copy(self) -> None:
        if self._code_form is not None:
            self.code_requested.emit(self._code_form)
        else:
            self.copy_requested.emit(self._latex)

    async def _run(self) -> None:
        chosen = self._chosen
        try:
            if isinstance(chosen, Task):
                letter = self._letter.text() if chosen.needs_letter else ""
                await self._show_answer(await self._work.compute(chosen, letter))
            else:
                self._show_code(await self._work.write(chosen), chosen)
        finally:
            self._button.setEnabled(True)

    async def _show_answer(self, computed: Computed) -> None:
        answer = computed.answer
        self._latex, self._code_form = answer.latex, None
        self._code.hide()
        self._formula.setVisible(not answer.points)
        self._plot.setVisible(bool(answer.points))
        if answer.points:
            self._plot.setPixmap(_drawn(plot_svg(answer.points)))
        else:
            self._formula.set_formula(await self._renderer.render(answer.latex))
        self._copy.setText(tr("Copy &LaTeX"))
        self._copy.setEnabled(bool(answer.latex))
        self._words.setText(answer.text)
        self._tell_letters(computed)

    def _show_code(self, computed: Computed, form: OutputFormat) -> None:
        self._latex, self._code_form = "", form
        self._formula.hide()
        self._plot.hide()
        self._code.setText(computed.answer.text)
        self._code.show()
        self._copy.setText(tr("Copy &code"))
        self._copy.setEnabled(True)
        self._words.clear()
        self._tell_letters(computed)

    def _tell_letters(self, computed: Computed) -> None:
        """Say how letters before a parenthesis were read, with what says otherwise."""
        lines = [
            (
                tr("{letter}(…) was read as a product.", letter=each),
                f"{_FUNCTION}{each}",
                tr("{letter} is a function", letter=each),
            )
            for each in computed.factors
        ] + [
            (
                tr("{letter}(…) was read as a function, as you said.", letter=each),
                f"{_FACTOR}{each}",
                tr("{letter} is a factor", letter=each),
            )
            for each in computed.functions
        ]
        self._assumed.setText(
            "<br>".join(
                [escape(each) for each in computed.notes]
                + [
                    f'{escape(said)} <a href="{escape(link)}">{escape(otherwise)}</a>'
                    for said, link, otherwise in lines
                ]
            )
        )
        self._assumed.setVisible(bool(lines or computed.notes))

    def _refuse(self, error: WriteTexError) -> None:
        self._latex, self._code_form = "", None
        self._formula.set_formula(None)
        self._plot.hide()
        self._code.hide()
        self._formula.show()
        self._copy.setEnabled(False)
        self._words.setText(f"{error.message} {error.remedy.text}".rstrip())


def _drawn(svg: str) -> QPixmap:
    scale = QGuiApplication.primaryScreen().devicePixelRatio()
    image = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(svg.encode()).render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)
