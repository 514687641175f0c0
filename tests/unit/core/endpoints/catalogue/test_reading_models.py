"""Models made for reading: what each is asked, and what becomes of the answers that their pages show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.catalogue.reading_models import MODEL_PROFILES, reading_model
from writetex_desktop.core.endpoints.prompt import plan_for
from writetex_desktop.core.markup import clean
from writetex_desktop.core.reading.recognition import Mode

F, TEXT, TABLE = Mode.FORMULA, Mode.TEXT, Mode.TABLE
OLMOCR_HEAD = (
    "---\nprimary_language: en\nis_rotation_valid: True\nrotation_correction: 0\nis_table: False\n"
    "is_diagram: False\n---\n"
)
DOTS_PAGE = (
    '[{"bbox": [1, 2, 30, 40], "category": "Text", "text": "Let $x$ be"}, '
    '{"bbox": [1, 50, 30, 60], "category": "Formula", "text": "$$\\\\frac{a}{b}$$"}]'
)
FRACTION = "\\frac{a}{b}"

ANSWERS: list[tuple[str, Mode, str, str]] = [
    ("deepseek-ocr", F, "\\[ x^2 \\]\n", "x^2"),
    ("deepseek-ocr", F, "<|ref|>equation<|/ref|><|det|>[[1, 2, 3, 4]]<|/det|>\n\\[x^2\\]", "x^2"),
    ("deepseek-ocr", F, "\\(x^2\\)<｜end▁of▁sentence｜>", "x^2"),
    (
        "deepseek-ocr",
        TEXT,
        "<|ref|>title<|/ref|><|det|>[[48, 50, 120, 70]]<|/det|>\n# On \\(x\\)",
        "# On \\(x\\)",
    ),
    ("hunyuanocr", F, "$$x^2\\quad (12)$$", "x^2"),
    ("hunyuanocr", F, "\\big{(}x\\big{)}^2", "\\big(x\\big)^2"),
    ("hunyuanocr", F, "\\bigl{\\langle}x\\bigr{\\rangle}", "\\bigl\\langle x\\bigr\\rangle"),
    ("hunyuanocr", F, "x^2" + "\\quad (1)" * 14, "x^2"),
    (
        "hunyuanocr",
        TABLE,
        "<table><tr><td colspan='2'>a</td></tr><tr><td>1</td><td>2 &amp; 3</td></tr></table>",
        "\\begin{tabular}{cc}\n\\multicolumn{2}{c}{a} \\\\\n1 & 2 \\& 3 \\\\\n\\end{tabular}",
    ),
    ("paddleocr-vl", F, f"$$ {FRACTION} $$", FRACTION),
    ("paddleocr-vl", F, f"\\[ {FRACTION} \\]", FRACTION),
    (
        "paddleocr-vl",
        TABLE,
        "<fcel>a<lcel><nl><fcel>$x$<ecel><nl>",
        "\\begin{tabular}{cc}\n\\multicolumn{2}{c}{a} \\\\\n$x$ &  \\\\\n\\end{tabular}",
    ),
    ("paddleocr-vl", TEXT, "Hello<|LOC_12|><|LOC_20|> world", "Hello world"),
    ("glm-ocr", F, "$$\nx^2 \\tag{1}\n$$", "x^2"),
    ("glm-ocr", F, "\\[x^2\\] (1)", "x^2"),
    ("glm-ocr", F, "$$x^2$$\n(A.1)", "x^2"),
    ("mineru2.5", F, "\\[ \\big{(} x \\big{)}_{1}_{2} \\]", "\\big( x \\big)_{1}{}_{2}"),
    ("mineru2.5", F, "\\[ a'^{2}^{3} \\]", "a'^{2}{}^{3}"),
    (
        "mineru2.5",
        TABLE,
        "<ched>A<ched>B<nl><fcel>1<fcel>2<nl><ucel><fcel>3<nl>",
        (
            "\\begin{tabular}{cc}\nA & B \\\\\n\\hline\n\\multirow{2}{*}{1} & 2 \\\\\n & 3 \\\\\n"
            "\\end{tabular}"
        ),
    ),
    ("dots.ocr", F, "$$x^2$$", "x^2"),
    (
        "dots.ocr",
        F,
        "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n$x^2$\n\\end{document}",
        "x^2",
    ),
    ("dots.ocr", F, DOTS_PAGE, FRACTION),
    ("dots.ocr", F, f"```json\n{DOTS_PAGE}\n```", FRACTION),
    ("dots.ocr", TEXT, DOTS_PAGE, f"Let $x$ be\n\n$${FRACTION}$$"),
    ("nanonets-ocr-s", F, "$$x^2$$\n\n<page_number>14</page_number>", "x^2"),
    ("nanonets-ocr-s", F, "<watermark>OFFICIAL COPY</watermark>\n$$x^2$$", "x^2"),
    ("nanonets-ocr2", TEXT, "Let $x$ be.\n<img>A dog</img>\n<page_number>9/22</page_number>", "Let $x$ be."),
    ("olmocr", F, f"{OLMOCR_HEAD}\\[x^2\\]", "x^2"),
    ("olmocr-2", F, OLMOCR_HEAD, ""),
    ("olmocr-2", TEXT, f"{OLMOCR_HEAD}So \\(x\\).\n\n![A plot](page_1_2_3_4.png)", "So \\(x\\)."),
    (
        "olmocr",
        TABLE,
        f"{OLMOCR_HEAD}| A | B_1 |\n|---|:-:|\n| $x_1$ | 50% |\n",
        "\\begin{tabular}{cc}\nA & B\\_1 \\\\\n\\hline\n$x_1$ & 50\\% \\\\\n\\end{tabular}",
    ),
    ("lightonocr", F, "$$x^2$$", "x^2"),
    ("lightonocr", TEXT, "# Title\n\nLet $x$ be.", "# Title\n\nLet $x$ be."),
    ("got-ocr", F, "\\(x^{2}\\)<|im_end|>", "x^{2}"),
    ("got-ocr", F, "\\[\n x^{2}\n\\]", "x^{2}"),
    ("chandra", F, '<p><math display="block">x^2</math></p>', "x^2"),
    (
        "chandra",
        F,
        '<div data-bbox="0 0 9 9" data-label="Equation-Block"><math display="block">a &lt; b</math></div>',
        "a < b",
    ),
    (
        "chandra",
        TEXT,
        '<p>Let <math>x</math> be <b>bold</b>.</p><p>Then<br/><math display="block">x^2</math></p>',
        "Let \\(x\\) be bold.\n\nThen\n\\[x^2\\]",
    ),
    ("chandra", TEXT, "<p>H<sub>2</sub>O</p>", "H\\(_{2}\\)O"),
    (
        "chandra",
        TABLE,
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2><math>x</math></td><td>1</td></tr>"
            "<tr><td>2</td></tr></table>"
        ),
        (
            "\\begin{tabular}{cc}\nA & B \\\\\n\\hline\n\\multirow{2}{*}{$x$} & 1 \\\\\n & 2 \\\\\n"
            "\\end{tabular}"
        ),
    ),
    ("surya", F, '<math display="block">x^2</math>', "x^2"),
    ("surya", F, '```html\n<math display="block">x^2</math>\n```', "x^2"),
    (
        "granite-docling",
        F,
        "<doctag><formula><loc_10><loc_20><loc_30><loc_40>x^2</formula></doctag>",
        "x^2",
    ),
    ("granite-docling", F, "<formula>x^2</formula><|end_of_text|>", "x^2"),
    (
        "granite-docling",
        TEXT,
        "<doctag><text><loc_1>Hello</text>\n<formula>x</formula></doctag>",
        "Hello\n\n\\[x\\]",
    ),
    (
        "smoldocling",
        TABLE,
        "<otsl><loc_1><ched>A<ched>B<nl><fcel>1<fcel>2<nl></otsl>",
        "\\begin{tabular}{cc}\nA & B \\\\\n\\hline\n1 & 2 \\\\\n\\end{tabular}",
    ),
    ("a general model", F, '{"latex": "\\\\frac{a}{b}"}', FRACTION),
]


@pytest.mark.parametrize(("model", "mode", "answer", "markup"), ANSWERS)
def test_what_each_family_writes_becomes_markup(model: str, mode: Mode, answer: str, markup: str) -> None:
    assert clean(answer, mode) == markup
    assert clean(markup, mode) == markup


def test_every_family_has_an_answer_in_the_table() -> None:
    shown = {profile.names for model, *_ in ANSWERS if (profile := reading_model(model)) is not None}
    # Unlimited-OCR answers in Markdown with the tokens of DeepSeek-OCR.
    assert [each.names for each in MODEL_PROFILES if each.names not in shown] == [("unlimited-ocr",)]


@pytest.mark.parametrize(
    "markup",
    [
        "0<p>1",
        "<p> = 0",
        "a<b>c",
        "\\{ x \\mid x > 0 \\}",
        "[1, 2]",
        "{\\bf x}",
        "x_{1}{}_{2}",
        "\\text{a|b}",
        "f(x) \\big\\langle y",
        "A \\, (1)",
    ],
)
def test_formulas_that_look_like_tags_and_lists_stay(markup: str) -> None:
    assert clean(markup) == markup


@given(st.sampled_from([row[1:3] for row in ANSWERS]), st.integers(0, 400))
def test_every_beginning_of_an_answer_is_read_without_a_fault(row: tuple[Mode, str], length: int) -> None:
    mode, answer = row
    beginning = clean(answer[:length], mode)
    assert clean(beginning, mode) == beginning


@pytest.mark.parametrize(
    ("model", "start", "end"),
    [
        ("allenai/olmOCR-2-7B-1025-FP8", "Attached is one page", "and is_diagram parameters."),
        ("olmocr-2", "Attached", "tables to HTML.\nIf there are any figures"),
        ("allenai/olmOCR-7B-0825", "Attached", "tables to markdown.\nReturn your output"),
        (
            "datalab-to/chandra",
            "OCR this image to HTML.\n\nOnly use these tags ['math', 'br',",
            "and natural.",
        ),
        ("nanonets/Nanonets-OCR2-3B", "Extract the text", "Prefer using ☐ and ☑ for check boxes."),
    ],
)
def test_long_prompts_are_whole(model: str, start: str, end: str) -> None:
    text = plan_for(model, F).text
    assert text is not None
    assert text.startswith(start)
    assert end in text


@pytest.mark.parametrize("profile", MODEL_PROFILES, ids=lambda profile: profile.names[0])
def test_every_reading_model_is_asked_coolly(profile: object) -> None:
    assert profile in MODEL_PROFILES
    temperature = next(each for each in MODEL_PROFILES if each == profile).extra["temperature"]
    assert isinstance(temperature, float | int)
    assert temperature <= 0.2


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode.is_formula])
def test_every_kind_of_formula_is_asked_in_the_words_for_formulas(mode: Mode) -> None:
    assert plan_for("paddleocr-vl", mode).text == "Formula Recognition:"
