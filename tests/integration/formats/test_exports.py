"""From LaTeX through the real MathJax to every format, and back through the readers of others."""

import base64
import contextlib
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import omml_schema
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.pdf import to_pdf
from writetex_desktop.adapters.exporters.png import PngExporter
from writetex_desktop.adapters.exporters.svg import to_svg
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import ConversionError, RenderError, SettingsError, WriteTexError
from writetex_desktop.core.formats.output_format import Family, OutputFormat, Way
from writetex_desktop.core.formats.wrapping import wrap
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportOptions, ExportService, as_bytes
from writetex_desktop.services.output.file_exporters import FileExporters

sympy = pytest.importorskip("sympy", reason="SymPy is not installed")

CORPUS = json.loads((Path(__file__).parents[2] / "data" / "render-corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [each["latex"] for each in CORPUS if each["expect"] == "ok"]
MATHML = "{http://www.w3.org/1998/Math/MathML}"
HALF_PI = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
    "<mfrac><mi>π</mi><mn>2</mn></mfrac></math>"
)


@pytest.fixture(scope="module")
def exports(qapp: object) -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir())
    pictures = PngExporter()
    files = FileExporters(png=lambda formula, dpi: pictures.to_png(formula, dpi=dpi), svg=to_svg, pdf=to_pdf)
    yield ExportService(renderer, files, lambda: date(2026, 11, 23))
    renderer.close()


async def text(exports: ExportService, latex: str, output_format: OutputFormat) -> str:
    return (await exports.export(latex, Mode.FORMULA, output_format)).text


async def offered(exports: ExportService, output_format: OutputFormat) -> dict[str, str]:
    """What is offered of the corpus in a format: all but what is refused."""
    found: dict[str, str] = {}
    sentences: list[str] = []
    for latex in FORMULAS:
        try:
            found[latex] = await text(exports, latex, output_format)
        except (ConversionError, RenderError) as refusal:
            sentences.append(refusal.message)
    assert all(sentence.endswith(".") for sentence in sentences)
    return found


@pytest.mark.parametrize(
    ("output_format", "written"),
    [
        (OutputFormat.RAW, r"\frac{\pi}{2}"),
        (OutputFormat.INLINE, r"$\frac{\pi}{2}$"),
        (OutputFormat.PAREN, r"\(\frac{\pi}{2}\)"),
        (OutputFormat.DISPLAY, r"$$\frac{\pi}{2}$$"),
        (OutputFormat.BRACKET, r"\[\frac{\pi}{2}\]"),
        (OutputFormat.EQUATION, "\\begin{equation}\n\\frac{\\pi}{2}\n\\end{equation}"),
        (OutputFormat.EQUATION_STAR, "\\begin{equation*}\n\\frac{\\pi}{2}\n\\end{equation*}"),
        (OutputFormat.ALIGN, "\\begin{align}\n\\frac{\\pi}{2}\n\\end{align}"),
        (OutputFormat.ALIGN_STAR, "\\begin{align*}\n\\frac{\\pi}{2}\n\\end{align*}"),
        (OutputFormat.GATHER, "\\begin{gather}\n\\frac{\\pi}{2}\n\\end{gather}"),
        (OutputFormat.MULTLINE, "\\begin{multline}\n\\frac{\\pi}{2}\n\\end{multline}"),
        (
            OutputFormat.SUBEQUATIONS,
            "\\begin{subequations}\n\\begin{align}\n\\frac{\\pi}{2}\n\\end{align}\n\\end{subequations}",
        ),
        (OutputFormat.MARKDOWN, "```math\n\\frac{\\pi}{2}\n```"),
        (OutputFormat.OBSIDIAN, r"$\frac{\pi}{2}$"),
        (OutputFormat.TYPST, "$ frac(pi, 2) $"),
        (OutputFormat.ASCIIMATH, "pi/2"),
        (OutputFormat.UNICODE, "π/2"),
        (OutputFormat.SYMPY, "pi/2"),
        (OutputFormat.MATHEMATICA, "Pi/2"),
        *(
            (
                each,
                HALF_PI,
            )
            for each in (OutputFormat.WORD, OutputFormat.MATHML, OutputFormat.HTML)
        ),
        (OutputFormat.TEMPLATE, r"\frac{\pi}{2}"),
    ],
)
async def test_every_format_of_text_has_its_exact_form(
    exports: ExportService, output_format: OutputFormat, written: str
) -> None:
    assert await text(exports, r"$\frac{\pi}{2}$", output_format) == written or output_format in {
        OutputFormat.RAW,
        OutputFormat.TEMPLATE,
    }
    assert await text(exports, r"\frac{\pi}{2}", output_format) == written


