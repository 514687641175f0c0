"""The program behind `writetex convert`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from writetex_desktop.adapters.exporters.asciimath import asciimath_to_mathml
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.loop_clock import LoopClock
from writetex_desktop.adapters.storage.log_setup import keep_libraries_quiet
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.command_line import read_text
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.document_context import DocumentKind, read_document
from writetex_desktop.core.reading.macros import Macro, definitions_for, macros_in
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.conversion import convert, convert_lines
from writetex_desktop.services.output.documents import WrittenDocument, write_document
from writetex_desktop.services.output.export import ExportOptions, ExportService
from writetex_desktop.services.output.importing import InputFormat, to_source


@dataclass(frozen=True, slots=True)
class Definitions:
    """Commands that formulas may use.

    Attributes:
        macros: The commands.
    """

    macros: tuple[Macro, ...] = ()

    def needed_by(self, latex: str) -> str:
        """Write those that a formula needs."""
        return definitions_for(latex, self.macros)


def read_macros(name: str) -> str:
    """Give the text of a file of commands.

    Raises:
        StorageError: It cannot be read, is no text, or defines nothing.
    """
    try:
        text = read_text(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageError(tr("The file of macros is not text in UTF-8."), tr("Save it in UTF-8.")) from error
    if not macros_in(text):
        raise StorageError(
            tr("The file of macros defines no commands that could be read."),
            tr("Define them by \\newcommand, \\def or \\DeclareMathOperator."),
        )
    return text


def definitions(macros: str | None, context: str | None) -> Definitions:
    """Read the commands of a file of macros and of a document; the macros win.

    Raises:
        StorageError: One of them cannot be read.
    """
    keep_libraries_quiet()
    found: tuple[Macro, ...] = ()
    if context:
        found = read_document(read_text(context), DocumentKind.of(PurePath(context).name)).macros
    if macros:
        found += macros_in(read_macros(macros))
    return Definitions(tuple({each.name: each for each in found}.values()))


def read_source(data: bytes, form: InputFormat) -> str:
    """Give the LaTeX of what comes in.

    Raises:
        ConversionError: It is not what it should be.
    """
    return to_source(data, form, lambda text: asciimath_to_mathml(text, resource_dir()))


async def convert_one(
    latex: str, output_format: OutputFormat, options: ExportOptions, known: Definitions
) -> bytes:
    """Give one formula another form.

    Raises:
        RenderError: It cannot be parsed.
        ConversionError: The form cannot carry it.
    """
    with _exports(known) as exports:
        return await convert(latex, output_format, exports, options)


async def convert_to_document(
    latex: str, form: DocumentForm, known: Definitions, *, count: bool
) -> WrittenDocument:
    """Put a formula, or text with formulas in it, into a file."""
    with _exports(known) as exports:
        results = [(latex, Mode.FORMULA)]
        return await write_document(results, form, exports, count=count, definitions=known.needed_by)


async def convert_many(
    lines: Sequence[bytes],
    output_format: OutputFormat,
    options: ExportOptions,
    known: Definitions,
    *,
    on_line: Callable[[str], None],
) -> None:
    """Give formulas another form, one JSON object a line; see `services.output.conversion.convert_lines`."""
    with _exports(known) as exports:
        async for line in convert_lines(lines, output_format, exports, LoopClock(), options):
            on_line(line)


@contextmanager
def _exports(known: Definitions) -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir(), definitions=known.needed_by)
    try:
        yield make_exports(renderer)
    finally:
        renderer.close()
