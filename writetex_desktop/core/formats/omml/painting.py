"""Colours in OMML: as in all of Word, properties of its runs, and of the signs that it draws itself.

Source: ECMA-376 part 1, sections 22.1.2.87 (`m:r`), 22.1.2.23 (`m:ctrlPr`) and 17.3.2 (`w:color`, `w:shd`).
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_DRAWN: Final = frozenset(
    [
        "acc",
        "bar",
        "borderBox",
        "d",
        "eqArr",
        "f",
        "func",
        "groupChr",
        "limLow",
        "limUpp",
        "m",
        "nary",
        "rad",
        "sPre",
        "sSub",
        "sSubSup",
        "sSup",
    ]
)
"""Elements that draw a sign or a line of their own, or may."""


def paint(elements: Iterable[ET.Element], ink: str, paper: str) -> None:
    """Put elements and what is in them in colours; what has one already keeps it.

    Args:
        elements: What was put for a part of a formula.
        ink: As in `tree.Painted`.
        paper: As in `tree.Painted`.
    """
    for element in [each for top in elements for each in top.iter()]:
        name = element.tag.removeprefix("m:")
        if name == "r":
            _set(element, ink, paper, at=1 if element.find("m:rPr") is not None else 0)
        elif name in _DRAWN and element.tag != name:
            _set(_control(element, name), ink, paper, at=0)


def _control(element: ET.Element, name: str) -> ET.Element:
    options = element.find(f"m:{name}Pr")
    if options is None:
        options = ET.Element(f"m:{name}Pr")
        element.insert(0, options)
    control = options.find("m:ctrlPr")
    return ET.SubElement(options, "m:ctrlPr") if control is None else control


def _set(holder: ET.Element, ink: str, paper: str, *, at: int) -> None:
    properties = holder.find("w:rPr")
    if properties is None:
        properties = ET.Element("w:rPr")
        holder.insert(at, properties)
    if ink and properties.find("w:color") is None:
        properties.insert(0, ET.Element("w:color", {"w:val": ink.upper()}))
    if paper and properties.find("w:shd") is None:
        shading = {"w:val": "clear", "w:color": "auto", "w:fill": paper.upper()}
        properties.append(ET.Element("w:shd", shading))