async def test_word_gets_all_the_forms_that_office_programs_ask_for(exports: ExportService) -> None:
    content = await exports.export(r"\displaystyle\sum_i x_i", Mode.FORMULA, OutputFormat.WORD)
    assert content.flavours["application/mathml+xml"].decode() == content.text
    assert b"{\\mmath{\\*\\moMath" in content.flavours["text/rtf"]
    assert b"<!--[if gte msEquation 12]><m:oMath>" in content.flavours["text/html"]
    assert content.text.encode() in content.flavours["text/html"]
    assert content.text.startswith('<math xmlns="http://www.w3.org/1998/Math/MathML"')
    assert "displaystyle" not in content.text


@pytest.mark.parametrize("output_format", [each for each in OutputFormat if each.row.way is not Way.SPOKEN])
async def test_the_clipboard_holds_what_the_table_says(
    exports: ExportService, output_format: OutputFormat
) -> None:
    content = await exports.export("x^2", Mode.FORMULA, output_format)
    assert [re.sub('"[0-9]+"', "", name) for name in content.flavours] == [
        re.sub('"([0-9]+|{[a-z]+})"', "", each.media_type) for each in output_format.row.beside
    ]


async def test_a_formula_that_omml_cannot_carry_still_goes_as_mathml(exports: ExportService) -> None:
    content = await exports.export(r"\cancelto{0}{x}\enclose{longdiv}{y}", Mode.FORMULA, OutputFormat.WORD)
    assert "text/rtf" not in content.flavours
    assert b"msEquation" not in content.flavours["text/html"]
    assert content.text.encode() in content.flavours["text/html"]


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


async def test_a_picture_for_the_web_has_its_latex_for_who_does_not_see_it(exports: ExportService) -> None:
    content = await exports.export('a<"b"', Mode.FORMULA, OutputFormat.DOCS)
    images = _Images()
    images.feed(content.flavours["text/html"].decode())
    (image,) = images.found
    assert image.get("alt") == 'a<"b"'
    assert base64.b64decode(str(image.get("src")).partition(",")[2]) == content.flavours["image/png"]
    assert content.text == 'a<"b"'


@pytest.mark.parametrize("output_format", [OutputFormat.WORD, OutputFormat.MATHML, OutputFormat.HTML])
async def test_mathml_is_well_formed_and_namespaced(
    exports: ExportService, output_format: OutputFormat
) -> None:
    found = await offered(exports, output_format)
    assert len(found) >= 0.97 * len(FORMULAS)
    for latex, mathml in found.items():
        assert all(element.tag.startswith(MATHML) for element in ET.fromstring(mathml).iter()), latex


async def test_omml_has_the_elements_order_and_values_of_its_standard(exports: ExportService) -> None:
    found = await offered(exports, OutputFormat.OMML)
    assert len(found) >= 0.9 * len(FORMULAS)
    assert {latex: wrong for latex, omml in found.items() if (wrong := omml_schema.faults(omml))} == {}


def test_the_standard_of_office_mathematics_is_not_met_by_anything() -> None:
    wrong = f'<m:oMath xmlns:m="{omml_schema.SPACE[1:-1]}"><m:rad><m:e/></m:rad><m:p/></m:oMath>'
    assert omml_schema.faults(wrong) == [
        "oMath holds rad p",
        "rad holds e",
        "p is no element of office mathematics",
    ]


async def test_typst_compiles_what_is_offered(exports: ExportService) -> None:
    typst = pytest.importorskip("typst", reason="the typst wheel is not installed")
    found = await offered(exports, OutputFormat.TYPST)
    refused = []
    for latex, source in found.items():
        try:
            typst.compile(source.encode(), format="svg")
        except typst.TypstError as error:
            refused.append((latex, source, str(error)))
    assert len(found) >= 0.9 * len(FORMULAS)
    assert len(refused) <= 0.02 * len(found), refused


