"""Formulas of other programs come in as LaTeX, which MathJax draws alike."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.command import run
from tests.mathml_shape import shape
from writetex_desktop.adapters.exporters.asciimath import COMPONENT
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.conversion_program import read_source
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.errors import ConversionError, WriteTexError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.latex_text import to_latex
from writetex_desktop.core.formats.mathml.foreign import read_foreign
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.omml.reading import read_omml
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.documents import write_document
from writetex_desktop.services.output.importing import InputFormat, to_source

CORPUS = json.loads((Path(__file__).parents[2] / "data" / "render-corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [each["latex"] for each in CORPUS if each["expect"] == "ok"]
MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
OMATH = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{}</m:oMath>'
LETTER = "<m:r><m:t>{}</m:t></m:r>"
X = LETTER.format("x")


@pytest.fixture
async def renderer() -> AsyncIterator[MathJaxRenderer]:
    made = MathJaxRenderer(resource_dir())
    yield made
    made.close()


async def test_what_goes_out_comes_in_as_the_same_formula(renderer: MathJaxRenderer) -> None:
    """Left over are signs that have two names, and what OMML has no element for: rules within tables."""
    alike = {"MathML": 0, "OMML": 0}
    for latex in FORMULAS:
        mathml = await renderer.mathml(latex)
        backs = {"MathML": to_latex(read_foreign(mathml))}
        try:
            backs["OMML"] = to_latex(read_omml(to_omml(read_mathml(mathml))))
        except ConversionError:
            alike["OMML"] += 1
        for name, back in backs.items():
            try:
                alike[name] += shape(await renderer.mathml(back)) == shape(mathml)
            except WriteTexError:
                continue
    assert alike["MathML"] >= 0.9 * len(FORMULAS)
    assert alike["OMML"] >= 0.86 * len(FORMULAS)


@pytest.mark.parametrize(
    ("mathml", "latex"),
    [
        (MATH.format("<mfenced open='[' separators=';'><mi>a</mi><mi>b</mi></mfenced>"), r"\left[a;b\right)"),
        (MATH.format("<mi>&alpha;</mi><mo>&le;</mo><mn>2</mn>"), r"\alpha\leq2"),
        ("<p><m:math><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math></p>", "x^{2}"),
        (
            MATH.format(
                '<semantics><mi>x</mi><annotation encoding="application/x-tex">'
                r"\vec x</annotation></semantics>"
            ),
            r"\vec x",
        ),
        (MATH.format("<semantics><mi>x</mi><annotation>no</annotation></semantics>"), "x"),
    ],
)
def test_mathml_of_other_programs_is_read(mathml: str, latex: str) -> None:
    assert to_source(mathml.encode(), InputFormat.MATHML) == latex


@pytest.mark.parametrize(
    ("omml", "latex"),
    [
        (f"<m:f><m:num>{X}</m:num><m:den>{LETTER.format('2b')}</m:den></m:f>", r"\frac{x}{2b}"),
        (f"<m:acc><m:e>{X}</m:e></m:acc>", r"\hat{x}"),
        (f"<m:d><m:e>{LETTER.format('x+1')}</m:e></m:d>", r"\left(x+1\right)"),
        (f"<m:nary><m:sub/><m:sup/><m:e>{X}</m:e></m:nary>", r"\int x"),
        (f"<m:rad><m:deg/><m:e>{X}</m:e></m:rad>", r"\sqrt{x}"),
    ],
)
def test_omml_without_the_options_that_word_leaves_out_is_read(omml: str, latex: str) -> None:
    assert to_source(OMATH.format(omml).encode(), InputFormat.OMML) == latex


def test_signs_of_unicode_become_commands() -> None:
    assert to_source("x² ≤ √2 · α₁".encode(), InputFormat.UNICODE) == r"x^{2} \leq \sqrt{2} \cdot \alpha_{1}"


@pytest.mark.parametrize("form", [InputFormat.MATHML, InputFormat.OMML, InputFormat.DOCX])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no",
        b"<math><mfrac><mi>x</mi></mfrac></math>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><math>&a;</math>',
    ],
)
def test_what_is_none_is_refused_in_words(form: InputFormat, data: bytes) -> None:
    with pytest.raises(ConversionError):
        to_source(data, form)


async def test_a_word_document_comes_back_with_its_text(renderer: MathJaxRenderer, tmp_path: Path) -> None:
    results = [("Let \\(x_1\\) be 50%.\n\\[y=\\frac{1}{2}\\]", Mode.TEXT)]
    written = await write_document(results, DocumentForm.DOCX, make_exports(renderer))
    file = tmp_path / "d.docx"
    file.write_bytes(written.data)
    told = await run(tmp_path, "convert", "--from", "docx", str(file), "--to", "raw")
    assert told == (0, "Let \\(x_{1}\\) be 50%.\n\n\\[y=\\frac{1}{2}\\]\n", "")


needs_asciimath = pytest.mark.skipif(
    not (resource_dir() / "mathjax" / COMPONENT).exists(), reason="built before AsciiMath was read"
)


@needs_asciimath
@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("sum_(i=1)^n i^3=((n(n+1))/2)^2", r"\sum_{i=1}^n i^3=\left(\frac{n\left(n+1\right)}{2}\right)^2"),
        ("`sqrt(x) != oo`", r"\sqrt{x}\neq\infty"),
        ("stem:[[[a,b],[c,d]]]", r"\left[\begin{matrix}a&b\\c&d\end{matrix}\right]"),
        ("int_0^1 f(x)dx", r"\int_0^1 f\left(x\right)dx"),
        ('"if" x in RR', r"\text{if}x\in\mathbb{R}"),
    ],
)
async def test_asciimath_comes_in_as_its_own_parser_reads_it(
    renderer: MathJaxRenderer, source: str, latex: str
) -> None:
    back = read_source(source.encode(), InputFormat.ASCIIMATH)
    assert shape(await renderer.mathml(back)) == shape(await renderer.mathml(latex)), back


@needs_asciimath
async def test_what_goes_out_as_asciimath_comes_in_as_the_same_formula(renderer: MathJaxRenderer) -> None:
    alike = offered = 0
    for latex in FORMULAS:
        mathml = await renderer.mathml(latex)
        try:
            source = to_asciimath(read_mathml(mathml))
        except ConversionError:
            continue
        offered += 1
        try:
            back = read_source(source.encode(), InputFormat.ASCIIMATH)
            alike += shape(await renderer.mathml(back)) == shape(mathml)
        except WriteTexError:
            continue
    assert alike >= 0.9 * offered


@needs_asciimath
def test_asciimath_that_is_too_much_is_refused_in_a_sentence() -> None:
    for source in ("x" * 30_000, "(" * 19_000):
        with pytest.raises(ConversionError) as refused:
            read_source(source.encode(), InputFormat.ASCIIMATH)
        assert refused.value.message.endswith(".")
        assert refused.value.remedy.text


def test_a_face_that_a_style_gives_and_the_brackets_of_other_programs_are_kept() -> None:
    inner = '<mstyle mathvariant="bold"><mi>x</mi></mstyle><mrow><mo>∥</mo><mi>a</mi><mo>∥</mo></mrow>'
    floor = "<mrow><mo>⌊</mo><mi>y</mi><mo>⌋</mo></mrow><mrow><mo>〈</mo><mi>z</mi><mo>〉</mo></mrow>"
    assert to_latex(read_foreign(MATH.format(inner + floor))) == (
        r"\mathbf{x}\left\Vert a\right\Vert\left\lfloor y\right\rfloor\left\langle z\right\rangle"
    )


@pytest.mark.parametrize(
    ("mathml", "latex"),
    [
        # KaTeX and Temml say `0px` for no line.
        (
            MATH.format('<mo>(</mo><mfrac linethickness="0px"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>'),
            r"\binom{n}{k}",
        ),
        (
            MATH.format(
                '<mrow><mo fence="true">∣</mo><mtable><mtr><mtd><mi>a</mi></mtd></mtr></mtable>'
                '<mo fence="true">∣</mo></mrow>'
            ),
            r"\begin{vmatrix} a \end{vmatrix}",
        ),
        (
            MATH.format('<mrow><mo fence="true">∣</mo><mi>x</mi><mo fence="true">∣</mo></mrow>'),
            r"\left|x\right|",
        ),
        (MATH.format("<mo>⟦</mo><mi>x</mi><mo>⟧</mo>"), r"\left\llbracket x\right\rrbracket"),
        (MATH.format("<msup><mi>x</mi><mrow><mo>'</mo><mn>3</mn></mrow></msup>"), r"x^{\prime 3}"),
        # Temml counts a blank among the parts.
        (
            MATH.format("<munder><mi>arg</mi><mo>&#x2061;</mo><mspace width='0.1667em'/><mi>x</mi></munder>"),
            r"\underset{x}{\arg}",
        ),
        (MATH.format("<mover><mi>x</mi><mo>︷</mo></mover>"), r"\overbrace{x}"),
    ],
)
async def test_mathml_of_other_renderers_comes_in_whole(
    renderer: MathJaxRenderer, mathml: str, latex: str
) -> None:
    written = to_source(mathml.encode(), InputFormat.MATHML)
    assert written == latex
    assert await renderer.mathml(written)


def test_mathml_with_too_many_parts_is_refused() -> None:
    with pytest.raises(ConversionError, match="too many"):
        to_source(MATH.format("<munder><mi>a</mi><mi>b</mi><mi>c</mi></munder>").encode(), InputFormat.MATHML)


@pytest.mark.parametrize(
    ("omml", "latex"),
    [
        ('<?xml version="1.0"?><m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>', "x"),
        (
            "<m:oMath><m:r><w:rPr><w:i/></w:rPr><m:t>x</m:t></m:r></m:oMath>",
            "x",
        ),
        (
            OMATH.format(
                '<m:groupChr><m:groupChrPr><m:chr m:val="→"/><m:vertJc m:val="bot"/></m:groupChrPr>'
                f"<m:e>{X}</m:e></m:groupChr>"
            ),
            r"\xrightarrow{x}",
        ),
    ],
)
def test_a_part_cut_out_of_a_word_page_is_read(omml: str, latex: str) -> None:
    assert to_source(omml.encode(), InputFormat.OMML) == latex
