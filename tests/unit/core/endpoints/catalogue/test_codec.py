import dataclasses
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue import codec as provider_codec
from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue
from writetex_desktop.core.endpoints.catalogue.merging import merge
from writetex_desktop.core.endpoints.catalogue.provider import (
    Catalogue,
    ErrorSign,
    GuideStep,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.errors import Fault, SettingsError
from writetex_desktop.core.money import Currency

WHOLE = """
version = 1
[[provider]]
id = "a-b"
name = "A"
kind = "service"
base_url = "api.a.example"
hosts = ["a.example"]
key_url = "https://a.example/keys"
listing = "no"
steps = [{ text = "Go.", url = "https://a.example" }, { text = "Stay." }]
models = [
    { id = "m", name = "M", mark = "strong", retires = 2027-01-01, price = PRICE },
]
rules = [{ patterns = ["m*"], thinking_off = { x = { y = false, z = 3 } }, token_limit = "most" }]
errors = [{ fault = "no-money", status = 402, code = "Broke" }]
free_tier = { text = "Much.", as_of = 2026-11-22 }
image = { media_types = ["image/png"], min_side_px = 14, detail = "high" }
""".replace("PRICE", '{ input = 0.1, output = 2, currency = "CNY", as_of = 2026-11-22, source = "here" }')


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def only(catalogue: Catalogue) -> Provider:
    (provider,) = catalogue.providers
    return provider


def problems(document: dict[str, Any]) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_catalogue(document)
    return caught.value.message


def test_every_attribute_has_a_reader() -> None:
    assert [each.name for each in dataclasses.fields(Provider)] == list(provider_codec._PROVIDER)


def test_a_whole_entry_is_read() -> None:
    provider = only(parse_catalogue(read(WHOLE)))
    assert provider.kind is ProviderKind.SERVICE
    assert provider.base_url == "https://api.a.example/v1"
    assert provider.steps == (GuideStep("Go.", "https://a.example"), GuideStep("Stay."))
    assert provider.models[0].retires == date(2027, 1, 1)
    price = Price(Decimal("0.1"), Decimal(2), Currency.CNY, date(2026, 11, 22), "here")
    assert provider.models[0].price == price
    assert provider.rules[0].thinking_off == {"x": {"y": False, "z": 3}}
    assert provider.rules[0].token_limit == "most"
    assert provider.errors == (ErrorSign(Fault.NO_MONEY, 402, code="Broke"),)
    assert provider.free_tier is not None
    assert provider.free_tier.as_of == date(2026, 11, 22)
    assert provider.image.min_side_px == 14


def test_what_is_left_out_has_its_default() -> None:
    document = read('version = 1\n[[provider]]\nid = "a"\nname = "A"\nkind = "custom"')
    assert only(parse_catalogue(document)) == Provider("a", "A", ProviderKind.CUSTOM)


def test_all_problems_are_told_at_once_each_with_its_place() -> None:
    told = problems(
        read("""
version = 2
other = 1
[[provider]]
id = "A_B"
name = 3
kind = "shop"
base_url = "::"
key_url = "javascript:alert(1)"
hosts = "a"
port = -1
needs_key = "no"
models = [
    { id = "m" },
    { id = "n", name = "N", price = { input = -1, output = nan, currency = "EUR" } },
    { id = "o", name = "O", retires = 2026-01-01T10:00:00 },
]
rules = [{ thinking_off = { x = 0.5 }, token_limit = "a b", shout = true }]
steps = ["go"]
image = { media_types = ["png"] }
[[provider]]
""")
    )
    for part in (
        "version must be 1",
        "other is not known",
        "A_B: id must hold only a-z, 0-9 and hyphens",
        "A_B: name must be a text",
        "A_B: kind must be one of service, gateway, local, custom",
        "A_B: base_url must be an address such as https://api.example.com/v1",
        "A_B: key_url must be an address that starts with https://",
        "A_B: hosts must be a list",
        "A_B: port must be a whole number",
        "A_B: needs_key must be true or false",
        "A_B: models 1: name is missing",
        "A_B: models 2: price: input must be an amount such as 0.25",
        "A_B: models 2: price: output must be an amount such as 0.25",
        "A_B: models 2: price: currency must be one of USD, CNY",
        "A_B: models 3: retires must be a date such as 2026-11-22",
        "A_B: rules 1: thinking_off must be a table of texts, whole numbers, truth values and tables",
        "A_B: rules 1: token_limit must be the name of a parameter",
        "A_B: rules 1: shout is not known",
        "A_B: steps 1 must be a table",
        "A_B: image: media_types 1 must be a media type such as image/png",
        "provider 2: id is missing",
        "provider 2: kind is missing",
    ):
        assert part in told


def test_an_id_may_stand_only_once() -> None:
    assert "a-b stands twice" in problems({"version": 1, "provider": read(WHOLE)["provider"] * 2})


@pytest.mark.parametrize("entries", ["none", {"id": "a"}])
def test_providers_must_be_a_list(entries: object) -> None:
    assert "provider must be written as [[provider]]" in problems({"version": 1, "provider": entries})


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
entries = st.dictionaries(st.sampled_from(sorted(provider_codec._PROVIDER)), values)


@given(st.lists(entries | values, max_size=3), st.lists(entries | values, max_size=3) | values)
def test_whatever_a_user_writes_is_read_or_explained(ours: list[object], theirs: object) -> None:
    document = merge({"version": 1, "provider": ours}, {"version": 1, "provider": theirs})
    try:
        read = parse_catalogue(document)
    except SettingsError as error:
        read = None
        told = error.message
    else:
        told = ""
    assert (read is None) == ("does not fit" in told)


def test_a_user_changes_only_what_he_names() -> None:
    theirs = read("""
version = 1
[[provider]]
id = "a-b"
name = "Mine"
models = [
    { id = "m", price = { input = 5, output = 6, currency = "USD" } },
    { id = "n", name = "N" },
]
""")
    provider = only(parse_catalogue(merge(read(WHOLE), theirs)))
    assert provider.name == "Mine"
    assert provider.base_url == "https://api.a.example/v1"
    assert [each.id for each in provider.models] == ["n", "m"]
    assert provider.models[1].name == "M"
    assert provider.models[1].price == Price(Decimal(5), Decimal(6), Currency.USD)


def test_a_users_own_provider_comes_after_ours() -> None:
    theirs = read('version = 1\n[[provider]]\nid = "c"\nname = "C"\nkind = "local"')
    merged = parse_catalogue(merge(read(WHOLE), theirs))
    assert [each.id for each in merged.providers] == ["a-b", "c"]


def test_a_user_who_adds_nothing_changes_nothing() -> None:
    assert parse_catalogue(merge(read(WHOLE), {"version": 1})) == parse_catalogue(read(WHOLE))
