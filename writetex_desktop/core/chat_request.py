"""The body of a request to `{base_url}/chat/completions`, as small as it can be.

Every parameter more is one that some server refuses, so there is no temperature, token limit or `detail`; see
https://platform.openai.com/docs/api-reference/chat/create for what each means.
"""

from base64 import b64encode

from writetex_desktop.core.image import EncodedImage
from writetex_desktop.core.prompt import PromptPlan


def chat_request(model: str, plan: PromptPlan, image: EncodedImage) -> dict[str, object]:
    """Make the body that asks a model to read a picture.

    The picture comes before the words, as several model families ask for, and in a data URL, which is the one
    form that every server takes.

    Args:
        model: Model ID, sent verbatim.
        plan: What is said beside the picture.
        image: The picture.
    """
    data_url = f"data:{image.media_type};base64,{b64encode(image.data).decode('ascii')}"
    content: list[dict[str, object]] = [{"type": "image_url", "image_url": {"url": data_url}}]
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
        **plan.extra,
    }
