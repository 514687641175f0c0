"""The settings as a file."""

import json
import os
import sys
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.settings_file import SettingsFile, default_path
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.settings.codec import Document
from writetex_desktop.core.settings.settings import Settings, Theme

DARK = Settings(theme=Theme.DARK)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_the_file_has_its_place_in_the_folder_for_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_path().name == "settings.json"
    assert default_path().parent.name == "writetex-desktop"
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
        assert default_path() == Path("/somewhere/writetex-desktop/settings.json")


def test_the_file_is_readable_text_that_names_its_version(path: Path) -> None:
    SettingsFile(path).update(lambda _: DARK)
    document = json.loads(path.read_text("utf-8"))
    assert document["version"] == 1
    assert document["theme"] == "dark"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_may_read_the_file(path: Path) -> None:
    SettingsFile(path).update(lambda _: DARK)
    assert path.stat().st_mode & 0o777 == 0o600


def test_saving_leaves_no_other_file_behind(path: Path) -> None:
    SettingsFile(path).update(lambda _: DARK)
    SettingsFile(path).update(lambda _: Settings())
    assert list(path.parent.iterdir()) == [path]


def test_entries_that_are_not_ours_are_kept(path: Path) -> None:
    SettingsFile(path).update(lambda _: DARK)
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**document, "future": {"a": 1}}), "utf-8")
    store = SettingsFile(path)
    assert store.load() == DARK
    store.update(lambda _: Settings())
    assert json.loads(path.read_text("utf-8"))["future"] == {"a": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"theme": "dark"}',
        b'{"version": 1, "theme": "blue"}',
        b'{"version": 99}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_used_is_moved_aside_whole_and_its_place_is_told(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        SettingsFile(path).load()
    (moved,) = path.parent.iterdir()
    assert moved != path
    assert moved.read_bytes() == content
    assert str(moved) in caught.value.remedy.text
    assert SettingsFile(path).load() == Settings()


def test_files_moved_aside_do_not_replace_each_other(path: Path) -> None:
    for content in (b"first", b"second"):
        path.write_bytes(content)
        with pytest.raises(SettingsError):
            SettingsFile(path).load()
    assert {each.read_bytes() for each in path.parent.iterdir()} == {b"first", b"second"}


def test_an_older_file_is_brought_up_to_date(path: Path) -> None:
    def rename(document: Document) -> Document:
        return {("theme" if name == "colours" else name): value for name, value in document.items()}

    path.write_text('{"version": 1, "colours": "dark"}', "utf-8")
    store = SettingsFile(path, (rename,))
    assert store.load() == DARK
    store.update(lambda _: DARK)
    document = json.loads(path.read_text("utf-8"))
    assert (document["version"], document["theme"]) == (2, "dark")


def test_a_folder_that_cannot_be_made_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(SettingsError) as caught:
        SettingsFile(tmp_path / "file" / "settings.json").update(lambda _: DARK)
    assert str(tmp_path / "file") in caught.value.remedy.text


def test_a_full_disk_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SettingsFile(path)
    store.update(lambda _: DARK)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="could not be saved"):
        store.update(lambda _: Settings())
    assert store.load() == DARK
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_read_is_left_where_it_is(path: Path) -> None:
    path.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        SettingsFile(path).load()
    assert path.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_file_kept_elsewhere_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "settings.json"
    kept.parent.mkdir()
    path.symlink_to(kept)
    SettingsFile(path).update(lambda _: DARK)
    assert path.is_symlink()
    assert SettingsFile(kept).load() == DARK
