"""Draws a sheet of wrong answers: each picture with its truth and with what was seen in it.

`python -m model.evaluation.wrong SET... [--count 20]` writes `docs/images/wrong-answers.png`. The pictures
are taken at random, by a seed, of whole sets, and every wrong one is shown until the sheet is full: none is
chosen.
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from model.evaluation.measure import Result, read
from model.evaluation.pictures.chosen import PICTURES
from model.paths import MODEL, ROOT
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.latex.parser import NotMathematicsError
from writetex_desktop.core.latex.printer import print_latex

SHEET = ROOT / "docs" / "images" / "wrong-answers.png"
WIDTH_PX = 1000
MARGIN_PX = 12
FONT_PX = 13
PICTURE_HEIGHT_PX = 110


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong answer.

    Attributes:
        picture: The file.
        result: What came of it.
    """

    picture: Path
    result: Result


def wrong_answers(recognizer: OfflineRecognizer, sets: list[str], seed: int) -> Iterator[Wrong]:
    """Read pictures of the sets in a random order; gives the wrong answers."""
    entries = [
        (PICTURES / name / entry["file"], entry["target"])
        for name in sets
        for entry in json.loads((PICTURES / name / "truth.json").read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(entries)
    for path, target in entries:
        result = read(recognizer, path, target)
        if not result.exact:
            yield Wrong(path, result)


def drawn(wrong: Wrong) -> Image.Image:
    """Draw one: the picture, the truth, the answer."""
    font = ImageFont.load_default(FONT_PX)
    room = (WIDTH_PX - 2 * MARGIN_PX, PICTURE_HEIGHT_PX)
    crop = Image.open(wrong.picture).convert("RGB")
    crop.thumbnail(room, Image.Resampling.LANCZOS)
    lines = [
        f"{wrong.picture.parent.name}, sure by {wrong.result.confidence:.2f}",
        *_wrapped(f"printed: {_shown(wrong.result.truth)}", font),
        *_wrapped(f"read: {_shown(wrong.result.answer)}", font),
    ]
    height = crop.height + len(lines) * (FONT_PX + 4) + 2 * MARGIN_PX
    sheet = Image.new("RGB", (WIDTH_PX, height), "white")
    sheet.paste(crop, (MARGIN_PX, MARGIN_PX))
    draw = ImageDraw.Draw(sheet)
    for at, line in enumerate(lines):
        top = MARGIN_PX + crop.height + 4 + at * (FONT_PX + 4)
        draw.text((MARGIN_PX, top), line, "#444444" if at == 0 else "black", font)
    draw.line((0, height - 1, WIDTH_PX, height - 1), "#cccccc")
    return sheet


def _shown(target: str) -> str:
    try:
        return " ".join(print_latex(target).split())
    except NotMathematicsError:
        return target


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        wider = f"{lines[-1]} {word}".strip()
        if font.getlength(wider) > WIDTH_PX - 2 * MARGIN_PX and lines[-1]:
            lines.append(f"    {word}")
        else:
            lines[-1] = wider if lines[-1].strip() else word
    return lines


def main() -> None:
    """Draw the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    recognizer = OfflineRecognizer(options.model, sums=None)
    found = wrong_answers(recognizer, options.sets, options.seed)
    parts = [drawn(next(found)) for _ in range(options.count)]
    sheet = Image.new("RGB", (WIDTH_PX, sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height
    sheet.quantize(32).save(SHEET, optimize=True)
    print(SHEET)


if __name__ == "__main__":
    main()
