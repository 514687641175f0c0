"""Results as files for word processors, typesetters, browsers and notebooks."""

from collections.abc import Iterable
from dataclasses import dataclass

from writetex_desktop.core.documents.document import (
    Document,
    DocumentForm,
    blocks_of,
    numbered,
)
from writetex_desktop.core.documents.writing import WRITERS, Writer
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.page import Formula, formulas_of
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import DEFAULT_DPI, ExportService


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A file.

    Attributes:
        data: Its bytes.
        problems: A sentence for each formula that stands in it as LaTeX because its form cannot carry it.
    """

    data: bytes
    problems: tuple[str, ...] = ()


async def write_document(
    results: Iterable[tuple[str, Mode]], form: DocumentForm, exports: ExportService, *, count: bool = False
) -> WrittenDocument:
    """Write results into one file; a formula that cannot be carried stands in it as LaTeX and is told.

    Args:
        results: Markup and what it is.
        form: The form of the file.
        exports: Converts the formulas.
        count: Whether displayed formulas are numbered.
    """
    blocks, numbers = numbered(blocks_of(results), count=count)
    writer = WRITERS[form]
    formulas: dict[Formula, str] = {}
    problems: list[str] = []
    for formula in formulas_of(blocks):
        try:
            formulas[formula] = await _carried(formula, writer, exports)
        except (ConversionError, RenderError) as error:
            problems.append(f"A formula stands in the file as LaTeX: {error.message}")
    return WrittenDocument(writer.write(Document(blocks, formulas, numbers)), tuple(dict.fromkeys(problems)))


async def _carried(formula: Formula, writer: Writer, exports: ExportService) -> str:
    if writer.language is OutputFormat.RAW:
        return formula.latex
    forms = exports.forms(formula.latex, DEFAULT_DPI, display=formula.display)
    if writer.checked is not None:
        await forms.text(writer.checked)
    return await forms.text(writer.language)
