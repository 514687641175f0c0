"""One chunk of a chat completion: from a plain JSON value to what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from writetex_desktop.core.endpoints.wire.finish import Finish, read_finish
from writetex_desktop.core.reading.recognition import Usage

REASONING_KEYS = ("reasoning_content", "reasoning", "thinking", "thought")
"""Where servers put the model's thoughts beside the answer."""

_WRAPPINGS = ("data", "result", "response", "output", "completion", "chunk")
"""Where gateways hide a completion inside an object of their own."""

_ANSWERS = frozenset(("choices", "candidates"))

_MOST_TOKENS = 10_000_000
"""More than any model can take; a larger number is a fault of the server."""

_DEEPEST = 8
"""How far parts of a content are nested at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one chunk holds.

    Attributes:
        text: The next piece of the answer.
        reasoning: The next piece of thought, which is no part of it.
        refusal: Whether the model says that it will not answer.
        finish: Why the answer is over; `UNSAID` while it goes on.
        usage: Tokens so far.
        is_error: Whether it is no chunk but an error.
        index: Which of several answers it belongs to.
        is_whole: Whether it is all of the answer, which may have come in pieces before.
    """

    text: str = ""
    reasoning: str = ""
    refusal: bool = False
    finish: Finish = Finish.UNSAID
    usage: Usage | None = None
    is_error: bool = False
    index: int = 0
    is_whole: bool = False


def read_piece(value: object) -> Piece:
    """Read a chunk of a stream, or a completion that came in place of one.

    Nothing is taken for granted: `choices`, `delta` and `content` may be missing or null, and `content`
    may be a text, a part, or a list of parts. Also read are the older `choices[].text`, the native forms of
    Gemini (`candidates`) and Ollama (`message`), and completions inside an object of a gateway.
    """
    if not isinstance(value, dict):
        return Piece(is_error=value is not None)
    value = _unwrapped(value)
    if _tells_of_error(value):
        return Piece(is_error=True)
    usage = _usage(value.get("usage", value.get("usageMetadata")))
    choice = _choice(value)
    if choice is None:
        return Piece(usage=usage)
    finish = read_finish(
        next((choice[key] for key in ("finish_reason", "finishReason", "done_reason") if choice.get(key)), "")
    )
    index = choice.get("index")
    at = index if isinstance(index, int) else 0
    holder = choice.get("delta") or choice.get("message") or choice
    if not isinstance(holder, dict):
        return Piece(finish=finish, usage=usage, index=at)
    content = next((holder[key] for key in ("content", "text") if holder.get(key)), None)
    text, thought = _content(content)
    thoughts = (holder.get(key) for key in REASONING_KEYS)
    reasoning = thought or next((each for each in thoughts if isinstance(each, str) and each), "")
    is_whole = (
        not choice.get("delta") and isinstance(choice.get("message"), dict) and "finish_reason" in choice
    )
    return Piece(text, reasoning, bool(holder.get("refusal")), finish, usage, index=at, is_whole=is_whole)


def _unwrapped(value: dict[str, object]) -> dict[str, object]:
    """Give the completion inside an object of a gateway; the value itself where it is one."""
    for key in _WRAPPINGS:
        inner = value.get(key)
        if "choices" not in value and isinstance(inner, dict) and _ANSWERS & inner.keys():
            return inner
    return value


def _choice(value: Mapping[str, object]) -> Mapping[str, object] | None:
    """Give the first answer of a chunk: of several, that with the lowest number."""
    for key in ("choices", "candidates"):
        choices = value.get(key)
        if isinstance(choices, list):
            dicts = [each for each in choices if isinstance(each, dict)]
            return min(dicts, key=_index, default=None)
    if isinstance(value.get("message"), dict):  # Ollama's own form
        return value
    return None


def _index(choice: Mapping[str, object]) -> int:
    index = choice.get("index")
    return index if isinstance(index, int) else 0


def _tells_of_error(value: Mapping[str, object]) -> bool:
    if value.get("error"):
        return True
    # `event: error` of some gateways brings {"message": ...} or {"code": ...} without an `error` key.
    told = any(isinstance(value.get(key), str) and value[key] for key in ("message", "msg", "detail"))
    told = told or bool(value.get("detail")) or isinstance(value.get("base_resp"), dict)
    answers = any(key in value for key in ("choices", "usage", "candidates"))
    return told and not answers


def _content(value: object, depth: int = 0) -> tuple[str, str]:
    """Give the text of a content, and the thought among its parts."""
    if isinstance(value, str):
        return value, ""
    if isinstance(value, dict):
        if isinstance(value.get("parts"), list):
            return _content(value["parts"], depth + 1)
        value = [value]
    if not isinstance(value, list) or depth > _DEEPEST:
        return "", ""
    text = thought = ""
    for part in value:
        if isinstance(part, str):
            text += part
        elif isinstance(part, dict) and "thinking" in part:
            thought += _content(part["thinking"], depth + 1)[0]
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            if part.get("thought") is True or part.get("type") in ("reasoning", "thinking"):
                thought += part["text"]
            else:
                text += part["text"]
    return text, thought


def _usage(value: object) -> Usage | None:
    if not isinstance(value, dict):
        return None
    prompt = _first_count(value, "prompt_tokens", "input_tokens", "promptTokenCount")
    completion = _first_count(value, "completion_tokens", "output_tokens", "candidatesTokenCount")
    if prompt is None or completion is None:
        return None
    details = value.get("completion_tokens_details", value.get("output_tokens_details"))
    reasoning = _count(details.get("reasoning_tokens")) if isinstance(details, dict) else None
    return Usage(prompt, completion, reasoning or 0)


def _first_count(value: Mapping[str, object], *names: str) -> int | None:
    return next((_count(value[name]) for name in names if name in value), None)


def _count(value: object) -> int | None:
    """Give a count of tokens; nothing where the server says what no count can be."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None
