"""Lines of a column become headings, paragraphs, items, captions, footnotes and furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from writetex_desktop.core.formats.page import Paragraph, Role
from writetex_desktop.core.pages.hyphens import words_of
from writetex_desktop.core.pages.places import Line, Piece, Placed
from writetex_desktop.core.pages.sentences import joined_pieces, runs_of_pieces
from writetex_desktop.core.pictures.geometry import Box, around

LARGE: Final = 1.13
"""Size of a heading over that of the text at least."""

SMALL: Final = 0.9
"""Size of a footnote over that of the text at most."""

INDENT_EM: Final = 0.7
"""How far the first line of a paragraph is set in at least."""

APART: Final = 1.45
"""Distance of two lines over the usual one from which on they are two paragraphs."""

SAME_ROW: Final = 0.5
"""Share of their height that two parts of one line have in common."""

OVERLAP: Final = 0.2
"""Share of their width that parts of one line may have in common."""

OTHER_EM, OTHER_HEIGHT = 1.12, 1.08
"""Sizes of the signs and heights of two lines over each other, from which on they are set in two sizes."""

LARGEST, LARGER, NOT_LARGER = 1.5, 1.25, 1.05
"""Sizes over that of the text that tell the level of a heading."""

DROPPED: Final = 1.6
"""Size of a large first letter over that of the text at least."""

HEADING_ROWS: Final = 3
"""Lines of a heading at most."""

EDGE: Final = 0.085
"""Share of the page at its upper and lower edge where furniture stands."""

_MARK: Final = re.compile(
    r"(?P<mark>[\u2022\u25cf\u25aa\u00b7\u2219\u25e6\u25cb\u25a0*]|[-\u2013\u2014](?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s|[A-Z]))\s*"
)
_CAPTION: Final = re.compile(
    r"(?:Fig(?:ure|\.)|Tab(?:le|\.)|Abb(?:ildung|\.)|Tabelle)\s*\d|[\u56fe\u8868]\s*\d", re.IGNORECASE
)
_NUMBER_ONLY: Final = re.compile(
    r"(?:page|seite|p\.)?\s*[-\u2013\u2014]*\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:[/|]|of|von)?\s*\d{0,4}\s*[-\u2013\u2014]*",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\S")
_SENTENCE_END: Final = tuple(".!?:;\u3002\uff01\uff1f\uff1a")
_NOTE: Final = re.compile(r"(\d{1,2}|[*\u2020\u2021\u00a7])\s*(?=[A-Z\u201c(\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual on a page.

    Attributes:
        em_px: The size of most of its text.
        pitch_px: From one line to the next.
        width: Of the page.
        height: Of the page.
        is_page: Whether it is a page and no snip, so that it has edges where furniture stands.
        words: Those of its lines that are whole, in small letters.
    """

    em_px: float
    pitch_px: float
    width: float
    height: float
    is_page: bool
    words: frozenset[str] = frozenset()


def style_of(lines: Sequence[Line], width: float, height: float) -> Style:
    """Tell what is usual by the lines of a page."""
    sized = [line.em_px for line in lines for _ in range(max(1, len(line.text)))]
    em = median(sized) if sized else 12.0
    tops = sorted(line.box.middle for line in lines)
    steps = [below - above for above, below in pairwise(tops) if 0.7 * em < below - above < 2.6 * em]
    return Style(
        em,
        median(steps) if steps else 1.25 * em,
        width,
        height,
        height > 40 * em and width > 25 * em,
        words_of(line.text for line in lines),
    )


def blocks_of_column(items: Iterable[Line | Placed], style: Style) -> list[Placed]:
    """Give the blocks of a column from top to bottom; what is a block already stays in its place."""
    blocks: list[Placed] = []
    lines: list[Line] = []
    for item in [*items, None]:
        if isinstance(item, Line):
            lines.append(item)
            continue
        blocks += _text_blocks(lines, style)
        lines = []
        if item is not None:
            blocks.append(item)
    return blocks


