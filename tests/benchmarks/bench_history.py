"""How long the history takes with 100,000 entries: to open, to search at each keystroke, to scroll.

Run it from the repository's root, on a display: `python -m tests.benchmarks.bench_history [ENTRIES]`.
"""

import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.history.history_desk import Desk, picture
from writetex_desktop.adapters.storage.history_file import default_path
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
from writetex_desktop.core.reading.recognition import Engine, Mode, Usage
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.history.list import HistoryList

ENTRIES = 100_000
ROUNDS = 5
OPEN_BAR_MS = 150.0
KEY_BAR_MS = 50.0
FRAME_BAR_MS = 16.7
"""Opening, a keystroke of a search (issue 4), and a picture of a screen with 60 Hz."""

SEARCHES = (
    r"\frac{a}{b}77",
    r"\sum_{i=1}^n999",
    "函数12",
    "zzzz",
    "x^2 model:gpt",
    "2026-02 fav:",
    "e^{-x} A_{ij}",
)
PIECES = (
    r"\frac{a}{b}",
    r"\sum_{i=1}^n",
    r"\int_0^\infty",
    "x^2+y^2",
    r"\mathbb{R}",
    r"\alpha",
    r"\beta",
    "e^{-x}",
    r"\left( x \right)",
    "对数函数",
    "A_{ij}",
)
STEP_US = 5 * 60 * 1_000_000
"""Between two entries: 100,000 of them are a year."""


def entries(count: int) -> list[tuple[HistoryEntry, bytes | None]]:
    """Make entries of two to twelve pieces, each piece with a number."""
    chance = random.Random(7)
    pictures = [picture(piece * 3) for piece in PIECES]
    start = 1_764_000_000_000_000
    made: list[tuple[HistoryEntry, bytes | None]] = []
    for number in range(count):
        pieces = chance.choices(PIECES, k=chance.randrange(2, 12))
        markup = " ".join(f"{piece}{chance.randrange(1000)}" for piece in pieces)
        entry = HistoryEntry(
            start + number * STEP_US,
            markup,
            Mode.FORMULA,
            Engine.ENDPOINT,
            "gpt-4o-mini",
            0.8,
            Usage(400, 20),
            "$0.0006",
            favourite=number % 97 == 0,
            thumbnail=chance.choice(pictures),
        )
        made.append((entry, None))
    return made


class Times:
    """Prints one row for each thing measured."""

    def __init__(self) -> None:
        head = f"{'':52} {'median':>8} {'worst':>8} {'bar':>8}"
        print(head)  # noqa: T201 - it prints

    def row(self, name: str, seconds: list[float], bar_ms: float | None = None) -> None:
        """Print median and worst in milliseconds."""
        middle, worst = median(seconds) * 1000, max(seconds) * 1000
        bar = f"{bar_ms:8.1f}" if bar_ms else " " * 8
        row = f"{name:52} {middle:8.1f} {worst:8.1f} {bar}"
        print(row)  # noqa: T201 - it prints


async def timed(act: Callable[[], Awaitable[object]]) -> float:
    """Give the seconds that something takes."""
    start = time.perf_counter()
    await act()
    return time.perf_counter() - start


async def fill(path: Path, count: int) -> float:
    """Make the file; gives the seconds it took."""
    store = SqliteHistory(path)
    kept = entries(count)
    seconds = await timed(lambda: store.add(kept))
    await store.close()
    return seconds


async def first_page(path: Path) -> float:
    """Open the file and read the first page, as at the first Ctrl+H of a run; gives the seconds."""
    store = SqliteHistory(path)
    seconds = await timed(lambda: store.find(HistoryQuery(), limit=100))
    await store.close()
    return seconds


async def at_the_window(path: Path, times: Times) -> None:
    """Measure what the user sees: from the key to the painted list."""
    desk = Desk(SqliteHistory(path), Settings())
    desk.window.bring_to_front()
    QTest.qWaitForWindowActive(desk.window)

    async def open_page() -> None:
        QTest.keyClick(desk.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        await desk.settle()
        desk.window.repaint()

    times.row("Ctrl+H to the painted list, first time", [await timed(open_page)], OPEN_BAR_MS)
    focus = QApplication.focusWidget()
    assert focus is not None
    view = desk.view
    for search in SEARCHES:
        seconds: list[float] = []
        for length in range(1, len(search) + 1):

            async def key(text: str = search[:length]) -> None:
                view._search.setText(text)
                await desk.settle()
                view.repaint()

            seconds.append(await timed(key))
        times.row(f"keystroke of {search!r}", seconds, KEY_BAR_MS)
        view._search.clear()
        await desk.settle()
    (rows,) = view.findChildren(HistoryList)
    bar = rows.verticalScrollBar()
    frames: list[float] = []
    for _ in range(300):

        async def scroll() -> None:
            bar.setValue(bar.value() + 61)
            rows.viewport().repaint()

        frames.append(await timed(scroll))
        await desk.settle()
    times.row("scroll by most of a row, painted", frames, FRAME_BAR_MS)
    await desk.tasks.cancel_all()
    await desk.history.aclose()
    desk.window.hide()


async def last_words(path: Path, times: Times) -> None:
    """Measure what a result and a deletion cost."""
    store = SqliteHistory(path)
    await store.open()
    (entry, _), *_rest = entries(1)
    adds = [await timed(lambda: store.add([(entry, b"x" * 20_000)])) for _ in range(ROUNDS)]
    times.row("add one", adds)
    newest = await store.find(HistoryQuery(), limit=ROUNDS)
    removals = [await timed(lambda each=each: store.remove([each.id])) for each in newest]  # type: ignore[misc]
    times.row("delete one, gone from the file", removals)
    times.row("delete all", [await timed(store.clear)])
    await store.close()


def main(count: int = ENTRIES) -> None:
    """Print one row for each thing measured."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder, qasync.QEventLoop(app) as loop:
        path = Path(folder) / default_path().name
        times = Times()
        times.row(f"add {count} at once", [loop.run_until_complete(fill(path, count))])
        size = f"the file has {path.stat().st_size / 1e6:.0f} MB"
        print(size)  # noqa: T201 - it prints
        opened = [loop.run_until_complete(first_page(path)) for _ in range(ROUNDS)]
        times.row("open the file and read the first page", opened, OPEN_BAR_MS)
        loop.run_until_complete(at_the_window(path, times))
        loop.run_until_complete(last_words(path, times))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
