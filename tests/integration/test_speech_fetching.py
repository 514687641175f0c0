"""The build fetches what speaks formulas, goes on without it, and takes nothing that was not reviewed."""

import importlib.util
import io
import os
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("hatchling", reason="hatchling is not installed beside the tests")

SCRIPT = Path(__file__).parents[2] / "packaging" / "hatch_build.py"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def npm_that(folder: Path, does: str) -> str:
    """Put a program named npm into a folder; gives a search path with it in front."""
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_without_npm_the_build_goes_on(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.fetch_speech(tmp_path / "speech", {"sre.js": "0" * 64}) == "npm is not installed"
    assert not (tmp_path / "speech").exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a script for a shell")
def test_a_failing_npm_does_not_stop_the_build(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", npm_that(tmp_path, "exit 1"))
    told = build.fetch_speech(tmp_path / "speech", {"sre.js": "0" * 64})
    assert told == "npm could not fetch the packages"


@pytest.mark.skipif(os.name == "nt", reason="the program is a script for a shell")
def test_a_file_that_was_not_reviewed_stops_it(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "speech-rule-engine-4.1.2.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        member = tarfile.TarInfo("package/lib/sre.js")
        member.size = 4
        packed.addfile(member, io.BytesIO(b"evil"))
    monkeypatch.setenv("PATH", npm_that(tmp_path, f"cp {archive} ."))
    with pytest.raises(ValueError, match=r"speech.sha256: sre\.js"):
        build.fetch_speech(tmp_path / "speech", {"sre.js": "0" * 64})
    assert not (tmp_path / "speech").exists()
