"""Measures what ships as the program runs it: strokes, or pictures of them, to LaTeX.

`python -m model.ink.measure [--count N]` prints for each set and length how many formulas are read exactly,
how the confidence holds, and how sure it is of a hundred scribbles. The hands are fonts and drawings that
nothing was trained on; the expressions are those of mathnote, whose writer drew single signs for training.
"""

import argparse
import io
import json
import lzma
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from model.corpus.runs import Runs
from model.evaluation.measure import distance
from model.ink.compose import Writer, manner
from model.ink.places import DATA, SHIPPED
from model.ink.sheets import scribble
from model.training.lessons import Objects, is_taken
from writetex_desktop.adapters.recogniser.choice import trusted
from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.handwriting.drawn import InkPicture
from writetex_desktop.adapters.recogniser.model import FormulaModel
from writetex_desktop.adapters.recogniser.picture import FormulaPicture
from writetex_desktop.adapters.recogniser.single import Readable, read_looked
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.ink.ink import Ink, Point, Stroke
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.pictures.image import EncodedImage

BANDS = ((1, 20), (21, 50))
UNITS = 40.0
"""Units of the paper to the em."""


@dataclass(frozen=True, slots=True)
class Written:
    """A formula of a test set: its target and its strokes."""

    target: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one."""

    target: str
    answer: str
    confidence: float
    seconds: float


def composed(runs: Runs, objects: Objects, count: int) -> Iterator[Written]:
    """Test formulas in hands that were never trained on, so many of each length."""
    chance = random.Random(77)
    writer = Writer(runs, objects, test=True)
    left = dict.fromkeys(BANDS, count)
    numbers = [number for number, sample in enumerate(runs.samples) if sample.test and sample.face == "cm"]
    chance.shuffle(numbers)
    for number in numbers:
        sample = runs.samples[number]
        band = next((band for band in BANDS if band[0] <= sample.length <= band[1]), None)
        if band is None or not left[band] or not is_taken(sample, chance) or not writer.can(number):
            continue
        try:
            written = writer.write(number, manner(writer.library.hands, chance), chance)
        except LookupError:
            continue
        left[band] -= 1
        strokes = tuple(
            Stroke(tuple(Point(x * UNITS, y * UNITS) for x, y in stroke.tolist()))
            for stroke in written.strokes
        )
        yield Written(runs.targets[sample.index], Ink(strokes))


def expressions(count: int) -> Iterator[Written]:
    """The expressions of mathnote, in the layout of their writer."""
    with lzma.open(DATA / "mathnote-expressions.jsonl.xz", "rt") as lines:
        for line, _ in zip(lines, range(count), strict=False):
            entry = json.loads(line)
            strokes = tuple(
                Stroke(tuple(Point(x, y) for x, y in stroke))
                for sign in entry["symbols"]
                for stroke in sign["strokes"]
                if stroke
            )
            try:
                yield Written(canonicalize(entry["latex"]), Ink(strokes))
            except ValueError:
                continue


def read(model: FormulaModel, picture: Readable, target: str) -> Result:
    """Read one."""
    start = time.perf_counter()
    try:
        found = read_looked(model, picture, Hurry.within(20, threading.Event())).reading
        found = trusted(found, model.trust)
        if found.is_hopeless:
            return Result(target, "<doubted>", 0.0, time.perf_counter() - start)
        answer, confidence = canonicalize(" ".join(found.words)), found.confidence
    except RecognitionError:
        answer, confidence = "<refused>", 0.0
    return Result(target, answer, confidence, time.perf_counter() - start)


def encoded(picture: Image.Image) -> EncodedImage:
    """A picture as a file."""
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return EncodedImage("image/png", stream.getvalue(), picture.width, picture.height)


def photographed(ink: Ink, chance: random.Random) -> EncodedImage:
    """Strokes as if photographed: pencil or blue ink, ruled or squared paper, uneven light, a little blur.

    It is a simulation: no camera was used.
    """
    box = ink.box
    assert box is not None
    scale = 1.4
    width, height = int(box.width * scale) + 120, int(box.height * scale) + 110
    shade = np.full((height, width), 1.0, np.float32)
    gap = chance.randint(38, 60)
    ruling = chance.choice(("plain", "ruled", "squared"))
    if ruling != "plain":
        shade[chance.randint(0, gap) :: gap] -= chance.uniform(0.12, 0.25)
    if ruling == "squared":
        shade[:, chance.randint(0, gap) :: gap] -= chance.uniform(0.12, 0.22)
    small = InkPicture(ink).at_size(InkPicture(ink).em_px * scale)
    mark = np.frombuffer(small.ink, np.uint8).reshape(small.height, small.width).astype(np.float32) / 255
    y, x = (height - small.height) // 2, (width - small.width) // 2
    place = shade[max(y, 0) : max(y, 0) + small.height, max(x, 0) : max(x, 0) + small.width]
    place -= mark[: place.shape[0], : place.shape[1]] * chance.uniform(0.4, 0.75)
    down, along = np.mgrid[0:height, 0:width].astype(np.float32)
    light = 1 - chance.uniform(0, 0.45) * (along / width) - chance.uniform(0, 0.3) * (down / height)
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, 0.015, shade.shape)
    grey = np.clip((shade + noise) * light * 235, 0, 255).astype(np.uint8)
    picture = Image.fromarray(grey).filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.0)))
    turned = picture.rotate(chance.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=int(grey.mean()))
    return encoded(turned)


def tell(name: str, results: list[Result]) -> None:
    """Print a set's figures."""
    for low, high in BANDS:
        inside = [result for result in results if low <= len(result.target.split(" ")) <= high]
        if inside:
            right = sum(result.target == result.answer for result in inside)
            wrong = sum(
                min(len(one.target.split(" ")), distance(one.target.split(" "), one.answer.split(" ")))
                for one in inside
            )
            tokens = sum(len(one.target.split(" ")) for one in inside)
            times = sorted(result.seconds for result in inside)
            print(
                f"{name:12} {low}-{high} tokens: {len(inside)} formulas, exact {right / len(inside):.3f}, "
                f"token error {wrong / tokens:.3f}, median {1000 * times[len(times) // 2]:.0f} ms",
                flush=True,
            )


