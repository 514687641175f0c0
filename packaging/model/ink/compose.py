r"""Writes formulas by hand: the signs of a typeset formula, each drawn anew, in a sloppy layout.

What is no single drawing is made: bars and lines of roots to their length, accents, primes, tall brackets.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from model.corpus.objects import END_PT
from model.corpus.runs import Runs
from model.corpus.symbols import RULE_ENDS
from model.corpus.typeset import UNITS_PER_PT
from model.drawing import augment
from model.ink.library import Library
from model.ink.penwork import Box, bent, dense, fitted, into, union
from model.ink.skeleton import Stroke
from model.training.lessons import Objects

SKIPPED = (
    "\\mathsf{", "\\mathtt{", "\\mathbf{", "\\boldsymbol{", "\\mathit{", "\\mathscr{", "\\overbrace",
    "\\underbrace", "rule^", "rule_", "\\h^", "\\h_", "unknown",
)  # fmt: skip
"""What nobody writes by hand, or hand and print do not share."""

MADE = {
    "\\hat{": [[(0, 1), (0.5, 0), (1, 1)]], "\\widehat{": [[(0, 1), (0.5, 0), (1, 1)]],
    "\\check{": [[(0, 0), (0.5, 1), (1, 0)]], "\\bar{": [[(0, 0.5), (1, 0.5)]],
    "\\dot{": [[(0.5, 0.5)]], "\\ddot{": [[(0, 0.5)], [(1, 0.5)]],
    "\\acute{": [[(0, 1), (1, 0)]], "\\grave{": [[(0, 0), (1, 1)]],
    "\\breve{": [[(0, 0), (0.2, 0.8), (0.5, 1), (0.8, 0.8), (1, 0)]],
    "'": [[(0.8, 0), (0.2, 1)]], "''": [[(0.4, 0), (0.1, 1)], [(1, 0), (0.7, 1)]],
    "'''": [[(0.3, 0), (0.0, 1)], [(0.65, 0), (0.35, 1)], [(1, 0), (0.7, 1)]],
}  # fmt: skip
"""Strokes in a box of side 1."""

AS_DRAWN = {
    "\\tilde{": "\\sim", "\\widetilde{": "\\sim", "\\vec{": "\\to", "\\overrightarrow{": "\\to",
    "\\mathring{": "\\circ",
}  # fmt: skip
TALL = "^~_"
"""Endings of the classes of a tall bracket's pieces."""