def rows_of(lines: Sequence[Line]) -> list[Line]:
    """Join the parts of lines that stand side by side, and a large first letter with its line."""
    usual = median(line.em_px for line in lines) if lines else 0.0
    drops = [line for line in lines if line.em_px > DROPPED * usual and _is_capital(line)]
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if line not in drops), key=lambda line: line.box.middle):
        for row in rows[-3:]:
            if all(
                line.box.shared_height(other.box) >= SAME_ROW and line.box.shared_width(other.box) < OVERLAP
                for other in row
            ):
                row.append(line)
                break
        else:
            rows.append([line])
    joined = sorted((_row(row) for row in rows), key=lambda line: line.box.middle)
    for drop in drops:
        beside = [at for at, row in enumerate(joined) if drop.box.shared_height(row.box) >= SAME_ROW]
        if beside:
            joined[beside[0]] = _with_capital(drop, joined[beside[0]])
        else:
            joined.append(drop)
    return sorted(joined, key=lambda line: line.box.middle)


def _row(parts: list[Line]) -> Line:
    parts = sorted(parts, key=lambda line: line.box.left)
    if len(parts) == 1:
        return parts[0]
    main = max(parts, key=lambda line: len(line.text))
    pieces = tuple(piece for part in parts for piece in part.pieces)
    return Line(around(part.box for part in parts), pieces, main.em_px, all(part.is_bold for part in parts))


def _is_capital(line: Line) -> bool:
    return len(line.text) == 1 and line.text.isalpha()


def _with_capital(drop: Line, row: Line) -> Line:
    first = row.pieces[0]
    if first.is_formula:
        return replace(row, pieces=(*drop.pieces, *row.pieces))
    text = drop.text + first.text
    return replace(row, pieces=(replace(first, text=text), *row.pieces[1:]))


def _text_blocks(lines: Sequence[Line], style: Style) -> Iterator[Placed]:
    rows = rows_of(lines)
    if not rows:
        return
    left, right = _edges(rows)
    group: list[Line] = []
    for row in rows:
        if group and _begins(group, row, left, right, style):
            yield _block(group, style)
            group = []
        group.append(row)
    yield _block(group, style)


