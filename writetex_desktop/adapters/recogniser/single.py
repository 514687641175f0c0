"""Reads a picture of one formula: what of it is the formula, at which size, and how sure that is."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from writetex_desktop.adapters.recogniser.choice import Reading, best, is_settled, reading
from writetex_desktop.adapters.recogniser.display import Hurry, read_display
from writetex_desktop.adapters.recogniser.glance import Glance
from writetex_desktop.adapters.recogniser.model import BEAMS, HELP, FormulaModel
from writetex_desktop.adapters.recogniser.picture import FormulaPicture
from writetex_desktop.core.errors import RecognitionError, SentencesError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.latex.parser import NotMathematicsError
from writetex_desktop.core.latex.printer import print_latex
from writetex_desktop.core.pictures.parting.surroundings import (
    Parted,
    is_page,
    is_prose,
    part,
    pieces_left_out,
    whole,
)
from writetex_desktop.core.reading.recognition import Alternative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from writetex_desktop.adapters.recogniser.picture import ModelPicture
    from writetex_desktop.core.pictures.image import EncodedImage
    from writetex_desktop.core.pictures.parting.signs import Sign

    Parting = Callable[[Sequence[Sign]], Parted]

OTHER_SIZES = (1.11, 0.9, 1.22, 0.82)
"""The size of the text is estimated; these are tried when the answer at the estimate is doubtful."""

FEW_SIGNS = 4
"""Signs up to which a picture without a sure one is seen at more sizes, as one of a single sign always is: it
fills its picture whatever its size."""

ONE_SHAPE = frozenset((*"ckopsuvwxyz", "\\kappa", "\\sigma", "\\pi"))
"""Letters whose capital has the same shape: alone in a picture they do not tell which they are."""

SIZE_UNTOLD = 0.8
"""What is left of the confidence in such a letter alone."""

CUT_BY_SELECTION = 0.75
"""What is left of the confidence when a part is selected in inverse colours: its edge may cut a sign."""

FEW_SIZES = (0.6, 0.75, 1.25)

SIZE_SLACK = 0.08
"""Error of the size, as a logarithm, from which on the picture is drawn again before it is read."""

NO_SIGN = 0.6
"""Probability of the surest sign below which a picture holds none: the strokes of a drawing, an icon."""

SURE_SIGN = 0.85
"""The same, from which on there is no doubt: the surest sign of a formula is seldom below it, that of a
scribble hardly ever above. Between the two the confidence grows from nothing."""

LINES_MISSED = 0.3
"""What is left of the confidence when the picture has lines under one another and the answer has one line."""

_STACKING = (
    "\\\\",
    "\\frac{",
    "\\binom{",
    "\\substack{",
    "\\over",
    "\\under",
    "\\x",
    "\\sum",
    "\\prod",
    "\\big",
    "\\lim",
)


NOT_PRINTED = mark("This does not look like a printed formula.")
NOT_WRITTEN = mark("This does not look like a handwritten formula.")


class Readable(Protocol):
    """A formula that can be drawn at any size.

    Attributes:
        em_px: Size of its text, estimated: pixels to the em.
        blocks: How many pieces stand under one another with blank rows between.
        two_ways: Whether a part of it is in inverse colours.
    """

    em_px: float
    blocks: int
    two_ways: bool

    def at_size(self, em_px: float) -> ModelPicture:
        """The picture with its text at a size.

        Raises:
            RecognitionError: It is larger than any single formula.
        """
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a picture.

    Attributes:
        reading: What it says.
        glance: Its signs, as they were first seen.
        em_px: The size at which they were.
        parted: Which of them are the formula.
    """

    reading: Reading
    glance: Glance
    em_px: float
    parted: Parted


def _as_seen(glance: Glance, _em_px: float) -> Glance:
    return glance


def read_single(
    model: FormulaModel,
    image: EncodedImage,
    hurry: Hurry,
    *,
    is_whole: bool = False,
    has_reader: bool = False,
) -> Reading:
    """Read a printed picture at the size it seems to have, and at others while the answer is doubtful.

    Args:
        model: What reads.
        image: The picture.
        hurry: When to stop.
        is_whole: Whether nothing in it is taken for surroundings.
        has_reader: Whether there is a reader of pages, to whom sentences are left.

    Raises:
        SentencesError: It holds sentences, and they are left to the other.
        RecognitionError: It holds no formula that can be read.
    """
    picture = FormulaPicture(image)
    parting = whole if is_whole else part

    def formulas(signs: Sequence[Sign]) -> Parted:
        parted = parting(signs)
        if has_reader and (is_prose(signs, parted.formula) or is_page(signs, parted)):
            raise SentencesError(tr("This is text, and no formula."), tr_marked(HELP))
        return parted

    looked = read_looked(model, picture, hurry, parting=formulas)
    pieces = pieces_left_out(looked.glance.signs, looked.parted)
    left_out = tuple(picture.place(piece, looked.em_px, model.em_px) for piece in pieces)
    return replace(looked.reading, left_out=left_out)


