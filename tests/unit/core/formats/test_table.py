"""Tables as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.formats.table import (
    Table,
    TableSpan,
    format_html,
    format_markdown,
    format_tsv,
    parse_table,
)

TWO = Table((("a", "b"), ("c", "d")))
CELLS = st.text("abc $^_1", max_size=5).map(str.strip)


@pytest.mark.parametrize(
    "markup",
    [
        r"\begin{tabular}{|c|c|} \hline a & b \\ \hline c & d \\ \hline \end{tabular}",
        r"\begin{tabular*}{\textwidth}{cc} \toprule a & b \\[2pt] \cmidrule(lr){1-2} c & d \end{tabular*}",
        r"\begin{tabular}{c@{\,}c} a & b \tabularnewline c & d",
        "| a | b |\n|---|:-:|\n| c | d |",
        "a | b\n--- | ---\nc | d",
        "a\tb\nc\td",
        "<table><tr><th>a</th><td>b</td></tr><tr><td>c<td><b>d</b></table>",
    ],
)
def test_a_table_is_read_in_every_form(markup: str) -> None:
    table = parse_table(markup)
    assert table is not None
    assert table.rows == TWO.rows


def test_cells_keep_their_braces_and_ampersands() -> None:
    table = parse_table(r"\begin{tabular}{cc} \textbf{a & b} & R \& D \\ $x_{1}$ & \end{tabular}")
    assert table == Table(((r"\textbf{a & b}", r"R \& D"), (r"$x_{1}$", "")), columns="cc")


def test_merged_cells_leave_empty_ones_behind() -> None:
    table = parse_table(
        r"\begin{tabular}{ccc} \multicolumn{2}{c}{wide} & \multirow{2}{*}{tall} \\ a & b & \end{tabular}"
    )
    assert table == Table(
        (("wide", "", "tall"), ("a", "b", "")), (TableSpan(0, 0, 1, 2), TableSpan(0, 2, 2, 1)), columns="ccc"
    )
    assert parse_table('<tr><td colspan="2">w</td></tr><tr><td>a</td><td>b</td></tr>') == Table(
        (("w", ""), ("a", "b")), (TableSpan(0, 0, 1, 2),)
    )


def test_what_is_no_table_is_none() -> None:
    assert parse_table("no table here") is None
    assert parse_table(r"\begin{tabular}{cc} \hline \end{tabular}") is None


@given(st.text("ab&\\{}|\t\n<tr>hline"))
def test_every_text_is_a_table_with_even_rows_or_none(markup: str) -> None:
    table = parse_table(markup)
    if table is not None:
        assert len({len(row) for row in table.rows}) == 1


@given(
    st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[CELLS.filter(bool)] * width), min_size=1))
)
def test_what_is_written_as_markdown_or_tsv_is_read_back(rows: list[tuple[str, ...]]) -> None:
    table = Table(tuple(rows))
    assert parse_table(format_markdown(table)) == table
    if len(rows[0]) > 1:
        assert parse_table(format_tsv(table)) == table


def test_html_is_escaped() -> None:
    assert "&lt;b&gt;" in format_html(Table((("<b>",),)))
