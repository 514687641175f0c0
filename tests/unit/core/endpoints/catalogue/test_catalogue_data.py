"""What stands in `resources/providers.toml`, held to the code, to the user guide and to itself."""

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue
from writetex_desktop.core.endpoints.catalogue.models import join_models
from writetex_desktop.core.endpoints.catalogue.provider import (
    ErrorSign,
    ModelListing,
    ModelMark,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.endpoints.endpoint import is_local, normalise_base_url
from writetex_desktop.core.endpoints.failures.faults import WireFailure, explain
from writetex_desktop.core.endpoints.hosts import HOST_RULES, HostRule

RESOURCES = Path(__file__).parents[5] / "resources"
CATALOGUE = parse_catalogue(
    tomllib.loads((RESOURCES / "providers.toml").read_text(encoding="utf-8"), parse_float=Decimal)
)
PROVIDERS = CATALOGUE.providers
HOSTS = [(each, host) for each in PROVIDERS for host in each.hosts]
SIGNS = [(each, sign) for each in PROVIDERS for sign in each.errors]
HOSTS_WITHOUT_AN_ENTRY = {"api.perplexity.ai"}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def provider(name: str) -> Provider:
    found = CATALOGUE.provider(name)
    assert found is not None
    return found


def label(value: object) -> str | None:
    match value:
        case Provider():
            return value.id
        case ErrorSign():
            return value.code or value.phrase
        case _:
            return None


@pytest.mark.parametrize(
    ("name", "base_url"),
    [
        ("openai", "https://api.openai.com/v1"),
        ("anthropic", "https://api.anthropic.com/v1"),
        ("google", "https://generativelanguage.googleapis.com/v1beta/openai"),
        ("openrouter", "https://openrouter.ai/api/v1"),
        ("alibaba", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
        ("tencent", "https://api.hunyuan.cloud.tencent.com/v1"),
        ("bytedance", "https://ark.cn-beijing.volces.com/api/v3"),
        ("ollama", "http://localhost:11434/v1"),
        ("vllm", "http://localhost:8000/v1"),
        ("writetex-bridge", "http://127.0.0.1:50905/v1"),
    ],
)
def test_the_base_urls_of_the_user_guide_stand_in_the_catalogue(name: str, base_url: str) -> None:
    assert provider(name).base_url == base_url
    assert CATALOGUE.provider_for(base_url) is provider(name)


@pytest.mark.parametrize(
    ("name", "model", "mark"),
    [
        ("openai", "gpt-5-mini", ModelMark.ECONOMICAL),
        ("openai", "gpt-5.1", ModelMark.STRONG),
        ("anthropic", "claude-sonnet-4-5", ModelMark.ECONOMICAL),
        ("anthropic", "claude-opus-4-5", ModelMark.STRONG),
        ("google", "gemini-2.5-flash", ModelMark.ECONOMICAL),
        ("google", "gemini-3-flash-preview", ModelMark.STRONG),
        ("openrouter", "nvidia/nemotron-nano-12b-v2-vl:free", ModelMark.ECONOMICAL),
        ("openrouter", "x-ai/grok-4", ModelMark.STRONG),
        ("alibaba", "qwen3-vl-flash", ModelMark.ECONOMICAL),
        ("alibaba", "qwen3-vl-plus", ModelMark.STRONG),
        ("tencent", "hunyuan-turbos-vision", ModelMark.ECONOMICAL),
        ("tencent", "hunyuan-t1-vision", ModelMark.STRONG),
        ("bytedance", "doubao-seed-1-6-flash-250828", ModelMark.ECONOMICAL),
        ("bytedance", "doubao-seed-1-6-vision-250815", ModelMark.STRONG),
    ],
)
def test_the_models_of_the_user_guide_stand_in_the_catalogue(name: str, model: str, mark: ModelMark) -> None:
    found = provider(name).model(model)
    assert found is not None
    assert found.mark is mark
    assert found.vision
    assert found.price is not None


def test_deepseek_says_which_of_its_models_see() -> None:
    seeing = {each.id: each.vision for each in provider("deepseek").models}
    assert seeing == {
        "deepseek-flash": True,
        "deepseek-chat": False,
        "deepseek-reasoner": False,
    }
    assert any("text only" in note for note in provider("deepseek").notes)


@pytest.mark.parametrize("entry", PROVIDERS, ids=label)
def test_the_way_to_a_key_has_four_steps_of_one_sentence_each(entry: Provider) -> None:
    assert len(entry.steps) == 4
    for step in entry.steps:
        assert step.text[0].isupper()
        assert step.text.endswith((".", "deepseek-ocr", "HunyuanOCR"))


@pytest.mark.parametrize("entry", PROVIDERS, ids=label)
def test_an_entry_is_whole(entry: Provider) -> None:
    assert bool(entry.base_url) != bool(entry.placeholder)
    if entry.kind in {ProviderKind.SERVICE, ProviderKind.GATEWAY}:
        assert entry.needs_key
        assert entry.hosts
        assert entry.docs_url
        assert any(step.url for step in entry.steps)
    if entry.kind is ProviderKind.LOCAL:
        assert not entry.needs_key
        assert is_local(entry.base_url)
        assert urlsplit(entry.base_url).port == entry.port
    assert "image/png" in entry.image.media_types


@pytest.mark.parametrize("entry", PROVIDERS, ids=label)
def test_every_price_and_free_tier_has_a_day_and_a_source(entry: Provider) -> None:
    dated = [model.price for model in entry.models if model.price is not None]
    assert all(each.as_of is not None and each.source for each in dated)
    assert entry.free_tier is None or entry.free_tier.source


def test_no_two_servers_have_the_same_port_or_host() -> None:
    ports = [each.port for each in PROVIDERS if each.port]
    hosts = [host for _, host in HOSTS]
    assert len(set(ports)) == len(ports)
    assert len(set(hosts)) == len(hosts)


@pytest.mark.parametrize(("entry", "host"), HOSTS, ids=label)
def test_a_bare_host_is_completed_to_its_base_url(entry: Provider, host: str) -> None:
    expected = urlsplit(entry.base_url or entry.placeholder).path
    # Azure's hosts have the name of a resource in front.
    completed = normalise_base_url(f"https://{'' if entry.base_url else 'mine.'}{host}")
    assert urlsplit(completed).path == expected
    assert CATALOGUE.provider_for(completed) is entry


@pytest.mark.parametrize("rule", HOST_RULES, ids=lambda rule: rule.host)
def test_every_host_with_a_path_of_its_own_is_in_the_catalogue(rule: HostRule) -> None:
    found = CATALOGUE.provider_for(f"https://{rule.host}/")
    assert (found is None) == (rule.host in HOSTS_WITHOUT_AN_ENTRY)


OPENAI = "https://api.openai.com/v1"
GOOGLE = "https://generativelanguage.googleapis.com/v1beta/openai"
OPENROUTER = "https://openrouter.ai/api/v1"
DASHSCOPE = "https://dashscope.aliyuncs.com/compatible-mode/v1"
ARK = "https://ark.cn-beijing.volces.com/api/v3"
TEMPLATE_OFF = {"chat_template_kwargs": {"enable_thinking": False}}


# The rows of providers.md 1.3.
@pytest.mark.parametrize(
    ("base_url", "model", "fields"),
    [
        (OPENAI, "gpt-4o", {}),
        (OPENAI, "gpt-4.1-mini", {}),
        (OPENAI, "gpt-5", {"reasoning_effort": "minimal"}),
        (OPENAI, "gpt-5-mini", {"reasoning_effort": "minimal"}),
        (OPENAI, "gpt-5-nano-2025-08-07", {"reasoning_effort": "minimal"}),
        (OPENAI, "gpt-5.1", {"reasoning_effort": "none"}),
        (OPENAI, "gpt-5.6-luna", {"reasoning_effort": "none"}),
        (OPENAI, "gpt-6-luna", {"reasoning_effort": "none"}),
        (OPENAI, "gpt-5-chat-latest", {}),
        (OPENAI, "gpt-5.2-pro", {}),
        ("https://api.anthropic.com/v1", "claude-sonnet-4-5", {}),
        ("https://api.anthropic.com/v1", "claude-opus-4-7", {}),
        (GOOGLE, "gemini-2.5-flash", {"reasoning_effort": "none"}),
        (GOOGLE, "models/gemini-2.5-flash-lite", {"reasoning_effort": "none"}),
        (GOOGLE, "gemini-3-flash-preview", {"reasoning_effort": "none"}),
        (GOOGLE, "gemini-3-pro-preview", {"reasoning_effort": "low"}),
        (OPENROUTER, "qwen/qwen3-vl-8b-instruct", {"reasoning": {"enabled": False, "exclude": True}}),
        (OPENROUTER, "x-ai/grok-4", {}),
        (DASHSCOPE, "qwen3-vl-plus", {"enable_thinking": False}),
        (DASHSCOPE, "qwen3.8-flash", {"enable_thinking": False}),
        (DASHSCOPE, "qwen3-vl-235b-a22b-thinking", {}),
        (DASHSCOPE, "qwen-vl-max", {}),
        ("https://tokenhub.tencentmaas.com/v1", "qwen3.8-flash", {"enable_thinking": False}),
        (ARK, "doubao-seed-1-6-vision-250815", {"thinking": {"type": "disabled"}}),
        (ARK, "ep-20260101-abcde", {"thinking": {"type": "disabled"}}),
        ("https://api.siliconflow.cn/v1", "Qwen/Qwen3-VL-8B-Instruct", {}),
        ("https://api.siliconflow.cn/v1", "Qwen/Qwen3.5-9B", {"enable_thinking": False}),
        ("https://api.deepseek.com/v1", "deepseek-flash", {"thinking": {"type": "disabled"}}),
        (
            "https://api.deepseek.com/v1",
            "deepseek-v4-flash-vision-exp",
            {"thinking": {"type": "disabled"}},
        ),
        ("https://api.hunyuan.cloud.tencent.com/v1", "hunyuan-t1-vision", {}),
        ("https://open.bigmodel.cn/api/paas/v4", "glm-4.6v", {"thinking": {"type": "disabled"}}),
        ("https://api.mistral.ai/v1", "mistral-small-latest", {}),
        ("https://api.x.ai/v1", "grok-4.20-0309-non-reasoning", {}),
        ("https://api.x.ai/v1", "grok-4.3", {"reasoning_effort": "none"}),
        ("https://api.groq.com/openai/v1", "qwen/qwen3.6-27b", {"reasoning_effort": "none"}),
        ("http://localhost:11434/v1", "deepseek-ocr", {"reasoning_effort": "none"}),
        ("http://gpu.lan:8000/v1", "Qwen/Qwen3-VL-8B", TEMPLATE_OFF),
        ("http://localhost:30000/v1", "any", TEMPLATE_OFF),
        ("http://localhost:8080/v1", "any", TEMPLATE_OFF),
        ("http://127.0.0.1:50905/v1", "any", {}),
        ("https://api.example.com/v1", "gpt-5-mini", {}),
    ],
)
def test_thinking_is_switched_off_as_each_host_and_model_wants_it(
    base_url: str, model: str, fields: dict[str, object]
) -> None:
    assert CATALOGUE.thinking_off(base_url, model) == fields
    json.dumps(dict(CATALOGUE.thinking_off(base_url, model)))


@pytest.mark.parametrize(
    ("base_url", "model", "always"),
    [
        (OPENAI, "o3", True),
        (OPENAI, "gpt-5.2-pro", True),
        (OPENAI, "gpt-5.1", False),
        (GOOGLE, "gemini-3-pro-preview", True),
        (DASHSCOPE, "qvq-max", True),
        (DASHSCOPE, "qwen3-vl-plus", False),
        (OPENROUTER, "x-ai/grok-4", True),
        ("https://api.hunyuan.cloud.tencent.com/v1", "hunyuan-t1-vision", True),
        ("https://api.x.ai/v1", "grok-4", True),
        ("https://api.x.ai/v1", "grok-4.20-0309-reasoning", True),
        ("https://api.x.ai/v1", "grok-4.20-0309-non-reasoning", False),
    ],
)
def test_models_that_always_think_are_known(base_url: str, model: str, always: bool) -> None:
    assert CATALOGUE.rule(base_url, model).always_thinks is always


@pytest.mark.parametrize(
    ("base_url", "model", "limit", "temperature"),
    [
        (OPENAI, "gpt-4o", "max_tokens", True),
        (OPENAI, "gpt-5-mini", "max_completion_tokens", False),
        (OPENAI, "gpt-5.4", "max_completion_tokens", False),
        ("https://mine.openai.azure.com/openai/v1", "gpt-5-mini", "max_completion_tokens", False),
        ("https://api.anthropic.com/v1", "claude-sonnet-4-5", "max_tokens", True),
        ("https://api.anthropic.com/v1", "claude-opus-4-6", "max_tokens", True),
        ("https://api.anthropic.com/v1", "claude-opus-4-7", "max_tokens", False),
        ("https://api.anthropic.com/v1", "claude-haiku-5-5", "max_tokens", False),
        (GOOGLE, "gemini-3-flash-preview", "max_tokens", False),
        ("https://api.mistral.ai/v1", "mistral-small-latest", "max_tokens", True),
        ("https://api.groq.com/openai/v1", "qwen/qwen3.6-27b", "max_completion_tokens", True),
    ],
)
def test_each_model_is_asked_with_the_parameters_that_it_takes(
    base_url: str, model: str, limit: str, temperature: bool
) -> None:
    rule = CATALOGUE.rule(base_url, model)
    assert (rule.token_limit, rule.temperature) == (limit, temperature)


def test_some_models_answer_only_as_a_stream() -> None:
    assert CATALOGUE.rule("http://127.0.0.1:50905/v1", "any").stream_only
    assert CATALOGUE.rule(DASHSCOPE, "qvq-max").stream_only
    assert not CATALOGUE.rule(DASHSCOPE, "qwen3-vl-plus").stream_only


def test_small_pictures_are_read_in_full_where_detail_decides() -> None:
    assert {each.id for each in PROVIDERS if each.image.detail == "high"} == {
        "siliconflow",
        "siliconflow-intl",
        "xai",
    }


DAY = date(2026, 12, 31)
CLOSED = {"tencent", "github-models"}


@pytest.mark.parametrize("entry", PROVIDERS, ids=label)
def test_what_is_proposed_outlives_the_year_it_was_written_in(entry: Provider) -> None:
    marked = [each for each in entry.models if each.mark is not None]
    assert not marked or entry.id in CLOSED or entry.marked(ModelMark.ECONOMICAL, DAY) is not None
    assert ("(closed)" in entry.name) == (entry.id in CLOSED)


def test_a_provider_without_a_list_of_models_names_some() -> None:
    for each in PROVIDERS:
        assert each.listing is not ModelListing.NO or each.models


@pytest.mark.parametrize(("entry", "sign"), SIGNS, ids=label)
def test_what_a_provider_says_is_understood_even_where_nobody_knows_the_host(
    entry: Provider, sign: ErrorSign
) -> None:
    body = json.dumps({"error": {"code": sign.code or None, "message": sign.phrase or "No."}})
    url = f"{entry.base_url}/chat/completions"
    assert explain(WireFailure(sign.status, body, {}, url, "some-model", NOW)).fault is sign.fault


@pytest.mark.parametrize("entry", PROVIDERS, ids=label)
def test_a_model_loses_its_mark_on_its_day_and_names_its_successor(entry: Provider) -> None:
    for model in entry.models:
        if model.retires is None:
            continue
        assert model.mark_on(model.retires - timedelta(days=1)) is model.mark
        assert model.mark_on(model.retires) is None
        shown = {each.id: each.mark for each in join_models(None, entry, model.retires)}
        assert shown[model.id] is None
        if entry.id not in CLOSED:
            found = entry.model(model.successor)
            assert found is not None
            assert not found.is_retired(model.retires)
            assert found.vision


@pytest.mark.parametrize("entry", [each for each in PROVIDERS if each.id not in CLOSED], ids=label)
def test_no_release_proposes_a_model_that_is_past_its_day(entry: Provider) -> None:
    today = datetime.now(UTC).date()
    for mark in ModelMark:
        if any(each.mark is mark for each in entry.models):
            assert entry.marked(mark, today) is not None, "every model with this mark is gone: find another"


@pytest.mark.parametrize("mark", list(ModelMark))
def test_what_the_services_of_the_guide_propose_today_has_a_price(mark: ModelMark) -> None:
    today = datetime.now(UTC).date()
    for name in ("openai", "anthropic", "google", "openrouter", "alibaba", "bytedance"):
        found = provider(name).marked(mark, today)
        assert found is not None
        assert found.price is not None


def seed_rows() -> list[tuple[str, str, str, str, str, str]]:
    """Give the user guide's table of prices: provider, models, their prices, the currency."""
    return [
        ("openai", "gpt-5-mini", "gpt-5.1", "0.25 2", "1.25 10", "USD"),
        ("anthropic", "claude-sonnet-4-5", "claude-opus-4-5", "3 15", "5 25", "USD"),
        ("google", "gemini-2.5-flash", "gemini-3-flash-preview", "0.3 2.5", "0.5 3", "USD"),
        ("openrouter", "nvidia/nemotron-nano-12b-v2-vl:free", "x-ai/grok-4", "0 0", "3 15", "USD"),
        ("alibaba", "qwen3-vl-flash", "qwen3-vl-plus", "0.15 1.5", "1 10", "CNY"),
        ("tencent", "hunyuan-turbos-vision", "hunyuan-t1-vision", "3 9", "3 9", "CNY"),
        (
            *("bytedance", "doubao-seed-1-6-flash-250828", "doubao-seed-1-6-vision-250815"),
            *("0.15 1.5", "0.8 8", "CNY"),
        ),
    ]


@pytest.mark.parametrize("row", seed_rows(), ids=lambda row: row[0])
def test_the_prices_of_the_user_guide_stand_to_the_cent(row: tuple[str, str, str, str, str, str]) -> None:
    name, cheap, strong, cheap_price, strong_price, currency = row
    for model, amounts in ((cheap, cheap_price), (strong, strong_price)):
        found = provider(name).model(model)
        assert found is not None
        assert found.price is not None
        wanted = [Decimal(each) for each in amounts.split()]
        assert [found.price.input, found.price.output] == wanted
        assert found.price.currency == currency


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://ws-1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1", "alibaba"),
        ("https://trial.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1", "alibaba-intl"),
        ("https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1", "alibaba-intl"),
        ("https://dashscope-us.aliyuncs.com/compatible-mode/v1", "alibaba-intl"),
        ("https://coding.dashscope.aliyuncs.com/v1", "alibaba-coding"),
        ("https://coding-intl.dashscope.aliyuncs.com/v1", "alibaba-coding"),
        ("https://vpc.dashscope.aliyuncs.com/compatible-mode/v1", "alibaba"),
    ],
)
def test_each_of_alibabas_hosts_has_its_rules(base_url: str, name: str) -> None:
    assert CATALOGUE.provider_for(base_url) is provider(name)
    assert CATALOGUE.thinking_off(base_url, "qwen3-vl-plus") == {"enable_thinking": False}
    assert normalise_base_url(base_url) == base_url
