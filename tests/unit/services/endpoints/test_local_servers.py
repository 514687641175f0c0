"""Servers on the own machine."""

from tests.fakes import FakeEndpointProbe
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, Model, Provider, ProviderKind
from writetex_desktop.core.endpoints.network import DIRECT
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.services.endpoints.local_servers import find_local_servers

EYE = Model("eye", "Eye")
HERE = Provider("here", "Here", ProviderKind.LOCAL, base_url="http://localhost:11434/v1", port=11434)
NUMBER = Provider(
    "number", "Number", ProviderKind.LOCAL, base_url="http://127.0.0.1:1234/v1", port=1234, models=(EYE,)
)
ELSEWHERE = Provider("away", "Away", ProviderKind.LOCAL, base_url="http://box.local:8000/v1", port=8000)
CLOUD = Provider("cloud", "Cloud", ProviderKind.SERVICE, base_url="https://api.cloud.example/v1")
CATALOGUE = Catalogue((HERE, NUMBER, ELSEWHERE, CLOUD))
LIST = ProbeReply(200, {"data": [{"id": "llama"}, {"id": "qwen3-vl:8b"}]})


async def test_what_runs_is_found_with_the_model_that_sees() -> None:
    probe = FakeEndpointProbe({"http://localhost:11434/v1/models": LIST})
    (found,) = await find_local_servers(probe, CATALOGUE)
    assert (found.provider, found.model) == (HERE, "qwen3-vl:8b")


async def test_only_the_own_machine_is_asked_and_without_proxy_or_key() -> None:
    probe = FakeEndpointProbe()
    assert await find_local_servers(probe, CATALOGUE) == ()
    assert {url for _endpoint, url in probe.asked} == {
        "http://localhost:11434/v1/models",
        "http://127.0.0.1:1234/v1/models",
    }
    assert all(endpoint.network.proxy == DIRECT and not endpoint.key for endpoint, _url in probe.asked)


async def test_another_program_on_the_port_is_no_server() -> None:
    pages = {
        "http://localhost:11434/v1/models": ProbeReply(200, None),
        "http://127.0.0.1:1234/v1/models": ProbeReply(404, {"error": "x"}),
    }
    assert await find_local_servers(FakeEndpointProbe({**pages}), CATALOGUE) == ()


async def test_among_several_models_that_say_nothing_the_user_chooses() -> None:
    pages = {"http://localhost:11434/v1/models": ProbeReply(200, {"data": [{"id": "a"}, {"id": "b"}]})}
    (found,) = await find_local_servers(FakeEndpointProbe({**pages}), CATALOGUE)
    assert found.model == ""


async def test_the_only_model_is_taken_and_an_empty_server_is_offered_too() -> None:
    pages = {
        "http://localhost:11434/v1/models": ProbeReply(200, {"data": [{"id": "a"}]}),
        "http://127.0.0.1:1234/v1/models": ProbeReply(200, {"data": []}),
    }
    one, none = await find_local_servers(FakeEndpointProbe({**pages}), CATALOGUE)
    assert (one.model, none.model) == ("a", "")
