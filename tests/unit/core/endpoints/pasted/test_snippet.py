"""Settings that are pasted as a whole fill in the three fields."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.endpoint import Endpoint, kept_base_url, kept_model, normalise_base_url
from writetex_desktop.core.endpoints.pasted.snippet import read_snippet
from writetex_desktop.core.endpoints.wire.curl import Shell, as_curl, text_ping
from writetex_desktop.core.secret import Secret

GUIDE = """curl https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions \\
-H "Authorization: Bearer sk-1234567890" \\
-H "Content-Type: application/json" \\
-d '{
"model": "qwen3-vl-plus",
"messages": [{"role": "user", "content": [{"type": "text", "text": "Bonjour"}]}]
}'Remplacez https://dashscope.aliyuncs.com/compatible-mode/v1 par votre propre URL de base"""
DASHSCOPE = "https://dashscope.aliyuncs.com/compatible-mode/v1"
FOO = "https://api.foo.com/v1"
CMD = (
    "curl.exe https://api.foo.com/v1/chat/completions ^\n"
    '-H "Authorization: Bearer gsk_abcdefgh1234" ^\n-d "{\\"model\\": \\"m-1\\"}"'
)
AZURE = (
    'curl "https://r.openai.azure.com/openai/deployments/mygpt/chat/completions?api-version=2024-10-21" '
    '-H "api-key: 0123456789abcdef0123456789abcdef"'
)
PICTURE = (
    'curl -X POST "https://api.foo.com/v1/chat/completions" -x http://127.0.0.1:7890 '
    '-H "HTTP-Referer: https://mysite.com" -H "Authorization: Bearer $KEY" '
    '-d "{\\"model\\":\\"gpt-5-mini\\",\\"image_url\\":{\\"url\\":\\"https://upload.example.org/a.png\\"}}"'
)
GEMINI = (
    "curl 'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"
    '?key=AIzaSyD1234567890abcdefghijklmnop\' -d \'{"model":"gemini-2.5-flash"}\''
)
PASTED = [
    (GUIDE, (DASHSCOPE, "sk-1234567890", "qwen3-vl-plus")),
    (CMD, (FOO, "gsk_abcdefgh1234", "m-1")),
    (PICTURE, (FOO, "", "gpt-5-mini")),
    (
        AZURE,
        (
            "https://r.openai.azure.com/openai/deployments/mygpt?api-version=2024-10-21",
            "0123456789abcdef0123456789abcdef",
            "mygpt",
        ),
    ),
    (
        GEMINI,
        (
            "https://generativelanguage.googleapis.com/v1beta/openai",
            "AIzaSyD1234567890abcdefghijklmnop",
            "gemini-2.5-flash",
        ),
    ),
    (
        '{"baseURL":"https://api.foo.com/v1","apiKey":"abcdef1234567890","model":"x/y:free"}',
        (FOO, "abcdef1234567890", "x/y:free"),
    ),
    (
        (
            "OPENAI_API_KEY=sk-abcdef123456\nOPENAI_BASE_URL=https://openrouter.ai/api/v1\n"
            "OPENAI_MODEL=google/gemini-2.5-flash # fast"
        ),
        ("https://openrouter.ai/api/v1", "sk-abcdef123456", "google/gemini-2.5-flash"),
    ),
    (
        "litellm_params:\n  api_base: http://localhost:4000\n  api_key: sk-1234\n  model: openai/gpt-5\n",
        ("http://localhost:4000/v1", "sk-1234", "openai/gpt-5"),
    ),
    (
        (
            'client = OpenAI(api_key="sk-abc123def456", base_url="https://api.deepseek.com")\n'
            'client.chat.completions.create(model="deepseek-flash", messages=[])'
        ),
        ("https://api.deepseek.com/v1", "sk-abc123def456", "deepseek-flash"),
    ),
    (
        "new OpenAI({ apiKey: process.env.OPENAI_API_KEY, baseURL:'https://api.x.ai/v1' }) model='grok-4.3'",
        ("https://api.x.ai/v1", "", "grok-4.3"),
    ),
    (
        (
            "URL de base : https://ark.cn-beijing.volces.com/api/v3\n"
            "Clé API : 01234567-0123-0123-0123-0123456789ab\nModèle : doubao-seed-1-6-vision-250815"
        ),
        (
            "https://ark.cn-beijing.volces.com/api/v3",
            "01234567-0123-0123-0123-0123456789ab",
            "doubao-seed-1-6-vision-250815",
        ),
    ),
    (
        "接口地址：https://api.foo.com/v1 密钥：sk-abcdef1234 模型：qwen-vl-max",
        (FOO, "sk-abcdef1234", "qwen-vl-max"),
    ),
    (
        '[model_providers.foo]\nbase_url = "http://127.0.0.1:8317/v1"\nenv_key = "FOO"\nmodel = "gpt-5.1"',
        ("http://127.0.0.1:8317/v1", "", "gpt-5.1"),
    ),
    (
        (
            "POST /v1/chat/completions HTTP/1.1\nHost: api.foo.com\nAuthorization: Bearer sk-aaa111bbb222\n\n"
            '{"model":"m-2"}'
        ),
        (FOO, "sk-aaa111bbb222", "m-2"),
    ),
    ("https://api.foo.com/v1 sk-abcdef123456 gpt-5-mini", (FOO, "sk-abcdef123456", "gpt-5-mini")),
    (
        "export OPENAI_BASE_URL=https://api.foo.com/v1\nexport OPENAI_API_KEY=YOUR_API_KEY\nMODEL=m-3",
        (FOO, "", "m-3"),
    ),
]


