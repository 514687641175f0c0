"""Something computed of a formula, small and honest: what cannot be read as an expression is not computed."""

from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from writetex_desktop.core.computing.task import Answer, Task, Wish
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportOptions, ExportService


@dataclass(frozen=True, slots=True)
class Computed:
    """What came of a formula, and how its letters were read.

    Attributes:
        answer: The outcome; of code its text alone.
        factors: Letters before a parenthesis that were read as factors because nobody said otherwise.
        functions: Letters that were read as functions because the user said so.
        notes: What else was assumed, each in a sentence.
    """

    answer: Answer
    factors: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Computing:
    """Computes of formulas, and writes them as code.

    Args:
        exports: Reads a formula as an expression.
        compute: Fulfils a wish, in a process of its own.
    """

    def __init__(self, exports: ExportService, compute: Callable[[Wish], Awaitable[Answer]]) -> None:
        self._exports = exports
        self._compute = compute

    async def compute(
        self,
        markup: str,
        mode: Mode,
        task: Task,
        letter: str = "",
        functions: AbstractSet[str] = frozenset(),
    ) -> Computed:
        """Compute something of a formula.

        Args:
            markup: The formula.
            mode: What it is.
            task: What is computed.
            letter: For which letter; nothing for the only one.
            functions: Letters that are functions where a parenthesis follows.

        Raises:
            ConversionError: The formula cannot be read as an expression, or not be computed.
            RenderError: It cannot be parsed.
        """
        written = await self.write(markup, mode, OutputFormat.SYMPY, functions)
        source, _hash, _said = written.answer.text.partition("  # ")
        answer = await self._compute(Wish(source, task, letter.strip().lstrip("\\")))
        return replace(written, answer=answer)

    async def write(
        self, markup: str, mode: Mode, form: OutputFormat, functions: AbstractSet[str] = frozenset()
    ) -> Computed:
        """Write a formula in a form that calculates.

        Raises:
            ConversionError: The form cannot carry it.
            RenderError: It cannot be parsed.
        """
        meaning = await self._exports.meaning(markup, mode, functions)
        options = ExportOptions(functions=functions)
        text = (await self._exports.export(markup, mode, form, options)).text
        return Computed(Answer(text=text), meaning.factors, tuple(sorted(functions)), meaning.notes)
