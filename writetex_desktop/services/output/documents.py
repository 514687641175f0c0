"""Results as files for word processors, typesetters, browsers and notebooks."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from writetex_desktop.core.documents.document import (
    Document,
    DocumentForm,
    DocumentWish,
    blocks_of,
    numbered,
)
from writetex_desktop.core.documents.writing import WRITERS, Writer
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.page import Formula, formulas_of
from writetex_desktop.core.language.words import tr
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


class DocumentFiles:
    """Writes results into files that the user names.

    Args:
        exports: Converts the formulas.
        write: Writes bytes to a file as a whole; called in a thread.
        definitions: Gives what formulas need defined before them where the file is LaTeX.
    """

    def __init__(
        self,
        exports: ExportService,
        write: Callable[[Path, bytes], None],
        definitions: Callable[[str], str] = lambda _latex: "",
    ) -> None:
        self._exports = exports
        self._write = write
        self._definitions = definitions

    async def save(self, wish: DocumentWish, results: Iterable[tuple[str, Mode]]) -> tuple[str, ...]:
        """Write results, each a markup and what it is; gives the problems of `WrittenDocument`.

        Raises:
            StorageError: The file cannot be written.
        """
        written = await write_document(
            results, wish.form, self._exports, count=wish.is_numbered, definitions=self._definitions
        )
        await asyncio.to_thread(self._write, wish.path, written.data)
        return written.problems


async def write_document(
    results: Iterable[tuple[str, Mode]],
    form: DocumentForm,
    exports: ExportService,
    *,
    count: bool = False,
    definitions: Callable[[str], str] = lambda _latex: "",
) -> WrittenDocument:
    """Write results into one file; a formula that cannot be carried stands in it as LaTeX and is told.

    Args:
        results: Markup and what it is.
        form: The form of the file.
        exports: Converts the formulas.
        count: Whether displayed formulas are numbered.
        definitions: Gives what formulas need defined before them where the file is LaTeX.
    """
    blocks, numbers = numbered(blocks_of(results), count=count)
    writer = WRITERS[form]
    formulas: dict[Formula, str] = {}
    problems: list[str] = []
    for formula in formulas_of(blocks):
        try:
            formulas[formula] = await _carried(formula, writer, exports)
        except (ConversionError, RenderError) as error:
            problems.append(tr("A formula stands in the file as LaTeX: {message}", message=error.message))
    needed = definitions("\n".join(formula.latex for formula in formulas))
    document = Document(blocks, formulas, numbers, needed)
    return WrittenDocument(writer.write(document), tuple(dict.fromkeys(problems)))


async def _carried(formula: Formula, writer: Writer, exports: ExportService) -> str:
    if writer.language is OutputFormat.RAW:
        return formula.latex
    forms = exports.forms(formula.latex, DEFAULT_DPI, display=formula.display)
    if writer.checked is not None:
        await forms.text(writer.checked)
    return await forms.text(writer.language)
