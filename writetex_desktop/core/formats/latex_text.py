r"""A formula as LaTeX of amsmath, amssymb, cancel and xcolor, for formulas that come from other programs."""

import re
from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.painting import in_colours
from writetex_desktop.core.formats.mathml.reading import RULE
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.latex.symbols import OPERATORS
from writetex_desktop.core.markup.characters import spell_out

_FACES: Final = {
    "bold": "mathbf",
    "bold-italic": "boldsymbol",
    "double-struck": "mathbb",
    "script": "mathcal",
    "-tex-calligraphic": "mathcal",
    "bold-script": "mathcal",
    "-tex-bold-calligraphic": "mathcal",
    "fraktur": "mathfrak",
    "bold-fraktur": "mathfrak",
    "sans-serif": "mathsf",
    "bold-sans-serif": "mathsf",
    "monospace": "mathtt",
    "normal": "mathrm",
}
_TEXT_FACES: Final = {"bold": "textbf", "italic": "textit", "sans-serif": "textsf", "monospace": "texttt"}
_SIGNS: Final = {
    **{sign: f"\\{sign}" for sign in "{}%$#&_"},
    "\\": "\\backslash",
    "~": "\\sim",
    "^": "\\text{\\textasciicircum}",
    "‖": "\\|",
    "∥": "\\parallel",
    "⟮": "(",
    "⟯": ")",
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u2064": "",
    "\u200b": "",
}
_ACCENTS: Final = {
    "^": "hat",
    "ˆ": "hat",
    "~": "tilde",
    "˜": "tilde",
    "¯": "bar",
    "―": "overline",
    "‾": "overline",
    "→": "vec",
    "⃗": "vec",
    "˙": "dot",
    "¨": "ddot",
    "⃛": "dddot",
    "´": "acute",
    "`": "grave",
    "ˇ": "check",
    "˘": "breve",
    "˚": "mathring",
    "←": "overleftarrow",
    "↔": "overleftrightarrow",
    "⏞": "overbrace",
    "⎴": "overbracket",
    "⏜": "overparen",
    "⌢": "overparen",
}
_WIDE: Final = {"hat": "widehat", "tilde": "widetilde", "bar": "overline", "vec": "overrightarrow"}
_BELOW: Final = {
    "_": "underline",
    "―": "underline",
    "¯": "underline",
    "‾": "underline",
    "→": "underrightarrow",
    "⏟": "underbrace",
    "⎵": "underbracket",
    "⏝": "underparen",
    "⌣": "underparen",
}
_ARROWS: Final = {"→": "xrightarrow", "←": "xleftarrow", "⟶": "xrightarrow", "⟵": "xleftarrow"}
_MATRICES: Final = {
    ("(", ")"): "pmatrix",
    ("[", "]"): "bmatrix",
    ("{", "}"): "Bmatrix",
    ("|", "|"): "vmatrix",
    ("‖", "‖"): "Vmatrix",
    ("∣", "∣"): "vmatrix",
    ("∥", "∥"): "Vmatrix",
    ("{", ""): "cases",
}
_INTEGRALS: Final = frozenset("∫∬∭∮∯∰")
_BIG: Final = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀⨄⨆") | _INTEGRALS
_STRIKES: Final = {
    frozenset(("updiagonalstrike",)): "cancel",
    frozenset(("downdiagonalstrike",)): "bcancel",
    frozenset(("updiagonalstrike", "downdiagonalstrike")): "xcancel",
    frozenset(("box",)): "boxed",
    frozenset(("top",)): "overline",
    frozenset(("bottom",)): "underline",
}
_SPACES: Final = ((1.5, "\\qquad"), (0.6, "\\quad"), (0.25, "\\;"), (0.2, "\\:"), (0.0, "\\,"))
_COMMAND_END: Final = re.compile(r"\\[A-Za-z]+\Z")
_LEADING_PRIMES: Final = re.compile(r"\^\{('+)")
_PRIMES: Final = {"′": "'", "″": "''", "‴": "'''"}
_MOVING: Final = frozenset(("lim", "max", "min", "sup", "inf", "limsup", "liminf", "det", "gcd", "Pr"))


def to_latex(node: Node) -> str:
    """Write a formula without delimiters."""
    return _put(node) if _is_fence(node) else _row(nodes_of(node))


def _is_fence(node: Node) -> bool:
    return isinstance(node, tree.Row) and tree.is_fenced(node)


def _row(nodes: Sequence[Node]) -> str:
    written = ""
    for node in nodes:
        piece = _put(node)
        # A letter must not be taken for the end of the command before it.
        joint = " " if piece[:1].isalpha() and _COMMAND_END.search(written) else ""
        written += joint + piece
    return written


def _group(node: Node | None) -> str:
    return "{}" if node is None else f"{{{to_latex(node)}}}"


