"""Reads a formula from the outside in: its outline, with letters for what it holds, and the parts apart."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.model import Answer
from writetex_desktop.adapters.recogniser.tables import read_cell
from writetex_desktop.core.latex.bare import bare
from writetex_desktop.core.pictures.parting.nests import outline_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from writetex_desktop.adapters.recogniser.glance import Glance
    from writetex_desktop.adapters.recogniser.model import FormulaModel
    from writetex_desktop.core.pictures.parting.bands import Band

    Read = Callable[[Glance, Band], Answer]
    ReadWays = Callable[[Glance, Band], list[Answer]]

SIZE_SLACK = 0.08
"""Error of the size of a part, as a logarithm, from which on it is read as if it were larger."""


def read_nested(
    model: FormulaModel, glance: Glance, row: Band, read: Read, read_ways: ReadWays
) -> Answer | None:
    """A row as its outline with the parts put in; None where it holds nothing worth it.

    Args:
        model: What reads.
        glance: All signs of the picture.
        row: The numbers of those to be read.
        read: Reads some signs of a glance.
        read_ways: Reads them as a whole in several ways, the surest first.
    """
    outline = outline_of(glance.signs, row, model.sizes(glance))
    if outline is None:
        return None
    parts = {held.letter.name: held.numbers for nest in outline.nests for held in nest.held}

    def has_parts(answer: Answer) -> bool:
        return all(answer.words.count(letter) == 1 for letter in parts)

    if outline.is_fraction:
        over, under = outline.nests[0].held
        sure = math.prod(sign.share for sign in outline.signs)
        outside = Answer(("\\frac{", over.letter.name, "}{", under.letter.name, "}"), sure, complete=True)
    else:
        shut = model.rearranged(glance, outline.numbers, outline.signs)
        every = tuple(range(len(outline.signs)))
        ways = [answer for answer in read_ways(shut, every) if answer.complete and has_parts(answer)]
        outside = ways[0] if ways else read(shut, every)
    if not has_parts(outside):
        return None
    read_apart = {letter: _read_part(model, glance, part, read) for letter, part in parts.items()}
    words = [
        word
        for outer in outside.words
        for word in (bare(read_apart[outer].words) if outer in read_apart else (outer,))
    ]
    answers = [outside, *read_apart.values()]
    confidence = math.prod(answer.confidence for answer in answers)
    return Answer(tuple(words), confidence, all(answer.complete for answer in answers))


def _read_part(model: FormulaModel, glance: Glance, part: Band, read: Read) -> Answer:
    """Signs by themselves, at full size."""

    def at_full_size(band: Band) -> Answer:
        size = model.size(glance, band)
        if abs(math.log(size)) <= SIZE_SLACK:
            return read(glance, band)
        signs = [
            replace(
                sign,
                left=sign.left / size,
                top=sign.top / size,
                right=sign.right / size,
                bottom=sign.bottom / size,
            )
            for sign in (glance.signs[number] for number in band)
        ]
        return read(model.rearranged(glance, band, signs), tuple(range(len(signs))))

    return read_cell(glance.signs, part, at_full_size)
