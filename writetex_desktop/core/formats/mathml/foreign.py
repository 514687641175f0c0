"""MathML of other programs, made what our own reader reads."""

import html
import re
import xml.etree.ElementTree as ET
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.language.words import tr

_ENTITY: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9]*);")
_ELEMENT: Final = re.compile(
    r"<(?:\w+:)?math\b(?:[^<]|<(?!(?:\w+:)?math\b|/(?:\w+:)?math\s*>))*+</(?:\w+:)?math\s*>", re.DOTALL
)
_LETTERS: Final = frozenset(("mi", "mn", "mtext"))
_ONE_FORM: Final = str.maketrans("〈〉\u2329\u232a︷︸︵︶﹇﹈", "⟨⟩⟨⟩⏞⏟⏜⏝⎴⎵")
_PARTS: Final = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
_INVISIBLE: Final = frozenset("\u2061\u2062\u2063\u2064")
_TEX: Final = frozenset(("application/x-tex", "tex", "latex", "application/x-latex"))


def tex_of(markup: str) -> str:
    """Give the LaTeX that MathML brings along as an annotation; nothing where it brings none.

    Raises:
        ConversionError: It is no MathML.
    """
    for element in _root(markup).iter():
        if element.tag.endswith("annotation") and element.get("encoding", "").lower() in _TEX:
            return (element.text or "").strip()
    return ""


def read_foreign(markup: str) -> Node:
    """Read MathML as other programs write it: with prefixes, entities, `mfenced` and annotations.

    Args:
        markup: A `math` element, or a page with one in it.

    Raises:
        ConversionError: It is no MathML, or holds what cannot be read.
    """
    root = _root(markup)
    _hand_down(root, "")
    try:
        _simplify(root)
        return read_mathml(ET.tostring(root, encoding="unicode"))
    except (ValueError, IndexError) as error:
        raise ConversionError(
            tr("An element of the MathML has too few parts or too many."), tr("Copy the formula anew.")
        ) from error


def _simplify(root: ET.Element) -> None:
    for parent in list(root.iter()):
        parent.tag = parent.tag.rpartition("}")[2]
        for at, child in reversed(list(enumerate(parent))):
            name = child.tag.rpartition("}")[2]
            if name == "semantics" and len(child):
                parent[at] = child[0]
            elif name == "mfenced":
                parent[at] = _opened(child)
            elif name.startswith("annotation"):
                parent.remove(child)
        _count_parts(parent)


def _count_parts(element: ET.Element) -> None:
    """Leave out what is not seen where there are too many parts; Temml puts a blank among them.

    Raises:
        ValueError: There are still too many or too few, of which some would be passed over.
    """
    count = _PARTS.get(element.tag)
    if count is None or len(element) == count:
        return
    for child in list(element):
        if child.tag.endswith("mspace") or (child.text or "").strip() in _INVISIBLE:
            element.remove(child)
    if len(element) != count:
        raise ValueError(element.tag)


def _hand_down(element: ET.Element, face: str) -> None:
    """Give each letter the face that `mstyle` around it says, and one form to signs that have two."""
    name = element.tag.rpartition("}")[2]
    if name in _LETTERS and face and "mathvariant" not in element.attrib:
        element.set("mathvariant", face)
    if name == "mo" and element.text:
        element.text = element.text.translate(_ONE_FORM)
    if name == "mstyle":
        face = element.get("mathvariant", face)
    for child in element:
        _hand_down(child, face)


def _root(markup: str) -> ET.Element:
    found = _ELEMENT.search(markup)
    if found is None or "<!ENTITY" in markup:
        raise ConversionError(tr("This is no MathML."), tr("Give a math element, or a page with one in it."))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), found[0])
    prefix = re.match(r"<(\w+):math", text)
    if prefix is not None and f"xmlns:{prefix[1]}" not in text:
        text = text.replace(f"<{prefix[1]}:", "<").replace(f"</{prefix[1]}:", "</")
    try:
        return ET.fromstring(text)  # noqa: S314 - without a DTD nothing grows in it
    except ET.ParseError as error:
        raise ConversionError(tr("The MathML is not well-formed."), tr("Copy the formula anew.")) from error


def _opened(fenced: ET.Element) -> ET.Element:
    """Write `mfenced`, which MathML 4 has no more, as a row with brackets and separators."""
    row = ET.Element("mrow")
    separators = "".join(fenced.get("separators", ",").split())
    _sign(row, fenced.get("open", "("), stretchy="true")
    for at, child in enumerate(list(fenced)):
        if at and separators:
            _sign(row, separators[min(at, len(separators)) - 1])
        row.append(child)
    _sign(row, fenced.get("close", ")"), stretchy="true")
    return row


def _sign(row: ET.Element, text: str, **attributes: str) -> None:
    ET.SubElement(row, "mo", attributes).text = text
