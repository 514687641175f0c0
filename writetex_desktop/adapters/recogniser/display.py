"""Reads the signs of a display: as a whole, by rows, by pieces of a row, and takes the surest.

What is read by parts is as sure as all its parts together.
"""

from __future__ import annotations

import contextlib
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.model import BEAMS, Answer
from writetex_desktop.adapters.recogniser.nested import read_nested
from writetex_desktop.adapters.recogniser.tables import read_grid
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.latex.rows import ReadRow, join_rows
from writetex_desktop.core.pictures.geometry import around
from writetex_desktop.core.pictures.parting.bands import bands_of
from writetex_desktop.core.pictures.parting.dots import STANDING, standing_dots
from writetex_desktop.core.pictures.parting.grids import grid_of
from writetex_desktop.core.pictures.parting.pieces import RELATIONS, pieces_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from writetex_desktop.adapters.recogniser.glance import Glance
    from writetex_desktop.adapters.recogniser.model import FormulaModel
    from writetex_desktop.core.pictures.parting.bands import Band
    from writetex_desktop.core.pictures.parting.grids import Grid

SURE = 0.9
"""Confidence from which on no other parting is tried."""

LONGEST_WHOLE = 170
"""Signs up to which a display is read as a whole: training has seen no longer ones."""

FULL_EM = 0.5
"""Width of a relation that is no script."""

TABLE_POWER = 0.5
"""Power of the confidence in a table read by cells: where rows and columns are is seen, not guessed."""

TABLE_MISSED = 0.3
"""What is left of the confidence in an answer without a table where rows and columns are seen, or without the
dots that stand in one."""

NARROW_EM = 0.42
"""The same for one that is narrow."""

_NARROW = frozenset(("\\in", "\\subset", "\\supset", ":"))


@dataclass(frozen=True, slots=True)
class Hurry:
    """When to stop.

    It is the processor's time that is limited: on a machine that is busy with other things a formula takes
    longer on the wall and no more of that, and is read all the same. Who waits can cancel.

    Attributes:
        deadline: On the clock of `time.thread_time`, in the thread that reads; where one page is read in
            several threads, each has its own.
        cancelled: Set when nobody waits any more.
    """

    deadline: float
    cancelled: threading.Event

    @staticmethod
    def now() -> float:
        """The same clock."""
        return time.thread_time()

    @classmethod
    def within(cls, limit_s: float, cancelled: threading.Event) -> Hurry:
        """To stop after some seconds of this thread's processor time."""
        return cls(cls.now() + limit_s, cancelled)


def read_display(
    model: FormulaModel, glance: Glance, chosen: Sequence[int], hurry: Hurry, beams: int = 1
) -> list[Answer]:
    """Read signs, in as many ways as are needed to be sure; at least one answer.

    Args:
        model: What reads.
        glance: All signs of the picture.
        chosen: The numbers of those to be read.
        hurry: When to stop.
        beams: How many beginnings are followed at once.
    """
    answers: list[Answer] = []
    rows = bands_of(glance.signs, chosen)
    grid = grid_of(glance.signs, tuple(chosen))
    if len(chosen) <= LONGEST_WHOLE:
        dots = len(standing_dots([glance.signs[number] for number in chosen]))
        read = _read(model, glance, chosen, hurry, beams)
        answers += [_held_against(grid, dots, answer) for answer in read]
        if answers[0].complete and answers[0].confidence >= SURE:
            return answers
    if grid is not None:
        answers.append(_by_cells(model, glance, grid, hurry, beams))
    elif len(rows) > 1:
        answers.append(_by_rows(model, glance, rows, hurry, beams))
        if answers[-1].confidence < SURE:  # what looks like rows may be a tall fraction with paper in it
            answers += _nested(model, glance, tuple(chosen), hurry, beams)
    else:
        whole = answers[0] if answers else None
        found = _read_row(model, glance, tuple(chosen), hurry, beams, whole=whole)
        if found is not whole:
            answers.append(found)
    return answers


