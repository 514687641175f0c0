"""Proxies, headers and what is handed on of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.network import (
    DIRECT,
    Network,
    format_headers,
    normalise_proxy,
    parse_headers,
    without_secrets,
)
from writetex_desktop.core.errors import SettingsError


@pytest.mark.parametrize(
    ("typed", "proxy"),
    [
        ("", ""),
        ("  ", ""),
        ("Direct", DIRECT),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:3128/", "http://proxy.example:3128"),
        ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("socks5h://user:pw@proxy:1080", "socks5h://user:pw@proxy:1080"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_what_people_type_for_a_proxy_is_understood(typed: str, proxy: str) -> None:
    assert normalise_proxy(typed) == proxy
    assert normalise_proxy(proxy) == proxy


@pytest.mark.parametrize(
    "typed", ["ftp://p:1", "http://", "my proxy:80", "http://p:99999", "http://p:x", "http://p:0"]
)
def test_what_is_no_proxy_is_said(typed: str) -> None:
    with pytest.raises(SettingsError, match="no address of a proxy"):
        normalise_proxy(typed)


def test_headers_are_read_line_by_line() -> None:
    assert parse_headers("X-Title:  WriteTex \n\nHTTP-Referer: https://a.example:1/") == (
        ("X-Title", "WriteTex"),
        ("HTTP-Referer", "https://a.example:1/"),
    )


def test_every_bad_line_is_named() -> None:
    text = "X-Title\nAuthorization: Bearer x\nHost: a\nX Y: z\nX: ü"
    with pytest.raises(SettingsError) as raised:
        parse_headers(text)
    for number in range(1, 6):
        assert f"Line {number} " in raised.value.message
    assert "field of its own" in raised.value.message


names = st.from_regex(r"X-[A-Za-z0-9-]{1,8}", fullmatch=True)
values = st.text(st.characters(min_codepoint=33, max_codepoint=126))


@given(st.lists(st.tuples(names, values)).map(tuple))
def test_headers_read_back_the_same(headers: tuple[tuple[str, str], ...]) -> None:
    assert parse_headers(format_headers(headers)) == headers


def test_secrets_are_not_handed_on() -> None:
    network = Network("http://user:pw@p:1", "/ca.pem", (("X-Api-Key", "s"), ("X-Title", "t")), total_s=30)
    assert without_secrets(network) == Network("http://p:1", "/ca.pem", (("X-Title", "t"),), total_s=30)


@pytest.mark.parametrize("proxy", ["", DIRECT, "socks5://p:1"])
def test_nothing_is_taken_from_what_holds_no_secret(proxy: str) -> None:
    network = Network(proxy, headers=(("X-Title", "t"),))
    assert without_secrets(network) == network
