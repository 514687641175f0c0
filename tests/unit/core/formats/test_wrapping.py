"""A formula is copied in a form in which it can be pasted."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from writetex_desktop.core.formats.output_format import Family, OutputFormat, Way
from writetex_desktop.core.formats.wrapping import formula_body, unwrap, wrap
from writetex_desktop.core.reading.recognition import Mode

CORPUS = json.loads((Path(__file__).parents[3] / "data" / "render-corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [each["latex"] for each in CORPUS if each["expect"] == "ok"]
WRAPPINGS = [each for each in OutputFormat if each.row.way is Way.SOURCE]
PARAGRAPH_FORMATS = (
    *(OutputFormat.ALIGN, OutputFormat.ALIGN_STAR, OutputFormat.GATHER, OutputFormat.MULTLINE),
    OutputFormat.SUBEQUATIONS,
)
IN_A_FORMULA = [each for each in WRAPPINGS if each is not OutputFormat.RAW and each not in PARAGRAPH_FORMATS]
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
        (OutputFormat.EQUATION_STAR, "\\begin{equation*}\nx^2\n\\end{equation*}"),
        (OutputFormat.ALIGN, "\\begin{align}\nx^2\n\\end{align}"),
        (OutputFormat.ALIGN_STAR, "\\begin{align*}\nx^2\n\\end{align*}"),
        (OutputFormat.GATHER, "\\begin{gather}\nx^2\n\\end{gather}"),
        (OutputFormat.MULTLINE, "\\begin{multline}\nx^2\n\\end{multline}"),
        (
            OutputFormat.SUBEQUATIONS,
            "\\begin{subequations}\n\\begin{align}\nx^2\n\\end{align}\n\\end{subequations}",
        ),
        (OutputFormat.MARKDOWN, "```math\nx^2\n```"),
        (OutputFormat.OBSIDIAN, "$x^2$"),
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
        ("\\begin{align*}a&=b\\end{align*}", OutputFormat.ALIGN, "\\begin{align}a&=b\\end{align}"),
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
        ("x % a remark\n+ y % another", OutputFormat.INLINE, "$x + y$"),
        ("50\\% x", OutputFormat.INLINE, "$50\\% x$"),
        ("E = mc^2 \\tag{1} \\label{eq:e}", OutputFormat.INLINE, "$E = mc^2$"),
        ("E = mc^2 \\tag{1}", OutputFormat.BRACKET, "\\[E = mc^2 \\tag{1}\\]"),
        ("\\begin{align}a&=b\\end{align}", OutputFormat.ALIGN_STAR, "\\begin{align*}a&=b\\end{align*}"),
        ("a \\\\ b", OutputFormat.GATHER, "\\begin{gather}\na \\\\ b\n\\end{gather}"),
        (
            "a &= b \\\\ c &= d",
            OutputFormat.GATHER,
            "\\begin{gather}\n\\begin{aligned}\na &= b \\\\ c &= d\n\\end{aligned}\n\\end{gather}",
        ),
        (
            "\\begin{gather*}a\\\\b\\end{gather*}",
            OutputFormat.MULTLINE,
            "\\begin{multline}a\\\\b\\end{multline}",
        ),
        (
            "\\begin{subequations}\\begin{align}a&=b\\end{align}\\end{subequations}",
            OutputFormat.SUBEQUATIONS,
            "\\begin{subequations}\n\\begin{align}a&=b\\end{align}\n\\end{subequations}",
        ),
        (" x \n + y ", OutputFormat.OBSIDIAN, "$x + y$"),
        (
            "a &= b \\\\ c &= d",
            OutputFormat.OBSIDIAN,
            "$$\n\\begin{aligned}\na &= b \\\\ c &= d\n\\end{aligned}\n$$",
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


@pytest.mark.parametrize("output_format", [each for each in WRAPPINGS if each is not OutputFormat.RAW])
def test_no_paragraph_environment_stands_within_a_formula(output_format: OutputFormat) -> None:
    for formula in FORMULAS:
        copied = wrap(formula, output_format)
        if "$" in formula or "```" in formula:
            continue
        if output_format in PARAGRAPH_FORMATS:
            assert len(PARAGRAPHS.findall(copied)) <= 1, formula
        else:
            assert not PARAGRAPHS.search(copied), formula


BODIES = st.text(alphabet="abx1+-=^_ ", min_size=1, max_size=20).map(str.strip).filter(bool)


@settings(deadline=None)
@given(
    body=BODIES,
    output_format=st.sampled_from(IN_A_FORMULA),
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
@given(text=PIECES, output_format=st.sampled_from(WRAPPINGS))
def test_whatever_comes_wrapping_twice_is_wrapping_once(text: str, output_format: OutputFormat) -> None:
    # Loose delimiters pair anew with those of Markdown: such a text has no one reading there.
    is_loose = any(mark in text for mark in ("$", "\\(", "\\)", "\\[", "\\]"))
    assume(not (is_loose and output_format in {OutputFormat.MARKDOWN, OutputFormat.OBSIDIAN}))
    once = wrap(text, output_format)
    assert wrap(once, output_format) == once
    assert unwrap(unwrap(text)) == unwrap(text)


def test_what_holds_the_mark_that_would_end_it_keeps_its_delimiters() -> None:
    assert wrap("\\[\\($$\\]", OutputFormat.OBSIDIAN) == "\\[\\($$\\]"


PROSE = "Let \\( x \\) cost $5 and $6. Then\n\\[ x^2 \\]\nas `$HOME` says, and $y$."


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.TABLE, Mode.TIKZ])
@pytest.mark.parametrize("output_format", [each for each in WRAPPINGS if each.row.family is Family.LATEX])
def test_what_is_no_formula_is_copied_as_it_is(mode: Mode, output_format: OutputFormat) -> None:
    for markup in ("Only prose", PROSE, "\\begin{tabular}{c}a\\end{tabular}"):
        assert wrap(markup, output_format, mode) == markup


@pytest.mark.parametrize(
    ("output_format", "copied"),
    [
        (
            OutputFormat.MARKDOWN,
            "Let $`x`$ cost $5 and $6. Then\n```math\nx^2\n```\nas `$HOME` says, and $`y`$.",
        ),
        (OutputFormat.OBSIDIAN, "Let $x$ cost $5 and $6. Then\n$$\nx^2\n$$\nas `$HOME` says, and $y$."),
    ],
)
def test_formulas_in_text_get_the_delimiters_of_the_reader(output_format: OutputFormat, copied: str) -> None:
    assert wrap(PROSE, output_format, Mode.TEXT) == copied
    assert wrap(copied, output_format, Mode.TEXT) == copied


def test_every_format_belongs_to_a_family() -> None:
    assert {each.row.family for each in OutputFormat} == set(Family)


@pytest.mark.parametrize(
    ("body", "output_format", "wrapped"),
    [
        (
            r"\begin{eqnarray}a&=&b\\c&<&\begin{matrix}1&2\end{matrix}\end{eqnarray}",
            OutputFormat.INLINE,
            r"$\begin{aligned}a&=b\\c&<\begin{matrix}1&2\end{matrix}\end{aligned}$",
        ),
        (
            r"\begin{eqnarray*}a&=&b\\&&c\end{eqnarray*}",
            OutputFormat.ALIGN,
            r"\begin{align}a&=b\\&c\end{align}",
        ),
        (
            r"\begin{align}a&=b\label{x}\\c&=d\label{y}\end{align}",
            OutputFormat.ALIGN_STAR,
            r"\begin{align*}a&=b\\c&=d\end{align*}",
        ),
        (
            r"\begin{align}a&=b\tag{1}\\c&=d\end{align}",
            OutputFormat.EQUATION_STAR,
            "\\begin{equation*}\n\\begin{aligned}a&=b\\\\c&=d\\end{aligned} \\tag{1}\n\\end{equation*}",
        ),
        ("% no formula", OutputFormat.EQUATION, ""),
    ],
)
def test_an_environment_becomes_another_one_with_the_columns_and_numbers_that_it_may_have(
    body: str, output_format: OutputFormat, wrapped: str
) -> None:
    assert wrap(body, output_format) == wrapped


def test_lines_of_a_multline_are_drawn_to_the_left_and_to_the_right() -> None:
    assert formula_body(r"\begin{multline}a\\b\end{multline}") == r"\begin{multlined}a\\b\end{multlined}"


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        (r"\begin{align}a&=b\tag{1}\\c&=d\end{align}", r"\begin{aligned}a&=b&\tag{1}\\c&=d\end{aligned}"),
        (r"\begin{align}a\tag*{q}\\b&=c&d\end{align}", r"\begin{aligned}a&&&&\tag*{q}\\b&=c&d\end{aligned}"),
        (r"x\tag{1}", r"x\tag{1}"),
    ],
)
def test_tags_of_lines_stand_in_a_column_of_their_own(source: str, drawn: str) -> None:
    assert formula_body(source) == drawn


@pytest.mark.parametrize("blank", ["", "\n", "  "])
@pytest.mark.parametrize("name", ["align", "align*", "gather", "aligned", "multline*", "eqnarray"])
def test_a_bracket_that_begins_a_derivation_is_no_option_for_any_reader(name: str, blank: str) -> None:
    source = rf"\begin{{{name}}}{blank}[x, p] = i\end{{{name}}}"
    for output_format in (OutputFormat.DISPLAY, OutputFormat.ALIGN_STAR, OutputFormat.MARKDOWN):
        assert re.search(r"\}\s*\{\}\[x, p\]", wrap(source, output_format))
    assert wrap(source, OutputFormat.RAW) == source


def test_a_place_stays_an_option() -> None:
    assert wrap(r"\begin{aligned}[t]a&=b\end{aligned}", OutputFormat.BRACKET) == (
        r"\[\begin{aligned}[t]a&=b\end{aligned}\]"
    )
