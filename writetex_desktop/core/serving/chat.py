"""Chat completions as OpenAI's API has them: a request with a picture in, an answer or its pieces out.

Source: https://platform.openai.com/docs/api-reference/chat.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode, Usage
from writetex_desktop.core.serving.refusals import Refusal
from writetex_desktop.core.serving.wishes import ReadWish, choice_field, flag_field, picture_of, text_field

MOST_PICTURES: Final = 8
MOST_HINT: Final = 4000

_PIECE: Final = 24
"""Characters of a piece of the stream."""


@dataclass(frozen=True, slots=True)
class ChatWish:
    """Pictures to be read, one after the other.

    Attributes:
        wishes: One for each picture.
        model: The name that was asked for.
        streams: Whether the answer comes in pieces.
        tells_usage: Whether the last piece tells the tokens.
    """

    wishes: tuple[ReadWish, ...]
    model: str
    streams: bool = False
    tells_usage: bool = False


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What was read.

    Attributes:
        id: Names the answer.
        created: When, in seconds since 1970 UTC.
        model: The name that was asked for.
        text: The results, with an empty line between them.
        is_whole: Whether every answer ended by itself.
        usage: Tokens, when they are known.
        records: What `recognize --json` says of each picture.
    """

    id: str
    created: int
    model: str
    text: str = field(repr=False)
    is_whole: bool
    usage: Usage | None
    records: tuple[Mapping[str, object], ...] = field(repr=False)


def chat_wish(fields: Mapping[str, Any]) -> ChatWish:
    """Read the body of `POST /v1/chat/completions`.

    The pictures of the last message that has any are read. The texts of that message and of the system go
    along as a hint. `mode` and `format` are ours; parameters of sampling are ignored.

    Raises:
        Refusal: There is no picture, or a field is wrong.
    """
    messages = fields.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Refusal(
            tr("There are no messages."),
            tr("Send a list “messages” with a picture in it."),
            param="messages",
        )
    if fields.get("n") not in (None, 1):
        raise Refusal(tr("A picture is read once in a request."), tr("Leave out “n”."), param="n")
    with_picture = next((each for each in reversed(messages) if _pictures(each)), None)
    if with_picture is None:
        raise Refusal(
            tr("There is no picture in the messages."),
            tr("Add one as a part of the type image_url, with a data URL; this program reads pictures."),
            param="messages",
            code="no_picture",
        )
    pictures = _pictures(with_picture)
    if len(pictures) > MOST_PICTURES:
        raise Refusal(
            tr("These are too many pictures."), tr("Send at most 8 in a request."), param="messages"
        )
    said = [
        _text(each) for each in messages if _role(each) in {"system", "developer"} or each is with_picture
    ]
    model = text_field(fields, "model")
    mode = choice_field(fields, "mode", Mode)
    form = choice_field(fields, "format", OutputFormat) or OutputFormat.RAW
    hint = "\n".join(filter(None, said))[:MOST_HINT]
    options = fields.get("stream_options")
    return ChatWish(
        tuple(ReadWish(picture_of(each, "messages"), "", mode, form, model, hint) for each in pictures),
        model,
        flag_field(fields, "stream"),
        isinstance(options, dict) and flag_field(options, "include_usage"),
    )


def whole_answer(answer: ChatAnswer) -> dict[str, object]:
    """Give the body of an answer that comes at once; `writetex` in it is ours."""
    return {
        "id": answer.id,
        "object": "chat.completion",
        "created": answer.created,
        "model": answer.model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": answer.text, "refusal": None},
                "logprobs": None,
                "finish_reason": _reason(answer),
            }
        ],
        "usage": _usage(answer.usage),
        "writetex": list(answer.records),
    }


def first_piece(answer_id: str, created: int, model: str) -> dict[str, object]:
    """Give the first piece of a stream, which comes before anything is read."""
    return _piece(answer_id, created, model, {"role": "assistant", "content": ""}, None)


def pieces(answer: ChatAnswer, *, tells_usage: bool) -> Iterator[dict[str, object]]:
    """Give the other pieces of a stream; the last one with a choice bears our `writetex`."""
    for start in range(0, len(answer.text), _PIECE):
        delta = {"content": answer.text[start : start + _PIECE]}
        yield _piece(answer.id, answer.created, answer.model, delta, None)
    end = _piece(answer.id, answer.created, answer.model, {}, _reason(answer))
    yield {**end, "writetex": list(answer.records)}
    if tells_usage:
        yield {**end, "choices": [], "usage": _usage(answer.usage)}


def added_usage(usages: Sequence[Usage | None]) -> Usage | None:
    """Add up tokens; None where they are not known of each."""
    known = [each for each in usages if each is not None]
    if len(known) < len(usages) or not known:
        return None
    return Usage(
        sum(each.prompt_tokens for each in known),
        sum(each.completion_tokens for each in known),
        sum(each.reasoning_tokens for each in known),
    )


def _piece(
    answer_id: str, created: int, model: str, delta: Mapping[str, str], reason: str | None
) -> dict[str, object]:
    choice = {"index": 0, "delta": dict(delta), "logprobs": None, "finish_reason": reason}
    return {
        "id": answer_id,
        "object": "chat.completion.chunk",
        "created": created,
        "model": model,
        "choices": [choice],
    }


def _reason(answer: ChatAnswer) -> str:
    return "stop" if answer.is_whole else "length"


def _usage(usage: Usage | None) -> dict[str, int]:
    """What the built-in recogniser reads takes no tokens."""
    known = usage or Usage(0, 0)
    return {
        "prompt_tokens": known.prompt_tokens,
        "completion_tokens": known.completion_tokens,
        "total_tokens": known.total_tokens,
    }


def _role(message: object) -> object:
    return message.get("role") if isinstance(message, dict) else None


def _parts(message: object) -> list[Mapping[str, Any]]:
    content = message.get("content") if isinstance(message, dict) else None
    return [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []


def _pictures(message: object) -> list[str]:
    """Give the addresses of the pictures in a message, also in the shape of OpenAI's newer API."""
    found: list[str] = []
    for part in _parts(message):
        match part:
            case {"type": "image_url", "image_url": {"url": str(url)}}:
                found.append(url)
            case {"type": "image_url" | "input_image", "image_url": str(url)}:
                found.append(url)
            case {"type": "image_url" | "input_image"}:
                raise Refusal(
                    tr("A picture in the messages has no address."),
                    tr("Put a data URL into image_url.url."),
                    param="messages",
                )
            case _:
                pass
    return found


def _text(message: object) -> str:
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(content, str):
        return content
    texts = (part.get("text") for part in _parts(message) if part.get("type") in {"text", "input_text"})
    return "\n".join(text for text in texts if isinstance(text, str))