ROOTS = ("\\sqrt{", "\\sqrt{^", "\\sqrt{_")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one formula is written.

    Attributes:
        hand: Whose letters.
        stretch: Factor of the distances along the line.
        script: Factor of the size of what is small.
        size_error: Standard deviation of a sign's size, as a logarithm.
        place_error: The same of its place, in ems.
        slope: Of the line of writing.
        wave_em: How far the line goes up and down.
        slant: Of the letters.
        pen_em: Thickness of the line.
        phase: Where the wave begins.
    """

    hand: str
    stretch: float
    script: float
    size_error: float
    place_error: float
    slope: float
    wave_em: float
    slant: float
    pen_em: float
    phase: float


def manner(hands: Sequence[str], chance: random.Random) -> Manner:
    """Somebody's way to write, once."""
    care = chance.random()
    return Manner(
        hand=chance.choice(hands),
        stretch=chance.uniform(0.95, 1.35),
        script=chance.uniform(1.0, 1.3),
        size_error=0.03 + 0.11 * care,
        place_error=0.01 + 0.055 * care,
        slope=chance.gauss(0, 0.02),
        wave_em=abs(chance.gauss(0, 0.08)),
        slant=chance.gauss(0.05, 0.12),
        pen_em=math.exp(chance.gauss(math.log(0.075), 0.3)),
        phase=chance.uniform(0, math.tau),
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A formula in strokes.

    Attributes:
        strokes: In ems.
        classes: Of its signs.
        boxes: Of its signs, in ems.
    """

    strokes: list[Stroke]
    classes: list[int]
    boxes: list[Box]


class Writer:
    """Writes formulas of the corpus by hand.

    Args:
        runs: The formulas.
        objects: Their signs.
        test: Whether to write with the hands kept for the test.
    """

    def __init__(self, runs: Runs, objects: Objects, *, test: bool = False) -> None:
        self.library = Library(test=test)
        self._runs, self._objects = runs, objects
        self._heights = objects.heights().tolist()
        self._able = [self._is_able(name) for name in objects.names]

    def _is_able(self, name: str) -> bool:
        if name == "\\not" or name.startswith(SKIPPED):
            return False
        if name in MADE or name in AS_DRAWN or name in RULE_ENDS or name in ROOTS:
            return True
        return self.library.knows(name) or (
            len(name) > 1 and name[-1] in TALL and self.library.knows(name[:-1])
        )

    def can(self, number: int) -> bool:
        """Whether all signs of a formula can be drawn, and a hand shows what they mean."""
        rows = self._objects.of(number)
        if not len(rows) or not all(self._able[kind] for kind in rows[:, 0].tolist()):
            return False
        words = [self._runs.vocabulary.words[token] for token in self._runs.samples[number].target]
        return not any(
            word == "\\mathrm{" and after == "}" for word, after in zip(words, words[2:], strict=False)
        )

    def write(self, number: int, way: Manner, chance: random.Random) -> Written:
        """Write a formula.

        Raises:
            LookupError: A piece of a tall sign is alone, or nobody has drawn a sign.
        """
        unit = 1 / (UNITS_PER_PT * augment.PT_PER_EM)
        rows = self._objects.of(number)
        kinds = rows[:, 0].tolist()
        page = _Page(
            [self._objects.names[kind] for kind in kinds],
            [(row[0] * unit, row[1] * unit, row[2] * unit, row[3] * unit) for row in rows[:, 1:].tolist()],
            kinds,
            way,
            chance,
        )
        for place, name in enumerate(page.names):
            if place not in page.done and name not in RULE_ENDS:
                self._write_sign(place, name, page)
        for place, name in enumerate(page.names):
            if name == RULE_ENDS[0]:
                _bar(place, page)
        return page.written

    def _write_sign(self, place: int, name: str, page: "_Page") -> None:
        if name in ROOTS:
            box = page.raw[place]
            if name != ROOTS[0]:
                other = page.partner(place, ROOTS[2] if name == ROOTS[1] else ROOTS[1])
                page.done |= {place, other}
                box = union(box, page.raw[other])
            page.roots.append((box, len(page.written.boxes)))
            page.add(self._objects.names.index(ROOTS[0]), _root(page.placed(box), page.chance))
        elif len(name) > 1 and name[-1] in TALL and name not in MADE and not self.library.knows(name):
            self._tall(place, page)
        else:
            box = page.raw[place]
            small = box[3] - box[1] < 0.85 * self._heights[page.kinds[place]]
            page.add(
                page.kinds[place],
                self._sign(name, page.placed(box, page.way.script if small else 1.0), page),
            )

    def _sign(self, name: str, box: Box, page: "_Page") -> list[Stroke]:
        if name in MADE:
            lines = (np.array(line, np.float32) for line in MADE[name])
            return [bent(into(line, (0, 0, 1, 1), box), 0.0, page.chance) for line in lines]
        strokes = self.library.find(AS_DRAWN.get(name, name), page.way.hand, page.chance)
        return fitted(strokes, box, page.way.slant, page.chance)

    def _tall(self, place: int, page: "_Page") -> None:
        """A tall bracket in one drawing, whose ends are the signs."""
        base = page.names[place][:-1]
        others = (base + ending for ending in TALL)
        parts = [place]
        parts += [
            page.partner(place, name) for name in others if name != page.names[place] and name in page.names
        ]
        page.done |= set(parts)
        whole = page.raw[parts[0]]
        for part in parts[1:]:
            whole = union(whole, page.raw[part])
        left, top, right, bottom = page.placed(whole)
        half, middle = min(right - left, 0.5) / 2, (left + right) / 2
        drawing = self.library.find(base, page.way.hand, page.chance)
        strokes = fitted(drawing, (middle - half, top, middle + half, bottom), 0.0, page.chance, 0.95)
        every = np.concatenate(strokes)
        (left, top), (right, bottom) = every.min(0).tolist(), every.max(0).tolist()
        scale = (bottom - top) / max(whole[3] - whole[1], 1e-3)
        for part in sorted(parts):
            upper, lower = (
                top + (side - whole[1]) * scale for side in (page.raw[part][1], page.raw[part][3])
            )
            inside = every[(every[:, 1] >= upper - 0.05) & (every[:, 1] <= lower + 0.05)]
            x0, x1 = (float(inside[:, 0].min()), float(inside[:, 0].max())) if len(inside) else (left, right)
            page.written.classes.append(page.kinds[part])
            page.written.boxes.append((x0, upper, x1, lower))
        page.written.strokes.extend(strokes)


@dataclass(slots=True)
class _Page:
    """A formula while it is being written.

    Attributes:
        names: Classes of its signs.
        raw: Where they stand when they are typeset, in ems.
        kinds: Their numbers.
        way: How it is written.
        chance: What decides.
        done: Signs that were written with others.
        roots: The typeset boxes of roots and the numbers of their signs.
        written: What there is so far.
    """

    names: list[str]
    raw: list[Box]
    kinds: list[int]
    way: Manner
    chance: random.Random
    done: set[int] = field(default_factory=set)
    roots: list[tuple[Box, int]] = field(default_factory=list)
    written: Written = field(default_factory=lambda: Written([], [], []))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a typeset point comes to be on a line that is written freely."""
        along, way = x * self.way.stretch, self.way
        return along, y + way.slope * along + way.wave_em * math.sin(along / 4 + way.phase)

    def placed(self, box: Box, grow: float = 1.0) -> Box:
        """Where a sign comes to stand."""
        left, top, right, bottom = box
        way, chance = self.way, self.chance
        size = grow * math.exp(chance.gauss(0, way.size_error))
        x, y = self.point((left + right) / 2, (top + bottom) / 2)
        x, y = x + chance.gauss(0, way.place_error), y + chance.gauss(0, way.place_error)
        wide, tall = (right - left) / 2 * size * way.stretch**0.5, (bottom - top) / 2 * size
        return x - wide, y - tall, x + wide, y + tall

    def partner(self, place: int, wanted: str) -> int:
        """The piece that belongs to a tall sign: the nearest in its column.

        Raises:
            LookupError: There is none.
        """
        others = [other for other, name in enumerate(self.names) if name == wanted and other not in self.done]
        if not others:
            raise LookupError(wanted)
        left = self.raw[place][0]
        return min(others, key=lambda other: abs(self.raw[other][0] - left) + 0.01 * abs(other - place))

    def add(self, kind: int, strokes: list[Stroke]) -> None:
        """Note a sign with the box that its strokes have."""
        every = np.concatenate(strokes)
        (left, top), (right, bottom) = every.min(0).tolist(), every.max(0).tolist()
        self.written.strokes.extend(strokes)
        self.written.classes.append(kind)
        self.written.boxes.append((left, top, right, bottom))


def _root(box: Box, chance: random.Random) -> list[Stroke]:
    hook, low = chance.uniform(0.3, 0.7), chance.uniform(0.3, 0.55)
    line = [(0, hook + 0.1), (low * 0.4, hook), (low, 1), (1, 0)]
    if chance.random() < 0.4:
        line = line[1:]
    return [bent(into(dense(np.array(line, np.float32)), (0, 0, 1, 1), box), 0.0, chance)]


def _bar(place: int, page: _Page) -> None:
    """The line of a fraction or of a root, from one end to the other."""
    left, right, way, chance = page.raw[place], page.raw[place + 1], page.way, page.chance
    y = (left[1] + left[3]) / 2
    first, last = page.point(left[0], y), page.point(right[2], y)
    root = next(
        (number for box, number in page.roots if abs(box[2] - left[0]) < 0.35 and abs(box[1] - y) < 0.3), None
    )
    if root is not None:
        first = (page.written.boxes[root][2], page.written.boxes[root][1])
        last = (max(last[0], first[0] + 0.2) + chance.gauss(0.05, 0.1), last[1] + chance.gauss(0, 0.06))
    else:
        lift, tilt = chance.gauss(0, way.place_error), chance.gauss(0, way.place_error)
        first = (first[0] - chance.uniform(-0.05, 0.2), first[1] + lift - tilt)
        last = (last[0] + chance.uniform(-0.05, 0.2), last[1] + lift + tilt)
    line = bent(dense(np.array([first, last], np.float32)), 0.0, chance)
    half = END_PT / 2 / augment.PT_PER_EM
    for end, inwards, kind in ((line[0], 1, page.kinds[place]), (line[-1], -1, page.kinds[place + 1])):
        x, at = end.tolist()
        x0, x1 = sorted((x, x + inwards * 2 * half))
        page.written.classes.append(kind)
        page.written.boxes.append((x0, at - half, x1, at + half))
    page.written.strokes.append(line)
