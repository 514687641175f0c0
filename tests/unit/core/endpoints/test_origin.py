"""Whom a secret belongs to."""

from dataclasses import fields

import pytest

from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.origin import is_same_origin, network_towards, origin_of

HOME = "https://api.example.com/v1"


@pytest.mark.parametrize(
    "other",
    ["https://api.example.com:443/other/path", "https://API.EXAMPLE.COM", "https://me:pw@api.example.com/"],
)
def test_path_case_user_and_the_usual_port_make_no_difference(other: str) -> None:
    assert is_same_origin(HOME, other)


@pytest.mark.parametrize(
    "other",
    [
        *("http://api.example.com/v1", "https://api.example.com:8443/v1", "https://example.com/v1"),
        *("https://api.example.com.evil.example/v1", "https://api.example.com@evil.example/v1"),
        *(
            "https://evil.example/api.example.com",
            "https://api.example.com\\@evil.example",
            "api.example.com",
        ),
        *("", "https://", "https://[", "https://api.example.com:x/v1", "https://api.example.com./v1"),
    ],
)
def test_anything_else_is_another(other: str) -> None:
    assert not is_same_origin(HOME, other)
    assert not is_same_origin(other, HOME)


def test_nobody_is_the_same_as_nobody() -> None:
    assert not is_same_origin("", "")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example:443/v1", "https://a.example"),
        ("http://a.example:8080", "http://a.example:8080"),
        ("http://[::1]:5/v1", "http://[::1]:5"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, written: str) -> None:
    assert str(origin_of(url)) == written


def test_nothing_but_the_waits_goes_along_to_another_origin_not_even_what_is_added_later() -> None:
    changed = Network(
        **{
            each.name: {"headers": (("X", "y"),), "plain_http": True}.get(each.name, "x")
            if each.type in {"str", str} or each.name in {"headers", "plain_http"}
            else 7.0
            for each in fields(Network)
        }  # type: ignore[arg-type]
    )
    there = network_towards(changed, HOME, "https://other.example/v1")
    kept = {each.name for each in fields(Network) if getattr(there, each.name) == getattr(changed, each.name)}
    assert kept == {"connect_s", "first_byte_s", "total_s"}
    assert network_towards(changed, HOME, HOME) == changed
