"""The body of a request to `{base_url}/chat/completions`, as small as it can be.

Every parameter more is one that some server refuses, so there is no temperature, token limit or `detail` but
where the catalogue or the model's own page asks for it; see
https://platform.openai.com/docs/api-reference/chat/create for what each means.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping

from writetex_desktop.core.endpoints.prompt import PromptPlan, plan_for
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest

ORDINARY_FIELDS = frozenset(("model", "messages", "stream", "stream_options"))
"""The fields of every request; those beyond them are wishes that a server may refuse."""

_TOKEN_LIMITS = frozenset(("max_tokens", "max_completion_tokens"))
SAMPLING_FIELDS = frozenset(("temperature", "top_p", "top_k", "repetition_penalty", "presence_penalty"))
"""What steers how a model picks its words."""

MakeBody = Callable[[str, RecognitionRequest, WireRules], dict[str, object]]
"""Makes the body that asks a model for a recognition, as `reading_request` does."""

_SAMPLING = frozenset(("temperature", "top_p", "top_k"))


def chat_request(
    model: str, plan: PromptPlan, image: EncodedImage, rules: WireRules = ORDINARY_WIRE
) -> dict[str, object]:
    """Make the body that asks a model to read a picture.

    The picture comes before the words, as several model families ask for, and in a data URL, which is the one
    form that every server takes.

    Args:
        model: Model ID, sent verbatim.
        plan: What is said beside the picture.
        image: The picture.
        rules: What is known of the server and the model. A model made for reading does not think, so nothing
            is sent to keep it from that.
    """
    data_url = f"data:{image.media_type};base64,{b64encode(image.data).decode('ascii')}"
    picture = {"url": data_url, "detail": rules.image_detail} if rules.image_detail else {"url": data_url}
    content: list[dict[str, object]] = [{"type": "image_url", "image_url": picture}]
    if plan.text is not None:
        content.append({"type": "text", "text": plan.text})
    messages: list[dict[str, object]] = [{"role": "user", "content": content}]
    if plan.system is not None:
        messages.insert(0, {"role": "system", "content": plan.system})
    return {
        "model": model,
        "messages": messages,
        "stream": True,
        "stream_options": {"include_usage": True},
        **({} if plan.is_for_reader else rules.model.thinking_off),
        **_wishes(plan.extra, rules),
        **({rules.model.token_limit: rules.most_tokens} if rules.most_tokens else {}),
    }


def reading_request(
    model: str, request: RecognitionRequest, rules: WireRules = ORDINARY_WIRE
) -> dict[str, object]:
    """Make the body that asks a model for a recognition, with the words for it; see `chat_request`."""
    plan = plan_for(model, request.mode, request.hint, request.guidance)
    return chat_request(model, plan, request.image, rules)


def without_picture(request: Mapping[str, object]) -> dict[str, object]:
    """Give the request with a few words in place of picture and prompt, all else as it was.

    It shows whether the model answers at all; the words are plain text, which every server takes.
    """
    return {**request, "messages": [{"role": "user", "content": "Answer with the word yes."}]}


def with_picture_as_string(request: Mapping[str, object]) -> dict[str, object]:
    """Give the request with `image_url` as the URL itself, as some servers have it."""

    def changed(part: object) -> object:
        match part:
            case {"type": "image_url", "image_url": {"url": str(url)}}:
                return {"type": "image_url", "image_url": url}
            case _:
                return part

    return _with_parts(request, lambda parts: [changed(part) for part in parts])


def with_words_apart(request: Mapping[str, object]) -> dict[str, object]:
    """Give the request with its words as a system message of plain text, and the picture alone."""
    words: list[str] = []

    def pictures(parts: list[object]) -> list[object]:
        words.extend(part["text"] for part in parts if isinstance(part, dict) and part.get("type") == "text")
        return [part for part in parts if isinstance(part, dict) and part.get("type") != "text"]

    changed = _with_parts(request, pictures)
    messages = changed["messages"]
    assert isinstance(messages, list)
    if not words:
        return changed
    kept = [each for each in messages if each.get("role") != "system" or each.get("content")]
    return {**changed, "messages": [{"role": "system", "content": "\n\n".join(words)}, *kept]}


def _with_parts(
    request: Mapping[str, object], change: Callable[[list[object]], list[object]]
) -> dict[str, object]:
    """Change the parts of each message that has a list of them."""
    messages = request["messages"]
    assert isinstance(messages, list)
    return {
        **request,
        "messages": [
            {**each, "content": change(each["content"])} if isinstance(each["content"], list) else each
            for each in messages
        ],
    }


def _wishes(extra: Mapping[str, object], rules: WireRules) -> dict[str, object]:
    """Give the model's own parameters by the names and within the bounds of the server."""
    wishes: dict[str, object] = {}
    for name, value in extra.items():
        if name in _TOKEN_LIMITS:
            wishes[rules.model.token_limit] = value
        elif rules.model.temperature or name not in _SAMPLING:
            wishes[name] = value
    return wishes
