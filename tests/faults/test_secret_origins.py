"""Key, telling headers and the proxy's password reach the origin they were saved for, and no other."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeEndpointProbe, FakeSecretStore, FakeSettingsStore
from tests.integration.endpoints.wire_server import Reply, delta, sse, wire_server
from writetex_desktop.adapters.endpoint.probe import HttpProbe
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.composition.configuration import override
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import HELD, Network
from writetex_desktop.core.endpoints.wire.curl import Shell, as_curl, text_ping
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.endpoints.model_lists import ModelLists, models_url
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService

LEAK = re.compile("sk-LEAK")
KEY, TOKEN, PASSWORD = "sk-LEAK-key", "sk-LEAK-token", "sk-LEAK-password"
PICTURE = EncodedImage("image/png", b"\x89PNG", 8, 8)
ROOT = Path(__file__).parents[2]

Turn = Callable[[SettingsService, str], Awaitable[None]]


def answer() -> Reply:
    return Reply(sse(delta("x"), delta(finish="stop")))


async def saved_at(base_url: str) -> tuple[SettingsService, FakeSettingsStore, FakeSecretStore]:
    """Give settings with one profile and its secrets, as the user's own hand makes them."""
    store, secrets = FakeSettingsStore(), FakeSecretStore()
    service = SettingsService(store, secrets, Settings(), Overrides())
    network = Network(headers=(("X-Org-Token", TOKEN), ("X-Title", "WriteTex")))
    await service.save_profile(Profile("a", "A", base_url, "m", network=network), Secret(KEY))
    return service, store, secrets


async def by_option(service: SettingsService, url: str) -> None:
    override(service, base_url=url, model="m", tell=lambda _notice: None)


async def by_environment(service: SettingsService, url: str) -> None:
    service.overrides = Overrides(base_url=url, model="m")


async def by_option_over_the_environment(service: SettingsService, url: str) -> None:
    home = service.settings.value.profiles[0].base_url
    service.overrides = Overrides(home, Secret(KEY), home, "m")
    override(service, base_url=url, model=None, tell=lambda _notice: None)


async def by_editing(service: SettingsService, url: str) -> None:
    await service.save_profile(replace(service.settings.value.profiles[0], base_url=url), None)


async def by_editing_the_file(service: SettingsService, url: str) -> None:
    settings = service.settings.value
    service.settings.set(settings.with_profile(replace(settings.profiles[0], base_url=url)))


async def by_falling_back(service: SettingsService, url: str) -> None:
    settings = service.settings.value
    other = Profile("b", "B", url, "m", network=settings.profiles[0].network)
    service.settings.set(replace(settings, profiles=(*settings.profiles, other), active_profile="b"))


TURNS = (
    *(by_option, by_environment, by_option_over_the_environment),
    *(by_editing, by_editing_the_file, by_falling_back),
)


async def ask(endpoint: Endpoint) -> None:
    """Ask in each way there is: for a reading, and for the models."""
    recognizer = OpenAIRecognizer(endpoint)
    try:
        async for _event in recognizer.recognize(RecognitionRequest(PICTURE)):
            pass
    finally:
        await recognizer.aclose()
    await HttpProbe().get(endpoint, models_url(endpoint.base_url), timeout_s=8)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("elsewhere", ["another port", "another name"])
async def test_no_way_to_name_another_address_takes_the_secrets_along(turn: Turn, elsewhere: str) -> None:
    async with wire_server(answer()) as home, wire_server(answer()) as other:
        service, _store, _secrets = await saved_at(home.base_url)
        place = home if elsewhere == "another name" else other
        url = place.base_url.replace("127.0.0.1", "localhost" if place is home else "127.0.0.1")
        await turn(service, url)
        try:
            endpoint = await service.draft()
        except EndpointError:  # a header whose value is not known here
            bare = replace(service.settings.value.profiles[-1], network=Network())
            service.settings.set(service.settings.value.with_profile(bare))
            endpoint = await service.draft()
        await ask(endpoint)
        assert len(place.requests) == 2
        for request in place.requests:
            assert not LEAK.search(repr(request))


