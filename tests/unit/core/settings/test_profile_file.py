"""Profiles for somebody else: whole, but without secrets."""

import json

import pytest

from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.settings.profile_file import read_profiles, write_profiles
from writetex_desktop.core.settings.settings import Profile

PLAIN = Profile("a", "Büro", "https://a.example/v1", "m", network=Network("socks5://p:1", total_s=30))


def test_profiles_come_back_as_they_went() -> None:
    home = Profile("b", "Home", "localhost", "n")
    assert read_profiles(write_profiles([PLAIN, home])) == (PLAIN, home)


def test_secrets_and_files_of_this_machine_stay_here() -> None:
    network = Network(
        "http://me:hunter2@p:1",
        "/home/me/ca.pem",
        (("X-Api-Key", "topsecret"),),
        client_certificate="/home/me/a.pem",
        client_key="/home/me/b.pem",
        plain_http=True,
    )
    text = write_profiles([Profile("a", "A", "https://me:hunter2@a.example/v1", "m", network=network)])
    for secret in ("hunter2", "topsecret", "/home/me"):
        assert secret not in text
    (read,) = read_profiles(text)
    assert (read.base_url, read.network.proxy) == ("https://a.example/v1", "http://p:1")


def test_a_file_of_somebody_elses_lowers_no_guard() -> None:
    profile = {"id": "a", "name": "A", "base_url": "http://a.example/v1", "model": "m"}
    network = {"plain_http": True, "ca_file": "/tmp/theirs.pem", "headers": [["X-Title", "t"]]}
    document = {"writetex_profiles": 1, "profiles": [{**profile, "network": network}]}
    (read,) = read_profiles(json.dumps(document))
    assert read.network == Network(headers=(("X-Title", "t"),))


def test_an_address_with_a_password_that_is_none_is_left_out() -> None:
    assert "pw" not in write_profiles([Profile("a", "A", "ftp://me:pw@x", "m")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "3",
        "{}",
        '{"profiles":[]}',
        '{"writetex_profiles":1}',
        '{"writetex_profiles":1,"profiles":[]}',
        '{"writetex_profiles":1,"profiles":[{"id":"a"}]}',
        '{"writetex_profiles":2,"profiles":[]}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_profiles(text)
    assert raised.value.remedy.text
