"""What is drawn, in words, for those who do not see it."""

import asyncio
import contextlib
from collections.abc import Callable

from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.tasks import Tasks


class Describing:
    """Keeps the words for what is shown: makes them when the user pauses, and forgets older ones.

    The engine that speaks is large and slow to build, so that it is asked only where somebody listens; for
    all others the words are the plain text of the formula, which costs next to nothing.

    Args:
        exports: Speaks formulas, and writes them as plain text.
        tasks: Runs it.
        is_listened_to: Whether a screen reader is at work.
        on_words: Is called with the words and the MathML of each formula, and with nothing, twice, as soon as
            they are out of date.
        pause_s: How long nothing must change before words are made.
    """

    def __init__(
        self,
        exports: ExportService,
        tasks: Tasks,
        is_listened_to: Callable[[], bool],
        on_words: Callable[[str, str], None],
        *,
        pause_s: float = 0.4,
    ) -> None:
        self._exports = exports
        self._tasks = tasks
        self._is_listened_to = is_listened_to
        self._on_words = on_words
        self._pause_s = pause_s
        self._task: asyncio.Task[None] | None = None

    def show(self, latex: str) -> None:
        """Describe a formula in a while."""
        self.clear()
        self._task = self._tasks.spawn(self._describe(latex), name="describe the preview")

    def clear(self) -> None:
        """Forget the last words."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._on_words("", "")

    async def _describe(self, latex: str) -> None:
        await asyncio.sleep(self._pause_s)
        mathml = ""
        with contextlib.suppress(ConversionError, RenderError):
            mathml = (await self._exports.export(latex, Mode.FORMULA, OutputFormat.MATHML)).text
        ways = [OutputFormat.UNICODE]
        if self._is_listened_to():
            ways.insert(0, OutputFormat.SPEECH)
        for way in ways:
            # What cannot be said so is said another way, at worst as its source.
            with contextlib.suppress(ConversionError, RenderError):
                words = (await self._exports.export(latex, Mode.FORMULA, way)).text
                self._on_words(words, mathml)
                return
        self._on_words(latex.strip(), mathml)
