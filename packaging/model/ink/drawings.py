"""Drawings of single symbols: those of the data, and the letters of handwriting fonts, as strokes.

`python -m model.ink.drawings` writes `drawings.npz`. What is tested on never trains: a tenth of the drawings,
by hash, and whole fonts (`fonts.UNSEEN`). A minute.
"""

import hashlib
import io
import json
import lzma
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from model.ink.fonts import faces, glyph, is_unseen
from model.ink.places import DATA, DRAWINGS, INK
from model.ink.skeleton import Stroke, followed, thinned

SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-=()[]{}/.,!?;:*%&<>|"
TEN = 10
"""One drawing in so many is tested on."""

MATHNOTE = {"slash": "/", "dot": ".", "prime": "'", "frac_bar": "-", "lbrace": "{", "rbrace": "}"}
BHMSDS = 220
"""Pictures of each of its symbols that are taken."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One symbol as somebody drew it.

    Attributes:
        name: `package:symbol`; `plain` where no package is needed.
        source: Which data it is from.
        test: Whether it is kept for the test.
        strokes: Points of each, x to the right and y downwards.
        hand: Whose it is, where that is known: a font's name.
    """

    name: str
    source: str
    test: bool
    strokes: tuple[Stroke, ...]
    hand: str = ""


def is_test(content: object) -> bool:
    """Whether the hash of a drawing keeps it for the test."""
    return hashlib.sha256(json.dumps(content).encode()).digest()[0] % TEN == 0


def detexify() -> Iterator[Drawing]:
    """Drawings of many people."""
    with lzma.open(DATA / "detexify.jsonl.xz", "rt") as lines:
        for line in lines:
            name, flat = json.loads(line)
            strokes = [np.array(stroke, np.float32).reshape(-1, 2) for stroke in flat if stroke]
            if strokes:
                yield Drawing(name, "detexify", is_test(flat), tuple(strokes))


def mathnote() -> Iterator[Drawing]:
    """Letters, digits and signs of one writer."""
    with lzma.open(DATA / "mathnote-symbols.jsonl.xz", "rt") as lines:
        for line in lines:
            entry = json.loads(line)
            name = MATHNOTE.get(entry["symbol"], entry["symbol"].removesuffix("_up").removesuffix("_cap"))
            strokes = [np.array(stroke, np.float32) for stroke in entry["strokes"] if stroke]
            if strokes:
                yield Drawing(f"plain:{name}", "mathnote", is_test(entry["strokes"]), tuple(strokes))


def bhmsds() -> Iterator[Drawing]:
    """Pictures of digits and a few signs, thinned."""
    counts: dict[str, int] = {}
    with tarfile.open(DATA / "bhmsds.tar.xz") as tar:
        for member in tar:
            name = member.name.rpartition("/")[2].partition("-")[0]
            if not member.name.endswith(".png") or counts.get(name, 0) >= BHMSDS:
                continue
            counts[name] = counts.get(name, 0) + 1
            file = tar.extractfile(member)
            assert file is not None
            grey = np.asarray(Image.open(io.BytesIO(file.read())).convert("L").resize((64, 64)))
            dark = grey < 128 if grey.mean() > 127 else grey > 128
            strokes = followed(thinned(dark))
            symbol = {"minus": "-", "plus": "+", "slash": "/", "dot": "."}.get(name, name) or "-"
            if strokes:
                yield Drawing(f"plain:{symbol}", "bhmsds", is_test(member.name), tuple(strokes))


def fonts() -> Iterator[Drawing]:
    """Letters of handwriting fonts, thinned."""
    for path, face in faces():
        for sign in SIGNS:
            ink = glyph(face, sign, 64)
            if ink is None:
                continue
            strokes = followed(thinned(np.pad(ink > 110, 2)))
            if strokes:
                yield Drawing(
                    f"plain:{'colon' if sign == ':' else sign}",
                    "fonts",
                    is_unseen(path),
                    tuple(strokes),
                    path.parents[1].name,
                )


def pieces(strokes: Sequence[Stroke], count: int) -> tuple[NDArray[np.float32], NDArray[np.int16]]:
    """Strokes cut into `count` pieces of about one length: their ends (count, 4), and the stroke of each."""
    from writetex_desktop.adapters.recogniser.handwriting.strokes_picture import cut  # noqa: PLC0415 - the program draws the same

    return cut(strokes, count)


def main() -> None:
    """Write all drawings."""
    INK.mkdir(parents=True, exist_ok=True)
    every = [*detexify(), *mathnote(), *bhmsds(), *fonts()]
    names = sorted({drawing.name for drawing in every})
    number = {name: place for place, name in enumerate(names)}
    points = [stroke for drawing in every for stroke in drawing.strokes]
    np.savez_compressed(
        DRAWINGS,
        points=np.concatenate(points),
        stroke_ends=np.cumsum([len(stroke) for stroke in points]),
        drawing_ends=np.cumsum([len(drawing.strokes) for drawing in every]),
        labels=np.array([number[drawing.name] for drawing in every], np.int16),
        test=np.array([drawing.test for drawing in every]),
        sources=np.array([drawing.source for drawing in every]),
        hands=np.array([drawing.hand for drawing in every]),
        names=np.array(names),
    )
    print(
        len(every),
        "drawings of",
        len(names),
        "symbols;",
        sum(drawing.test for drawing in every),
        "for the test",
    )


if __name__ == "__main__":
    main()
