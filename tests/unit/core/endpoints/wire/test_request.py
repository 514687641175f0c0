import json
import tomllib
from base64 import b64decode
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, ModelRule
from writetex_desktop.core.endpoints.prompt import PromptPlan, plan_for
from writetex_desktop.core.endpoints.wire.request import chat_request
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules, wire_rules
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Mode

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


ROOT = Path(__file__).parents[5]
PLAN = PromptPlan("Read this.")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    text = (ROOT / "resources" / "providers.toml").read_text(encoding="utf-8")
    return parse_catalogue(tomllib.loads(text, parse_float=Decimal))


@pytest.mark.parametrize(
    ("base_url", "model", "fields"),
    [
        ("https://api.openai.com/v1", "gpt-5-mini", {"reasoning_effort": "minimal"}),
        ("https://api.openai.com/v1", "gpt-5.1", {"reasoning_effort": "none"}),
        ("https://api.openai.com/v1", "gpt-4.1", {}),
        ("https://api.anthropic.com/v1", "claude-opus-4-7", {}),
        (
            "https://generativelanguage.googleapis.com/v1beta/openai",
            "models/gemini-2.5-flash",
            {"reasoning_effort": "none"},
        ),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen3-vl-plus", {"enable_thinking": False}),
        (
            "https://ark.cn-beijing.volces.com/api/v3",
            "doubao-seed-1-6-vision-250815",
            {"thinking": {"type": "disabled"}},
        ),
        (
            "http://localhost:8000/v1",
            "Qwen/Qwen3-VL-8B-Instruct",
            {"chat_template_kwargs": {"enable_thinking": False}},
        ),
        ("https://nobody.example/v1", "gpt-5-mini", {}),
    ],
)
def test_thinking_is_switched_off_where_host_and_model_are_known(
    catalogue: Catalogue, base_url: str, model: str, fields: dict[str, object]
) -> None:
    body = chat_request(model, plan_for(model, Mode.FORMULA), IMAGE, wire_rules(catalogue, base_url, model))
    ordinary = {"model", "messages", "stream", "stream_options"}
    assert {name: value for name, value in body.items() if name not in ordinary} == fields


def test_every_rule_of_the_catalogue_gives_a_request_that_is_json(catalogue: Catalogue) -> None:
    for provider in catalogue.providers:
        for rule in provider.rules:
            body = chat_request("m", PLAN, IMAGE, WireRules(rule, provider.image.detail, provider.errors))
            assert json.loads(json.dumps(body))["stream"] is True


def test_the_detail_is_sent_where_its_absence_costs_pixels(catalogue: Catalogue) -> None:
    rules = wire_rules(catalogue, "https://api.siliconflow.cn/v1", "Qwen/Qwen3-VL-8B-Instruct")
    assert '"detail": "high"' in json.dumps(chat_request("m", PLAN, IMAGE, rules))
    assert "detail" not in json.dumps(chat_request("m", PLAN, IMAGE, ORDINARY_WIRE))


def test_a_token_limit_goes_by_the_name_that_the_server_knows() -> None:
    plan = PromptPlan("Read this.", extra={"max_tokens": 8192})
    new = WireRules(ModelRule(token_limit="max_completion_tokens"))
    assert chat_request("m", plan, IMAGE, new)["max_completion_tokens"] == 8192
    assert "max_tokens" not in chat_request("m", plan, IMAGE, new)
    assert chat_request("m", plan, IMAGE)["max_tokens"] == 8192


def test_no_temperature_goes_to_a_model_that_refuses_it() -> None:
    plan = PromptPlan("Read this.", extra={"temperature": 0, "top_p": 0.9, "seed": 1})
    body = chat_request("m", plan, IMAGE, WireRules(ModelRule(temperature=False)))
    assert body.keys() == {"model", "messages", "stream", "stream_options", "seed"}


def test_a_model_made_for_reading_is_not_told_to_stop_thinking(catalogue: Catalogue) -> None:
    rules = wire_rules(catalogue, "http://localhost:8000/v1", "zai-org/GLM-OCR")
    body = chat_request("zai-org/GLM-OCR", plan_for("zai-org/GLM-OCR", Mode.FORMULA), IMAGE, rules)
    assert "chat_template_kwargs" not in body
    assert body["max_tokens"] == 8192
