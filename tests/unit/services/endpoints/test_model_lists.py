"""Lists of models, and the search for the right path."""

import pytest

from tests.fakes import FakeEndpointProbe
from writetex_desktop.core.endpoints.catalogue.provider import (
    Catalogue,
    Model,
    ModelListing,
    ModelMark,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.endpoints.endpoint import Endpoint, normalise_base_url
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.endpoints.model_lists import ModelLists, models_url

CLOUD = Provider(
    "cloud",
    "Cloud",
    ProviderKind.SERVICE,
    base_url="https://api.cloud.example/compat/v1",
    hosts=("cloud.example",),
    models=(Model("eye-1", "Eye", mark=ModelMark.ECONOMICAL),),
)
SILENT = Provider(
    "silent",
    "Silent",
    ProviderKind.SERVICE,
    base_url="https://silent.example/v1",
    hosts=("silent.example",),
    models=(Model("eye-2", "Eye"),),
    listing=ModelListing.NO,
)
CATALOGUE = Catalogue((CLOUD, SILENT))
KEY = Secret("sk-1")
LIST = ProbeReply(200, {"data": [{"id": "other"}, {"id": "eye-1"}]})


def lists(**pages: ProbeReply | WriteTexError) -> tuple[ModelLists, FakeEndpointProbe]:
    probe = FakeEndpointProbe({f"https://{url}": page for url, page in pages.items()})
    return ModelLists(probe, CATALOGUE), probe


def at(base_url: str, model: str = "") -> Endpoint:
    return Endpoint(base_url, KEY, model)


async def test_the_servers_list_is_joined_with_the_catalogue_and_kept() -> None:
    under_test, probe = lists(**{"api.cloud.example/compat/v1/models": LIST})
    choice = await under_test.models(at(CLOUD.base_url, "x"))
    assert [each.id for each in choice.models] == ["eye-1", "other"]
    assert choice.listed
    assert await under_test.models(at(CLOUD.base_url, "y")) == choice
    assert len(probe.asked) == 1
    await under_test.models(at(CLOUD.base_url), anew=True)
    assert len(probe.asked) == 2


@pytest.mark.parametrize(
    "page", [ProbeReply(401, {"error": "no"}), ProbeReply(404, None), ProbeReply(200, {"hello": 1})]
)
async def test_a_server_that_does_not_tell_leaves_the_catalogue_and_is_asked_again(page: ProbeReply) -> None:
    under_test, probe = lists(**{"api.cloud.example/compat/v1/models": page})
    choice = await under_test.models(at(CLOUD.base_url))
    assert [each.id for each in choice.models] == ["eye-1"]
    assert (choice.listed, choice.reply, choice.problem) == (False, page, None)
    await under_test.models(at(CLOUD.base_url))
    assert len(probe.asked) == 2


async def test_a_server_that_cannot_be_reached_is_told_beside_the_catalogue() -> None:
    under_test, _probe = lists()
    choice = await under_test.models(at(CLOUD.base_url))
    assert [each.id for each in choice.models] == ["eye-1"]
    assert isinstance(choice.problem, EndpointError)
    assert choice.problem.fault is Fault.UNREACHABLE


async def test_a_server_that_is_known_to_have_no_list_is_not_asked() -> None:
    under_test, probe = lists()
    assert [each.id for each in (await under_test.models(at(SILENT.base_url))).models] == ["eye-2"]
    assert probe.asked == []


async def test_the_catalogues_address_is_tried_first() -> None:
    under_test, probe = lists(**{"api.cloud.example/compat/v1/models": LIST})
    assert await under_test.better_base_url(at("https://api.cloud.example/v2")) == CLOUD.base_url
    assert len(probe.asked) == 1


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("https://gate.example/ui/v1", "https://gate.example/v1"),
        ("https://gate.example/v1", "https://gate.example/api/v1"),
        ("https://gate.example/tenant", "https://gate.example/tenant/v1"),
        ("https://gate.example/v1", "https://gate.example/chat/completions#"),
        ("https://gate.example/llm/v1", "https://gate.example/llm/"),
        ("https://gate.example/llm#", "https://gate.example/llm/v1"),
        ("https://gate.example/v1", "https://gate.example/api"),
    ],
)
async def test_what_was_typed_and_then_the_usual_paths_are_tried(typed: str, right: str) -> None:
    under_test, _probe = lists(**{models_url(right).removeprefix("https://"): LIST})
    assert await under_test.better_base_url(at(typed)) == right
    assert normalise_base_url(right) == right


async def test_an_api_that_asks_for_a_key_is_an_api() -> None:
    under_test, _probe = lists(
        **{"gate.example/api/v1/models": ProbeReply(401, {"error": {"message": "key"}})}
    )
    assert await under_test.better_base_url(at("https://gate.example/v1")) == "https://gate.example/api/v1"


async def test_web_pages_are_no_api_and_the_key_goes_to_the_same_host_only() -> None:
    under_test, probe = lists(**{"gate.example/api/v1/models": ProbeReply(200, None)})
    assert await under_test.better_base_url(at("https://gate.example/v1")) == ""
    assert all(url.startswith("https://gate.example/") for _endpoint, url in probe.asked)
    assert len(probe.asked) > 2


def test_a_query_stays_behind_the_path() -> None:
    assert models_url("https://a/x?api-version=1") == "https://a/x/models?api-version=1"
