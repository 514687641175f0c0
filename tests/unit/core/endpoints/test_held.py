"""Network settings part into what a file may hold and what the key store holds, and join again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.held import (
    HeldValues,
    has_holes,
    joined,
    part,
    read_held,
    secrets_in,
    still_held,
    write_held,
)
from writetex_desktop.core.endpoints.network import HELD, Network, is_telling
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.codec import encode_profiles
from writetex_desktop.core.settings.settings import Profile

SECRET = st.from_regex(r"sk-[A-Za-z0-9]{6,12}", fullmatch=True)
NAME = st.sampled_from(["X-Org-Token", "X-Team", "Api-Version", "Cookie"])
HEADERS = st.dictionaries(NAME, SECRET, max_size=3).map(lambda values: tuple(values.items()))
PROXY = st.one_of(
    st.just(""),
    st.just("direct"),
    st.builds("http://me:{}@p.example:3128".format, SECRET),
    st.just("socks5://p:1"),
)
NETWORK = st.builds(Network, proxy=PROXY, headers=HEADERS)


@given(NETWORK)
def test_what_is_parted_is_joined_again_and_the_file_holds_no_secret(network: Network) -> None:
    clean, values = part(network)
    assert joined(clean, read_held(write_held(values))) == network
    assert has_holes(clean) == bool(values)
    written = json.dumps(encode_profiles([Profile("a", "A", "https://a/v1", "m", network=clean)]))
    assert "sk-" not in written
    assert "sk-" not in repr(network)
    for secret in secrets_in(network):
        assert secret.reveal() not in written
    assert part(clean) == (clean, HeldValues())


@given(NETWORK, NETWORK)
def test_only_what_bullets_stand_for_is_still_held(network: Network, other: Network) -> None:
    _clean, values = part(network)
    shown = replace(part(other)[0])
    kept = still_held(shown, values)
    assert set(kept.headers) <= {name.lower() for name, value in shown.headers if value == HELD}
    assert set(kept.proxies) <= set(values.proxies)


def test_a_value_that_is_not_there_is_missed_by_its_name() -> None:
    with pytest.raises(EndpointError, match="header X-Org-Token is not known"):
        joined(Network(headers=(("X-Org-Token", HELD),)), HeldValues())


@pytest.mark.parametrize("entry", ["", "x", "[]", "{}", '{"headers": 3, "proxies": {}}', "[" * 100_000])
def test_a_foreign_entry_of_the_key_store_holds_nothing(entry: str) -> None:
    assert not read_held(Secret(entry))


def test_a_header_is_telling_unless_it_is_known_not_to_be() -> None:
    assert is_telling("X-Whatever")
    assert is_telling("x-api-key")
    assert not is_telling("User-Agent")
