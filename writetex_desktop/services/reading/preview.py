"""The picture of the latest markup, and of nothing older."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.tasks import Tasks


@dataclass(frozen=True, slots=True)
class _Wanted:
    latex: str
    repair: bool


class Preview:
    """Draws what was asked for last; what came in between while the renderer was busy is left out.

    Args:
        renderer: Draws.
        tasks: Runs the drawing.
        on_formula: Is called with each picture; None when there is nothing to draw.
        on_error: Is called when the markup cannot be drawn.
    """

    def __init__(
        self,
        renderer: FormulaRenderer,
        tasks: Tasks,
        on_formula: Callable[[RenderedFormula | None], None],
        on_error: Callable[[RenderError], None],
    ) -> None:
        self._renderer = renderer
        self._tasks = tasks
        self._on_formula = on_formula
        self._on_error = on_error
        self._wanted: _Wanted | None = None
        self._task: asyncio.Task[None] | None = None

    def show(self, latex: str, *, repair: bool) -> None:
        """Draw this, as soon as the renderer is free.

        Args:
            latex: The body of a formula.
            repair: Whether it is unfinished and may be completed for the picture.
        """
        self._wanted = _Wanted(latex, repair)
        if self._task is None or self._task.done():
            self._task = self._tasks.spawn(self._draw(), name="preview")

    def forget(self) -> None:
        """Draw nothing more of what was asked for; a drawing in the making is not shown."""
        self._wanted = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _draw(self) -> None:
        while self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if not wanted.latex.strip():
                self._on_formula(None)
                continue
            try:
                formula = await self._renderer.render(wanted.latex, repair=wanted.repair)
            except RenderError as error:
                # While text streams, an error means only that the text is not far enough.
                if not wanted.repair and self._wanted is None:
                    self._on_error(error)
            else:
                self._on_formula(formula)
