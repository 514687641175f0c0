"""What ink on a page may be, by its size and by what was read in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from writetex_desktop.core.pages.places import Line, Piece
from writetex_desktop.core.pictures.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writetex_desktop.adapters.recogniser.pages.lines import SeenLine

ENDS = 0.25
"""Paper at each end of a line's box over its height."""

WORDED, WORDED_SHARE = 8, 0.7
"""Letters in words, and their share, that make a line text whatever its signs look like."""

FIGURE_EM = 4.0
"""How large what is no formula must be for a figure."""

ROOM_EM = 12.0
"""Room that one sign of a large display takes at most, in squares of the size of the text."""

_NO_SIGNS = frozenset(("{", "}", "^", "_", "&", "\\\\"))


def is_worded(line: SeenLine) -> bool:
    """Whether the network for letters read words in a line, though its signs look like a formula."""
    letters = sum(len(word) for word in line.text.split() if word.isalpha() and len(word) > 1)
    return letters >= WORDED and letters > WORDED_SHARE * len(line.text.replace(" ", ""))


def without_ends(box: Box) -> Box:
    """A line without the paper at its ends, so that columns are as far apart as they are."""
    inset = ENDS * box.height
    return Box(box.left + inset, box.top, max(box.left + inset + 1, box.right - inset), box.bottom)


def marked(line: Line) -> Line:
    """Give a line its bullet."""
    bullet = Piece("\u2022", Box(line.box.left, line.box.top, line.box.left, line.box.bottom))
    return replace(line, pieces=(bullet, *line.pieces))


def as_read(line: SeenLine) -> Line:
    """A line as the network for letters has it."""
    return Line(line.box, (Piece(line.text, line.box),), line.em_px)


def is_large(box: Box, em_px: float) -> bool:
    """Whether ink may be a display and is no speck."""
    return max(box.width, box.height) > 0.5 * em_px and box.height > 0.12 * em_px


def is_too_large(box: Box, words: Sequence[str], em_px: float) -> bool:
    """Whether what was read is far too little for the room that it takes: a figure taken for a sign."""
    signs = sum(word not in _NO_SIGNS for word in words)
    is_figure = box.height >= FIGURE_EM * em_px and box.width >= FIGURE_EM * em_px
    return is_figure and box.height * box.width > ROOM_EM * em_px * em_px * max(1, signs)


def may_be_formula(box: Box, em_px: float) -> bool:
    """Whether ink is of a size that displays have."""
    return box.height < 30 * em_px and box.height > 0.3 * em_px


def is_read(line: SeenLine) -> bool:
    """Whether the network for letters is sure of a line."""
    sure = [letter.chance for letter in line.letters if letter.text.strip()]
    return bool(sure) and sum(sure) / len(sure) > 0.6 and any(map(str.isalnum, line.text))  # noqa: PLR2004
