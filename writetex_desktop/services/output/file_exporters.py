"""What makes files of a drawn formula."""

from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.formats.drawing.formula import RenderedFormula


@dataclass(frozen=True, slots=True)
class FileExporters:
    """How a drawing becomes a file's bytes; `png` is told the pixels per inch."""

    png: Callable[[RenderedFormula, int], bytes]
    svg: Callable[[RenderedFormula], bytes]
    pdf: Callable[[RenderedFormula], bytes]