def calibration(results: list[Result]) -> None:
    """Print how often answers of each confidence are right."""
    for low, high in pairwise((0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)):
        inside = [result for result in results if low <= result.confidence < high]
        if inside:
            right = sum(result.target == result.answer for result in inside) / len(inside)
            print(f"confidence {low}-{high}: {len(inside)}, right {right:.3f}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--show", type=int, default=12)
    options = parser.parse_args()
    model = FormulaModel(options.model)
    runs, objects = Runs(), Objects()
    chance = random.Random(8)
    written = list(composed(runs, objects, options.count))
    strokes = [read(model, InkPicture(one.ink), one.target) for one in written]
    tell("strokes", strokes)
    for result in [result for result in strokes if result.target != result.answer][: options.show]:
        print(f"   {result.target}\n   {result.answer}  ({result.confidence:.2f})")
    pictures = []
    for one in written[:: max(1, len(written) // options.count)]:
        try:
            picture = FormulaPicture(photographed(one.ink, chance), is_written=True)
        except RecognitionError:
            pictures.append(Result(one.target, "<refused>", 0.0, 0.0))
            continue
        pictures.append(read(model, picture, one.target))
    tell("photographs", pictures)
    own = [read(model, InkPicture(one.ink), one.target) for one in expressions(options.count)]
    tell("expressions", own)
    calibration(strokes + pictures + own)
    sure = 0
    for _ in range(100):
        ink = Image.fromarray(255 - scribble(chance))
        paper = Image.new("L", (ink.width + 30, ink.height + 30), 255)
        paper.paste(ink, (15, 15))
        try:
            sure += read(model, FormulaPicture(encoded(paper), is_written=True), "").confidence > 0.8
        except RecognitionError:
            continue
    print(f"scribbles surer than 0.8: {sure} of 100")


if __name__ == "__main__":
    main()
