"""What the editor knows of LaTeX."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.latex.edits import (
    WordKind,
    completions,
    pairs_of,
    partners_at,
    typed_command,
    unwrapped,
    words_of,
    wrapped,
)

PIECES = [*"{}()[]^_&$% ab\\\n", "\\left(", "\\right)", "\\begin{x}", "\\end{x}", "\\frac"]
SOURCES = st.lists(st.sampled_from(PIECES)).map("".join)


def test_words_are_what_they_are() -> None:
    kinds = [word.kind for word in words_of(r"\frac{a}_1 \left( \begin{cases} % \x")]
    assert kinds == [
        WordKind.COMMAND,
        WordKind.BRACE,
        WordKind.BRACE,
        WordKind.MARK,
        WordKind.DELIMITER,
        WordKind.ENVIRONMENT,
        WordKind.COMMENT,
    ]


@pytest.mark.parametrize(
    ("source", "position", "expected"),
    [
        ("{a}", 0, ("{", "}")),
        ("{a}", 3, ("{", "}")),
        (r"\left( x \right]", 2, (r"\left(", r"\right]")),
        (r"\begin{cases} a \end{cases}", 0, (r"\begin{cases}", r"\end{cases}")),
        (r"\begin{a}\begin{b}\end{b}\end{a}", 20, (r"\begin{b}", r"\end{b}")),
        (r"\{a\}", 1, None),
        ("{[0, 1)}", 0, ("{", "}")),
        ("% {", 2, None),
    ],
)
def test_what_belongs_together_is_found(source: str, position: int, expected: tuple[str, str] | None) -> None:
    found = partners_at(source, position)
    assert (None if found is None else tuple(source[start:end] for start, end in found)) == expected


@given(SOURCES)
def test_pairs_never_cross(source: str) -> None:
    pairs = pairs_of(source)
    for one, other in pairs:
        assert one.end <= other.start
        for start, end in pairs:
            assert not one.start < start.start < other.start < end.start


@pytest.mark.parametrize(
    ("source", "selected", "expected"),
    [
        (r"\mathbf{x} + 1", (8, 9), "x + 1"),
        ("{a + b}", (2, 3), "a + b"),
        (r"\left( x \right)", (7, 8), "x"),
        (r"\begin{cases} a \end{cases}", (14, 15), "a"),
        (r"\cdot\mathbf{x}", (13, 14), r"\cdot x"),
        (r"\frac{a}{b}", (6, 7), None),
        (r"\frac{a}{b}", (9, 10), None),
        ("a", (0, 1), None),
    ],
)
def test_what_stands_round_a_selection_is_taken_away(
    source: str, selected: tuple[int, int], expected: str | None
) -> None:
    edited = unwrapped(source, *selected)
    assert (None if edited is None else edited.source) == expected
    if edited is not None:
        assert edited.source[edited.start : edited.end] == source[slice(*selected)]


@given(SOURCES, st.integers(0, 20), st.integers(0, 20))
def test_what_was_wrapped_stays_selected(source: str, start: int, length: int) -> None:
    start = min(start, len(source))
    end = min(start + length, len(source))
    edited = wrapped(source, start, end, r"\mathbf{", "}")
    assert edited.source[edited.start : edited.end] == source[start:end]


def test_the_command_being_typed_is_known_and_completed_with_the_usual_first() -> None:
    assert typed_command(r"x + \fra y", 8) == "fra"
    assert typed_command(r"x + \\fra"[:6], 6) == ""
    assert completions("fra")[0] == "frac"
    assert completions("al")[0] == "alpha"
    assert completions("zzz") == ()
