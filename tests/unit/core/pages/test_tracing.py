"""A formula of a page is found in its source, whatever the user did to the text round it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.formats.page import formulas_of
from writetex_desktop.core.formats.page_text import formulas_in, page_of
from writetex_desktop.core.pages.tracing import doubtful_spots, trace
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.reading.recognition import Mode, SeenFormula

SEEN = tuple(
    SeenFormula(latex, (Box(10 * at, 0, 10 * at + 8, 8),), confidence)
    for at, (latex, confidence) in enumerate((("x", 0.9), ("y^2", 0.3), ("x", 0.5), ("z \\tag{1}", 0.99)))
)
MARKUP = "Let \\(x\\) and \\(y^2\\) be so that \\(x\\) is\n\n\\[z \\tag{1}\\]\n"
X, Y, DOUBTED, LAST = ("x", 0.9, False), ("y^2", 0.3, True), ("x", 0.5, True), ("z \\tag{1}", 0.99, False)


def read(markup: str) -> list[tuple[str, float | None, bool]]:
    return [
        (markup[each.start : each.end], each.seen.confidence if each.seen else None, each.is_doubtful)
        for each in trace(markup, SEEN)
    ]


def test_each_formula_is_found_where_it_stands() -> None:
    assert read(MARKUP) == [X, Y, DOUBTED, LAST]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("y^2", "y_2", [X, ("y_2", 0.3, False), DOUBTED, LAST]),
        ("\\(y^2\\)", "it", [X, DOUBTED, LAST]),
        ("y^2", " y ^2 ", [X, (" y ^2 ", 0.3, True), DOUBTED, LAST]),
        ("be so", "\\(w\\)", [X, Y, ("w", None, False), DOUBTED, LAST]),
    ],
)
def test_edits_leave_the_others_where_they_are(
    old: str, new: str, expected: list[tuple[str, float | None, bool]]
) -> None:
    assert read(MARKUP.replace(old, new)) == expected


def test_doubt_is_said_of_what_was_read_and_not_of_what_was_mended() -> None:
    spots = doubtful_spots(trace(MARKUP.replace("y^2", "y_2"), SEEN))
    assert [MARKUP[spot.start : spot.end] for spot in spots] == ["x"]
    assert "50" in spots[0].message


def test_source_in_a_fence_has_no_formulas() -> None:
    markup = "\\(a\\)\n\n```python\nx = '$b$'\n```\n\nand $c$"
    assert [each.latex for each in formulas_in(markup)] == ["a", "c"]


TABLE = "| x | $e$ |\n|---|---|\n| 1 | \\(f\\) |\n"
PIECES = st.sampled_from(("\\(a\\)", "$b$", "\\[c\\]", "$$d$$", "word", "\n\n", "# ", "- ", TABLE))


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_formulas_are_those_that_the_page_shows(markup: str) -> None:
    """The preview numbers its formulas in reading order: the source must count the same."""
    shown = [formula.latex for formula in formulas_of(page_of(markup, Mode.TEXT))]
    assert list(dict.fromkeys(each.latex for each in formulas_in(markup))) == list(dict.fromkeys(shown))
