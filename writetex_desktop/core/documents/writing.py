"""The one table of who writes which form, and in what language it wants its formulas."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.documents import docx, odt, texts
from writetex_desktop.core.documents.document import Document, DocumentForm
from writetex_desktop.core.formats.output_format import OutputFormat


@dataclass(frozen=True, slots=True)
class Writer:
    """How a form is written.

    Attributes:
        write: Gives the bytes of the file.
        language: What its formulas are; `RAW` for LaTeX.
        checked: What its reader makes of that language, which has to carry them too; None for all.
    """

    write: Callable[[Document], bytes]
    language: OutputFormat
    checked: OutputFormat | None = None


def _text(write: Callable[[Document], str]) -> Callable[[Document], bytes]:
    return lambda document: write(document).encode()


WRITERS: Final[Mapping[DocumentForm, Writer]] = {
    DocumentForm.DOCX: Writer(docx.write_docx, OutputFormat.OMML),
    DocumentForm.ODT: Writer(odt.write_odt, OutputFormat.MATHML, checked=OutputFormat.STARMATH),
    DocumentForm.LATEX: Writer(_text(texts.write_latex), OutputFormat.RAW),
    DocumentForm.MARKDOWN: Writer(_text(texts.write_markdown), OutputFormat.RAW),
    DocumentForm.TYPST: Writer(_text(texts.write_typst), OutputFormat.TYPST),
    DocumentForm.HTML: Writer(_text(texts.write_html), OutputFormat.HTML),
    DocumentForm.NOTEBOOK: Writer(_text(texts.write_notebook), OutputFormat.RAW),
}
