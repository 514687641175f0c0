"""The system's key store is asked for nothing before something was put into it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.fakes import FakeSecretStore, FakeSettingsStore
from writetex_desktop.adapters.storage.key_mark import KeyMark
from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.secret_choice import SecretChoice
from writetex_desktop.services.settings.settings_service import SettingsService

KEY = Secret("sk-0123456789")
PROFILE = Profile("a", "A", "https://a.example/v1", "m")


@dataclass
class Watched(FakeSecretStore):
    """Remembers each question, every one of which may raise a dialog of the system."""

    asked: list[str] = field(default_factory=list)
    refuses: bool = False

    async def get(self, name: str) -> Secret | None:
        self.asked.append(f"get {name}")
        return await super().get(name)

    async def set(self, name: str, secret: Secret) -> None:
        self.asked.append(f"set {name}")
        if self.refuses:
            raise SettingsError("The API key could not be kept in the key store.", "Unlock it.")
        await super().set(name, secret)

    async def delete(self, name: str) -> None:
        self.asked.append(f"delete {name}")
        await super().delete(name)


async def fine() -> Unsupported | None:
    return None


def choice(store: Watched, mark: KeyMark) -> SecretChoice:
    return SecretChoice(
        store, FakeSecretStore(), fine, lambda _why: None, is_used=mark.is_used, mark_used=mark.mark_used
    )


def service(store: Watched, path: Path, settings: Settings) -> SettingsService:
    mark = KeyMark(path, has_profiles=bool(settings.profiles))
    return SettingsService(FakeSettingsStore(settings), choice(store, mark), settings, Overrides())


async def test_a_newcomers_first_key_is_the_first_question(tmp_path: Path) -> None:
    store, file = Watched(), tmp_path / "data" / "key-store"
    settings = service(store, file, Settings())
    assert await settings.keeps_keys()
    await settings.save_profile(PROFILE, None)
    assert not await settings.key("a")
    await settings.draft()
    # The next run, still without a key, asks for none either.
    settings = service(store, file, settings.settings.value)
    assert not await settings.key("a")
    assert store.asked == []
    await settings.save_profile(PROFILE, KEY)
    assert store.asked[0].startswith("set a")
    settings = service(store, file, settings.settings.value)
    assert (await settings.key("a")).reveal() == KEY.reveal()


async def test_after_a_refusal_the_key_holds_for_the_session_and_nobody_is_asked_again(
    tmp_path: Path,
) -> None:
    store = Watched(refuses=True)
    settings = service(store, tmp_path / "key-store", Settings())
    with pytest.raises(SettingsError):
        await settings.save_profile(PROFILE, KEY)
    asked = list(store.asked)
    assert (await settings.draft()).key.reveal() == KEY.reveal()
    await settings.keeps_keys()
    await settings.save_profile(PROFILE, None)
    assert store.asked == asked


async def test_keys_of_a_version_that_kept_no_mark_are_found(tmp_path: Path) -> None:
    store = Watched(secrets={"a": KEY})
    settings = service(store, tmp_path / "key-store", Settings((PROFILE,), "a"))
    assert (await settings.key("a")).reveal() == KEY.reveal()


async def test_a_mark_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    mark = KeyMark(tmp_path / "file" / "key-store", has_profiles=False)
    assert not mark.is_used()
    mark.mark_used()
    assert mark.is_used()


async def test_that_there_is_no_key_store_is_told_with_the_first_key_and_not_before(tmp_path: Path) -> None:
    mark = KeyMark(tmp_path / "key-store", has_profiles=False)
    told: list[Unsupported] = []

    async def none_running() -> Unsupported | None:
        return Unsupported("No key store is running.", "Install one.")

    choice = SecretChoice(
        FakeSecretStore(),
        FakeSecretStore(),
        none_running,
        told.append,
        is_used=mark.is_used,
        mark_used=mark.mark_used,
    )
    assert await choice.get("a") is None
    await choice.delete("a")
    assert not told
    for key in ("sk-1", "sk-2"):
        await choice.set("a", Secret(key))
    assert [each.reason for each in told] == ["No key store is running."]
