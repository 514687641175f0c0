"""Ink as a drawing file."""

from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.smoothing import curves

RIM = 8.0
"""Empty paper round the strokes, in units of the paper."""

_ONE_WIDTH = 0.02
"""Widths that differ by less than this share are drawn as one line."""


def format_svg(ink: Ink, colour: str = "#000000") -> str:
    """Write a drawing as SVG 1.1, of the size that it has at the usual zoom (1 unit is 1 px).

    A stroke of even pressure is one path; one of changing pressure is a group of paths.

    Args:
        ink: The drawing; an empty one gives an empty picture.
        colour: Of the strokes.
    """
    box = ink.box
    left, top, width, height = 0.0, 0.0, 2 * RIM, 2 * RIM
    if box is not None:
        room = box.grown(RIM)
        left, top, width, height = room.left, room.top, room.width, room.height
    view = f'width="{_n(width)}" height="{_n(height)}" '
    view += f'viewBox="{_n(left)} {_n(top)} {_n(width)} {_n(height)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {view}>',
        f'<g fill="none" stroke="{colour}" stroke-linecap="round" stroke-linejoin="round">',
    ]
    for stroke in ink.strokes:
        way: list[str] = []
        width_now = 0.0
        for curve in curves(stroke):
            if not way or abs(curve.width - width_now) > _ONE_WIDTH * width_now:
                lines += _path(way, width_now)
                way, width_now = [f"M{_n(curve.start[0])} {_n(curve.start[1])}"], curve.width
            way.append(
                f"Q{_n(curve.control[0])} {_n(curve.control[1])} {_n(curve.end[0])} {_n(curve.end[1])}"
            )
        lines += _path(way, width_now)
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _path(way: list[str], width: float) -> list[str]:
    return [f'<path stroke-width="{_n(width)}" d="{" ".join(way)}"/>'] if way else []


def _n(number: float) -> str:
    """Write a number with as many digits as can be seen."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
