"""What stands where on a page: boxes, the pieces of a line, blocks with their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from writetex_desktop.core.formats.page import Block
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.reading.recognition import Alternative, SeenFormula


@dataclass(frozen=True, slots=True)
class Piece:
    r"""Words or a formula within a line.

    Attributes:
        text: The words as they are, or LaTeX.
        box: Where they stand.
        is_formula: Whether it is LaTeX.
        confidence: How sure the engine is, 0 to 1.
        alternatives: Other readings of a formula.
        is_glued: Whether it follows what stands before it without a blank.
        further: Where it goes on in the lines below.
    """

    text: str
    box: Box
    is_formula: bool = False
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()
    is_glued: bool = False
    further: tuple[Box, ...] = ()

    @property
    def seen(self) -> SeenFormula:
        """A formula as it was read."""
        return SeenFormula(self.text, (self.box, *self.further), self.confidence, self.alternatives)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        box: Where it stands.
        pieces: From left to right.
        em_px: The size of its text.
        is_bold: Whether most of it is bold.
    """

    box: Box
    pieces: tuple[Piece, ...]
    em_px: float
    is_bold: bool = False

    @property
    def text(self) -> str:
        """Its words, formulas as LaTeX."""
        return "".join(
            ("" if piece.is_glued or not at else " ") + piece.text for at, piece in enumerate(self.pieces)
        )

    @property
    def words(self) -> str:
        """Its words alone."""
        return " ".join(piece.text for piece in self.pieces if not piece.is_formula)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands.

    Attributes:
        block: What it says.
        box: Where, in pixels of the page.
        formulas: The formulas in it, in reading order.
        confidence: How sure the engine is of the words, 0 to 1.
    """

    block: Block
    box: Box
    formulas: tuple[SeenFormula, ...] = ()
    confidence: float = 1.0

    @property
    def sureness(self) -> float:
        """The least sure thing in it."""
        return min([self.confidence, *(formula.confidence for formula in self.formulas)])


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read.

    Attributes:
        width: In pixels.
        height: In pixels.
        blocks: In reading order, furniture included.
        pictures: The figures as PNG, by the names that the blocks give.
    """

    width: int
    height: int
    blocks: tuple[Placed, ...]
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False)

    def moved(self, place: Callable[[Box], Box]) -> ReadPage:
        """Give the page with every box elsewhere."""
        blocks = tuple(
            replace(
                each,
                box=place(each.box),
                formulas=tuple(
                    replace(formula, boxes=tuple(map(place, formula.boxes))) for formula in each.formulas
                ),
            )
            for each in self.blocks
        )
        return replace(self, blocks=blocks)

    @property
    def confidence(self) -> float:
        """How sure the engine is of a block on average, 0 to 1."""
        sure = [each.sureness for each in self.blocks]
        return sum(sure) / len(sure) if sure else 0.0

    @property
    def formulas(self) -> tuple[SeenFormula, ...]:
        """Every formula in reading order."""
        return tuple(formula for each in self.blocks for formula in each.formulas)
