"""A stretch of letters that the formula font lacks, to be set in a font of the system."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lettering:
    """A word in another script, a currency sign, an emoji.

    Attributes:
        text: The letters in the order in which they are read.
        family: The kind of font: `serif`, `sans-serif` or `monospace`.
        is_italic: Whether it is slanted.
        is_bold: Whether it is bold.
    """

    text: str
    family: str = "serif"
    is_italic: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """How much room a lettering takes, in units of the font size; the height and the depth are positive."""

    width: float
    height: float
    depth: float


@dataclass(frozen=True, slots=True)
class LetteringPicture:
    """A lettering in colours, as emoji are.

    Attributes:
        png: A PNG of it with a transparent ground.
        left: Where it begins, in units of the font size, from the start of the baseline.
        top: How far it reaches above the baseline.
        width: Its width.
        height: Its height.
    """

    png: bytes
    left: float
    top: float
    width: float
    height: float


Outline = Callable[[Lettering, float], str | LetteringPicture | None]
"""Gives the outline of a lettering at a font size as SVG path data, y downwards; a picture where it has none.

None where nothing can be drawn at all.
"""
