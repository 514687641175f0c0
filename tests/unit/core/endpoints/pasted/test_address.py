"""What people paste into the base URL becomes the address they mean, or nothing."""

import json
import re
import shlex
from urllib.parse import urlsplit

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.endpoint import normalise_base_url, request_url
from writetex_desktop.core.endpoints.pasted.address import ordinary
from writetex_desktop.core.endpoints.pasted.key_shape import holds_key, looks_like_key
from writetex_desktop.core.errors import EndpointError, Fault

OPENAI = "https://api.openai.com/v1/chat/completions"

SENTENCES = [
    "https://api.openai.com/v1.",
    "https://api.openai.com./v1",
    "(https://api.openai.com/v1)",
    "URL de base : https://api.openai.com/v1",
    "Par exemple, https://api.openai.com/v1. - Jeton",
    "Base URL = https://api.openai.com/v1;",
    "请使用https://api.openai.com/v1作为地址",
    "**https://api.openai.com/v1**",
    "地址：https：／／api.openai.com／v1。然后",
    "[OpenAI](https://api.openai.com/v1)",
    "<a href='https://api.openai.com/v1'>",
    "curl https://api.openai.com/v1/chat/completions",
    "POST https://api.openai.com/v1",
    "GET https://api.openai.com/v1/models HTTP/1.1",
    "POST api.openai.com/v1/chat/completions",
    "Host: api.openai.com",
    "OPENAI_BASE_URL=api.openai.com/v1",
    "https://https://api.openai.com/v1",
    "http://https://api.openai.com",
    "https://https/api.openai.com/v1",
    "https//api.openai.com/v1",
    "https:/api.openai.com/v1",
    "https:api.openai.com/v1",
    "https;//api.openai.com",
    "htps://api.openai.com/v1",
    "ttps://api.openai.com/v1",
    "https: //api.openai.com /v1",
    "https:///api.openai.com/v1",
    "https:\\\\api.openai.com\\v1",
    "https:\\/\\/api.openai.com\\/v1",
    '{"url": "https:\\/\\/api.openai.com\\/v1"}',
    "see https://platform.openai.com/docs, then https://api.openai.com/v1",
    "„https://api.openai.com/v1“",
    "https://api.openai.com/v1#quickstart",
    "https://api.openai.com/v1?utm_source=docs",
    "- `https://api.openai.com/v1`",
]  # fmt: skip


@pytest.mark.parametrize("pasted", SENTENCES)
def test_the_address_is_found_in_what_stands_round_it(pasted: str) -> None:
    assert request_url(normalise_base_url(pasted)) == OPENAI


