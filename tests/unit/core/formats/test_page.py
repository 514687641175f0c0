"""Text with formulas as blocks."""

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.formats.page import (
    Block,
    Figure,
    Formula,
    Grid,
    Listing,
    Paragraph,
    Role,
    Run,
    Span,
    Words,
    formulas_of,
)
from writetex_desktop.core.formats.page_text import markup_of, page_of, table_of
from writetex_desktop.core.formats.table import format_latex
from writetex_desktop.core.reading.recognition import Mode


def test_text_is_parted_into_paragraphs_words_and_formulas() -> None:
    page = page_of(
        "# Title\nLet \\(x\\) be\nreal.\n\n\\[ x^2\n\n= 1 \\] so $y$ costs \\$5.\n- one\n- two", Mode.TEXT
    )
    assert page == (
        Paragraph((Words("Title"),), 1),
        Paragraph((Words("Let "), Formula("x"), Words(" be real."))),
        Paragraph((Formula("x^2\n\n= 1", display=True), Words(" so "), Formula("y"), Words(" costs $5."))),
        Paragraph((Words("one"),), role=Role.ITEM, mark="-"),
        Paragraph((Words("two"),), role=Role.ITEM, mark="-"),
    )
    assert formulas_of(page) == (Formula("x"), Formula("x^2\n\n= 1", display=True), Formula("y"))


def test_a_table_is_a_grid_and_a_diagram_is_its_source() -> None:
    assert page_of(r"\begin{tabular}{cc} a & $b$ \end{tabular}", Mode.TABLE) == (
        Grid((((Words("a"),), (Formula("b"),)),), columns="cc"),
    )
    assert page_of(r"\begin{tikzpicture}", Mode.TIKZ) == (Listing(r"\begin{tikzpicture}"),)
    assert page_of("no table", Mode.TABLE) == (Listing("no table"),)
    assert page_of("  ", Mode.TEXT) == ()


def test_lists_notes_captions_pictures_fences_and_tables_within_text_are_blocks() -> None:
    page = page_of(
        "1. first\n  - inner \\(a\\)\n(b) third\n\n[^1]: A note.\n\nFigure 2: A plot.\n\n"
        "![a plot](plot.png)\n\n"
        "```python\nx = 1\n\ny = 2\n```\nAfter it\n\n| a | b |\n|---|--:|\n| 1 | \\(x\\) |\n\nThe end.",
        Mode.TEXT,
    )
    assert page == (
        Paragraph((Words("first"),), role=Role.ITEM, mark="1."),
        Paragraph((Words("inner "), Formula("a")), role=Role.ITEM, mark="-", depth=1),
        Paragraph((Words("third"),), role=Role.ITEM, mark="(b)"),
        Paragraph((Words("A note."),), role=Role.FOOTNOTE, mark="1"),
        Paragraph((Words("Figure 2: A plot."),), role=Role.CAPTION),
        Figure("plot.png", "a plot"),
        Listing("x = 1\n\ny = 2", "python"),
        Paragraph((Words("After it"),)),
        Grid((((Words("a"),), (Words("b"),)), ((Words("1"),), (Formula("x"),))), columns="lr"),
        Paragraph((Words("The end."),)),
    )


def test_merged_cells_stay_merged_from_latex_and_html() -> None:
    merged = Grid(
        (((Words("tall"),), (Words("wide"),), ()), ((), (Words("a"),), (Words("b"),))),
        (Span(0, 0, 2, 1), Span(0, 1, 1, 2)),
    )
    html = (
        "<table><tr><td rowspan=2>tall</td><td colspan=2>wide</td></tr><tr><td>a</td><td>b</td></tr></table>"
    )
    assert page_of(html, Mode.TABLE) == (merged,)
    assert page_of(format_latex(table_of(merged)), Mode.TABLE) == (merged,)
    assert [column for _, column, _ in merged.cells(1)] == [1, 2]


WORDS = st.text("abc ", min_size=1).map(str.strip).filter(bool).map(Words)
RUNS: st.SearchStrategy[tuple[Run, ...]] = st.one_of(
    WORDS.map(lambda words: (words,)),
    WORDS.map(lambda words: (Words(words.text + " "), Formula("x^2"))),
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, RUNS, st.integers(0, 6)),
    st.builds(
        Paragraph,
        RUNS,
        role=st.just(Role.ITEM),
        mark=st.sampled_from(["-", "3.", "(a)"]),
        depth=st.integers(0, 2),
    ),
    st.builds(Paragraph, RUNS, role=st.just(Role.FOOTNOTE), mark=st.just("1")),
    st.just(Listing("x = 1\n\ny", "python")),
    st.just(Figure("a.png", "words")),
    st.just(Grid((((Words("a"),), ()), ((Words("b"),), (Formula("c"),))), columns="lc")),
    st.just(
        Grid((((Words("a"),), ()), ((Words("b"),), (Formula("c"),))), (Span(0, 0, 1, 2),), is_ruled=True)
    ),
)


@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_what_is_written_as_text_is_read_back(blocks: list[Block]) -> None:
    assert page_of(markup_of(blocks), Mode.TEXT) == tuple(blocks)


@given(st.text("ab $\\()[]#-\n"), st.sampled_from([Mode.TEXT, Mode.TABLE, Mode.TIKZ]))
def test_every_beginning_of_a_text_is_a_page(text: str, mode: Mode) -> None:
    page = page_of(text, mode)
    assert bool(page) or not text.strip() or mode is Mode.TEXT
