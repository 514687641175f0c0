"""The formulas of the latest page, drawn, and of nothing older."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.page import Block, Formula, formulas_of
from writetex_desktop.core.formats.page_text import page_of
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.tasks import Tasks

MOST_KEPT: Final = 300
"""Drawings that are kept for the next page; a page of text has some fifty."""

Drawings = Mapping[Formula, RenderedFormula]


class PagePreview:
    """Draws what was asked for last; formulas that stay the same while text streams are drawn once.

    Args:
        renderer: Draws.
        tasks: Runs the drawing.
        on_page: Is called with each page and its drawings; a formula without one cannot be drawn.
    """

    def __init__(
        self,
        renderer: FormulaRenderer,
        tasks: Tasks,
        on_page: Callable[[tuple[Block, ...], Drawings], None],
    ) -> None:
        self._renderer = renderer
        self._tasks = tasks
        self._on_page = on_page
        self._drawn: dict[Formula, RenderedFormula | None] = {}
        self._wanted: tuple[Block, ...] | None = None
        self._task: asyncio.Task[None] | None = None

    def show(self, markup: str, mode: Mode) -> None:
        """Draw this as soon as the renderer is free."""
        self._wanted = page_of(markup, mode)
        if self._task is None or self._task.done():
            self._task = self._tasks.spawn(self._draw(), name="page preview")

    def forget(self) -> None:
        """Draw nothing more of what was asked for."""
        self._wanted = None

    async def drawing(self, formula: Formula) -> RenderedFormula | None:
        """Draw a formula by itself, such as another reading; None where it cannot be drawn."""
        return self._drawn.get(formula) or await self._drawing(formula)

    async def _draw(self) -> None:
        while self._wanted is not None:
            page = self._wanted
            formulas = formulas_of(page)
            for formula in formulas:
                if formula not in self._drawn:
                    self._drawn[formula] = await self._drawing(formula)
            if page is self._wanted:
                self._wanted = None
                self._on_page(page, {each: drawn for each in formulas if (drawn := self._drawn[each])})
            if len(self._drawn) > MOST_KEPT:
                self._drawn = {each: self._drawn[each] for each in formulas}

    async def _drawing(self, formula: Formula) -> RenderedFormula | None:
        try:
            return await self._renderer.render(formula.latex, display=formula.display)
        except RenderError:
            return None