async def test_sympy_reads_what_is_offered_as_the_same_expression(exports: ExportService) -> None:
    found = await offered(exports, OutputFormat.SYMPY)
    assert len(found) >= 20
    for source in found.values():
        assert sympy.parse_expr(source, evaluate=False) is not None


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        (r"\frac{1}{2}mv^2", "m*v**2/2"),
        (r"\int_0^1 x^2\,dx", "Integral(x**2, (x, 0, 1))"),
        (r"\sin^2 x + \cos^{2} x", "sin(x)**2 + cos(x)**2"),
        (r"\sum_{k=0}^{n} \binom{n}{k}", "Sum(binomial(n, k), (k, 0, n))"),
        (r"\frac{d^2 y}{dx^2}", "Derivative(y, (x, 2))"),
        (r"e^{-x^2}", "exp(-x**2)"),
        (r"\lim_{x\to 0^+} \frac{\sin x}{x}", "Limit(sin(x)/x, x, 0)"),
        (r"\sqrt[3]{x+1}", "root(x + 1, 3)"),
        (r"|x-1| \le 2", "Le(Abs(x - 1), 2)"),
        (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", "Determinant(Matrix([[a, b], [c, d]]))"),
        (r"\int_0^1\int_0^x y\,dy\,dx", "Integral(Integral(y, (y, 0, x)), (x, 0, 1))"),
        (r"\log_2 8", "log(8, 2)"),
    ],
)
async def test_sympy_output_means_what_the_formula_says(
    exports: ExportService, latex: str, meant: str
) -> None:
    written = await text(exports, latex, OutputFormat.SYMPY)
    assert sympy.sympify(written) == sympy.sympify(meant)


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        (r"\sigma(x)+\sigma(y+1)", "Function('sigma')(x) + Function('sigma')(y + 1)"),
        (r"\frac{d\theta(x)}{dx}", "Derivative(Function('theta')(x), x)"),
        (r"f'(x)", "Derivative(Function('f')(x), x)"),
        (r"\frac{d}{dx} x^2", "Derivative(x**2, x)"),
        (r"{\rm ln}(T)", "log(T)"),
        (r"y=L+1.", "Eq(y, L + 1)"),
        (r"\int du\, f(u)", "Integral(Function('f')(u), u)"),
        (r"|x||y|", "Abs(x)*Abs(y)"),
        (r"\lfloor x\rfloor+\lceil y\rceil", "floor(x) + ceiling(y)"),
        (r"\sin 30^\circ", "sin(pi/6)"),
        (r"\sum_{i=1}^n a_i x^i", "Sum(IndexedBase('a')[i]*x**i, (i, 1, n))"),
        (r"M^T N", "transpose(Symbol('M', commutative=False))*Symbol('N', commutative=False)"),
        (r"\left[\begin{array}{c|c}1&2\\3&4\end{array}\right]", "Matrix([[1, 2], [3, 4]])"),
    ],
)
async def test_sympy_means_what_a_reader_of_the_formula_would(
    exports: ExportService, latex: str, meant: str
) -> None:
    written = await text(exports, latex, OutputFormat.SYMPY)
    assert sympy.sympify(written) == sympy.sympify(meant)


