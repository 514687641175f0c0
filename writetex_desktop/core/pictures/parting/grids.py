r"""Tables in a picture: what tall delimiters hold in rows and columns, cell by cell.

Between two columns lies more paper than between two signs of one cell: LaTeX's own is an em, Typst's half,
that round a relation a quarter, a blank between words a third.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.parting.bands import Band, bands_of, columns_of
from writetex_desktop.core.pictures.parting.signs import Sign, tall_pairs

COLUMN_GAP_EM = 0.37
"""Paper between two columns at least, in all rows at once. Typst leaves half an em."""

BRACED_GAP_EM = 0.62
"""The same behind a brace alone: rows there are often aligned at a relation, which has paper round it."""

TALL_EM = 1.7
"""How tall a delimiter is that holds more than one row."""

LEVEL_EM = 0.35
"""How far the ends of two delimiters of one table may be from a level."""

SCRIPT_EM = 0.45
"""How near to a right delimiter a sign stands that may be a power of the table."""

SMALL_CELL = 3
"""Signs up to which a column of two rows in round brackets may be a binomial, which is left to the reader."""

_RIGHT = {"(": ")", "[": "]", "\\{": "\\}", "|": "|", "\\|": "\\|"}
_ENDS = ("^", "_", "~")


@dataclass(frozen=True, slots=True)
class Grid:
    r"""A table and what stands before and behind it, signs by their numbers.

    Attributes:
        before: What is to be read before it.
        left: Its left delimiter.
        cells: Its rows from the top, in each the cells from the left; a cell may be empty.
        right: Its right delimiter; empty where there is none.
        after: What is to be read behind it.
    """

    before: Band
    left: str
    cells: tuple[tuple[Band, ...], ...]
    right: str
    after: Band


@dataclass(frozen=True, slots=True)
class _Delimiter:
    name: str
    box: Box
    numbers: Band


def grid_of(signs: Sequence[Sign], chosen: Band) -> Grid | None:
    """The first table among some signs; None where there is none that can be told for sure."""
    delimiters = _delimiters(signs, chosen)
    for opening in delimiters:
        if opening.name not in _RIGHT:
            continue
        closing = _closing(opening, delimiters)
        if closing is None and opening.name != "\\{":
            continue
        grid = _between(signs, chosen, opening, closing)
        if grid is not None:
            return grid
    return None


def _delimiters(signs: Sequence[Sign], chosen: Band) -> list[_Delimiter]:
    """The tall delimiters, from the left; those of several pieces whole."""
    some = [signs[number] for number in chosen]
    found = []
    for first, last in tall_pairs(some):
        upper, lower = some[first], some[last]
        box = Box(
            min(upper.left, lower.left),
            upper.top,
            max(upper.right, lower.right),
            max(upper.bottom, lower.bottom),
        )
        between = [
            chosen[place]
            for place, sign in enumerate(some)
            if place in {first, last} or (sign.name == upper.name[:-1] + "~" and _holds(box, sign))
        ]
        found.append(_Delimiter(upper.name[:-1], box, tuple(between)))
    for number, sign in zip(chosen, some, strict=True):
        if sign.height >= TALL_EM and sign.name in {*_RIGHT, *_RIGHT.values()}:
            box = Box(sign.left, sign.top, sign.right, sign.bottom)
            found.append(_Delimiter(sign.name, box, (number,)))
    return sorted(
        (each for each in found if each.box.height >= TALL_EM),
        key=lambda each: (each.box.left, -each.box.height),
    )


def _holds(box: Box, sign: Sign) -> bool:
    return abs(sign.centre - (box.left + box.right) / 2) < LEVEL_EM and box.top < sign.middle < box.bottom


def _closing(opening: _Delimiter, delimiters: Sequence[_Delimiter]) -> _Delimiter | None:
    """The next delimiter of the right kind that is as tall and stands as high."""
    return next(
        (
            each
            for each in delimiters
            if each.name == _RIGHT[opening.name]
            and each.box.left > opening.box.right
            and abs(each.box.top - opening.box.top) < LEVEL_EM
            and abs(each.box.bottom - opening.box.bottom) < LEVEL_EM
        ),
        None,
    )


def _between(
    signs: Sequence[Sign], chosen: Band, opening: _Delimiter, closing: _Delimiter | None
) -> Grid | None:
    marks = {*opening.numbers, *(closing.numbers if closing else ())}
    end = closing.box.left if closing else float("inf")
    rest = [number for number in chosen if number not in marks]
    before = tuple(number for number in rest if signs[number].centre < opening.box.left)
    body = tuple(number for number in rest if opening.box.left <= signs[number].centre < end)
    after = tuple(number for number in rest if signs[number].centre >= end)
    box = opening.box
    if not body or any(
        not box.top - LEVEL_EM < signs[number].middle < box.bottom + LEVEL_EM for number in body
    ):
        return None
    if closing and any(_is_script(signs[number], closing.box) for number in after):
        return None
    if not closing and len(bands_of(signs, before)) > 1:
        return None
    rows = bands_of(signs, body)
    columns = columns_of(signs, body, COLUMN_GAP_EM)
    if not closing and not _are_conditions(signs, rows, columns):
        columns = columns_of(signs, body, BRACED_GAP_EM)
    if len(rows) < 2:  # noqa: PLR2004 - one row is no table
        return None
    cells = tuple(tuple(_both(row, column) for column in columns) for row in rows)
    small = len(columns) == 1 and len(rows) == 2 and max(map(len, rows)) <= SMALL_CELL  # noqa: PLR2004
    if opening.name == "(" and small:
        return None
    return Grid(before, opening.name, cells, closing.name if closing else "", after)


def _are_conditions(signs: Sequence[Sign], rows: Sequence[Band], columns: Sequence[Band]) -> bool:
    """Whether there are two columns, the second of which begins with a word in every row."""
    if len(columns) != 2:  # noqa: PLR2004 - values and conditions
        return False
    cells = [_both(row, columns[1]) for row in rows]
    return all(
        cell
        and min((signs[number] for number in cell), key=lambda sign: sign.left).name.startswith("\\mathrm{")
        for cell in cells
    )


def _is_script(sign: Sign, box: Box) -> bool:
    near = sign.left - box.right < SCRIPT_EM
    aside = sign.bottom < box.top + box.height * 0.4 or sign.top > box.bottom - box.height * 0.4
    return near and aside


def _both(row: Band, column: Band) -> Band:
    members = set(column)
    return tuple(number for number in row if number in members)
