"""The embedded recogniser: a small model in `resources/model/`, run by onnxruntime on the processor.

Nothing here opens a socket. onnxruntime and numpy take a quarter of a second to load, so they are imported in
the worker thread that first needs them.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from writetex_desktop.adapters.formula_picture import FormulaPicture, ModelPicture
from writetex_desktop.core.errors import InternalError, RecognitionError
from writetex_desktop.core.formula_syntax import END, FormulaSyntax
from writetex_desktop.core.latex_parser import NotMathematicsError
from writetex_desktop.core.latex_printer import print_latex
from writetex_desktop.core.recognition import (
    DOUBTFUL,
    Completed,
    Engine,
    Mode,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

DEADLINE_S = 2.5
"""An answer that takes longer is cut off."""

LONGEST = 220
"""Tokens after which an answer is cut off."""

RETRIED = 0.9
"""Confidence below which other sizes are tried."""

HOPELESS = 0.6
"""Mean probability of a token below which the answer is no answer: a long formula that is mostly right is
hardly sure as a whole, but its tokens are."""

BEAMS = 1
"""How many beginnings of a formula are followed at once; four were measured and gave this model nothing."""

OTHER_SIZES = (0.82, 1.22)
"""The size of the text is estimated; these are tried when the answer at the estimate is doubtful."""

SIZE_SLACK = 0.08
"""Error of the size, as a logarithm, from which on the picture is drawn again before it is read."""

MOST_WRONG_SIZE = 1.7
"""Factor by which the size may turn out to be other than was thought; what says more is no text."""

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
_START = 1
_CHECK = "The built-in recogniser is not sure of this formula: check it against the picture."
_CUT = "The formula is longer than the built-in recogniser reads: what comes after is missing."
_HELP = "Snip one printed formula, or use an endpoint for this picture."


@dataclass(frozen=True, slots=True)
class _Seen:
    """The signs of a picture as the reader wants them.

    Attributes:
        memory: Keys and values of the signs.
        size: How large the text turned out to be, over the size that was thought.
    """

    memory: NDArray[np.float32]
    size: float


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the model read at one size.

    Attributes:
        words: Tokens, well formed.
        confidence: Probability that the model gives to exactly these.
        complete: Whether it ended by itself.
    """

    words: tuple[str, ...]
    confidence: float
    complete: bool

    @property
    def sureness(self) -> float:
        """The geometric mean of the tokens' probabilities."""
        return float(self.confidence ** (1 / (len(self.words) + 1)))