def _edges(rows: Sequence[Line]) -> tuple[float, float]:
    lefts, rights = sorted(row.box.left for row in rows), sorted(row.box.right for row in rows)
    return lefts[len(lefts) // 5], rights[-1 - len(rights) // 10]


def _begins(group: Sequence[Line], row: Line, left: float, right: float, style: Style) -> bool:
    """Whether a line begins a block of its own."""
    last = group[-1]
    if row.box.middle - last.box.middle > APART * style.pitch_px * max(1.0, row.em_px / style.em_px):
        return True
    if _differ(row, last) or row.is_bold != last.is_bold:
        return True
    if _MARK.match(row.text) and not _CAPTION.match(group[0].text):
        return True
    if _CAPTION.match(row.text) and row.box.middle - last.box.middle > 1.2 * style.pitch_px:
        return True
    return _begins_by_place(group, row, left, right, style)


def _differ(row: Line, last: Line) -> bool:
    """Whether two lines are of different sizes: by their signs and by their heights, for each alone errs."""
    larger, smaller = sorted((row, last), key=lambda line: line.em_px, reverse=True)
    return larger.em_px > OTHER_EM * smaller.em_px and larger.box.height > OTHER_HEIGHT * smaller.box.height


def _begins_by_place(group: Sequence[Line], row: Line, left: float, right: float, style: Style) -> bool:
    """The same, by where the line and that before it begin and end."""
    last, em = group[-1], row.em_px
    if row.is_bold and row.em_px > LARGE * style.em_px and not _SECTION.match(row.text):
        return False  # what goes on of a heading hangs behind its number
    is_item = bool(_MARK.match(group[0].text))
    if is_item and row.box.left < group[0].box.left + 0.3 * em and last.text.endswith(_SENTENCE_END):
        return True
    is_set_in = INDENT_EM * em < row.box.left - left < 5 * em
    if is_set_in and not is_item and last.box.left < row.box.left - INDENT_EM * em:
        return not _is_centred(row, last)
    room = right - last.box.right
    word = row.pieces[0].text.split(" ")[0] if row.pieces else ""
    would_fit = room > (0.5 * len(word) + 1.5) * em
    return would_fit and last.text.endswith(_SENTENCE_END)


def _is_centred(row: Line, last: Line) -> bool:
    return (
        abs(row.box.centre - last.box.centre) < 0.5 * row.em_px and row.box.right < last.box.right - row.em_px
    )


def _block(rows: Sequence[Line], style: Style) -> Placed:
    box = around(row.box for row in rows)
    pieces = joined_pieces(rows, style.words)
    text = rows[0].text
    em = median(row.em_px for row in rows)
    role, level, mark = Role.TEXT, 0, ""
    words = " ".join(row.words for row in rows)
    if (furniture := _is_furniture(rows, box, style)) or _is_note(rows, box, style):
        role = Role.FURNITURE if furniture else Role.FOOTNOTE
        if note := _NOTE.match(text):
            mark = "" if furniture else note[1]
            pieces = pieces if furniture else _without(pieces, note[0])
    elif _CAPTION.match(text):
        role = Role.CAPTION
    elif level := _level(rows, words, em, style):
        pass
    elif (item := _MARK.match(text)) and not pieces[0].is_formula:
        mark = (
            "-"
            if not item["mark"][:2].strip("()").isalnum() and not item["mark"][:1].isalnum()
            else item["mark"]
        )
        role, pieces = Role.ITEM, _without(pieces, item[0])
    block = Paragraph(runs_of_pieces(pieces), level, role, mark)
    formulas = tuple(piece.seen for piece in pieces if piece.is_formula)
    sure = [piece.confidence for piece in pieces if not piece.is_formula]
    return Placed(block, box, formulas, sum(sure) / len(sure) if sure else 1.0)


def _level(rows: Sequence[Line], words: str, em: float, style: Style) -> int:
    """What heading it is; 0 for text."""
    if len(rows) > HEADING_ROWS or not any(map(str.isalpha, words)) or words.rstrip().endswith((",", ";")):
        return 0
    section = _SECTION.match(rows[0].text)
    size = em / style.em_px
    bold = all(row.is_bold for row in rows) and not words.rstrip().endswith(".")
    if size < LARGE and not (bold and len(words) < 90):  # noqa: PLR2004 - letters
        return 0
    if section:
        return min(6, section[1].count(".") + 1) + (1 if size < NOT_LARGER and "." not in section[1] else 0)
    return 1 if size > LARGEST else 2 if size > LARGER else 3


def _is_furniture(rows: Sequence[Line], box: Box, style: Style) -> bool:
    """Whether it is a page's number or its running head."""
    if not style.is_page or len(rows) > 1:
        return False
    at_edge = box.bottom < EDGE * style.height or box.top > (1 - EDGE) * style.height
    if not at_edge:
        return False
    text = rows[0].text.strip()
    return bool(_NUMBER_ONLY.fullmatch(text)) or rows[0].em_px < LARGE * style.em_px


def _is_note(rows: Sequence[Line], box: Box, style: Style) -> bool:
    small = median(row.em_px for row in rows) < SMALL * style.em_px
    return style.is_page and small and box.top > 0.6 * style.height and bool(_NOTE.match(rows[0].text))


def _without(pieces: tuple[Piece, ...], start: str) -> tuple[Piece, ...]:
    """Take a mark off the first words."""
    first = pieces[0]
    rest = (
        first.text[len(start) :]
        if first.text.startswith(start.rstrip())
        else first.text.lstrip("".join(set(start)))
    )
    kept = (replace(first, text=rest.lstrip()),) if rest.strip() else ()
    return (*kept, *pieces[1:]) or pieces
