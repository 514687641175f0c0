"""A formula as Typst: `$ x = frac(-b plus.minus sqrt(b^2 - 4 a c), 2 a) $`.

Typst takes mathematical signs as they are, so that only those get a name that are usually typed by it; names
that differ between versions of Typst are not used. Signs with a meaning of their own (`#`, `_`, `/`, lone
brackets) are escaped.

Source: https://typst.app/docs/reference/math/ and https://typst.app/docs/reference/symbols/sym/.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.formats.typst import signs
from writetex_desktop.core.formats.typst.words import function, in_face, lone, operator, quoted, word
from writetex_desktop.core.language.words import tr

TARGET: Final = "Typst"

_NOTHING: Final = '""'


def to_typst(node: Node) -> str:
    """Write a formula as a displayed equation of Typst.

    Raises:
        ConversionError: It holds a stroke or a frame that Typst has no means for.
    """
    match node:
        case tree.Table(rows, is_lines=True):
            return "$ " + " \\\n  ".join(" & ".join(_row(cell) for cell in row) for row in rows) + " $"
        case _:
            return f"$ {_row(node)} $"


def _row(node: Node) -> str:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return _fenced(node)
    return _joined(nodes_of(node), in_call=False)


def _argument(node: Node) -> str:
    """Write something between the brackets of a call, where a comma would end the argument."""
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return _fenced(node)
    return _joined(nodes_of(node), in_call=True) or _NOTHING


def _joined(nodes: tuple[Node, ...], *, in_call: bool, in_pair: bool = False) -> str:
    matched = _matched(nodes)
    written = ""
    depth = 0
    for at, node in enumerate(nodes):
        sign = _bracket(node)
        depth -= at in matched and sign in tree.CLOSING
        if isinstance(node, tree.Operator) and in_pair and node.grows and at not in matched:
            piece = f"mid({lone(node.text)})"
        elif isinstance(node, tree.Operator):
            piece = operator(node.text, is_matched=at in matched, in_call=in_call and not depth)
        elif at in matched and isinstance(node, tree.Scripts):
            piece = sign + _corners(node)
        elif isinstance(node, tree.Word) and tree.Operator(tree.APPLICATION) in nodes[at + 1 : at + 2]:
            piece = function(node.text, node.variant if len(node.text) == 1 else "")
        else:
            piece = _piece(node)
        depth += at in matched and sign in tree.OPENING
        if (
            written
            and piece
            and (
                (written[-1] not in "([{⌊⌈⟨" and piece[0] not in signs.CLOSE_UP and not _is_sign(written))
                or (written[-1] in signs.JOINING and piece[0] in signs.JOINING)
            )
        ):
            written += " "
        written += piece
    return written


def _is_sign(written: str) -> bool:
    """Whether all that is written yet is a sign before the first term."""
    return written in {"-", "+"}


def _bracket(node: Node) -> str:
    """The bracket that a node is, perhaps with an exponent; empty for other nodes."""
    match node:
        case tree.Operator(sign) | tree.Scripts(tree.Operator(sign), _, _, None, None):
            return sign if sign in tree.OPENING | tree.CLOSING else ""
        case _:
            return ""


def _matched(nodes: Iterable[Node]) -> frozenset[int]:
    """The places of the brackets that are pairs for Typst, for which any closing one ends any opening one."""
    opened: list[int] = []
    pairs: list[int] = []
    for at, node in enumerate(nodes):
        sign = _bracket(node)
        if sign in tree.OPENING and isinstance(node, tree.Operator):
            opened.append(at)
        elif sign in tree.CLOSING and opened:
            pairs += [opened.pop(), at]
    return frozenset(pairs)


def _piece(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return word(text, variant)
        case tree.Number(text):
            return text
        case tree.Text(text, variant):
            return in_face(quoted(text), variant)
        case tree.Operator(sign):
            return operator(sign, in_call=True)
        case tree.Space(em):
            return next((name for least, name in signs.SPACES if em >= least), "")
        case tree.Row() if tree.is_fenced(node):
            return _fenced(node)
        case tree.Row(nodes):
            return _joined(nodes, in_call=False)
        case tree.Fraction(top, bottom, has_bar):
            if not has_bar:
                return f"mat(delim: #none, {_argument(top)}; {_argument(bottom)})"
            return f"frac({_argument(top)}, {_argument(bottom)})"
        case tree.Root(body, None):
            return f"sqrt({_argument(body)})"
        case tree.Root(body, index):
            return f"root({_argument(index)}, {_argument(body)})" if index is not None else ""
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            return _table(node, "#none")
        case tree.Enclosed(notations, body):
            return _enclosed(notations, body)
        case tree.Painted(body, ink, paper):
            return _painted(body, ink, paper)


def _fenced(row: tree.Row) -> str:
    opening, *inner, closing = row.nodes
    assert isinstance(opening, tree.Operator)
    assert isinstance(closing, tree.Operator)
    pair = opening.text, closing.text
    if len(inner) == 1:
        special = _fenced_single(pair, inner[0])
        if special:
            return special
    if pair[0] in tree.OPENING and pair[1] in tree.CLOSING and tree.is_balanced(inner, with_bars=True):
        return _joined(row.nodes, in_call=False, in_pair=True)
    body = _joined(tuple(inner), in_call=True, in_pair=True)
    if pair in {("|", "|"), ("‖", "‖")}:
        return f"{'abs' if pair[0] == '|' else 'norm'}({body or _NOTHING})"
    return f"lr({' '.join(part for part in (lone(pair[0]), body, lone(pair[1])) if part)})"


def _fenced_single(pair: tuple[str, str], node: Node) -> str:
    match node:
        case tree.Fraction(top, bottom, has_bar=False) if pair == ("(", ")"):
            return f"binom({_argument(top)}, {_argument(bottom)})"
        case tree.Table(rows, rules=None) if pair[0] == "{" and not pair[1]:
            return "cases(" + ", ".join(" & ".join(_argument(cell) for cell in row) for row in rows) + ")"
        case tree.Table(rules=rules) if signs.PAIRS.get(pair[0]) == pair[1] and not _is_framed(rules):
            return _table(node, f'"{pair[0]}"')
        case tree.Table() if not pair[0] and pair[1]:
            return f"lr({_table(node, '#none')} {lone(pair[1])})"
        case _:
            return ""


def _is_framed(rules: tree.Rules | None) -> bool:
    return rules is not None and rules.is_framed


def _table(table: tree.Table, delimiter: str) -> str:
    rows = "; ".join(", ".join(_argument(cell) for cell in row) for row in table.rows)
    rules = table.rules
    if rules is None:
        return f"mat(delim: {delimiter}, {rows})"
    places = (("hline", rules.rows), ("vline", rules.columns))
    lines = [f"{name}: {_places(at)}" for name, at in places if at]
    lines += ['stroke: (dash: "dashed", thickness: 0.05em)'] if rules.is_dashed else []
    augment = f", augment: #({', '.join(lines)})" if rules.rows or rules.columns else ""
    written = f"mat(delim: {delimiter}{augment}, {rows})"
    return f"#box(stroke: 0.5pt, inset: 3pt, $ {written} $)" if rules.is_framed else written


def _places(places: tuple[int, ...]) -> str:
    return str(places[0]) if len(places) == 1 else f"({', '.join(map(str, places))})"


def _script(node: Node) -> str:
    text = _joined(nodes_of(node), in_call=False)
    return text if len(text) == 1 and text.isalnum() else f"({text or _NOTHING})"


def _scripts(node: tree.Scripts) -> str:
    if node.pre_sub is not None or node.pre_sup is not None:
        places = (("tl", node.pre_sup), ("bl", node.pre_sub), ("t", node.sup), ("b", node.sub))
        options = ", ".join(f"{name}: {_argument(part)}" for name, part in places if part is not None)
        return f"attach({_argument(node.base)}, {options})"
    written = _base(node.base)
    if _is_scripted(node.base):
        # Else these scripts would go to the corners of the base, or above and below it.
        written = f'class("normal", {written})'
    if isinstance(node.base, tree.Operator) and _takes_limits(node.base.text):
        written = f"scripts({written})"
    return written + _corners(node)


def _takes_limits(sign: str) -> bool:
    """Whether Typst puts scripts above and below an operator: it does so for sums and for relations."""
    return sign in signs.LIMITS | signs.NAMES_WITH_LIMITS or (
        len(sign) == 1 and unicodedata.category(sign) in {"Sm", "So"} and sign not in signs.WITH_CORNERS
    )


def _is_scripted(node: Node) -> bool:
    """Whether scripts behind it would go to a part of it."""
    match node:
        case tree.Scripts():
            return True
        case tree.Limits(_, None, tree.Operator(sign)):
            return sign not in signs.OVER
        case tree.Limits(_, tree.Operator(sign), None):
            return sign not in signs.UNDER
        case tree.Limits():
            return True
        case _:
            return False


def _base(node: Node) -> str:
    """Write what scripts are put at; several things must be one for Typst."""
    if node == tree.EMPTY:
        return _NOTHING
    text = _piece(node)
    if isinstance(node, tree.Row) and not tree.is_fenced(node):
        return f"lr({_argument(node)})"
    return text


def _corners(node: tree.Scripts) -> str:
    """Write what stands behind the base.

    A prime goes before an index: Typst takes one behind it for a part of the index.
    """
    primes, sup = _primes(node.sup)
    written = primes
    written += f"_{_script(node.sub)}" if node.sub is not None else ""
    return written + (f"^{_script(sup)}" if sup is not None else "")


def _primes(sup: Node | None) -> tuple[str, Node | None]:
    """Part the primes at the start of what is raised from the rest."""
    nodes = nodes_of(sup) if sup is not None else ()
    primes = ""
    for node in nodes:
        match node:
            case tree.Operator(text) | tree.Word(text) if text and set(text) <= signs.PRIMES.keys():
                primes += "".join(signs.PRIMES[sign] for sign in text)
                nodes = nodes[1:]
            case _:
                break
    if not nodes:
        return primes, None
    return primes, nodes[0] if len(nodes) == 1 else tree.Row(nodes)


def _limits(node: tree.Limits) -> str:
    over, under, base = node.over, node.under, node.base
    if isinstance(over, tree.Operator) and under is None and over.text in signs.OVER:
        return f"{signs.OVER[over.text]}({_argument(base)})"
    if isinstance(under, tree.Operator) and over is None and under.text in signs.UNDER:
        return f"{signs.UNDER[under.text]}({_argument(base)})"
    braced = _remarked_brace(node)
    if braced:
        return braced
    is_usual = isinstance(base, tree.Operator) and base.text in signs.LIMITS | signs.NAMES_WITH_LIMITS
    written = _piece(base) if is_usual else f"limits({_argument(base)})"
    if under is not None:
        written += f"_{_script(under)}"
    if over is not None:
        written += f"^{_script(over)}"
    return written


def _remarked_brace(node: tree.Limits) -> str:
    """Write a brace with something said above or below it; empty for anything else."""
    match node:
        case tree.Limits(tree.Limits(body, None, tree.Operator(brace)), None, remark):
            names = signs.OVER
        case tree.Limits(tree.Limits(body, tree.Operator(brace), None), remark, None):
            names = signs.UNDER
        case _:
            return ""
    if brace not in signs.BRACES or brace not in names:
        return ""
    return f"{names[brace]}({_argument(body)}, {_argument(remark or tree.EMPTY)})"


def _enclosed(notations: frozenset[str], body: Node) -> str:
    strike = signs.STRIKES.get(notations)
    if strike is not None:
        return f"cancel({strike}{_argument(body)})"
    frame = signs.FRAMES.get(notations, "")
    if notations <= signs.SIDES:
        frame = f"box(stroke: ({', '.join(f'{side}: 0.5pt' for side in sorted(notations))})"
    if not frame:
        raise cannot(tr("A stroke or a frame of this kind"), TARGET)
    return f"#{frame}, inset: 3pt, $ {_row(body)} $)"


def _painted(body: Node, ink: str, paper: str) -> str:
    if paper:
        fill = f'fill: rgb("#{paper}"), inset: (x: 3pt), outset: (y: 3pt)'
        return f"#box({fill}, $ {_painted(body, ink, '')} $)"
    return f'text(fill: #rgb("#{ink}"), {_argument(body)})' if ink else _row(body)
