"""What is built holds everything that the program needs at run time."""

import hashlib
import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from writetex_desktop.adapters.exporters.asciimath import COMPONENT
from writetex_desktop.adapters.exporters.mathjax import COMPONENTS
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import InternalError

ROOT = Path(__file__).parent.parent.parent
PACKAGE = "writetex_desktop"
IN_WHEEL = f"{PACKAGE}/resources"

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None,
    reason="hatchling and sphinx-mathjax-offline, which build the wheel, are not installed beside the tests",
)

RENDER = """
import asyncio
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
renderer = MathJaxRenderer(resource_dir())
print(resource_dir())
print(asyncio.run(renderer.render("x")).width_em > 0)
renderer.close()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=50,
    )
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_holds_mathjax_unchanged_and_each_file_once(wheel: Path) -> None:
    lines = (ROOT / "packaging" / "mathjax.sha256").read_text("ascii").splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        shipped = [name for name in names if name.startswith(f"{IN_WHEEL}/mathjax/")]
        assert len(shipped) == len(COMPONENTS) + 1
        for component in (*COMPONENTS, COMPONENT):
            data = archive.read(f"{IN_WHEEL}/mathjax/{component}")
            assert hashlib.sha256(data).hexdigest() == sums[component], component


def test_the_wheel_holds_our_scripts_and_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {"render/glue.js", "render/macros.js", "LICENSES/Apache-2.0.txt", "LICENSES/MathJax.txt"}
    assert {f"{IN_WHEEL}/{name}" for name in expected} <= names


def test_an_unpacked_wheel_draws_formulas_with_its_own_files(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.stdout.splitlines() == [str(tmp_path / PACKAGE / "resources"), "True"]


def test_a_checkout_finds_its_own_files() -> None:
    assert resource_dir() == ROOT / "resources"


@pytest.mark.parametrize("place", ["_internal", "lib"])
def test_a_frozen_program_finds_what_was_packed_with_it(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "_internal"
    packed = home / (f"lib/{PACKAGE}" if place == "lib" else PACKAGE) / "resources"
    (packed / "render").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(home), raising=False)
    assert resource_dir() == packed


def test_a_broken_installation_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(InternalError):
        resource_dir()