class OfflineRecognizer:
    """The `Recognizer` that needs no network; it reads formulas and nothing else.

    Args:
        folder: Where `encoder.onnx`, `step.onnx` and `model.json` lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model: _Model | None = None
        self._loading = threading.Lock()

    async def warm(self) -> None:
        """Load the model in a worker thread.

        Raises:
            InternalError: The model is missing or broken.
        """
        await asyncio.to_thread(self._load)

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        r"""See `Recognizer.recognize`.

        The answer comes in one piece: whether a bracket is `(` or `\\left(` depends on what follows it, and
        the whole takes a fraction of a second.
        """
        if request.mode is not Mode.FORMULA:
            raise RecognitionError(
                "The built-in recogniser reads single formulas only.",
                "Choose the mode Formula, or use an endpoint for this picture.",
            )
        cancelled = threading.Event()
        try:
            answer = await asyncio.to_thread(self._read, request, cancelled)
        finally:
            cancelled.set()
        if answer.sureness < HOPELESS:
            raise RecognitionError("The built-in recogniser cannot read this picture.", _HELP)
        yield TextDelta(_printed(answer.words))
        warnings: tuple[str, ...] = () if answer.complete else (_CUT,)
        if answer.confidence < DOUBTFUL:
            warnings += (_CHECK,)
        yield Completed(
            Engine.OFFLINE,
            self._load().name,
            complete=answer.complete,
            confidence=answer.confidence,
            warnings=warnings,
        )

    def _load(self) -> _Model:
        with self._loading:
            if self._model is None:
                self._model = _Model(self._folder)
            return self._model

    def _read(self, request: RecognitionRequest, cancelled: threading.Event) -> _Answer:
        """Read a picture at the size it seems to have, and at others while the answer is doubtful."""
        model = self._load()
        # What loading takes, once, on a busy machine, is not taken from the time to read.
        deadline = time.monotonic() + DEADLINE_S
        picture = FormulaPicture(request.plain_image)
        em_px = model.em_px
        seen = model.see(picture.at_size(em_px))
        if abs(math.log(seen.size)) > SIZE_SLACK:
            em_px /= seen.size
            seen = model.see(picture.at_size(em_px))
        best = model.read(seen, deadline, cancelled)
        for factor in OTHER_SIZES:
            if best.confidence >= RETRIED or time.monotonic() > deadline - DEADLINE_S / 2:
                break
            try:
                other = model.read(model.see(picture.at_size(em_px * factor)), deadline, cancelled)
            except RecognitionError:
                continue
            best = max(best, other, key=lambda answer: (answer.complete, answer.sureness))
        if picture.blocks > 1 and not any(word.startswith(_STACKING) for word in best.words):
            return replace(best, confidence=best.confidence * LINES_MISSED)
        return best


def _printed(words: tuple[str, ...]) -> str:
    try:
        return print_latex(" ".join(words))
    except NotMathematicsError as error:  # the syntax lets nothing through that cannot be read
        raise RecognitionError("The built-in recogniser cannot read this picture.", _HELP) from error


class _Model:
    """The two graphs and what their numbers mean.

    Args:
        folder: Where they lie.

    Raises:
        InternalError: They are missing or broken.
    """

    def __init__(self, folder: Path) -> None:
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        # It would report every model that it loads: docs/adr/0013-runtime-without-telemetry.md.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - see the module's docstring

        onnxruntime.disable_telemetry_events()
        self._np = np
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = (
            1  # the graphs are so small that a second thread costs more than it gives
        )
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        try:
            about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self._encoder, self._step = (
                onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
                for name in ("encoder.onnx", "step.onnx")
            )
        except Exception as error:  # onnxruntime's own exceptions have no common class
            raise InternalError("The built-in recogniser is missing.", "Install the program anew.") from error
        self.name: str = about["name"]
        self.em_px: float = about["em_px"]
        self._words: list[str] = about["words"]
        self._shape = (2 * about["layers"], 1, about["heads"], 0, about["head_width"])

    def see(self, picture: ModelPicture) -> _Seen:
        """See the signs of a picture."""
        np = self._np
        ink = np.frombuffer(picture.ink, np.uint8).reshape(1, 1, picture.height, picture.width)
        memory, size = self._encoder.run(None, {"ink": ink.astype(np.float32) / 255})
        return _Seen(memory, min(MOST_WRONG_SIZE, max(1 / MOST_WRONG_SIZE, float(size[0]))))

    def read(self, seen: _Seen, deadline: float, cancelled: threading.Event) -> _Answer:
        """Write the formula from left to right, following the few likeliest beginnings.

        Only tokens that `FormulaSyntax` allows are taken, so that every answer can be read.
        """
        np, memory = self._np, seen.memory
        past = np.zeros(self._shape, np.float32)
        beams = [_Beam((), FormulaSyntax(), 0.0)]
        done: _Beam | None = None
        place = 0
        while place < LONGEST and time.monotonic() < deadline and not cancelled.is_set():
            tokens = np.array([beam.last for beam in beams], np.int64)
            scores, past = self._step.run(
                None, {"token": tokens, "place": np.array([place], np.int64), "past": past, "memory": memory}
            )
            place += 1
            found = [
                (beam.score + score, number, token)
                for number, beam in enumerate(beams)
                for token, score in self._likely(scores[number], beam.syntax)
            ]
            found.sort(reverse=True)
            parents: list[int] = []
            grown: list[_Beam] = []
            for score, number, token in found:
                if done is not None and score <= done.score:
                    break
                if self._words[token] == END:
                    done = _Beam(beams[number].words, beams[number].syntax, score)
                elif len(grown) < BEAMS:
                    parents.append(number)
                    grown.append(beams[number].then(self._words[token], token, score))
            if done is not None and (not grown or grown[0].score <= done.score):
                return _Answer(done.words, math.exp(done.score), complete=True)
            beams, past = grown, past[:, parents]
            if _goes_round(beams[0].words):
                break
        best = beams[0]
        if not best.words:
            raise RecognitionError("The built-in recogniser had no time for this picture.", _HELP)
        return _Answer((*best.words, *best.syntax.closing()), math.exp(best.score), complete=False)

    def _likely(self, row: NDArray[np.float32], syntax: FormulaSyntax) -> list[tuple[int, float]]:
        """The likeliest tokens that may come, with the logarithm of their probability."""
        np = self._np
        logarithms = row - row.max()
        logarithms -= np.log(np.exp(logarithms).sum())
        likely: list[tuple[int, float]] = []
        for token in np.argsort(-logarithms).tolist():
            if syntax.allows(self._words[token]):
                likely.append((token, float(logarithms[token])))
                if len(likely) == BEAMS:
                    break
        return likely


@dataclass(frozen=True, slots=True)
class _Beam:
    """A beginning of the formula.

    Attributes:
        words: Its tokens.
        syntax: What may come.
        score: The logarithm of its probability.
        last: Number of its last token.
    """

    words: tuple[str, ...]
    syntax: FormulaSyntax
    score: float
    last: int = _START

    def then(self, word: str, token: int, score: float) -> _Beam:
        """The beginning that is one token longer."""
        syntax = self.syntax.copy()
        syntax.take(word)
        return _Beam((*self.words, word), syntax, score, token)


def _goes_round(words: tuple[str, ...]) -> bool:
    """Whether the last tokens say the same thing again and again, as a model does that has lost its place."""
    return any(
        len(words) >= times * period and words[-period * times :] == words[-period:] * times
        for period, times in ((1, 12), (2, 8), (3, 6), (4, 6), (6, 5), (8, 4))
    )
