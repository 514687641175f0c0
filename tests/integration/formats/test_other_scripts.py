"""Text of every script in formulas is set in runs, shaped and in the order of its script, as outlines."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

from writetex_desktop.adapters.exporters.letters import measure, outline
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.drawing.lettering import Lettering

WORDS = [
    "скорость",
    "Швидкість світла",
    "ταχύτητα",
    "שלום עולם",
    "مرحبا بالعالم",
    "ความเร็ว",
    "वेग",
    "速度",
    "はやさ",
    "속도",
]


@pytest.fixture(scope="module")
def renderer(qapp: object) -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


def ink(formula: RenderedFormula) -> tuple[int, int]:
    """How many pixels of a drawing are dark, all of them and those at its very edge."""
    bitmap = to_bitmap(formula, 40)
    rows = [bytes(bitmap.data)[y * bitmap.width * 4 :][: bitmap.width * 4 : 4] for y in range(bitmap.height)]
    edge = rows[0] + rows[-1] + bytes(row[0] for row in rows) + bytes(row[-1] for row in rows)
    return sum(grey < 128 for row in rows for grey in row), sum(grey < 128 for grey in edge)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("source", [r"v_{\text{%s}} = 1", "%s"])
async def test_a_word_is_one_outline_as_wide_as_its_font_makes_it(
    renderer: MathJaxRenderer, word: str, source: str
) -> None:
    if source == "%s" and " " in word:
        word = word.split(maxsplit=1)[0]
    formula = await renderer.render(source % word)
    assert "<text" not in formula.svg
    extent = measure(Lettering(word))
    assert extent is not None
    assert outline(Lettering(word), 884) is not None
    if source == "%s" and not re.search(r"[α-ω]", word):
        # A tenth of an em stands free on both sides.
        assert formula.width_em == pytest.approx(0.884 * extent.width + 0.2, abs=0.15)
    dark, at_edge = ink(formula)
    assert dark > 0
    assert at_edge == 0


async def test_hebrew_in_a_formula_runs_from_right_to_left(renderer: MathJaxRenderer) -> None:
    """The same outlines as Qt's own layout makes of the whole word, and not of its letters one by one."""
    font = QFont("serif")
    font.setPixelSize(1000)
    whole = QPainterPath()
    whole.addText(0, 0, font, "לא")
    letter = QPainterPath()
    letter.addText(0, 0, font, "א")
    # Alef, which is read last, stands at the left end.
    assert whole.boundingRect().left() == pytest.approx(letter.boundingRect().left(), abs=30)
    formula = await renderer.render(r"\text{לא}")
    advance = QFontMetricsF(font).horizontalAdvance("לא") / 1000 * 0.884
    assert formula.width_em == pytest.approx(advance + 0.2, abs=0.1)


async def test_arabic_letters_are_joined(renderer: MathJaxRenderer) -> None:
    joined = measure(Lettering("ببب"))
    alone = measure(Lettering("ب"))
    assert joined is not None
    assert alone is not None
    if joined.width == pytest.approx(3 * alone.width):
        pytest.skip("No font with Arabic is installed.")
    assert (await renderer.render(r"\text{ببب}")).width_em < 3 * 0.884 * alone.width + 0.2


async def test_signs_that_are_no_letters_have_their_place(renderer: MathJaxRenderer) -> None:
    for sign in ("€", "₹", "ə", "ɣ", "␣", "😀", "👩‍🔬"):
        assert (await renderer.render(f"a + {sign}")).width_em > (await renderer.render("a +")).width_em


async def test_emoji_are_pictures_within_the_drawing(renderer: MathJaxRenderer) -> None:
    formula = await renderer.render(r"x^😀 + \text{a 👩‍🔬 b}")
    assert formula.svg.count("<image") == 2
    assert "<text" not in formula.svg
    assert ink(formula)[1] == 0


@pytest.mark.parametrize(
    "latex", [r"\mathrlap{yyyyy}", r"\mathclap{x}", r"x\rlap{/}", r"\mathllap{yyyyy}", r"\rlap{$\sum_i$}"]
)
async def test_what_has_no_width_is_not_cut_off(renderer: MathJaxRenderer, latex: str) -> None:
    dark, at_edge = ink(await renderer.render(latex))
    assert dark > 0
    assert at_edge == 0
