"""A rendered formula as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderedFormula:
    """A formula drawn as SVG.

    Attributes:
        svg: A document of paths that QtSvg can paint: no nested `svg`, no `currentColor`, no CSS. Every
            colour that the formula does not set itself is `INK`.
        width_em: Width in em of the surrounding text.
        height_em: Height above and depth below the baseline together, in em.
        depth_em: How far it reaches below the baseline, in em.
        repaired: Whether the source was unfinished and what is shown is a repaired form of it.
    """

    svg: str
    width_em: float
    height_em: float
    depth_em: float
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class FormulaPart:
    """A rectangle of a drawn formula, in em from its upper left corner."""

    x_em: float
    y_em: float
    width_em: float
    height_em: float


INK = "#010203"
"""The colour that stands for the theme's text colour in `RenderedFormula.svg`; `with_ink` replaces it."""


def with_ink(formula: RenderedFormula, colour: str) -> str:
    """Give the SVG with the theme's text colour, `#rrggbb`."""
    return formula.svg.replace(INK, colour)
