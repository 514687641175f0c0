"""How long a formula takes to be drawn, and what the renderer weighs.

Run it from the repository's root: `python -m tests.benchmarks.bench_render`.
"""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.png import PngExporter
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula

CORPUS = Path(__file__).parent.parent / "data" / "render-corpus.json"
STREAMED = (
    r"\mathbb{E}\left[(X-\mu)^2\right] = \int_{-\infty}^{\infty} \frac{(x-\mu)^2}{\sqrt{2\pi\sigma^2}} dx"
)
DEFINITIONS = [r"\def\a{x}\a"] * 21
ROUNDS = 3


def ordinary_formulas() -> list[str]:
    """The formulas of the corpus that are neither unfinished nor hostile."""
    entries = json.loads(CORPUS.read_text("utf-8"))
    return [entry["latex"] for entry in entries if entry["group"] not in {"partial", "hostile"}]


def resident_mb() -> float:
    """Resident memory of this process; Linux only, elsewhere not a number."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def timed(call: Callable[[], Awaitable[object]]) -> float:
    """Give the milliseconds that a call takes; a refusal counts like a drawing."""
    start = time.perf_counter()
    with suppress(RenderError):
        await call()
    return (time.perf_counter() - start) * 1000


async def timed_each(call: Callable[[str], Awaitable[object]], sources: Iterable[str]) -> list[float]:
    """Give the milliseconds of a call for each source."""
    return [await timed(partial(call, source)) for source in sources]


def row(what: str, times: Sequence[float]) -> str:
    """Give median and 95th percentile."""
    slow = quantiles(times, n=20)[-1]
    return f"{what:<48} {median(times):8.1f} ms  p95 {slow:8.1f} ms  (n={len(times)})"


async def measure() -> list[str]:
    """Measure everything; a row each."""
    formulas = ordinary_formulas() * ROUNDS
    prefixes = [STREAMED[:length] for length in range(1, len(STREAMED) + 1)]
    renderer = MathJaxRenderer(resource_dir())
    preview = partial(renderer.render, repair=True)
    before = resident_mb()
    rows = [
        f"{'renderer: build the engine':<48} {await timed(renderer.warm):8.1f} ms",
        f"{'renderer: first formula':<48} {await timed(lambda: renderer.render('x^2')):8.1f} ms",
        row("renderer: SVG, ordinary formulas", await timed_each(renderer.render, formulas)),
        row("renderer: MathML, ordinary formulas", await timed_each(renderer.mathml, formulas)),
        row("renderer: each beginning of a streamed formula", await timed_each(preview, prefixes)),
        row("renderer: a formula with its own definitions", await timed_each(renderer.render, DEFINITIONS)),
        f"{'renderer: memory of the engine':<48} {resident_mb() - before:8.1f} MB",
        row("exporter: PNG at 300 dpi", await png_times(await renderer.render(STREAMED))),
    ]
    renderer.close()
    return rows


async def png_times(formula: RenderedFormula) -> list[float]:
    """Milliseconds of making one PNG file, some times over."""
    exporter = PngExporter()

    async def export() -> None:
        exporter.to_png(formula)

    return [await timed(export) for _ in range(21)]


def main() -> None:
    """Print the table."""
    print("\n".join(asyncio.run(measure())))  # noqa: T201 - it prints


if __name__ == "__main__":
    main()
