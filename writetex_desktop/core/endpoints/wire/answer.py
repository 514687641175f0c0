"""A chat completion as it comes in, chunk by chunk: from plain JSON values to what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble, refused_by_filter
from writetex_desktop.core.markup import is_repeating
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    Mode,
    ReasoningDelta,
    TextDelta,
    Usage,
)

REASONING_KEYS = ("reasoning_content", "reasoning")
"""Where servers put the model's thoughts beside the answer."""

OUTPUT_CAPS: dict[Mode, int] = {
    Mode.FORMULA: 4_000,
    Mode.TEXT: 16_000,
    Mode.TABLE: 16_000,
    Mode.TIKZ: 16_000,
    Mode.CHEMISTRY: 4_000,
    Mode.HANDWRITING: 4_000,
}
"""Characters after which an answer is surely no transcription; the largest real formulas have about 2,000."""


class Finish(StrEnum):
    """Why an answer ended, in the protocol's words; the empty one means that it was not said."""

    UNSAID = ""
    STOP = "stop"
    LENGTH = "length"
    FILTER = "content_filter"
    ERROR = "error"


_MOST_TOKENS = 10_000_000
"""More than any model can take; a larger number is a fault of the server."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one chunk holds.

    Attributes:
        text: The next piece of the answer.
        reasoning: Characters of thought that are no part of it.
        refusal: Whether the model says that it will not answer.
        finish: Why the answer is over; `UNSAID` while it goes on.
        usage: Tokens so far.
        is_error: Whether it is no chunk but an error.
    """

    text: str = ""
    reasoning: int = 0
    refusal: bool = False
    finish: Finish = Finish.UNSAID
    usage: Usage | None = None
    is_error: bool = False


def read_piece(value: object) -> Piece:
    """Read a chunk of a stream, or a completion that came in place of one.

    Nothing is taken for granted: `choices`, `delta` and `content` may be missing or null, and `content`
    may be a list of parts.
    """
    if not isinstance(value, dict):
        return Piece(is_error=value is not None)
    if _tells_of_error(value):
        return Piece(is_error=True)
    usage = _usage(value.get("usage"))
    choices = value.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return Piece(usage=usage)
    choice = choices[0]
    holder = choice.get("delta") or choice.get("message")
    finish = _finish(choice.get("finish_reason"))
    if not isinstance(holder, dict):
        return Piece(finish=finish, usage=usage)
    text, thought = _content(holder.get("content"))
    thoughts = (holder.get(key) for key in REASONING_KEYS)
    reasoning = thought or next((len(each) for each in thoughts if isinstance(each, str) and each), 0)
    return Piece(text, reasoning, bool(holder.get("refusal")), finish, usage)


def _tells_of_error(value: Mapping[str, object]) -> bool:
    if value.get("error"):
        return True
    # `event: error` of some gateways brings {"message": ...} or {"code": ...} without an `error` key.
    told = any(value.get(key) for key in ("message", "msg", "detail", "base_resp"))
    return "choices" not in value and "usage" not in value and told


def _finish(value: object) -> Finish:
    if not isinstance(value, str) or not value:
        return Finish.UNSAID
    try:
        return Finish(value.lower())
    except ValueError:
        return Finish.STOP  # `eos`, `end_turn` and other servers' words for an answer that ended by itself


def _content(value: object) -> tuple[str, int]:
    """Give the text of a content, and the characters of thought among its parts."""
    if isinstance(value, str):
        return value, 0
    if not isinstance(value, list):
        return "", 0
    text = ""
    thought = 0
    for part in value:
        if isinstance(part, str):
            text += part
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            text += part["text"]
        elif isinstance(part, dict) and "thinking" in part:
            inner = part["thinking"]
            thought += len(_content(inner)[0])
    return text, thought


def _usage(value: object) -> Usage | None:
    if not isinstance(value, dict):
        return None
    prompt, completion = _count(value.get("prompt_tokens")), _count(value.get("completion_tokens"))
    if prompt is None or completion is None:
        return None
    details = value.get("completion_tokens_details")
    reasoning = _count(details.get("reasoning_tokens")) if isinstance(details, dict) else None
    return Usage(prompt, completion, reasoning or 0)


def _count(value: object) -> int | None:
    """Give a count of tokens; nothing where the server says what no count can be."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None


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
        self._finish = piece.finish or self._finish
        self._refusal = self._refusal or piece.refusal
        deltas: list[TextDelta | ReasoningDelta] = []
        if piece.reasoning:
            deltas.append(ReasoningDelta(piece.reasoning))
        if piece.text:
            # One character beyond the cap tells that there is more; a chunk may hold megabytes.
            text = piece.text[: self._cap + 1 - len(self.text)]
            self.text += text
            deltas.append(TextDelta(text))
            if is_repeating(self.text):
                self._stopped_because = "The model began to repeat itself and was stopped."
            elif len(self.text) > self._cap:
                self._stopped_because = "The answer grew too long to be a transcription and was stopped."
        self.began = self.began or bool(deltas)
        return tuple(deltas)

    def check_end(self, base_url: str) -> None:
        """See whether what has come, and the way in which it ended, is an answer at all.

        Args:
            base_url: Whom we asked.

        Raises:
            EndpointError: The model or a filter refused, or nothing came.
        """
        if not self.text and (self._refusal or self._finish is Finish.FILTER):
            raise refused_by_filter(base_url)
        if not self.text and self._finish in (Finish.UNSAID, Finish.ERROR):
            raise explain_trouble(Trouble.CUT if self.began or self._finish else Trouble.GARBLED, base_url)

    def completed(self, model: str) -> Completed:
        """Give the end of the answer: whether it is whole and what the user should know of it.

        Args:
            model: Model ID that was asked for.
        """
        warning = self._stopped_because or _WARNINGS.get(self._finish, "")
        return Completed(
            engine=Engine.ENDPOINT,
            model=model,
            usage=self.usage,
            complete=not warning,
            warnings=(warning,) if warning else (),
        )


_WARNINGS: dict[Finish, str] = {
    Finish.UNSAID: "The answer stopped without an end and may be incomplete.",
    Finish.LENGTH: "The answer hit the model's length limit and is incomplete.",
    Finish.FILTER: "A content filter cut the answer off.",
    Finish.ERROR: "The server failed in the middle of the answer; it is incomplete.",
}
