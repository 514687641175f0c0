"""What gives a formula other forms."""

from collections.abc import Callable

from writetex_desktop.adapters.exporters.pdf import to_pdf
from writetex_desktop.adapters.exporters.png import PngExporter
from writetex_desktop.adapters.exporters.svg import to_svg
from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.output.documents import DocumentFiles
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


def make_saver(
    renderer: FormulaRenderer, definitions: Callable[[str], str], notifier: Notifier, tasks: Tasks
) -> DocumentSaver:
    """Make what saves documents in the window; `definitions` gives what a formula needs defined."""
    return DocumentSaver(DocumentFiles(make_exports(renderer), write_output, definitions), notifier, tasks)


def make_exports(renderer: FormulaRenderer) -> ExportService:
    """Make it, for the window and for programs without one."""

    def png(formula: RenderedFormula, dpi: int) -> bytes:
        return PngExporter().to_png(formula, dpi=dpi)

    def pdf(formula: RenderedFormula) -> bytes:
        # The exporter of PNG makes the application object without which Qt draws no letters.
        PngExporter()
        return to_pdf(formula)

    return ExportService(renderer, FileExporters(png=png, svg=to_svg, pdf=pdf))
