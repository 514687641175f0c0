"""What every `SettingsStore` keeps to."""

from pathlib import Path

import pytest

from tests.fakes import FakeSettingsStore
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.settings.settings import Profile, Settings, Theme
from writetex_desktop.ports.storage import SettingsStore


@pytest.fixture(params=["fake", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SettingsStore:
    if request.param == "fake":
        return FakeSettingsStore()
    return SettingsFile(tmp_path / "not" / "there" / "settings.json")


def test_there_are_defaults_before_anything_is_saved(store: SettingsStore) -> None:
    assert store.load() == Settings()


def test_what_was_saved_last_is_loaded(store: SettingsStore) -> None:
    profile = Profile("a", "Ä", "https://api.example/v1", "m")
    store.update(lambda _: Settings(theme=Theme.LIGHT))
    store.update(lambda _: Settings(theme=Theme.DARK, profiles=(profile,), active_profile="a", hotkey=None))
    assert store.load() == Settings(theme=Theme.DARK, profiles=(profile,), active_profile="a", hotkey=None)
