"""The ink of a picture as a value: what is stroke, what is paper, and the pieces that hang together."""

import re
from dataclasses import dataclass, field
from typing import Final

from writetex_desktop.core.pictures.geometry import Rect

GRID: Final = 24
"""Cells a side of the square grid onto which the shape of a piece is put."""

MOST_PIECES: Final = 300
"""A picture with more pieces is a photograph or a page, and not looked at further."""

_NEAR: Final = 0.6

_RUN = re.compile(rb"\xff+")
_ROW: Final = (1 << GRID) - 1
_LEFT_EDGE: Final = sum(1 << row * GRID for row in range(GRID))
_ALL: Final = (1 << GRID * GRID) - 1


@dataclass(frozen=True, slots=True)
class Ink:
    """Strokes of a picture that was cut to its content.

    Attributes:
        width: Pixels a row.
        mask: One byte a pixel, rows from top to bottom: 255 is a stroke, 0 is paper.
        place: Where this stands in the picture it was taken from, in pixels of that picture.
    """

    width: int
    mask: bytes = field(repr=False)
    place: Rect

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.mask) // self.width


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink that hangs together.

    Attributes:
        left: First column.
        top: First row.
        width: Columns.
        height: Rows.
        ink: Pixels of ink.
        shape: The ink on a square grid that its box is stretched to, a bit a cell, row after row.
        halo: `shape` with all cells that touch it.
    """

    left: float
    top: float
    width: float
    height: float
    ink: int
    shape: int
    halo: int

    @property
    def right(self) -> float:
        """Column after the last."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Row after the last."""
        return self.top + self.height


_Run = tuple[int, int, int]
"""Row, first column, column after the last."""


def pieces_of(ink: Ink) -> tuple[Piece, ...]:
    """Give the pieces, diagonals hang together too, from left to right; none when there are too many."""
    gathered = _Gatherer().gather(ink)
    if len(gathered) > MOST_PIECES:
        return ()
    return tuple(sorted(map(_piece, gathered), key=lambda piece: piece.left))


def united(pieces: tuple[Piece, ...]) -> Piece:
    """Give several pieces as one."""
    left, top = min(each.left for each in pieces), min(each.top for each in pieces)
    right, bottom = max(each.right for each in pieces), max(each.bottom for each in pieces)
    shape = 0
    for each in pieces:
        shape |= _placed(each, left, top, right - left, bottom - top)
    return Piece(
        left, top, right - left, bottom - top, sum(each.ink for each in pieces), shape, _grown(shape)
    )


def moved(piece: Piece, scale: float, x: float = 0.0, y: float = 0.0) -> Piece:
    """Give a piece as it is in a picture that was enlarged and then moved."""
    return Piece(
        piece.left * scale + x,
        piece.top * scale + y,
        piece.width * scale,
        piece.height * scale,
        piece.ink,
        piece.shape,
        piece.halo,
    )


def unlikeness(one: Piece, other: Piece) -> float:
    """Say how different two shapes are, whatever their sizes: 0 for the same, 1.6 for nothing in common.

    What is off by one cell counts for little: it is the grid of the pixels, or the weight of the stroke.
    """
    far = (one.shape & ~other.halo).bit_count() + (other.shape & ~one.halo).bit_count()
    near = (one.shape ^ other.shape).bit_count()
    return (far + _NEAR * near) / (one.shape.bit_count() + other.shape.bit_count())


class _Gatherer:
    """Gathers the runs of each piece in one pass over the rows."""

    def __init__(self) -> None:
        self._owners: list[int] = []
        self._runs: list[list[_Run]] = []

    def gather(self, ink: Ink) -> list[list[_Run]]:
        """Give the runs of each piece."""
        above: list[tuple[int, int, int]] = []
        for y, start in enumerate(range(0, len(ink.mask), ink.width)):
            row: list[tuple[int, int, int]] = []
            first = 0
            for match in _RUN.finditer(ink.mask, start, start + ink.width):
                left, right = match.start() - start, match.end() - start
                while first < len(above) and above[first][1] < left:
                    first += 1
                owner = self._owner(above, first, right)
                self._runs[owner].append((y, left, right))
                row.append((left, right, owner))
            above = row
        return [each for each in self._runs if each]

    def _owner(self, above: list[tuple[int, int, int]], first: int, right: int) -> int:
        """Join all that a run touches, and give what it belongs to."""
        owner = -1
        for index in range(first, len(above)):
            if above[index][0] > right:
                break
            touched = self._root(above[index][2])
            if owner < 0:
                owner = touched
            elif touched != owner:
                self._runs[owner] += self._runs[touched]
                self._runs[touched] = []
                self._owners[touched] = owner
        if owner < 0:
            owner = len(self._owners)
            self._owners.append(owner)
            self._runs.append([])
        return owner

    def _root(self, piece: int) -> int:
        while self._owners[piece] != piece:
            piece = self._owners[piece]
        return piece


def _piece(runs: list[_Run]) -> Piece:
    top, bottom = min(run[0] for run in runs), max(run[0] for run in runs) + 1
    left, right = min(run[1] for run in runs), max(run[2] for run in runs)
    width, height = right - left, bottom - top
    rows = [0] * GRID
    for y, start, end in runs:
        a = (start - left) * GRID // width
        b = -((left - end) * GRID // width)
        bits = ((1 << (b - a)) - 1) << a
        c = (y - top) * GRID // height
        for cell in range(c, max(c + 1, (y - top + 1) * GRID // height)):
            rows[cell] |= bits
    shape = 0
    for number, bits in enumerate(rows):
        shape |= bits << number * GRID
    return Piece(left, top, width, height, sum(end - start for _y, start, end in runs), shape, _grown(shape))


def _grown(shape: int) -> int:
    wide = shape | (shape << 1 & ~_LEFT_EDGE) | (shape & ~_LEFT_EDGE) >> 1
    return (wide | wide << GRID | wide >> GRID) & _ALL


def _placed(piece: Piece, left: float, top: float, width: float, height: float) -> int:
    """Put the shape of a piece onto the grid of a larger box."""
    shape = 0
    for row in range(GRID):
        bits = piece.shape >> row * GRID & _ROW
        if not bits:
            continue
        y = int((piece.top - top + (row + 0.5) / GRID * piece.height) / height * GRID)
        line = 0
        for column in range(GRID):
            if bits >> column & 1:
                x = int((piece.left - left + (column + 0.5) / GRID * piece.width) / width * GRID)
                line |= 1 << min(x, GRID - 1)
        shape |= line << min(y, GRID - 1) * GRID
    return shape
