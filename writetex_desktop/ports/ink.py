"""What reads ink: one symbol, or a whole formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from collections.abc import AsyncIterator, Sequence

    from writetex_desktop.core.ink.ink import Ink
    from writetex_desktop.core.ink.signs import Choice, SignsSeen, SymbolGuess
    from writetex_desktop.core.reading.recognition import RecognizerEvent


class SymbolFinder(Protocol):
    """Knows the symbols of LaTeX by their looks."""

    async def find(self, ink: Ink, most: int = 10) -> tuple[SymbolGuess, ...]:
        """Say which commands a drawing of one symbol may mean, the likeliest first.

        Size and place of the drawing do not matter.

        Args:
            ink: The drawing; nothing is found of an empty one.
            most: How many are wanted.

        Raises:
            InternalError: What it knows is missing or broken.
        """
        ...


class InkReader(Protocol):
    """Reads a formula from the strokes that were drawn."""

    def read(self, ink: Ink, choices: Sequence[Choice] = ()) -> AsyncIterator[RecognizerEvent | SignsSeen]:
        """Read a drawing: deltas, at most one `SignsSeen`, then one `Completed`.

        End it early only by cancelling the task that iterates.

        Args:
            ink: The drawing; not empty.
            choices: What the user said of some of its signs; the answer keeps to it.

        Raises:
            RecognitionError: It is no formula, or none that can be read.
            InternalError: What it knows is missing or broken.
        """
        ...
