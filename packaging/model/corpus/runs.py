"""The glyph runs that `model.corpus.typeset` has kept, with what each formula says."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.corpus.faces import FACES
from model.corpus.typeset import UNITS_PER_PT
from model.corpus.vocabulary import Vocabulary
from model.drawing.raster import Face
from model.paths import CORPUS, RUNS, VOCABULARY


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
        self.font_names: list[str] = []
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

    def _font(self, font: dict[str, object], numbers: dict[tuple[str, float], int]) -> int:
        key = (str(font["name"]), float(str(font["size"])))
        if key not in numbers:
            numbers[key] = len(self.fonts)
            self.font_names.append(key[0])
            self.fonts.append(
                Face(
                    str(font["program"]),
                    key[1],
                    float(str(font["slant"])),
                    float(str(font["extend"])),
                    tuple(font["encoding"]),  # type: ignore[arg-type]
                )
            )
        return numbers[key]

    def _extent(self, run: NDArray[np.int16], rules: NDArray[np.int16]) -> tuple[float, float]:
        """Roughly the width and height in points."""
        x = np.concatenate([run[:, 2], run[:, 2] + 6 * UNITS_PER_PT, rules[:, 0] + rules[:, 2]])
        y = np.concatenate([run[:, 3] - 7 * UNITS_PER_PT, run[:, 3] + 2 * UNITS_PER_PT, rules[:, 1]])
        return float(np.ptp(x)) / UNITS_PER_PT, float(np.ptp(y)) / UNITS_PER_PT


def training_faces() -> frozenset[str]:
    """Names of the fonts that may be trained on."""
    return frozenset(FACES)