def _put(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return _word(text, variant)
        case tree.Number(text):
            return spell_out(text)
        case tree.Operator(text):
            return _sign(text)
        case tree.Text(text, variant):
            return f"\\{_TEXT_FACES.get(variant, 'text')}{{{_escaped(text)}}}"
        case tree.Space(em):
            return _space(em)
        case tree.Row((tree.Operator("("), tree.Fraction(top, bottom, False), tree.Operator(")"))):
            return f"\\binom{_group(top)}{_group(bottom)}"
        case tree.Row((tree.Operator(opening), tree.Table(_, False) as table, tree.Operator(closing))) if (
            opening,
            closing,
        ) in _MATRICES and table.rules is None:
            return _environment(_MATRICES[opening, closing], table)
        case tree.Row((tree.Operator() as opening, *inner, tree.Operator() as closing)) if _is_fence(node):
            left, body = _fence(opening), _within(inner)
            # A name would run into the letter behind it.
            gap = " " if left[-1:].isalpha() and body[:1].isalpha() else ""
            return f"\\left{left}{gap}{body}\\right{_fence(closing)}"
        case tree.Row(nodes):
            return f"{{{_row(nodes)}}}"
        case tree.Fraction(top, bottom, True):
            return f"\\frac{_group(top)}{_group(bottom)}"
        case tree.Fraction(top, bottom):
            return f"\\genfrac{{}}{{}}{{0pt}}{{}}{_group(top)}{_group(bottom)}"
        case tree.Root(body, None):
            return f"\\sqrt{_group(body)}"
        case tree.Root(body, index):
            return f"\\sqrt[{_group(index)}]{_group(body)}"
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            return _environment("aligned" if node.is_lines else "matrix", node)
        case tree.Enclosed(notations) if RULE in notations:
            return "\\rule{1em}{0.05em}"
        case tree.Enclosed(notations, body):
            name = _STRIKES.get(notations) or f"enclose{{{' '.join(sorted(notations))}}}"
            return f"\\{name}{_group(body)}"
        case tree.Painted(body, ink, paper):
            return in_colours(to_latex(body), ink.upper(), paper.upper())


def _word(text: str, variant: str) -> str:
    if f"\\{_plain(text)}" in OPERATORS:
        return f"\\{_plain(text)}"
    if len(text) > 1:
        name = _escaped(text).replace(" ", "\\,")
        return f"\\{_FACES[variant]}{{{name}}}" if variant in _FACES else f"\\operatorname{{{name}}}"
    letter = _sign(text)
    if not text.isalnum() or variant not in _FACES or (variant == "normal" and not text.isascii()):
        return letter
    face = "boldsymbol" if variant == "bold" and letter.startswith("\\") else _FACES[variant]
    return f"\\{face}{{{letter}}}"


def _sign(text: str) -> str:
    if text in _SIGNS:
        return _SIGNS[text]
    if len(text) > 1 and _plain(text).isalpha():
        return _word(text, "")
    return spell_out(text)


def _within(nodes: Sequence[Node]) -> str:
    r"""Write what stands between `\left` and `\right`; a sign that grows with them is their `\middle`."""
    parts: list[list[Node]] = [[]]
    signs: list[str] = []
    for node in nodes:
        if isinstance(node, tree.Operator) and node.grows and node.text:
            parts.append([])
            signs.append(f"\\middle{_fence(node)}")
        else:
            parts[-1].append(node)
    written = [_row(part) for part in parts]
    return written[0] + "".join(sign + part for sign, part in zip(signs, written[1:], strict=True))


_FENCES: Final = {
    "∥": r"\Vert",
    "‖": r"\Vert",
    "∣": "|",
    "↕": r"\updownarrow",
    "⇑": r"\Uparrow",
    "⟦": r"\llbracket",
    "⟧": r"\rrbracket",
    "⟪": r"\lAngle",
    "⟫": r"\rAngle",
    "⇓": r"\Downarrow",
    "⇕": r"\Updownarrow",
    "〈": r"\langle",
    "〉": r"\rangle",
}
"""Signs that are brackets here and relations elsewhere."""


def _fence(operator: tree.Operator) -> str:
    text = operator.text.strip(".")
    sign = _FENCES.get(text) or _sign(text)
    return sign or "."


def _space(em: float) -> str:
    if em < 0:
        return "\\!"
    return next((name for least, name in _SPACES if em > least), "")


def _base(node: Node) -> str:
    match node:
        case tree.Word() | tree.Number() | tree.Operator():
            return _put(node) or "{}"
        case tree.Row(()):
            return "{}"
        case _ if _is_fence(node):
            return _put(node)
        case _:
            return _group(node)


def _scripts(node: tree.Scripts) -> str:
    before = _marks(node.pre_sub, node.pre_sup)
    base = f"{{}}{before}{_base(node.base)}" if before else _base(node.base)
    if primes := _primes(node.sup):
        return f"{base}{primes}{_marks(node.sub, None)}"
    is_sum = isinstance(node.base, tree.Operator) and node.base.text in _BIG - _INTEGRALS
    beside = "\\nolimits" if is_sum else ""
    return f"{base}{beside}{_marks(node.sub, node.sup)}"


def _primes(node: Node | None) -> str:
    """Write what is nothing but primes; nothing for everything else."""
    nodes = nodes_of(node or tree.EMPTY)
    marks = [_PRIMES.get(each.text, "") if isinstance(each, tree.Operator) else "" for each in nodes]
    return "".join(marks) if all(marks) else ""


def _limits(node: tree.Limits) -> str:  # noqa: C901, PLR0911 - one case a construct
    match node:
        case tree.Limits(tree.Operator(sign), under, over) if sign in _BIG:
            limits = "\\limits" if sign in _INTEGRALS else ""
            return f"{_sign(sign)}{limits}{_marks(under, over)}"
        case tree.Limits(tree.Operator(name) | tree.Word(name), under, None) if _plain(name) in _MOVING:
            return f"{_word(name, '')}{_marks(under, None)}"
        case tree.Limits(tree.Operator(sign), under, over) if sign in _ARROWS:
            return f"\\{_ARROWS[sign]}{'' if under is None else f'[{to_latex(under)}]'}{_group(over)}"
        case tree.Limits(base, None, tree.Operator(sign)) if sign in _ACCENTS:
            name = _ACCENTS[sign]
            is_one = isinstance(base, tree.Word) and len(base.text) == 1
            return f"\\{name if is_one else _WIDE.get(name, name)}{_group(base)}"
        case tree.Limits(base, tree.Operator(sign), None) if sign in _BELOW:
            return f"\\{_BELOW[sign]}{_group(base)}"
        case tree.Limits(tree.Limits(_, None, tree.Operator("⏞")) as brace, None, label):
            return f"{_limits(brace)}^{_group(label)}"
        case tree.Limits(tree.Limits(_, tree.Operator("⏟"), None) as brace, label, None):
            return f"{_limits(brace)}_{_group(label)}"
        case tree.Limits(base, under, None):
            return f"\\underset{_group(under)}{_group(base)}"
        case tree.Limits(base, None, over):
            return f"\\overset{_group(over)}{_group(base)}"
        case tree.Limits(base, under, over):
            return f"\\underset{_group(under)}{{\\overset{_group(over)}{_group(base)}}}"


def _marks(under: Node | None, over: Node | None) -> str:
    marks = "".join(f"{mark}{_group(part)}" for mark, part in (("_", under), ("^", over)) if part is not None)
    # A prime at the start of what is raised would be one at nothing.
    return _LEADING_PRIMES.sub(lambda found: "^{" + "\\prime " * len(found[1]), marks)


def _environment(name: str, table: tree.Table) -> str:
    rules = table.rules
    rows = [" & ".join(to_latex(cell) for cell in row) for row in table.rows]
    if name not in {"aligned", "cases"} and (rules is not None or set(table.aligned) - {"center"}):
        return _array(name, table, rows)
    body = " \\\\ ".join(rows)
    return f"\\begin{{{name}}} {body} \\end{{{name}}}"


def _array(name: str, table: tree.Table, rows: list[str]) -> str:
    rules = table.rules or tree.Rules((), (), is_framed=False, is_dashed=False)
    columns = ""
    for at in range(table.width):
        side = table.aligned[at] if at < len(table.aligned) else "center"
        columns += side[0] + ("|" if at + 1 in rules.columns else "")
    edge = "|" if rules.is_framed else ""
    body = ""
    for at, row in enumerate(rows, 1):
        line = " \\hline" if at in rules.rows else ""
        body += f"{row} \\\\{line} " if at < len(rows) else row
    if rules.is_framed:
        body = f"\\hline {body} \\\\ \\hline"
    array = f"\\begin{{array}}{{{edge}{columns}{edge}}} {body} \\end{{array}}"
    for (opening, closing), matrix in _MATRICES.items():
        if matrix == name:
            return f"\\left{_SIGNS.get(opening, opening)}{array}\\right{_SIGNS.get(closing, closing) or '.'}"
    return array


def _plain(name: str) -> str:
    """Give a name without the thin blank of `lim sup`."""
    return name.replace(" ", "")


def _escaped(text: str) -> str:
    return "".join(
        {"\\": "\\textbackslash ", "~": "\\textasciitilde ", "^": "\\textasciicircum "}.get(sign)
        or (f"\\{sign}" if sign in "{}%$#&_" else sign)
        for sign in text
    )
