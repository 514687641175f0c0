"""OMML read back as MathML, by its standard and not by our writer: ECMA-376 part 1, section 22.1.

What OMML says by an option (which brackets, where a bar stands, what is hidden) becomes MathML
that looks the same.
"""

import xml.etree.ElementTree as ET
from typing import Final

from tests.omml_schema import SPACE
from tests.typst_reader import plain_sign

_ACCENTS: Final = dict(
    zip(
        "\u0302\u0303\u0305\u20d7\u20d6\u20e1\u0307\u0308\u20db\u20dc\u0301\u0300\u030c\u0306\u030a\u0304",
        "^~¯→←↔˙¨⃛⃜´`ˇ˘˚¯",
        strict=True,
    )
)
_SCRIPTS: Final = {"double-struck": "double-struck", "script": "script", "fraktur": "fraktur"}
_HIDDEN: Final = {"1", "on", "true"}


def mathml_of(omml: str) -> str:
    """Give the MathML that shows what a piece of office mathematics shows."""
    math = ET.Element("math")
    _fill(math, ET.fromstring(omml))
    return ET.tostring(math, encoding="unicode")


def _fill(parent: ET.Element, place: ET.Element | None) -> None:
    for child in place if place is not None else ():
        _put(parent, child)


def _row(parent: ET.Element, place: ET.Element | None) -> ET.Element:
    row = ET.SubElement(parent, "mrow")
    _fill(row, place)
    return row


def _child(element: ET.Element, name: str) -> ET.Element | None:
    return element.find(f"{SPACE}{name}")


def _option(element: ET.Element, name: str, default: str = "") -> str:
    found = element.find(f"{SPACE}{element.tag.removeprefix(SPACE)}Pr/{SPACE}{name}")
    return default if found is None else found.get(f"{SPACE}val", "1")


def _sign(parent: ET.Element, text: str) -> None:
    if text:
        ET.SubElement(parent, "mo").text = text


def _put(parent: ET.Element, element: ET.Element) -> None:  # noqa: C901, PLR0912 - one case a kind of element
    name = element.tag.removeprefix(SPACE)
    match name:
        case "r":
            _run(parent, element)
        case "f":
            fraction = ET.SubElement(parent, "mfrac")
            if _option(element, "type") == "noBar":
                fraction.set("linethickness", "0")
            _row(fraction, _child(element, "num"))
            _row(fraction, _child(element, "den"))
        case "rad":
            is_square = _option(element, "degHide") in _HIDDEN
            root = ET.SubElement(parent, "msqrt" if is_square else "mroot")
            _row(root, _child(element, "e"))
            if not is_square:
                _row(root, _child(element, "deg"))
        case "sSub" | "sSup" | "sSubSup":
            _scripts(parent, element, {"sSub": "msub", "sSup": "msup", "sSubSup": "msubsup"}[name], "e")
        case "sPre":
            scripts = ET.SubElement(parent, "mmultiscripts")
            _row(scripts, _child(element, "e"))
            ET.SubElement(scripts, "mprescripts")
            _row(scripts, _child(element, "sub"))
            _row(scripts, _child(element, "sup"))
        case "nary":
            _nary(parent, element)
        case "func":
            _row(parent, _child(element, "fName"))
            _fill(parent, _child(element, "e"))
        case "limLow" | "limUpp":
            limit = ET.SubElement(parent, "munder" if name == "limLow" else "mover")
            _row(limit, _child(element, "e"))
            _row(limit, _child(element, "lim"))
        case "acc" | "bar" | "groupChr":
            _accent(parent, element, name)
        case "d":
            _delimiters(parent, element)
        case "m":
            _table(parent, [row.findall(f"{SPACE}e") for row in element.findall(f"{SPACE}mr")])
        case "eqArr":
            _lines(parent, element)
        case "borderBox":
            _boxed(parent, element)
        case _ if name.endswith("Pr"):
            pass
        case _:
            raise ValueError(name)


def _run(parent: ET.Element, run: ET.Element) -> None:
    options = run.find(f"{SPACE}rPr")
    text = "".join(each.text or "" for each in run.findall(f"{SPACE}t")).replace("\u200b", "")
    script, style, is_text = "", "i", False
    for option in options if options is not None else ():
        match option.tag.removeprefix(SPACE):
            case "scr":
                script = option.get(f"{SPACE}val", "")
            case "sty":
                style = option.get(f"{SPACE}val", "i")
            case "nor":
                is_text = True
            case _:
                pass
    if is_text or not text.strip():
        ET.SubElement(parent, "mtext").text = text
        return
    plain = [plain_sign(sign) for sign in text]
    if plain[0][1] and len({shown for _, shown in plain}) == 1:
        token = ET.SubElement(parent, "mi", {"mathvariant": plain[0][1]})
        token.text = "".join(sign for sign, _ in plain)
        return
    face = script or ("normal" if style == "p" and not text.isdigit() else "")
    if style in {"b", "bi"}:
        face = f"bold-{script}" if script in {"script", "fraktur", "sans-serif"} else "bold"
    is_name = style == "p" and len(text) > 1 and text.isalpha()
    is_word = len(text) > 1 and any(sign.isalpha() for sign in text)
    kind = "mn" if text.isdigit() else "mi" if is_name or text.isalnum() else "mtext" if is_word else "mo"
    token = ET.SubElement(parent, kind, {"mathvariant": face} if face and kind != "mo" else {})
    token.text = text


