"""The embedded recogniser: from pixels to LaTeX, its first load, its memory, and what it adds to the wheel.

Written against `OfflineRecognizer` alone, so that it outlives every model. Formulas are drawn by MathJax at
the sizes of screens; each figure comes of a process of its own that may use two cores.
"""

import asyncio
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import time
import zlib
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.errors import RecognitionError, RenderError
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.latex.parser import NotMathematicsError
from writetex_desktop.core.pictures.image import as_bmp
from writetex_desktop.core.reading.recognition import RecognitionRequest

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "resources" / "model"
CORPUS = ROOT / "tests" / "data" / "render-corpus.json"
TOKENS = (20, 30)
"""Formulas with so many tokens of the canonical form are "of 25 tokens"."""

EM_PX = (14.0, 20.0, 32.0)
"""Sizes of text on screens, with one, one and a half and two device pixels to the logical one."""

ROUNDS = 3
"""Of each picture the quickest reading counts: machines are shared."""

MB = 1024 * 1024


def main() -> None:
    """Print the table."""
    figures = [float(each) for each in _in_a_process("read")]
    times, worked = figures[::2], figures[1::2]
    loads = [float(_in_a_process("load")[0]) for _ in range(5)]
    memory = float(_in_a_process("memory")[0])
    tenths = statistics.quantiles(times, n=20)
    wheel = sum(len(zlib.compress(path.read_bytes(), 6)) for path in MODEL.rglob("*") if path.is_file()) / MB
    rows = (
        (f"{TOKENS[0]}-{TOKENS[1]} tokens, median", f"{statistics.median(times):.0f} ms", "150 ms"),
        (f"{TOKENS[0]}-{TOKENS[1]} tokens, p95", f"{tenths[-1]:.0f} ms", "500 ms"),
        ("of it processor time, median", f"{statistics.median(worked):.0f} ms", ""),
        (f"pictures: {len(times)}; the longest", f"{max(times):.0f} ms", ""),
        ("first load", f"{statistics.median(loads):.0f} ms (best {min(loads):.0f})", "400 ms"),
        ("memory above the program without it", f"{memory:.0f} MB", "150 MB"),
        ("in the wheel, packed", f"{wheel:.1f} MB", "20 MB"),
    )
    sys.stdout.writelines(f"{what:38} {figure:>20}   {bar and f'bar {bar}'}\n" for what, figure, bar in rows)


def _in_a_process(task: str) -> list[str]:
    """Do one of the tasks below in a fresh process; gives the words it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_offline", task],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.split()


def _read() -> list[float]:
    """Milliseconds of each reading, and of the processor's work in it, the model being loaded."""
    application = QGuiApplication([])
    renderer = MathJaxRenderer(ROOT / "resources")

    async def read() -> list[float]:
        drawn = []
        for each in _formulas():
            with contextlib.suppress(RenderError):
                drawn.append(await renderer.render(each))
        renderer.close()
        recognizer = OfflineRecognizer(MODEL)
        await recognizer.warm()
        pictures = [to_bitmap(formula, em) for formula in drawn for em in EM_PX]
        rounds: list[list[tuple[float, float]]] = []
        for _ in range(ROUNDS):
            times: list[tuple[float, float]] = []
            for bitmap in pictures:
                request = RecognitionRequest(as_bmp(bitmap), bitmap=bitmap)
                began, worked = time.perf_counter(), time.process_time()
                try:
                    async for _event in recognizer.recognize(request):
                        pass
                except RecognitionError:
                    pass  # that it cannot be read is an answer, which was waited for all the same
                times.append((time.perf_counter() - began, time.process_time() - worked))
            rounds.append(times)
        quickest = (min(each) for each in zip(*rounds, strict=True))
        return [figure * 1000 for pair in quickest for figure in pair]

    times = asyncio.run(read())
    application.quit()
    return times


def _formulas() -> list[str]:
    """Formulas of the corpus that have so many tokens."""
    found = []
    for entry in json.loads(CORPUS.read_text("utf-8")):
        try:
            words = canonicalize(entry["latex"]).split() if entry["expect"] == "ok" else []
        except NotMathematicsError:
            continue
        if TOKENS[0] <= len(words) <= TOKENS[1]:
            found.append(entry["latex"])
    return found


def _load() -> list[float]:
    """Milliseconds until the model is ready, with all that it imports."""

    recognizer = OfflineRecognizer(MODEL)
    began = time.perf_counter()
    asyncio.run(recognizer.warm())
    return [(time.perf_counter() - began) * 1000]


def _memory() -> list[float]:
    """Megabytes that loading and reading every sample add to a process that has the picture library."""

    codec = PillowCodec()
    bitmaps = [
        codec.decode(path.read_bytes()) for path in sorted((ROOT / "resources" / "samples").glob("*.png"))
    ]
    before = _resident()

    async def read_all() -> None:
        recognizer = OfflineRecognizer(MODEL)
        for bitmap in bitmaps:
            try:
                async for _event in recognizer.recognize(RecognitionRequest(as_bmp(bitmap), bitmap=bitmap)):
                    pass
            except RecognitionError:
                pass  # it was read, and found to be too hard

    asyncio.run(read_all())
    return [_resident() - before]


def _resident() -> float:
    found = re.search(r"^VmRSS:\s+(\d+)", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    if sys.argv[1:]:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
        figures = {"read": _read, "load": _load, "memory": _memory}[sys.argv[1]]()
        sys.stdout.write(" ".join(f"{each:.2f}" for each in figures) + "\n")
    else:
        main()
