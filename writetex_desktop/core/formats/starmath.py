"""A formula as StarMath, the language that LibreOffice keeps and edits its equations in.

Its operators want something on both sides; where LaTeX has nothing there, an empty group stands. Source:
https://wiki.documentfoundation.org/Documentation/Math_Guide, chapter 8 and the appendix of commands.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from writetex_desktop.core.formats.faces import in_face
from writetex_desktop.core.formats.greek import GREEK
from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.language.words import tr

TARGET: Final = "StarMath"


class _Kind(Enum):
    """What a piece wants beside it."""

    ATOM = auto()
    """Nothing."""
    SIGN = auto()
    """Something behind it, and perhaps something before: plus and minus."""
    BINARY = auto()
    """Something on both sides."""
    PREFIX = auto()
    """Something behind it."""


_Piece = tuple[str, _Kind]

_SIGNS: Final = {"+": "+", "−": "-", "-": "-", "±": "+-", "∓": "-+"}
_BINARY_NAMES: Final = """
    times cdot cdot * div circ and or union intersection setminus oplus otimes ominus odot
    = neq < > <= >= << >> approx sim simeq equiv prop parallel ortho divides ndivides
    toward in notin owns subset supset subseteq supseteq nsubset drarrow dlarrow dlrarrow
"""
_BINARY: Final = dict(zip("×⋅·∗÷∘∧∨∪∩∖⊕⊗⊖⊙=≠<>≤≥≪≫≈∼≃≡∝∥⊥∣∤→∈∉∋⊂⊃⊆⊇⊄⇒⇐⇔", _BINARY_NAMES.split(), strict=True))
_SYMBOL_NAMES: Final = """
    infinity partial nabla forall exists hbar dotslow dotsaxis dotsvert dotsdown emptyset aleph
    leftarrow uparrow downarrow Re Im wp
    \\( \\) \\[ \\] \\lbrace \\rbrace \\lline \\ldline \\langle \\rangle \\lfloor \\rfloor \\lceil \\rceil
