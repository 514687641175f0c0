"""Puts test pictures where snips are taken: in frames, beside words and numbers, half marked, cut close.

`python -m model.evaluation.pictures.furniture SET [--limit N]` after the set; writes `SET+KIND` for every
kind. Nothing here is used by the training, and what stands round a formula is drawn with fonts of screens.
Seconds.
"""

import argparse
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from model.evaluation.pictures.chosen import PICTURES

EM_PX: Mapping[str, float] = {
    "pdftoppm-lm-110": 15.3,
    "pdftoppm-libertinus-150": 20.8,
    "dvipng-cm-130": 18.1,
    "dvipng-times-160": 22.2,
    "katex-chromium-1.0": 21.8,
    "katex-chromium-1.5": 32.7,
    "katex-chromium-2.0": 43.6,
}
"""Pixels to the em of the formulas of a set; KaTeX sets them at 1.21 times the text's size."""

_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)
_LINES = (
    "where the sum runs over all pairs of distinct points, we obtain",
    "Theorem 3. For every compact set the following holds:",
    "This gives the required estimate and completes the proof.",
    "Substituting this into the second equation leads to",
    "and therefore the solution is unique up to a constant",
    "Fig. 4: dependence of the mean energy on temperature",
)

Kind = Callable[[Image.Image, float, random.Random], Image.Image]


def _bare(picture: Image.Image) -> Image.Image:
    """Cut to the ink."""
    box = ImageOps.invert(picture.convert("L")).getbbox()
    return picture.convert("RGB").crop(box)


