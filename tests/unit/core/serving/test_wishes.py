"""Requests of other programs are read, or refused with a sentence, whatever they hold."""

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.errors import SettingsError, WriteTexError
from writetex_desktop.core.serving.chat import ChatAnswer, chat_wish, pieces, whole_answer
from writetex_desktop.core.serving.models import choose
from writetex_desktop.core.serving.origins import is_own_host, normalise_origin
from writetex_desktop.core.serving.refusals import error_body, status_of
from writetex_desktop.core.serving.wishes import convert_wish, picture_of, read_json, read_wish, snip_order
from writetex_desktop.core.settings.settings import Settings

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        *("image", "mode", "format", "model", "hint", "name", "latex", "source", "data", "from", "to", "dpi"),
        *(
            "template",
            "numbered",
            "profile",
            "repeat",
            "delay_s",
            "messages",
            "stream",
            "n",
            "stream_options",
        ),
    ]
)


@given(fields=st.dictionaries(NAMES, ANY_JSON, max_size=5))
def test_any_fields_are_a_wish_or_a_refusal_that_says_what_to_do(fields: dict[str, Any]) -> None:
    for read in (
        read_wish,
        lambda values: convert_wish(values, ("latex",)),
        snip_order,
        chat_wish,
        lambda values: choose(str(values.get("model")), Settings()),
    ):
        with suppress(_ToldError):
            _tell(read, fields)


class _ToldError(Exception):
    """It was refused, and in the way that it should be."""


def _tell(read: Callable[[Any], object], fields: object) -> None:
    try:
        read(fields)
    except WriteTexError as error:
        told = error_body(error)
        if error.remedy.text and 400 <= status_of(error) < 500 and json.dumps(told):
            raise _ToldError from error
        raise


@given(body=st.binary(max_size=200) | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_an_object_or_a_refusal(body: bytes) -> None:
    with suppress(_ToldError):
        _tell(read_json, body)


@given(picture=st.binary(min_size=1, max_size=300), is_bare=st.booleans(), breaks=st.booleans())
def test_a_picture_is_what_was_packed(picture: bytes, *, is_bare: bool, breaks: bool) -> None:
    packed = (base64.encodebytes if breaks else base64.b64encode)(picture).decode()
    text = packed if is_bare else f"data:image/png;base64,{packed}"
    assert picture_of(text, "image") == picture


@given(text=st.text(min_size=1, max_size=400).filter(str.strip))
def test_a_stream_says_the_same_as_an_answer_at_once(text: str) -> None:
    answer = ChatAnswer("chatcmpl-1", 1, "writetex-auto", text, is_whole=True, usage=None, records=())
    whole: Any = whole_answer(answer)
    parts: list[Any] = list(pieces(answer, tells_usage=True))
    told = "".join(choice["delta"].get("content", "") for part in parts for choice in part["choices"])
    assert told == whole["choices"][0]["message"]["content"] == text
    assert parts[-1]["usage"] == whole["usage"]


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://Example.ORG/", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("app://obsidian.md", "app://obsidian.md"),
        ("vscode-webview://1a2b", "vscode-webview://1a2b"),
        ("moz-extension://0123-4567", "moz-extension://0123-4567"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(typed: str, origin: str) -> None:
    assert normalise_origin(typed) == origin
    assert normalise_origin(origin) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "null",
        "*",
        "example.org",
        "https://",
        "https://a/b",
        "https://a?b",
        "https://u@a",
        "file://",
        "//a",
    ],
)
def test_what_is_no_origin_is_refused(typed: str) -> None:
    with pytest.raises(SettingsError):
        normalise_origin(typed)


@given(host=st.text(max_size=40))
def test_no_other_host_is_ours(host: str) -> None:
    ours = host.lower().split(":")[0] in {"localhost", "127.0.0.1"} or host.startswith("[::1]")
    assert not is_own_host(host) or ours
