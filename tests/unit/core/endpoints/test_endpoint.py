"""The three fields take what people type and paste."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.endpoint import (
    clean_key,
    clean_model,
    endpoint_warnings,
    is_local,
    normalise_base_url,
    request_url,
)
from writetex_desktop.core.errors import EndpointError, Fault, RemedyAction

GEMINI = "https://generativelanguage.googleapis.com/v1beta/openai"
DASHSCOPE = "https://dashscope.aliyuncs.com/compatible-mode/v1"
ARK = "https://ark.cn-beijing.volces.com/api/v3"

TYPED = [
    ("https://api.openai.com/v1", "https://api.openai.com/v1"),
    ("https://api.openai.com", "https://api.openai.com/v1"),
    ("https://api.openai.com/", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
    ("api.openai.com", "https://api.openai.com/v1"),
    ("  https://api.openai.com/v1\n", "https://api.openai.com/v1"),
    ('"https://api.openai.com/v1"', "https://api.openai.com/v1"),
    ("`https://api.openai.com/v1`,", "https://api.openai.com/v1"),
    ("<https://api.openai.com/v1>", "https://api.openai.com/v1"),
    ("\u200bhttps://api.openai.com/v1\ufeff", "https://api.openai.com/v1"),
    ("https：//api.openai.com/v1", "https://api.openai.com/v1"),
    ("https://api。openai。com/v1", "https://api.openai.com/v1"),
    ("HTTPS://API.OpenAI.com/v1", "https://api.openai.com/v1"),
    ("http://api.openai.com/v1", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/responses", "https://api.openai.com/v1"),
    ("https://api.openai.com//v1", "https://api.openai.com/v1"),
    ("https://api.openai.com/v1/v1", "https://api.openai.com/v1"),
    ("https://user:pw@api.openai.com/v1?x=1#", "https://api.openai.com/v1?x=1#"),
    ("https://user:pw@api.openai.com/v1?x=1", "https://api.openai.com/v1"),
    ('base_url="https://api.openai.com/v1"', "https://api.openai.com/v1"),
    ("https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1"),
    ("https://api.anthropic.com", "https://api.anthropic.com/v1"),
    ("https://generativelanguage.googleapis.com", GEMINI),
    ("https://generativelanguage.googleapis.com/v1beta/openai/", GEMINI),
    ("https://generativelanguage.googleapis.com/v1beta", GEMINI),
    ("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", GEMINI),
    ("https://openrouter.ai", "https://openrouter.ai/api/v1"),
    ("https://openrouter.ai/api", "https://openrouter.ai/api/v1"),
    ("https://openrouter.ai/api/v1/chat/completions", "https://openrouter.ai/api/v1"),
    ("dashscope.aliyuncs.com", DASHSCOPE),
    ("https://dashscope.aliyuncs.com/api/v1", DASHSCOPE),
    ("https://dashscope.aliyuncs.com/compatible-mode", DASHSCOPE),
    ("https://dashscope-intl.aliyuncs.com/v1", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
    ("https://ark.cn-beijing.volces.com", ARK),
    ("https://ark.cn-beijing.volces.com/v1", ARK),
    ("https://ark.cn-beijing.volces.com/api/v3/chat/completions", ARK),
    ("https://ark.cn-beijing.volces.com/api/coding/v3", "https://ark.cn-beijing.volces.com/api/coding/v3"),
    ("https://ark.ap-southeast.bytepluses.com/api/v3", "https://ark.ap-southeast.bytepluses.com/api/v3"),
    ("https://api.hunyuan.cloud.tencent.com/v1", "https://api.hunyuan.cloud.tencent.com/v1"),
    ("https://tokenhub.tencentmaas.com", "https://tokenhub.tencentmaas.com/v1"),
    ("https://api.siliconflow.cn", "https://api.siliconflow.cn/v1"),
    ("https://api.mistral.ai/v1/models", "https://api.mistral.ai/v1"),
    ("https://api.x.ai/v1", "https://api.x.ai/v1"),
    ("https://api.groq.com", "https://api.groq.com/openai/v1"),
    ("https://api.groq.com/openai", "https://api.groq.com/openai/v1"),
    ("https://api.deepseek.com", "https://api.deepseek.com/v1"),
    ("https://models.github.ai", "https://models.github.ai/inference"),
    ("https://models.github.ai/inference/chat/completions", "https://models.github.ai/inference"),
    ("https://open.bigmodel.cn/api/paas/v4/", "https://open.bigmodel.cn/api/paas/v4"),
    ("https://open.bigmodel.cn", "https://open.bigmodel.cn/api/paas/v4"),
    ("https://api.z.ai/v1", "https://api.z.ai/api/paas/v4"),
    ("https://api.perplexity.ai", "https://api.perplexity.ai"),
    ("https://api.fireworks.ai/inference/v1", "https://api.fireworks.ai/inference/v1"),
    (
        "https://gateway.ai.cloudflare.com/v1/acc/gw/compat",
        "https://gateway.ai.cloudflare.com/v1/acc/gw/compat",
    ),
    (
        "https://eu-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi",
        "https://eu-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi",
    ),
    ("https://res.openai.azure.com", "https://res.openai.azure.com/openai/v1"),
    ("https://res.openai.azure.com/openai/v1/", "https://res.openai.azure.com/openai/v1"),
    (
        "https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
        "https://res.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
    ),
    ("localhost:11434", "http://localhost:11434/v1"),
    ("http://localhost:1234/v1/chat/completions", "http://localhost:1234/v1"),
    ("127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
    ("http://[::1]:8000", "http://[::1]:8000/v1"),
    ("[::1]:8000", "http://[::1]:8000/v1"),
    ("192.168.1.20:8000", "http://192.168.1.20:8000/v1"),
    ("mybox:8080", "http://mybox:8080/v1"),
    ("mybox.local:8080", "http://mybox.local:8080/v1"),
    ("http://llm.example.com/v1", "http://llm.example.com/v1"),
    ("https://gateway.example.com/llm#", "https://gateway.example.com/llm#"),
    ("https://gateway.example.com/llm", "https://gateway.example.com/llm/v1"),
]


ADDRESS_PIECES = [
    *[
        "http://",
        "https://",
        "api.openai.com",
        "localhost",
        "openrouter.ai",
        "[::1]",
        ":80",
        "x@",
        ".",
        "a",
        "：",
    ],
    *["/", "//", "/v1", "/api", "/v1beta", "/chat/completions", "/models", "?a=b", "api-version=1", "#"],
]


@pytest.mark.parametrize(("typed", "base_url"), TYPED)
def test_what_is_typed_becomes_the_base_url_that_works(typed: str, base_url: str) -> None:
    assert normalise_base_url(typed) == base_url


@pytest.mark.parametrize("typed", [typed for typed, _ in TYPED])
def test_a_base_url_stays_when_normalised_again(typed: str) -> None:
    assert normalise_base_url(normalise_base_url(typed)) == normalise_base_url(typed)


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b", "ftp://host", "https://", "http://host:port", "#", "my key here"]
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(EndpointError) as caught:
        normalise_base_url(typed)
    assert caught.value.fault is Fault.BAD_URL
    assert "https://" in caught.value.remedy.text
    assert caught.value.remedy.action is RemedyAction.OPEN_ENDPOINT_SETTINGS


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(ADDRESS_PIECES),
            max_size=7,
        ).map("".join),
    )
)
def test_any_text_is_a_base_url_once_and_for_all_or_refused(text: str) -> None:
    try:
        base_url = normalise_base_url(text)
    except EndpointError:
        return
    assert normalise_base_url(base_url) == base_url
    assert base_url.endswith("#") or request_url(base_url).partition("?")[0].endswith("/chat/completions")


def test_the_request_url_keeps_the_query_at_its_end() -> None:
    assert request_url("https://host/v1") == "https://host/v1/chat/completions"
    assert request_url("https://host/d?api-version=1") == "https://host/d/chat/completions?api-version=1"


@pytest.mark.parametrize(
    ("base_url", "local"),
    [
        ("http://localhost:11434/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://10.1.2.3/v1", True),
        ("http://172.20.0.5/v1", True),
        ("http://nas.local/v1", True),
        ("https://api.openai.com/v1", False),
        ("http://172.40.0.5/v1", False),
        ("http://8.8.8.8/v1", False),
    ],
)
def test_the_own_machine_and_network_are_known(base_url: str, local: bool) -> None:
    assert is_local(base_url) is local


@pytest.mark.parametrize(
    "pasted",
    [
        "sk-abc123",
        "  sk-abc123\n",
        '"sk-abc123"',
        "“sk-abc123”",
        "Bearer sk-abc123",
        "Authorization: Bearer sk-abc123",
        "OPENAI_API_KEY=sk-abc123",
        'export OPENAI_API_KEY="sk-abc123"',
        "sk-\u200babc123",
        "sk-abc\n123",
    ],
)
def test_a_key_is_taken_out_of_what_was_pasted(pasted: str) -> None:
    assert clean_key(pasted).reveal() == "sk-abc123"


@pytest.mark.parametrize("pasted", ["sk–abc", "ｓｋ-abc", "sk-abc def", "schlüssel"])
def test_what_is_no_key_is_refused_and_not_shown(pasted: str) -> None:
    with pytest.raises(EndpointError) as caught:
        clean_key(pasted)
    assert caught.value.fault is Fault.BAD_KEY
    assert pasted not in f"{caught.value}{caught.value.remedy}"


def test_no_key_is_an_empty_secret() -> None:
    assert not clean_key(" \n")


def test_a_model_id_loses_quotes_and_blanks_only() -> None:
    assert clean_model(' "Qwen/Qwen3-VL-8B" \n') == "Qwen/Qwen3-VL-8B"


def test_good_fields_give_no_warning() -> None:
    assert endpoint_warnings("https://api.openai.com/v1", "sk-abc", "gpt-5-mini") == ()
    assert endpoint_warnings("", "", "") == ()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        (("http://llm.example.com", "", ""), "encrypted"),
        (("'https://api.openai.com'", "", ""), "quotes"),
        (("https：//api.openai.com", "", ""), "full-width"),
        (("ftp://host", "", ""), "not a web address"),
        (("", "Bearer sk-abc", ""), "Bearer"),
        (("", "'sk-abc'", ""), "quotes"),
        (("", "sk–abc", ""), "character"),
        (("", "https://api.openai.com", ""), "address"),
        (("", "", "GPT"), "family"),
        (("", "", "Qwen 3 VL"), "blank"),
        (("", "", '"gpt-5-mini"'), "quotes"),
        (("", "", "ｇｐｔ-5"), "full-width"),
        (("", "", "https://api.openai.com"), "address"),
    ],
)
def test_what_looks_wrong_is_said(fields: tuple[str, str, str], word: str) -> None:
    (warning,) = endpoint_warnings(*fields)
    assert word in warning
