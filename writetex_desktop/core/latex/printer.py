# ruff: noqa: E501, SIM905 - tables of words read best as text
r"""Canonical formulas as a person writes them.

The canonical form says what is printed; this module adds what a careful author adds: `\left` and `\right` where
delimiters are tall, `pmatrix` and its kin, `\text` for words, `\operatorname` for names, `\pmod`, and blanks
where they help. The canonical form of what it writes is the canonical form that it was given.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import accumulate

from writetex_desktop.core.latex import symbols
from writetex_desktop.core.latex.canonical import RELATIONS, canonical_row
from writetex_desktop.core.latex.tree import Atom, Command, Environment, Node, Row, Scripts

_BINARY: frozenset[str] = frozenset(
    "+ - \\pm \\mp \\times \\div \\cdot \\cup \\cap \\wedge \\vee \\oplus \\otimes \\circ \\bullet \\setminus".split()
)
_RELATIONS: frozenset[str] = RELATIONS.union(
    "\\notin \\leqslant \\geqslant \\perp \\vdash \\models \\prec \\succ \\preceq \\succeq \\supseteq \\longrightarrow \\leftrightarrow "
    "\\longmapsto \\hookrightarrow \\rightsquigarrow \\subsetneq \\ni \\nmid".split()
) - {":"}
_OPENING: dict[str, str] = {
    "(": ")",
    "[": "]",
    "\\{": "\\}",
    "\\langle": "\\rangle",
    "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil",
}
_CLOSING: frozenset[str] = frozenset(_OPENING.values())
_BARS: frozenset[str] = frozenset(("|", "\\|"))
_BIG: frozenset[str] = frozenset(
    "\\sum \\prod \\int \\oint \\coprod \\bigcup \\bigcap \\bigoplus \\bigotimes \\bigvee \\bigwedge \\bigsqcup".split()
)
_MATRICES: dict[tuple[str, str], str] = {
    delimiters: name
    for name, delimiters in symbols.MATRICES.items()
    if name.endswith("matrix") and name[0] in "pbBvV" and "small" not in name
}
_SCRIPTS = ("_", "^")
_MOD = Atom("\\bmod")
_CONNECTIVES: frozenset[str] = frozenset(
    "if and or for all otherwise where such that is with then else odd even when any some not of the in to on as by from has are iff "
    "subject minimize maximize let be we have there exists a an at".split()
)
"""Words of sentences; one alone is set as text, any other as a name."""


def print_latex(canonical: str) -> str:
    """LaTeX for people, from a canonical formula (any other formula is made canonical first).

    Raises:
        NotMathematicsError: The formula cannot be read.
    """
    return _print(canonical_row(canonical))


def _print(row: Sequence[Node], *, tight: bool = False) -> str:
    """A row; a tight one, as in scripts, has no blanks for looks."""
    return _assemble(_pieces(list(row), tight=tight), tight=tight)


def _pieces(nodes: list[Node], *, tight: bool) -> list[str]:
    """The row's constructs as text, in order; one loop over all brackets, however deep they are."""
    partner = _pairs(nodes)
    tall = _counted(_is_tall((node,)) for node in nodes)
    mods = _counted(node == _MOD for node in nodes)
    rights: dict[int, str] = {}
    pieces: list[str] = []
    place = 0
    while place < len(nodes):
        node = nodes[place]
        closing = partner.get(place)
        if place in rights:
            pieces.append(rights[place])
        elif closing is None:
            pieces.append(_node(node, tight=tight))
        else:
            opening, end = _token(node), _token(nodes[closing])
            inner = nodes[place + 1]
            name = _matrix_name(inner, opening, end) if closing == place + 2 else None
            if name and isinstance(inner, Environment):
                pieces.append(_environment(inner, name))
                place = closing
            elif (
                opening == "(" and closing > place + 2 and inner == _MOD and mods[closing] - mods[place] == 1
            ):
                pieces.append(f"\\pmod{{{_print(nodes[place + 2 : closing])}}}")
                place = closing
            elif tall[closing] > tall[place + 1]:
                pieces.append(f"\\left{opening}")
                rights[closing] = f"\\right{end}"
            else:
                pieces.append(_node(node, tight=tight))
        place += 1
    return pieces


