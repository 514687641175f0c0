"""The model of the embedded recogniser: three graphs, and the writing of a formula token by token.

`packaging/model/export/graphs.py` says what the graphs take and give. onnxruntime and numpy take a quarter
of a second to load, so they are imported where the first model is made, in a worker thread.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from writetex_desktop.adapters.recogniser.glance import Glance
from writetex_desktop.adapters.recogniser.sessions import open_graph
from writetex_desktop.core.errors import InternalError, RecognitionError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.latex.next_token import END, FormulaSyntax
from writetex_desktop.core.latex.printed_signs import printed_signs
from writetex_desktop.core.pictures.parting.signs import Sign, seen_twice

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from writetex_desktop.adapters.recogniser.picture import ModelPicture

HELP = mark("Snip one printed formula, or use an endpoint for this picture.")
"""What to do about a picture that cannot be read."""

LONGEST = 220
"""Tokens after which an answer is cut off."""

BEAMS = 4
"""How many beginnings of a doubtful formula are followed at once."""

MOST_WRONG_SIZE = 1.7
"""Factor by which the size may turn out to be other than was thought; what says more is no text."""

UNLIKE = 0.75
"""How many times e less likely an answer is for each sign by which it differs from those that were seen. The
reader skips one of a row of like signs without a doubt; of answers that it is sure of and that differ by no
sign hardly one in a hundred is wrong, of those that differ one in three."""

AMBIGUOUS = ("-", "'")
"""Tokens whose signs cannot be counted: a minus looks like a short rule, several primes may be one sign."""

_START = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """Signs as the reader wants them.

    Attributes:
        memory: Keys and values of the signs.
        signs: How many there are of each that `FormulaModel` can count.
    """

    memory: NDArray[np.float32]
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model read at one size.

    Attributes:
        words: Tokens, well formed.
        confidence: Probability that the model gives to exactly these, less where the picture has other signs.
        complete: Whether it ended by itself.
    """

    words: tuple[str, ...]
    confidence: float
    complete: bool

    @property
    def sureness(self) -> float:
        """The geometric mean of the tokens' probabilities."""
        return float(self.confidence ** (1 / (len(self.words) + 1)))