@pytest.mark.parametrize(("pasted", "fields"), PASTED)
def test_a_command_or_a_file_fills_in_what_it_says(pasted: str, fields: tuple[str, str, str]) -> None:
    found = read_snippet(pasted)
    assert found is not None
    assert (normalise_base_url(found.base_url), found.key.reveal(), found.model) == fields
    assert not fields[1] or fields[1] not in f"{found!r}{kept_base_url(found.base_url)}"


@pytest.mark.parametrize(
    "single",
    ["https://api.openai.com/v1", "sk-abc123", "gpt-5-mini", "https://user:pw@x.com/v1", "",
     "Bearer sk-abc123",
     "qwen/qwen3-vl-8b-instruct", "OPENAI_API_KEY=sk-abc123", "URL de base : https://api.openai.com/v1"],
)  # fmt: skip
def test_what_is_for_one_field_stays_there(single: str) -> None:
    assert read_snippet(single) is None


@pytest.mark.parametrize("shell", list(Shell))
def test_the_commands_that_the_program_copies_can_be_pasted_back(shell: Shell) -> None:
    endpoint = Endpoint("https://openrouter.ai/api/v1", Secret("sk-x"), "qwen/qwen3-vl-8b-instruct")
    found = read_snippet(as_curl(endpoint, text_ping(endpoint.model, "Hello"), shell))
    assert found is not None
    assert normalise_base_url(found.base_url) == endpoint.base_url
    assert found.model == endpoint.model
    assert not found.key


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(
        ["https://gw.example.com/v1", "http://localhost:8080/v1", "https://openrouter.ai/api/v1"]
    ),
    st.text(alphabet="abcdefghijkmnopqrstuvw0123456789", min_size=12, max_size=40).map(
        lambda rest: f"sk-{rest}"
    ),
    st.sampled_from(["gpt-6-luna", "qwen/qwen3-vl-8b-instruct", "x/y:free", "ep-20260101-abcde"]),
    st.sampled_from(["base_url", "baseURL", "api_base", "OPENAI_BASE_URL"]),
    st.sampled_from(["api_key", "apiKey", "OPENAI_API_KEY", "api-key"]),
)
def test_every_spelling_in_every_form_is_read(
    base_url: str, key: str, model: str, url_name: str, key_name: str
) -> None:
    values = {key_name: key, url_name: base_url, "model": model}
    forms = (
        json.dumps(values),
        json.dumps(values, indent=2),
        "\n".join(f"{name}={value}" for name, value in values.items()),
        "\n".join(f"{name}: {value}" for name, value in values.items()),
        "\n".join(f'{name} = "{value}"' for name, value in values.items()),
        "\n".join(f"export {name}='{value}'" for name, value in values.items()),
    )
    for form in forms:
        found = read_snippet(form)
        assert found is not None
        assert (found.base_url, found.key.reveal(), found.model) == (base_url, key, model)


def test_only_what_is_no_secret_is_saved_of_the_fields() -> None:
    assert kept_base_url("  api.openai.com ") == "api.openai.com"
    assert kept_base_url("https://user:pw@gw.example.com/v1") == "https://gw.example.com/v1"
    assert kept_base_url("POST https://gw.example.com/v1?token=x") == "https://gw.example.com/v1"
    assert kept_base_url("sk-abcdef1234567890") == ""
    assert kept_base_url("https://sk-abcdef1234567890/v1") == ""
    assert kept_base_url("ope") == "ope"
    assert kept_model("sk-abcdef1234567890") == ""
    assert kept_model(" 'gpt-6-luna' ") == "gpt-6-luna"