def _counted(flags: Iterable[bool]) -> list[int]:
    """Give before each place how many flags there were."""
    return [0, *accumulate(flags)]


def _matrix_name(node: Node, opening: str, end: str) -> str | None:
    if isinstance(node, Environment) and node.name == "matrix":
        return _MATRICES.get((opening, end))
    return None


def _pairs(nodes: Sequence[Node]) -> dict[int, int]:
    """Place of the closing delimiter for each opening one that has one in this row.

    A bar closes the one before it within the same brackets, but not where these are not closed themselves.
    """
    partner: dict[int, int] = {}
    bar_pairs: list[tuple[int, int]] = []
    levels: list[tuple[int, int, dict[str, int]]] = [(-1, 0, {})]
    for place, node in enumerate(nodes):
        sign = _token(node)
        if sign in _OPENING:
            levels.append((place, len(bar_pairs), {}))
        elif (sign in _CLOSING or sign == ")") and len(levels) > 1:
            start, known, _bars = levels.pop()
            if _OPENING[_token(nodes[start])] == sign or sign in {")", "]"}:
                partner[start] = place
            else:
                del bar_pairs[known:]
        elif sign in _BARS:
            bars = levels[-1][2]
            if sign in bars:
                bar_pairs.append((bars.pop(sign), place))
            else:
                bars[sign] = place
    if len(levels) > 1:
        del bar_pairs[levels[1][1] :]
    return _without_crossings({**partner, **dict(bar_pairs)})


def _without_crossings(partner: dict[int, int]) -> dict[int, int]:
    """Leave out each pair that ends after another in which it begins."""
    kept: dict[int, int] = {}
    ends_ahead: list[int] = []
    for start, end in sorted(partner.items()):
        while ends_ahead and ends_ahead[0] <= start:
            heappop(ends_ahead)
        if not ends_ahead or ends_ahead[0] >= end:
            kept[start] = end
        heappush(ends_ahead, end)
    return kept


def _token(node: Node) -> str:
    return node.sign if isinstance(node, Atom) else ""


def _is_tall(nodes: Sequence[Node]) -> bool:
    """Whether a row is higher than a letter with scripts."""
    for node in nodes:
        match node:
            case Atom(sign) if sign in _BIG:
                return True
            case Command(
                "\\frac"
                | "\\binom"
                | "\\substack"
                | "\\overset"
                | "\\underset"
                | "\\underbrace"
                | "\\overbrace"
            ):
                return True
            case Command(_, args) if any(_is_tall(argument) for argument in args):
                return True
            case Environment():
                return True
            case _:
                pass
    return False


def _node(node: Node, *, tight: bool) -> str:  # noqa: PLR0911 - one line for each kind of node
    match node:
        case Atom(sign):
            return sign
        case Scripts(sub, sup):
            return (f"_{_script(sub)}" if sub else "") + _superscript(sup)
        case Command("\\mathrm", (content,)):
            return _upright(content, name=not tight)
        case Command("\\substack", (content,)):
            return "\\substack{" + " \\\\ ".join(_print(line) for line in _lines(content)) + "}"
        case Command(name, (content,)) if name in symbols.ALPHABETS and Atom("~") in content:
            text = {
                "\\mathbf": "\\textbf",
                "\\mathit": "\\textit",
                "\\mathtt": "\\texttt",
                "\\mathsf": "\\textsf",
            }
            words = "".join(" " if part == Atom("~") else _node(part, tight=True) for part in content)
            plain = all(
                isinstance(part, Atom) and (part.sign == "~" or part.sign.isalnum()) for part in content
            )
            return f"{text[name]}{{{words}}}" if name in text and plain else f"{name}{{{_print(content)}}}"
        case Command(name, args, option):
            bracket = f"[{_print(option)}]" if option else ""
            return name + bracket + "".join(f"{{{_print(argument)}}}" for argument in args)
        case Environment(name):
            return _environment(node, name)
        case _:
            return ""


