"""MathML Core draws letters in a face only where they are Unicode's own."""

import pytest

from writetex_desktop.core.formats.mathml.browser import for_browsers

HEAD = '<math xmlns="http://www.w3.org/1998/Math/MathML">'


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('<mi mathvariant="double-struck">R</mi>', "<mi>ℝ</mi>"),
        ('<mi mathvariant="bold">E</mi>', "<mi>𝐄</mi>"),
        ('<mi mathvariant="bold-italic">μ</mi>', "<mi>𝝁</mi>"),
        ('<mi data-mjx-variant="-tex-calligraphic" mathvariant="script">L</mi>', "<mi>ℒ</mi>"),
        ('<mi mathvariant="fraktur">g</mi>', "<mi>𝔤</mi>"),
        (
            '<mi mathvariant="italic">hat</mi>',
            '<mi mathvariant="italic" style="font-style:italic">hat</mi>',
        ),
        ('<mn mathvariant="bold">1.5</mn>', "<mn>𝟏.𝟓</mn>"),
        ('<mi mathvariant="bold">∇</mi>', "<mi>𝛁</mi>"),
        ('<mi mathvariant="normal">d</mi>', '<mi mathvariant="normal">d</mi>'),
        ("<mi>x</mi>", "<mi>x</mi>"),
        (
            '<mo mathvariant="bold">+</mo>',
            '<mo mathvariant="bold" style="font-weight:bold">+</mo>',
        ),
        (
            '<mtext mathvariant="italic">if so</mtext>',
            '<mtext mathvariant="italic" style="font-style:italic">if so</mtext>',
        ),
        # Cyrillic has no such letters: it stays what it was.
        (
            '<mi mathvariant="bold">ж</mi>',
            '<mi mathvariant="bold" style="font-weight:bold">ж</mi>',
        ),
    ],
)
def test_letters_in_a_face_are_signs_of_their_own(given: str, shown: str) -> None:
    assert for_browsers(f"{HEAD}{given}</math>") == f"{HEAD}{shown}</math>"
