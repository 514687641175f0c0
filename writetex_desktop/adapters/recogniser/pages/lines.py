"""Reads one line of text: its letters by the network, its formulas by the recogniser, spliced together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.model import BEAMS, Answer
from writetex_desktop.adapters.recogniser.single import printed
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.latex.bare import bare
from writetex_desktop.core.pages.inline import Stretch, formulas_in
from writetex_desktop.core.pages.layer import letters_of_line
from writetex_desktop.core.pages.lettering import bears_out, core_of, parted
from writetex_desktop.core.pages.marks import Letter
from writetex_desktop.core.pages.places import Line, Piece
from writetex_desktop.core.pages.splicing import Spliced, bold_share, splice
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.reading.recognition import DOUBTFUL, Alternative

if TYPE_CHECKING:
    from writetex_desktop.adapters.recogniser.display import Hurry
    from writetex_desktop.adapters.recogniser.glance import Glance
    from writetex_desktop.adapters.recogniser.model import FormulaModel
    from writetex_desktop.adapters.recogniser.pages.networks import TextNetworks
    from writetex_desktop.adapters.recogniser.pages.sheet import Sheet
    from writetex_desktop.core.pictures.printed import PrintedLetter

SIZE_SLACK = 0.14
"""Error of the size, as a logarithm, from which on a line is seen again."""

ENOUGH_SIGNS = 5
"""Signs that tell the size of a line."""

ABOVE, BELOW = 0.66, 0.52
"""What of a line's letters stands above and below its core, over the core's height."""

SIGNS_BEYOND = 1.0
"""The same for its signs: scripts and fractions reach further."""

OWN = 0.72
"""How far from the core the middle of a sign may be that belongs to it."""

EM_OVER_CORE = 1.85
"""Size of the text over the height of the core."""

BOLD = 0.6
"""Share of bold letters that makes a line bold."""

LEAST_CORE, MOST_CORE = 0.6, 1.5
"""Height of a line as it was found over that which its letters tell, between which it is left as it is: tall
formulas pull it up and down."""

LEAST_SURE = 0.05
"""Confidence of an alternative at least."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line before its formulas are read.

    Attributes:
        box: Where it stands, in pixels.
        em_px: The size of its text.
        letters: Its text; their middles in ems from the page's left edge.
        glance: Its signs.
        left: The page's left edge in the ems of the signs.
        top: The page's upper edge in the same.
        stretches: Which signs are formulas.
    """

    box: Box
    em_px: float
    letters: tuple[Letter, ...]
    glance: Glance
    left: float
    top: float
    stretches: tuple[Stretch, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What was read as text between the formulas."""
        text = "".join(
            letter.text
            for letter in self.letters
            if not any(each.left <= letter.centre - self.left <= each.right for each in self.stretches)
        )
        return tuple(text.split())

    @property
    def text(self) -> str:
        """All of it as the network for letters has read it."""
        return "".join(letter.text for letter in self.letters).strip()

    @property
    def text_share(self) -> float:
        """Share of its signs that are in no formula."""
        count = len(self.glance.signs)
        return 1 - sum(len(each.signs) for each in self.stretches) / count if count else 1.0


