"""The real SDK against each provider of the catalogue, played on loopback."""

import json
from pathlib import Path

import pytest

from tests.integration.endpoints.provider_server import (
    ANSWER_TOKENS,
    CATALOGUE,
    KEY,
    MANNERS,
    PROMPT_TOKENS,
    THOUGHTS,
    ProviderServer,
    manner_of,
    provider_server,
)
from tests.integration.endpoints.wire_server import Reply, refusal
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.catalogue.provider import ErrorSign, ModelRule, Provider, ProviderKind
from writetex_desktop.core.endpoints.catalogue.reading_models import reading_model
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.wire.memory import RepairMemory
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules, wire_rules
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Mode,
    ReasoningDelta,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
    Usage,
)
from writetex_desktop.core.secret import Secret

REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG pixels", 64, 32))
PROVIDERS = [each for each in CATALOGUE.providers if each.kind is not ProviderKind.CUSTOM]
ERRORS = json.loads((Path(__file__).parents[2] / "data" / "provider_errors.json").read_text(encoding="utf-8"))


def sample(rule: ModelRule) -> str:
    """A model ID for which a rule is the first that fits."""
    pattern = rule.patterns[0]
    return pattern.replace("[6789]", "7").replace("[56789]", "5").replace("[56]", "5").replace("*", "x")


def models(provider: Provider) -> list[str]:
    """The first model of each rule, and the proposed models."""
    known = [each.id for each in provider.models if each.vision]
    return list(dict.fromkeys([*known[:2], *map(sample, provider.rules)])) or ["some-model"]


ROWS = [(each, model) for each in PROVIDERS for model in models(each)]
SIGNS = [(each, sign) for each in PROVIDERS for sign in each.errors]


def label(value: object) -> str | None:
    match value:
        case Provider():
            return value.id
        case ErrorSign():
            return f"{value.status}-{value.code or value.phrase}"
        case _:
            return None


def rules_of(server: ProviderServer) -> WireRules:
    """What the catalogue says of the provider's own address; a server on loopback has another."""
    provider = server.provider
    address = provider.base_url or f"https://me.{provider.hosts[0]}/openai/v1"
    return wire_rules(CATALOGUE, address, server.model)


def asking(
    server: ProviderServer,
    *,
    key: str = KEY,
    base_url: str = "",
    model: str = "",
    rules: WireRules | None = None,
    memory: RepairMemory | None = None,
) -> OpenAIRecognizer:
    secret = Secret(key if server.provider.needs_key else "")
    endpoint = Endpoint(base_url or server.base_url, secret, model or server.model)
    return OpenAIRecognizer(endpoint, rules=rules_of(server) if rules is None else rules, memory=memory)


async def events_of(
    recognizer: OpenAIRecognizer, request: RecognitionRequest = REQUEST
) -> list[RecognizerEvent]:
    try:
        return [event async for event in recognizer.recognize(request)]
    finally:
        await recognizer.aclose()


async def failure_of(recognizer: OpenAIRecognizer) -> EndpointError:
    with pytest.raises(EndpointError) as caught:
        await events_of(recognizer)
    error = caught.value
    assert KEY not in error.message + error.remedy.text
    assert "<" not in error.message
    assert error.remedy.text
    return error


