"""Text with formulas as blocks."""

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.formats.page import Formula, Grid, Listing, Paragraph, Words, formulas_of, page_of
from writetex_desktop.core.reading.recognition import Mode


def test_text_is_parted_into_paragraphs_words_and_formulas() -> None:
    page = page_of(
        "# Title\nLet \\(x\\) be\nreal.\n\n\\[ x^2\n\n= 1 \\] so $y$ costs \\$5.\n- one\n- two", Mode.TEXT
    )
    assert page == (
        Paragraph((Words("Title"),), 1),
        Paragraph((Words("Let "), Formula("x"), Words(" be real."))),
        Paragraph((Formula("x^2\n\n= 1", display=True), Words(" so "), Formula("y"), Words(" costs \\$5."))),
        Paragraph((Words("- one"),)),
        Paragraph((Words("- two"),)),
    )
    assert formulas_of(page) == (Formula("x"), Formula("x^2\n\n= 1", display=True), Formula("y"))


def test_a_table_is_a_grid_and_a_diagram_is_its_source() -> None:
    assert page_of(r"\begin{tabular}{cc} a & $b$ \end{tabular}", Mode.TABLE) == (
        Grid((((Words("a"),), (Formula("b"),)),)),
    )
    assert page_of(r"\begin{tikzpicture}", Mode.TIKZ) == (Listing(r"\begin{tikzpicture}"),)
    assert page_of("no table", Mode.TABLE) == (Listing("no table"),)
    assert page_of("  ", Mode.TEXT) == ()


@given(st.text("ab $\\()[]#-\n"), st.sampled_from([Mode.TEXT, Mode.TABLE, Mode.TIKZ]))
def test_every_beginning_of_a_text_is_a_page(text: str, mode: Mode) -> None:
    page = page_of(text, mode)
    assert bool(page) or not text.strip() or mode is Mode.TEXT