@pytest.mark.parametrize("output_format", [OutputFormat.SYMPY, OutputFormat.MATHEMATICA])
@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        (r"x^T y", "A raised T, which may be a transpose or an exponent, cannot"),
        (r"A^{(1)}", "A script in parentheses cannot"),
        (r"\Phi^{i}", "An upper index cannot"),
        (r"\epsilon^{\mu\nu}", "An upper index cannot"),
        (r"\mathbf a\times\mathbf b", "A product of vectors cannot"),
        (r"\vec a\cdot\vec b", "A product of vectors cannot"),
        (r"\int f(x)\,dx\, g(x)", "An integral with factors behind its d cannot"),
        (r"P(A|B)", "The sign | cannot"),
        (r"\{3\}", "A set cannot"),
        (r"\mathcal{F}(x)", "The letter F in this face cannot"),
        (r"d[i]", "A place in a list cannot"),
        (r"t^{-1}(W)", "An inverse function cannot"),
        (r"A\times B", "A product of sets or vectors cannot"),
        (r"f\ast g", "A convolution cannot"),
        (r"{\rm diag}(x)", "The name diag cannot"),
    ],
)
async def test_what_may_mean_two_things_is_refused_by_name(
    exports: ExportService, latex: str, sentence: str, output_format: OutputFormat
) -> None:
    with pytest.raises(ConversionError) as caught:
        await exports.export(latex, Mode.FORMULA, output_format)
    assert caught.value.message.startswith(sentence)


async def test_what_had_to_be_assumed_is_said_in_a_comment(exports: ExportService) -> None:
    said = "σ before a parenthesis was read as a factor."
    assert await text(exports, r"\sigma(x+1)", OutputFormat.SYMPY) == f"sigma*(x + 1)  # {said}"
    assert await text(exports, r"\sigma(x+1)", OutputFormat.MATHEMATICA) == f"\\[Sigma]*(x + 1)  (* {said} *)"


async def test_mathematica_does_not_turn_products_of_matrices_round(exports: ExportService) -> None:
    assert await text(exports, r"2 x^\top A x", OutputFormat.MATHEMATICA) == "2*(Transpose[x] . A . x)"


@pytest.mark.parametrize("output_format", [OutputFormat.SYMPY, OutputFormat.MATHEMATICA])
@pytest.mark.parametrize(
    "latex", [r"\ce{H2O}", r"\ce{H}", r"\ce{2H2 + O2 -> 2H2O}", r"\ce{$K$ = [A]/[B]}", r"\mathrm{H_2O}"]
)
async def test_chemistry_is_no_product_of_variables(
    exports: ExportService, latex: str, output_format: OutputFormat
) -> None:
    with pytest.raises(ConversionError, match=r"^A chemical formula cannot be written in code"):
        await text(exports, latex, output_format)


async def test_asciimath_closes_every_bracket_and_holds_no_latex(exports: ExportService) -> None:
    found = await offered(exports, OutputFormat.ASCIIMATH)
    assert len(found) >= 0.9 * len(FORMULAS)
    for latex, written in found.items():
        bare = re.sub(r'"[^"]*"', "", written)
        assert not re.search(r"\\[a-zA-Z]", bare), latex
        assert bare.count("(") == bare.count(")") or re.search(r"[()\[\]]|angle", latex), latex


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_pdflatex_takes_every_latex_format(tmp_path: Path) -> None:
    formulas = [
        "x^2",
        r"a &= b \\ c &= d",
        r"a \\ b",
        r"\begin{align*}a&=b\\c&=d\end{align*}",
        r"\begin{gather}a\\b\end{gather}",
        r"\begin{multline}a\\b\end{multline}",
        r"\begin{aligned}a&=b\\&=c\end{aligned}",
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix} % a remark",
        r"E = mc^2 \tag{1}",
        r"\begin{subequations}\begin{align}a&=b\end{align}\end{subequations}",
    ]
    numbered = {OutputFormat.RAW, OutputFormat.DISPLAY}
    body = "\n\n".join(
        wrap(formula, output_format)
        for output_format in OutputFormat
        if output_format.row.family is Family.LATEX and output_format is not OutputFormat.RAW
        for formula in formulas
        if not ("tag" in formula and output_format in numbered)
    )
    document = (
        f"\\documentclass{{article}}\\usepackage{{amsmath}}\\begin{{document}}\n{body}\n\\end{{document}}"
    )
    (tmp_path / "all.tex").write_text(document, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=50,
    )
    assert run.returncode == 0, run.stdout.decode("utf-8", "replace")[-2000:]


@pytest.mark.parametrize(
    ("output_format", "start"),
    [(OutputFormat.PNG, b"\x89PNG"), (OutputFormat.SVG, b"<?xml"), (OutputFormat.PDF, b"%PDF")],
)
async def test_pictures_are_files_of_their_kind(
    exports: ExportService, output_format: OutputFormat, start: bytes
) -> None:
    content = await exports.export(r"\frac{a}{b}", Mode.FORMULA, output_format)
    assert as_bytes(content, output_format).startswith(start)
    assert (content.text != "") == (output_format is OutputFormat.SVG)


