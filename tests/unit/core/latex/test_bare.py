"""What cannot stand alone."""

import pytest

from writetex_desktop.core.latex.bare import bare


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("^{ 1 }", "1"),
        ("_{ 1 2 }", "1 2"),
        ("\\begin{matrix} 2 \\end{matrix}", "2"),
        ("\\begin{matrix} ^{ 2 } \\end{matrix}", "2"),
        ("^{ x _{ 1 } }", "x _{ 1 }"),
    ],
)
def test_what_nothing_stands_beside_is_read_plain(words: str, expected: str) -> None:
    assert bare(words.split()) == tuple(expected.split())


@pytest.mark.parametrize(
    "words",
    [
        "x ^{ 1 }",
        "^{ 1 } _{ 2 }",
        "^{ ' }",
        "\\begin{matrix} a & b \\end{matrix}",
        "\\begin{matrix} a \\\\ b \\end{matrix}",
        "x",
    ],
)
def test_anything_else_stays(words: str) -> None:
    assert bare(words.split()) == tuple(words.split())
