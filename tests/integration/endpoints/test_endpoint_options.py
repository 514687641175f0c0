"""What the command line says of the endpoint holds for one run, and only there."""

import asyncio
from pathlib import Path

import pytest

from tests import command
from tests.fakes import FakeSecretStore, FakeSettingsStore
from tests.integration.endpoints.wire_server import Reply, Wait, delta, sse, wire_server
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.cli.arguments import parse
from writetex_desktop.cli.endpoint_options import endpoint_of
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService

ANSWER = Reply(sse(delta("x^2"), delta(finish="stop")))
PROBE = str(Path(__file__).parents[3] / "resources" / "probe.png")
WORDS = [
    *("--header", "X-Tenant: 7", "--header", "X-Trace: on", "--proxy", "proxy.example:3128"),
    *("--ca-file", "/etc/own.pem", "--max-tokens", "77", "--timeout", "12.5"),
]


async def test_a_saved_endpoint_is_asked_with_the_headers_and_the_limit_of_this_run(tmp_path: Path) -> None:
    async with wire_server(ANSWER) as wire:
        settings = Settings(
            profiles=(
                Profile("a", "Work", "http://127.0.0.1:9/v1", "gpt-work"),
                Profile("b", "At home", wire.base_url, "eye-home"),
            ),
            active_profile="a",
        )
        file = SettingsFile(tmp_path / "CONFIG" / "writetex-desktop" / "settings.json")
        file.update(lambda _before: settings)
        words = (
            "--engine",
            "endpoint",
            "--profile",
            "at home",
            "--header",
            "X-Tenant: 7",
            "--max-tokens",
            "77",
        )
        status, output, _said = await command.run(tmp_path, "recognize", PROBE, *words)
    assert (status, output) == (0, "x^2\n")
    (request,) = wire.requests
    assert request.headers["x-tenant"] == "7"
    assert (request.body["model"], request.body["max_tokens"]) == ("eye-home", 77)
    assert file.load() == settings


async def test_a_wait_that_is_named_ends_the_run(tmp_path: Path) -> None:
    async with wire_server(Reply((Wait(),))) as wire:
        words = ("--base-url", wire.base_url, "--model", "m", "--timeout", "0.5", "--engine", "endpoint")
        running = asyncio.ensure_future(command.run(tmp_path, "test-connection", *words[:-2]))
        status, output, _said = await running
    assert status == 1
    assert "failed" in output


@pytest.mark.parametrize("name", ["recognize x.png", "test-connection", "batches"])
async def test_every_command_that_asks_an_endpoint_takes_them(name: str) -> None:
    choice = endpoint_of(parse([*name.split(), *WORDS, "--profile", "b"]))
    profiles = (
        Profile("a", "A", "https://a.example/v1", "m-a"),
        Profile(
            "b",
            "Bee",
            "https://b.example/v1",
            "m-b",
            network=Network(headers=(("accept-language", "fr"),), connect_s=30.0),
        ),
    )
    settings = choice.on(Settings(profiles=profiles, active_profile="a"))
    environment = Overrides(base_url="https://env.example/v1", key=Secret("sk-env-000000"), model="m-env")
    secrets = FakeSecretStore(secrets={"b": Secret("sk-b-11111111")})
    service = SettingsService(FakeSettingsStore(), secrets, settings, environment)
    choice.apply(service, lambda _notice: None)
    endpoint = await service.draft()
    assert (endpoint.base_url, endpoint.model) == ("https://b.example/v1", "m-b")
    assert endpoint.key.reveal() != "sk-env-000000"
    network = endpoint.network
    assert network.headers == (("accept-language", "fr"), ("X-Tenant", "7"), ("X-Trace", "on"))
    assert (network.proxy, network.ca_file) == ("http://proxy.example:3128", "/etc/own.pem")
    assert (network.connect_s, network.first_byte_s, network.total_s) == (12.5, 12.5, 12.5)
    assert endpoint.most_tokens == 77


def test_what_is_not_said_changes_nothing() -> None:
    choice = endpoint_of(parse(["test-connection"]))
    assert choice == EndpointChoice()
    service = SettingsService(FakeSettingsStore(), FakeSecretStore(), Settings(), Overrides(model="m"))
    choice.apply(service, lambda _notice: None)
    assert service.overrides == Overrides(model="m")
    assert Endpoint("https://a.example/v1", Secret(""), "m").most_tokens == 0


@pytest.mark.parametrize(
    ("choice", "word"),
    [
        (EndpointChoice(profile="Bea"), "Did you mean Bee?"),
        (EndpointChoice(headers=("no colon",)), "not of the form"),
        (EndpointChoice(headers=("Authorization: Bearer x",)), "holds the key"),
        (EndpointChoice(proxy="ftp://x"), "no address of a proxy"),
    ],
)
def test_what_cannot_be_is_said(choice: EndpointChoice, word: str) -> None:
    settings = Settings(profiles=(Profile("b", "Bee", "https://b.example/v1", "m"),), active_profile="b")
    with pytest.raises(SettingsError) as caught:
        choice.apply(
            SettingsService(FakeSettingsStore(), FakeSecretStore(), choice.on(settings), Overrides()),
            lambda _notice: None,
        )
    assert word in f"{caught.value.message} {caught.value.remedy.text}"


@pytest.mark.parametrize(
    "words", [["--max-tokens", "0"], ["--max-tokens", "x"], ["--timeout", "-1"], ["--timeout", "inf"]]
)
def test_what_is_no_number_is_refused_with_what_is(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(["test-connection", *words])
    assert "number" in capsys.readouterr().err


async def test_a_whole_command_in_place_of_a_base_url_says_all_three() -> None:
    pasted = """curl https://openrouter.ai/api/v1/chat/completions -H "Authorization: Bearer sk-or-0123" \\
      -d '{"model": "qwen/qwen3-vl-8b-instruct", "messages": []}'"""
    environment = Overrides(key=Secret("sk-env-000000"), model="m-env")
    for model in (None, "other"):
        service = SettingsService(FakeSettingsStore(), FakeSecretStore(), Settings(), environment)
        EndpointChoice(pasted, model).apply(service, lambda _notice: None)
        endpoint = await service.draft()
        assert endpoint.base_url == "https://openrouter.ai/api/v1"
        assert endpoint.key.reveal() == "sk-or-0123"
        assert endpoint.model == (model or "qwen/qwen3-vl-8b-instruct")
