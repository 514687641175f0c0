"""Adds sets of test pictures as web pages show them: KaTeX in Chromium, at several device pixel ratios.

`python -m model.evaluation.pictures.katex FOLDER` after `model.evaluation.pictures.latex`; FOLDER is an
unpacked `npm pack katex`, and `chromium` is on the path. Half a minute.
"""

import html
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from model.corpus.typeset import as_inline
from model.evaluation.pictures.chosen import PICTURES, choose

RATIOS = (1.0, 1.5, 2.0)
FONT_PX = 18
CELL = (1000, 220)
COLUMNS = 4
DISPLAY = "\\displaystyle "

PAGE = """<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="{dist}/katex.min.css">
<style>body{{margin:0;background:white;font-size:{font}px}}
div{{position:absolute;width:{width}px;height:{height}px;
overflow:hidden}} span.f{{position:absolute;left:12px;top:12px}} .katex{{font-size:1em}}</style>{cells}
<script src="{dist}/katex.min.js"></script>
<script>document.querySelectorAll("span.f").forEach(e=>{{try{{katex.render(e.textContent,e,{{displayMode:false}})}}
catch(x){{e.textContent=""}}}})</script>"""


def shoot(sources: list[str], ratio: float, dist: Path) -> Image.Image:
    """One screenshot of all formulas, each in its cell."""
    rows = (len(sources) + COLUMNS - 1) // COLUMNS
    cells = "".join(
        f'<div style="left:{place % COLUMNS * CELL[0]}px;top:{place // COLUMNS * CELL[1]}px">'
        f'<span class="f">{html.escape(DISPLAY + source)}</span></div>'
        for place, source in enumerate(sources)
    )
    with tempfile.TemporaryDirectory() as name:
        page, shot = Path(name) / "page.html", Path(name) / "shot.png"
        page.write_text(
            PAGE.format(dist=dist.as_uri(), font=FONT_PX, width=CELL[0], height=CELL[1], cells=cells)
        )
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--virtual-time-budget=8000",
                "--allow-file-access-from-files",
                f"--force-device-scale-factor={ratio}",
                f"--screenshot={shot}",
                f"--window-size={COLUMNS * CELL[0]},{rows * CELL[1]}",
                page.as_uri(),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=300,
        )
        return Image.open(shot).convert("L")


def main() -> None:
    """Write a set for each ratio."""
    dist = Path(sys.argv[1]).resolve() / "dist"
    entries = choose(80, 11)[:120]
    for ratio in RATIOS:
        folder = PICTURES / f"katex-chromium-{ratio}"
        folder.mkdir(parents=True, exist_ok=True)
        picture = shoot([as_inline(entry["latex"]) for entry in entries], ratio, dist)
        truth = []
        for place, entry in enumerate(entries):
            left, top = place % COLUMNS * CELL[0] * ratio, place // COLUMNS * CELL[1] * ratio
            cell = picture.crop(
                (round(left), round(top), round(left + CELL[0] * ratio), round(top + CELL[1] * ratio))
            )
            box = ImageOps.invert(cell).getbbox()
            if box is None or box[2] >= cell.width - 1 or box[3] >= cell.height - 1:
                continue
            ImageOps.expand(cell.crop(box), 10, 255).save(folder / f"{place:04d}.png")
            truth.append({"file": f"{place:04d}.png", "target": entry["target"], "source": entry["source"]})
        (folder / "truth.json").write_text(json.dumps(truth))
        print(folder.name, len(truth), flush=True)


if __name__ == "__main__":
    main()
