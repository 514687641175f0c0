r"""Compares a page that was read with what was set: words, formulas, displays, order, cells."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.page import Block, Formula, Grid, Paragraph, Role, Run, Words
from writetex_desktop.core.formats.page_text import line_of, runs_of
from writetex_desktop.core.latex.canonical import canonicalize

MARK = "\u25ca"
"""Stands for a formula among the words."""

ALIKE = 0.5
"""Tokens that a display has in common with the one that was set, from which on it was found."""

HEAD = 24
"""Characters by which a paragraph is found again."""

_SAME = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\ufb01": "fi", "\ufb02": "fl"}
)
_NUMBER = re.compile(r"[0-9.,;:()!?]+")
_TAG = re.compile(r"\\tag\{[^{}]*\}")


@dataclass(slots=True)
class Score:
    """Counts of one page or many."""

    letters: int = 0
    letters_wrong: int = 0
    letters_lost: int = 0
    inlines: int = 0
    inlines_read: int = 0
    inlines_found: int = 0
    inlines_right: int = 0
    displays: int = 0
    displays_found: int = 0
    displays_right: int = 0
    displays_false: int = 0
    cells: int = 0
    cells_right: int = 0
    tables_false: int = 0
    headings: int = 0
    headings_found: int = 0
    pages: int = 0
    pages_in_order: int = 0
    seconds: float = 0.0

    def add(self, other: "Score") -> None:
        """Count another page."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was read otherwise."""

    kind: str
    meant: str
    read: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says, flat.

    Attributes:
        text: Words of all blocks but tables, formulas as `MARK`.
        inlines: The formulas among them.
        displays: The others.
        headings: Their words.
        tables: Rows of cells.
    """

    text: str
    inlines: tuple[str, ...]
    displays: tuple[str, ...]
    headings: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def canonical(latex: str) -> str:
    """The canonical form, without the number of an equation; what has none as it is."""
    plain = _TAG.sub("", latex).strip()
    try:
        return canonicalize(plain).rstrip(" .,;")
    except (WriteTexError, ValueError):
        return plain


def told_of(blocks: Iterable[Block]) -> Told:
    """Say what was read."""
    words: list[str] = []
    inlines: list[str] = []
    displays: list[str] = []
    headings: list[str] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    for block in blocks:
        match block:
            case Paragraph(role=Role.FURNITURE):
                pass
            case Paragraph(runs, level):
                displays += [run.latex for run in runs if isinstance(run, Formula) and run.display]
                text, formulas = _flat(runs)
                words.append(text)
                inlines += formulas
                if level:
                    headings.append(text)
            case Grid(rows):
                tables.append(tuple(tuple(_cell(line_of(cell)) for cell in row) for row in rows))
            case _:
                pass
    text = " ".join(" ".join(words).split()).translate(_SAME)
    return Told(text, tuple(inlines), tuple(displays), tuple(headings), tuple(tables))


def meant_by(parts: Sequence[dict[str, object]]) -> list[Block]:
    """The parts of a plan as blocks."""
    blocks: list[Block] = []
    for part in parts:
        text = str(part["text"])
        match part["kind"]:
            case "display":
                blocks.append(Paragraph((Formula(text, display=True),)))
            case "table":
                rows = part["rows"]
                assert isinstance(rows, list)
                blocks.append(Grid(tuple(tuple(runs_of(cell) for cell in row) for row in rows)))
            case kind:
                blocks.append(Paragraph(runs_of(text), 1 if kind == "heading" else 0))
    return blocks


def numbered(parts: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The parts with the numbers that LaTeX puts before headings."""
    found: list[dict[str, object]] = []
    for part in parts:
        count = 1 + sum(each["kind"] == "heading" for each in found)
        found.append({**part, "text": f"{count} {part['text']}"} if part["kind"] == "heading" else part)
    return found


def _flat(runs: Sequence[Run]) -> tuple[str, list[str]]:
    text, formulas = "", []
    for run in runs:
        if isinstance(run, Words):
            text += run.text
        elif not run.display:
            latex = canonical(run.latex)
            # A number is set in the same way whether it is meant as a formula or not.
            if _NUMBER.fullmatch(latex.replace(" ", "")):
                text += latex.replace(" ", "")
            else:
                text += MARK
                formulas.append(latex)
    return " ".join(text.split()), formulas


