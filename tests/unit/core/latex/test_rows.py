"""Rows that were read one by one, put together again."""

from writetex_desktop.core.latex.rows import ReadRow, join_rows


def row(text: str, left: float, right: float, *relations: float) -> ReadRow:
    return ReadRow(tuple(text.split()), left, right, relations)


def test_one_row_is_no_display() -> None:
    assert join_rows([row("a = b", 0, 3, 1.0)]) == ("a", "=", "b")


def test_relations_under_one_another_are_aligned() -> None:
    rows = [row("a + b = c", 0, 5, 3.0), row("d = e", 2, 5, 3.1), row("= f", 3, 5, 3.0)]
    expected = "\\begin{aligned} a + b & = c \\\\ d & = e \\\\ & = f \\end{aligned}"
    assert " ".join(join_rows(rows)) == expected


def test_a_relation_in_an_argument_is_not_the_one_that_is_aligned() -> None:
    rows = [row("\\sum _{ i = 1 } x = c", 0, 5, 3.0), row("d = e", 2, 5, 3.0)]
    assert " ".join(join_rows(rows)).startswith("\\begin{aligned} \\sum _{ i = 1 } x & = c")


def test_a_row_that_goes_on_behind_the_relations_is_cut_at_its_beginning() -> None:
    rows = [row("a = b", 2, 5, 3.0), row("c = d", 2, 5, 3.0), row("+ e", 3.5, 5)]
    assert " ".join(join_rows(rows)).endswith("\\\\ & + e \\end{aligned}")


def test_centred_rows_are_gathered() -> None:
    rows = [row("a = b", 1, 4, 2.0), row("c + d = e", 0, 5, 3.0)]
    assert " ".join(join_rows(rows)) == "\\begin{gathered} a = b \\\\ c + d = e \\end{gathered}"


def test_rows_that_are_flush_left_are_cut_at_their_beginnings() -> None:
    rows = [row("a + b", 0, 3), row("c + d + e", 0, 6)]
    assert " ".join(join_rows(rows)) == "\\begin{aligned} & a + b \\\\ & c + d + e \\end{aligned}"


def test_a_colon_is_no_relation_to_align_at() -> None:
    rows = [row("f : D \\to A", 0, 4, 2.5), row("g \\in B", 2, 4, 2.5)]
    expected = "\\begin{aligned} f : D & \\to A \\\\ g & \\in B \\end{aligned}"
    assert " ".join(join_rows(rows)) == expected


def test_two_rows_that_were_read_as_one_are_rows_like_the_others() -> None:
    two = row("\\begin{aligned} a & = \\substack{ b \\\\ c } \\\\ & = d \\end{aligned}", 0, 5, 2.0, 2.1)
    expected = "\\begin{aligned} a & = \\substack{ b \\\\ c } \\\\ & = d \\\\ & = e \\end{aligned}"
    assert " ".join(join_rows([two, row("= e", 2, 4, 2.0)])) == expected


def test_a_display_beside_something_else_stays_one() -> None:
    beside = row(
        "\\begin{aligned} a \\\\ b \\end{aligned} = \\begin{aligned} c \\\\ d \\end{aligned}", 0, 5, 2.0
    )
    found = " ".join(join_rows([beside, row("e = f", 1, 4, 2.0)]))
    assert found.count("\\begin{aligned}") == 3
