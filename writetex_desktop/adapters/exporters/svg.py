"""A formula as an SVG file."""

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink

DEFAULT_FONT_PT = 12.0


def to_svg(formula: RenderedFormula, *, ink: str = "#000000", font_pt: float = DEFAULT_FONT_PT) -> bytes:
    """Write a formula as a file that stands alone, in UTF-8.

    It is made of paths; only letters that the mathematical fonts lack (Chinese, Japanese, Korean, some
    accented ones) are text and depend on the fonts of the reader.

    Args:
        formula: What to write.
        ink: Colour of what the formula does not colour itself, `#rrggbb`.
        font_pt: Size of the text around the formula in points; makes its physical size.
    """
    width, height = (side * font_pt for side in (formula.width_em, formula.height_em))
    sized = f'<svg width="{width:.3f}pt" height="{height:.3f}pt"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + with_ink(formula, ink).replace("<svg", sized, 1)
    ).encode()
