"""Formulas drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from writetex_desktop.core.formats.drawing.formula import RenderedFormula


class FormulaRenderer(Protocol):
    """Formulas as pictures and as MathML."""

    async def warm(self) -> None:
        """Get ready, so that the next formula is drawn quickly.

        Raises:
            RenderError: The renderer cannot be started.
        """
        ...

    async def render(self, latex: str, *, display: bool = True, repair: bool = False) -> RenderedFormula:
        """Draw a formula; calls are served one after the other, off the event loop.

        Args:
            latex: The body of a formula, without delimiters.
            display: Display style; False for inline style.
            repair: Whether unfinished source may be closed and completed for the picture.

        Raises:
            RenderError: The parser refused it, or it took too long.
        """
        ...

    async def mathml(self, latex: str, *, display: bool = True) -> str:
        """Give presentation MathML with its namespace.

        Raises:
            RenderError: As for `render`.
        """
        ...

    def close(self) -> None:
        """End the renderer's worker; the renderer is not used again."""
        ...