POSTED = [
    # Cherry Studio: `#` is the address as it stands, a slash behind a path is no version.
    ("https://gw.example.com/custom/chat#", "https://gw.example.com/custom/chat"),
    ("https://gw.example.com/custom/chat/completions#", "https://gw.example.com/custom/chat/completions"),
    ("https://gw.example.com/chat/completions#", "https://gw.example.com/chat/completions"),
    ("https://gw.example.com/x/y?tenant=7#", "https://gw.example.com/x/y?tenant=7"),
    ("https://gw.example.com/llm/", "https://gw.example.com/llm/chat/completions"),
    ("https://gw.example.com/v1/#", "https://gw.example.com/v1/chat/completions"),
    ("https://gw.example.com/", "https://gw.example.com/v1/chat/completions"),
    # Azure and what stands in front of it.
    (
        "https://corp.azure-api.net/openai/deployments/g/chat/completions?api-version=2024-10-21&x=1",
        "https://corp.azure-api.net/openai/deployments/g/chat/completions?api-version=2024-10-21",
    ),
    (
        "https://ai.corp.example/openai/deployments/g",
        "https://ai.corp.example/openai/deployments/g/chat/completions",
    ),
    ("https://r.openai.azure.us", "https://r.openai.azure.us/openai/v1/chat/completions"),
    (
        "https://r.services.ai.azure.com/api/projects/p",
        "https://r.services.ai.azure.com/openai/v1/chat/completions",
    ),
    # Open WebUI, Ollama, LM Studio, LiteLLM.
    ("https://webui.example.com/api", "https://webui.example.com/api/chat/completions"),
    ("https://webui.example.com/ollama/v1", "https://webui.example.com/ollama/v1/chat/completions"),
    ("http://localhost:11434/api", "http://localhost:11434/v1/chat/completions"),
    ("http://box.lan:11434/api/chat", "http://box.lan:11434/v1/chat/completions"),
    ("http://localhost:11434/api/generate", "http://localhost:11434/v1/chat/completions"),
    ("https://ollama.com/api", "https://ollama.com/v1/chat/completions"),
    ("http://localhost:1234/api/v0/chat/completions", "http://localhost:1234/v1/chat/completions"),
    ("http://litellm:4000", "http://litellm:4000/v1/chat/completions"),
    # Amazon, Google, GitHub, Cloudflare.
    (
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1/chat/completions",
    ),
    (
        "bedrock-runtime.eu-west-3.amazonaws.com/model/x/converse",
        "https://bedrock-runtime.eu-west-3.amazonaws.com/openai/v1/chat/completions",
    ),
    (
        "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4",
        (
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4"
            "/endpoints/openapi/chat/completions"
        ),
    ),
    (
        (
            "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/global"
            "/publishers/google/models/g:generateContent"
        ),
        (
            "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/global"
            "/endpoints/openapi/chat/completions"
        ),
    ),
    ("https://api.githubcopilot.com", "https://api.githubcopilot.com/chat/completions"),
    ("https://api.business.githubcopilot.com/v1", "https://api.business.githubcopilot.com/chat/completions"),
    (
        "https://gateway.ai.cloudflare.com/v1/acc/gw",
        "https://gateway.ai.cloudflare.com/v1/acc/gw/compat/chat/completions",
    ),
    (
        "https://gateway.ai.cloudflare.com/v1/acc/gw/openai",
        "https://gateway.ai.cloudflare.com/v1/acc/gw/openai/chat/completions",
    ),
    (
        "https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/x",
        "https://api.cloudflare.com/client/v4/accounts/a/ai/v1/chat/completions",
    ),
    # Alibaba's many hosts, and other interfaces of services that have ours too.
    ("https://coding.dashscope.aliyuncs.com/v1", "https://coding.dashscope.aliyuncs.com/v1/chat/completions"),
    (
        "https://coding-intl.dashscope.aliyuncs.com",
        "https://coding-intl.dashscope.aliyuncs.com/v1/chat/completions",
    ),
    (
        "https://coding.dashscope.aliyuncs.com/apps/anthropic",
        "https://coding.dashscope.aliyuncs.com/v1/chat/completions",
    ),
    (
        "https://ws-7.cn-beijing.maas.aliyuncs.com",
        "https://ws-7.cn-beijing.maas.aliyuncs.com/compatible-mode/v1/chat/completions",
    ),
    (
        "https://trial.ap-southeast-1.maas.aliyuncs.com/v1",
        "https://trial.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1/chat/completions",
    ),
    (
        "cn-hongkong.dashscope.aliyuncs.com",
        "https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
    ),
    (
        "https://dashscope.aliyuncs.com/api/v1/services/aigc/multimodal-generation/generation",
        "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
    ),
    (
        "https://api.hunyuan.cloud.tencent.com/hyllm",
        "https://api.hunyuan.cloud.tencent.com/v1/chat/completions",
    ),
    ("https://api.z.ai/api/anthropic", "https://api.z.ai/api/paas/v4/chat/completions"),
    (
        "https://open.bigmodel.cn/api/coding/paas/v4",
        "https://open.bigmodel.cn/api/coding/paas/v4/chat/completions",
    ),
    ("https://api.deepseek.com/anthropic", "https://api.deepseek.com/v1/chat/completions"),
]


@pytest.mark.parametrize(("pasted", "posted"), POSTED)
def test_gateways_are_asked_where_their_interface_stands(pasted: str, posted: str) -> None:
    base_url = normalise_base_url(pasted)
    assert request_url(base_url) == posted
    assert normalise_base_url(base_url) == base_url


