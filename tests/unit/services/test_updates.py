"""Looking for newer versions, with the signature of the real library, made by openssl."""

import base64
import importlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from writetex_desktop.adapters.signature import is_signed_by
from writetex_desktop.core.errors import EndpointError, Fault, SettingsError
from writetex_desktop.services.updates import UpdateCheck

PACKAGING = Path(__file__).parents[3] / "packaging"
NOW = datetime(2027, 1, 10, tzinfo=UTC)
CHANGELOG = "## [Unreleased]\n\n## [9.0.0] - 2027-01-09\n\n### Added\n\n- Everything.\n"


@dataclass
class World:
    data: bytes = b""
    key: str = ""
    wanted: bool = True
    last: datetime | None = None
    now: datetime = NOW
    asked: list[datetime] = field(default_factory=list)
    fails: bool = False

    async def fetch(self) -> bytes:
        self.asked.append(self.now)
        if self.fails:
            raise EndpointError("No network.", "Try again.", fault=Fault.UNREACHABLE)
        return self.data

    def keep(self, moment: datetime) -> None:
        self.last = moment

    def check(self, version: str = "1.0.0") -> UpdateCheck:
        return UpdateCheck(
            fetch=self.fetch,
            is_signed=partial(is_signed_by, self.key),
            last=lambda: self.last,
            keep=self.keep,
            may_ask=lambda: self.wanted,
            now=lambda: self.now,
            version=version,
        )


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A word of version 9.0.0, written and signed as a release does."""
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    release = importlib.import_module("release")
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(CHANGELOG, "utf-8")
    monkeypatch.setattr(release, "CHANGELOG", changelog)
    public = release.make_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    (tmp_path / "updates.toml").write_text(f'public_key = "{public}"\n', "utf-8")
    monkeypatch.setattr(release, "UPDATES", tmp_path / "updates.toml")
    release.write_announcement("9.0.0", tmp_path / "key.pem", tmp_path / "latest.json")
    return World((tmp_path / "latest.json").read_bytes(), public)


async def test_a_newer_version_is_told_with_its_notes_and_page(world: World) -> None:
    found = await world.check().look()
    assert found is not None
    assert (found.version, found.notes) == ("9.0.0", "Everything.")
    assert found.page.endswith("/releases/tag/v9.0.0")
    assert await world.check("9.0.0").look() is None


async def test_it_is_asked_once_a_week_and_a_clock_set_back_does_not_stop_it(world: World) -> None:
    check = world.check()
    for days in (0, 1, 6, 7, 8, 13, 14):
        world.now = NOW + timedelta(days=days)
        await check.look()
    assert [(each - NOW).days for each in world.asked] == [0, 7, 14]
    world.now = NOW
    assert check.is_due()


async def test_nothing_is_asked_unless_it_is_wanted(world: World) -> None:
    world.wanted = False
    assert await world.check().look() is None
    assert (world.asked, world.last) == ([], None)


async def test_no_answer_is_no_news_and_is_not_asked_for_again_at_once(world: World) -> None:
    world.fails = True
    assert await world.check().look() is None
    assert not world.check().is_due()


async def test_what_the_project_has_not_signed_is_refused(world: World) -> None:
    outer = json.loads(world.data)
    other = outer["release"].replace("9.0.0", "9.0.1")
    forged = [
        json.dumps({**outer, "release": other}).encode(),
        json.dumps({**outer, "signature": "AAAA"}).encode(),
        b"{}",
        b"<html>",
    ]
    for data in forged:
        world.data, world.last = data, None
        with pytest.raises(SettingsError, match="not signed"):
            await world.check().look()
    world.data, world.key, world.last = json.dumps(outer).encode(), "", None
    with pytest.raises(SettingsError, match="not signed"):
        await world.check().look()


def test_openssl_and_the_program_mean_the_same_signature(tmp_path: Path) -> None:
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(tmp_path / "k")], check=True)
    (tmp_path / "m").write_bytes(b"message")
    command = [
        "openssl",
        "pkeyutl",
        "-sign",
        "-rawin",
        "-inkey",
        str(tmp_path / "k"),
        "-in",
        str(tmp_path / "m"),
    ]
    signature = subprocess.run(command, capture_output=True, check=True).stdout
    der = subprocess.run(
        ["openssl", "pkey", "-in", str(tmp_path / "k"), "-pubout", "-outform", "DER"],
        capture_output=True,
        check=True,
    ).stdout
    key = base64.b64encode(der[-32:]).decode()
    assert is_signed_by(key, b"message", signature)
    assert not is_signed_by(key, b"Message", signature)
