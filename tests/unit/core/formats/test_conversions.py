r"""Formulas in other languages: what MathJax makes of the LaTeX is written out exactly.

The MathML is MathJax 3.2.2's, shortened; integration/formats/test_exports.py goes all the way from LaTeX.
"""

import contextlib
import xml.etree.ElementTree as ET

import pytest

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.chemistry import is_chemical_source
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.tree import Node, Number, Operator, Row, Scripts, Table, Word
from writetex_desktop.core.formats.mathml.word import for_word
from writetex_desktop.core.formats.meaning.mathematica import to_mathematica
from writetex_desktop.core.formats.meaning.reading import read_meaning
from writetex_desktop.core.formats.meaning.sympy import to_sympy
from writetex_desktop.core.formats.omml.reading import read_omml
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.output_format import OutputFormat, Way
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode
from writetex_desktop.services.output.text_forms import from_tree

XMLNS = 'xmlns="http://www.w3.org/1998/Math/MathML"'
QUADRATIC = (
    "<mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi><mo>+</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup>"
    "<mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>"
)
MATRIX = (
    "<mrow><mo>(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
    "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo>)</mo></mrow>"
)
CASES = (
    '<mrow><mo>{</mo><mtable columnalign="left left"><mtr><mtd><mi>x</mi></mtd><mtd><mtext>if </mtext>'
    "<mi>x</mi><mo>≥</mo><mn>0</mn><mo>,</mo></mtd></mtr><mtr><mtd><mo>−</mo><mi>x</mi></mtd>"
    "<mtd><mtext>otherwise</mtext></mtd></mtr></mtable>"
    '<mo fence="true" stretchy="true" symmetric="true"></mo></mrow>'
)
LINES = (
    '<mtable displaystyle="true" columnalign="right left" columnspacing="0em"><mtr><mtd><mi>a</mi></mtd>'
    "<mtd><mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd></mtd><mtd><mo>=</mo><mi>c</mi></mtd></mtr></mtable>"
)
SERIES = (
    "<munderover><mo>∑</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow>"
    '<mrow><mi mathvariant="normal">∞</mi></mrow></munderover>'
    "<mfrac><mn>1</mn><msup><mi>n</mi><mn>2</mn></msup></mfrac>"
)
UPRIGHT_H = '<mi mathvariant="normal">H</mi>'
UPRIGHT_O = '<mi mathvariant="normal">O</mi>'
CANCELLED = '<menclose notation="updiagonalstrike"><mi>x</mi></menclose>'


def tree(body: str) -> Node:
    return read_mathml(f'<math {XMLNS} display="block">{body}</math>')


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (QUADRATIC, "x = (−b + √(b² − 4ac))/(2a)"),
        (SERIES, "∑ₙ₌₁^∞ 1/n²"),
        (LINES, "a = b\n= c"),
        ('<mi mathvariant="double-struck">R</mi>', "ℝ"),
        ("<msub><mi>x</mi><mi>q</mi></msub>", "x_q"),
        ("<mover><mi>x</mi><mo>^</mo></mover>", "x̂"),
        ('<mo>∫</mo><mi>x</mi><mspace width="0.167em"/><mi>d</mi><mi>x</mi>', "∫x dx"),
        ("<mi>kJ</mi><mo>/</mo><mi>mol</mi>", "kJ/mol"),
    ],
)
def test_plain_text(body: str, written: str) -> None:
    assert to_unicode(tree(body)) == written


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (QUADRATIC, "$ x = frac(-b + sqrt(b^2 - 4 a c), 2 a) $"),
        (MATRIX, '$ mat(delim: "(", a, b; c, d) $'),
        (CASES, '$ cases(x & "if " x >= 0 \\,, -x & "otherwise") $'),
        (LINES, "$ a & = b \\\n   & = c $"),
        (SERIES, "$ sum_(n = 1)^(infinity) frac(1, n^2) $"),
        (CANCELLED, "$ cancel(x) $"),
        ("<mi>#</mi><mo>[</mo>", '$ "#" \\[ $'),
        ('<mtext>a "b"</mtext>', '$ "a \\"b\\"" $'),
    ],
)
def test_typst(body: str, written: str) -> None:
    assert to_typst(tree(body)) == written


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (QUADRATIC, "x = (-b + sqrt(b^2 - 4a c))/(2a)"),
        (MATRIX, "((a, b),(c, d))"),
        (CASES, '{(x, "if " x >= 0 ","),(-x, "otherwise"):}'),
        (LINES, "{:(a,= b),(,= c):}"),
        (SERIES, "sum_(n = 1)^(oo) 1/(n^2)"),
        (CANCELLED, "cancel(x)"),
    ],
)
def test_asciimath(body: str, written: str) -> None:
    assert to_asciimath(tree(body)) == written


