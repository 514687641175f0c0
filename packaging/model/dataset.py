"""Batches of pictures drawn on the fly from glyph runs, with their targets and the glyph under every cell."""

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import IterableDataset, get_worker_info

from model import augment
from model.paths import CLASSES, CORPUS, FONTS, RUNS, VOCABULARY
from model.raster import Face, Outlines, Style, draw_run
from model.typeset import FACES, UNITS_PER_PT
from model.vocabulary import Vocabulary

HEIGHTS = (32, 48, 64, 96, 128, 160)
WIDTHS = (64, 96, 128, 192, 256, 352, 480, 640)
CELL_PX = 4
GLYPH_CLASSES = 448
PIXELS_IN_BATCH = 20 * 32 * 192
SMALLEST_BATCH, LARGEST_BATCH = 8, 32


@dataclass(frozen=True, slots=True)
class Sample:
    """One formula as it was set: where its glyphs and rules begin and end in the arrays, and its target."""

    face: str
    glyphs: tuple[int, int]
    rules: tuple[int, int]
    size_pt: tuple[float, float]
    target: tuple[int, ...]
    length: int
    source: str
    test: bool
    index: int


class Runs:
    """All glyph runs, read into memory; about 100 MB for 280,000 formulas."""

    def __init__(self, folder: Path = RUNS, corpus: Path = CORPUS, vocabulary: Path = VOCABULARY) -> None:
        self.vocabulary = Vocabulary(json.loads(vocabulary.read_text()))
        entries = [json.loads(line) for line in corpus.open(encoding="utf-8")]
        self.targets = [entry["target"] for entry in entries]
        self.fonts: list[Face] = []
        self.samples: list[Sample] = []
        numbers: dict[tuple[str, float], int] = {}
        glyphs, rules = [], []
        glyph_start = rule_start = 0
        for path in sorted(folder.glob("*.npz")):
            with np.load(path) as data:
                part, part_rules, items = data["glyphs"], data["rules"], data["items"]
                table = json.loads(str(data["fonts"]))
            renumber = np.array([self._font(font, numbers) if font else 0 for font in table], np.int16)
            if not len(items):
                continue
            part[:, 0] = renumber[part[:, 0]]
            face = path.stem.partition("-")[0]
            first_glyph = first_rule = 0
            for index, last_glyph, last_rule in items.tolist():
                entry = entries[index]
                run = part[first_glyph:last_glyph]
                tokens = entry["target"].split(" ")
                self.samples.append(
                    Sample(
                        face,
                        (glyph_start + first_glyph, glyph_start + last_glyph),
                        (rule_start + first_rule, rule_start + last_rule),
                        self._extent(run, part_rules[first_rule:last_rule]),
                        tuple(self.vocabulary.encode(tokens)),
                        len(tokens),
                        entry["source"],
                        entry["test"],
                        index,
                    )
                )
                first_glyph, first_rule = last_glyph, last_rule
            glyphs.append(part)
            rules.append(part_rules)
            glyph_start += len(part)
            rule_start += len(part_rules)
        self.glyphs: NDArray[np.int16] = np.concatenate(glyphs)
        self.rules: NDArray[np.int16] = np.concatenate(rules)
        self.classes: dict[tuple[int, int], int] = {}

    def _font(self, font: dict[str, object], numbers: dict[tuple[str, float], int]) -> int:
        key = (str(font["name"]), float(str(font["size"])))
        if key not in numbers:
            numbers[key] = len(self.fonts)
            self.fonts.append(
                Face(
                    str(font["program"]),
                    key[1],
                    float(str(font["slant"])),
                    float(str(font["extend"])),
                    tuple(font["encoding"]),
                    _look(key[0], str(font["postscript"])),  # type: ignore[arg-type]
                )
            )
        return numbers[key]

    def _extent(self, run: NDArray[np.int16], rules: NDArray[np.int16]) -> tuple[float, float]:
        """Roughly the width and height in points."""
        x = np.concatenate([run[:, 2], run[:, 2] + 6 * UNITS_PER_PT, rules[:, 0] + rules[:, 2]])
        y = np.concatenate([run[:, 3] - 7 * UNITS_PER_PT, run[:, 3] + 2 * UNITS_PER_PT, rules[:, 1]])
        return float(np.ptp(x)) / UNITS_PER_PT, float(np.ptp(y)) / UNITS_PER_PT

    def name_classes(self, outlines: Outlines) -> int:
        """Give every glyph its class for the auxiliary task: by look and name; the rare ones share class 2.

        The numbering is kept in a file, so that a run that goes on with more fonts means the same by it.
        """
        pairs, counts = np.unique(self.glyphs[:, :2].astype(np.int32), axis=0, return_counts=True)
        names: Counter[str] = Counter()
        keys: dict[tuple[int, int], str] = {}
        for (font, code), count in zip(pairs.tolist(), counts.tolist(), strict=True):
            _, name = outlines.glyph(self.fonts[font], code)
            keys[font, code] = f"{self.fonts[font].label}:{name}"
            names[keys[font, code]] += count
        if CLASSES.exists():
            numbers = json.loads(CLASSES.read_text())
        else:
            numbers = {
                name: number + 3 for number, (name, _) in enumerate(names.most_common(GLYPH_CLASSES - 3))
            }
            CLASSES.write_text(json.dumps(numbers, indent=0))
        self.classes = {pair: numbers.get(name, 2) for pair, name in keys.items()}
        return len(numbers)


