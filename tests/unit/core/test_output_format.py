"""A formula is copied in a form in which it can be pasted."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.output_format import OutputFormat, unwrap, wrap

CORPUS = json.loads((Path(__file__).parents[2] / "data" / "render-corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [each["latex"] for each in CORPUS if each["expect"] == "ok"]
ALL_BUT_RAW = [each for each in OutputFormat if each is not OutputFormat.RAW]
PARAGRAPHS = re.compile(r"\\begin\{(?:align|gather|multline|flalign|eqnarray|alignat)\*?\}")


@pytest.mark.parametrize(
    ("output_format", "copied"),
    [
        (OutputFormat.RAW, "x^2"),
        (OutputFormat.INLINE, "$x^2$"),
        (OutputFormat.DISPLAY, "$$x^2$$"),
        (OutputFormat.PAREN, "\\(x^2\\)"),
        (OutputFormat.BRACKET, "\\[x^2\\]"),
        (OutputFormat.EQUATION, "\\begin{equation}\nx^2\n\\end{equation}"),
        (OutputFormat.ALIGN, "\\begin{align}\nx^2\n\\end{align}"),
    ],
)
def test_each_format_has_its_delimiters(output_format: OutputFormat, copied: str) -> None:
    assert wrap("x^2", output_format) == copied
    assert wrap("$$x^2$$", output_format) == copied or output_format is OutputFormat.RAW


@pytest.mark.parametrize(
    ("markup", "output_format", "copied"),
    [
        (
            "a &= b \\\\ c &= d",
            OutputFormat.DISPLAY,
            "$$\n\\begin{aligned}\na &= b \\\\ c &= d\n\\end{aligned}\n$$",
        ),
        ("a &= b", OutputFormat.ALIGN, "\\begin{align}\na &= b\n\\end{align}"),
        ("a \\\\ b", OutputFormat.INLINE, "$\\begin{gathered}\na \\\\ b\n\\end{gathered}$"),
        ("\\begin{align*}a&=b\\end{align*}", OutputFormat.DISPLAY, "$$\\begin{aligned}a&=b\\end{aligned}$$"),
        ("\\begin{align*}a&=b\\end{align*}", OutputFormat.ALIGN, "\\begin{align*}a&=b\\end{align*}"),
        ("\\begin{aligned}a&=b\\end{aligned}", OutputFormat.ALIGN, "\\begin{align}a&=b\\end{align}"),
        ("\\begin{aligned}[t]a&=b\\end{aligned}", OutputFormat.ALIGN, "\\begin{align}a&=b\\end{align}"),
        ("\\begin{gathered}a\\\\b\\end{gathered}", OutputFormat.ALIGN, "\\begin{gather}a\\\\b\\end{gather}"),
        (
            "\\begin{align}a&=b\\end{align}",
            OutputFormat.EQUATION,
            "\\begin{equation}\n\\begin{aligned}a&=b\\end{aligned}\n\\end{equation}",
        ),
        (
            "\\begin{alignat}{2}a&=b\\end{alignat}",
            OutputFormat.BRACKET,
            "\\[\\begin{alignedat}{2}a&=b\\end{alignedat}\\]",
        ),
        ("\\begin{equation}x\\end{equation}", OutputFormat.INLINE, "$x$"),
        (
            "\\begin{pmatrix}a & b \\\\ c & d\\end{pmatrix}",
            OutputFormat.PAREN,
            "\\(\\begin{pmatrix}a & b \\\\ c & d\\end{pmatrix}\\)",
        ),
        (
            "\\begin{pmatrix}a & b\\end{pmatrix} + 1",
            OutputFormat.INLINE,
            "$\\begin{pmatrix}a & b\\end{pmatrix} + 1$",
        ),
        ("x\n\n+ y", OutputFormat.DISPLAY, "$$\nx\n+ y\n$$"),
        ("Let $x$ be \\[y\\]", OutputFormat.DISPLAY, "Let $x$ be \\[y\\]"),
        ("\\begin{tabular}{c}a\\end{tabular}", OutputFormat.INLINE, "\\begin{tabular}{c}a\\end{tabular}"),
        ("\\text{if $x$}", OutputFormat.INLINE, "$\\text{if $x$}$"),
        ("\\frac{a", OutputFormat.DISPLAY, "\\frac{a"),
        ("", OutputFormat.DISPLAY, ""),
    ],
)
def test_lines_and_columns_get_what_they_need(markup: str, output_format: OutputFormat, copied: str) -> None:
    assert wrap(markup, output_format) == copied


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("$$x$$", "x"),
        ("$x$", "x"),
        ("\\[ x \\]", "x"),
        ("\\(x\\)", "x"),
        ("\\begin{equation*}x\\end{equation*}", "x"),
        ("$a$ and $b$", "$a$ and $b$"),
        ("\\(a\\) and \\(b\\)", "\\(a\\) and \\(b\\)"),
        ("$5\\$", "$5\\$"),
        ("$\\text{if $x$}$", "\\text{if $x$}"),
        ("$$\\begin{matrix} a \\\\[2pt] b \\end{matrix}$$", "\\begin{matrix} a \\\\[2pt] b \\end{matrix}"),
        ("", ""),
        ("$$", "$$"),
    ],
)
def test_unwrap_takes_away_one_pair_round_the_whole(text: str, formula: str) -> None:
    assert unwrap(text) == formula


@pytest.mark.parametrize("formula", [each for each in FORMULAS if "$" not in each and "```" not in each])
@pytest.mark.parametrize("output_format", ALL_BUT_RAW)
def test_no_paragraph_environment_stands_within_a_formula(formula: str, output_format: OutputFormat) -> None:
    copied = wrap(formula, output_format)
    if output_format is OutputFormat.ALIGN:
        assert len(PARAGRAPHS.findall(copied)) <= 1
    elif "subequations" in formula:
        assert copied == formula
    else:
        assert not PARAGRAPHS.search(copied)


BODIES = st.text(alphabet="abx1+-=^_ ", min_size=1, max_size=20).map(str.strip).filter(bool)


@settings(deadline=None)
@given(
    body=BODIES,
    output_format=st.sampled_from([each for each in ALL_BUT_RAW if each is not OutputFormat.ALIGN]),
)
def test_unwrap_gives_back_what_was_wrapped(body: str, output_format: OutputFormat) -> None:
    assert unwrap(wrap(body, output_format)) == body


PIECES = st.lists(
    st.sampled_from(
        [
            *["$", "$$", "\\[", "\\]", "\\(", "\\)", "{", "}", "\\", "\\\\", "&", "x", " ", "\n", "\\text{"],
            *[
                "\\begin{align}",
                "\\end{align}",
                "\\begin{aligned}",
                "\\end{aligned}",
                "\\begin{equation}",
                "\\end{equation}",
            ],
        ]
    ),
    max_size=10,
).map("".join)


@settings(deadline=None)
@given(text=PIECES, output_format=st.sampled_from(OutputFormat))
def test_whatever_comes_wrapping_twice_is_wrapping_once(text: str, output_format: OutputFormat) -> None:
    once = wrap(text, output_format)
    assert wrap(once, output_format) == once
    assert unwrap(unwrap(text)) == unwrap(text)