def _held_against(grid: Grid | None, dots: int, answer: Answer) -> Answer:
    """An answer, less sure where it has not what is seen.

    Args:
        grid: A table that is seen; one of several columns without a gap is sure.
        dots: How many times three dots stand under one another or aslant.
        answer: What was read.
    """
    is_full = grid is not None and len(grid.cells[0]) > 1 and all(cell for row in grid.cells for cell in row)
    has_table = not is_full or "&" in answer.words
    if has_table and sum(map(answer.words.count, STANDING)) >= dots:
        return answer
    return replace(answer, confidence=answer.confidence * TABLE_MISSED)


def _read(
    model: FormulaModel, glance: Glance, chosen: Sequence[int], hurry: Hurry, beams: int
) -> list[Answer]:
    return model.read(model.understand(glance, chosen), hurry.deadline, hurry.cancelled, beams)


def _by_cells(model: FormulaModel, glance: Glance, grid: Grid, hurry: Hurry, beams: int) -> Answer:
    """A table cell by cell; a cell may hold a table itself."""

    def read(band: Band) -> Answer:
        inner = grid_of(glance.signs, band)
        if inner is not None:
            return _by_cells(model, glance, inner, hurry, beams)
        return _read_row(model, glance, band, hurry, beams)

    found = read_grid(glance.signs, grid, read, lambda band: _relations(glance, band))
    return replace(found, confidence=found.confidence**TABLE_POWER)


def _by_rows(model: FormulaModel, glance: Glance, rows: Sequence[Band], hurry: Hurry, beams: int) -> Answer:
    """Each row by itself, a long one in pieces."""
    answers = [_read_row(model, glance, row, hurry, beams) for row in rows]
    read = [
        ReadRow(answer.words, *_edges(glance, row), _relations(glance, row))
        for answer, row in zip(answers, rows, strict=True)
    ]
    return _together(join_rows(read), answers)


def _read_row(
    model: FormulaModel,
    glance: Glance,
    row: Band,
    hurry: Hurry,
    beams: int,
    *,
    whole: Answer | None = None,
) -> Answer:
    """One row: whole where that is sure, otherwise in pieces and from the outside in, what is surest.

    Args:
        model: What reads.
        glance: All signs of the picture.
        row: The numbers of those to be read.
        hurry: When to stop.
        beams: How many beginnings are followed at once.
        whole: What it was read as whole already.
    """
    if whole is None and len(row) <= LONGEST_WHOLE:
        whole = _read(model, glance, row, hurry, beams)[0]
    if whole and whole.complete and whole.confidence >= SURE:
        return whole
    answers = [whole] if whole else []
    pieces = pieces_of(glance.signs, row)
    if len(pieces) > 1 or not answers:
        read = [_read(model, glance, piece, hurry, beams)[0] for piece in pieces]
        answers.append(_together(tuple(word for answer in read for word in answer.words), read))
    answers += _nested(model, glance, row, hurry, beams)
    return max(answers, key=_worth)


def _nested(model: FormulaModel, glance: Glance, row: Band, hurry: Hurry, beams: int) -> list[Answer]:
    """What is read from the outside in; nothing where there is no time or nothing to shut."""
    if hurry.now() >= hurry.deadline:
        return []
    with contextlib.suppress(RecognitionError):
        nested = read_nested(
            model,
            glance,
            row,
            lambda seen, band: _read_row(model, seen, band, hurry, beams),
            lambda seen, band: _read(model, seen, band, hurry, BEAMS),
        )
        return [nested] if nested else []
    return []


def _worth(answer: Answer) -> tuple[bool, float]:
    return answer.complete, answer.confidence


def _together(words: tuple[str, ...], answers: Sequence[Answer]) -> Answer:
    confidence = math.prod(answer.confidence for answer in answers)
    return Answer(words, confidence, all(answer.complete for answer in answers))


def _edges(glance: Glance, row: Band) -> tuple[float, float]:
    whole = around(glance.signs[number] for number in row)
    return whole.left, whole.right


def _relations(glance: Glance, row: Band) -> tuple[float, ...]:
    """Where the row's relations of full size stand."""
    found = [
        sign.centre
        for sign in (glance.signs[number] for number in row)
        if sign.name in RELATIONS
        and sign.right - sign.left >= (NARROW_EM if sign.name in _NARROW else FULL_EM)
    ]
    return tuple(sorted(found))