def _look(tfm: str, postscript: str) -> str:
    """A coarse group of look for a font, by its names."""
    name = f"{tfm} {postscript}"
    for pattern, label in (
        (r"euf|[Ff]rak", "frak"),
        (r"msbm|bb", "bb"),
        (r"rsfs|[Ss]cr", "scr"),
        (r"tt\d|tt$|[Tt]ype|Mono", "tt"),
        (r"cmsy|eus|[Ss]ymb|sy\b", "symbol"),
        (r"cmex|ex\d|[Ee]xten", "extension"),
        (r"mib|[Bb]old.*(?:It|Obl)|bmi", "bolditalic"),
        (r"bx|[Bb]old|-Bol|bsy|Demi|Heavy", "bold"),
        (r"mi\d|mmi|It\b|Ital|Obli|[a-z]it\b|ti\d|ri\d|mi\b", "italic"),
    ):
        if re.search(pattern, name):
            return label
    return "upright"


def bucket(width: float, height: float) -> tuple[int, int] | None:
    """Height and width of the canvas for a formula of so many pixels; None when none is large enough."""
    rows = next((size for size in HEIGHTS if size >= height), None)
    columns = next((size for size in WIDTHS if size >= width), None)
    return (rows, columns) if rows and columns else None


class Drawer:
    """Draws samples with all that a screen does to them."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self.outlines = Outlines(FONTS)
        if not runs.classes:
            runs.name_classes(self.outlines)

    def draw(
        self, sample: Sample, jitter: float, chance: random.Random
    ) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
        """The picture and the glyph classes, both at the model's size times `jitter`."""
        em = min(augment.EM_PX * 3, 9 * math.exp(abs(chance.gauss(0, 1)) * 0.75))
        wide = sample.size_pt[0] * em / augment.PT_PER_EM
        em *= min(1.0, 1200 / max(wide, 1))
        light = chance.random()
        style = Style(
            scale=em / augment.PT_PER_EM,
            weight_px=0.0 if light < 0.3 else em * chance.uniform(-0.012, 0.03),
            hinting=chance.random() < 0.2,
            shift=(chance.random(), chance.random()),
            rule_px=em * chance.uniform(-0.008, 0.015),
        )
        start, stop = sample.glyphs
        run = self.runs.glyphs[start:stop].astype(np.float64)
        run[:, 2:] /= UNITS_PER_PT
        rules = self.runs.rules[slice(*sample.rules)].astype(np.float64) / UNITS_PER_PT
        classes = np.array(
            [self.runs.classes[font, code] for font, code in self.runs.glyphs[start:stop, :2].tolist()]
        )
        ink, labels = draw_run(self.outlines, self.runs.fonts, run, rules, style, classes)
        factor = augment.EM_PX * jitter / em
        return augment.to_model(augment.degrade(ink, chance), factor, chance), labels


