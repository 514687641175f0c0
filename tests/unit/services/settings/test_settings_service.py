from dataclasses import replace

import pytest

from tests.fakes import FakeSecretStore, FakeSettingsStore
from writetex_desktop.core.errors import EndpointError, Fault, RemedyAction, SettingsError
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings, Theme
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService, new_profile_id

WORK = Profile("work", "Work", "https://api.example.com/v1", "eye-1")
HOME = Profile("home", "Home", "http://localhost:11434", "llava")
KEY = Secret("sk-work")
PLACE = "work @ https://api.example.com"
"""The name of the key in the store: it says for which address it is."""


def service(
    settings: Settings | None = None,
    *,
    store: FakeSettingsStore | None = None,
    secrets: FakeSecretStore | None = None,
    overrides: Overrides | None = None,
) -> SettingsService:
    return SettingsService(
        store or FakeSettingsStore(),
        secrets or FakeSecretStore(),
        settings or Settings(profiles=(WORK, HOME), active_profile="work"),
        overrides or Overrides(),
    )


def test_a_change_is_in_force_saved_and_told() -> None:
    store = FakeSettingsStore()
    under_test = service(store=store)
    told: list[Settings] = []
    under_test.settings.subscribe(told.append)
    under_test.change(lambda settings: replace(settings, theme=Theme.DARK))
    assert under_test.settings.value.theme is Theme.DARK
    assert store.settings == under_test.settings.value
    assert told == [under_test.settings.value]


def test_a_change_that_cannot_be_saved_is_in_force_and_said() -> None:
    under_test = service(store=FakeSettingsStore(full=True))
    with pytest.raises(SettingsError):
        under_test.change(lambda settings: replace(settings, theme=Theme.DARK))
    assert under_test.settings.value.theme is Theme.DARK


async def test_the_endpoint_is_made_of_the_active_profile_and_its_key() -> None:
    under_test = service(secrets=FakeSecretStore(secrets={"work": KEY}))
    endpoint = await under_test.endpoint()
    assert (endpoint.base_url, endpoint.key, endpoint.model) == ("https://api.example.com/v1", KEY, "eye-1")


async def test_another_profile_can_be_asked_for_by_name() -> None:
    endpoint = await service().endpoint("home")
    assert endpoint.base_url == "http://localhost:11434/v1"


async def test_overrides_stand_above_the_active_profile_and_not_above_a_named_one() -> None:
    overrides = Overrides(base_url="http://127.0.0.1:9/v1", key=Secret("sk-env"), model="other")
    under_test = service(overrides=overrides)
    active = await under_test.endpoint()
    assert (active.base_url, active.key.reveal(), active.model) == (
        "http://127.0.0.1:9/v1",
        "sk-env",
        "other",
    )
    assert (await under_test.endpoint("home")).model == "llava"


async def test_overrides_alone_are_enough() -> None:
    overrides = Overrides(base_url="localhost:8000", model="m")
    under_test = service(Settings(), overrides=overrides)
    assert under_test.is_configured()
    assert (await under_test.endpoint()).base_url == "http://localhost:8000/v1"


async def test_without_a_profile_the_remedy_opens_the_endpoint_settings() -> None:
    under_test = service(Settings())
    assert not under_test.is_configured()
    with pytest.raises(EndpointError) as caught:
        await under_test.endpoint()
    assert caught.value.fault is Fault.NOT_CONFIGURED
    assert caught.value.remedy.action is RemedyAction.OPEN_ENDPOINT_SETTINGS


async def test_a_missing_key_is_said_for_a_public_host_and_not_for_the_own_machine() -> None:
    with pytest.raises(EndpointError, match="key is missing"):
        await service().endpoint("work")
    assert not (await service().endpoint("home")).key


async def test_a_locked_store_is_said() -> None:
    with pytest.raises(SettingsError, match="locked"):
        await service(secrets=FakeSecretStore(locked=True)).endpoint()


async def test_saving_a_profile_replaces_the_one_of_its_id_in_its_place() -> None:
    secrets = FakeSecretStore()
    under_test = service(secrets=secrets)
    changed = replace(WORK, model="eye-2")
    await under_test.save_profile(changed, KEY)
    assert under_test.settings.value.profiles == (changed, HOME)
    assert secrets.secrets == {PLACE: KEY}
    assert (await under_test.endpoint()).key == KEY


async def test_saving_without_a_key_leaves_the_one_kept() -> None:
    under_test = service(secrets=FakeSecretStore(secrets={"work": KEY}))
    await under_test.save_profile(replace(WORK, name="Office"), None)
    assert await under_test.key("work") == KEY


