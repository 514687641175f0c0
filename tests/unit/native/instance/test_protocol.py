import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.native.instance.protocol import (
    MAX_DELAY_S,
    MAX_LINE_BYTES,
    Reply,
    Request,
    Verb,
    format_reply,
    format_request,
    parse_reply,
    parse_request,
)
from writetex_desktop.native.instance.socket import socket_path

names = st.lists(
    st.text(st.characters(exclude_characters="\0", exclude_categories=()), max_size=50), max_size=20
)


@given(st.sampled_from(Verb), st.floats(0, MAX_DELAY_S), names)
def test_a_request_reads_back_as_it_was_written(verb: Verb, delay_s: float, files: list[str]) -> None:
    request = Request(verb, delay_s, tuple(files))
    line = format_request(request)
    assert parse_request(line) == request
    assert line.count(b"\n") == 1


@given(st.booleans(), st.text(), st.text())
def test_a_reply_reads_back_as_it_was_written(ok: bool, message: str, remedy: str) -> None:
    assert parse_reply(format_reply(Reply(ok, message, remedy))) == Reply(ok, message, remedy)


@pytest.mark.parametrize(
    "fields",
    [
        [],
        "snip",
        {},
        {"verb": "format-disk"},
        {"verb": ["snip"]},
        {"verb": "snip", "delay_s": -1},
        {"verb": "snip", "repeat": "yes"},
        {"verb": "snip", "profile": 7},
        {"verb": "snip", "mode": 7},
        {"verb": "snip", "delay_s": 1e9},
        {"verb": "snip", "delay_s": float("nan")},
        {"verb": "snip", "delay_s": "3"},
        {"verb": "open", "files": "a.png"},
        {"verb": "open", "files": [1]},
        {"verb": "open", "files": ["a\0b"]},
    ],
)
def test_what_is_no_request_is_refused(fields: object) -> None:
    with pytest.raises(ValueError):
        parse_request(json.dumps(fields).encode())


@pytest.mark.parametrize("line", [b"", b"snip\n", b"\xff\n", b"[" * 50_000])
def test_what_is_no_json_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        parse_request(line)


def test_a_request_that_would_not_be_read_is_not_written() -> None:
    with pytest.raises(ValueError, match="too long"):
        format_request(Request(Verb.OPEN, files=("x" * MAX_LINE_BYTES,)))


def test_the_socket_lies_in_the_runtime_directory_or_in_one_of_the_user_s_own() -> None:
    assert socket_path("/run/user/1000", 1000) == "/run/user/1000/writetex-desktop/instance"
    assert socket_path(None, 1000) == socket_path("", 1000) == socket_path("relative", 1000)
    assert socket_path(None, 1000) == "/tmp/writetex-desktop-1000/instance"
