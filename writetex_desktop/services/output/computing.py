"""Something computed of a formula, small and honest: what cannot be read as an expression is not computed."""

from collections.abc import Awaitable, Callable

from writetex_desktop.core.computing.task import Answer, Task, Wish
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportService


class Computing:
    """Computes of formulas.

    Args:
        exports: Reads a formula as an expression of SymPy.
        compute: Fulfils a wish, in a process of its own.
    """

    def __init__(self, exports: ExportService, compute: Callable[[Wish], Awaitable[Answer]]) -> None:
        self._exports = exports
        self._compute = compute

    async def compute(self, markup: str, mode: Mode, task: Task, letter: str = "") -> tuple[Answer, str]:
        """Compute something of a formula.

        Returns:
            The answer, and what had to be assumed to read the formula; nothing where nothing had to be.

        Raises:
            ConversionError: The formula cannot be read as an expression, or not be computed.
            RenderError: It cannot be parsed.
        """
        written = (await self._exports.export(markup, mode, OutputFormat.SYMPY)).text
        source, _hash, assumed = written.partition("  # ")
        return await self._compute(Wish(source, task, letter.strip().lstrip("\\"))), assumed