KEYS = [
    "sk-or-v1-0123456789abcdef0123456789abcdef",
    "AIzaSyD1234567890abcdefghijklmnop",
    "sk-ant-api03-xyz12345",
    "sk-1234567890",
    "gsk_AbCdEf1234567890",
    "xai-abcdef123456",
    "hf_AbCdEfGhIjKl",
    "r8_abcdef123456",
    "nvapi-abc123DEF456",
    "AQ.Ab8RN6LmNoPqRsTuVwXyZ",
    "ABSKQmVkcm9ja0FQSUtleS0xMjM=",
    "0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF-_9",
    "9f86d081884c7d659a2feaa0c55ad015",
    "github_pat_11ABCDEFG0123456789_abcdef",
    "01234567-89ab-cdef-0123-456789abcdef",
    "bce-v3/ALTAK-abc123/def456",
    "pplx-0123456789abcdef",
    "LTAI5tAbCdEf12345678",
]  # fmt: skip
DRESSES = ["{}", "Bearer {}", '"{}"', "OPENAI_API_KEY={}", "Authorization: Bearer {}", "https://{}", " {}\n"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("dress", DRESSES)
def test_a_key_in_the_place_of_an_address_is_refused_and_not_shown(key: str, dress: str) -> None:
    with pytest.raises(EndpointError) as caught:
        normalise_base_url(dress.format(key))
    assert caught.value.fault is Fault.BAD_URL
    said = f"{caught.value} {caught.value.remedy.text}"
    assert key not in said
    if dress in {"{}", '"{}"', " {}\n", "https://{}"} and "/" not in key:
        assert "looks like an API key" in said


@pytest.mark.parametrize(
    "address",
    [
        "https://api.example.com/v1?key=AIzaSyD1234567890abcdefghijklmnop",
        "https://sk-abcdef123456@api.example.com/v1",
        "https://:sk-abcdef123456@api.example.com/v1",
        "https://api.example.com/v1/sk-abcdef123456",
        "https://api.example.com/x?token=sk-abcdef123456#",
    ],
)
def test_a_key_inside_an_address_is_refused(address: str) -> None:
    with pytest.raises(EndpointError, match="looks like an API key"):
        normalise_base_url(address)


@pytest.mark.parametrize(
    "host",
    [
        "hf-mirror.com",
        "sk-learn.org",
        "fw-gateway.example.com",
        "llm-abc123xyz456.cn-beijing.maas.aliyuncs.com",
        "abcd1234efgh5678-8000.proxy.runpod.net",
        "a1b2-12-34-56-78.ngrok-free.app",
        "mybox2024server01:8000",
    ],
)
def test_hosts_that_remind_of_keys_are_hosts(host: str) -> None:
    assert urlsplit(normalise_base_url(host)).netloc == host


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4",
        "v1",
        "gpt-5.1",
        "qwen2.5-vl",
        "qwen/qwen3-vl-8b-instruct",
        "deepseek-ocr:latest",
        "claude-sonnet-4.5",
        "nvidia/nemotron-nano-12b-v2-vl:free",
        "mybox",
        "me@example.com",
        "mailto:me@example.com",
        "wss://api.x.ai/v1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "The protocol is http: please",
        "my key here",
        "https://{workspace}.maas.aliyuncs.com",
        "https://<res>.openai.azure.com",
        "https://$HOST/v1",
        "http://2130706433/v1",
        "http://127.1/v1",
        "http://0x7f.1/v1",
        "https://api.openai.com@evil.example/v1",
        "https://a.example.com/v1 and https://b.example.com/v1",
        "https://api%2eopenai.com",
        "https://api.оpenai.com/v1",
        "https://host:99999/v1",
        "https://-/v1",
        "https://",
        "https://...",
        "::::",
    ],
)
def test_what_names_no_host_for_sure_is_refused(text: str) -> None:
    with pytest.raises(EndpointError) as caught:
        normalise_base_url(text)
    assert caught.value.fault is Fault.BAD_URL


def test_a_backslash_before_an_at_sign_ends_the_host() -> None:
    assert urlsplit(normalise_base_url("https://api.openai.com\\@evil.example/v1")).netloc == "api.openai.com"


PIECES = [
    "https://",
    "http://",
    "https:/",
    "https:",
    "//",
    "ftp://",
    "\\",
    "@",
    ":",
    ".",
    "/",
    "#",
    "?",
    " ",
    "\n",
    ",",
    "。",
    "api.openai.com",
    "localhost",
    "evil.example",
    "mybox",
    "127.0.0.1",
    "[::1]",
    ":8080",
    "sk-abcdef123456",
    "v1",
    "/v1",
    "/api",
    "curl ",
    "POST ",
    "(",
    ")",
    '"',
    "“",
    "base_url=",
    "作为",
    "оpenai",
    "%2e",
    "\u202e",
    "\u200b",
    "＠",
    "．",
    "a",
    "0",
]  # fmt: skip


