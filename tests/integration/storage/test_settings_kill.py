"""The settings file survives a writer that is killed at the worst moments."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.settings.settings import Profile, Settings, Theme

WRITER = """
import os, signal, sys
from pathlib import Path
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.settings.settings import Profile, Settings

moment, path = sys.argv[1], Path(sys.argv[2])

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "before writing":
    os.fdopen = die
elif moment == "before the disk has it":
    os.fsync = die
elif moment == "before renaming":
    Path.replace = die
profiles = tuple(Profile(f"p{n}", "x" * 1000, "https://api.example/v1", "m") for n in range(200))
SettingsFile(path).update(lambda _: Settings(profiles=profiles))
die()
"""
MOMENTS = ["before writing", "before the disk has it", "before renaming"]
OLD = Settings(theme=Theme.DARK, profiles=(Profile("a", "A", "https://a.example/v1", "m"),))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX")


def killed_writer(moment: str, path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", WRITER, moment, str(path)], check=False, capture_output=True)
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_old_file_is_whole_when_the_writer_is_killed(moment: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).update(lambda _: OLD)
    before = path.read_bytes()
    killed_writer(moment, path)
    assert path.read_bytes() == before
    assert SettingsFile(path).load() == OLD


@pytest.mark.parametrize("moment", MOMENTS)
def test_saving_goes_on_after_a_writer_was_killed(moment: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    killed_writer(moment, path)
    assert SettingsFile(path).load() == Settings()
    SettingsFile(path).update(lambda _: OLD)
    assert SettingsFile(path).load() == OLD


def test_the_new_file_is_whole_when_the_writer_is_killed_right_after(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).update(lambda _: OLD)
    killed_writer("after", path)
    assert len(SettingsFile(path).load().profiles) == 200
