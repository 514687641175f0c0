"""`clean`: what engines put round the markup goes, and nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.markup import clean, is_repeating, repair
from writetex_desktop.core.markup.characters import spell_out
from writetex_desktop.core.reading.recognition import Mode

CORPUS = json.loads((Path(__file__).parents[3] / "data" / "render-corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [
    each["latex"] for each in CORPUS if each["expect"] == "ok" and each["group"] not in {"ocr", "unicode"}
]

WRAPPED = [
    ("$$x^2$$", "x^2"),
    ("$x^2$", "x^2"),
    ("\\[ x^2 \\]", "x^2"),
    ("\\(x^2\\)", "x^2"),
    ("$$x^2$$.", "x^2"),
    ("\ufeff\\[\r\nx^2\r\n\\]\r\n", "x^2"),
    ("\\begin{equation}\nx^2\n\\end{equation}", "x^2"),
    ("\\begin{equation*}x^2\\end{equation*}", "x^2"),
    ("\\begin{displaymath}x^2\\end{displaymath}", "x^2"),
    ("\\begin{math}x^2\\end{math}", "x^2"),
    ("```latex\nx^2\n```", "x^2"),
    ("```tex\nx^2\n```\n", "x^2"),
    ("```\nx^2\n```", "x^2"),
    ("~~~math\nx^2\n~~~", "x^2"),
    ("```latex x^2```", "x^2"),
    ("`x^2`", "x^2"),
    ("```latex\n$$\nx^2\n$$\n```", "x^2"),
    ("```latex\nx^2", "x^2"),
    ("Here is the LaTeX:\n\n```latex\nx^2\n```\n\nLet me know if you need more.", "x^2"),
    ("Here's the LaTeX code for the formula: $x^2$", "x^2"),
    ("Sure! Here you go:\n\\[x^2\\]", "x^2"),
    ("LaTeX 代码：\n$$x^2$$", "x^2"),
    ("LaTeX: x^2", "x^2"),
    ("\\[ x^2 \\]\nThis is a parabola.", "x^2"),
    ("x^2\n\nThis is the square of x.", "x^2"),
    ("The image shows one formula.\n\\[ x^2 \\]\nwhere $x$ is a number.", "x^2"),
    ("<think>It is a square.</think>\n\nx^2", "x^2"),
    ("<thinking>$y$</thinking>$x^2$", "x^2"),
    ("It is a square.</think>x^2", "x^2"),
    ("<|begin_of_thought|>a<|end_of_thought|><|begin_of_solution|>x^2<|end_of_solution|>", "x^2"),
    ("◁think▷a◁/think▷x^2", "x^2"),
    ("<|begin_of_box|>x^2<|end_of_box|>", "x^2"),
    ("<|ref|>equation<|/ref|><|det|>[[10, 20, 30, 40]]<|/det|>\n\\[ x^2 \\]", "x^2"),
    ("<formula><loc_10><loc_20>x^2</formula>", "x^2"),
    ('<math display="block">x^2</math>', "x^2"),
    ("---\nprimary_language: en\nis_table: False\n---\n\\[ x^2 \\]", "x^2"),
    ("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n\\[x^2\\]\n\\end{document}", "x^2"),
    ("x^2 \\tag{1}", "x^2"),
    ("x^2 \\tag*{$\\ast$}", "x^2"),
    ("\\begin{equation}\\label{eq:one}x^2\\end{equation}", "x^2"),
    ("x^2 \\quad (12)", "x^2"),
    ("x^2 \\qquad \\text{(3.4)}", "x^2"),
    ("x^2 \\eqno(7)", "x^2"),
    ("x^2 \\,\\quad", "x^2"),
    ("x^2<|im_end|>", "x^2"),
    ("NONE", ""),
    ("$$\\text{NONE}$$", ""),
    ("None.", ""),
    ("", ""),
    ("  \n", ""),
]


@pytest.mark.parametrize(("answer", "markup"), WRAPPED)
def test_what_models_put_round_a_formula_is_taken_away(answer: str, markup: str) -> None:
    assert clean(answer) == markup


@pytest.mark.parametrize(
    ("answer", "markup"),
    [
        ("\\\\frac{a}{b} \\\\cdot \\\\alpha", "\\frac{a}{b} \\cdot \\alpha"),
        ("\\\\[ x^2 \\\\]", "x^2"),
        (
            "\\\\begin{matrix} a \\\\\\\\ b \\\\end{matrix}",
            "\\begin{matrix} a \\\\ b \\end{matrix}",
        ),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("\\mathrm { s i n } x", "\\mathrm{sin} x"),
        ("\\operatorname { a r g ~ m i n }", "\\operatorname{argmin}"),
        ("\\begin { a l i g n e d } a \\end { a l i g n e d }", "\\begin{aligned} a \\end{aligned}"),
        ("x² ≤ 3·α", "x^{2} \\leq 3\\cdot\\alpha"),
        ("2×b", "2\\times b"),
        ("∀x∈ℝ", "\\forall x\\in\\mathbb{R}"),
        ("𝑥 + 𝐀 − 𝔤", "x + \\mathbf{A} - \\mathfrak{g}"),
        ("x₁⁻¹", "x_{1}^{-1}"),
        ("\\text{für x ≤ 3}", "\\text{für x ≤ 3}"),
        ("e\u0301", "é"),
        ("x\u200b^2\u00a0+ 1", "x^2 + 1"),
        ("\\[a\\]\n\\[b\\]", "\\begin{gathered}\na \\\\\nb\n\\end{gathered}"),
        ("$$\\begin{align*}a&=b\\end{align*}$$", "\\begin{align*}a&=b\\end{align*}"),
    ],
)
def test_what_models_misspell_is_mended(answer: str, markup: str) -> None:
    assert clean(answer) == markup


@pytest.mark.parametrize(
    "markup",
    [
        "a \\\\[2pt] b",
        "\\begin{matrix} a \\\\ b \\end{matrix}",
        "x=1\\\\y=2",
        "\\text{where $x$ is real}",
        "f(12)",
        "0<|x|<1",
        "a<|x|>b",
        "x, \\quad y",
        "\\tagged",
        "\\begin{array}{cccccccccccccccc} 1 \\end{array}",
        "<",
        "f: X \\to Y",
        "\\left[ 0, 1 \\right)",
        "N",
        "Let $x$ be a number and $y$ another.",
    ],
)
def test_what_belongs_to_the_picture_stays(markup: str) -> None:
    assert clean(markup) == markup


@pytest.mark.parametrize(
    "answer", ["<th", "<think", "<think>Let me see: $x$", "---\nlang: en\n", "Here is the"]
)
def test_what_comes_before_the_answer_is_held_back(answer: str) -> None:
    assert clean(answer) == ""


def test_text_keeps_its_prose_its_delimiters_and_its_characters() -> None:
    text = "Für \\(x\\) gilt:\n\n\\[ x^2 ≥ 0 \\]\n\nund so weiter."
    assert clean(f"```markdown\n{text}\n```", Mode.TEXT) == text


def test_math_elements_in_text_become_delimiters() -> None:
    answer = 'Let <math>x</math> be\n<math display="block">x^2</math>'
    assert clean(answer, Mode.TEXT) == "Let \\(x\\) be\n\\[x^2\\]"


def test_a_table_is_taken_out_of_its_fence() -> None:
    table = "\\begin{tabular}{cc}\na & b \\\\\n\\hline\n\\end{tabular}"
    assert clean(f"Here is the table:\n```latex\n{table}\n```", Mode.TABLE) == table


def test_a_drawing_is_taken_out_of_its_document() -> None:
    drawing = "\\begin{tikzpicture}\n\\draw (0,0) -- (1,1);\n\\end{tikzpicture}"
    document = f"\\documentclass[tikz]{{standalone}}\n\\begin{{document}}\n{drawing}\n\\end{{document}}"
    assert clean(f"```latex\n{document}\n```", Mode.TIKZ) == drawing


@pytest.mark.parametrize("unit", ["\\quad", "x_{1}+", " = 2 \\pi r \\cdot \\frac{1}{2}", "0 & 0 \\\\ "])
def test_a_loop_is_noticed_and_cut_to_one_unit(unit: str) -> None:
    looping = "\\alpha + " + unit * 30
    assert is_repeating(looping)
    assert not is_repeating(clean(looping))
    assert len(clean(looping)) <= len("\\alpha + " + 2 * unit)


@pytest.mark.parametrize("text", ["", "{cccccccccccccccc}", "0 & " * 12, *FORMULAS[:20]])
def test_honest_repetition_is_no_loop(text: str) -> None:
    assert not is_repeating(text)


@pytest.mark.parametrize("markup", FORMULAS)
def test_a_formula_survives_every_wrapper_and_every_beginning(markup: str) -> None:
    bare = clean(markup)
    for opening, closing in (
        ("```latex\n", "\n```"),
        ("$$", "$$"),
        ("\\[\n", "\n\\]"),
        ("```\n\\[ ", " \\]\n```\n"),
        ("<think>x</think>\n\\begin{equation}\n", "\n\\end{equation}"),
    ):
        assert clean(opening + bare + closing) == bare


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("```latex\n", "\n```"), ("$$", "$$"), ("\\[ ", " \\]"), ("\\(", "\\)"), ("```\n$$\n", "\n$$\n```")],
)
def test_a_stream_never_shows_its_wrapper(opening: str, closing: str) -> None:
    body = "\\frac{a}{b} + \\sqrt{x_1} = \\left( y \\right)"
    answer = opening + body + closing
    for end in range(len(opening), len(answer) + 1):
        shown = clean(answer[:end])
        assert body.startswith(shown), (answer[:end], shown)


PIECES = st.lists(
    st.sampled_from(
        [
            *[
                "$",
                "$$",
                "\\[",
                "\\]",
                "\\(",
                "\\)",
                "```",
                "```latex\n",
                "\n```",
                "\n",
                " ",
                "`",
                "---\n",
                "a: b\n",
            ],
            *[
                "<think>",
                "</think>",
                "<|ref|>",
                "<|/ref|>",
                "<|det|>",
                "<math>",
                "</math>",
                "<formula>",
                "&amp;",
            ],
            *[
                "\\frac",
                "\\\\",
                "\\",
                "{",
                "}",
                "x",
                "≤",
                "²",
                "α",
                "\\text{",
                "\\tag{1}",
                "\\label",
                "\\quad",
                "(12)",
            ],
            *[
                "Here is the LaTeX:",
                "NONE",
                "\\begin{equation}",
                "\\end{equation}",
                "\\documentclass",
                ".",
                "&lt;",
            ],
            *[
                "\\begin{document}",
                "\\end{document}",
                "\\mathrm{ a b }",
                "word and word",
                "é",
                "√",
                "\\\\frac",
            ],
        ]
    ),
    max_size=12,
).map("".join)


@settings(deadline=None)
@given(text=st.one_of(st.text(max_size=80), PIECES), mode=st.sampled_from(Mode))
def test_cleaning_twice_is_cleaning_once(text: str, mode: Mode) -> None:
    once = clean(text, mode)
    assert clean(once, mode) == once


@settings(deadline=None)
@given(text=st.one_of(st.text(max_size=80), PIECES), mode=st.sampled_from(Mode))
def test_every_beginning_of_any_answer_can_be_cleaned_and_repaired(text: str, mode: Mode) -> None:
    for end in range(len(text) + 1):
        assert isinstance(repair(clean(text[:end], mode)), str)


def test_every_sign_of_unicode_is_spelt_out() -> None:
    """White brackets called themselves without end."""
    signs = [*range(0x80, 0x3100), *range(0xF900, 0xFFFE), *range(0x1D400, 0x1D800), *range(0x1F300, 0x1F700)]
    assert all(spell_out(chr(code)) for code in signs)
    assert clean("⟦x⟧ + ⟪y⟫") == "⟦x⟧ + ⟪y⟫"
