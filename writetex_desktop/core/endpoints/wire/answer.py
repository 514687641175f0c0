"""A chat completion as it comes in, chunk by chunk: from plain JSON values to what they mean."""

import re

from writetex_desktop.core.endpoints.failures.trouble import (
    Trouble,
    explain_trouble,
    refused_by_filter,
    thoughts_alone,
)
from writetex_desktop.core.endpoints.wire.finish import Finish
from writetex_desktop.core.endpoints.wire.pieces import Piece
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.markup import is_repeating
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    Mode,
    ReasoningDelta,
    TextDelta,
    Usage,
)

OUTPUT_CAPS: dict[Mode, int] = {
    Mode.FORMULA: 4_000,
    Mode.TEXT: 16_000,
    Mode.TABLE: 16_000,
    Mode.TIKZ: 16_000,
    Mode.CHEMISTRY: 4_000,
    Mode.HANDWRITING: 4_000,
    Mode.AUTO: 16_000,
}
"""Characters after which an answer is surely no transcription; the largest real formulas have about 2,000."""


_MOST_THOUGHT = 64_000
"""Characters of thought that are kept, the last ones, for an answer that is nowhere else."""

_SET_APART = re.compile(r"```[a-z]*\s*(.+?)```|\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\boxed\{(.+)\}", re.DOTALL)
"""What a model sets apart in its thoughts when it has come to the answer."""


class AnswerReader:
    """Follows one answer from piece to piece.

    Args:
        mode: What was asked for; decides how long an answer may be.
    """

    def __init__(self, mode: Mode) -> None:
        self._cap = OUTPUT_CAPS[mode]
        self._finish = Finish.UNSAID
        self._refusal = False
        self._stopped_because = ""
        self._index: int | None = None
        self._thought = ""
        self._is_thought = False
        self.text = ""
        self.began = False
        """Whether anything has arrived, be it text or thought."""
        self.usage: Usage | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing of use can come any more, so that the stream is better left."""
        return bool(self._stopped_because)

    @property
    def is_ended(self) -> bool:
        """Whether the model has said that the answer is over."""
        return self._finish not in (Finish.UNSAID, Finish.ERROR)

    def take(self, piece: Piece) -> tuple[TextDelta | ReasoningDelta, ...]:
        """Take the next piece and give what it means to those who wait."""
        self.usage = piece.usage or self.usage
        if not self._is_of_ours(piece):
            return ()
        self._finish = piece.finish or self._finish
        if piece.is_whole and piece.text and not piece.finish:
            self._finish = Finish.STOP
        self._refusal = self._refusal or piece.refusal
        deltas: list[TextDelta | ReasoningDelta] = []
        if piece.reasoning:
            deltas.append(ReasoningDelta(len(piece.reasoning)))
            if not self.text:
                self._thought = (self._thought + piece.reasoning)[-_MOST_THOUGHT:]
        if piece.text and not (piece.is_whole and self.text):
            # One character beyond the cap tells that there is more; a chunk may hold megabytes.
            text = piece.text[: self._cap + 1 - len(self.text)]
            self.text += text
            deltas.append(TextDelta(text))
            if is_repeating(self.text):
                self._stopped_because = tr("The model began to repeat itself and was stopped.")
            elif len(self.text) > self._cap:
                self._stopped_because = tr("The answer grew too long to be a transcription and was stopped.")
        self.began = self.began or bool(deltas)
        return tuple(deltas)

    def take_end(self) -> None:
        """Take note that the server has said that nothing more comes, without saying why."""
        if self.text and self._finish is Finish.UNSAID:
            self._finish = Finish.STOP

    def check_end(self, base_url: str, model: str) -> tuple[TextDelta, ...]:
        """See whether what has come, and the way in which it ended, is an answer at all.

        Args:
            base_url: Whom we asked.
            model: Model ID that was asked for.

        Returns:
            The answer, where it stood among the thoughts alone.

        Raises:
            EndpointError: The model or a filter refused, it only thought, or nothing came.
        """
        if self.text:
            return ()
        if self._refusal or self._finish in (Finish.FILTER, Finish.REFUSAL):
            raise refused_by_filter(base_url)
        if self._finish in (Finish.UNSAID, Finish.ERROR):
            raise explain_trouble(Trouble.CUT if self.began or self._finish else Trouble.GARBLED, base_url)
        if self._finish is Finish.STOP and self._thought.strip():
            self.text = _answer_in(self._thought)[: self._cap]
            self._is_thought = True
            return (TextDelta(self.text),)
        has_thought = self.usage is not None and self.usage.reasoning_tokens > 0
        if self._thought or has_thought or self._finish is Finish.LENGTH:
            raise thoughts_alone(model)
        return ()

    def completed(self, model: str) -> Completed:
        """Give the end of the answer: whether it is whole and what the user should know of it.

        Args:
            model: Model ID that was asked for.
        """
        if self._is_thought:
            return Completed(Engine.ENDPOINT, model, self.usage, warnings=(tr_marked(_FROM_THOUGHTS),))
        warning = self._stopped_because or tr_marked(_WARNINGS.get(self._finish, ""))
        return Completed(
            engine=Engine.ENDPOINT,
            model=model,
            usage=self.usage,
            complete=not warning,
            warnings=(warning,) if warning else (),
        )

    def _is_of_ours(self, piece: Piece) -> bool:
        """Say whether a piece belongs to the answer that is followed: the first of several."""
        if self._index is None and (piece.text or piece.reasoning):
            self._index = piece.index
        return piece.index == (self._index or 0)


def _answer_in(thought: str) -> str:
    """Give what a model set apart last in its thoughts, else all of them."""
    found = [next(filter(None, each), "") for each in _SET_APART.findall(thought)]
    return (found[-1] if found else thought).strip()


_FROM_THOUGHTS = mark("The model gave its answer only among its thoughts; compare it with the picture.")

_WARNINGS: dict[Finish, str] = {
    Finish.UNSAID: mark("The answer stopped without an end and may be incomplete."),
    Finish.LENGTH: mark("The answer hit the model's length limit and is incomplete."),
    Finish.FILTER: mark("A content filter cut the answer off."),
    Finish.REFUSAL: mark("The model broke its answer off."),
    Finish.ERROR: mark("The server failed in the middle of the answer; it is incomplete."),
}
