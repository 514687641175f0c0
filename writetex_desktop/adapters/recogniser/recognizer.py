"""The embedded recogniser: a small model in `resources/model/`, run by onnxruntime on the processor.

Nothing here opens a socket. The model is loaded in the worker thread that first needs it.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import threading
import time
from typing import TYPE_CHECKING

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.adapters.recogniser.choice import Reading, best, is_settled, reading
from writetex_desktop.adapters.recogniser.display import Hurry, read_display
from writetex_desktop.adapters.recogniser.model import BEAMS, HELP, FormulaModel, Glance
from writetex_desktop.adapters.recogniser.picture import FormulaPicture
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.latex.parser import NotMathematicsError
from writetex_desktop.core.latex.printer import print_latex
from writetex_desktop.core.pictures.parting.surroundings import Parted, part, pieces_left_out, whole
from writetex_desktop.core.reading.recognition import (
    DOUBTFUL,
    Alternative,
    Completed,
    Engine,
    Mode,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
)
from writetex_desktop.core.reading.trust import DOUBT
from writetex_desktop.services.disuse import DISUSE_S, Disuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from pathlib import Path

    from writetex_desktop.core.pictures.geometry import Rect
    from writetex_desktop.core.pictures.parting.signs import Sign

    Parting = Callable[[Sequence[Sign]], Parted]

DEADLINE_S = 2.5
"""An answer that takes longer is cut off."""

HOPELESS = 0.6
"""Mean probability of a token below which the answer is no answer: a long formula that is mostly right is
hardly sure as a whole, but its tokens are."""

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
_CUT = mark("The formula is longer than the built-in recogniser reads: what comes after is missing.")


def _nobody() -> None:
    """Nobody is told."""


class OfflineRecognizer:
    """The `Recognizer` that needs no network; it reads formulas and nothing else.

    Args:
        folder: Where the graphs and `model.json` lie.
        on_rest: Is called when the model has been let go, because nobody wanted it for a while.
        rest_after_s: How long that is.
        sums: What its files must be; None for files that are just being tried out.
    """

    def __init__(
        self,
        folder: Path,
        on_rest: Callable[[], None] = _nobody,
        rest_after_s: float = DISUSE_S,
        sums: Mapping[str, str] | None = SUMS["model"],
    ) -> None:
        self._sums = sums
        self._folder = folder
        self._on_rest = on_rest
        self._disuse = Disuse(self._rest, rest_after_s)
        self._model: FormulaModel | None = None
        self._loading = threading.Lock()

    async def warm(self) -> None:
        """Load the model in a worker thread.

        Raises:
            InternalError: The model is missing or broken.
        """
        with self._disuse.use():
            await asyncio.to_thread(self._load)

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        r"""See `Recognizer.recognize`.

        The answer comes in one piece: whether a bracket is `(` or `\\left(` depends on what follows it, and
        the whole takes a fraction of a second.
        """
        if request.mode is not Mode.FORMULA:
            raise RecognitionError(
                tr("The built-in recogniser reads single formulas only."),
                tr("Choose the mode Formula, or use an endpoint for this picture."),
            )
        cancelled = threading.Event()
        with self._disuse.use():
            try:
                answer = await asyncio.to_thread(self._read, request, cancelled)
            finally:
                cancelled.set()
        if answer.sureness < HOPELESS:
            raise RecognitionError(tr("The built-in recogniser cannot read this picture."), HELP)
        yield TextDelta(_printed(answer.words))
        warnings: tuple[str, ...] = () if answer.complete else (tr_marked(_CUT),)
        if answer.confidence < DOUBTFUL:
            warnings += (tr_marked(DOUBT),)
        yield Completed(
            Engine.OFFLINE,
            self._load().name,
            complete=answer.complete,
            confidence=answer.confidence,
            warnings=warnings,
            alternatives=_alternatives(answer),
            number=answer.number,
            left_out=answer.left_out,
        )

    def _rest(self) -> None:
        self._model = None
        self._on_rest()

    def _load(self) -> FormulaModel:
        with self._loading:
            if self._model is None:
                if self._sums is not None:
                    check_files(self._folder, self._sums)
                self._model = FormulaModel(self._folder)
            return self._model

    def _read(self, request: RecognitionRequest, cancelled: threading.Event) -> Reading:
        """Read a picture at the size it seems to have, and at others while the answer is doubtful."""
        model = self._load()
        # What loading takes, once, on a busy machine, is not taken from the time to read.
        hurry = Hurry(time.monotonic() + DEADLINE_S, cancelled)
        plain = request.plain_image
        picture = FormulaPicture(plain)
        parting = whole if request.whole else part
        em_px, glance, parted = _look(model, picture, parting)
        if len(glance.signs) == 1 or (glance.presence < NO_SIGN and len(glance.signs) <= FEW_SIGNS):
            em_px, glance, parted = _look_again(model, picture, glance, em_px, parting)
        if glance.presence < NO_SIGN:
            raise RecognitionError(tr("This does not look like a printed formula."), HELP)
        looks = [read_display(model, glance, parted.formula, hurry)]
        for factor in OTHER_SIZES:
            if is_settled(looks) or time.monotonic() > hurry.deadline - DEADLINE_S / 2:
                break
            with contextlib.suppress(RecognitionError):
                other = model.look(picture.at_size(em_px * factor))
                looks.append(read_display(model, other, parting(other.signs).formula, hurry, BEAMS))
        answers = [answer for look in looks for answer in look]
        share = min(1.0, (glance.presence - NO_SIGN) / (SURE_SIGN - NO_SIGN))
        if picture.blocks > 1 and not any(word.startswith(_STACKING) for word in best(answers).words):
            share *= LINES_MISSED
        if len(glance.signs) == 1 and glance.signs[0].letter.lower() in ONE_SHAPE:
            share *= SIZE_UNTOLD
        if picture.two_ways:
            share *= CUT_BY_SELECTION
        left_out: tuple[Rect, ...] = ()
        if plain is not request.image:
            pieces = pieces_left_out(glance.signs, parted)
            left_out = tuple(picture.place(piece, em_px, model.em_px) for piece in pieces)
        return reading(answers, share, parted.number, left_out)


def _look(model: FormulaModel, picture: FormulaPicture, parting: Parting) -> tuple[float, Glance, Parted]:
    """See a picture at the size that its formula's signs tell: the em in pixels, the signs, their parts."""
    em_px = model.em_px
    glance = model.look(picture.at_size(em_px))
    parted = parting(glance.signs)
    size = model.size(glance, parted.formula)
    if abs(math.log(size)) > SIZE_SLACK:
        em_px /= size
        glance = model.look(picture.at_size(em_px))
        parted = parting(glance.signs)
    return em_px, glance, parted