class LineReader:
    """Reads lines of a page.

    Args:
        networks: Read letters.
        model: Sees signs and reads formulas.
        sheet: The page.
        hurry: When to stop.
        printed: The letters of the page as its document has them, in pixels; nothing where it is a picture.
    """

    def __init__(
        self,
        networks: TextNetworks,
        model: FormulaModel,
        sheet: Sheet,
        hurry: Hurry,
        printed: tuple[PrintedLetter, ...] = (),
    ) -> None:
        self._printed = printed
        self._networks = networks
        self._model = model
        self._sheet = sheet
        self._hurry = hurry

    def see(self, core: Box, em_px: float) -> SeenLine:
        """See what stands in a line.

        Args:
            core: Where, as the network for lines tells it.
            em_px: The size of its text, about.
        """
        line = self._look(core, em_px)
        em, signs = line.em_px, line.glance.signs
        told = self._in_ems(letters_of_line(self._printed, core), line)
        shifted = (
            told
            if told and bears_out(told, signs)
            else parted(self._in_ems(self._letters(line.box), line), signs)
        )
        placed = tuple(Letter(each.text, each.centre + line.left, each.chance) for each in shifted)
        stretches = formulas_in(signs, self._model.sizes(line.glance), shifted)
        return SeenLine(line.box, em, placed, line.glance, line.left, line.top, stretches)

    def _letters(self, box: Box) -> tuple[Letter, ...]:
        """What the network reads, its middles in pixels of the page."""
        picture = self._sheet.for_letters(box)
        factor = box.width / picture.shape[1]
        return tuple(
            Letter(each.text, box.left + each.centre * factor, each.chance)
            for each in self._networks.letters(picture)
        )

    @staticmethod
    def _in_ems(letters: tuple[Letter, ...], line: SeenLine) -> tuple[Letter, ...]:
        return tuple(Letter(each.text, each.centre / line.em_px - line.left, each.chance) for each in letters)

    def read(self, line: SeenLine) -> Line:
        """Read the formulas of a line and put them between its words."""
        letters = tuple(Letter(each.text, each.centre - line.left, each.chance) for each in line.letters)
        pieces = [self._piece(line, part) for part in splice(line.glance.signs, letters, line.stretches)]
        pieces = [piece for piece in pieces if piece.text]
        return Line(line.box, tuple(pieces), line.em_px, bold_share(line.glance.signs) >= BOLD)

    def _look(self, core: Box, em_px: float) -> SeenLine:
        beyond = SIGNS_BEYOND * core.height
        box = Box(core.left, core.top - beyond, core.right, core.bottom + beyond)
        glance, left, top = self._glance(box, core, em_px)
        if len(glance.signs) >= ENOUGH_SIGNS:
            size = self._model.size(glance, range(len(glance.signs)))
            if abs(math.log(size)) > SIZE_SLACK:
                em_px *= size
                glance, left, top = self._glance(box, core, em_px)
        if (mended := core_of(glance.signs, self._model.sizes(glance))) is not None:
            x_top, x_bottom = ((edge + top) * em_px for edge in mended)
            if not LEAST_CORE < core.height / (x_bottom - x_top) < MOST_CORE:
                core = Box(core.left, x_top, core.right, x_bottom)
                em_px = EM_OVER_CORE * core.height
                beyond = SIGNS_BEYOND * core.height
                box = Box(core.left, core.top - beyond, core.right, core.bottom + beyond)
                glance, left, top = self._glance(box, core, em_px)
        letters = Box(
            core.left, core.top - ABOVE * core.height, core.right, core.bottom + BELOW * core.height
        )
        return SeenLine(letters, em_px, (), glance, left, top, ())

    def _glance(self, box: Box, core: Box, em_px: float) -> tuple[Glance, float, float]:
        """The signs of this line, without what those above and below let hang into its picture."""
        picture, left, top = self._sheet.for_signs(box, em_px, self._model.em_px)
        glance = self._model.look(picture)
        beyond = OWN * core.height
        least, most = (core.top - beyond) / em_px - top, (core.bottom + beyond) / em_px - top
        own = [at for at, sign in enumerate(glance.signs) if least <= sign.middle <= most]
        return glance.kept(own), left, top

    def _piece(self, line: SeenLine, part: Spliced) -> Piece:
        box = Box(
            (part.left + line.left) * line.em_px,
            line.box.top,
            (part.right + line.left) * line.em_px,
            line.box.bottom,
        )
        if part.stretch is None:
            return Piece(part.text, box, confidence=part.chance, is_glued=part.is_glued)
        signs = [line.glance.signs[number] for number in part.stretch.signs]
        box = Box(
            (min(sign.left for sign in signs) + line.left) * line.em_px,
            (min(sign.top for sign in signs) + line.top) * line.em_px,
            (max(sign.right for sign in signs) + line.left) * line.em_px,
            (max(sign.bottom for sign in signs) + line.top) * line.em_px,
        )
        answers = self._answers(line, part.stretch)
        found: list[tuple[str, float]] = []
        for answer in answers:
            try:
                latex = printed(bare(answer.words))
            except RecognitionError:
                continue
            if latex not in {each for each, _ in found}:
                found.append((latex, answer.confidence))
        if not found:
            return Piece(part.text, box, confidence=0.5, is_glued=part.is_glued)
        others = tuple(Alternative(*each) for each in found[1:] if each[1] >= LEAST_SURE)
        return Piece(found[0][0], box, True, found[0][1], others, part.is_glued)

    def _answers(self, line: SeenLine, stretch: Stretch) -> list[Answer]:
        hurry, numbers = self._hurry, list(stretch.signs)
        try:
            seen = self._model.understand(line.glance, numbers)
            answers = self._model.read(seen, hurry.deadline, hurry.cancelled)
            if answers[0].confidence < DOUBTFUL:
                answers += self._model.read(seen, hurry.deadline, hurry.cancelled, BEAMS)
        except RecognitionError:
            return []
        return sorted(answers, key=lambda answer: (not answer.complete, -answer.confidence))
