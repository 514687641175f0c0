"""The words of a formula in AsciiMath, and how they stand side by side.

The parser takes two words for one where they touch, ends a group at any closing bracket whatsoever, and
takes `((a,b),(c,d))` for a matrix wherever it stands. What is written here is safe from all three.

Source: the reference parser, https://github.com/asciimath/asciimathml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from writetex_desktop.core.formats.asciimath.signs import LEFT, RIGHT
from writetex_desktop.core.formats.mathml.tree import cannot
from writetex_desktop.core.language.words import tr

TARGET: Final = "AsciiMath"

JOINTS: Final = frozenset({"_", "^", "/", ""})
"""Pieces that touch their neighbours on both sides; the last one only keeps them together."""

QUOTED_COMMA: Final = '","'
"""A comma that parts no cells."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket of the formula, which may or may not have a partner among its neighbours."""

    sign: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces in brackets.

    Attributes:
        pieces: What they hold.
        left: The opening bracket, perhaps with the function before it, as in `sqrt(`.
        right: The closing bracket.
        is_table: Whether it is meant to be the rows of a table.
    """

    pieces: "tuple[Piece, ...]"
    left: str = "("
    right: str = ")"
    is_table: bool = False


Piece = str | Bracket | Group


def quoted(text: str) -> str:
    """Write running text, or a sign that would mean something else to the parser.

    Raises:
        ConversionError: It holds a quotation mark, for which there is no other spelling.
    """
    if '"' in text:
        raise cannot(tr("A quotation mark"), TARGET)
    return f'"{text}"'


def paired(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Make groups of brackets that belong together; one without a partner becomes text."""
    rows: list[list[Piece]] = [[]]
    opened: list[str] = []
    for piece in pieces:
        if not isinstance(piece, Bracket):
            rows[-1].append(piece)
        elif piece.opens:
            opened.append(piece.sign)
            rows.append([])
        elif opened:
            inner = rows.pop()
            rows[-1] += fenced(opened.pop(), inner, piece.sign)
        else:
            rows[-1].append(_alone(piece.sign))
    while opened:
        inner = rows.pop()
        rows[-1] += [_alone(opened.pop()), *inner]
    return tuple(rows[0])


def fenced(left: str, inner: Sequence[Piece], right: str) -> tuple[Piece, ...]:
    """Put pieces between two brackets of the formula; an empty one is not seen."""
    function = {"⌊⌋": "floor(", "⌈⌉": "ceil(", "||": "abs(", "∣∣": "abs(", "‖‖": "norm(", "∥∥": "norm("}
    if left + right in function:
        return (Group(tuple(inner), function[left + right]),)
    if left in LEFT and right in RIGHT:
        return (Group(tuple(inner), LEFT[left], RIGHT[right]),)
    return (_alone(left), *inner, _alone(right))


def _alone(bracket: str) -> str:
    return quoted(bracket) if bracket in "()[]{}" else bracket


def joined(pieces: Sequence[Piece]) -> str:
    """Write pieces with the blanks that they need, and some that the eye wants."""
    written = ""
    before: Piece = ""
    for piece in _with_clear_bars(paired(pieces)):
        text = piece if isinstance(piece, str) else _in_brackets(piece)
        if _is_blank_between(written, before, piece, text):
            written += " "
        written += text
        before = piece
    return written


def _is_blank_between(written: str, before: Piece, piece: Piece, text: str) -> bool:
    if before in JOINTS or piece in JOINTS:
        return piece == "^" and written.endswith("^")
    return not _touches(written, before, piece, text)


def _touches(written: str, before: Piece, piece: Piece, text: str) -> bool:
    """Whether two pieces may stand without a blank between them, and look better so."""
    if text in {",", "!"} or text.startswith("'"):
        return not written.endswith(":")
    if not isinstance(before, str):
        return False
    if isinstance(piece, Group):
        is_call = before.isalpha() and text[0] == "("
        return (is_call or written in _SIGNS_OF_NUMBERS) and not text.startswith("(:")
    is_factor = written == before or written.endswith((f" {before}", f"({before}"))
    is_product = is_factor and before[-1].isdigit() and len(text) == 1 and text.isalpha()
    return is_product or (written in _SIGNS_OF_NUMBERS and text[0].isalnum())


_SIGNS_OF_NUMBERS: Final = frozenset({"-", "+"})


def _in_brackets(group: Group | Bracket) -> str:
    assert isinstance(group, Group)
    pieces = paired(group.pieces)
    if group.right == ":|" and pieces.count("|") % 2:
        # One bar among them would be taken for the partner of the one that closes.
        pieces = tuple(":|:" if piece == "|" else piece for piece in pieces)
    if not group.is_table and _is_read_as_table(pieces, group.right):
        pieces = _no_table(pieces)
    inner = joined(pieces)
    is_bar = group.left == "|"
    first, last = inner[:1], inner[-1:]
    blank_left = " " if first == ":" or (is_bar and not first.isalnum() and first != "(") else ""
    # `-:`, `|:` and `(:` are words of their own.
    is_run_on = group.right[0] == ":" and not last.isalnum() and last not in {")", "]", "}", "'", '"'}
    is_sign_before_bar = is_bar and not last.isalnum() and last != ")"
    blank_right = " " if last == ":" or is_run_on or is_sign_before_bar else ""
    return f"{group.left}{blank_left}{inner}{blank_right}{group.right}"


def _is_read_as_table(pieces: Sequence[Piece], right: str) -> bool:
    """Whether the parser takes what stands in brackets for the rows of a table."""
    if len(pieces) % 2 == 0 or any(piece != "," for piece in pieces[1::2]):
        return False
    rows = [piece for piece in pieces[::2] if isinstance(piece, Group)]
    if len(rows) <= len(pieces) // 2:
        return False
    brackets = {(row.left, row.right) for row in rows}
    if brackets not in ({("[", "]")}, {("(", ")")}) or (right == "}" and brackets == {("(", ")")}):
        return False
    widths = {0 if row.is_table else paired(row.pieces).count(",") for row in rows}
    return len(widths) == 1 and (len(rows) > 1 or widths != {0})


def _no_table(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    if len(pieces) > 1:
        return without_commas(pieces)
    (row,) = pieces
    assert isinstance(row, Group)
    return (replace(row, pieces=without_commas(row.pieces)),)


def without_commas(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Write the commas that stand in no brackets so that they part no cells."""
    return tuple(QUOTED_COMMA if piece == "," else piece for piece in paired(pieces))


def _with_clear_bars(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """See to bars, which the parser takes for brackets where it can.

    One with a script and without a partner before it, as in `f|_U`, is written as the sign that is none.
    """
    start = 0
    opened: int | None = None
    for at, piece in enumerate(pieces):
        if piece != "|":
            continue
        if opened is not None:
            inner = pieces[start:at]
            yield from _no_table(inner) if _is_read_as_table(inner, "|") else inner
        else:
            yield from pieces[start:at]
        has_script = tuple(pieces[at + 1 : at + 2]) in {("_",), ("^",)}
        yield ":|:" if has_script and opened is None else "|"
        opened = None if opened is not None or has_script else at
        start = at + 1
    yield from pieces[start:]
