"""The signs that tokens print."""

import pytest

from writetex_desktop.core.latex.printed_signs import printed_signs


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        (["x", "^{", "2", "}", "+", "x"], {"x": 2, "^{": 1, "2": 1, "}": 1, "+": 1}),
        (["\\sin", "s"], {"s": 2, "i": 1, "n": 1}),
        (["a", "\\bmod", "n"], {"a": 1, "m": 1, "o": 1, "d": 1, "n": 1}),
        (["\\ldots", ".", "\\cdots"], {".": 4, "\\cdot": 3}),
        (["\\binom{", "n", "}{", "k", "}"], {"(": 1, ")": 1, "n": 1, "}{": 1, "k": 1, "}": 1}),
        (["\\begin{cases}", "x", "\\end{cases}"], {"\\{": 1, "x": 1, "\\end{cases}": 1}),
    ],
)
def test_signs_are_counted_by_the_token_that_prints_them_alone(
    words: list[str], signs: dict[str, int]
) -> None:
    assert printed_signs(words) == signs
