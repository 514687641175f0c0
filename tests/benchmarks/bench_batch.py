"""What a batch of 100, 1,000 and 10,000 pictures takes: memory, pictures a second, and the table's refresh.

The command line reads links to one sample through `llmock` on loopback; its memory is the most that the
process ever held. Run it from the repository's root, on a display:
`python -m tests.benchmarks.bench_batch [COUNT ...]`.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from llmock.pytest_plugin import LLMock
from llmock.testing import LLMockServer
from PySide6.QtWidgets import QApplication

from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState, Source
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.services.batches.batch import Activity
from writetex_desktop.ui.batch.view import BatchView

COUNTS = (100, 1_000, 10_000)
JOBS = 16
SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "02-euler.png"
GROWTH_BAR_MB = 25.0
"""How much more 10,000 pictures may take than 100: 2.5 kB each, for their names, states and costs."""

REFRESH_BAR_MS = 16.7
"""A picture of a screen with 60 Hz."""

ROUNDS = 30
KB = 1024
ANSWER = Recognition(r"e^{i\pi} + 1 = 0", Mode.FORMULA, Engine.ENDPOINT, "gpt-5-mini", 0.5)


def run(count: int, base_url: str) -> tuple[float, float]:
    """Read so many pictures; gives the most memory in megabytes, and pictures a second."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "pictures")
        folder.mkdir()
        for number in range(count):
            folder.joinpath(f"{number}.png").symlink_to(SAMPLE)
        command = [sys.executable, "-m", "writetex_desktop", "recognize", str(folder)]
        command += ["-o", str(Path(home, "out.jsonl")), "--jobs", str(JOBS)]
        command += ["--base-url", base_url, "--model", "gpt-5-mini"]
        names = ("CONFIG", "DATA", "STATE", "CACHE")
        environment = os.environ | {f"XDG_{name}_HOME": home for name in names}
        environment |= {
            "WRITETEX_API_KEY": "sk-batch",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        started = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        done = Path(home, "out.jsonl").read_bytes().count(b"\n")
        assert done == count, f"{done} of {count}"
        return usage.ru_maxrss / KB, count / seconds


def refresh(count: int) -> tuple[float, float]:
    """Show one more result in a table of so many; gives the median and the worst in milliseconds."""
    items = tuple(BatchItem(Source(f"/pictures/{number}.png")) for number in range(count))
    batch = Batch(items)
    view = BatchView()
    view.resize(960, 640)
    view.show()
    view.show_batch(batch, batch.totals, Activity.RUNNING, None)
    QApplication.processEvents()
    times = []
    for at in range(ROUNDS):
        item = replace(items[at], state=ItemState.DONE, recognition=ANSWER, output=ANSWER.markup)
        batch = batch.with_item(at, item)
        view.table.verticalScrollBar().setValue(at * count)
        started = time.perf_counter()
        view.show_batch(batch, batch.totals, Activity.RUNNING, 60.0)
        view.table.viewport().repaint()
        times.append((time.perf_counter() - started) * 1000)
    view.close()
    return median(times), max(times)


def main(*counts: int) -> None:
    """Measure and print, for batches of so many pictures."""
    application = QApplication([])
    with LLMockServer() as server:
        mock = LLMock(server)
        first = 0.0
        for count in counts or COUNTS:
            memory, speed = run(count, mock.base_url())
            first = first or memory
            grown = f"{memory - first:+.0f} MB (bar {GROWTH_BAR_MB:.0f})"
            usual, worst = refresh(count)
            sys.stdout.write(
                f"{count:6} pictures  {memory:5.0f} MB  {grown:18}  {speed:5.1f} a second  "
                f"table {usual:4.1f} ms, worst {worst:4.1f} (bar {REFRESH_BAR_MS})\n"
            )
            sys.stdout.flush()
    application.quit()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
