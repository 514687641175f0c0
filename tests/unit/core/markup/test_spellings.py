r"""Names of other dialects become LaTeX's own, and nothing else changes."""

import pytest

from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.markup import clean
from writetex_desktop.core.markup.spellings import SPELLINGS, with_standard_spelling


@pytest.mark.parametrize(
    ("markup", "standard"),
    [
        (r"x\isin\reals", r"x\in\mathbb{R}"),
        (r"a\rarr b\rarrb", r"a\rightarrow b\rarrb"),
        (r"\infin\!x", r"\infty\!x"),
        (r"\bold{x}\empty", r"\mathbf{x}\emptyset"),
        (r"a\\real b", r"a\\real b"),
        (r"\newcommand{\sub}{x}\sub\isin", r"\newcommand{\sub}{x}\sub\in"),
        (r"\R\N", r"\R\N"),
        (r"\subset\inftyx", r"\subset\inftyx"),
    ],
)
def test_a_name_is_written_as_latex_has_it(markup: str, standard: str) -> None:
    assert with_standard_spelling(markup) == standard
    assert with_standard_spelling(standard) == standard


def test_the_cleaner_writes_standard_names() -> None:
    assert clean(r"$$\infin \sdot x$$") == r"\infty \cdot x"


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_canonical_form_knows_each_name_as_the_same_sign(name: str) -> None:
    argument = "{x}" if name in {"bold", "Bbb", "operatornamewithlimits"} else " x"
    assert canonicalize(f"\\{name}{argument}") == canonicalize(f"{SPELLINGS[name]}{argument}")
