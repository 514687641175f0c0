"""MathML as other programs want it."""

import re
import xml.etree.ElementTree as ET

from writetex_desktop.adapters.exporters.strokes import strike
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.colours import is_colour
from writetex_desktop.core.formats.mathml.reading import TEX_VARIANT
from writetex_desktop.core.language.words import tr

MATHML_NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_TAG_NAMESPACE = f"{{{MATHML_NAMESPACE}}}"

# Links, identifiers and style sheets have no place in a formula that is pasted elsewhere.
_FOREIGN = frozenset({"href", "class", "id", "style", "src", "altimg", "actiontype", "selection"})

_COLOURS = frozenset({"mathcolor", "mathbackground"})

_FAMILY = re.compile(r"[\w ,'-]*")

_BRACKETS = ("⎵", "⎴")

_COLONS = {
    "::": "∷",
    ":=": "≔",
    "::=": "⩴",
    "=:": "≕",
    "=::": "=∷",
    ":≈": ":≈",
    ":∼": ":∼",
    "::≈": "∷≈",
    "::∼": "∷∼",
}
"""What mathtools puts together of colons, which it lifts, as one sign; by what stands in it."""

_ALTERNATES = {"⪇": "≰", "⪈": "≱"}
r"""`\nleqslant` and `\ngeqslant`, for which MathJax takes another drawing of "less but not equal"."""

_LIFTED = ".04em"
_RISING_DOTS = "⋰"

# Between elements MathJax breaks lines; Word shows such white space in some token elements.
_BREAKS = re.compile(r">[^\S\n]*+\n\s*+<")


def clean_mathml(markup: str) -> str:
    """Make MathJax's MathML plain presentation MathML.

    The namespace stays: Word takes text for an equation only with it
    (https://github.com/mathjax/MathJax/issues/2264).

    Args:
        markup: The `math` element that MathJax wrote.

    Raises:
        RenderError: It holds characters that XML cannot.
    """
    try:
        root = ET.fromstring(_BREAKS.sub("><", markup))  # noqa: S314 - our own engine wrote it
    except (ET.ParseError, UnicodeEncodeError) as error:
        raise RenderError(
            tr("The formula holds characters that MathML cannot."),
            tr("Remove unusual characters from the source."),
        ) from error
    for element in root.iter():
        _draw_bracket(element)
        _join_signs(element)
        if element.get("data-mjx-alternate"):
            element.text = _ALTERNATES.get(element.text or "", element.text)
        element.tag = element.tag.removeprefix(_TAG_NAMESPACE)
        for name in list(element.attrib):
            if _is_foreign(name, element.attrib[name]):
                del element.attrib[name]
    strike(root)
    root.attrib = {"xmlns": MATHML_NAMESPACE, **root.attrib}
    return ET.tostring(root, encoding="unicode")


def _join_signs(element: ET.Element) -> None:
    r"""Put one sign where MathJax puts several together: `\coloneqq`, `\iddots`."""
    if not element.tag.endswith("mrow"):
        return
    lifts = [each.get("voffset", "") for each in element.iter() if each.tag.endswith("mpadded")]
    text = "".join(element.itertext()).strip()
    if text in _COLONS and _LIFTED in lifts:
        sign = _COLONS[text]
    elif text == "..." and lifts == ["+1pt", "+4pt", "+7pt"]:
        sign = _RISING_DOTS
    else:
        return
    for child in list(element):
        element.remove(child)
    element.tag, element.attrib, element.text = f"{_TAG_NAMESPACE}mo", {}, sign


def _draw_bracket(element: ET.Element) -> None:
    r"""Put a sign or a frame where MathJax draws a border of CSS: `\overbracket`, `\fcolorbox`."""
    style = element.get("style", "")
    if not style.startswith("border:"):
        return
    if ": none" not in style:
        # A whole frame, that of `\fcolorbox`, stands round its contents.
        element.tag = f"{_TAG_NAMESPACE}menclose"
        background = element.get("mathbackground", "")
        element.attrib = {"notation": "box", **({"mathbackground": background} if background else {})}
        return
    sign = _BRACKETS["border-bottom: none" in style]
    element.tag = "mo"
    element.attrib = {"stretchy": "true"}
    element.text = sign
    for child in list(element):
        element.remove(child)


def _is_foreign(name: str, value: str) -> bool:
    if name in _COLOURS:
        return not is_colour(value)
    if name == "fontfamily":
        return not _FAMILY.fullmatch(value)
    if name == TEX_VARIANT:
        return not value.endswith("-calligraphic")
    return name in _FOREIGN or name.startswith(("data-", "on", "{"))
