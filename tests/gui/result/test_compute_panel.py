"""The panel that computes."""

import asyncio

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakeFormulaRenderer
from writetex_desktop.core.computing.task import Answer, Task
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.notice import Notice
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.compute_panel import ComputePanel


class Nobody:
    def notify(self, notice: Notice) -> None:
        raise AssertionError(notice.message)


async def test_an_answer_is_shown_and_can_be_copied_and_a_refusal_is_said(qtbot: QtBot) -> None:
    asked: list[tuple[Task, str]] = []

    async def compute(task: Task, letter: str) -> tuple[Answer, str]:
        asked.append((task, letter))
        if task is Task.SOLVE:
            raise ConversionError("No solution was found.", "Change it.")
        if task is Task.PLOT:
            return Answer(points=((0.0, 0.0), (1.0, 1.0))), ""
        return Answer("x + 1", "x + 1"), "a was read as a factor."

    tasks = Tasks(Nobody())
    panel = ComputePanel(compute, FakeFormulaRenderer(), tasks)
    qtbot.addWidget(panel)
    copy, button = panel.findChildren(QPushButton)
    copied: list[str] = []
    panel.copy_requested.connect(copied.append)
    for task, letter, words in (
        (Task.SIMPLIFY, "", "x + 1 a was read as a factor."),
        (Task.SOLVE, "x", "No solution was found. Change it."),
        (Task.PLOT, "x", ""),
    ):
        panel.choose(task, letter)
        button.click()
        await asyncio.wait(tasks._running)
        await asyncio.sleep(0)
        assert panel.words == words
        assert asked[-1] == (task, letter)
        copy.click()
    assert copied == ["x + 1"]
