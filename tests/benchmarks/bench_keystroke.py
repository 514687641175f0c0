"""From a key pressed in the editor until the formula has been painted anew.

Run it with a display, from the repository's root: `python -m tests.benchmarks keystroke`.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from statistics import median, quantiles

import qasync
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.result.copy_desk import CopyDesk
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.toolkit.views.formula import FormulaView

CORPUS = Path(__file__).parent.parent / "data" / "render-corpus.json"
BARS_MS = (60, 150)
LONGEST_WAIT_S = 2.0


class _Painted(QObject):
    """Notes when the view has been painted with a formula that it had not before."""

    def __init__(self, view: FormulaView) -> None:
        super().__init__()
        self._view = view
        self._before = view.formula
        self.seen = asyncio.Event()
        view.viewport().installEventFilter(self)

    def expect(self) -> None:
        """Wait for the next formula."""
        self._before = self._view.formula
        self.seen.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See the paint event; what comes after it in the loop comes after the painting."""
        if event.type() is QEvent.Type.Paint and self._view.formula is not self._before:
            asyncio.get_running_loop().call_soon(self.seen.set)
        return False


async def measure(desk: CopyDesk) -> list[str]:
    """Type a blank and a letter at the end of every ordinary formula."""
    desk.window.show()
    entries = json.loads(CORPUS.read_text("utf-8"))
    sources = [each["latex"] for each in entries if each["group"] not in {"partial", "hostile"}]
    (editor,) = desk.window.findChildren(SourceEditor)
    (view,) = desk.window.findChildren(FormulaView)
    await desk.renderer.warm()
    desk.window.show_home(desk.window.pane)
    painted = _Painted(view)
    times: list[float] = []
    for latex in sources:
        painted.expect()
        editor.set_markup(latex)
        desk.presenter.edit(latex)
        try:
            await asyncio.wait_for(painted.seen.wait(), LONGEST_WAIT_S)
        except TimeoutError:
            continue  # one of the few that cannot be drawn
        QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        painted.expect()
        start = time.perf_counter()
        QTest.keyClicks(editor, "x")
        try:
            await asyncio.wait_for(painted.seen.wait(), LONGEST_WAIT_S)
        except TimeoutError:
            continue  # `\alphax` is no command
        times.append((time.perf_counter() - start) * 1000)
    slow = quantiles(times, n=20)[-1]
    middle = f"{median(times):8.1f} ms (bar {BARS_MS[0]})"
    return [f"keystroke -> preview painted {middle}  p95 {slow:8.1f} ms (bar {BARS_MS[1]})  (n={len(times)})"]


def main() -> None:
    """Print the row."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    desk = CopyDesk(application, Settings())
    with qasync.QEventLoop(application) as loop:
        rows = loop.run_until_complete(measure(desk))
        loop.run_until_complete(desk.tasks.cancel_all())
    desk.close()
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