def _lines(row: Row) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for node in row:
        if node == Atom("\\\\"):
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def _script(row: Row) -> str:
    """A script, without braces where one sign needs none."""
    text = _print(row, tight=True)
    return text if len(text) == 1 and text not in "'~" else f"{{{text}}}"


def _superscript(row: Row) -> str:
    """A superscript, primes as primes."""
    if not row:
        return ""
    primes = next((place for place, node in enumerate(row) if node != Atom("'")), len(row))
    rest = row[primes:]
    return "'" * primes + (f"^{_script(rest)}" if rest else "")


def _upright(content: Row, *, name: bool) -> str:
    r"""Upright letters: words as `\text`, one letter or a unit as `\mathrm`, a name as `\operatorname`."""
    word = "".join(node.sign for node in content if isinstance(node, Atom))
    if "~" in word:
        return f"\\text{{{word.replace('~', ' ')}}}"
    if word in _CONNECTIVES:
        return f"\\text{{{word}}}"
    if name and len(word) > 2 and word.isalpha():  # noqa: PLR2004 - shorter ones are units and single signs
        return f"\\operatorname{{{word}}}"
    return f"\\mathrm{{{word}}}"


def _environment(node: Environment, name: str) -> str:
    rows = (" & ".join(_print(cell) for cell in cells) for cells in node.rows)
    return "\\begin{" + name + "} " + " \\\\ ".join(row.strip() for row in rows) + " \\end{" + name + "}"


def _assemble(pieces: Sequence[str], *, tight: bool) -> str:
    """The pieces in one line: blanks where TeX needs one, and unless tight around relations and operators and after commas."""
    text = ""
    for place, piece in enumerate(pieces):
        if not piece:
            continue
        spaced = piece in _RELATIONS or (piece in _BINARY and place > 0 and _is_operand(pieces[place - 1]))
        if spaced and not tight:
            text = f"{text.rstrip()} {piece} ".lstrip()
            continue
        if piece.startswith("\\text{") and not tight:
            text = text.rstrip() + _with_blanks(piece, before=bool(text), after=place + 1 < len(pieces))
            continue
        if text[-1:].isdigit() and piece.startswith("\\mathrm{") and not tight:
            text += "\\,"
        elif text and not text.endswith((" ", "{")) and _needs_blank(text, piece):
            text += " "
        elif not tight and text[-2:-1] in _SCRIPTS and text[-1].isalnum() and piece[0].isalnum():
            text += " "  # `x_i y`: the eye takes more than TeX does for the index
        text += piece
        if piece == "," and not tight:
            text += " "
    return text.strip()


def _is_operand(piece: str) -> bool:
    """Whether a sign after this piece stands between two things."""
    return (
        piece not in _RELATIONS
        and piece not in _BINARY
        and piece not in {"(", "[", ",", "\\{", "|"}
        and not piece.startswith("\\left")
    )


def _with_blanks(piece: str, *, before: bool, after: bool) -> str:
    """Words with the blanks that mathematics around them would swallow."""
    words = piece.removeprefix("\\text{").removesuffix("}")
    return f"\\text{{{' ' if before else ''}{words}{' ' if after else ''}}}"


def _needs_blank(text: str, piece: str) -> bool:
    """Whether TeX or the eye needs a blank between what is written and the next piece."""
    if piece[0] in "_^'":
        return False
    command = text.rpartition("\\")[2]
    after_command = "\\" in text and command.isalpha()
    return (after_command and (piece[0].isalnum() or piece[0] == "\\")) or piece.startswith(
        ("\\begin", "\\text")
    )
