"""Results as blocks of a file, and the files that are text."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile

import pytest

from writetex_desktop.core.documents.document import (
    Document,
    DocumentForm,
    Number,
    blocks_of,
    document_form,
    numbered,
)
from writetex_desktop.core.documents.docx import write_docx
from writetex_desktop.core.documents.odt import write_odt
from writetex_desktop.core.documents.texts import (
    write_html,
    write_latex,
    write_markdown,
    write_notebook,
    write_typst,
)
from writetex_desktop.core.documents.writing import WRITERS
from writetex_desktop.core.formats.page import (
    Figure,
    Formula,
    Grid,
    Listing,
    Paragraph,
    Role,
    Span,
    Words,
    formulas_of,
)
from writetex_desktop.core.reading.recognition import Mode

TEXT = "# On 50% & more\n\nLet \\(x_1\\) be\n\\[ y = 1 \\tag{G} \\]\nand so on."


def document(*results: tuple[str, Mode], count: bool = False) -> Document:
    blocks, numbers = numbered(blocks_of(results), count=count)
    return Document(blocks, {each: each.latex for each in formulas_of(blocks)}, numbers)


def test_every_form_has_its_ending_its_name_and_its_writer() -> None:
    assert set(WRITERS) == set(DocumentForm)
    assert [document_form(f"a.b.{form.upper()}") for form in DocumentForm] == list(DocumentForm)
    assert document_form("docx") is DocumentForm.DOCX
    assert document_form("a.pdf") is None
    assert len({form.label for form in DocumentForm}) == len(DocumentForm)


def test_a_displayed_formula_within_text_is_a_paragraph_of_its_own() -> None:
    heading, before, formula, after = blocks_of([(TEXT, Mode.TEXT)])
    assert heading == Paragraph((Words("On 50% & more"),), 1)
    assert before == Paragraph((Words("Let "), Formula("x_1"), Words(" be")))
    assert formula == Paragraph((Formula("y = 1 \\tag{G}", display=True),))
    assert after == Paragraph((Words("and so on."),))


def test_a_formula_without_its_delimiters_a_table_and_a_drawing_are_blocks() -> None:
    formula, table, drawing = blocks_of(
        [
            ("$$a\\\\b$$", Mode.FORMULA),
            ("\\begin{tabular}{l}a & $b$\\end{tabular}", Mode.TABLE),
            ("\\begin{tikzpicture}\\end{tikzpicture}", Mode.TIKZ),
        ]
    )
    assert formula == Paragraph((Formula("\\begin{gathered}\na\\\\b\n\\end{gathered}", display=True),))
    assert isinstance(table, Grid)
    assert isinstance(drawing, Listing)


@pytest.mark.parametrize(
    ("latex", "count", "number", "bare"),
    [
        ("x", False, None, "x"),
        ("x", True, Number("1", is_counted=True), "x"),
        ("x \\tag{3a}", True, Number("3a", is_counted=False), "x"),
        ("x \\tag{3a}", False, Number("3a", is_counted=False), "x"),
        ("x \\label{eq:1}", True, Number("1", is_counted=True), "x"),
        ("x \\label{eq:1}", False, None, "x \\label{eq:1}"),
    ],
)
def test_a_formula_has_the_number_it_brings_or_the_next_one(
    latex: str, count: bool, number: Number | None, bare: str
) -> None:
    blocks, numbers = numbered(blocks_of([(latex, Mode.FORMULA)]), count=count)
    assert numbers.get(0) == number
    assert blocks == (Paragraph((Formula(bare, display=True),)),)


def test_latex_has_the_packages_and_numbers_that_its_formulas_need() -> None:
    written = write_latex(document(("\\cancel{x}", Mode.FORMULA), (TEXT, Mode.TEXT), count=True))
    assert "\\usepackage{cancel}\n\\begin{document}" in written
    assert "\\begin{equation}\n\\cancel{x}\n\\end{equation}" in written
    assert "\\begin{equation}\ny = 1 \\tag{G}\n\\end{equation}" in written
    assert "\\section*{On 50\\% \\& more}" in written
    assert "physics" not in written


def test_the_users_own_commands_stand_before_the_document() -> None:
    own = Document((), {}, {}, "\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\x}{\\R}")
    assert "\\newcommand{\\R}{\\mathbb{R}}\n\\newcommand{\\x}{\\R}\n\\begin{document}" in write_latex(own)


def test_markdown_and_notebook_hold_the_same_and_spoil_no_sign() -> None:
    results = (("a*b_c $5 \\(x\\)", Mode.TEXT), ("y", Mode.FORMULA))
    assert write_markdown(document(*results, count=True)) == "a\\*b\\_c \\$5 $x$\n\n$$\ny \\tag{1}\n$$\n"
    cells = json.loads(write_notebook(document(*results)))["cells"]
    assert [cell["source"] for cell in cells] == ["a\\*b\\_c \\$5 $x$", "$$\ny\n$$"]


def test_merged_cells_items_notes_and_pictures_stand_in_every_document() -> None:
    picture = (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (30).to_bytes(4, "big") + (20).to_bytes(4, "big") + b"\x08\0\0\0\0"
    )
    grid = Grid(
        (((Words("tall"),), (Words("wide"),), ()), ((), (Words("a"),), (Words("12.5"),))),
        (Span(0, 0, 2, 1), Span(0, 1, 1, 2)),
        "lcr",
    )
    page = (
        Paragraph((Words("one"),), role=Role.ITEM, mark="-"),
        Paragraph((Words("A note."),), role=Role.FOOTNOTE, mark="1"),
        grid,
        Figure("fig.png", "a plot"),
        Figure("gone.png", "not kept"),
    )
    whole = Document(page, {}, {}, pictures={"fig.png": picture})
    latex, typst, page_html = write_latex(whole), write_typst(whole), write_html(whole)
    assert "\\multirow{2}{*}{tall} & \\multicolumn{2}{c}{wide}" in latex
    assert "\\usepackage{graphicx}" in latex
    assert "gone.png" not in latex
    assert "table.cell(colspan: 1, rowspan: 2)[tall]" in typst
    assert '#image("fig.png")' in typst
    assert '<td rowspan="2">tall</td><td colspan="2" style="text-align:center">wide</td>' in page_html
    assert "data:image/png;base64," in page_html
    assert "![a plot](fig.png)" in write_markdown(whole)
    with zipfile.ZipFile(io.BytesIO(write_docx(whole))) as package:
        word = package.read("word/document.xml").decode()
        assert package.read("word/media/1.png") == picture
    assert word.count("<w:vMerge") == 2
    assert '<w:gridSpan w:val="2"/>' in word
    assert ET.fromstring(word) is not None
    with zipfile.ZipFile(io.BytesIO(write_odt(whole))) as package:
        assert package.read("Pictures/fig.png") == picture
        assert package.read("content.xml").count(b"covered-table-cell") == 2
