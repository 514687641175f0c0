"""Files of results, opened by the programs that they are for."""

import asyncio
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
import pytest

from tests import omml_schema
from tests.command import run
from tests.libreoffice import converted
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.documents import WrittenDocument, write_document
from writetex_desktop.services.output.export import ExportService

RESULTS = (
    (r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}", Mode.FORMULA),
    ("# Energy & mass\n\nLet \\(E\\) be 50% of $m_1$.\n\\[\\int_0^1 x\\,dx \\tag{G}\\]", Mode.TEXT),
    (r"\begin{align}a&=b+c\\&=\mathbf{d}\end{align}", Mode.FORMULA),
    (r"\begin{tabular}{ll}a & $x^2$\\ b & 3\end{tabular}", Mode.TABLE),
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def exports(qapp: object) -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir())
    yield make_exports(renderer)
    renderer.close()


async def written(exports: ExportService, form: DocumentForm) -> WrittenDocument:
    return await write_document(RESULTS, form, exports, count=True)


async def test_word_finds_equations_numbers_and_text(exports: ExportService, tmp_path: Path) -> None:
    file = tmp_path / "d.docx"
    file.write_bytes((await written(exports, DocumentForm.DOCX)).data)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    body = parts["word/document.xml"]
    equations = [ET.tostring(each, encoding="unicode") for each in body.iter(f"{omml_schema.SPACE}oMath")]
    assert len(equations) == 6
    assert [fault for each in equations for fault in omml_schema.faults(each)] == []
    words = "".join(each.text or "" for each in body.iter(f"{WORD}t"))
    assert words == "(1)Energy & massLet  be 50% of .(G)(2)ab3"
    assert {each.get("Type", "").rpartition("/")[2] for each in parts["_rels/.rels"]} == {"officeDocument"}


@pytest.mark.timeout(180)
async def test_libreoffice_opens_both_documents(exports: ExportService, tmp_path: Path) -> None:
    for form in (DocumentForm.DOCX, DocumentForm.ODT):
        file = tmp_path / f"d.{form}"
        file.write_bytes((await written(exports, form)).data)
    (tmp_path / "again").mkdir()
    flat = [
        (await asyncio.to_thread(converted, tmp_path / f"d.{form}", "fodt", tmp_path / "again")).read_text()
        for form in (DocumentForm.DOCX, DocumentForm.ODT)
    ]
    for text in flat:
        starmath = re.findall(r'encoding="StarMath 5.0">([^<]*)<', text)
        assert len(starmath) == 6
        assert "Energy &amp; mass" in text
    assert "{{- b +- sqrt {b ^{2} - 4 a c}} over {2 a}}" in flat[1]
    assert "matrix {alignr {a} # alignl {{} = b + c} ##" in flat[1]


_FORMULAS: Final = r"""
    (a+b)^2 ; [x_1]_q ; g(f(x))^{-1} ; (\sin x)^n ; F|_{U} ; |V|\ge k ; \|x\|_2 ; e^2|\Phi|^2 ;
    \epsilon^+ + Q^- ; f^* \circ j_* ; H^{2-} ; J^\wedge ; h^\# ; {}= b ; a = ; ]0,1[ ; (x ;
    \sup_n a_n + \max T ; \bigcup_i A_i ; \bigoplus_n V ; \overset{!}{=} ; \varliminf b ; 50\% ;
    \underline{\int_a^b} f ; a &= b ; \mathbb{R}^n ; \mathcal{O}_X ; \mathbf{v} ; P(A\mid B) ;
    \fcolorbox{red}{white}{$x$}
"""
READ_ALIKE: Final = [(latex.strip(), Mode.FORMULA) for latex in _FORMULAS.split(";")]
"""What StarMath, which LibreOffice makes of a Word file, says in another way than OMML does."""


@pytest.mark.timeout(180)
async def test_libreoffice_shows_no_sign_of_error_in_a_file_for_word(
    exports: ExportService, tmp_path: Path
) -> None:
    made = await write_document(READ_ALIKE, DocumentForm.DOCX, exports)
    file = tmp_path / "d.docx"
    file.write_bytes(made.data)
    (tmp_path / "again").mkdir()
    shown = await asyncio.to_thread(converted, file, "pdf", tmp_path / "again")
    with pypdfium2.PdfDocument(shown) as pages:
        text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "¿" not in text
    # Signs that went out without a word: letters in a face, and large operators.
    assert {"⋃", "⨁", "ℝ", "𝒪", "𝐯"} <= set(text)


async def test_typst_compiles_its_document(exports: ExportService) -> None:
    typst = pytest.importorskip("typst", reason="Typst is not installed")
    data = (await written(exports, DocumentForm.TYPST)).data
    assert typst.compile(data, format="svg").startswith(b"<svg")


async def test_latex_compiles_its_document(exports: ExportService, tmp_path: Path) -> None:
    if not shutil.which("pdflatex"):
        pytest.skip("LaTeX is not installed.")
    (tmp_path / "d.tex").write_bytes((await written(exports, DocumentForm.LATEX)).data)
    words = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "d.tex"]
    done = await asyncio.to_thread(subprocess.run, words, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-800:]


async def test_the_web_page_stands_alone_and_runs_nothing(exports: ExportService) -> None:
    page = (await written(exports, DocumentForm.HTML)).data.decode()
    assert page.count("<math ") == 6
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/1998/Math/MathML", "")


async def test_a_formula_that_cannot_be_carried_stands_as_latex_and_is_told(exports: ExportService) -> None:
    results = [(r"\boxed{x}", Mode.FORMULA), (r"\unknowncommand", Mode.FORMULA)]
    made = await write_document(results, DocumentForm.TYPST, exports)
    assert rb"\\unknowncommand" in made.data
    assert any("stands in the file as LaTeX" in problem for problem in made.problems)


async def test_the_command_line_writes_a_document_with_commands_of_ones_own(tmp_path: Path) -> None:
    source, macros, target = tmp_path / "f.tex", tmp_path / "m.sty", tmp_path / "out.tex"
    source.write_text(r"\vect{x} \in \R", encoding="utf-8")
    macros.write_text("\\newcommand{\\vect}[1]{\\mathbf{#1}}\n\\def\\R{\\mathbb{R}}", encoding="utf-8")
    words = ("convert", "--macros", str(macros), str(source), "--to")
    assert await run(tmp_path, *words, "unicode") == (0, "𝐱 ∈ ℝ\n", "")
    assert await run(tmp_path, *words, "tex", "--numbered", "-o", str(target)) == (0, "", "")
    assert "\\newcommand{\\R}{\\mathbb{R}}" in target.read_text(encoding="utf-8")
    status, _, said = await run(tmp_path, "convert", "--context", str(tmp_path / "no.tex"), "--to", "raw")
    assert status == 1
    assert (
        said
        == "writetex: The input file could not be read. Check that it is there and that you may read it.\n"
    )


async def test_a_document_is_not_written_line_by_line(tmp_path: Path) -> None:
    told = await run(tmp_path, "convert", "--to", "docx", "--jsonl", "-")
    assert told == (2, "", "writetex: A document is not written line by line. Leave out --jsonl.\n")


async def test_a_notebook_is_one(exports: ExportService) -> None:
    notebook = json.loads((await written(exports, DocumentForm.NOTEBOOK)).data)
    assert (notebook["nbformat"], {cell["cell_type"] for cell in notebook["cells"]}) == (4, {"markdown"})
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