def read_looked(
    model: FormulaModel,
    picture: Readable,
    hurry: Hurry,
    *,
    told: Callable[[Glance, float], Glance] = _as_seen,
    refusal: str = NOT_PRINTED,
    parting: Parting = part,
) -> Looked:
    """Read a picture, and tell what was seen on the way.

    Args:
        model: What reads.
        picture: What is read.
        hurry: When to stop.
        told: Changes what was seen, at a size of the em in pixels, by what is known of it.
        refusal: What is said of a picture without a formula; marked.
        parting: Tells the formula from what stands round it.

    Raises:
        RecognitionError: It holds no formula that can be read.
    """

    def look(em_px: float) -> Glance:
        return told(model.look(picture.at_size(em_px)), em_px)

    half = (hurry.now() + hurry.deadline) / 2
    em_px, glance, parted = _look(model, look, parting)
    if len(glance.signs) == 1 or (glance.presence < NO_SIGN and len(glance.signs) <= FEW_SIGNS):
        em_px, glance, parted = _look_again(model, look, (em_px, glance), parting)
    if glance.presence < NO_SIGN:
        raise RecognitionError(tr_marked(refusal), tr_marked(HELP))
    looks = [read_display(model, glance, parted.formula, hurry)]
    for factor in OTHER_SIZES:
        if is_settled(looks) or hurry.now() > half:
            break
        with contextlib.suppress(RecognitionError):
            other = look(em_px * factor)
            looks.append(read_display(model, other, parting(other.signs).formula, hurry, BEAMS))
    answers = [answer for each in looks for answer in each]
    share = min(1.0, (glance.presence - NO_SIGN) / (SURE_SIGN - NO_SIGN))
    if picture.blocks > 1 and not any(word.startswith(_STACKING) for word in best(answers).words):
        share *= LINES_MISSED
    if len(glance.signs) == 1 and glance.signs[0].letter.lower() in ONE_SHAPE:
        share *= SIZE_UNTOLD
    if picture.two_ways:
        share *= CUT_BY_SELECTION
    clear = [sign.chance * sign.share for sign in glance.signs]
    found = replace(reading(answers, share, parted.number), clearness=sum(clear) / len(clear))
    return Looked(found, glance, em_px, parted)


def _look(
    model: FormulaModel, look: Callable[[float], Glance], parting: Parting
) -> tuple[float, Glance, Parted]:
    """See a picture at the size that its formula's signs tell: the em in pixels, the signs, their parts."""
    em_px = model.em_px
    glance = look(em_px)
    parted = parting(glance.signs)
    size = model.size(glance, parted.formula)
    if abs(math.log(size)) > SIZE_SLACK:
        em_px /= size
        glance = look(em_px)
        parted = parting(glance.signs)
    return em_px, glance, parted


def _look_again(
    model: FormulaModel, look: Callable[[float], Glance], first: tuple[float, Glance], parting: Parting
) -> tuple[float, Glance, Parted]:
    """See a picture of few signs at other sizes too, since they hardly tell theirs; the surest look."""
    looks = [first]
    for factor in FEW_SIZES:
        with contextlib.suppress(RecognitionError):
            looks.append((model.em_px * factor, look(model.em_px * factor)))
    em_px, glance = max(looks, key=lambda look: _clearness(look[1]))
    return em_px, glance, parting(glance.signs)


def _clearness(glance: Glance) -> float:
    """How sure the least sure of the signs is."""
    return min((sign.chance * sign.share for sign in glance.signs), default=0.0)


def alternatives_of(reading: Reading) -> tuple[Alternative, ...]:
    """The other answers as a person would write them, without those that come out the same."""
    told = {printed(reading.words)}
    found = []
    for other in reading.others:
        markup = printed(other.words)
        if markup not in told:
            told.add(markup)
            found.append(Alternative(markup, other.confidence))
    return tuple(found)


def printed(words: tuple[str, ...]) -> str:
    """Tokens as a person would write them.

    Raises:
        RecognitionError: They are nothing that can be read.
    """
    try:
        return print_latex(" ".join(words))
    except NotMathematicsError as error:  # the syntax lets nothing through that cannot be read
        raise RecognitionError(tr("The built-in recogniser cannot read this picture."), HELP) from error
