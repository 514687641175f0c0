"""Command lines, to the letter."""

import base64
import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.catalogue.provider import ModelRule
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.wire.curl import KEY_PLACEHOLDER, Shell, as_curl, picture_call, text_ping
from writetex_desktop.core.endpoints.wire.rules import WireRules
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.secret import Secret

KEY = "sk-very-secret-0123456789"
CLOUD = Endpoint("https://api.example.com/v1", Secret(KEY), "gpt-5-mini")
HOME = Endpoint("http://localhost:11434/v1", Secret(""), "qwen3-vl:8b")
PING = text_ping("gpt-5-mini", "Hello")
PICTURE = EncodedImage("image/png", b"\x89PNG", 2, 1)


def test_bash_takes_the_body_between_single_quotes() -> None:
    assert as_curl(CLOUD, PING, Shell.BASH) == (
        "curl 'https://api.example.com/v1/chat/completions' \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        "  -H 'Authorization: Bearer YOUR_API_KEY' \\\n"
        """  -d '{"model":"gpt-5-mini","messages":"""
        """[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}'"""
    )


def test_powershell_hands_the_body_through_standard_input() -> None:
    assert as_curl(CLOUD, PING, Shell.POWERSHELL) == (
        """'{"model":"gpt-5-mini","messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}'"""
        " | curl.exe 'https://api.example.com/v1/chat/completions' -H 'Content-Type: application/json'"
        " -H 'Authorization: Bearer YOUR_API_KEY' -d '@-'"
    )


def test_cmd_escapes_every_double_quote() -> None:
    assert as_curl(CLOUD, PING, Shell.CMD) == (
        'curl "https://api.example.com/v1/chat/completions" -H "Content-Type: application/json"'
        ' -H "Authorization: Bearer YOUR_API_KEY" -d "{'
        '\\"model\\":\\"gpt-5-mini\\",\\"messages\\":[{\\"role\\":\\"user\\",'
        '\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"Hello\\"}]}]}"'
    )


def test_single_quotes_are_closed_and_opened_again_in_bash_and_doubled_in_powershell() -> None:
    ping = text_ping("m", "it's")
    assert "it'\\''s" in as_curl(CLOUD, ping, Shell.BASH)
    assert "it''s" in as_curl(CLOUD, ping, Shell.POWERSHELL)
    assert "it's" in as_curl(CLOUD, ping, Shell.CMD)


def test_a_backslash_before_a_quote_is_doubled_in_cmd() -> None:
    assert '\\\\\\"Hi\\\\\\"' in as_curl(CLOUD, text_ping("m", '"Hi"'), Shell.CMD)


def test_a_server_without_a_key_gets_no_header_for_it() -> None:
    assert "Authorization" not in as_curl(HOME, PING, Shell.BASH)


def test_the_older_azure_interface_gets_its_own_header_and_its_version_at_the_end() -> None:
    azure = Endpoint(
        "https://r.openai.azure.com/openai/deployments/d?api-version=2024-06-01", Secret(KEY), "d"
    )
    line = as_curl(azure, PING, Shell.BASH)
    assert line.startswith(
        "curl 'https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-06-01'"
    )
    assert "-H 'api-key: YOUR_API_KEY'" in line
    assert "Bearer" not in line


def test_headers_of_the_profile_go_along() -> None:
    gateway = Endpoint("https://a/v1", Secret(KEY), "m", Network(headers=(("X-Title", "it's mine"),)))
    assert "-H 'X-Title: it'\\''s mine'" in as_curl(gateway, PING, Shell.BASH)


@pytest.mark.parametrize("shell", Shell)
def test_the_key_is_never_written_out(shell: Shell) -> None:
    line = as_curl(CLOUD, picture_call(CLOUD.model, PICTURE), shell)
    assert KEY not in line
    assert KEY_PLACEHOLDER in line


def test_the_picture_call_is_what_the_program_sends_but_in_one_piece() -> None:
    body = picture_call("gpt-5-mini", PICTURE)
    assert set(body) == {"model", "messages"}
    assert base64.b64encode(PICTURE.data).decode() in json.dumps(body)


@given(st.text())
def test_a_posix_shell_reads_back_the_very_body(greeting: str) -> None:
    words = shlex.split(as_curl(CLOUD, text_ping("m", greeting), Shell.BASH).replace("\\\n", ""))
    assert json.loads(words[-1]) == text_ping("m", greeting)


@pytest.mark.parametrize("shell", Shell)
@given(greeting=st.text())
def test_every_line_is_ascii(shell: Shell, greeting: str) -> None:
    assert as_curl(CLOUD, text_ping("m", greeting), shell).isascii()


@given(st.text('&|<>^%!a"\\ '))
def test_nothing_is_left_in_the_body_that_cmd_acts_on(greeting: str) -> None:
    line = as_curl(CLOUD, text_ping("m", greeting), Shell.CMD)
    assert not set(line) & set("&|<>^%!")
    assert json.loads(read_windows_argument(line)) == text_ping("m", greeting)


def read_windows_argument(line: str) -> str:
    """Read the last argument of a line as Microsoft's C library does."""
    text, slashes = "", 0
    for character in line[line.index(' -d "') + 5 : -1]:
        if character == "\\":
            slashes += 1
            continue
        if character == '"':
            assert slashes % 2 == 1, "an unescaped quote would end the argument"
            text += "\\" * (slashes // 2) + '"'
        else:
            text += "\\" * slashes + character
        slashes = 0
    return text + "\\" * (slashes // 2)


@given(st.text())
def test_windows_reads_back_the_very_body(greeting: str) -> None:
    line = as_curl(CLOUD, text_ping("m", greeting), Shell.CMD)
    assert json.loads(read_windows_argument(line)) == text_ping("m", greeting)


def test_a_server_that_only_streams_is_asked_for_a_stream() -> None:
    rules = WireRules(ModelRule(stream_only=True))
    assert text_ping("m", "Hello", rules)["stream"] is True
    assert picture_call("m", PICTURE, rules)["stream"] is True


def test_the_picture_call_keeps_the_model_from_thinking_where_that_is_known() -> None:
    rules = WireRules(ModelRule(thinking_off={"reasoning_effort": "minimal"}))
    assert picture_call("gpt-5-mini", PICTURE, rules)["reasoning_effort"] == "minimal"
