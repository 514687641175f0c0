"""Joins the panel that finds symbols to what knows them."""

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from writetex_desktop.core.errors import RenderError, WriteTexError
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.signs import SymbolGuess
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.ports.ink import SymbolFinder
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.ink.symbol_panel import SymbolPanel

FIND_AFTER_S = 0.15
"""How long nobody must have drawn before a symbol is looked for; one is quickly drawn."""


class SymbolPresenter:
    """Shows the panel, looks up what is drawn there, and gives what is chosen to who asked.

    Args:
        finder: Knows symbols; None where it is not installed.
        renderer: Draws them.
        over: The window over which the panel comes up.
        clock: Time.
        tasks: Runs what takes time.
    """

    def __init__(
        self,
        *,
        finder: SymbolFinder | None,
        renderer: FormulaRenderer,
        over: Callable[[], QWidget],
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        self._finder = finder
        self._renderer = renderer
        self._over = over
        self._clock = clock
        self._tasks = tasks
        self._panel: SymbolPanel | None = None
        self._insert: Callable[[str], None] | None = None
        self._finding: asyncio.Task[None] | None = None

    @property
    def panel(self) -> SymbolPanel:
        """The panel, made at its first use."""
        if self._panel is None:
            self._panel = SymbolPanel()
            self._panel.drawn.connect(self._look_up)
            self._panel.chosen.connect(self._take)
        return self._panel

    def find(self, insert: Callable[[str], None]) -> None:
        """Show the panel; the command that is chosen goes to a function."""
        self._insert = insert
        self.panel.open_beside(self._over())
        if self._finder is None:
            self._say_missing()

    def close(self) -> None:
        """Take the panel away."""
        if self._panel is not None:
            self._panel.hide()

    def _say_missing(self) -> None:
        self.panel.say(
            tr("The finder of symbols is not installed. Install WriteTex Desktop with its models."),
            Level.ERROR,
        )

    def _look_up(self, ink: Ink) -> None:
        if self._finding is not None:
            self._finding.cancel()
            self._finding = None
        if self._finder is None:
            self._say_missing()
        elif ink:
            self._finding = self._tasks.spawn(
                self._find(self._finder, ink), name="find symbol", on_error=self._failed
            )

    async def _find(self, finder: SymbolFinder, ink: Ink) -> None:
        await self._clock.sleep(FIND_AFTER_S)
        guesses = await finder.find(ink)
        self.panel.show_guesses(guesses)
        for guess in guesses:
            await self._draw(guess)

    async def _draw(self, guess: SymbolGuess) -> None:
        """Draw a symbol beside its command, where the renderer knows it."""
        try:
            formula = await self._renderer.render(
                f"\\text{{{guess.command}}}" if guess.is_text else guess.command
            )
        except RenderError:
            return
        if formula is not None:
            self.panel.show_picture(guess, formula)

    def _failed(self, error: WriteTexError) -> None:
        self.panel.say(f"{error.message} {error.remedy.text}", Level.ERROR)

    def _take(self, guess: SymbolGuess) -> None:
        self.panel.hide()
        if self._insert is not None:
            self._insert(guess.command)