@pytest.mark.parametrize(
    ("body", "sympy", "mathematica"),
    [
        (
            QUADRATIC,
            "Eq(x, (-b + sqrt(b**2 - 4*a*c))/(2*a))",
            "x == (-b + Sqrt[b^2 - 4*a*c])/(2*a)",
        ),
        (MATRIX, "Matrix([[a, b], [c, d]])", "{{a, b}, {c, d}}"),
        (CASES, "Piecewise((x, Ge(x, 0)), (-x, True))", "Piecewise[{{x, x >= 0}, {-x, True}}]"),
        (SERIES, "Sum(1/n**2, (n, 1, oo))", "Sum[1/n^2, {n, 1, Infinity}]"),
        ("<mi>E</mi>", "Symbol('E')", r"\[FormalCapitalE]"),
        ("<mi>λ</mi>", "lamda", r"\[Lambda]"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "root(x, 3)", "x^(1/3)"),
        (
            "<mroot><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mi>n</mi></mroot>",
            "root(x + 1, n)",
            "(x + 1)^(1/n)",
        ),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "Rational(1, 2)", "1/2"),
    ],
)
def test_sympy_and_mathematica(body: str, sympy: str, mathematica: str) -> None:
    expression = read_meaning(tree(body)).expression
    assert (to_sympy(expression), to_mathematica(expression)) == (sympy, mathematica)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<mi>x</mi><mo>±</mo><mi>y</mi>", "The sign ± cannot be written in code."),
        ('<mi mathvariant="double-struck">R</mi>', "The letter R in this face cannot be written in"),
        (CANCELLED, "A box or a stroke cannot be written in code."),
        ("<mi>a</mi><mo>/</mo><mi>b</mi><mi>c</mi>", "A slash before several factors cannot be written in"),
        ("<mo>∫</mo><mi>x</mi>", "An integral without its d cannot be written in code."),
        ("<mo>(</mo><mi>x</mi>", "A bracket without its partner cannot be written in code."),
        (LINES, "A table cannot be written in code."),
    ],
)
def test_what_cannot_be_calculated_is_named(body: str, sentence: str) -> None:
    with pytest.raises(ConversionError) as caught:
        read_meaning(tree(body))
    assert caught.value.message.startswith(sentence)


def test_what_plain_text_cannot_carry_is_named() -> None:
    with pytest.raises(ConversionError, match="A matrix or a table cannot be written in plain text"):
        to_unicode(tree(MATRIX))


def test_scripts_without_a_base_belong_to_the_letter_before_as_in_chemistry() -> None:
    water = tree(
        "<mi>H</mi><msub><mrow><mpadded><mphantom><mi>A</mi></mphantom></mpadded></mrow><mn>2</mn></msub>"
    )
    assert to_unicode(water) == "H₂"


@pytest.mark.parametrize(
    ("over", "under", "arrow"),
    [("<mo>−</mo><mo>⇀</mo>", "<mo>↽</mo><mo>−</mo>", "⇌"), ("<mo>−</mo><mo>⇀</mo>", "<mo>↽</mo>", "⥂")],
)
def test_two_half_arrows_of_chemistry_are_one(over: str, under: str, arrow: str) -> None:
    stacked = f"<mover><mrow>{under}</mrow><mrow>{over}</mrow></mover>"
    assert to_unicode(tree(f"<mi>A</mi>{stacked}<mi>B</mi>")) == f"A {arrow} B"


@pytest.mark.parametrize(
    ("body", "is_compound"),
    [
        (f"<msub>{UPRIGHT_H}<mn>2</mn></msub>{UPRIGHT_O}", True),
        (f"<mi>x</mi><msub>{UPRIGHT_H}<mn>2</mn></msub>{UPRIGHT_O}", True),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", False),
        (f"{UPRIGHT_H}{UPRIGHT_O}", False),
        (f"<msub>{UPRIGHT_H}<mn>2</mn></msub><mo>+</mo>{UPRIGHT_O}", False),
    ],
)
def test_counted_elements_side_by_side_are_no_product(body: str, is_compound: bool) -> None:
    with pytest.raises(ConversionError) if is_compound else contextlib.nullcontext() as caught:
        read_meaning(tree(body))
    if caught is not None:
        assert caught.value.message == "A chemical formula cannot be written in code."


@pytest.mark.parametrize(
    ("latex", "is_chemical"),
    [
        (r"\ce{H2O}", True),
        (r"x = \ce {H+}", True),
        (r"\center x", False),
        (r"a \\ce", False),
        ("x % \\ce{H2O}\n", False),
    ],
)
def test_chemistry_is_known_by_its_command(latex: str, is_chemical: bool) -> None:
    assert is_chemical_source(latex) is is_chemical


def test_brackets_are_one_pair_only_when_they_belong_together() -> None:
    opening, closing = ('<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>')
    brackets = f"<mrow>{opening}<mi>a</mi>{closing}{opening}<mi>b</mi>{closing}</mrow><mi>c</mi>"
    assert tree(brackets) == Row(
        (*(Operator("("), Word("a"), Operator(")")), *(Operator("("), Word("b"), Operator(")")), Word("c"))
    )
    assert isinstance(tree("<msup><mo>)</mo><mn>2</mn></msup>"), Scripts)