async def test_at_home_they_are_sent_and_the_file_does_not_hold_them() -> None:
    async with wire_server(answer()) as home:
        service, store, secrets = await saved_at(home.base_url)
        await ask(await service.draft())
        for request in home.requests:
            assert request.headers["authorization"] == f"Bearer {KEY}"
            assert request.headers["x-org-token"] == TOKEN
            assert request.headers["x-title"] == "WriteTex"
    assert store.settings is not None
    assert store.settings.profiles[0].network.headers == (("X-Org-Token", HELD), ("X-Title", "WriteTex"))
    kept = " ".join(each.reveal() for each in secrets.secrets.values())
    assert KEY in kept
    assert TOKEN in kept


async def test_a_profile_that_comes_home_has_them_again() -> None:
    service, _store, secrets = await saved_at("https://a.example/v1")
    await by_editing(service, "https://b.example/v1")
    assert secrets.secrets == {}
    await by_editing(service, "https://a.example/v1")
    endpoint = await service.endpoint()
    assert endpoint.key.reveal() == KEY
    assert ("X-Org-Token", TOKEN) in endpoint.network.headers


async def test_an_old_file_is_relieved_of_its_secrets() -> None:
    network = Network(f"http://me:{PASSWORD}@proxy.example:3128", headers=(("X-Org-Token", TOKEN),))
    old = Settings((Profile("a", "A", "https://a.example/v1", "m", network=network),), "a")
    store, secrets = FakeSettingsStore(old), FakeSecretStore(secrets={"a": Secret(KEY)})
    service = SettingsService(store, secrets, old, Overrides())
    await service.settle_secrets()
    assert (await service.endpoint()).network == network
    assert store.settings is not None
    kept = store.settings.profiles[0].network
    assert kept == Network(f"http://me:{HELD}@proxy.example:3128", headers=(("X-Org-Token", HELD),))
    assert sorted(secrets.secrets) == ["a @ https://a.example", "a network @ https://a.example"]

    again = SettingsService(store, secrets, store.settings, Overrides())
    assert (await again.endpoint()).network == network


async def test_without_a_key_store_an_old_file_keeps_what_would_be_lost() -> None:
    network = Network(headers=(("X-Org-Token", TOKEN),))
    old = Settings((Profile("a", "A", "http://localhost/v1", "m", network=network),), "a")
    store = FakeSettingsStore(old)
    await SettingsService(store, FakeSecretStore(keeps=False), old, Overrides()).settle_secrets()
    assert store.settings == old


@pytest.mark.parametrize("proxy", [f"http://me:{HELD}@other.example:3128", f"http://you:{HELD}@p.example:1"])
async def test_the_password_of_a_proxy_is_for_that_proxy_and_user(proxy: str) -> None:
    service, _store, _secrets = await saved_at("https://a.example/v1")
    profile = service.settings.value.profiles[0]
    mine = replace(profile, network=Network(f"http://me:{PASSWORD}@p.example:1"))
    await service.save_profile(mine, None)
    assert (await service.draft()).network.proxy == f"http://me:{PASSWORD}@p.example:1"
    await service.save_profile(replace(mine, network=Network(proxy)), None)
    with pytest.raises(EndpointError, match="password of the proxy is not known"):
        await service.draft()


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("http://public.example/v1", True),
        ("http://8.8.8.8:8000/v1", True),
        ("https://public.example/v1", False),
        ("http://192.168.1.9:8000/v1", False),
        ("http://localhost:1234/v1", False),
    ],
)
async def test_a_key_goes_unencrypted_to_no_public_host_unless_the_profile_says_so(
    url: str, is_refused: bool
) -> None:
    service, _store, _secrets = await saved_at(url)
    if is_refused:
        for gate in (service.draft, service.endpoint):
            with pytest.raises(EndpointError, match="not encrypted"):
                await gate()
        profile = service.settings.value.profiles[0]
        allowed = replace(profile, network=replace(profile.network, plain_http=True))
        await service.save_profile(allowed, None)
    assert (await service.endpoint()).key.reveal() == KEY


