"""The panel that computes."""

import asyncio

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakeFormulaRenderer
from writetex_desktop.core.computing.task import Answer, Task
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.notice import Notice
from writetex_desktop.services.output.computing import Computed
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.compute_panel import ComputePanel, PanelWork


class Nobody:
    def notify(self, notice: Notice) -> None:
        raise AssertionError(notice.message)


class Work:
    """Computes nothing, and remembers what was asked and said."""

    def __init__(self) -> None:
        self.asked: list[tuple[Task | OutputFormat, str]] = []
        self.functions: set[str] = set()

    @property
    def panel(self) -> PanelWork:
        return PanelWork(self.compute, self.write, self.say)

    async def compute(self, task: Task, letter: str) -> Computed:
        self.asked.append((task, letter))
        if task is Task.SOLVE:
            raise ConversionError("No solution was found.", "Change it.")
        if task is Task.PLOT:
            return Computed(Answer(points=((0.0, 0.0), (1.0, 1.0))))
        return self._read(Answer("x + 1", "x + 1"))

    async def write(self, form: OutputFormat) -> Computed:
        self.asked.append((form, ""))
        return self._read(Answer(text="sigma(x + 1)" if "σ" in self.functions else "sigma*(x + 1)"))

    def say(self, letter: str, is_function: bool) -> None:
        (self.functions.add if is_function else self.functions.discard)(letter)

    def _read(self, answer: Answer) -> Computed:
        return Computed(answer, () if "σ" in self.functions else ("σ",), tuple(self.functions))


def _assumed(panel: ComputePanel) -> QLabel:
    return next(
        each
        for each in panel.findChildren(QLabel)
        if each.accessibleDescription() == "How the letters were read"
    )


async def _click(panel: ComputePanel, tasks: Tasks, link: str = "") -> None:
    if link:
        _assumed(panel).linkActivated.emit(link)
    else:
        panel.findChildren(QPushButton)[1].click()
    await asyncio.wait(tasks._running)
    await asyncio.sleep(0)


async def test_an_answer_is_shown_and_can_be_copied_and_a_refusal_is_said(qtbot: QtBot) -> None:
    work, tasks = Work(), Tasks(Nobody())
    panel = ComputePanel(work.panel, FakeFormulaRenderer(), tasks)
    qtbot.addWidget(panel)
    copy, _compute = panel.findChildren(QPushButton)
    copied: list[str] = []
    panel.copy_requested.connect(copied.append)
    for task, letter, words in (
        (Task.SIMPLIFY, "", "x + 1"),
        (Task.SOLVE, "x", "No solution was found. Change it."),
        (Task.PLOT, "x", ""),
    ):
        panel.choose(task, letter)
        await _click(panel, tasks)
        assert panel.words == words
        assert work.asked[-1] == (task, letter)
        copy.click()
    assert copied == ["x + 1"]


@pytest.mark.parametrize("chosen", [Task.SIMPLIFY, OutputFormat.PYTHON])
async def test_a_click_says_that_a_letter_is_a_function_and_another_takes_it_back(
    qtbot: QtBot, chosen: Task | OutputFormat
) -> None:
    work, tasks = Work(), Tasks(Nobody())
    panel = ComputePanel(work.panel, FakeFormulaRenderer(), tasks)
    qtbot.addWidget(panel)
    panel.choose(chosen)
    await _click(panel, tasks)
    assert "σ(…) was read as a product." in _assumed(panel).text()
    assert "σ is a function" in _assumed(panel).text()
    await _click(panel, tasks, "function:σ")
    assert "as you said" in _assumed(panel).text()
    assert work.asked == [(chosen, "")] * 2, "the answer was not made anew"
    await _click(panel, tasks, "factor:σ")
    assert "was read as a product." in _assumed(panel).text()
    assert work.functions == set()


async def test_code_is_shown_and_copied_as_the_form_that_was_chosen(qtbot: QtBot) -> None:
    work, tasks = Work(), Tasks(Nobody())
    panel = ComputePanel(work.panel, FakeFormulaRenderer(), tasks)
    qtbot.addWidget(panel)
    copied: list[OutputFormat] = []
    panel.code_requested.connect(copied.append)
    panel.choose(OutputFormat.JULIA)
    await _click(panel, tasks)
    assert panel.code == "sigma*(x + 1)"
    panel.findChildren(QPushButton)[0].click()
    assert copied == [OutputFormat.JULIA]
    panel.choose(Task.SIMPLIFY)
    await _click(panel, tasks)
    assert panel.code == ""
