"""How long a picture of the screen takes, beside Qt's own way, in the same run on the same server.

Run it from the repository's root: `python -m tests.benchmarks.bench_capture`. It starts X servers of its own.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import mss
from PySide6.QtGui import QGuiApplication

from tests.x11 import virtual_display
from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.native.screens.mss import MssScreenGrabber
from writetex_desktop.native.screens.qt import qt_screens

SIZES = (Size(1920, 1080), Size(3840, 2160))
ROUNDS = 31
OURS, BARE, QT, COLD = "our grab", "bare mss", "QScreen.grabWindow", "mss made anew"


def timed(call: Callable[[], object]) -> float:
    """Give the milliseconds that a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


async def measure() -> dict[str, list[float]]:
    """Take pictures in turns, so that a busy moment hits all ways; milliseconds."""
    grabber = MssScreenGrabber(qt_screens)
    await grabber.warm()
    opened = mss.MSS()
    opened.grab(opened.monitors[0])
    screen = QGuiApplication.primaryScreen()
    times: dict[str, list[float]] = {OURS: [], BARE: [], QT: [], COLD: []}
    for number in range(ROUNDS):
        start = time.perf_counter()
        await grabber.grab()
        times[OURS].append((time.perf_counter() - start) * 1000)
        times[BARE].append(timed(lambda: opened.grab(opened.monitors[0])))
        times[QT].append(timed(lambda: screen.grabWindow(0).toImage()))
        if number % 5 == 0:
            times[COLD].append(timed(_grab_anew))
    opened.close()
    grabber.close()
    return times


def _grab_anew() -> None:
    with mss.MSS() as opened:
        opened.grab(opened.monitors[0])


def main() -> int:
    """Print the table; give 0."""
    write = sys.stdout.write
    write(f"{'capture, ms':42}{'median':>9}{'best':>9}{'to ours':>9}\n")
    for size in SIZES:
        with virtual_display(size.width, size.height) as display:
            ran = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.bench_capture", "--measure"],
                env=display.environment(QT_QPA_PLATFORM="xcb"),
                check=True,
                capture_output=True,
                text=True,
            )
        times: dict[str, list[float]] = json.loads(ran.stdout)
        ours = median(times[OURS])
        for name, taken in times.items():
            label = f"{size.width} x {size.height}, {name}"
            write(f"{label:42}{median(taken):9.1f}{min(taken):9.1f}{median(taken) / ours:9.1f}\n")
    return 0


if __name__ == "__main__":
    if "--measure" in sys.argv:
        application = QGuiApplication(sys.argv)
        json.dump(asyncio.run(measure()), sys.stdout)
    else:
        sys.exit(main())
