"""From glyph runs to *objects*: which sign stands where, for every formula of the corpus.

`python -m model.corpus.objects` writes `objects.npz`: for each formula its signs with class and box,
after what TeX builds of several glyphs has become one sign, tall delimiters their ends, and rules their
two ends. These are what the detector learns to see and the reader learns to read. A minute.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.corpus.runs import Runs
from model.corpus.symbols import BAR, DROPPED, RULE_ENDS
from model.corpus.typeset import UNITS_PER_PT
from model.drawing.raster import Outlines
from model.paths import FONTS, MODEL, OBJECTS, SYMBOLS

END_PT = 2.0
"""Side of the square that stands for the end of a rule or of a tall bar."""

SMALLEST_RULE_PT = 2.5
"""Shorter rules are no bars."""

OFFSET_EM = 0.04
"""How far from its place a glyph of a cluster may stand."""

RAREST = 40
"""New signs of which there are fewer share the class `UNKNOWN`; those that ship keep theirs."""

UNKNOWN = "unknown"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Thing:
    """A sign: its class and its box in points."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph of a run: TeX's font and code, origin, size and box in points."""

    key: tuple[str, int]
    x: float
    y: float
    size: float
    box: Box


class Namer:
    """Makes objects of glyph runs."""

    def __init__(self, runs: Runs) -> None:
        known = json.loads(SYMBOLS.read_text())
        self._runs = runs
        self._outlines = Outlines(FONTS)
        self._names = {
            (font, int(code)): name for font, codes in known["glyphs"].items() for code, name in codes.items()
        }
        self._clusters: dict[
            tuple[str, int], list[tuple[list[tuple[str, int]], list[tuple[float, float]], str]]
        ] = {}
        for item in known["clusters"]:
            keys = [(font, code) for font, code in item["signs"]]
            self._clusters.setdefault(keys[0], []).append((keys, item["offsets"], item["name"]))
        self._boxes: dict[tuple[int, int], Box | None] = {}
        self.unnamed: Counter[tuple[str, int]] = Counter()

    def things(self, glyphs: Sequence[Sequence[int]], rules: Sequence[Sequence[int]]) -> list[Thing]:
        """The objects of one formula."""
        placed = list(self._placed(glyphs))
        found: list[Thing] = []
        place = 0
        while place < len(placed):
            cluster = self._cluster(placed, place)
            if cluster:
                length, name = cluster
                found.append(Thing(name, _union([glyph.box for glyph in placed[place : place + length]])))
                place += length
            else:
                name = self._names.get(placed[place].key, "")
                if not name:
                    self.unnamed[placed[place].key] += 1
                    name = UNKNOWN
                if name != DROPPED:
                    found.append(Thing(name, placed[place].box))
                place += 1
        return [*_merged(found), *(end for rule in rules for end in _rule_ends(rule))]

    def _placed(self, glyphs: Sequence[Sequence[int]]) -> Iterator[Placed]:
        for font, code, x, y in glyphs:
            face = self._runs.fonts[font]
            if (font, code) not in self._boxes:
                self._boxes[font, code] = self._outlines.box(face, code)
            box, size = self._boxes[font, code], face.size_pt
            if box is not None:
                left, top = x / UNITS_PER_PT, y / UNITS_PER_PT
                edges = (left + box[0] * size, top + box[1] * size, left + box[2] * size, top + box[3] * size)
                yield Placed((self._runs.font_names[font], code), left, top, size, edges)

    def _cluster(self, placed: Sequence[Placed], start: int) -> tuple[int, str] | None:
        first = placed[start]
        best: tuple[int, str] | None = None
        for keys, offsets, name in self._clusters.get(first.key, ()):
            members = placed[start : start + len(keys)]
            if [member.key for member in members] == keys and all(
                abs((member.x - first.x) / first.size - dx) < OFFSET_EM
                and abs((member.y - first.y) / first.size - dy) < OFFSET_EM
                for member, (dx, dy) in zip(members, offsets, strict=True)
            ):
                best = max(best or (0, ""), (len(keys), name))
        return best


def _union(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _merged(things: Sequence[Thing]) -> Iterator[Thing]:
    """Primes in a row become one sign; the pieces of a tall bar become its two ends."""
    bars: list[Thing] = []
    before: Thing | None = None
    for thing in things:
        if thing.name.endswith(BAR):
            stacked = bars and bars[-1].name == thing.name and abs(bars[-1].box[0] - thing.box[0]) < 0.1
            if stacked:
                bars[-1] = replace(thing, box=_union([bars[-1].box, thing.box]))
            else:
                bars.append(thing)
            continue
        if before and thing.name == "'" and set(before.name) == {"'"} and _beside(before.box, thing.box):
            before = Thing(before.name + "'", _union([before.box, thing.box]))
            continue
        if before:
            yield before
        before = thing
    if before:
        yield before
    for bar in bars:
        left, top, right, bottom = bar.box
        name = bar.name.removesuffix(BAR)
        yield Thing(name + "^", (left, top, right, top + END_PT))
        yield Thing(name + "_", (left, bottom - END_PT, right, bottom))


def _beside(left: Box, right: Box) -> bool:
    return abs(left[1] - right[1]) < 0.1 and right[0] - left[2] < 2.0


def _rule_ends(rule: Sequence[int]) -> Iterator[Thing]:
    left, bottom, width, height = (side / UNITS_PER_PT for side in rule)
    right, top = left + width, bottom - height
    half = END_PT / 2
    if max(width, height) < SMALLEST_RULE_PT:
        return
    if width > height:
        middle = (top + bottom) / 2
        yield Thing(RULE_ENDS[0], (left, middle - half, left + END_PT, middle + half))
        yield Thing(RULE_ENDS[1], (right - END_PT, middle - half, right, middle + half))
    else:
        middle = (left + right) / 2
        yield Thing(RULE_ENDS[2], (middle - half, top, middle + half, top + END_PT))
        yield Thing(RULE_ENDS[3], (middle - half, bottom - END_PT, middle + half, bottom))


def main() -> None:
    """Make and keep the objects of all formulas."""
    runs = Runs()
    namer = Namer(runs)
    every = [
        namer.things(runs.glyphs[slice(*sample.glyphs)].tolist(), runs.rules[slice(*sample.rules)].tolist())
        for sample in runs.samples
    ]
    counts = Counter(thing.name for things in every for thing in things)
    shipped: list[str] = json.loads((MODEL / "model.json").read_text())["classes"]
    names = [name for name in shipped if name != UNKNOWN]
    names += sorted(
        name
        for name, count in counts.items()
        if count >= RAREST and name != UNKNOWN and name not in set(shipped)
    )
    numbers = {name: number for number, name in enumerate([UNKNOWN, *names])}
    rows = [
        (numbers.get(thing.name, 0), *(round(side * UNITS_PER_PT) for side in thing.box))
        for things in every
        for thing in things
    ]
    ends = np.cumsum([len(things) for things in every])
    np.savez_compressed(
        OBJECTS,
        rows=np.array(rows, np.int16),
        ends=ends.astype(np.int32),
        names=np.array(json.dumps([UNKNOWN, *names])),
    )
    print(f"{len(rows)} signs of {len(numbers)} classes; {sum(namer.unnamed.values())} glyphs have no name")
    print(namer.unnamed.most_common(40))
    print(counts.most_common(60), [name for name in counts if counts[name] < RAREST])


if __name__ == "__main__":
    main()
