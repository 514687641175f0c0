r"""MathML as browsers draw it: letters in a face as signs of their own.

MathML Core, which is what browsers know, has no attribute `mathvariant` but for upright letters: an `R` with
`double-struck` is drawn as a slanted R. Unicode has these letters, and every reader of MathML takes them.
https://www.w3.org/TR/mathml-core/#dfn-mathvariant
"""

import unicodedata
import xml.etree.ElementTree as ET
from typing import Final

from writetex_desktop.core.formats.faces import in_face
from writetex_desktop.core.formats.mathml.reading import TEX_VARIANT
from writetex_desktop.core.formats.mathml.word import NAMESPACE

_TAG: Final = f"{{{NAMESPACE}}}"
_STYLES: Final = {
    "bold": "font-weight:bold",
    "italic": "font-style:italic",
    "bold-italic": "font-weight:bold;font-style:italic",
    "monospace": "font-family:monospace",
    "sans-serif": "font-family:sans-serif",
}
"""What a face of words and operators is in CSS: words stay words, and these alphabets have none."""

_SIGNS: Final = {"∇": "NABLA", "∂": "PARTIAL DIFFERENTIAL"}


def for_browsers(mathml: str) -> str:
    r"""Put letters in a face as Unicode's, and style words that are in one.

    Args:
        mathml: A `math` element with its namespace.
    """
    root = ET.fromstring(mathml)  # noqa: S314 - our own renderer wrote it
    for element in root.iter():
        element.tag = element.tag.removeprefix(_TAG)
        face = element.attrib.pop(TEX_VARIANT, "") or element.get("mathvariant", "normal")
        if face == "normal" or not element.text:
            continue
        signs = [_in_face(sign, face) for sign in element.text]
        is_words = element.tag in {"mtext", "ms"}
        if not is_words and all(map(_is_drawn, element.text, signs)) and element.text != "".join(signs):
            element.text = "".join(signs)
            element.attrib.pop("mathvariant", None)
        elif face in _STYLES:
            element.set("style", _STYLES[face])
    root.attrib = {"xmlns": NAMESPACE, **root.attrib}
    return ET.tostring(root, encoding="unicode")


def _is_drawn(sign: str, in_its_face: str) -> bool:
    """Whether a sign is in its face, or has none: a decimal point."""
    return sign != in_its_face or not sign.isalnum()


def _in_face(sign: str, face: str) -> str:
    if sign in _SIGNS and face in {"bold", "bold-italic"}:
        return unicodedata.lookup(f"MATHEMATICAL {face.upper().replace('-', ' ')} {_SIGNS[sign]}")
    return in_face(sign, face)
