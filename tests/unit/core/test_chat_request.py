import json
from base64 import b64decode
from typing import cast

import pytest

from writetex_desktop.core.chat_request import chat_request
from writetex_desktop.core.image import EncodedImage
from writetex_desktop.core.prompt import PromptPlan

IMAGE = EncodedImage("image/png", b"\x89PNG", 64, 32)
Messages = list[dict[str, object]]


def messages(plan: PromptPlan) -> Messages:
    return cast("Messages", chat_request("m", plan, IMAGE)["messages"])


def test_the_picture_comes_first_as_a_data_url_and_nothing_else_is_said_of_it() -> None:
    (message,) = messages(PromptPlan("Read this."))
    picture, words = cast("Messages", message["content"])
    url = cast("dict[str, str]", picture["image_url"])
    assert url.keys() == {"url"}
    head, _, data = url["url"].partition(",")
    assert head == "data:image/png;base64"
    assert b64decode(data) == b"\x89PNG"
    assert words == {"type": "text", "text": "Read this."}


def test_a_model_that_wants_the_picture_alone_gets_it_alone() -> None:
    (message,) = messages(PromptPlan(None))
    assert len(cast("Messages", message["content"])) == 1


@pytest.mark.parametrize("system", ["", "You are a helpful assistant."])
def test_a_system_message_is_sent_even_when_it_is_empty(system: str) -> None:
    assert messages(PromptPlan("Read this.", system))[0] == {"role": "system", "content": system}


def test_what_the_model_asks_for_goes_along_and_the_whole_is_json() -> None:
    body = chat_request("m", PromptPlan("Read this.", extra={"temperature": 0}), IMAGE)
    assert body.keys() == {"model", "messages", "stream", "stream_options", "temperature"}
    assert json.loads(json.dumps(body))["temperature"] == 0