async def test_a_png_has_the_pixels_that_are_asked_for(exports: ExportService) -> None:
    def width(data: bytes) -> int:
        return int.from_bytes(data[16:20])

    sizes = []
    for dpi in (150, 600):
        content = await exports.export("x+y", Mode.FORMULA, OutputFormat.PNG, ExportOptions(dpi=dpi))
        sizes.append(width(content.flavours["image/png"]))
    assert sizes[1] == pytest.approx(4 * sizes[0], abs=4)


async def test_a_template_holds_every_form_and_leaves_other_braces(exports: ExportService) -> None:
    template = r"\note{{{date}}} {unicode} | {latex} | {sympy} {x^2}"
    content = await exports.export(
        "x^2", Mode.FORMULA, OutputFormat.TEMPLATE, ExportOptions(template=template)
    )
    assert content.text == r"\note{2026-11-23} x² | x^2 | x**2 {x^2}"
    with pytest.raises(SettingsError, match=r"uses \{picture\}, which is no placeholder"):
        await exports.export("x", Mode.FORMULA, OutputFormat.TEMPLATE, ExportOptions(template="{picture}"))


@pytest.mark.parametrize("output_format", [OutputFormat.TYPST, OutputFormat.SYMPY, OutputFormat.MATHML])
async def test_text_with_formulas_in_it_and_nothing_at_all_are_no_formula(
    exports: ExportService, output_format: OutputFormat
) -> None:
    for several in ("$x$ and $y$", r"\(a\) \[b\]"):
        with pytest.raises(ConversionError, match="Only a single formula can be converted to this format"):
            await text(exports, several, output_format)
    for nothing in ("", " \n", "% a remark", "$$ $$"):
        with pytest.raises(ConversionError, match="There is no formula to convert"):
            await text(exports, nothing, output_format)
    assert await text(exports, r"\text{if $x$}", OutputFormat.UNICODE) == "if x"


@pytest.mark.parametrize(
    "latex", [r"\def\a{\a\a}\a", r"\newenvironment{b}{\begin{b}}{\end{b}}\begin{b}x\end{b}"]
)
async def test_a_source_that_calls_itself_is_refused_in_words(exports: ExportService, latex: str) -> None:
    with pytest.raises(RenderError, match="calls itself without end"):
        await text(exports, latex, OutputFormat.MATHML)


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.TABLE, Mode.TIKZ])
async def test_what_is_no_formula_is_not_converted_but_said_so(exports: ExportService, mode: Mode) -> None:
    with pytest.raises(ConversionError, match="Only a single formula"):
        await exports.export("Some text", mode, OutputFormat.TYPST)
    assert (await exports.export("Some text", mode, OutputFormat.EQUATION)).text == "Some text"


@pytest.mark.parametrize(
    "output_format", [OutputFormat.TYPST, OutputFormat.SYMPY, OutputFormat.OMML, OutputFormat.UNICODE]
)
async def test_deep_nesting_is_carried_or_refused(
    exports: ExportService, output_format: OutputFormat
) -> None:
    with contextlib.suppress(WriteTexError):
        assert await text(exports, "\\sqrt{" * 150 + "x" + "}" * 150, output_format)


@pytest.mark.parametrize(
    "output_format", [each for each in OutputFormat if each is not OutputFormat.TEMPLATE]
)
@pytest.mark.parametrize(
    ("latex", "sentence"), [("x\ud800", "The source holds"), ("% a comment", "There is no formula")]
)
async def test_what_holds_no_formula_is_refused_in_every_format(
    exports: ExportService, output_format: OutputFormat, latex: str, sentence: str
) -> None:
    if output_format is OutputFormat.RAW and latex.startswith("%"):
        return  # as it is
    with pytest.raises(WriteTexError) as caught:
        await exports.export(latex, Mode.FORMULA, output_format)
    assert caught.value.message.startswith(sentence)