def test_word_gets_no_style_in_the_midst_and_keeps_the_namespace() -> None:
    style = '<mstyle displaystyle="true" scriptlevel="0">'
    styled = f'<math {XMLNS} display="block">{style}<mi>x</mi></mstyle></math>'
    assert for_word(styled) == f'<math {XMLNS} display="block"><mi>x</mi></math>'


def test_omml_says_where_a_sum_ends() -> None:
    root = ET.fromstring(to_omml(tree(SERIES + "<mo>=</mo><mi>y</mi>")))
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    assert [child.tag.removeprefix(space) for child in root] == ["nary", "r", "r"]
    nary = root[0]
    assert [child.tag.removeprefix(space) for child in nary] == ["naryPr", "sub", "sup", "e"]
    assert nary.find(f"{space}e/{space}f") is not None


def test_each_format_that_is_written_from_the_tree_has_its_line_and_no_other_has() -> None:
    one = tree("<mi>x</mi>")
    for form in OutputFormat:
        if form.row.way is Way.TREE:
            assert "x" in from_tree(form, one)
        else:
            with pytest.raises(KeyError):
                from_tree(form, one)


@pytest.mark.parametrize("inner", ["<mi>a</mi><mo>|</mo><mi>b</mi>", "<mi>a</mi><mo>]</mo>", "<mo>∣</mo>"])
def test_what_left_and_right_made_is_one_pair_whatever_stands_in_it(inner: str) -> None:
    pair = tree(f"<mi>P</mi><mrow><mo>(</mo>{inner}<mo>)</mo></mrow>")
    assert isinstance(pair, Row)
    assert isinstance(pair.nodes[1], Row)
    assert pair.nodes[1].is_pair


def test_a_frame_that_is_none_draws_no_line() -> None:
    table = tree('<mtable frame=""><mtr><mtd><mi>a</mi></mtd></mtr></mtable>')
    assert isinstance(table, Table)
    assert table.rules is None


def test_a_table_without_cells_says_nothing() -> None:
    assert tree("<mtable></mtable>") == Row()
    assert to_omml(tree("<mtable></mtable>")).endswith("/>")


def test_no_place_of_omml_is_empty() -> None:
    root = ET.fromstring(
        to_omml(tree("<msup><mrow></mrow><mn>2</mn></msup><mo>(</mo><mfrac><mrow/><mi>a</mi></mfrac>"))
    )
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    assert all(len(place) for name in ("e", "num", "den", "sup") for place in root.iter(f"{space}{name}"))


@pytest.mark.parametrize(
    ("source", "pairs"),
    [
        ("(a)", "()"),
        ("f(g(x))", "()()"),
        ("[0,1)", "[)"),
        ("]0,1[", ""),
        ("(a", ""),
        ("a)", ""),
        ("|a|+|b|", "||||"),
        ("(a|b)", "()"),
        ("‖a‖", "‖‖"),
        ("a∥b", ""),
        ("∥b∥", "∥∥"),
    ],
)
def test_brackets_of_office_are_pairs_where_they_belong_together(source: str, pairs: str) -> None:
    bracket = '<mo stretchy="false">{}</mo>'
    signs = "".join(f"<mi>{sign}</mi>" if sign.isalnum() else bracket.format(sign) for sign in source)
    root = ET.fromstring(to_omml(tree(signs)))
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    options = [each for pair in root.iter(f"{space}d") for each in pair[0]]
    ends = [each.get(f"{space}val", "") for each in options if each.tag.endswith(("begChr", "endChr"))]
    assert "".join(ends) == pairs
    assert "".join(each.text or "" for each in root.iter(f"{space}t")) == "".join(
        sign for sign in source if sign not in pairs
    )


def test_a_pair_of_office_comes_back_as_the_signs_that_it_was() -> None:
    closing = '<msup><mo stretchy="false">)</mo><mn>2</mn></msup>'
    formula = tree(f'<mi>f</mi><mo stretchy="false">(</mo><mi>x</mi>{closing}')
    again = read_omml(to_omml(formula))
    assert isinstance(again, Row)
    pair = Row((Operator("("), Word("x"), Operator(")")))
    assert again == Row((Word("f"), Scripts(pair, None, Number("2"))))
    assert isinstance(again.nodes[1], Scripts)
    assert not getattr(again.nodes[1].base, "is_pair", True)


def test_letters_in_a_face_come_back_from_office() -> None:
    formula = tree('<mi mathvariant="double-struck">R</mi><mi mathvariant="bold">v</mi>')
    assert "scr" not in to_omml(formula)
    assert read_omml(to_omml(formula)) == formula


def test_a_mixed_number_is_no_product_in_plain_text() -> None:
    quarter = "<mfrac><mn>1</mn><mn>4</mn></mfrac>"
    assert to_unicode(tree(f"<mn>3</mn>{quarter}")) == "3 1/4"
    assert to_unicode(tree(f"<mi>x</mi>{quarter}")) == "x(1/4)"
