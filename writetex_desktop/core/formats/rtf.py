r"""A formula as RTF math, which LibreOffice and Word for macOS and Windows paste as an equation of their own.

RTF math is OMML in other letters: the element `m:num` is the group `{\mnum ...}`, a property with a value is
a group that holds the value as text. Source: Rich Text Format Specification 1.9.1, "Math"
(https://interoperability.blob.core.windows.net/files/Archive_References/%5bMSFT-RTF%5d.pdf). LibreOffice 7.4
drops a bare `math` element in HTML, and takes this.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.faces import in_face
from writetex_desktop.core.formats.omml.elements import NAMESPACE
from writetex_desktop.core.formats.omml.painting import NAMESPACE as WORD

_SPACE: Final = f"{{{NAMESPACE}}}"
_WORD: Final = f"{{{WORD}}}"
_SWITCHES: Final = {"0": "off", "1": "on"}
_STYLES: Final = {"p": 0, "i": 2}
_BOLD: Final = frozenset(("b", "bi"))


def to_rtf(omml: str) -> str:
    """Write a whole RTF document, in ASCII, that holds one equation.

    Args:
        omml: What `to_omml` gives.
    """
    root = ET.fromstring(omml)  # noqa: S314 - written by `to_omml`
    named = (_colours(each) for each in root.iter(f"{_WORD}rPr"))
    colours = list(dict.fromkeys(colour for pair in named for colour in pair if colour))
    body = "".join(_element(each, colours) for each in root)
    inks = "".join("\\red{}\\green{}\\blue{};".format(*bytes.fromhex(each)) for each in colours)
    table = f"{{\\colortbl;{inks}}}" if inks else ""
    return (
        f"{{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{{\\fonttbl{{\\f0\\froman Cambria Math;}}}}{table}"
        f"\\pard\\plain {{\\mmath{{\\*\\moMath {body}}}}}}}"
    )


def _element(element: ET.Element, colours: Sequence[str]) -> str:
    name = element.tag.removeprefix(_SPACE)
    if name in {"r", "ctrlPr"}:
        properties = element.find(f"{_WORD}rPr")
        painted = "" if properties is None else _painted(properties, colours)
        return _run(element, painted) if name == "r" else f"{{\\mctrlPr{painted} }}"
    value = element.get(f"{_SPACE}val")
    if value is not None:
        return f"{{\\m{name} {_value(name, value)}}}"
    return f"{{\\m{name} {''.join(_element(each, colours) for each in element)}}}"


def _colours(properties: ET.Element) -> tuple[str, str]:
    """Give the colour of letters and that behind them, as six digits; empty where none is said."""
    ink, paper = properties.find(f"{_WORD}color"), properties.find(f"{_WORD}shd")
    return (
        "" if ink is None else ink.get(f"{_WORD}val", ""),
        "" if paper is None else paper.get(f"{_WORD}fill", ""),
    )


def _painted(properties: ET.Element, colours: Sequence[str]) -> str:
    words = zip(("cf", "chcbpat"), _colours(properties), strict=True)
    return "".join(f"\\{word}{colours.index(colour) + 1}" for word, colour in words if colour)


def _value(name: str, value: str) -> str:
    is_switch = name.endswith("Hide") or name.startswith(("hide", "strike", "grow"))
    return _SWITCHES[value] if is_switch else _escaped(value)


def _run(run: ET.Element, painted: str) -> str:
    text = "".join(part.text or "" for part in run.iterfind(f"{_SPACE}t"))
    if run.find(f"{_SPACE}rPr/{_SPACE}nor") is not None:
        return f"{{\\mr\\mnor1{painted} {_escaped(text)}}}"
    face, style = (_property(run, name) for name in ("scr", "sty"))
    # LibreOffice reads no face here but the slanted one, so that the others are letters of their own.
    if face or style in _BOLD:
        bold = ("bold-italic" if style == "bi" else "bold") if style in _BOLD else ""
        name = f"bold-{face}" if face and bold else face or bold
        return f"{{\\mr\\msty0{painted} {_escaped(''.join(in_face(sign, name) for sign in text))}}}"
    return f"{{\\mr\\msty{_STYLES.get(style, 2)}{painted} {_escaped(text)}}}"


def _property(run: ET.Element, name: str) -> str:
    found = run.find(f"{_SPACE}rPr/{_SPACE}{name}")
    return "" if found is None else found.get(f"{_SPACE}val", "")


def _escaped(text: str) -> str:
    """Write text in ASCII; signs beyond take two units of UTF-16 where they need them."""
    written = ""
    for sign in text:
        if sign in "\\{}":
            written += f"\\{sign}"
        elif " " <= sign <= "~":
            written += sign
        else:
            units = sign.encode("utf-16-le", "surrogatepass")
            for at in range(0, len(units), 2):
                written += f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?"
    return written