class Batches(IterableDataset[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]):
    """Endless batches: ink (n, 1, h, w) as bytes, targets (n, t), glyph classes (n, h/4, w/4)."""

    def __init__(
        self, runs: Runs, samples: list[Sample], longest: int, seed: int, pixels: int = PIXELS_IN_BATCH
    ) -> None:
        self._pixels = pixels
        self._runs = runs
        self._samples = [sample for sample in samples if sample.length <= longest]
        self._seed = seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
        torch.set_num_threads(1)
        worker = get_worker_info()
        chance = random.Random(self._seed * 1000 + (worker.id if worker else 0))
        drawer = Drawer(self._runs)
        while True:
            for shape, members in self._plan(chance):
                yield self._batch(drawer, shape, members, chance)

    def _plan(self, chance: random.Random) -> list[tuple[tuple[int, int], list[tuple[Sample, float]]]]:
        groups: dict[tuple[int, int], list[tuple[Sample, float]]] = defaultdict(list)
        for sample in self._samples:
            if sample.source == "stacks-project" and sample.length < 40 and chance.random() < 0.55:
                continue
            jitter = math.exp(chance.uniform(-0.3, 0.3))
            factor = augment.EM_PX / augment.PT_PER_EM * jitter
            shape = bucket(sample.size_pt[0] * factor + 4, sample.size_pt[1] * factor + 4)
            if shape:
                groups[shape].append((sample, jitter))
        plan = []
        for (height, width), members in groups.items():
            count = self._batch_size(height, width)
            members.sort(key=lambda member: len(member[0].target) + chance.random() * 6)
            plan += [
                ((height, width), members[place : place + count])
                for place in range(0, len(members) - count + 1, count)
            ]
        chance.shuffle(plan)
        return plan

    def _batch_size(self, height: int, width: int) -> int:
        scale = self._pixels / PIXELS_IN_BATCH
        return int(max(SMALLEST_BATCH, min(LARGEST_BATCH * scale, self._pixels // (height * width) // 4 * 4)))

    def _batch(
        self,
        drawer: Drawer,
        shape: tuple[int, int],
        members: list[tuple[Sample, float]],
        chance: random.Random,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        height, width = shape
        ink = np.zeros((len(members), 1, height, width), np.uint8)
        glyphs = np.zeros((len(members), height // CELL_PX, width // CELL_PX), np.int64)
        longest = (max(len(sample.target) for sample, _ in members) + 6) // 8 * 8 + 1
        targets = np.zeros((len(members), longest), np.int64)
        for place, (sample, jitter) in enumerate(members):
            picture, labels = drawer.draw(sample, jitter, chance)
            put(ink[place, 0], glyphs[place], picture, labels, chance)
            targets[place, : len(sample.target)] = sample.target
        return torch.from_numpy(ink), torch.from_numpy(targets), torch.from_numpy(glyphs)


def put(
    canvas: NDArray[np.uint8],
    cells: NDArray[np.int64],
    picture: NDArray[np.uint8],
    labels: NDArray[np.int16],
    chance: random.Random,
) -> None:
    """Lay a picture somewhere on its canvas, smaller if it is too large, and its classes into the cells."""
    rows, columns = canvas.shape
    height, width = picture.shape
    if height > rows or width > columns:
        factor = min(rows / height, columns / width)
        picture = augment.resize(
            picture, min(columns, int(width * factor)), min(rows, int(height * factor)), augment.FILTERS[0]
        )
        height, width = picture.shape
    top, left = chance.randint(0, rows - height), chance.randint(0, columns - width)
    canvas[top : top + height, left : left + width] = picture
    sub = (0.3, 0.7) if chance.random() < 0.5 else (0.7, 0.3)
    for dy in sub:
        y = ((np.arange(cells.shape[0]) + dy) * CELL_PX - top) * labels.shape[0] / height
        rows_in = (y >= 0) & (y < labels.shape[0])
        for dx in sub:
            x = ((np.arange(cells.shape[1]) + dx) * CELL_PX - left) * labels.shape[1] / width
            columns_in = (x >= 0) & (x < labels.shape[1])
            seen = np.zeros_like(cells)
            seen[np.ix_(rows_in, columns_in)] = labels[
                np.ix_(y[rows_in].astype(int), x[columns_in].astype(int))
            ]
            np.copyto(cells, seen, where=cells == 0)


def training_faces() -> frozenset[str]:
    """Names of the fonts that may be trained on."""
    return frozenset(FACES)
