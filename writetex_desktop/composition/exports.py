"""What gives a formula other forms.

Qt draws two of them, and is loaded for these alone: a server that reads pictures has no
libraries of a desktop.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from writetex_desktop.adapters.exporters.speech import SpeechEngine
from writetex_desktop.adapters.exporters.svg import to_svg
from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.preflight import find_missing_libraries
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.output.documents import DocumentFiles
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters
from writetex_desktop.services.reading.closest_reading import ClosestReading
from writetex_desktop.services.reading.visual_check import VisualCheck
from writetex_desktop.services.tasks import Tasks

if TYPE_CHECKING:
    from writetex_desktop.adapters.exporters.png import PngExporter
    from writetex_desktop.adapters.pictures.codec import PillowCodec
    from writetex_desktop.services.reading.snip_flow import Recognise
    from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


def make_saver(
    renderer: FormulaRenderer, definitions: Callable[[str], str], notifier: Notifier, tasks: Tasks
) -> DocumentSaver:
    """Make what saves documents in the window; `definitions` gives what a formula needs defined."""
    from writetex_desktop.ui.toolkit.document_saver import DocumentSaver  # noqa: PLC0415 - see the module

    return DocumentSaver(DocumentFiles(make_exports(renderer), write_output, definitions), notifier, tasks)


def make_visual_check(renderer: FormulaRenderer, codec: PillowCodec) -> VisualCheck:
    """Make what compares results with their pictures.

    Raises:
        RenderError: Qt cannot draw here.
    """
    _png_exporter()  # makes the application object without which Qt draws no letters
    from writetex_desktop.adapters.exporters.raster import to_bitmap  # noqa: PLC0415 - see the module
    from writetex_desktop.adapters.pictures.sign_shapes import SignShapes  # noqa: PLC0415 - loads numpy

    shapes = SignShapes(resource_dir() / "signs" / "signs.npz")
    return VisualCheck(renderer, to_bitmap, codec.read_ink, shapes)


def closest(recognise: Recognise, renderer: FormulaRenderer, codec: PillowCodec) -> Recognise:
    """Let the reading that looks like the picture win, where one can draw; for programs without a window."""
    made: list[VisualCheck] = []

    def check() -> VisualCheck | None:
        if not made:
            with contextlib.suppress(RenderError, ImportError):
                made.append(make_visual_check(renderer, codec))
        return made[0] if made else None

    return ClosestReading(recognise, check).recognise


def make_exports(renderer: FormulaRenderer) -> ExportService:
    """Make it, for the window and for programs without one."""

    def png(formula: RenderedFormula, dpi: int) -> bytes:
        return _png_exporter().to_png(formula, dpi=dpi)

    def pdf(formula: RenderedFormula) -> bytes:
        # The exporter of PNG makes the application object without which Qt draws no letters.
        _png_exporter()
        from writetex_desktop.adapters.exporters.pdf import to_pdf  # noqa: PLC0415 - see the module

        return to_pdf(formula)

    speech = SpeechEngine(resource_dir(), language())

    async def speak(mathml: str, braille: bool) -> str:
        return await speech.speak(mathml, braille=braille)

    return ExportService(renderer, FileExporters(png=png, svg=to_svg, pdf=pdf, speak=speak))


def _png_exporter() -> PngExporter:
    """Make it.

    Raises:
        RenderError: A library of Qt is missing.
    """
    try:
        from writetex_desktop.adapters.exporters.png import PngExporter  # noqa: PLC0415 - see the module

        return PngExporter()
    except ImportError as error:
        missing = find_missing_libraries(os.environ) if sys.platform == "linux" else None
        raise RenderError(
            tr("PNG and PDF files are drawn by Qt, which cannot be loaded here."),
            missing.remedy if missing else tr("Install the program anew, or choose SVG, which needs no Qt."),
            error_id="NoQt",
        ) from error


def language() -> str:
    """Give the two letters of the language that the system is set to; `en` where it says none."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    code = named[:2].lower()
    return code if code.isalpha() and named[2:3] in {"", "_", "-", "."} else "en"
