"""Sets pages for measuring: their pictures and `truth.json` in `.model-work/pages/`.

`python -m model.evaluation.pages.make KATEX [--count N] [--seed N]` with the environment of the program
itself (`.venv`). KATEX is the folder `dist` of an unpacked `npm pack katex`; pdflatex, pdftoppm and chromium
are on the path. A page has as much of what was chosen as fits. Some seconds a page.
"""

import argparse
import asyncio
import json
import random
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from model.evaluation.pages.chosen import Chooser, Part, Plan
from model.evaluation.pages.latex import set_latex
from model.evaluation.pages.scanned import scanned
from model.evaluation.pages.typst import set_typst
from model.evaluation.pages.web import set_web
from model.paths import COLLECTED, PARAGRAPHS, ROOT, WORK
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.typst.text import to_typst

PAGES = WORK / "pages"


ROOMS = {
    ("latex", 1): (3900, 3300, 2700),
    ("latex", 2): (6000, 5200, 4400),
    ("typst", 1): (4200, 3500, 2800),
    ("typst", 2): (6000, 5200, 4400),
    ("web", 1): (2900,),
    ("web", 2): (3600,),
}
"""Characters of a page, the most that are tried first."""


def fitting(plan: Plan, room: int) -> Plan:
    """The page with its first parts, so many characters of them."""
    kept: list[Part] = []
    for part in plan.parts:
        room -= _weight(part, plan.columns)
        if room < 0:
            break
        kept.append(part)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return replace(plan, parts=tuple(kept))


def _weight(part: Part, columns: int) -> int:
    line = 100 // columns
    match part.kind:
        case "display":
            rows = 1 + part.text.count("\\\\")
            return (2 + 2 * rows) * line
        case "table":
            return (2 + 2 * len(part.rows)) * line
        case "heading":
            return 4 * line
        case _:
            return len(re.sub(r"\\[a-zA-Z]+|[{}\\()]", "", part.text)) + line


def picture_of(path: Path, plan: Plan) -> Image.Image | None:
    """The only page of a PDF, or a picture of the screen; None where it has more pages."""
    if path.suffix == ".png":
        return Image.open(path).convert("RGB")
    document = pypdfium2.PdfDocument(path)
    if len(document) > 1:
        return None
    if plan.face % 2 == 0:
        return document[0].render(scale=plan.dpi / 72).to_pil().convert("RGB")
    target = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(plan.dpi), "-png", "-singlefile", path, target], check=True)
    return Image.open(target.with_suffix(".png")).convert("RGB")


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("katex", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    asyncio.run(_make(options.katex.resolve(), options.count, options.seed))


async def _make(katex: Path, count: int, seed: int) -> None:
    work = PAGES / "work"
    work.mkdir(parents=True, exist_ok=True)
    renderer = MathJaxRenderer(ROOT / "resources")

    async def said(plan: Plan) -> dict[str, str]:
        """Every formula of a page in Typst's language; without those that cannot be said."""
        found: dict[str, str] = {}
        texts = [*(part.text for part in plan.parts), *(c for p in plan.parts for r in p.rows for c in r)]
        latex = {each for text in texts for each in re.findall(r"\\\((.*?)\\\)", text)}
        for each in {*latex, *(part.text for part in plan.parts if part.kind == "display")}:
            try:
                found[each] = to_typst(read_mathml(await renderer.mathml(each)))
            except (RenderError, ConversionError):
                continue
        return found

    truth = []
    for chosen in Chooser(PARAGRAPHS, COLLECTED, seed).plans(count):
        words = await said(chosen) if chosen.setter == "typst" else {}
        plan = _sayable(chosen, set(words)) if chosen.setter == "typst" else chosen
        picture, used = None, plan
        for room in ROOMS[plan.setter, plan.columns]:
            used = fitting(plan, room)
            path = (
                set_latex(used, work)
                if plan.setter == "latex"
                else set_typst(used, work, words.__getitem__)
                if plan.setter == "typst"
                else set_web(used, work, katex)
            )
            picture = None if path is None else picture_of(path, plan)
            if picture is not None:
                break
        if picture is None:
            print(plan.name, "not set")
            continue
        if plan.is_scanned:
            picture = scanned(picture, random.Random(plan.name))
        picture.save(PAGES / f"{plan.name}.png")
        truth.append(used.as_json())
        print(plan.name, picture.size, len(used.parts))
    (PAGES / "truth.json").write_text(json.dumps(truth, indent=1), "utf-8")
    renderer.close()


def _sayable(plan: Plan, known: set[str]) -> Plan:
    def is_sayable(part: Part) -> bool:
        texts = [part.text, *(cell for row in part.rows for cell in row)]
        formulas = [part.text] if part.kind == "display" else re.findall(r"\\\((.*?)\\\)", " ".join(texts))
        return all(each in known for each in formulas)

    return replace(plan, parts=tuple(filter(is_sayable, plan.parts)))


if __name__ == "__main__":
    main()