def _scripts(parent: ET.Element, element: ET.Element, name: str, base: str) -> None:
    scripts = ET.SubElement(parent, name)
    for place in (base, "sub", "sup"):
        found = _child(element, place)
        if found is not None:
            _row(scripts, found)


def _nary(parent: ET.Element, element: ET.Element) -> None:
    has_limits = _option(element, "limLoc") == "undOvr"
    sub = None if _option(element, "subHide") in _HIDDEN else _child(element, "sub")
    sup = None if _option(element, "supHide") in _HIDDEN else _child(element, "sup")
    names = ("munder", "mover", "munderover") if has_limits else ("msub", "msup", "msubsup")
    if sub is None and sup is None:
        _sign(parent, _option(element, "chr", "∫"))
    else:
        holder = ET.SubElement(
            parent, names[2] if sub is not None and sup is not None else names[sub is None]
        )
        _sign(holder, _option(element, "chr", "∫"))
        for place in (sub, sup):
            if place is not None:
                _row(holder, place)
    _fill(parent, _child(element, "e"))


def _accent(parent: ET.Element, element: ET.Element, name: str) -> None:
    place = _option(element, "pos", "top" if name == "acc" else "bot")
    sign = "¯" if name == "bar" else _option(element, "chr", "\u0302" if name == "acc" else "⏟")
    holder = ET.SubElement(parent, "mover" if place == "top" else "munder")
    _row(holder, _child(element, "e"))
    _sign(holder, _ACCENTS.get(sign, sign))


def _delimiters(parent: ET.Element, element: ET.Element) -> None:
    parts = element.findall(f"{SPACE}e")
    separator = _option(element, "sepChr", "|")
    _sign(parent, _option(element, "begChr", "("))
    tables = [part.find(f"{SPACE}m") for part in parts]
    if len(parts) > 1 and all(
        table is not None and len(part) == 1 for part, table in zip(parts, tables, strict=True)
    ):
        # Matrices side by side with bars between them are one matrix with lines.
        rows: list[list[ET.Element]] = []
        for table in tables:
            assert table is not None
            for at, row in enumerate(table.findall(f"{SPACE}mr")):
                rows[at:] = rows[at:] or [[]]
                rows[at] += row.findall(f"{SPACE}e")
        _table(parent, rows)
    else:
        for at, part in enumerate(parts):
            if at:
                _sign(parent, separator)
            _fill(parent, part)
    _sign(parent, _option(element, "endChr", ")"))


def _table(parent: ET.Element, rows: list[list[ET.Element]]) -> None:
    table = ET.SubElement(parent, "mtable")
    for row in rows:
        line = ET.SubElement(table, "mtr")
        for cell in row:
            _fill(ET.SubElement(line, "mtd"), cell)


def _lines(parent: ET.Element, element: ET.Element) -> None:
    table = ET.SubElement(parent, "mtable")
    for line in element.findall(f"{SPACE}e"):
        row = ET.SubElement(table, "mtr")
        cell = ET.SubElement(row, "mtd")
        for child in line:
            if child.tag == f"{SPACE}r" and "".join(child.itertext()) == "&":
                cell = ET.SubElement(row, "mtd")
            else:
                _put(cell, child)


def _boxed(parent: ET.Element, element: ET.Element) -> None:
    strikes = {
        "strikeH": "horizontalstrike",
        "strikeV": "verticalstrike",
        "strikeBLTR": "updiagonalstrike",
        "strikeTLBR": "downdiagonalstrike",
    }
    sides = {"hideTop": "top", "hideBot": "bottom", "hideLeft": "left", "hideRight": "right"}
    struck = [notation for name, notation in strikes.items() if _option(element, name) in _HIDDEN]
    shown = [side for name, side in sides.items() if _option(element, name) not in _HIDDEN]
    if shown == ["bottom"]:
        _fill(parent, _child(element, "e"))  # a level line below a cell, which the comparison leaves out
        return
    notation = "box" if len(shown) == len(sides) else " ".join([*struck, *shown])
    box = ET.SubElement(parent, "menclose", {"notation": notation})
    _fill(box, _child(element, "e"))
