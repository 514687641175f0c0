"""A list of providers is taken from where the user says, and from nowhere by itself."""

import asyncio
import tomllib
from functools import partial
from pathlib import Path

import pytest

from tests import command
from tests.integration.endpoints.wire_server import Reply, wire_server
from writetex_desktop.adapters.endpoint.probe import fetch_page
from writetex_desktop.adapters.storage.catalogue_file import keep_catalogue, load_catalogue
from writetex_desktop.core.errors import EndpointError, SettingsError
from writetex_desktop.services.endpoints.catalogue_update import CatalogueUpdate, taken

RESOURCES = Path(__file__).parents[3] / "resources"
OURS = (RESOURCES / "providers.toml").read_bytes()
NEWER = OURS.replace(b'name = "GPT-6 Luna"', b'name = "GPT-6 Luna, newer"')


def name_of_luna(file: Path) -> str:
    loaded = load_catalogue(RESOURCES, file.parent / "none", file)
    assert loaded.notices == ()
    found = loaded.catalogue.model("https://api.openai.com/v1", "gpt-6-luna")
    assert found is not None
    return found.name


async def test_a_list_is_fetched_without_a_key_kept_and_given_up_again(tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "providers.toml"

    async def keep(data: bytes | None) -> None:
        keep_catalogue(kept, data)

    async def read(name: str) -> bytes:
        return await asyncio.to_thread(Path(name).read_bytes)

    update = CatalogueUpdate(fetch=fetch_page, read=read, keep=keep, is_offline=lambda: False)
    async with wire_server(Reply((NEWER,))) as wire:
        found = await update.take(f"{wire.base_url}/providers.toml")
    assert "authorization" not in wire.requests[0].headers
    assert found is not None
    assert str(len(found.providers)) in taken(found)
    assert name_of_luna(kept) == "GPT-6 Luna, newer"
    assert await update.take("") is None
    assert name_of_luna(kept) == "GPT-6 Luna"
    (tmp_path / "mine.toml").write_bytes(NEWER)
    await update.take(str(tmp_path / "mine.toml"))
    assert name_of_luna(kept) == "GPT-6 Luna, newer"


@pytest.mark.parametrize(
    "page",
    [
        b"<html>Not found</html>",
        b"version = 1\n",
        OURS.replace(b'kind = "service"', b'kind = "church"'),
        b"\xff",
    ],
)
async def test_what_is_no_list_changes_nothing(tmp_path: Path, page: bytes) -> None:
    kept: list[bytes | None] = []

    async def keep(data: bytes | None) -> None:
        kept.append(data)

    async def read(_name: str) -> bytes:
        return page

    update = CatalogueUpdate(fetch=fetch_page, read=read, keep=keep, is_offline=lambda: False)
    with pytest.raises(SettingsError):
        await update.take("some.toml")
    assert kept == []


async def test_offline_nothing_is_fetched_and_elsewhere_nobody_is_followed(tmp_path: Path) -> None:
    async def keep(_data: bytes | None) -> None:
        raise AssertionError("nothing is kept")

    async def read(_name: str) -> bytes:
        raise AssertionError("no file is meant")

    moved = Reply((b"",), "302 Found", (("location", "https://evil.invalid/providers.toml"),))
    async with wire_server(moved) as wire:
        for offline in (True, False):
            update = CatalogueUpdate(
                fetch=fetch_page, read=read, keep=keep, is_offline=partial(bool, offline)
            )
            with pytest.raises(EndpointError):
                await update.take(f"{wire.base_url}/providers.toml")
        assert len(wire.requests) == 1


async def test_the_command_takes_a_file_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(NEWER)
    status, output, _said = await command.run(tmp_path, "update-providers", str(tmp_path / "mine.toml"))
    assert (status, "from the next start on" in output) == (0, True)
    kept = tmp_path / "DATA" / "writetex-desktop" / "providers.toml"
    assert tomllib.loads(kept.read_text()) == tomllib.loads(NEWER.decode())
    status, output, _said = await command.run(tmp_path, "update-providers", "--builtin")
    assert (status, kept.exists()) == (0, False)


def test_a_kept_list_that_does_not_fit_any_more_is_said_and_ours_is_used(tmp_path: Path) -> None:
    (tmp_path / "providers.toml").write_text("version = 99")
    loaded = load_catalogue(RESOURCES, tmp_path / "none", tmp_path / "providers.toml")
    assert loaded.catalogue == load_catalogue(RESOURCES, tmp_path / "none").catalogue
    assert "cannot be used any more" in loaded.notices[0].message
