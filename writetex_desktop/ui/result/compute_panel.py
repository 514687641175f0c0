"""The panel beside the result that computes something of it."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.computing.plot import HEIGHT, WIDTH, plot_svg
from writetex_desktop.core.computing.task import Answer, Task
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.toolkit.views.formula import FormulaView

Compute = Callable[[Task, str], Coroutine[Any, Any, tuple[Answer, str]]]
"""Computes of what is shown; gives the answer and what was assumed."""


class ComputePanel(QDialog):
    """Asks what is to be computed, and shows the answer, as a formula or as a curve.

    Args:
        compute: Does it.
        renderer: Draws the answer.
        tasks: Where it runs.
        parent: Beside whom it stands.
    """

    copy_requested = Signal(str)
    """Copy this LaTeX."""

    def __init__(
        self, compute: Compute, renderer: FormulaRenderer, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compute"))
        self._compute = compute
        self._renderer = renderer
        self._tasks = tasks
        self._latex = ""
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
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self._latex))
        self._formula = FormulaView()
        self._formula.setMinimumSize(WIDTH, HEIGHT // 2)
        self._plot = QLabel()
        self._plot.setAccessibleName(tr("Plot"))
        self._plot.hide()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._offer_letter()

    @property
    def words(self) -> str:
        """What is said below the answer."""
        return self._words.text()

    def choose(self, task: Task, letter: str = "") -> None:
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
        column.addWidget(self._words)
        column.addLayout(buttons)

    def _offer_letter(self) -> None:
        self._letter.setEnabled(Task(self._task.currentData()).needs_letter)

    def _start(self) -> None:
        if self._button.isEnabled():
            self._button.setEnabled(False)
            self._words.setText(tr("Computing…"))
            self._tasks.spawn(self._run(), name="compute", on_error=self._refuse)

    async def _run(self) -> None:
        task = Task(self._task.currentData())
        try:
            answer, assumed = await self._compute(task, self._letter.text() if task.needs_letter else "")
            self._latex = answer.latex
            self._formula.setVisible(not answer.points)
            self._plot.setVisible(bool(answer.points))
            if answer.points:
                self._plot.setPixmap(_drawn(plot_svg(answer.points)))
            else:
                self._formula.set_formula(await self._renderer.render(answer.latex))
            self._copy.setEnabled(bool(answer.latex))
            self._words.setText(" ".join(part for part in (answer.text, assumed) if part))
        finally:
            self._button.setEnabled(True)

    def _refuse(self, error: WriteTexError) -> None:
        self._latex = ""
        self._formula.set_formula(None)
        self._plot.hide()
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
