"""The local part of a release."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PACKAGING = Path(__file__).parents[3] / "packaging"
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- New.\n\n## [1.0.0] - 2026-01-01\n\n- Old.\n"


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    return importlib.import_module("release")


def test_what_was_not_released_becomes_the_notes_of_the_version(release: Any) -> None:
    changelog = release.released(CHANGELOG, "1.1.0", "2026-12-01")
    assert release.notes(changelog, "1.1.0") == "### Added\n\n- New."
    assert release.notes(changelog, "1.0.0") == "- Old."
    assert changelog.index("[Unreleased]") < changelog.index("[1.1.0] - 2026-12-01")


def test_a_version_that_is_there_or_of_which_nothing_is_said_is_refused(release: Any) -> None:
    with pytest.raises(SystemExit):
        release.released(CHANGELOG, "1.0.0", "2026-12-01")
    with pytest.raises(SystemExit):
        release.notes(CHANGELOG, "2.0.0")
    with pytest.raises(SystemExit):
        release.main(["ready", "1.2"])


def test_app_stores_see_the_newest_release_first_and_the_file_stays_valid(
    release: Any, tmp_path: Path
) -> None:
    text = release.METAINFO.read_text("utf-8")
    twice = release.with_release(release.with_release(text, "1.0.0", "2026-01-01"), "1.1.0", "2026-12-01")
    assert twice.index('version="1.1.0"') < twice.index('version="1.0.0"')
    file = tmp_path / release.METAINFO.name
    file.write_text(twice, "utf-8")
    subprocess.run(["appstreamcli", "validate", "--no-net", str(file)], check=True, capture_output=True)


def test_a_commit_that_is_untested_running_or_red_is_refused(release: Any) -> None:
    green = {"name": "linux", "conclusion": "success"}
    own = {"name": "ready", "conclusion": None}
    release.refuse_red([[green, own], [{"name": "windows", "conclusion": "skipped"}]])
    for pages in (
        [],
        [[own]],
        [[green, {"name": "x", "conclusion": None}]],
        [[{**green, "conclusion": "failure"}]],
    ):
        with pytest.raises(SystemExit):
            release.refuse_red(pages)


def test_the_sums_are_those_that_sha256sum_checks(release: Any, tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"a")
    (tmp_path / "b.zip").write_bytes(b"b")
    release.write_sums(tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True)
    assert len((tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()) == 2


def test_what_is_announced_are_whole_entries(release: Any) -> None:
    told = "### Added\n\n- One thing, which\n  goes on.\n- Another.\n\n### Fixed\n\n- A third,\n  of three.\n"
    assert release.entries(told) == ["One thing, which goes on.", "Another.", "A third, of three."]


def test_a_key_that_programs_do_not_know_announces_nothing(
    release: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "CHANGELOG.md").write_text("## [1.0.0] - 2026-11-30\n\n- All.\n", "utf-8")
    monkeypatch.setattr(release, "CHANGELOG", tmp_path / "CHANGELOG.md")
    (tmp_path / "updates.toml").write_text('public_key = ""\n', "utf-8")
    monkeypatch.setattr(release, "UPDATES", tmp_path / "updates.toml")
    release.make_key(tmp_path / "key.pem")
    with pytest.raises(SystemExit):
        release.write_announcement("1.0.0", tmp_path / "key.pem", tmp_path / "latest.json")
    assert not (tmp_path / "latest.json").exists()


def test_every_action_of_the_workflows_is_named_by_its_commit() -> None:
    for file in (PACKAGING.parent / ".github" / "workflows").glob("*.yml"):
        for line in file.read_text("utf-8").splitlines():
            if "uses: " in line and "uses: ./" not in line:
                _, _, commit = line.split("uses: ")[1].split(" ")[0].partition("@")
                assert len(commit) == 40, f"{file.name}: {line.strip()}"