def _look_again(
    model: FormulaModel, picture: FormulaPicture, glance: Glance, em_px: float, parting: Parting
) -> tuple[float, Glance, Parted]:
    """See a picture of few signs at other sizes too, since they hardly tell theirs; the surest look."""
    looks = [(em_px, glance)]
    for factor in FEW_SIZES:
        with contextlib.suppress(RecognitionError):
            looks.append((model.em_px * factor, model.look(picture.at_size(model.em_px * factor))))
    em_px, glance = max(looks, key=lambda look: _clearness(look[1]))
    return em_px, glance, parting(glance.signs)


def _clearness(glance: Glance) -> float:
    """How sure the least sure of the signs is."""
    return min((sign.chance * sign.share for sign in glance.signs), default=0.0)


def _alternatives(reading: Reading) -> tuple[Alternative, ...]:
    """The other answers as a person would write them, without those that come out the same."""
    told = {_printed(reading.words)}
    found = []
    for other in reading.others:
        markup = _printed(other.words)
        if markup not in told:
            told.add(markup)
            found.append(Alternative(markup, other.confidence))
    return tuple(found)


def _printed(words: tuple[str, ...]) -> str:
    try:
        return print_latex(" ".join(words))
    except NotMathematicsError as error:  # the syntax lets nothing through that cannot be read
        raise RecognitionError(tr("The built-in recogniser cannot read this picture."), HELP) from error
