r"""The smallest box round all that a drawing shows.

MathJax gives the box of the advance widths; what is set without width (`\mathrlap`, `\rlap`) and marks of
other scripts reach out of it.
"""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Final[_Matrix] = (1, 0, 0, 1, 0, 0)
_TRANSFORM: Final = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_COMMAND: Final = re.compile(r"([MLHVCSQTZmlhvcsqtz])([^MLHVCSQTZmlhvcsqtz]*)")


def ink_box(root: ET.Element) -> Box | None:
    """Measure what a drawing's shapes cover; text, whose size only a font knows, is left out.

    Args:
        root: An `svg` element after `svg_pass`: groups and shapes with `transform`.

    Returns:
        The box in the coordinates of the root; None if nothing is drawn.
    """
    boxes = list(_boxes(root, _IDENTITY))
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _boxes(element: ET.Element, outer: _Matrix) -> Iterator[Box]:
    matrix = _times(outer, _matrix(element.get("transform", "")))
    box = _own_box(element)
    if box is not None:
        corners = [_apply(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = zip(*corners, strict=True)
        yield min(xs), min(ys), max(xs), max(ys)
    for child in element:
        yield from _boxes(child, matrix)


def _own_box(element: ET.Element) -> Box | None:
    if element.tag == "path":
        return _path_box(element.get("d", ""))
    if element.tag not in {"rect", "line", "image"} or (element.get("fill"), element.get("stroke")) == (
        "none",
        "none",
    ):
        return None
    number = {name: _first_number(value) for name, value in element.attrib.items()}
    if element.tag == "line":
        xs, ys = (sorted((number.get(f"{axis}1", 0), number.get(f"{axis}2", 0))) for axis in "xy")
        return xs[0], ys[0], xs[1], ys[1]
    left, top = number.get("x", 0), number.get("y", 0)
    return left, top, left + number.get("width", 0), top + number.get("height", 0)


def _first_number(value: str) -> float:
    found = _NUMBER.match(value.strip())
    return float(found[0]) if found else 0.0


@lru_cache(maxsize=4096)
def _path_box(path: str) -> Box | None:
    """The box of all points of a path, those that only bend it among them; a formula repeats its glyphs."""
    xs: list[float] = []
    ys: list[float] = []
    for command, text in _COMMAND.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(text)]
        match command:
            case "H":
                xs += numbers
            case "V":
                ys += numbers
            case "M" | "L" | "C" | "S" | "Q" | "T":
                xs += numbers[::2]
                ys += numbers[1::2]
            case "Z" | "z":
                pass
            case _:
                # Neither MathJax's font nor Qt writes relative commands.
                return None
    return (min(xs), min(ys), max(xs), max(ys)) if xs and ys else None


def _matrix(transform: str) -> _Matrix:
    matrix = _IDENTITY
    for name, text in _TRANSFORM.findall(transform):
        numbers = [float(number) for number in _NUMBER.findall(text)]
        match name, numbers:
            case "translate", [x, *rest]:
                matrix = _times(matrix, (1, 0, 0, 1, x, rest[0] if rest else 0))
            case "scale", [x, *rest]:
                matrix = _times(matrix, (x, 0, 0, rest[0] if rest else x, 0, 0))
            case "matrix", [a, b, c, d, e, f]:
                matrix = _times(matrix, (a, b, c, d, e, f))
            case "rotate", [degrees]:
                cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
                matrix = _times(matrix, (cosine, sine, -sine, cosine, 0, 0))
            case _:
                pass
    return matrix


def _times(outer: _Matrix, inner: _Matrix) -> _Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
