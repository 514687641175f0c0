r"""Puts the rows of a display together that were read one by one, aligned where their relations are.

Tokens are those of the recogniser: canonical LaTeX with each opening brace joined to what stands before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from writetex_desktop.core.pictures.parting.pieces import RELATIONS

UNDER_EM = 0.25
"""How far from one another the relations of aligned rows may stand."""

FLUSH_EM = 0.25
"""The same for the beginnings of rows that are flush left."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a display.

    Attributes:
        words: Its tokens.
        left: Where it begins, in ems.
        right: Where it ends.
        relations: Where its relations stand that are no scripts, from left to right.
    """

    words: tuple[str, ...]
    left: float
    right: float
    relations: tuple[float, ...]


def join_rows(rows: Sequence[ReadRow]) -> tuple[str, ...]:
    """The tokens of the whole display; those of the row where there is but one."""
    if len(rows) == 1:
        return rows[0].words
    aligned = aligned_rows(rows) or _flush_left(rows)
    name = "aligned" if aligned else "gathered"
    lines = aligned or [line for row in rows for line in _lines(row.words, name) or [row.words]]
    words: list[str] = [f"\\begin{{{name}}}"]
    for place, line in enumerate(lines):
        words += (["\\\\"] if place else []) + list(line)
    return (*words, f"\\end{{{name}}}")


def _flush_left(rows: Sequence[ReadRow]) -> list[tuple[str, ...]] | None:
    """The rows cut at their beginnings; None where they do not begin at one place, or are centred."""
    flush = max(row.left for row in rows) - min(row.left for row in rows) <= FLUSH_EM
    middles = [(row.left + row.right) / 2 for row in rows]
    centred = max(middles) - min(middles) <= FLUSH_EM
    if not flush or centred:
        return None
    return [line for row in rows for line in _lines(row.words, "aligned") or [("&", *row.words)]]


def aligned_rows(rows: Sequence[ReadRow]) -> list[tuple[str, ...]] | None:
    """The rows with their cuts before the relations that stand under one another; None where none do."""
    place = _common_relation(rows)
    if place is None:
        return None
    lines = []
    for row in rows:
        number = next((n for n, x in enumerate(row.relations) if abs(x - place) <= UNDER_EM), None)
        several = _lines(row.words, "aligned")
        if several:
            lines += several
        elif number is None:
            lines.append(("&", *row.words) if row.left >= place - UNDER_EM else row.words)
        else:
            lines.append(_cut(row.words, number))
    return lines


def _common_relation(rows: Sequence[ReadRow]) -> float | None:
    """Where relations of all rows that have any stand under one another, the first of a row at least once."""
    best: tuple[int, float] | None = None
    for x in rows[0].relations + tuple(row.relations[0] for row in rows[1:] if row.relations):
        count = sum(any(abs(x - other) <= UNDER_EM for other in row.relations) for row in rows)
        if best is None or count > best[0]:
            best = count, x
    related = sum(bool(row.relations) for row in rows)
    if best is None or best[0] < max(2, related, (len(rows) + 1) // 2):
        return None
    return best[1]


def _lines(words: tuple[str, ...], name: str) -> list[tuple[str, ...]] | None:
    """The lines of what is nothing but a display of its own; None where it is something else.

    Two rows without paper between them are read as one, which says that it is two.
    """
    if not words or (words[0], words[-1]) != (f"\\begin{{{name}}}", f"\\end{{{name}}}"):
        return None
    depth = 0
    lines: list[list[str]] = [[]]
    for word in words[1:-1]:
        depth += _step(word)
        if depth < 0:
            return None
        if word == "\\\\" and not depth:
            lines.append([])
        else:
            lines[-1].append(word)
    return [tuple(line) for line in lines]


def _cut(words: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The tokens with a cut before one of the relations that stand in no argument."""
    depth = 0
    places = []
    for place, word in enumerate(words):
        if word in RELATIONS and not depth:
            places.append(place)
        depth += _step(word)
    if not places:
        return words
    place = places[min(number, len(places) - 1)]
    return (*words[:place], "&", *words[place:])


def _step(word: str) -> int:
    """By how much deeper one is in arguments and displays after a token."""
    if word in {"}{", "]{"}:
        return 0
    if word == "}" or word.startswith("\\end{"):
        return -1
    return int(word == "\\sqrt" or word.startswith("\\begin{") or (word.endswith("{") and word != "\\{"))
