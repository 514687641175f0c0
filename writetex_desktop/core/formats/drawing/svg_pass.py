"""From what MathJax draws to what QtSvg can paint.

MathJax writes for browsers: nested `svg` elements, `currentColor`, and lines of tables that only a style
sheet makes lines. QtSvg knows SVG Tiny 1.2 and none of these. What is not on our short lists of elements
and attributes is left out, so that nothing a formula says can reach the picture as anything but a picture.
"""

import base64
import math
import re
import xml.etree.ElementTree as ET

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.colours import is_colour
from writetex_desktop.core.formats.drawing.formula import INK, RenderedFormula
from writetex_desktop.core.formats.drawing.ink_box import Box, ink_box
from writetex_desktop.core.formats.drawing.lettering import Lettering, LetteringPicture, Outline
from writetex_desktop.core.language.words import tr

UNITS_PER_EM = 1000
"""How many units of the drawing make one em (MathJax's own convention)."""

MAX_SIDE_EM = 10_000
"""A formula wider or higher than this (about 40 metres at 12 pt) is refused."""

_OVERHANG = 100
_OVERSHOOT = 40
# MathJax gives the box of the advance widths; slanted letters reach out of it by up to a tenth of an em,
# and frames by half their line.

_SVG = "{http://www.w3.org/2000/svg}"
_GROUPS = frozenset({"g", "svg", "a"})
_SHAPES = frozenset({"path", "rect", "line", "ellipse", "circle", "polygon", "polyline", "text"})
_NUMBERS = frozenset(
    {"x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "rx", "ry", "r", "points", "d"}
    | {"stroke-width", "stroke-dasharray", "font-size"}
)
_WORDS = frozenset(
    {
        "transform",
        "stroke-linecap",
        "stroke-linejoin",
        "fill-rule",
        "font-family",
        "font-style",
        "font-weight",
    }
)
_OF_TEXT = ("font-size", "font-family", "font-style", "font-weight")
_COLOURS = frozenset({"fill", "stroke"})
_PLACE_OF_NESTED = frozenset({"x", "y", "width", "height", "viewBox"})
_NOT_A_NUMBER = re.compile(r"NaN|Infinity|undefined")
_PIXELS = re.compile(r"(?<=\d)px")

# What the style sheet that MathJax gives to pages says for `\hline`, `|` of arrays and framed tables; as
# thin as LaTeX has them, `\arrayrulewidth` being 0.4 pt.
_LINE_WIDTH = "40"
_DASHES = {"mjx-dashed": "140", "mjx-dotted": "0,140"}


def to_formula(drawing: str, *, repaired: bool = False, outline: Outline | None = None) -> RenderedFormula:
    """Make a drawing of MathJax paintable by QtSvg.

    Args:
        drawing: The `svg` element that MathJax wrote.
        repaired: Whether it shows a repaired form of the source.
        outline: Gives the outlines of letters that MathJax's font lacks; without it they stay text.

    Raises:
        RenderError: It is no well-formed drawing, or absurdly large.
    """
    try:
        root = ET.fromstring(drawing)  # noqa: S314 - our own engine wrote it, without a document type
    except (ET.ParseError, UnicodeEncodeError) as error:
        raise RenderError(
            tr("The formula holds characters that cannot be drawn."),
            tr("Remove unusual characters from the source."),
        ) from error
    advance = _padded(*_view_box(root))
    picture = ET.Element("svg", {"xmlns": _SVG[1:-1]})
    _copy_children(root, picture, outline)
    if picture.find(".//image") is not None:
        picture.set("xmlns:xlink", "http://www.w3.org/1999/xlink")
    left, top, width, height = _with_ink(advance, ink_box(picture))
    picture.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    return RenderedFormula(
        svg=ET.tostring(picture, encoding="unicode"),
        width_em=width / UNITS_PER_EM,
        height_em=height / UNITS_PER_EM,
        depth_em=max(0.0, (top + height) / UNITS_PER_EM),
        repaired=repaired,
    )


def _view_box(root: ET.Element) -> tuple[float, float, float, float]:
    try:
        left, top, width, height = (float(part) for part in root.get("viewBox", "").split())
    except ValueError as error:
        raise RenderError(tr("The formula has no size."), tr("Check the lengths in the source.")) from error
    most = MAX_SIDE_EM * UNITS_PER_EM
    if not (all(map(math.isfinite, (left, top))) and 0 <= width <= most and 0 <= height <= most):
        raise RenderError(tr("The formula is too large to be drawn."), tr("Check the lengths in the source."))
    return left, top, width, height


def _padded(left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
    return left - _OVERHANG, top - _OVERSHOOT, width + 2 * _OVERHANG, height + 2 * _OVERSHOOT


def _with_ink(
    advance: tuple[float, float, float, float], ink: Box | None
) -> tuple[float, float, float, float]:
    """Make a box as large as what is drawn, too, if that is of a sane size."""
    left, top, width, height = advance
    if ink is None or max(abs(edge) for edge in ink) > MAX_SIDE_EM * UNITS_PER_EM:
        return advance
    right, bottom = left + width, top + height
    left, top = min(left, math.floor(ink[0] - _OVERSHOOT)), min(top, math.floor(ink[1] - _OVERSHOOT))
    right, bottom = max(right, math.ceil(ink[2] + _OVERSHOOT)), max(bottom, math.ceil(ink[3] + _OVERSHOOT))
    return left, top, right - left, bottom - top


def _copy_children(source: ET.Element, target: ET.Element, outline: Outline | None) -> None:
    for child in source:
        name = child.tag.removeprefix(_SVG)
        if name in _GROUPS:
            group = ET.SubElement(target, "g", _group_attributes(child, name))
            _copy_children(child, group, outline)
        elif name == "text" and (path := _outlined(child, outline)) is not None:
            target.append(path)
        elif name in _SHAPES and not _is_empty(child, name):
            shape = ET.SubElement(target, name, _shape_attributes(child))
            shape.text = child.text


def _outlined(text: ET.Element, outline: Outline | None) -> ET.Element | None:
    """Make a path of text, so that it looks the same whatever fonts a reader has; None where it has none."""
    if outline is None or not text.text:
        return None
    lettering = Lettering(
        text.text,
        text.get("font-family", "serif"),
        is_italic=text.get("font-style") == "italic",
        is_bold=text.get("font-weight") == "bold",
    )
    size = float(_PIXELS.sub("", text.get("font-size", "1000")))
    match outline(lettering, size):
        case str(path):
            shape = ET.Element("path", {"d": path, **_allowed(text)})
        case LetteringPicture(png, left, top, width, height):
            box = {"x": left, "y": -top, "width": width, "height": height}
            shape = ET.Element("image", {name: f"{size * part:g}" for name, part in box.items()})
            shape.set("transform", text.get("transform", ""))
            shape.set("xlink:href", f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}")
        case _:
            return None
    for name in _OF_TEXT:
        shape.attrib.pop(name, None)
    return shape


def _is_empty(shape: ET.Element, name: str) -> bool:
    if any(_NOT_A_NUMBER.search(value) for value in shape.attrib.values()):
        return True
    return name == "path" and not shape.get("d")


def _group_attributes(group: ET.Element, name: str) -> dict[str, str]:
    if name != "svg":
        return _allowed(group)
    kept = {key: value for key, value in group.attrib.items() if key not in _PLACE_OF_NESTED}
    left, top, *_ = (float(part) for part in group.get("viewBox", "0 0 0 0").split())
    x, y = (float(group.get(key, "0").removesuffix("px")) for key in ("x", "y"))
    kept["transform"] = f"{group.get('transform', '')} translate({x - left:g},{y - top:g})".strip()
    return _allowed(ET.Element("g", kept))


def _shape_attributes(shape: ET.Element) -> dict[str, str]:
    attributes = _allowed(shape)
    if "data-bgcolor" in shape.attrib and not is_colour(shape.get("fill", "")):
        attributes["fill"] = "none"  # a ground in ink would hide what stands on it
    if "data-frame" in shape.attrib or "data-line" in shape.attrib:
        attributes["fill"] = "none"
        attributes.setdefault("stroke-width", _LINE_WIDTH)
        style = shape.get("class", "")
        if style in _DASHES:
            attributes["stroke-dasharray"] = _DASHES[style]
            attributes["stroke-linecap"] = "round"
    return attributes


def _allowed(element: ET.Element) -> dict[str, str]:
    attributes = {}
    for name, value in element.attrib.items():
        if name in _NUMBERS:
            attributes[name] = _PIXELS.sub("", value)
        elif name in _WORDS:
            attributes[name] = value
        elif name in _COLOURS:
            attributes[name] = _safe_colour(value)
    return attributes


def _safe_colour(value: str) -> str:
    if value in ("none", "transparent"):
        return "none"
    return value if is_colour(value) else INK
