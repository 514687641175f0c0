"""The bridges as they are packed, in hosts of straw, against a real door."""

import asyncio
import json
import shutil
import sys
import zipfile
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest

from tests.bridges import packed
from tests.integration.serving.door_world import PICTURE, World, open_world
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.reading.recognition import Engine, Mode

HOSTS = Path(__file__).with_name("hosts.js")
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")


async def in_host(host: str, file: str, world: World, home: Path) -> Any:
    """Run a bridge in its host; gives what came of it."""
    folder = home / host
    zipfile.ZipFile(packed(home / "packed")[file]).extractall(folder)
    if host == "vscode":
        folder /= "extension"
    picture = home / "formula.png"
    picture.write_bytes(PICTURE)
    process = await asyncio.create_subprocess_exec(
        *(str(NODE), str(HOSTS), host, str(folder), world.address, world.token, str(picture)),
        stdout=PIPE,
        stderr=PIPE,
    )
    output, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    return json.loads(output)


def remember(world: World, latex: str) -> None:
    world.history.entries[1] = HistoryEntry(1, latex, Mode.FORMULA, Engine.OFFLINE, "small", 0.1)


@needs_node
@pytest.mark.parametrize(
    ("host", "file"), [("obsidian", "writetex-obsidian.zip"), ("vscode", "writetex-vscode.vsix")]
)
async def test_an_editor_gets_snips_pictures_and_the_history_at_its_cursor(
    host: str, file: str, tmp_path: Path
) -> None:
    renderer = MathJaxRenderer(resource_dir())
    async with open_world(history=True, renderer=renderer, snips=("$a^2$",)) as world:
        remember(world, "\\sqrt{x}")
        told = await in_host(host, file, world, tmp_path)
    renderer.close()
    assert told["inserted"][:3] == ["$a^2$", "$\\frac{a}{b}$", "$\\sqrt{x}$"]
    assert world.orders[0].form == "obsidian"
    declined, stranger = told["notices"]
    assert "Nothing was snipped" in declined
    assert "token is missing or not known" in stranger
    if host == "vscode":
        assert told["inserted"][3:] == ["\\frac{a}{b}"]
        assert told["token"] == "new-token"


@needs_node
async def test_a_right_click_on_a_picture_copies_its_latex(tmp_path: Path) -> None:
    origin = "chrome-extension://abcdefghijklmnop"
    async with open_world(origins=(origin,)) as world:
        told = await in_host("browser", "writetex-browser.zip", world, tmp_path)
    assert told["menu"]["contexts"] == ["image"]
    assert told["inserted"] == ["\\frac{a}{b}", "\\frac{a}{b}"]
    closed, stranger = told["alerts"]
    assert "Snip it with WriteTex" in closed
    assert "token is missing or not known" in stranger
    assert told["notices"] == ["…", "✓", "…", "✓", "…", "!", "…", "!"]


async def test_a_card_is_made_of_a_snip_and_of_a_file(tmp_path: Path) -> None:
    notes: list[Any] = []

    async def anki(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        notes.append(json.loads(await reader.readexactly(int(length.split(b":")[1]))))
        body = json.dumps({"result": 1, "error": None if len(notes) < 3 else "deck was not found"}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    script = packed(tmp_path)["writetex_anki.py"]
    (tmp_path / "formula.png").write_bytes(PICTURE)
    server = await asyncio.start_server(anki, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def card(*words: str, token: str) -> tuple[int | None, str, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(script), "Front", "--deck", "Algebra", "--writetex", world.address),
            *("--anki", f"http://127.0.0.1:{port}", *words),
            stdout=PIPE,
            stderr=PIPE,
            env={"WRITETEX_TOKEN": token, "http_proxy": "http://127.0.0.1:9"},
        )
        output, said = await process.communicate()
        return process.returncode, output.decode().strip(), said.decode()

    picture = ("--picture", str(tmp_path / "formula.png"))
    async with server, open_world(snips=("\\[x\\]",)) as world:
        assert (await card(token=world.token))[:2] == (0, "\\[x\\]")
        assert (await card(*picture, token=world.token))[:2] == (0, "\\[\\frac{a}{b}\\]")
        status, _, said = await card(*picture, token=world.token)
        assert (status, "deck was not found" in said) == (1, True)
        status, _, said = await card(*picture, token="wrong")
        assert (status, "Make one in the settings" in said) == (1, True)
    backs = [note["params"]["note"]["fields"]["Back"] for note in notes]
    assert backs[:2] == ["\\[x\\]", "\\[\\frac{a}{b}\\]"]
    assert notes[0]["params"]["note"]["deckName"] == "Algebra"


def test_what_is_packed_has_what_its_host_looks_for_and_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = packed(tmp_path / "a"), packed(tmp_path / "b")
    assert {name: path.read_bytes() for name, path in first.items()} == {
        name: path.read_bytes() for name, path in second.items()
    }
    wanted = {
        "writetex-libreoffice.oxt": {"META-INF/manifest.xml", "description.xml", "Addons.xcu"},
        "writetex-browser.zip": {"manifest.json", "background.js", "options.html", "options.js"},
        "writetex-obsidian.zip": {"manifest.json", "main.js"},
        "writetex-vscode.vsix": {"extension.vsixmanifest", "[Content_Types].xml", "extension/package.json"},
    }
    for name, files in wanted.items():
        assert files <= set(zipfile.ZipFile(first[name]).namelist())
    manifest = json.loads(zipfile.ZipFile(first["writetex-browser.zip"]).read("manifest.json"))
    assert manifest["manifest_version"] == 3
    assert all("127.0.0.1" in host or "localhost" in host for host in manifest["host_permissions"])
