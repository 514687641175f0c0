from datetime import date
from decimal import Decimal

import pytest

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.provider import (
    ORDINARY,
    Catalogue,
    Model,
    ModelMark,
    ModelRule,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.money import Currency

CHEAP = Model("tiny-1", "Tiny", patterns=("tiny-1-20*",), mark=ModelMark.ECONOMICAL)
OLD = Model("old", "Old", mark=ModelMark.STRONG, retires=date(2026, 12, 1))
NEW = Model("new", "New", mark=ModelMark.STRONG, price=Price(Decimal(1), Decimal(2), Currency.USD))
CLOUD = Provider(
    "cloud",
    "Cloud",
    ProviderKind.SERVICE,
    base_url="https://api.cloud.example/v1",
    hosts=("cloud.example",),
    listing_prefix="models/",
    models=(CHEAP, OLD, NEW),
    rules=(
        ModelRule(("tiny-*",), thinking_off={"effort": "none"}),
        ModelRule(("*",), temperature=False),
    ),
)
LOCAL = Provider("local", "Local", ProviderKind.LOCAL, base_url="http://localhost:4321/v1", port=4321)
CATALOGUE = Catalogue((CLOUD, LOCAL))


@pytest.mark.parametrize(
    "base_url",
    ["https://cloud.example/v1", "https://api.cloud.example/v1", "https://eu.api.CLOUD.example:8443/x"],
)
def test_a_provider_is_known_by_its_host_and_every_host_below_it(base_url: str) -> None:
    assert CATALOGUE.provider_for(base_url) is CLOUD


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "https://notcloud.example/v1",
        "https://cloud.example.evil.org/v1",
        "https://public.org:4321/v1",
        "http://localhost:4322/v1",
    ],
)
def test_an_address_of_somebody_else_is_nobodys(base_url: str) -> None:
    assert CATALOGUE.provider_for(base_url) is None
    assert CATALOGUE.model(base_url, "tiny-1") is None
    assert CATALOGUE.price(base_url, "tiny-1") is None
    assert CATALOGUE.rule(base_url, "tiny-1") is ORDINARY
    assert CATALOGUE.thinking_off(base_url, "tiny-1") == {}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "192.168.1.7", "desk", "desk.local"])
def test_a_local_server_is_known_by_its_port(host: str) -> None:
    assert CATALOGUE.provider_for(f"http://{host}:4321/v1") is LOCAL


@pytest.mark.parametrize("model", ["tiny-1", "TINY-1", "models/tiny-1", "tiny-1-20260101"])
def test_a_model_is_known_by_its_id_in_any_case_by_its_prefix_and_by_its_date(model: str) -> None:
    assert CLOUD.model(model) is CHEAP


def test_a_model_nobody_named_is_not_known() -> None:
    assert CLOUD.model("tiny-10") is None


def test_an_id_goes_before_a_pattern() -> None:
    any_model = Model("any", "Any", patterns=("*",))
    provider = Provider("p", "P", ProviderKind.SERVICE, models=(any_model, NEW))
    assert provider.model("new") is NEW
    assert provider.model("else") is any_model


def test_a_retired_model_is_not_proposed() -> None:
    assert CLOUD.marked(ModelMark.STRONG, date(2026, 11, 30)) is OLD
    assert CLOUD.marked(ModelMark.STRONG, date(2026, 12, 1)) is NEW
    assert LOCAL.marked(ModelMark.STRONG, date(2026, 12, 1)) is None


def test_the_first_rule_that_fits_counts() -> None:
    assert CATALOGUE.thinking_off("https://cloud.example/v1", "tiny-7") == {"effort": "none"}
    assert CATALOGUE.rule("https://cloud.example/v1", "tiny-7").temperature
    assert not CATALOGUE.rule("https://cloud.example/v1", "new").temperature


def test_a_provider_is_found_by_its_id() -> None:
    assert CATALOGUE.provider("local") is LOCAL
    assert CATALOGUE.provider("nobody") is None