class FormulaModel:
    """The three graphs and what their numbers mean.

    Args:
        folder: Where they lie.

    Raises:
        InternalError: They are missing or broken.
    """

    def __init__(self, folder: Path) -> None:
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        self._np = np
        try:
            about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InternalError(
                tr("The built-in recogniser is missing."), tr("Install the program anew.")
            ) from error
        self._detector, self._reader, self._step = (
            open_graph(folder / name) for name in ("detector.onnx", "reader.onnx", "step.onnx")
        )
        self.name: str = about["name"]
        self.em_px: float = about["em_px"]
        power, factor = about.get("trust", (1.0, 1.0))
        self.trust: tuple[float, float] = power, factor
        self._words: list[str] = about["words"]
        self._classes: list[str] = about["classes"]
        self._numbers = {name: number for number, name in enumerate(self._classes)}
        self._heights = np.array(about["heights"], np.float32)
        self._bases = np.array(about["bases"], np.int64)
        classes = set(self._classes)
        self._countable = [
            (place, word)
            for place, word in enumerate(self._words)
            if word in classes and word not in AMBIGUOUS and not word.endswith("{")
        ]
        self._shape = (2 * about["layers"], 1, about["heads"], 0, about["head_width"])

    def look(self, picture: ModelPicture) -> Glance:
        """See the signs of a picture."""
        np = self._np
        ink = np.frombuffer(picture.ink, np.uint8).reshape(1, 1, picture.height, picture.width)
        classes, shares, boxes, chances = self._detector.run(None, {"ink": ink.astype(np.float32) / 255})
        signs = tuple(
            Sign(self._classes[kinds[0]], box[0], box[1], box[2], box[3], likely[0], chance)
            for kinds, box, likely, chance in zip(
                classes.tolist(), boxes.tolist(), shares.tolist(), chances.tolist(), strict=True
            )
        )
        glance = Glance(classes, shares, boxes, signs)
        doubles = seen_twice(signs)
        return (
            glance.kept([place for place in range(len(signs)) if place not in doubles]) if doubles else glance
        )

    def named(self, glance: Glance, names: Mapping[int, str]) -> Glance:
        """A glance at signs of which some are known for certain.

        Args:
            glance: What was seen.
            names: The class of some signs by their place; one that the model does not know is passed over.
        """
        np = self._np
        classes, shares, signs = glance.classes.copy(), glance.shares.copy(), list(glance.signs)
        for place, name in names.items():
            if name in self._numbers:
                classes[place, 0] = self._numbers[name]
                shares[place] = np.eye(1, shares.shape[1], dtype=shares.dtype)[0]
                signs[place] = replace(signs[place], name=name, share=1.0, chance=1.0)
        return Glance(classes, shares, glance.boxes, tuple(signs))

    def likely(self, glance: Glance, place: int) -> list[tuple[str, float]]:
        """The likeliest classes of one sign with their probabilities."""
        numbers, shares = glance.classes[place].tolist(), glance.shares[place].tolist()
        return [(self._classes[number], share) for number, share in zip(numbers, shares, strict=True)]

    def rearranged(self, glance: Glance, numbers: Sequence[int | None], signs: Sequence[Sign]) -> Glance:
        """Signs of a glance elsewhere, or larger, and letters among them that nobody saw.

        Args:
            glance: What was seen.
            numbers: Which of its signs each is; None for a letter.
            signs: Where each stands, and which letter it is.
        """
        np = self._np
        rows = [0 if number is None else number for number in numbers]
        classes, shares = glance.classes[rows].copy(), glance.shares[rows].copy()
        for place, (number, sign) in enumerate(zip(numbers, signs, strict=True)):
            if number is None:
                classes[place, 0] = self._numbers[sign.name]
                shares[place] = np.eye(1, shares.shape[1], dtype=shares.dtype)[0]
        boxes = np.array([(sign.left, sign.top, sign.right, sign.bottom) for sign in signs], np.float32)
        return Glance(classes, shares, boxes, tuple(signs))

    def size(self, glance: Glance, chosen: Sequence[int]) -> float:
        """How large the text of some signs is, over the size at which the model reads best.

        Less than half of a formula's signs may be of full size, and the largest of them is an exception: one
        in five is larger for its class. What grows with what it holds is never larger than all else: round a
        matrix of few signs it would be what tells the size.
        """
        rows = list(chosen)
        heights = glance.boxes[rows, 3] - glance.boxes[rows, 1]
        ratios = heights / self._heights[glance.classes[rows, 0]]
        size = float(self._np.sort(ratios)[len(ratios) * 4 // 5])
        firm = [place for place, number in enumerate(rows) if not glance.signs[number].grows]
        if firm:
            size = min(size, float(ratios[firm].max()))
        return min(MOST_WRONG_SIZE, max(1 / MOST_WRONG_SIZE, size))

    def sizes(self, glance: Glance) -> list[float]:
        """How tall each sign is over one of its class at full size."""
        heights = glance.boxes[:, 3] - glance.boxes[:, 1]
        sizes: list[float] = (heights / self._heights[glance.classes[:, 0]]).tolist()
        return sizes

    def understand(self, glance: Glance, chosen: Sequence[int]) -> Seen:
        """What some signs mean together.

        Args:
            glance: All that were seen.
            chosen: The numbers of those to be read, at least one, from left to right.
        """
        np, rows = self._np, list(chosen)
        classes, shares, boxes = glance.classes[rows], glance.shares[rows], glance.boxes[rows]
        boxes = boxes - np.tile(boxes[:, :2].min(0), 2)
        (memory,) = self._reader.run(None, {"classes": classes, "shares": shares, "boxes": boxes})
        counts = np.bincount(
            self._bases[classes].ravel(), shares.ravel().astype(np.float64), len(self._words)
        )
        return Seen(memory, {word: float(counts[place]) for place, word in self._countable})

    def read(self, seen: Seen, deadline: float, cancelled: threading.Event, beams: int = 1) -> list[Answer]:
        """Write the formula from left to right, following the `beams` likeliest beginnings.

        Only tokens that `FormulaSyntax` allows are taken, so that every answer can be read. Beginnings are
        chosen by what the model says of their tokens, whole answers by their confidence.

        Args:
            seen: The signs.
            deadline: When to stop, on the clock of `time.thread_time`.
            cancelled: Set when nobody waits any more.
            beams: How many beginnings.

        Returns:
            The answers that came to an end, the surest first; one that was cut off where none did.
        """
        np, memory = self._np, seen.memory
        past = np.zeros(self._shape, np.float32)
        followed = [_Beam((), FormulaSyntax(), 0.0)]
        finished: list[Answer] = []
        least = 0.0
        place = 0
        while place < LONGEST and time.thread_time() < deadline and not cancelled.is_set():
            tokens = np.array([beam.last for beam in followed], np.int64)
            scores, past = self._step.run(
                None, {"token": tokens, "place": np.array([place], np.int64), "past": past, "memory": memory}
            )
            place += 1
            found = [
                (beam.score + score, number, token)
                for number, beam in enumerate(followed)
                for token, score in self._likely(scores[number], beam.syntax, beams)
            ]
            found.sort(reverse=True)
            parents: list[int] = []
            grown: list[_Beam] = []
            for score, number, token in found:
                if finished and math.exp(score) <= least:
                    break
                if self._words[token] == END:
                    finished.append(_answer(followed[number].words, score, seen, complete=True))
                    least = max(least, finished[-1].confidence)
                elif len(grown) < beams:
                    parents.append(number)
                    grown.append(followed[number].then(self._words[token], token, score))
            if finished and (not grown or math.exp(grown[0].score) <= least):
                break
            followed, past = grown, past[:, parents]
            if _goes_round(followed[0].words):
                break
        if finished:
            return sorted(finished, key=lambda answer: -answer.confidence)
        best = followed[0]
        if not best.words:
            raise RecognitionError(
                tr("The built-in recogniser had no time for this picture."), tr_marked(HELP)
            )
        return [_answer((*best.words, *best.syntax.closing()), best.score, seen, complete=False)]

    def _likely(self, row: NDArray[np.float32], syntax: FormulaSyntax, count: int) -> list[tuple[int, float]]:
        """The likeliest tokens that may come, with the logarithm of their probability."""
        np = self._np
        logarithms = row - row.max()
        logarithms -= np.log(np.exp(logarithms).sum())
        likely: list[tuple[int, float]] = []
        for token in np.argsort(-logarithms).tolist():
            if syntax.allows(self._words[token]):
                likely.append((token, float(logarithms[token])))
                if len(likely) == count:
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


def _answer(words: tuple[str, ...], score: float, seen: Seen, *, complete: bool) -> Answer:
    return Answer(words, math.exp(score - UNLIKE * _difference(words, seen)), complete)


def _difference(words: tuple[str, ...], seen: Seen) -> float:
    """By how many signs it differs from those seen; one that was read as another counts two thirds."""
    read = printed_signs(words)
    missed = [count - read[sign] for sign, count in seen.signs.items()]
    return (2 * abs(sum(missed)) + sum(map(abs, missed))) / 3


def _goes_round(words: tuple[str, ...]) -> bool:
    """Whether the last tokens say the same thing again and again, as a model does that has lost its place."""
    return any(
        len(words) >= times * period and words[-period * times :] == words[-period:] * times
        for period, times in ((1, 12), (2, 8), (3, 6), (4, 6), (6, 5), (8, 4))
    )
