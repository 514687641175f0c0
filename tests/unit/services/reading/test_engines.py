"""Which endpoint is asked, and which one when it does not answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from tests.fakes import FakeClock, FakeRecognizer, FakeSecretStore, FakeSettingsStore
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError, RemedyAction, WriteTexError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    EngineChoice,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    RecognizerEvent,
    Retrying,
    TextDelta,
)
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.reading.engines import Engines
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService

REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))
PROFILES = tuple(
    Profile(each, each.title(), f"http://localhost:{port}/v1", each) for port, each in enumerate("abc", 1)
)
Script = Sequence[RecognizerEvent | WriteTexError]


def answer(model: str) -> Script:
    return (TextDelta("x"), Completed(Engine.ENDPOINT, model))


def failing(fault: Fault, message: str = "It is busy.") -> Script:
    return (EndpointError(message, "Wait.", fault=fault, retryable=True),)


@dataclass
class ScriptedEndpoint(FakeRecognizer):
    """A recogniser that can be warmed and closed."""

    closed: bool = False

    async def warm(self) -> None:
        pass

    async def aclose(self) -> None:
        self.closed = True


@dataclass
class Rig:
    scripts: dict[str, Script]
    settings: Settings
    offline: FakeRecognizer | None = None
    asked: list[str] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)

    async def read(self, profile: str = "") -> list[RecognitionEvent]:
        def connect(endpoint: Endpoint) -> ScriptedEndpoint:
            self.asked.append(endpoint.model)
            return ScriptedEndpoint([self.scripts[endpoint.model]])

        service = SettingsService(FakeSettingsStore(), FakeSecretStore(), self.settings, Overrides())
        engines = Engines(service, connect, self.offline, self.clock)
        try:
            events: AsyncIterator[RecognitionEvent] = engines.recognise(REQUEST, profile=profile)
            return [event async for event in events]
        finally:
            await engines.aclose()


SETTINGS = Settings(profiles=PROFILES, active_profile="b", fallback=True)


def recognition(events: list[RecognitionEvent]) -> Recognition:
    assert isinstance(events[-1], Recognition)
    return events[-1]


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.OVERLOADED, Fault.TIMEOUT, Fault.UNREACHABLE])
async def test_the_others_are_asked_in_their_order_at_once_and_it_is_said(fault: Fault) -> None:
    rig = Rig({"b": failing(fault), "a": failing(fault, "It is busy too."), "c": answer("c")}, SETTINGS)
    events = await rig.read()
    assert rig.asked == ["b", "a", "c"]
    assert rig.clock.slept == []
    retries = [event for event in events if isinstance(event, Retrying)]
    assert [each.reason for each in retries] == [
        "It is busy. Asking A instead.",
        "It is busy too. Asking C instead.",
    ]
    assert recognition(events).warnings == ("It is busy. It is busy too. C read the picture instead.",)


async def test_the_last_one_is_asked_again_where_that_may_help() -> None:
    rig = Rig(
        {"b": failing(Fault.OVERLOADED), "a": failing(Fault.OVERLOADED), "c": failing(Fault.OVERLOADED)},
        SETTINGS,
    )
    with pytest.raises(EndpointError):
        await rig.read()
    assert len(rig.clock.slept) == 2


@pytest.mark.parametrize("fault", [Fault.BAD_KEY, Fault.WRONG_MODEL, Fault.NO_MONEY])
async def test_what_the_user_must_mend_is_not_passed_over(fault: Fault) -> None:
    rig = Rig({"b": failing(fault), "a": answer("a")}, SETTINGS)
    with pytest.raises(EndpointError):
        await rig.read()
    assert rig.asked == ["b"]


async def test_nobody_else_is_asked_unless_the_user_wants_it() -> None:
    rig = Rig({"b": failing(Fault.RATE_LIMITED)}, replace(SETTINGS, fallback=False))
    with pytest.raises(EndpointError):
        await rig.read()
    assert set(rig.asked) == {"b"}


async def test_nobody_else_is_asked_when_a_profile_was_named() -> None:
    rig = Rig({"c": failing(Fault.RATE_LIMITED)}, SETTINGS)
    with pytest.raises(EndpointError):
        await rig.read("c")
    assert set(rig.asked) == {"c"}


async def test_an_answer_that_has_begun_is_kept() -> None:
    cut: Script = (TextDelta("x +"), EndpointError("Cut.", "Again.", fault=Fault.TIMEOUT, partial="x +"))
    rig = Rig({"b": cut}, SETTINGS)
    assert recognition(await rig.read()).complete is False
    assert rig.asked == ["b"]


async def test_a_spare_without_a_key_is_passed_over() -> None:
    cloud = Profile("a", "A", "https://a.example/v1", "a")
    rig = Rig(
        {"b": failing(Fault.OVERLOADED), "c": answer("c")},
        replace(SETTINGS, profiles=(cloud, *PROFILES[1:])),
    )
    assert recognition(await rig.read()).warnings == ("It is busy. C read the picture instead.",)


async def test_when_no_spare_is_filled_in_the_first_failure_is_told() -> None:
    cloud = Profile("a", "A", "https://a.example/v1", "a")
    rig = Rig({"b": failing(Fault.OVERLOADED)}, replace(SETTINGS, profiles=(cloud, PROFILES[1])))
    with pytest.raises(EndpointError, match="It is busy"):
        await rig.read()


async def test_without_any_network_the_built_in_recogniser_reads() -> None:
    down = failing(Fault.UNREACHABLE, "No network.")
    offline = FakeRecognizer([(TextDelta("y"), Completed(Engine.OFFLINE, "built-in"))])
    rig = Rig({"b": down, "a": down, "c": down}, replace(SETTINGS, engine=EngineChoice.AUTO), offline)
    assert recognition(await rig.read()).engine is Engine.OFFLINE


def reads_offline() -> FakeRecognizer:
    return FakeRecognizer([(TextDelta("y"), Completed(Engine.OFFLINE, "built-in"))])


@pytest.mark.parametrize("engine", EngineChoice)
async def test_offline_no_endpoint_is_even_made(engine: EngineChoice) -> None:
    settings = replace(SETTINGS, engine=engine, stay_offline=True)
    rig = Rig({}, settings, reads_offline())
    assert recognition(await rig.read()).engine is Engine.OFFLINE
    assert rig.asked == []


async def test_offline_an_endpoint_that_is_asked_for_is_refused_with_the_way_back_online() -> None:
    rig = Rig({}, replace(SETTINGS, stay_offline=True), reads_offline())
    with pytest.raises(EndpointError) as caught:
        await rig.read("a")
    assert caught.value.fault is Fault.STAYING_OFFLINE
    assert caught.value.remedy.action is RemedyAction.GO_ONLINE
    assert rig.asked == []


def read_draft(settings: Settings, offline: FakeRecognizer | None, *, key: bool = True) -> Recognition | None:
    places = settings.profiles if key else (Profile("b", "B", "https://b.example/v1", "b"),)
    service = SettingsService(
        FakeSettingsStore(), FakeSecretStore(), replace(settings, profiles=places), Overrides()
    )
    engines = Engines(service, lambda _endpoint: ScriptedEndpoint([()]), offline, FakeClock())
    return asyncio.run(engines.draft(REQUEST))


def sure(confidence: float) -> FakeRecognizer:
    return FakeRecognizer([(TextDelta("y"), Completed(Engine.OFFLINE, "built-in", confidence=confidence))])


def test_a_draft_is_read_by_the_embedded_recogniser_while_an_endpoint_is_asked() -> None:
    draft = read_draft(SETTINGS, sure(0.9))
    assert draft is not None
    assert (draft.markup, draft.engine) == ("y", Engine.OFFLINE)


@pytest.mark.parametrize(
    "settings",
    [
        replace(SETTINGS, show_draft=False),
        replace(SETTINGS, stay_offline=True),
        replace(SETTINGS, engine=EngineChoice.ENDPOINT),
        replace(SETTINGS, engine=EngineChoice.OFFLINE),
        replace(SETTINGS, profiles=()),
    ],
)
def test_no_draft_is_made_where_none_is_wanted(settings: Settings) -> None:
    offline = sure(0.9)
    service = SettingsService(FakeSettingsStore(), FakeSecretStore(), settings, Overrides())
    engines = Engines(service, lambda _endpoint: ScriptedEndpoint([()]), offline, FakeClock())
    assert asyncio.run(engines.draft(REQUEST)) is None
    assert offline.requests == []


def test_without_a_key_the_picture_is_not_read_twice() -> None:
    offline = sure(0.9)
    assert read_draft(SETTINGS, offline, key=False) is None
    assert offline.requests == []


@pytest.mark.parametrize(
    "offline", [None, sure(0.1), FakeRecognizer([(RecognitionError("It reads formulas only."),)])]
)
def test_what_cannot_be_read_makes_no_draft(offline: FakeRecognizer | None) -> None:
    assert read_draft(SETTINGS, offline) is None
