"""How smooth the pad is: what a frame of writing takes on empty paper and above 2,000 strokes.

A frame is one point of the pen taken, and what it changed painted. A screen of 60 Hz gives it 16.7 ms.
"""

import math
import os
import statistics
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from writetex_desktop.core.ink.ink import Ink, Point, Stroke
from writetex_desktop.ui.ink.canvas import InkCanvas
from writetex_desktop.ui.ink.pointing import Pointing

STROKES = 2000
POINTS = 40
FRAMES = 300
FRAME_MS = 1000 / 60
RATIO_BAR = 2.0


def a_page(count: int) -> Ink:
    """Give so many loops, in rows that fill the view."""
    return Ink(tuple(_loop(8 + number % 50 * 22, 8 + number // 50 * 14) for number in range(count)))


def _loop(x: float, y: float) -> Stroke:
    return Stroke(
        tuple(
            Point(
                x + 8 * math.sin(step / 3),
                y + 6 * math.cos(step / 5),
                step * 8.0,
                0.6 + 0.3 * math.sin(step / 8),
            )
            for step in range(POINTS)
        )
    )


def _canvas(count: int) -> InkCanvas:
    canvas = InkCanvas()
    canvas.resize(1120, 620)
    canvas.show()
    canvas.set_ink(a_page(count))
    QApplication.sendPostedEvents()
    QApplication.instance().processEvents()  # type: ignore[union-attr]
    return canvas


def _painted(canvas: InkCanvas, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    QApplication.instance().processEvents()  # type: ignore[union-attr]
    return (time.perf_counter() - started) * 1000


def _frames(canvas: InkCanvas) -> list[float]:
    """Draw one long stroke over the page, and give what each of its points took, in milliseconds."""
    canvas.pen_down(Pointing(QPointF(20, 300), 0.0, 0.5))
    taken = []
    for step in range(1, FRAMES):
        place = QPointF(20 + step * 3.5, 300 + 200 * math.sin(step / 9))
        pointing = Pointing(place, step * 16.0, 0.5)
        taken.append(_painted(canvas, lambda pointing=pointing: canvas.pen_to(pointing)))  # type: ignore[misc]
    canvas.pen_up(Pointing(QPointF(1070, 300), FRAMES * 16.0, 0.5))
    return taken


def main() -> None:
    """Write, and print the figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if not os.environ.get("DISPLAY") else "")
    app = QApplication.instance() or QApplication([])
    empty, full = _canvas(0), _canvas(STROKES)
    before, after = _frames(empty), _frames(full)
    median = statistics.median(after)
    worst = sorted(after)[round(len(after) * 0.99)]
    ratio = median / statistics.median(before)
    late = sum(each > FRAME_MS for each in after) / len(after)
    drawn = full.ink
    undo = _painted(full, lambda: full.set_ink(drawn.without({STROKES})))
    pan = statistics.median(_painted(full, lambda: full.pan(-3, -2)) for _ in range(20))
    zoom = _painted(full, lambda: full.set_zoom(1.25))
    say = sys.stdout.write
    say(f"a frame of writing above {STROKES} strokes: {median:.2f} ms, 99 of 100 within {worst:.2f} ms\n")
    say(f"  {ratio:.2f} times that of empty paper (bar: {RATIO_BAR:.1f})\n")
    say(f"  {late:.1%} of the frames take longer than {FRAME_MS:.1f} ms (bar: 1 %)\n")
    say(f"one step of undo {undo:.1f} ms, of moving the paper {pan:.1f} ms, of zooming {zoom:.1f} ms\n")
    empty.close()
    full.close()
    del app