def text_of(events: list[RecognizerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def thoughts_of(events: list[RecognizerEvent]) -> int:
    return sum(event.characters for event in events if isinstance(event, ReasoningDelta))


def usage_of(events: list[RecognizerEvent]) -> Usage:
    end = events[-1]
    assert isinstance(end, Completed)
    assert end.complete
    assert end.usage is not None
    return end.usage


@pytest.mark.parametrize(("provider", "model"), ROWS, ids=label)
async def test_each_provider_reads_a_picture_at_the_first_asking(provider: Provider, model: str) -> None:
    async with provider_server(provider, model) as server:
        events = await events_of(asking(server))
    assert text_of(events) == "x^2"
    assert usage_of(events).prompt_tokens == PROMPT_TOKENS
    assert usage_of(events).completion_tokens == ANSWER_TOKENS
    assert len(server.wire.requests) == 1
    # A model that can be kept from thinking is; the thoughts of one that cannot are counted and not shown.
    always = provider.rule(model).always_thinks
    assert thoughts_of(events) == (len(THOUGHTS) if always else 0)
    assert bool(usage_of(events).reasoning_tokens) is always


@pytest.mark.parametrize("provider", PROVIDERS, ids=label)
async def test_each_provider_refuses_a_wrong_key_in_its_own_way(provider: Provider) -> None:
    async with provider_server(provider, "some-model") as server:
        if not provider.needs_key:
            assert text_of(await events_of(asking(server))) == "x^2"
            return
        error = await failure_of(asking(server, key="sk-wrong-0123456789"))
    assert error.fault is Fault.BAD_KEY
    assert not error.retryable
    assert "sk-wrong" not in error.message


@pytest.mark.parametrize("provider", PROVIDERS, ids=label)
async def test_each_provider_refuses_a_model_it_does_not_have(provider: Provider) -> None:
    async with provider_server(provider, "some-model") as server:
        error = await failure_of(asking(server, model="other-model"))
    assert error.fault is Fault.WRONG_MODEL
    assert "other-model" in error.message


@pytest.mark.parametrize("provider", PROVIDERS, ids=label)
async def test_each_provider_answers_only_at_its_own_path(provider: Provider) -> None:
    async with provider_server(provider, "some-model") as server:
        error = await failure_of(asking(server, base_url=f"http://127.0.0.1:{server.wire.port}/wrong"))
    assert error.fault is Fault.WRONG_PATH


@pytest.mark.parametrize(("provider", "sign"), SIGNS, ids=label)
async def test_each_sign_of_the_catalogue_is_known_on_the_wire(provider: Provider, sign: ErrorSign) -> None:
    async with provider_server(provider, "some-model") as server:
        server.failure = server.error(sign.status, sign.code, sign.phrase)
        error = await failure_of(asking(server))
    assert error.fault is sign.fault


@pytest.mark.parametrize("row", ERRORS, ids=[row["name"] for row in ERRORS])
async def test_each_error_body_that_was_seen_is_known_on_the_wire(row: dict[str, object]) -> None:
    body = str(row["body"])
    kind = "text/html" if body.startswith("<") else "application/json"
    headers = row.get("headers", {})
    assert isinstance(headers, dict)
    status = f"{row['status']} As Told"
    reply = Reply((body.encode(),), status, (("content-type", kind), *headers.items()))
    async with provider_server(PROVIDERS[0], "gpt-9") as server:
        server.failure = reply
        error = await failure_of(asking(server, rules=ORDINARY_WIRE))
    assert error.fault == row["fault"]


@pytest.mark.parametrize(
    ("provider", "model"),
    [row for row in ROWS if row[0].rule(row[1]).thinking_off and reading_model(row[1]) is None],
    ids=label,
)
async def test_a_server_that_does_not_know_how_not_to_think_is_asked_again_and_remembered(
    provider: Provider, model: str
) -> None:
    memory = RepairMemory()
    async with provider_server(provider, model) as server:
        server.refused = frozenset(provider.rule(model).thinking_off)
        first = await events_of(asking(server, memory=memory))
        second = await events_of(asking(server, memory=memory))
    assert text_of(first) == text_of(second) == "x^2"
    # It thinks then; what it thinks is counted and not shown.
    assert thoughts_of(first) == len(THOUGHTS)
    tried = [server.refused & request.body.keys() for request in server.wire.requests]
    assert [bool(each) for each in tried] == [True, False, False]


@pytest.mark.parametrize("provider", PROVIDERS, ids=label)
async def test_a_reading_model_with_many_wishes_is_served_by_each_provider(provider: Provider) -> None:
    model = "zai-org/glm-ocr"
    async with provider_server(provider, model) as server:
        server.refused = frozenset({"top_k", "repetition_penalty"})
        events = await events_of(asking(server))
    assert text_of(events) == "x^2"
    last = server.wire.requests[-1].body
    assert last["messages"] == [
        {"role": "user", "content": [*_picture(last), {"type": "text", "text": "Formula Recognition:"}]}
    ]
    assert last[provider.rule(model).token_limit] == 8192


async def test_a_refusal_that_names_nothing_is_met_with_a_plain_request() -> None:
    provider = CATALOGUE.provider("alibaba")
    assert provider is not None
    async with provider_server(provider, "qwen3-vl-plus") as server:
        server.wire.judge = None
        refused = refusal("400 Bad Request", {"error": {"message": "Bad request.", "code": "bad"}})
        server.wire.will(refused)
        error = await failure_of(asking(server))
    assert error.fault is Fault.BAD_PARAMETER
    assert "enable_thinking" in server.wire.requests[0].body
    assert all("enable_thinking" not in request.body for request in server.wire.requests[1:])


async def test_a_server_that_only_streams_is_always_asked_for_a_stream() -> None:
    bridge = CATALOGUE.provider("writetex-bridge")
    assert bridge is not None
    async with provider_server(bridge, "writetex") as server:
        server.failure = server.error(400, "", "`stream` must be true", "stream")
        await failure_of(asking(server))
    assert all(request.body["stream"] is True for request in server.wire.requests)


async def test_text_mode_asks_a_reading_model_for_the_page() -> None:
    vllm = CATALOGUE.provider("vllm")
    assert vllm is not None
    async with provider_server(vllm, "tencent/HunyuanOCR") as server:
        await events_of(asking(server), RecognitionRequest(REQUEST.image, Mode.TEXT))
    messages = server.wire.requests[0].body["messages"]
    assert isinstance(messages, list)
    assert messages[0] == {"role": "system", "content": ""}
    assert "reading order" in json.dumps(messages[1])


def test_every_provider_with_a_manner_of_its_own_is_in_the_catalogue() -> None:
    assert MANNERS.keys() <= {each.id for each in PROVIDERS}
    assert all(manner_of(each).shape(400, "c", "m", "") for each in PROVIDERS)


def _picture(body: dict[str, object]) -> list[object]:
    messages = body["messages"]
    assert isinstance(messages, list)
    content = messages[-1]["content"]
    return [part for part in content if part["type"] == "image_url"]
