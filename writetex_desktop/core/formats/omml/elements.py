"""The elements of OMML that all its writers put: runs, places that are never empty, options."""

import xml.etree.ElementTree as ET
from typing import Final

from writetex_desktop.core.formats.faces import in_face

NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_FILLER: Final = "\u200b"
"""What stands in an empty place, which Word and LibreOffice would show as a dotted box."""

_THIN_EM: Final = 0.2
_FACES: Final = {
    "double-struck": "double-struck",
    "script": "script",
    "-tex-calligraphic": "script",
    "bold-script": "script",
    "-tex-bold-calligraphic": "script",
    "fraktur": "fraktur",
    "bold-fraktur": "fraktur",
    "sans-serif": "sans-serif",
    "bold-sans-serif": "sans-serif",
    "sans-serif-italic": "sans-serif",
    "sans-serif-bold-italic": "sans-serif",
    "monospace": "monospace",
}


def add(parent: ET.Element, name: str) -> ET.Element:
    """Put an element at the end of another one."""
    return ET.SubElement(parent, f"m:{name}")


def put_option(parent: ET.Element, name: str, value: str) -> None:
    """Put an option with its value."""
    ET.SubElement(parent, f"m:{name}", {"m:val": value})


def close_place(place: ET.Element) -> None:
    """Make sure that a place holds something."""
    if not len(place):
        # As running text, for LibreOffice takes a run of blanks for nothing at all.
        put_words(place, _FILLER, "")


def put_run(parent: ET.Element, text: str, variant: str, *, is_literal: bool = False) -> None:
    """Put signs in a face.

    Args:
        parent: Where they are put.
        text: The signs.
        variant: MathML's name of the face, empty for slanted letters.
        is_literal: Whether they mean nothing further to a program that builds formulas of them.
    """
    if not text:
        return
    run = add(parent, "r")
    options = add(run, "rPr")
    if is_literal:
        add(options, "lit")
    # Letters in a face are signs of their own, for LibreOffice reads no face and would write R for ℝ.
    letters = [in_face(sign, variant) for sign in text]
    if all(map(str.__ne__, letters, text)):
        put_option(options, "sty", "p")
        add(run, "t").text = "".join(letters)
        return
    if variant in _FACES:
        put_option(options, "scr", _FACES[variant])
    put_option(options, "sty", _style(variant))
    add(run, "t").text = text


def put_words(parent: ET.Element, text: str, variant: str) -> None:
    """Put running text, with its blanks."""
    if variant not in {"", "normal"}:
        # Text without the rules of mathematics has no face of its own in OMML.
        put_run(parent, text.replace(" ", "\xa0"), variant)
        return
    run = add(parent, "r")
    add(add(run, "rPr"), "nor")
    words = add(run, "t")
    words.text = text
    words.set("xml:space", "preserve")


def put_space(parent: ET.Element, em: float) -> None:
    """Put spaces of about a width; OMML has no kern, so that nothing is moved back."""
    if em > 0:
        spaces = "\u2003" * round(em) if em >= 1 else "\u2005" if em > _THIN_EM else "\u2009"
        put_run(parent, spaces, "normal")


def _style(variant: str) -> str:
    if "bold" in variant:
        return "bi" if "italic" in variant else "b"
    return "i" if variant in {"", "italic", "-tex-mathit", "sans-serif-italic"} else "p"
