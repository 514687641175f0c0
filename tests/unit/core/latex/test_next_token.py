"""What the embedded recogniser may write next."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.latex.next_token import END, FormulaSyntax

WORDS = [
    *(
        "x",
        "+",
        "(",
        "[",
        "]",
        "}",
        "}{",
        "]{",
        "\\frac{",
        "\\sqrt",
        "\\sqrt{",
        "_{",
        "^{",
        "\\mathrm{",
        "~",
        "&",
    ),
    *(
        "\\\\",
        "\\begin{matrix}",
        "\\end{matrix}",
        "\\begin{gathered}",
        "\\end{gathered}",
        "\\substack{",
        "\\{",
        "'",
    ),
]


def accepts(words: list[str]) -> bool:
    syntax = FormulaSyntax()
    for word in words:
        if not syntax.allows(word):
            return False
        syntax.take(word)
    return syntax.allows(END)


def test_whole_formulas_are_allowed() -> None:
    assert accepts(["\\frac{", "x", "}{", "x", "}", "^{", "x", "}"])
    assert accepts(["\\sqrt", "[", "x", "]{", "x", "}"])
    assert accepts(["\\begin{matrix}", "x", "&", "x", "\\\\", "x", "&", "\\end{matrix}"])
    assert accepts(["\\mathrm{", "x", "~", "x", "}"])


def test_what_is_not_well_formed_is_not_allowed() -> None:
    assert not accepts([])
    assert not accepts(["\\frac{", "x", "}"])
    assert not accepts(["x", "}"])
    assert not accepts(["x", "&", "x"])
    assert not accepts(["x", "~", "x"])
    assert not accepts(["x", "_{", "x", "}", "_{", "x", "}"])
    assert not accepts(["\\begin{matrix}", "x"])
    assert not accepts(["\\sqrt", "x"])


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(0, 60))
def test_whatever_is_written_can_be_read(words: list[str], cut: int) -> None:
    syntax = FormulaSyntax()
    written: list[str] = []
    for word in words[:cut]:
        if syntax.allows(word):
            syntax.take(word)
            written.append(word)
    canonicalize(" ".join([*written, *syntax.closing()]))


def test_copies_do_not_share_their_state() -> None:
    syntax = FormulaSyntax()
    other = syntax.copy()
    other.take("\\frac{")
    assert not syntax.allows("}{")
    assert syntax.closing() == []


def test_the_samples_are_written_as_the_syntax_allows() -> None:
    samples = Path(__file__).parents[4] / "resources" / "samples" / "truth.json"
    for sample in json.loads(samples.read_text()):
        words: list[str] = []
        for word in canonicalize(sample["latex"]).split():
            if word == "{" and words:
                words[-1] += "{"
            else:
                words.append(word)
        assert accepts(words), sample["file"]
