"""MathML as Word, PowerPoint and LibreOffice read it best."""

import xml.etree.ElementTree as ET
from typing import Final

from writetex_desktop.core.formats.mathml.reading import TEX_VARIANT

NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"

_TAG: Final = f"{{{NAMESPACE}}}"
_STYLE_ONLY: Final = frozenset({"displaystyle", "scriptlevel"})
_PADDING: Final = "mpadded"


def for_word(mathml: str) -> str:
    r"""Leave out what Word stumbles over: `\displaystyle` in the midst, padding, rows of one.

    Word draws an equation in display style by itself where it stands alone, and turns a style in the midst
    into a box (https://github.com/jgm/pandoc/issues/416). The namespace stays, for without it Word pastes the
    source (https://github.com/mathjax/MathJax/issues/2264).

    Args:
        mathml: A `math` element with its namespace.
    """
    root = ET.fromstring(mathml)  # noqa: S314 - our own renderer wrote it
    for element in root.iter():
        element.tag = element.tag.removeprefix(_TAG)
        element.attrib.pop("displaystyle", None)
        element.attrib.pop(TEX_VARIANT, None)
    _open_styles(root)
    root.attrib = {"xmlns": NAMESPACE, **root.attrib}
    return ET.tostring(root, encoding="unicode")


def _open_styles(parent: ET.Element) -> None:
    """Put the contents of elements that only style in their place."""
    for at, child in enumerate(list(parent)):
        _open_styles(child)
        if child.tag == _PADDING or (child.tag == "mstyle" and set(child.attrib) <= _STYLE_ONLY):
            child.tag = "mrow"
            child.attrib.clear()
        if child.tag == "mrow" and len(child) == 1:
            parent[at] = child[0]
