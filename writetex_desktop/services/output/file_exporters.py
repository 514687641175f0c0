"""What makes files of a drawn formula."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.language.words import tr

Speak = Callable[[str, bool], Awaitable[str]]
"""Puts MathML into words, or into Braille; raises `RenderError`."""


async def say_nothing(_mathml: str, _braille: bool) -> str:
    """Refuse to speak.

    Raises:
        ConversionError: Always.
    """
    raise ConversionError(tr("Formulas cannot be spoken here."), tr("Choose another format."))


@dataclass(frozen=True, slots=True)
class FileExporters:
    """How a drawing becomes a file's bytes; `png` is told the pixels per inch, `speak` speaks MathML."""

    png: Callable[[RenderedFormula, int], bytes]
    svg: Callable[[RenderedFormula], bytes]
    pdf: Callable[[RenderedFormula], bytes]
    speak: Speak = say_nothing
