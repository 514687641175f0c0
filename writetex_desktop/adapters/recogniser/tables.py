r"""Reads a table cell by cell, and what stands before and behind it.

A cell of one sign, or of digits, needs no reader: alone it would be taken for a power of nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from writetex_desktop.adapters.recogniser.model import Answer
from writetex_desktop.core.latex.bare import bare
from writetex_desktop.core.latex.rows import ReadRow, aligned_rows
from writetex_desktop.core.pictures.geometry import around
from writetex_desktop.core.pictures.parting.dots import dots_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from writetex_desktop.core.pictures.parting.bands import Band
    from writetex_desktop.core.pictures.parting.grids import Grid
    from writetex_desktop.core.pictures.parting.signs import Sign

    Read = Callable[[Band], Answer]

    class _Told(Protocol):
        def __call__(self, band: Band, row: Band = ()) -> tuple[str, ...]: ...


FULL_EM = 0.42
"""How tall a digit is at least that is no script."""

_DIGITS = frozenset("0123456789")
_NUMBER = _DIGITS | {".", ",", "-", "+"}


def read_grid(
    signs: Sequence[Sign], grid: Grid, read: Read, relations: Callable[[Band], tuple[float, ...]]
) -> Answer:
    """The table with what stands round it, as sure as all of its parts together.

    Args:
        signs: All signs of the picture.
        grid: The table.
        read: Reads some signs.
        relations: Where some signs have relations of full size.
    """
    parts: list[Answer] = []

    def told(band: Band, row: Band = ()) -> tuple[str, ...]:
        answer = read_cell(signs, band, read, row)
        parts.append(answer)
        return answer.words

    before = told(grid.before)
    table = _cases(signs, grid, told, relations) if not grid.right else _matrix(grid, told)
    words = (*before, *table, *told(grid.after))
    confidence = math.prod(part.confidence for part in parts)
    return Answer(words, confidence, all(part.complete for part in parts))


def _matrix(grid: Grid, told: _Told) -> tuple[str, ...]:
    body = _lines([[told(cell, _row(row)) for cell in row] for row in grid.cells])
    return (grid.left, "\\begin{matrix}", *body, "\\end{matrix}", grid.right)


def _cases(
    signs: Sequence[Sign],
    grid: Grid,
    told: _Told,
    relations: Callable[[Band], tuple[float, ...]],
) -> tuple[str, ...]:
    """Rows behind a brace: aligned equations, or cases with their conditions."""
    rows = [_row(row) for row in grid.cells]
    if len(grid.cells[0]) == 1:
        read = []
        for row in rows:
            whole = around(signs[number] for number in row)
            read.append(ReadRow(told(row), whole.left, whole.right, relations(row)))
        lines = aligned_rows(read)
        if lines is not None:
            return ("\\{", "\\begin{aligned}", *_joined(lines), "\\end{aligned}")
        return ("\\begin{cases}", *_joined([row.words for row in read]), "\\end{cases}")
    body = _lines([[told(cell, _row(row)) for cell in row] for row in grid.cells])
    return ("\\begin{cases}", *body, "\\end{cases}")


def _row(cells: Sequence[Band]) -> Band:
    return tuple(sorted(number for cell in cells for number in cell))


def _lines(rows: Sequence[Sequence[tuple[str, ...]]]) -> list[str]:
    words: list[str] = []
    for place, row in enumerate(rows):
        words += ["\\\\"] if place else []
        for column, cell in enumerate(row):
            words += ["&"] if column else []
            words += cell
    return words


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    return _lines([[tuple(line)] for line in lines])


def read_cell(signs: Sequence[Sign], band: Band, read: Read, row: Band = ()) -> Answer:
    """What stands by itself: nothing, one sign, a number, three dots, or what is to be read.

    Args:
        signs: All signs of the picture.
        band: The numbers of those to be read.
        read: Reads some signs.
        row: The numbers of those of its row in a table.
    """
    if not band:
        return Answer((), 1.0, complete=True)
    some = sorted((signs[number] for number in band), key=lambda sign: sign.left)
    sure = math.prod(sign.share for sign in some)
    dots = dots_word(signs, band, row)
    if dots:
        return Answer((dots,), sure, complete=True)
    if (
        any(sign.name in _DIGITS for sign in some)
        and all(sign.name in _NUMBER for sign in some)
        and all(sign.height >= FULL_EM for sign in some if sign.name in _DIGITS)
    ):
        return Answer(tuple(sign.name for sign in some), sure, complete=True)
    if len(some) == 1 and some[0].name == some[0].letter and some[0].name[-1] not in "{^_~<>":
        return Answer((some[0].name,), sure, complete=True)
    answer = read(band)
    return Answer(bare(answer.words), answer.confidence, answer.complete)