async def test_a_model_list_is_looked_for_at_the_same_origin_alone() -> None:
    probe = FakeEndpointProbe()
    endpoint = Endpoint("http://127.0.0.1:5/x", Secret(KEY), "m")
    assert await ModelLists(probe, Catalogue(())).better_base_url(endpoint) == ""
    assert probe.asked
    assert all(url.startswith("http://127.0.0.1:5/") for _endpoint, url in probe.asked)
    with pytest.raises(EndpointError):
        await HttpProbe().get(endpoint, "http://127.0.0.1:6/v1/models", timeout_s=1)


@pytest.mark.parametrize("shell", Shell)
async def test_a_line_for_curl_shows_no_value_of_a_telling_header(shell: Shell) -> None:
    service, _store, _secrets = await saved_at("https://a.example/v1")
    line = as_curl(await service.endpoint(), text_ping("m", "Hello"), shell)
    assert not LEAK.search(line)
    assert "YOUR_X_ORG_TOKEN" in line
    assert "X-Title: WriteTex" in line


@pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-run-session") is None,
    reason="needs gnome-keyring and dbus",
)
async def test_the_program_sends_a_key_of_the_real_key_store_home_and_nowhere_else(tmp_path: Path) -> None:
    async with wire_server(answer()) as home, wire_server(answer()) as other:
        config = tmp_path / ".config" / "writetex-desktop"
        config.mkdir(parents=True)
        profile = {"id": "a", "name": "A", "base_url": home.base_url, "model": "m"}
        network = {"headers": [["X-Org-Token", TOKEN]]}
        document = {"version": 1, "profiles": [{**profile, "network": network}], "active_profile": "a"}
        (config / "settings.json").write_text(json.dumps(document), "utf-8")
        picture = ROOT / "resources" / "samples" / "01-quadratic.png"
        recognize = f"{sys.executable} -m writetex_desktop recognize --engine endpoint {picture}"
        keep = f"import keyring; keyring.set_password('WriteTex Desktop', 'a', '{KEY}')"
        script = (
            "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
            f'{sys.executable} -c "{keep}" && {recognize} --base-url {other.base_url} && {recognize}'
        )
        runtime = tmp_path / "runtime"
        runtime.mkdir(mode=0o700)
        variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime)}
        run = await asyncio.to_thread(
            subprocess.run,
            ["dbus-run-session", "--", "sh", "-c", script],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert "not used for" in run.stderr
        assert len(other.requests) == 1
        assert not LEAK.search(repr(other.requests))
        assert home.requests[0].headers["authorization"] == f"Bearer {KEY}"
        assert home.requests[0].headers["x-org-token"] == TOKEN
    assert not LEAK.search((config / "settings.json").read_text("utf-8"))


async def test_a_client_certificate_is_shown_to_the_server_it_was_chosen_for_alone() -> None:
    service, _store, _secrets = await saved_at("https://a.example/v1")
    profile = service.settings.value.profiles[0]
    mine = replace(profile, network=Network(client_certificate="/c.pem", client_key="/k.pem"))
    await service.save_profile(mine, None)
    assert (await service.draft()).network.client_certificate == "/c.pem"

    await by_option(service, "https://b.example/v1")
    assert not (await service.draft()).network.client_certificate
    service.overrides = Overrides()

    await by_editing(service, "https://b.example/v1")
    with pytest.raises(EndpointError, match=r"chosen for https://a\.example"):
        await service.draft()
    await by_editing(service, "https://a.example/v1")
    assert (await service.draft()).network.client_key == "/k.pem"

    await by_editing_the_file(service, "https://b.example/v1")
    with pytest.raises(EndpointError, match="not shown to others"):
        await service.draft()
    moved = service.settings.value.profiles[0]
    await service.save_profile(replace(moved, network=Network(client_certificate="/other.pem")), None)
    assert (await service.draft()).network.client_for == "https://b.example"
