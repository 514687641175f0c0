"""The extension in a real LibreOffice, against a real door: equations come, stay and change."""

import asyncio
import json
import os
import shutil
import zipfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bridges import packed
from tests.integration.serving.door_world import World, open_world
from tests.libreoffice import SYSTEM_PYTHON
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir

ROOT = Path(__file__).parents[3]

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("unopkg") and Path(SYSTEM_PYTHON).exists()),
        reason="LibreOffice is not installed",
    ),
]


@asynccontextmanager
async def office(home: Path, extension: Path, world: World, token: str) -> AsyncIterator[Process]:
    """Start LibreOffice with the extension, and what uses it."""
    # unopkg does nothing for root but for all users; where "all" is, can be said.
    own = (
        f"-env:UserInstallation=file://{home}/profile",
        f"-env:UNO_SHARED_PACKAGES=file://{home}/shared",
        f"-env:UNO_SHARED_PACKAGES_CACHE=file://{home}/shared/cache",
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))},
        "HOME": str(home),
        "WRITETEX_BRIDGE_ADDRESS": world.address,
        "WRITETEX_BRIDGE_TOKEN": token,
        "WRITETEX_BRIDGE_SILENT": "1",
        "http_proxy": "http://127.0.0.1:9",
        # LibreOffice's Python looks for its library beside the first python3 of the path.
        "PATH": os.defpath,
    }
    adding = await asyncio.create_subprocess_exec(
        *("unopkg", "add", "--shared", "--suppress-license", *own, str(extension)), env=environment
    )
    assert await adding.wait() == 0
    pipe = f"writetex-{os.getpid()}"
    soffice = await asyncio.create_subprocess_exec(
        *("soffice", *own, "--headless", "--norestore", "--nologo"),
        f"--accept=pipe,name={pipe};urp;",
        env=environment,
        start_new_session=True,
    )
    hands = await asyncio.create_subprocess_exec(
        *(SYSTEM_PYTHON, str(ROOT / "tests" / "libreoffice_bridge_hands.py"), pipe, str(ROOT)),
        env=environment,
        stdin=PIPE,
        stdout=PIPE,
    )
    try:
        yield hands
    finally:
        if hands.stdin is not None:
            hands.stdin.close()
        try:
            async with asyncio.timeout(30):
                await hands.wait()
                await soffice.wait()
        except TimeoutError:
            os.killpg(soffice.pid, 9)
            hands.kill()
            await soffice.wait()


async def do(hands: Process, **wish: object) -> Any:
    assert hands.stdin is not None
    assert hands.stdout is not None
    hands.stdin.write(json.dumps(wish).encode() + b"\n")
    await hands.stdin.drain()
    return json.loads(await hands.stdout.readline())


async def test_an_equation_is_snipped_kept_with_its_latex_and_changed(tmp_path: Path) -> None:
    extension = packed(tmp_path / "packed")["writetex-libreoffice.oxt"]
    renderer = MathJaxRenderer(resource_dir())
    snips = ("\\frac{a}{b}", "\\text{“}\\alpha\n+1")
    async with (
        open_world(renderer=renderer, snips=snips) as world,
        office(tmp_path, extension, world, world.token) as hands,
    ):
        first = await do(hands, trigger="snip")
        assert first["problem"] == ""
        assert first["classes"] == ["078b7aba-54fc-457f-8551-6147e776a997"]
        assert "over" in first["formulas"][0]
        assert first["descriptions"] == ["\\frac{a}{b}"]

        second = await do(hands, trigger="snip")
        assert len(second["formulas"]) == 2

        await do(hands, choose=0)
        changed = await do(hands, trigger="latex:\\sqrt{2}")
        assert len(changed["formulas"]) == 2
        assert sum("sqrt" in formula for formula in changed["formulas"]) == 1

        place = f"file://{tmp_path}/kept.odt"
        await do(hands, save=place)
        again = await do(hands, open=place)
        assert again["formulas"] == changed["formulas"]
        kept = [json.loads(each.rpartition("%%LaTeX ")[2]) for each in again["formulas"]]
        assert sorted(kept) == sorted(["\\sqrt{2}", snips[1]])

        refused = await do(hands, trigger="snip")
        assert "Nothing was snipped" in refused["problem"]
        forbidden = await do(hands, trigger="last")
        assert "may not search the history" in forbidden["problem"]
        broken = await do(hands, trigger="latex:\\frac{")
        assert broken["problem"]
        assert len(broken["formulas"]) == 2
    renderer.close()
    inside = zipfile.ZipFile(tmp_path / "kept.odt").namelist()
    assert sum(name.endswith("/content.xml") for name in inside) == 2
