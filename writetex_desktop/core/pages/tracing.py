"""Where the formulas that were read on a page stand in its source now, after whatever the user did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from writetex_desktop.core.formats.page_text import formulas_in
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.suspicion import Spot
from writetex_desktop.core.reading.recognition import SeenFormula


@dataclass(frozen=True, slots=True)
class TracedFormula:
    """A formula of the source, and where it was read.

    Attributes:
        start: Offset of its LaTeX in characters.
        end: Offset after its LaTeX.
        latex: It, as it stands in the source.
        seen: What was read in its place; None for one that the user wrote.
    """

    start: int
    end: int
    latex: str
    seen: SeenFormula | None

    @property
    def is_doubtful(self) -> bool:
        """Whether it is still what was read, and the engine was not sure of it."""
        return (
            self.seen is not None and self.seen.is_doubtful and _plain(self.latex) == _plain(self.seen.latex)
        )


def trace(markup: str, seen: Sequence[SeenFormula]) -> tuple[TracedFormula, ...]:
    """Give the formulas of a source, each with what was read in its place.

    A formula that was changed keeps its place as long as its neighbours tell where that is.

    Args:
        markup: The source, as it was read or edited.
        seen: What was read, in reading order.
    """
    written = formulas_in(markup)
    before, now = [_plain(each.latex) for each in seen], [_plain(each.latex) for each in written]
    found: dict[int, SeenFormula] = {}
    for _, first, last, start, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if last - first == end - start:
            found.update(zip(range(start, end), seen[first:last], strict=True))
    return tuple(
        TracedFormula(each.start, each.end, each.latex, found.get(number))
        for number, each in enumerate(written)
    )


def doubtful_spots(traced: Sequence[TracedFormula]) -> tuple[Spot, ...]:
    """Say of the formulas that are doubtful that they are."""
    return tuple(
        Spot(
            each.start,
            each.end,
            tr(
                "The recogniser is only {share} % sure of this formula: compare it with the picture.",
                share=round(100 * each.seen.confidence),
            ),
        )
        for each in traced
        if each.seen is not None and each.is_doubtful
    )


def _plain(latex: str) -> str:
    return "".join(latex.split())
