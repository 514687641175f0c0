"""How often each format comes back as the same formula, and how long it takes to be written.

Run it from the repository's root: `python -m tests.benchmarks formats`. The corpus is at WRITETEX_FORMULAS;
without it, only a grammar of rare constructs is tried. Pandoc is asked too where it is installed.
"""

import asyncio
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import suppress
from statistics import median

from tests.formulas import rare_formulas, real_formulas
from tests.mathml_shape import shape
from tests.round_trips import WRITERS, judge
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.unicode import to_unicode
from writetex_desktop.core.formats.wrapping import formula_body

REAL, RARE = 5_000, 2_000
TIMED = 300
WITH_PANDOC = 300


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


async def measure() -> None:
    """Print the tables."""
    renderer = MathJaxRenderer(resource_dir())
    try:
        for kind, formulas in (("real", real_formulas(REAL)), ("rare", rare_formulas(RARE))):
            say(f"{kind}: {len(formulas)} formulas; bar: at most 0.3 % come back as another one")
            for name, verdict in (await judge(renderer, formulas)).items():
                counts = (
                    f"offered {verdict.offered:5}, refused {verdict.refused:4}, other {len(verdict.other):3}"
                )
                say(f"  {name:10} {counts} ({verdict.share:.2%})")
        formulas = real_formulas(TIMED) or rare_formulas(TIMED)
        trees = [
            read_mathml(mathml) for mathml in [await _mathml(renderer, each) for each in formulas] if mathml
        ]
        for name, write in {**WRITERS, "unicode": to_unicode}.items():
            say(f"  {name:10} {median(_milliseconds(write, tree) for tree in trees):.3f} ms a formula")
        await _beside_pandoc(renderer, formulas[:WITH_PANDOC])
    finally:
        renderer.close()


async def _mathml(renderer: MathJaxRenderer, latex: str) -> str:
    try:
        return await renderer.mathml(formula_body(latex))
    except WriteTexError:
        return ""


def _milliseconds(write: Callable[[Node], str], tree: Node) -> float:
    start = time.perf_counter()
    with suppress(WriteTexError):
        write(tree)
    return (time.perf_counter() - start) * 1000


async def _beside_pandoc(renderer: MathJaxRenderer, formulas: list[str]) -> None:
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        say("  pandoc is not installed")
        return
    same = converted = 0
    for latex in formulas:
        ours = await _mathml(renderer, latex)
        command = [pandoc, "-f", "latex", "-t", "html", "--mathml"]
        source = f"$${formula_body(latex)}$$"
        run = await asyncio.to_thread(
            subprocess.run,
            command,
            input=source,
            capture_output=True,
            text=True,
            check=False,
        )
        start, end = run.stdout.find("<math"), run.stdout.find("</math>")
        if start < 0 or not ours:
            continue
        converted += 1
        try:
            root = ET.fromstring(run.stdout[start : end + len("</math>")])
        except ET.ParseError:
            continue
        for semantics in root.iter():
            for child in [child for child in semantics if child.tag.endswith("annotation")]:
                semantics.remove(child)
        same += shape(ET.tostring(root, encoding="unicode")) == shape(ours)
    say(f"  pandoc converts {converted} of {len(formulas)}, and {same} of them as we do")


def main() -> None:
    """Run it."""
    asyncio.run(measure())
