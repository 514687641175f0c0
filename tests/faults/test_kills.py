"""A kill at any moment leaves each store as it was before or after a change, never in between."""

from dataclasses import replace
from pathlib import Path

from tests.killing import kill_while, moments
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.settings.settings import Profile, Settings

KILLS = 40


def test_settings_survive_kills(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    store = SettingsFile(path)
    profiles = tuple(Profile(f"p{n}", f"Profile {n}", "https://a.example/v1", "m" * 400) for n in range(20))
    store.update(lambda _: Settings(profiles=profiles))

    def save(number: int) -> None:
        store.update(lambda _: Settings(profiles=profiles, instructions=str(number)))

    for after, linger_s in moments(KILLS):
        done = kill_while(save, after=after, linger_s=linger_s)

        kept = store.load()
        assert replace(kept, instructions="") == Settings(profiles=profiles)
        assert done - 1 <= int(kept.instructions) <= done
