"""OMML read into the tree of `mathml.tree`: equations that come from Word.

Source: ECMA-376 part 1, section 22.1. What is missing has the value that the standard says.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.drawing.colours import colour_value
from writetex_desktop.core.formats.faces import plain_letter
from writetex_desktop.core.formats.mathml.painting import painted
from writetex_desktop.core.formats.mathml.tree import (
    EMPTY,
    Enclosed,
    Fraction,
    Limits,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Scripts,
    Table,
    Text,
    Word,
    nodes_of,
)
from writetex_desktop.core.formats.omml.elements import NAMESPACE
from writetex_desktop.core.language.words import tr

SPACE: Final = f"{{{NAMESPACE}}}"

_FACES: Final = {
    ("double-struck", False): "double-struck",
    ("script", False): "script",
    ("script", True): "bold-script",
    ("fraktur", False): "fraktur",
    ("fraktur", True): "bold-fraktur",
    ("sans-serif", False): "sans-serif",
    ("sans-serif", True): "bold-sans-serif",
    ("monospace", False): "monospace",
}
_STYLES: Final = {"p": "normal", "b": "bold", "bi": "bold-italic"}
_COMBINING: Final = (
    "\u0302\u0303\u0304\u0305\u20d7\u20d6\u20e1\u0307\u0308\u20db\u0301\u0300\u030c\u0306\u030a"
)
_ACCENTS: Final = dict(zip(_COMBINING, "^~¯―→←↔˙¨⃛´`ˇ˘˚", strict=True))
_PROLOGUE: Final = re.compile(r"\A\s*<\?xml[^>]*>")
_NAMESPACE: Final = re.compile(r"\bxmlns:(\w+)\s*=")
_PREFIX: Final = re.compile(r"(?:</?|\s)(\w+):\w+(?=[\s=/>])")
_PIECES: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]|.", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+)*\Z")
_ON: Final = frozenset(("1", "on", "true"))
_OFF: Final = frozenset(("0", "off", "false"))
_STRIKES: Final = {
    "strikeBLTR": "updiagonalstrike",
    "strikeTLBR": "downdiagonalstrike",
    "strikeH": "horizontalstrike",
    "strikeV": "verticalstrike",
}
_ARROWS: Final = frozenset("→←↔⇒⇐⇔⟶⟵⇌")
_UPRIGHT_BRACES: Final = str.maketrans("︷︸︵︶﹇﹈", "⏞⏟⏜⏝⎴⎵")
"""The braces of Word 2007, which are those of text that is written downwards."""
_SIDES: Final = {"hideTop": "top", "hideBot": "bottom", "hideLeft": "left", "hideRight": "right"}


def read_omml(markup: str) -> Node:
    """Read an `m:oMath` or `m:oMathPara` element.

    Raises:
        ConversionError: It is no OMML.
    """
    if "<!DOCTYPE" in markup or "<!ENTITY" in markup:
        raise _unread()
    try:
        root = ET.fromstring(_with_namespaces(markup))  # noqa: S314 - without a DTD nothing grows in it
    except ET.ParseError as error:
        raise _unread() from error
    found = [root] if root.tag == f"{SPACE}oMath" else root.findall(f".//{SPACE}oMath")
    if not found:
        raise _unread()
    return read_element(found[0])


def read_element(element: ET.Element) -> Node:
    """Read an `m:oMath` element, or a place in one."""
    nodes = [node for child in element for node in _read(child)]
    return nodes[0] if len(nodes) == 1 else Row(tuple(nodes))


def _with_namespaces(markup: str) -> str:
    """Name the spaces of a part that was cut out of a page or a file, where they stand further up."""
    markup = _PROLOGUE.sub("", markup, count=1)
    known = frozenset(("xml", "xmlns", *_NAMESPACE.findall(markup)))
    missing = set(_PREFIX.findall(markup)) - known
    if not missing:
        return markup
    spaces = {**dict.fromkeys(missing, "urn:unknown"), "m": NAMESPACE}
    named = "".join(f' xmlns:{prefix}="{spaces[prefix]}"' for prefix in sorted(missing))
    return f"<part{named}>{markup}</part>"


def _unread() -> ConversionError:
    return ConversionError(tr("This is no OMML."), tr("Give an m:oMath element, or a .docx file."))


def _read(element: ET.Element) -> Iterable[Node]:  # noqa: C901, PLR0911, PLR0912 - one case a kind of element
    name = element.tag.removeprefix(SPACE)
    match name:
        case "r":
            return _run(element)
        case "f":
            kind = _value(element, "fPr/type", "bar")
            if kind in {"lin", "skw"}:
                return (_place(element, "num"), Operator("/"), _place(element, "den"))
            return (Fraction(_place(element, "num"), _place(element, "den"), has_bar=kind != "noBar"),)
        case "rad":
            index = _place(element, "deg")
            return (Root(_place(element, "e"), None if index == EMPTY else index),)
        case "sSub" | "sSup" | "sSubSup":
            return (Scripts(_place(element, "e"), _maybe(element, "sub"), _maybe(element, "sup")),)
        case "sPre":
            pre = _maybe(element, "sub"), _maybe(element, "sup")
            match _place(element, "e"):
                case Scripts(base, sub, sup, None, None):
                    return (Scripts(base, sub, sup, *pre),)
                case base:
                    return (Scripts(base, None, None, *pre),)
        case "nary":
            return (_nary(element), *nodes_of(_place(element, "e")))
        case "func":
            return (*nodes_of(_place(element, "fName")), *nodes_of(_place(element, "e")))
        case "limLow":
            return (_limit(_place(element, "e"), _place(element, "lim"), None),)
        case "limUpp":
            return (_limit(_place(element, "e"), None, _place(element, "lim")),)
        case "acc":
            sign = _value(element, "accPr/chr", "\u0302")
            return (Limits(_place(element, "e"), None, Operator(_ACCENTS.get(sign, sign))),)
        case "bar":
            line = Operator("―")
            base = _place(element, "e")
            is_above = _value(element, "barPr/pos", "bot") == "top"
            return (Limits(base, None, line) if is_above else Limits(base, line, None),)
        case "groupChr":
            sign = _value(element, "groupChrPr/chr", "⏟")
            brace = Operator(sign.translate(_UPRIGHT_BRACES))
            base = _place(element, "e")
            is_above = _value(element, "groupChrPr/pos", "bot") == "top"
            if sign in _ARROWS:
                # Word's arrow with words on it is a line of words with an arrow below.
                return (Limits(brace, base, None) if is_above else Limits(brace, None, base),)
            return (Limits(base, None, brace) if is_above else Limits(base, brace, None),)
        case "d":
            return (_delimited(element),)
        case "m":
            return (_matrix(element),)
        case "eqArr":
            return (_lines(element),)
        case "borderBox":
            return (Enclosed(_notations(element), _place(element, "e")),)
        case "box" | "phant" | "e" | "num" | "den" | "sub" | "sup" | "oMath":
            inner = element.find(f"{SPACE}e") if name in {"box", "phant"} else element
            return nodes_of(read_element(inner)) if inner is not None else ()
        case _:
            # What Word keeps of its own within an equation, such as marks of a correction, may hold runs.
            return () if name.endswith("Pr") else [node for child in element for node in _read(child)]


def _run(run: ET.Element) -> list[Node]:
    ink, paper = _colour(run, "color", "val"), _colour(run, "shd", "fill")
    return [painted(node, ink, paper) for node in _uncoloured(run)]


def _colour(run: ET.Element, name: str, attribute: str) -> str:
    """Give a colour among the properties that a run has as text, as six hexadecimal digits."""
    for element in run.iterfind(f"{{*}}rPr/{{*}}{name}"):
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == attribute:
                return colour_value(f"#{value}")
    return ""


def _uncoloured(run: ET.Element) -> list[Node]:
    text = "".join(part.text or "" for part in run.iterfind(f"{SPACE}t")).replace("\u200b", "")
    text = text.translate(_UPRIGHT_BRACES)
    if not text:
        return []
    if run.find(f"{SPACE}rPr/{SPACE}nor") is not None:
        return [Text(text)]
    style, face = _value(run, "rPr/sty", "i"), _value(run, "rPr/scr", "roman")
    variant = _FACES.get((face, "b" in style), _STYLES.get(style, ""))
    letters = [plain_letter(sign) for sign in text]
    if letters[0][1] and len({shown for _, shown in letters}) == 1:
        text, variant, style = "".join(letter for letter, _ in letters), letters[0][1], "p"
    if style != "i" and _WORD.match(text):
        return [Word(text, "" if variant == "normal" else variant)]
    return [_piece(piece, variant) for piece in _PIECES.findall(text) if not piece.isspace()]


def _piece(piece: str, variant: str) -> Node:
    if piece[0].isdigit():
        return Number(piece) if variant in {"", "normal"} else Word(piece, variant)
    return Word(piece, variant) if piece.isalpha() else Operator(piece)


def _nary(element: ET.Element) -> Node:
    sign = Operator(_value(element, "naryPr/chr", "∫"))
    is_below = _value(element, "naryPr/limLoc", "subSup" if sign.text == "∫" else "undOvr") == "undOvr"
    hidden = {name: _value(element, f"naryPr/{name}Hide", "0") not in _OFF for name in ("sub", "sup")}
    sub, sup = (None if hidden[name] else _maybe(element, name) for name in ("sub", "sup"))
    if sub is None and sup is None:
        return sign
    return Limits(sign, sub, sup) if is_below else Scripts(sign, sub, sup)


def _limit(base: Node, under: Node | None, over: Node | None) -> Node:
    match base:
        case Limits(inner, below, None) if over is not None and not isinstance(below, Operator):
            return Limits(inner, below, over)
        case _:
            return Limits(base, under, over)


def _delimited(element: ET.Element) -> Node:
    opening, closing = _value(element, "dPr/begChr", "("), _value(element, "dPr/endChr", ")")
    separator = _value(element, "dPr/sepChr", "|")
    inner: list[Node] = []
    for at, place in enumerate(element.iterfind(f"{SPACE}e")):
        if at:
            inner.append(Operator(separator, grows=True))
        inner += nodes_of(read_element(place))
    grows = _value(element, "dPr/grow", "1") not in _OFF
    return Row((Operator(opening, grows=grows), *inner, Operator(closing, grows=grows)), is_pair=grows)


def _matrix(element: ET.Element) -> Node:
    rows = tuple(
        tuple(read_element(cell) for cell in row.iterfind(f"{SPACE}e")) or (EMPTY,)
        for row in element.iterfind(f"{SPACE}mr")
    )
    aligned: list[str] = []
    for group in element.iterfind(f"{SPACE}mPr/{SPACE}mcs/{SPACE}mc"):
        aligned += [_value(group, "mcPr/mcJc", "center")] * int(_value(group, "mcPr/count", "1"))
    return Table(rows, is_lines=False, aligned=tuple(aligned)) if rows else EMPTY


def _lines(element: ET.Element) -> Node:
    """Read an array of equations: an ampersand in a run parts its columns."""
    rows: list[tuple[Node, ...]] = []
    for line in element.iterfind(f"{SPACE}e"):
        cells: list[list[Node]] = [[]]
        for node in nodes_of(read_element(line)):
            if node == Operator("&"):
                cells.append([])
            else:
                cells[-1].append(node)
        rows.append(tuple(cell[0] if len(cell) == 1 else Row(tuple(cell)) for cell in cells))
    return Table(tuple(rows), is_lines=True) if rows else EMPTY


def _notations(element: ET.Element) -> frozenset[str]:
    def is_on(name: str) -> bool:
        return _value(element, f"borderBoxPr/{name}", "0") in _ON

    sides = {side for name, side in _SIDES.items() if not is_on(name)}
    strikes = {strike for name, strike in _STRIKES.items() if is_on(name)}
    return frozenset((("box",) if len(sides) == len(_SIDES) else tuple(sides)) + tuple(strikes))


def _place(element: ET.Element, name: str) -> Node:
    found = element.find(f"{SPACE}{name}")
    return EMPTY if found is None else read_element(found)


def _maybe(element: ET.Element, name: str) -> Node | None:
    node = _place(element, name)
    return None if node == EMPTY else node


def _value(element: ET.Element, path: str, default: str) -> str:
    """Give the value of an option; one that is there without a value is on."""
    found = element.find("/".join(f"{SPACE}{name}" for name in path.split("/")))
    return (
        default if found is None else found.get(f"{SPACE}val", "" if path.endswith(("Chr", "chr")) else "1")
    )