"""
_SYMBOLS: Final = dict(zip("∞∂∇∀∃ℏ…⋯⋮⋱∅ℵ←↑↓ℜℑ℘()[]{}|‖⟨⟩⌊⌋⌈⌉", _SYMBOL_NAMES.split(), strict=True))
_BIG_NAMES: Final = "sum prod coprod int iint iiint lint llint lllint"
_BIG: Final = {
    **dict(zip("∑∏∐∫∬∭∮∯∰", _BIG_NAMES.split(), strict=True)),
    **{sign: f"oper {sign}" for sign in "⋃⋂⨁⨂⨀⋁⋀⨄⨆"},
}
_OPENING: Final = {
    "(": "(",
    "[": "[",
    "{": "lbrace",
    "⟨": "langle",
    "⌊": "lfloor",
    "⌈": "lceil",
    "": "none",
    "|": "lline",
    "‖": "ldline",
    "∣": "lline",
    "∥": "ldline",
    ")": ")",
    "]": "]",
}
_CLOSING: Final = {
    ")": ")",
    "]": "]",
    "}": "rbrace",
    "⟩": "rangle",
    "⌋": "rfloor",
    "⌉": "rceil",
    "": "none",
    "|": "rline",
    "‖": "rdline",
    "∣": "rline",
    "∥": "rdline",
    "(": "(",
    "[": "[",
}
_ACCENTS: Final = {
    **dict.fromkeys("^ˆ", "widehat"),
    **dict.fromkeys("~˜", "widetilde"),
    **dict.fromkeys("¯―‾", "overline"),
    "→": "widevec",
    "˙": "dot",
    "¨": "ddot",
    "⃛": "dddot",
    "´": "acute",
    "`": "grave",
    "ˇ": "check",
    "˘": "breve",
    "˚": "circle",
}
_FACES: Final = {
    "bold": "bold",
    "italic": "ital",
    "bold-italic": "bold ital",
    "sans-serif": "font sans",
    "bold-sans-serif": "bold font sans",
    "monospace": "font fixed",
}
"""The attributes of StarMath for words and names; letters of its own are signs of Unicode."""

_BRACES: Final = {"⏞": "overbrace", "⏟": "underbrace"}
_NO_GREEK: Final = "ϰϵ"
_STRIKES: Final = frozenset(("updiagonalstrike", "downdiagonalstrike", "horizontalstrike", "verticalstrike"))
_WIDE_EM: Final = 0.4
_PLAIN: Final = re.compile(r"[A-Za-z0-9]\Z|\d+(?:\.\d+)?\Z")


def to_starmath(node: Node) -> str:
    """Write a formula as LibreOffice Math shows it in its editor.

    Raises:
        ConversionError: It holds a frame on some sides or a table with level rules, which StarMath has not.
    """
    return _row(nodes_of(node)) if not _is_fence(node) else _put(node)[0]


def _is_fence(node: Node) -> bool:
    return isinstance(node, tree.Row) and tree.is_fenced(node)


def _row(nodes: Sequence[Node]) -> str:
    """Write what stands side by side, with empty groups where an operator has nothing beside it."""
    words: list[str] = []
    before: _Kind | None = None
    pieces = [piece for node in nodes for piece in (_put(node),) if piece[0]]
    for at, (text, kind) in enumerate(pieces):
        if kind is _Kind.BINARY and before is not _Kind.ATOM:
            words.append("{}")
        words.append(text)
        after = pieces[at + 1][1] if at + 1 < len(pieces) else None
        is_met = after is not None and (
            after in {_Kind.ATOM, _Kind.PREFIX} or (after is _Kind.SIGN and kind is _Kind.BINARY)
        )
        before = kind
        if kind is not _Kind.ATOM and not is_met:
            words.append("{}")
            before = _Kind.ATOM
    return " ".join(words)


def _group(node: Node | None) -> str:
    return "{}" if node is None else f"{{{to_starmath(node)}}}"


def _base(node: Node) -> str:
    text = to_starmath(node)
    return text if _PLAIN.match(text) else f"{{{text}}}"


def _put(node: Node) -> _Piece:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return _word(text, variant), _Kind.ATOM
        case tree.Number(text):
            return (text if text.isascii() else _quoted(text)), _Kind.ATOM
        case tree.Operator(text):
            return _operator(text)
        case tree.Text(text, variant):
            return f"{_FACES.get(variant, '')} {_quoted(text)}".strip(), _Kind.ATOM
        case tree.Space(em):
            return ("" if em <= 0 else "~" if em > _WIDE_EM else "`"), _Kind.ATOM
        case tree.Row((tree.Operator(opening), *inner, tree.Operator(closing))) if _is_fence(node):
            left, right = _OPENING.get(opening.strip(".")), _CLOSING.get(closing.strip("."))
            if left is None or right is None:
                return f"{{{_quoted(opening)} {_row(inner)} {_quoted(closing)}}}", _Kind.ATOM
            return f"left {left} {_row(inner) or '{}'} right {right}", _Kind.ATOM
        case tree.Row(nodes):
            return (f"{{{_row(nodes)}}}" if nodes else "{}"), _Kind.ATOM
        case tree.Fraction(top, bottom, True):
            return f"{{{_group(top)} over {_group(bottom)}}}", _Kind.ATOM
        case tree.Fraction(top, bottom):
            return f"{{binom {_group(top)} {_group(bottom)}}}", _Kind.ATOM
        case tree.Root(body, None):
            return f"sqrt {_group(body)}", _Kind.ATOM
        case tree.Root(body, index):
            return f"nroot {_group(index)} {_group(body)}", _Kind.ATOM
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            return _table(node), _Kind.ATOM
        case tree.Enclosed(notations, body) if notations == {"box"}:
            # StarMath has no frame, but lines on each side.
            return (
                f"overline {{underline {{left lline ` {_row(nodes_of(body)) or '{}'} ` right rline}}}}",
                _Kind.ATOM,
            )
        case tree.Enclosed(notations, body):
            if not notations <= _STRIKES:
                raise cannot(tr("A frame"), TARGET)
            return f"overstrike {_group(body)}", _Kind.ATOM
        case tree.Painted(body, ink, paper):
            if paper:
                raise cannot(tr("A coloured background"), TARGET)
            red, green, blue = bytes.fromhex(ink)
            return f"color rgb {red} {green} {blue} {_group(body)}", _Kind.ATOM


def _word(text: str, variant: str) -> str:  # noqa: PLR0911 - one case a kind of word
    if text[1:] == tree.STROKE:
        return f"ital {_quoted(in_face(text[0], variant) + tree.STROKE)}"
    if len(text) > 1:
        return _name(text, variant)
    if text in _SYMBOLS:
        return _SYMBOLS[text]
    if text in GREEK and text not in _NO_GREEK:
        name = f"%{GREEK[text]}" if GREEK[text].islower() else f"%{GREEK[text].upper()}"
        return f"bold {name}" if "bold" in variant else name
    if variant in {"bold", "bold-italic"}:
        return f"bold {text}" if variant == "bold-italic" else f"bold nitalic {text}"
    if variant == "normal":
        return f"nitalic {text}" if text.isascii() and text.isalpha() else _quoted(text)
    shown = in_face(text, variant) if variant else text
    return shown if shown.isascii() and shown.isalnum() else _quoted(shown)


def _name(text: str, variant: str) -> str:
    """Write a name of several letters in its face, of which StarMath has four; others are in the signs."""
    letters = "".join(in_face(letter, variant) for letter in text)
    if variant in _FACES or letters == text:
        shown = f"func {text}" if text.isascii() and text.isalpha() else _quoted(text)
        return f"{_FACES.get(variant, '')} {shown}".strip()
    return _quoted(letters)


def _operator(text: str) -> _Piece:
    if text in {"", tree.APPLICATION, "\u2062", "\u2063"}:
        return "", _Kind.ATOM
    if text in _SIGNS:
        return _SIGNS[text], _Kind.SIGN
    if text in _BINARY:
        return _BINARY[text], _Kind.BINARY
    if text in _BIG:
        return _BIG[text], _Kind.PREFIX
    if text in _SYMBOLS:
        return _SYMBOLS[text], _Kind.ATOM
    return _quoted(text), _Kind.ATOM


def _scripts(node: tree.Scripts) -> _Piece:
    parts = (("_", node.sub), ("^", node.sup), ("lsub ", node.pre_sub), ("lsup ", node.pre_sup))
    tail = " ".join(f"{mark}{_group(part)}" for mark, part in parts if part is not None)
    match node.base:
        case tree.Operator(sign) if sign in _BIG:
            return f"{_BIG[sign]} {tail}", _Kind.PREFIX
        case tree.Operator(sign) if sign in _BINARY or sign in _SIGNS:
            return f"{_quoted(sign)} {tail}", _Kind.ATOM
        case base:
            return f"{_base(base)} {tail}", _Kind.ATOM


def _limits(node: tree.Limits) -> _Piece:  # noqa: PLR0911 - one case a kind
    match node:
        case tree.Limits(tree.Operator(sign), under, over) if sign in _BIG:
            bounds = (("from", under), ("to", over))
            tail = " ".join(f"{word} {_group(part)}" for word, part in bounds if part is not None)
            return f"{_BIG[sign]} {tail}", _Kind.PREFIX
        case tree.Limits(base, None, tree.Operator(sign)) if sign in _ACCENTS:
            return f"{_ACCENTS[sign]} {_group(base)}", _Kind.ATOM
        case tree.Limits(base, tree.Operator("_" | "―" | "¯"), None):
            return f"underline {_group(base)}", _Kind.ATOM
        case tree.Limits(tree.Limits(base, None, tree.Operator("⏞")), None, label):
            return f"{_group(base)} overbrace {_group(label)}", _Kind.ATOM
        case tree.Limits(tree.Limits(base, tree.Operator("⏟"), None), label, None):
            return f"{_group(base)} underbrace {_group(label)}", _Kind.ATOM
        case tree.Limits(base, None, tree.Operator(sign)) | tree.Limits(base, tree.Operator(sign), None) if (
            sign in _BRACES
        ):
            return f"{_group(base)} {_BRACES[sign]} {{}}", _Kind.ATOM
        case tree.Limits(base, under, over):
            marks = (("csub", under), ("csup", over))
            tail = " ".join(f"{mark} {_group(part)}" for mark, part in marks if part is not None)
            head = _quoted(base.text) if isinstance(base, tree.Operator) else _group(base)
            return f"{head} {tail}", _Kind.ATOM


def _table(table: tree.Table) -> str:
    def cell(at: int, node: Node) -> str:
        side = ("alignr", "alignl")[at % 2] if table.is_lines and table.width > 1 else ""
        return f"{side} {_group(node)}".strip()

    rules = table.rules or tree.Rules((), (), is_framed=False, is_dashed=False)
    if rules.rows or rules.is_framed:
        raise cannot(tr("A table with level rules or a frame"), TARGET)

    def line(row: tuple[Node, ...]) -> str:
        cells = [cell(at, each) for at, each in enumerate((*row, *[tree.EMPTY] * (table.width - len(row))))]
        for at in reversed(rules.columns):
            cells.insert(at, "{lline}")
        return " # ".join(cells)

    rows = map(line, table.rows)
    return f"matrix {{{' ## '.join(rows)}}}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', "″") + '"'