def _words_of(text: str) -> set[str]:
    """Give what a reader would call a word of an address in a text."""
    plain = ordinary(text).lower()
    return {
        *(each.strip(".-") for each in re.split(r"[^\w.:\[\]-]+", plain)),
        *re.findall(r"[\w-]+(?:\.[\w-]+)*|\[[0-9a-f:.]+\]", plain),
    }


@settings(deadline=None, max_examples=1500)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.text(max_size=50)))
@example("https://api.openai.com。evil")
@example("https://foo.bar.中国/v1")
@example("http://1/")
@example("https://sk-abcdef123456:8080")
def test_no_text_becomes_a_host_that_nobody_wrote(text: str) -> None:
    try:
        base_url = normalise_base_url(text)
    except EndpointError:
        return
    parts = urlsplit(base_url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    assert host
    assert host in ordinary(text).lower()
    # A host is never the part behind a dot or before one: it stands whole between signs that end a host.
    whole = any(
        host == word or re.fullmatch(rf"{re.escape(host)}[^\x00-\x7f]+", word) for word in _words_of(text)
    )
    assert whole
    assert normalise_base_url(base_url) == base_url
    assert not holds_key(base_url)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-", min_size=10, max_size=60))
def test_a_word_behind_the_beginning_of_a_key_is_never_a_host(rest: str) -> None:
    for start in ("sk-", "sk-proj-", "AIza", "gsk_", "xai-", "hf_"):
        assert looks_like_key(f"{start}{rest}")
        with pytest.raises(EndpointError):
            normalise_base_url(f"{start}{rest}")


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(["https://gw.example.com/v1", "http://localhost:8080/v1", "https://api.x.ai/v1"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="/\\.:;@[]"), max_size=20),
)
def test_an_address_keeps_its_host_inside_any_sentence(address: str, words: str) -> None:
    assume(not re.search(r"h?t+ps?|hxxps?", words, re.IGNORECASE))
    try:
        found = normalise_base_url(f"{words} {address} {words}")
    except EndpointError:
        return
    assert urlsplit(found).netloc == urlsplit(address).netloc


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["https://gw.example.com/v1", "http://localhost:8080/v1"]))
def test_shells_and_json_may_dress_an_address(address: str) -> None:
    for dressed in (
        shlex.quote(address),
        json.dumps(address),
        json.dumps({"base_url": address}),
        f"curl {address}",
    ):
        assert normalise_base_url(dressed) == address


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "https://",
        "https://a=",
        "/v1",
        ".",
        "a.",
        "eyJ",
        "sk-",
        "api_key=",
        "model ",
        " ",
        "http://a.b/v1/",
        "@",
        "[",
        "。",
    ],
)
def test_long_texts_cost_steps_in_proportion_to_their_length(piece: str) -> None:
    import sys  # noqa: PLC0415 - only here

    def steps(size: int) -> int:
        count = 0

        def trace(_frame: object, _event: str, _argument: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(trace)
        try:
            normalise_base_url(piece * (size // len(piece)))
        except EndpointError:
            pass
        finally:
            sys.setprofile(None)
        return count

    assert steps(40_000) <= 5 * steps(10_000) + 500


@pytest.mark.parametrize(
    "model",
    [
        "gpt-4",
        "gpt-5.1",
        "qwen/qwen3-vl-8b-instruct",
        "nvidia/nemotron-nano-12b-v2-vl:free",
        "Claude-Opus-5-5",
    ],
)
def test_a_model_id_in_the_place_of_an_address_is_said_to_be_one(model: str) -> None:
    with pytest.raises(EndpointError, match="looks like the ID of a model"):
        normalise_base_url(model)


@pytest.mark.parametrize(
    "host", ["gemini.example.com", "llama.lan:8080", "qwen.ai", "mistral.ai/v1", "phi-box:9000"]
)
def test_hosts_that_are_called_like_models_are_hosts(host: str) -> None:
    assert urlsplit(normalise_base_url(host)).netloc == host.partition("/")[0]
