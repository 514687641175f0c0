"""A formula as plain Unicode text in one line: `x = (−b ± √(b² − 4ac))/(2a)`.

Scripts are written with Unicode's raised and lowered signs where there is one for each sign, and with `^( )`
and `_( )` otherwise, a frame as `▭( )`, as in "Unicode Nearly Plain-Text Encoding of Mathematics"
(https://www.unicode.org/notes/tn28/).
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from writetex_desktop.core.formats.faces import in_face
from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.language.words import tr

TARGET: Final = "plain text"

_RAISED: Final = str.maketrans(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ′″‴",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ′″‴",
)
_LOWERED: Final = str.maketrans(
    "0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
)

_ACCENTS: Final = dict(
    zip(
        "^ˆ~˜¯―→←↔˙¨⃛⃜´`ˇ˘˚",
        "\u0302\u0302\u0303\u0303\u0304\u0305\u20d7\u20d6\u20e1\u0307\u0308\u20db\u20dc"
        "\u0301\u0300\u030c\u0306\u030a",
        strict=True,
    )
)
_BELOW: Final = {"―": "\u0332", "_": "\u0332", "~": "\u0330"}

_TIGHT: Final = frozenset("()[]{}⟨⟩⌊⌋⌈⌉⌜⌝|‖∣!′/.·⋅∇∂√∀∃¬∫∬∭∮∯∰$%°") | {""}
_SLASHES: Final = frozenset("/÷")
_BIG: Final = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀∫∬∭∮∯∰")
_NO_GAP: Final = frozenset("([{⌊⌈⟨)]}⌋⌉⟩|‖,;:/ ′″") | {""}
_WIDE_EM: Final = 0.25
_LEADING: Final = frozenset("+−-±∓")


def to_unicode(node: Node) -> str:
    """Write a formula in one line; lines of a derivation stay lines.

    Raises:
        ConversionError: It holds a matrix, a stroke or an accent that text cannot carry.
    """
    match node:
        case tree.Table(rows, is_lines=True):
            return "\n".join(_line(tuple(part for cell in row for part in nodes_of(cell))) for row in rows)
        case _:
            return _line(nodes_of(node))


def _line(nodes: tuple[Node, ...]) -> str:
    return " ".join(_text(nodes).split())


def _text(nodes: tuple[Node, ...]) -> str:
    written = ""
    before: Node | None = None
    for at, node in enumerate(nodes):
        piece = _operator(node.text, before) if isinstance(node, tree.Operator) else _piece(node)
        if isinstance(node, tree.Space) and node.em > 0 and _is_parted(before, _next(nodes, at)):
            piece = " "
        if _is_mixed(before, node):
            piece = f" {piece}"
        elif isinstance(node, tree.Fraction) and (
            _is_factor(before, tree.CLOSING) or _is_factor(_next(nodes, at), tree.OPENING)
        ):
            piece = f"({piece})"
        if _wants_gap(before) and piece[:1] not in _NO_GAP:
            written += " "
        if _is_name(node) and (written[-1:].isalnum() or written[-1:] in tree.CLOSING):
            written += " "
        if _is_behind_differential(nodes, at) and piece[:1].isalpha() and not written.endswith(" "):
            written += " "
        written += piece
        if not _is_invisible(node):
            before = node
    return written


def _is_parted(before: Node | None, behind: Node | None) -> bool:
    """Whether a thin blank is seen in text: before a differential, and between a number and units."""
    return behind == tree.Word("d") or (_is_unit(behind) and (_is_amount(before) or _is_unit(before)))


def _is_mixed(before: Node | None, node: Node) -> bool:
    """Whether digits and a fraction of digits stand side by side: three and a quarter, no product."""
    match before, node:
        case tree.Number(), tree.Fraction(tree.Number(), tree.Number(), has_bar=True):
            return True
        case _:
            return False


def _is_amount(node: Node | None) -> bool:
    match node:
        case tree.Number() | tree.Scripts(tree.Number()):
            return True
        case _:
            return False


def _is_unit(node: Node | None) -> bool:
    match node:
        case tree.Word(_, "normal") | tree.Scripts(tree.Word(_, "normal")):
            return True
        case tree.Word(text):
            return len(text) > 1
        case _:
            return False


def _is_behind_differential(nodes: tuple[Node, ...], at: int) -> bool:
    """Whether the `d` and the variable of an integral stand before a place, as physicists write it."""
    seen = [node for node in nodes[:at] if not _is_invisible(node)]
    match seen[-2:]:
        case [tree.Word("d"), tree.Word() | tree.Scripts(tree.Word())]:
            return any(_has_sign(node, "∫") for node in seen)
        case _:
            return False


def _has_sign(node: Node, sign: str) -> bool:
    match node:
        case tree.Operator(text) | tree.Scripts(tree.Operator(text)) | tree.Limits(tree.Operator(text)):
            return text == sign
        case _:
            return False


def _next(nodes: tuple[Node, ...], at: int) -> Node | None:
    return next((node for node in nodes[at + 1 :] if not _is_invisible(node)), None)


def _is_invisible(node: Node) -> bool:
    return node == tree.Operator(tree.APPLICATION) or (isinstance(node, tree.Space) and node.em < _WIDE_EM)


def _is_factor(node: Node | None, brackets: frozenset[str]) -> bool:
    """Whether something beside a fraction would look like a part of it."""
    if isinstance(node, tree.Operator):
        return node.text in brackets or node.text in _SLASHES
    return node is not None and not isinstance(node, tree.Space | tree.Text) and not _wants_gap(node)


def _wants_gap(node: Node | None) -> bool:
    """Whether a blank belongs behind: after names, and after sums and integrals with limits."""
    match node:
        case tree.Scripts(tree.Operator(sign)) | tree.Limits(tree.Operator(sign)):
            return sign in _BIG or sign.replace(" ", "").isalpha()
        case _:
            return _is_name(node)


def _is_name(node: Node | None) -> bool:
    """Whether it is a name of several letters, which must not run into its neighbours."""
    match node:
        case tree.Word(text) | tree.Operator(text):
            return len(text) > 1 and text.replace(" ", "").isalpha()
        case tree.Scripts(base) | tree.Limits(base):
            return _is_name(base)
        case _:
            return False


def _operator(sign: str, before: Node | None) -> str:
    if sign == tree.APPLICATION or sign in _TIGHT:
        return "" if sign == tree.APPLICATION else sign
    if sign in {",", ";", ":"}:
        return f"{sign} "
    if sign.isalpha() or sign in _BIG - _TIGHT or _is_digit(sign):
        return sign
    is_leading = before is None or (
        isinstance(before, tree.Operator)
        and before.text not in tree.CLOSING | tree.BARS | {"!", "′"}
        and not _is_digit(before.text)
    )
    if sign in _LEADING and is_leading:
        return sign
    return f" {sign} "


def _is_digit(sign: str) -> bool:
    """Whether it is a digit that stands raised or lowered in the source already."""
    return len(sign) == 1 and unicodedata.category(sign) == "No"


def _piece(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return "".join(in_face(letter, variant) for letter in text)
        case tree.Number(text) | tree.Text(text):
            return text
        case tree.Operator(text):
            return "" if text == tree.APPLICATION else text
        case tree.Space(em):
            return " " if em >= _WIDE_EM else ""
        case tree.Row(nodes):
            return _text(nodes)
        case tree.Fraction(top, bottom, has_bar):
            if not has_bar:
                raise cannot(tr("A binomial"), TARGET)
            return f"{_group(top)}/{_group(bottom)}"
        case tree.Root(body, index):
            return _root(body, index)
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            raise cannot(tr("A matrix or a table"), TARGET)
        case tree.Enclosed(notations, body) if notations == {"box"}:
            return f"▭({_text(nodes_of(body))})"
        case tree.Enclosed():
            raise cannot(tr("A box or a stroke"), TARGET)
        case tree.Painted():
            raise cannot(tr("A colour"), TARGET)


def _group(node: Node) -> str:
    """Write something in parentheses unless it is one thing anyway."""
    text = " ".join(_piece(node).split())
    nodes = nodes_of(node)
    is_one = len(nodes) == 1 and not isinstance(nodes[0], tree.Fraction | tree.Text)
    return text if is_one or (text.isalnum() and len(text) == 1) else f"({text})"


def _root(body: Node, index: Node | None) -> str:
    if index is None:
        return f"√{_group(body)}"
    degree = " ".join(_piece(index).split())
    sign = {"3": "∛", "4": "∜"}.get(degree)
    if sign is None:
        sign = _raised(degree) + "√"
    return sign + _group(body)


def _raised(text: str) -> str:
    """Write raised, close together; with `^` where a sign has no raised form."""
    return _shifted(text, _RAISED, "^")


def _shifted(text: str, table: Mapping[int, int], mark: str) -> str:
    close = re.sub(r"\s*([+−=-])\s*", r"\1", text)
    if text in {"∘", "°"} and mark == "^":
        return "°"
    if all(ord(sign) in table for sign in close):
        return close.translate(dict(table))
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def _scripts(node: tree.Scripts) -> str:
    before = _both(node.pre_sub, node.pre_sup)
    base = _piece(node.base)
    is_open_row = isinstance(node.base, tree.Row) and not tree.is_fenced(node.base)
    if base and (is_open_row or isinstance(node.base, tree.Fraction)):
        base = f"({base})"
    return before + base + _both(node.sub, node.sup)


def _both(sub: Node | None, sup: Node | None) -> str:
    lowered = "" if sub is None else _shifted(_line(nodes_of(sub)), _LOWERED, "_")
    raised = "" if sup is None else _raised(_line(nodes_of(sup)))
    return lowered + raised


def _limits(node: tree.Limits) -> str:
    over, under = node.over, node.under
    if isinstance(over, tree.Operator) and under is None:
        return _accented(node.base, over.text, _ACCENTS)
    if isinstance(under, tree.Operator) and over is None:
        return _accented(node.base, under.text, _BELOW)
    if isinstance(node.base, tree.Limits | tree.Row):
        raise cannot(tr("A brace with a remark"), TARGET)
    if isinstance(node.base, tree.Operator) and node.base.text in _ARROWS:
        raise cannot(tr("An arrow with words on it"), TARGET)
    return _piece(node.base) + _both(under, over)


_ARROWS = frozenset("→←↔⟶⟵⟷⇒⇐⇔↦↪↩↠⇌⇋⟹⟸⟺=")


def _accented(base: Node, accent: str, marks: Mapping[str, str]) -> str:
    mark = marks.get(accent)
    text = _piece(base)
    if mark is None or not (len(text) == 1 or (accent == "―" and text.isalnum())):
        raise cannot(tr("A wide accent, a brace or something above or below a sign"), TARGET)
    return "".join(unicodedata.normalize("NFC", letter + mark) for letter in text)