def _cell(text: str) -> str:
    def canon(found: re.Match[str]) -> str:
        latex = canonical(found[1])
        return latex if _NUMBER.fullmatch(latex.replace(" ", "")) else MARK + latex + MARK

    return re.sub(r"\\\((.*?)\\\)", canon, text).translate(_SAME).replace(" ", "")


def compare(meant: Told, read: Told, starts: Sequence[str]) -> tuple[Score, list[Fault]]:
    """Compare what was read with what was meant.

    Args:
        meant: What was set.
        read: What was read.
        starts: How the paragraphs begin, in their order.
    """
    score, faults = Score(pages=1), []
    matcher = difflib.SequenceMatcher(None, meant.text, read.text, autojunk=False)
    plain, plain_read = (each.text.replace(MARK, "") for each in (meant, read))
    same = sum(
        meant.text[match.a : match.a + match.size].replace(MARK, "").__len__()
        for match in matcher.get_matching_blocks()
    )
    score.letters = len(plain)
    score.letters_wrong = max(len(plain), len(plain_read)) - same
    score.letters_lost = len(plain) - same
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            around = slice(max(0, a - 18), b + 18), slice(max(0, c - 18), d + 18)
            faults.append(Fault("words", meant.text[around[0]], read.text[around[1]]))
    _inlines(score, faults, meant, read, matcher)
    _displays(score, faults, meant, read)
    _cells(score, faults, meant, read)
    score.headings = len(meant.headings)
    score.headings_found = sum(each in read.headings for each in meant.headings)
    faults += [Fault("heading", each, "") for each in meant.headings if each not in read.headings]
    places = [read.text.find(start) for start in starts]
    known = [place for place in places if place >= 0]
    score.pages_in_order = int(known == sorted(known))
    if known != sorted(known):
        faults.append(Fault("order", " | ".join(starts), str(places)))
    return score, faults


def starts_of(parts: Sequence[dict[str, object]]) -> list[str]:
    """How paragraphs begin that can be told by it."""
    heads = [str(part["text"]).split("\\(")[0][:HEAD] for part in parts if part["kind"] in {"text", "item"}]
    return [head.translate(_SAME) for head in heads if len(head) == HEAD and heads.count(head) == 1]


def _inlines(
    score: Score, faults: list[Fault], meant: Told, read: Told, matcher: difflib.SequenceMatcher[str]
) -> None:
    score.inlines, score.inlines_read = len(meant.inlines), len(read.inlines)
    for match in matcher.get_matching_blocks():
        first, first_read = meant.text[: match.a].count(MARK), read.text[: match.b].count(MARK)
        for at in range(meant.text[match.a : match.a + match.size].count(MARK)):
            score.inlines_found += 1
            true, got = meant.inlines[first + at], read.inlines[first_read + at]
            score.inlines_right += true == got
            if true != got:
                faults.append(Fault("inline", true, got))


def _displays(score: Score, faults: list[Fault], meant: Told, read: Told) -> None:
    left = [canonical(each) for each in read.displays]
    score.displays = len(meant.displays)
    for latex in map(canonical, meant.displays):
        tokens = latex.split()
        ratios = [
            (difflib.SequenceMatcher(None, tokens, each.split(), autojunk=False).ratio(), each)
            for each in left
        ]
        best = max(ratios, default=(0.0, ""))
        if best[0] >= ALIKE:
            score.displays_found += 1
            score.displays_right += best[1] == latex
            left.remove(best[1])
        if best[1] != latex or best[0] < ALIKE:
            faults.append(Fault("display" if best[0] >= ALIKE else "display lost", latex, best[1]))
    score.displays_false = len(left)
    faults += [Fault("display false", "", each) for each in left]


def _cells(score: Score, faults: list[Fault], meant: Told, read: Told) -> None:
    left = list(read.tables)
    for table in meant.tables:
        score.cells += sum(map(len, table))
        shared = [(_shared(table, other), other) for other in left]
        if not shared or (best := max(shared))[0] == 0:
            faults.append(Fault("table lost", str(table), ""))
            continue
        score.cells_right += best[0]
        left.remove(best[1])
        if best[0] < sum(map(len, table)):
            faults.append(Fault("table", str(table), str(best[1])))
    score.tables_false = len(left)
    faults += [Fault("table false", "", str(each)) for each in left]


def _shared(table: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> int:
    return sum(
        cell == got
        for row, other_row in zip(table, other, strict=False)
        for cell, got in zip(row, other_row, strict=False)
    )
