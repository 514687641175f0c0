r"""Letters with a stroke through them, which TeX prints one over the other and MathML has as one sign.

Physicists write `\slashed{D}`, `\not{\!D}` or `D\!\!\!\!/`; signs side by side read as a division.
"""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

_STROKES: Final = frozenset("/⧸")
_STROKE: Final = "\u0338"
_NEAR_EM: Final = -0.3
"""How far back a stroke must be moved to stand on its letter: `\\!\\!`; a single one only closes a gap."""

_GROUPS: Final = frozenset(("mrow", "mstyle", "math", "mtd", "msqrt", "menclose", "mphantom", "mpadded"))
_SCRIPTED: Final = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_LENGTH = re.compile(r"\A-(\d*\.?\d*)([a-z]*)\Z")


def strike(root: ET.Element) -> None:
    """Join strokes with the letters on which they are printed, in place."""
    for element in root.iter():
        if _name(element) in _GROUPS:
            _strike_children(element)


def _strike_children(parent: ET.Element) -> None:
    at = 0
    while at < len(parent):
        child = parent[at]
        behind = _visible_from(parent, at + 1)
        if behind is not None:
            back = _moved_back(parent, at, behind)
            is_over = _is_stroke(child) and (_has_no_width(child) or back <= _NEAR_EM)
            if is_over and _struck(parent, behind):
                for each in list(parent)[at:behind]:
                    parent.remove(each)
            elif _is_stroke(parent[behind]) and back <= _NEAR_EM and _struck(parent, at):
                for each in list(parent)[at + 1 : behind + 1]:
                    parent.remove(each)
        at += 1


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _visible_from(parent: ET.Element, start: int) -> int | None:
    return next((at for at in range(start, len(parent)) if not _is_space(parent[at])), None)


def _is_space(element: ET.Element) -> bool:
    return all(_name(each) in {"mspace", "mstyle", "mrow"} for each in element.iter())


def _moved_back(parent: ET.Element, start: int, end: int) -> float:
    """How far what stands at `end` is moved back, in em; a length in other units is taken for far."""
    moved = 0.0
    for element in list(parent)[start + 1 : end]:
        for each in element.iter():
            found = _LENGTH.match(each.get("width", ""))
            if found:
                moved -= float(found[1] or 0) if found[2] == "em" else 1.0
    return moved


def _is_stroke(element: ET.Element) -> bool:
    return "".join(element.itertext()).strip() in _STROKES and all(
        _name(each) in {"mrow", "mstyle", "mpadded", "mspace", "mo", "mtext"} for each in element.iter()
    )


def _has_no_width(element: ET.Element) -> bool:
    return any(_name(each) == "mpadded" and each.get("width") == "0" for each in element.iter())


def _struck(parent: ET.Element, at: int) -> bool:
    """Put a stroke through what stands at a place; False where nothing can be struck."""
    target = next(_leading(parent[at]), None)
    if target is None:
        return False
    holder, token = target
    text = (token.text or "").strip()
    if text in _STROKES:
        return False  # a double stroke: the quotient X//G
    if _name(token) in {"mi", "mo"} and len(text) == 1:
        token.text = unicodedata.normalize("NFC", text + _STROKE)
        for each in [each for each in holder if _is_space(each)]:
            holder.remove(each)
        return True
    if len("".join(parent[at].itertext()).strip()) > 0 and _name(parent[at]) not in {"mo", "mtext"}:
        struck = ET.Element(_like(parent[at], "menclose"), {"notation": "updiagonalstrike"})
        struck.append(parent[at])
        parent[at] = struck
        return True
    return False


def _leading(element: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """The token that stands first in an element, with what holds it."""
    holder = element
    while len(element):
        holder = element
        inner = [each for each in element if not _is_space(each)]
        is_known = _name(element) in _SCRIPTED | {"mrow", "mstyle"}
        if not inner or not is_known or (_name(element) in {"mrow", "mstyle"} and len(inner) > 1):
            break
        element = inner[0]
    yield holder, element


def _like(element: ET.Element, name: str) -> str:
    namespace, brace, _ = element.tag.rpartition("}")
    return f"{namespace}{brace}{name}"