def _on(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """With paper round it, in pixels."""
    return ImageOps.expand(picture, (round(left), round(top), round(right), round(bottom)), "white")


def _around(picture: Image.Image, ems: float, em: float) -> Image.Image:
    return _on(picture, *(4 * (ems * em,)))


def _font(em: float, share: float, chance: random.Random) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(chance.choice(_FONTS), max(9, round(em * share)))


def alone(picture: Image.Image, em: float, _chance: random.Random) -> Image.Image:
    """With a margin and nothing else."""
    return _around(picture, 0.6, em)


def frame(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A thin frame away from the ink, grey or coloured, now and then rounded."""
    picture = _around(picture, chance.uniform(0.9, 2.0), em)
    colour = chance.choice(("#cccccc", "#999999", "#000000", "#3366cc", "#dddddd"))
    box = (0, 0, picture.width - 1, picture.height - 1)
    width = chance.choice((1, 1, 2, 3))
    ImageDraw.Draw(picture).rounded_rectangle(box, chance.choice((0, 0, 4, 8)), None, colour, width)
    return _around(picture, chance.choice((0, 0.2, 0.8)), em)


def dashed(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A dashed frame."""
    picture = _around(picture, chance.uniform(0.9, 1.6), em)
    draw = ImageDraw.Draw(picture)
    for x in range(0, picture.width, 9):
        for y in (0, picture.height - 1):
            draw.line((x, y, x + 4, y), "#888888", 1)
    for y in range(0, picture.height, 9):
        for x in (0, picture.width - 1):
            draw.line((x, y, x, y + 4), "#888888", 1)
    return _around(picture, 0.4, em)


def rule(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A rule on one side: of a quotation, a heading, a slide."""
    picture = _around(picture, 1.0, em)
    draw, side = ImageDraw.Draw(picture), chance.randrange(4)
    width, colour = chance.choice((1, 2, 3)), chance.choice(("#000000", "#888888", "#cc4400"))
    ends = {
        0: (0, 1, picture.width, 1),
        1: (0, picture.height - 3, picture.width, picture.height - 3),
        2: (2, 0, 2, picture.height),
        3: (picture.width - 4, 0, picture.width - 4, picture.height),
    }[side]
    draw.line(ends, colour, width)
    return _around(picture, chance.choice((0, 0.5)), em)


def cell(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A cell of a table, whose lines go on beyond it."""
    pad, over = chance.uniform(0.5, 1.2) * em, chance.uniform(0.2, 0.6) * em
    picture = _around(picture, (pad + over) / em, em)
    draw = ImageDraw.Draw(picture)
    colour = chance.choice(("#000000", "#bbbbbb"))
    for y in (over, picture.height - over):
        draw.line((0, y, picture.width, y), colour, 1)
    for x in (over, picture.width - over):
        draw.line((x, 0, x, picture.height), colour, 1)
    return picture


def words_above(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A line of text over it."""
    return _with_line(picture, em, chance, above=True)


def words_below(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A line of text under it."""
    return _with_line(picture, em, chance, above=False)


def _with_line(picture: Image.Image, em: float, chance: random.Random, *, above: bool) -> Image.Image:
    font = _font(em, chance.choice((0.7, 0.85, 1.0)), chance)
    line = chance.choice(_LINES)
    box = font.getbbox(line)
    gap, tall = chance.uniform(0.7, 1.6) * em, box[3] + 4
    canvas = Image.new(
        "RGB", (round(max(picture.width, box[2]) + em), round(picture.height + gap + tall + em)), "white"
    )
    left = round((canvas.width - picture.width) / 2)
    draw = ImageDraw.Draw(canvas)
    if above:
        draw.text((em / 2, em / 2), line, "black", font)
        canvas.paste(picture, (left, round(em / 2 + tall + gap)))
    else:
        canvas.paste(picture, (left, round(em / 2)))
        draw.text((em / 2, em / 2 + picture.height + gap), line, "black", font)
    return canvas


def number(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """The equation's number at the right."""
    text = chance.choice(("(7)", "(12)", "(2.14)", "(A.2)", "(3a)", "(1.2.3)"))
    font = ImageFont.truetype(_FONTS[1], round(em * 1.05))
    gap = chance.uniform(1.8, 8) * em
    box = font.getbbox(text)
    canvas = _on(picture, em / 2, em / 2, gap + box[2] + em / 2, em / 2)
    y = canvas.height / 2 - (box[1] + box[3]) / 2
    ImageDraw.Draw(canvas).text((canvas.width - box[2] - em / 2, y), text, "black", font)
    return canvas


def words_before(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A word of text far to the left."""
    text = chance.choice(("Hence", "Theorem 2.", "where", "Answer:", "Example"))
    font = _font(em, 1.0, chance)
    box = font.getbbox(text)
    canvas = _on(picture, em / 2 + box[2] + chance.uniform(1.6, 4) * em, em / 2, em / 2, em / 2)
    y = canvas.height / 2 - (box[1] + box[3]) / 2
    ImageDraw.Draw(canvas).text((em / 2, y), text, "black", font)
    return canvas


def neighbours(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """Lines of text above and below, cut by the picture's edge."""
    font = _font(em, chance.choice((0.8, 1.0)), chance)
    over, under = chance.choice(_LINES), chance.choice(_LINES)
    gap = chance.uniform(0.5, 1.2) * em
    canvas = _on(picture, em / 2, gap + 0.3 * em, em / 2, gap + 0.3 * em)
    draw = ImageDraw.Draw(canvas)
    base = font.getbbox("x")[3]
    draw.text((2, 0.3 * em - 0.3 * em * chance.random() - base), over, "black", font)
    draw.text((2, canvas.height - 0.3 * em), under, "black", font)
    return canvas


def marker(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A part under a marker or selected."""
    picture = _around(picture, 0.6, em)
    colour = chance.choice(("#ffff55", "#aaccff", "#99dd99", "#ffbbdd", "#cccccc", "#3399ff"))
    layer = Image.new("RGB", picture.size, "white")
    wide = chance.uniform(0.25, 0.6) * picture.width
    left = chance.uniform(0, picture.width - wide)
    top = chance.choice((0, 0.3 * em))
    ImageDraw.Draw(layer).rectangle((left, top, left + wide, picture.height - top), colour)
    return ImageChops.multiply(picture, layer)


def selection(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A part selected in inverse colours."""
    picture = _around(picture, 0.6, em)
    wide = chance.uniform(0.25, 0.6) * picture.width
    left = round(chance.uniform(0, picture.width - wide))
    box = (left, 0, left + round(wide), picture.height)
    part = ImageOps.colorize(ImageOps.invert(picture.crop(box).convert("L")), "#1a56b0", "white")
    picture.paste(part, box)
    return picture


def shadow(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A panel of another grey behind a part, with a soft edge at one side."""
    picture = _around(picture, 0.6, em)
    dark = chance.randint(150, 215)
    middle = chance.uniform(0.3, 0.7) * picture.width
    soft = chance.uniform(1, 6) * em
    row = [
        255 - round((255 - dark) * min(1.0, max(0.0, (x - middle) / soft + 0.5)))
        for x in range(picture.width)
    ]
    layer = Image.new("L", (picture.width, 1))
    layer.putdata(row)
    return ImageChops.multiply(picture, layer.resize(picture.size).convert("RGB"))


def dark(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A dark page with a panel's border."""
    picture = ImageOps.expand(_around(picture, 1.2, em), 1, "#aaaaaa")
    picture = _around(picture, 0.4, em)
    paper = chance.choice(("#1e1e1e", "#0d1117", "#2b2b3a"))
    return ImageOps.colorize(picture.convert("L"), chance.choice(("#e6e6e6", "#ffffff", "#9cdcfe")), paper)


def caret(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A text cursor behind the formula."""
    wide = chance.uniform(0.2, 0.5) * em
    canvas = _on(picture, 0.6 * em, 0.6 * em, 0.8 * em + wide, 0.6 * em)
    x, middle = canvas.width - 0.8 * em, canvas.height / 2
    ImageDraw.Draw(canvas).line((x, middle - 0.6 * em, x, middle + 0.6 * em), "black", 1)
    return canvas


def pointer(picture: Image.Image, em: float, chance: random.Random) -> Image.Image:
    """A mouse pointer on the paper beside the formula."""
    canvas = _on(picture, 0.6 * em, 0.6 * em, 0.6 * em + 26, max(0.6 * em, 14))
    x, y = canvas.width - 20, canvas.height - 24 - chance.randint(0, 4)
    shape = [(0, 0), (0, 16), (4, 12), (7, 18), (9, 17), (6, 11), (11, 11)]
    ImageDraw.Draw(canvas).polygon([(x + dx, y + dy) for dx, dy in shape], "white", "black")
    return canvas


def tight(picture: Image.Image, _em: float, _chance: random.Random) -> Image.Image:
    """No margin at all."""
    return picture


KINDS: tuple[Kind, ...] = (
    alone, frame, dashed, rule, cell, words_above, words_below, number, words_before, neighbours, marker,
    selection, shadow, dark, caret, pointer, tight,
)  # fmt: skip


def write(name: str, limit: int, seed: int) -> None:
    """Write every kind of a set."""
    source = PICTURES / name
    truth = json.loads((source / "truth.json").read_text())[:limit]
    for kind in KINDS:
        chance = random.Random(f"{seed}{name}{kind.__name__}")
        folder: Path = PICTURES / f"{name}+{kind.__name__}"
        folder.mkdir(exist_ok=True)
        for entry in truth:
            picture = _bare(Image.open(source / entry["file"]))
            kind(picture, EM_PX[name], chance).save(folder / entry["file"])
        (folder / "truth.json").write_text(json.dumps(truth))
    print(name, len(truth), "pictures of", len(KINDS), "kinds", flush=True)


def main() -> None:
    """Write the kinds of the sets that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", choices=EM_PX)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    for name in options.sets:
        write(name, options.limit, options.seed)


if __name__ == "__main__":
    main()