async def test_an_empty_key_forgets_the_one_kept() -> None:
    secrets = FakeSecretStore(secrets={"work": KEY})
    under_test = service(secrets=secrets)
    await under_test.save_profile(WORK, Secret(""))
    assert secrets.secrets == {}


async def test_a_profile_whose_key_cannot_be_kept_works_until_the_program_ends() -> None:
    under_test = service(secrets=FakeSecretStore(locked=True))
    with pytest.raises(SettingsError):
        await under_test.save_profile(WORK, KEY)
    assert (await under_test.endpoint()).key == KEY


async def test_removing_the_active_profile_activates_the_first_of_the_others_and_forgets_its_key() -> None:
    secrets = FakeSecretStore(secrets={"work": KEY})
    under_test = service(secrets=secrets)
    await under_test.remove_profile("work")
    assert under_test.settings.value.profiles == (HOME,)
    assert under_test.settings.value.active_profile == "home"
    assert secrets.secrets == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Work", "work-2"), ("Mein Büro!", "mein-b-ro"), ("数学", "profile"), ("", "profile")],
)
def test_a_new_profile_gets_an_id_of_its_own(name: str, expected: str) -> None:
    assert new_profile_id(name, (WORK, HOME)) == expected


async def test_a_key_does_not_follow_its_profile_to_another_host_and_is_there_again_on_the_way_back() -> None:
    secrets = FakeSecretStore(secrets={"work": KEY})
    under_test = service(secrets=secrets)
    await under_test.save_profile(replace(WORK, base_url="https://elsewhere.example/v1"), None)
    assert not await under_test.key("work")
    assert secrets.secrets == {}
    await under_test.save_profile(WORK, None)
    assert await under_test.key("work") == KEY
    assert secrets.secrets == {PLACE: KEY}


@pytest.mark.parametrize("base_url", ["https://api.example.com/v2", "api.example.com", "https://", ""])
async def test_a_key_stays_while_the_host_does(base_url: str) -> None:
    under_test = service(secrets=FakeSecretStore(secrets={"work": KEY}))
    await under_test.save_profile(replace(WORK, base_url=base_url), None)
    assert await under_test.key("work") == KEY


async def test_a_new_key_for_another_host_is_kept() -> None:
    under_test = service(secrets=FakeSecretStore(secrets={"work": KEY}))
    await under_test.save_profile(replace(WORK, base_url="https://elsewhere.example/v1"), Secret("sk-new"))
    assert await under_test.key("work") == Secret("sk-new")


async def test_a_copy_of_a_profile_stands_behind_it_with_the_same_key() -> None:
    under_test = service(secrets=FakeSecretStore(secrets={"work": KEY}))
    await under_test.duplicate_profile("work", "Work (copy)")
    settings = under_test.settings.value
    assert [each.name for each in settings.profiles] == ["Work", "Work (copy)", "Home"]
    assert settings.profile is not None
    assert settings.profile.name == "Work (copy)"
    assert await under_test.key(settings.active_profile) == KEY


@pytest.mark.parametrize(
    ("places", "order"), [(1, ["home", "work"]), (-1, ["work", "home"]), (5, ["home", "work"])]
)
def test_the_order_of_profiles_can_be_changed(places: int, order: list[str]) -> None:
    under_test = service()
    under_test.move_profile("work", places)
    assert [each.id for each in under_test.settings.value.profiles] == order


def test_profiles_from_elsewhere_get_an_id_of_their_own() -> None:
    under_test = service()
    under_test.add_profiles([replace(WORK, model="other"), HOME])
    settings = under_test.settings.value
    assert [each.id for each in settings.profiles] == ["work", "home", "work-2", "home-2"]
    assert settings.active_profile == "work-2"
    under_test.add_profiles([])
    assert under_test.settings.value == settings


async def test_a_draft_is_what_there_is() -> None:
    under_test = service(Settings(profiles=(Profile("a", "A", "", "m"),), active_profile="a"))
    draft = await under_test.draft()
    assert (draft.base_url, bool(draft.key), draft.model) == ("", False, "m")
    assert (await service(Settings()).draft()).base_url == ""


async def test_a_key_does_not_follow_by_way_of_an_empty_field_either() -> None:
    under_test = service(secrets=FakeSecretStore(secrets={"work": KEY}))
    await under_test.save_profile(replace(WORK, base_url=""), None)
    await under_test.save_profile(replace(WORK, base_url="https://elsewhere.example/v1"), None)
    assert not await under_test.key("work")


@pytest.mark.parametrize("keeps", [True, False])
async def test_it_is_known_whether_keys_are_kept(keeps: bool) -> None:
    assert await service(secrets=FakeSecretStore(keeps=keeps)).keeps_keys() is keeps
