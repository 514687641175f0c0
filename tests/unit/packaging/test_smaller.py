"""Packages made smaller: networks in 16 bits, judged by their runtime, and a .deb, judged by dpkg."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from writetex_desktop.adapters.recogniser.pages.weights import Weights, find_weights

PACKAGING = Path(__file__).parents[3] / "packaging"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    return importlib.import_module


@pytest.fixture(scope="module")
def weights() -> Weights:
    found = find_weights()
    if found is None:
        pytest.skip("needs the extra pages")
    return found


def answer(model: bytes, picture: np.ndarray) -> np.ndarray:
    onnxruntime: Any = importlib.import_module("onnxruntime")  # slow, and wanted by two tests
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: picture})[0])


def striped(height: int, width: int) -> np.ndarray:
    """Give a picture with dark strokes on light paper, as the networks want one."""
    picture = np.ones((1, 3, height, width), np.float32)
    picture[:, :, height // 4 : -height // 4, width // 8 : -width // 8 : 9] = -1
    return picture


def test_the_network_for_letters_reads_in_halves_what_it_read_whole(load: Any, weights: Weights) -> None:
    whole = weights.letters.read_bytes()
    half = load("bundling.halves").halved(whole)
    before, after = (answer(each, striped(48, 320)) for each in (whole, half))
    assert len(half) < 0.55 * len(whole)
    assert np.abs(before - after).max() < 0.01  # of a probability
    assert (before.argmax(-1) == after.argmax(-1)).all()


def test_the_network_for_lines_finds_in_halves_what_it_found_whole(load: Any, weights: Weights) -> None:
    whole = weights.lines.read_bytes()
    half = load("bundling.halves").halved(whole)
    before, after = (answer(each, striped(160, 320)) for each in (whole, half))
    assert len(half) < 0.55 * len(whole)
    assert np.abs(before - after).max() < 0.01


def test_what_is_in_halves_already_stays_as_it_is(load: Any, weights: Weights) -> None:
    halved = load("bundling.halves").halved
    half = halved(weights.lines.read_bytes())
    assert halved(half) == half


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg is the judge")
def test_dpkg_unpacks_what_was_packed_tighter(load: Any, tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "DEBIAN").mkdir(parents=True)
    fields = (
        "Package: tried\nVersion: 1\nArchitecture: all\nMaintainer: T <t@example.org>\nDescription: tried\n"
    )
    (root / "DEBIAN" / "control").write_text(fields, "ascii")
    (root / "usr").mkdir()
    shutil.copy(sys.executable, root / "usr" / "program")  # of code, which the filter changes and gives back
    (root / "usr" / "odd").write_bytes(b"odd")
    loose, packed, again = (tmp_path / f"{name}.deb" for name in ("loose", "packed", "again"))
    command = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(root), str(loose)]
    subprocess.run(command, check=True, capture_output=True)
    pack = load("bundling.archive").pack
    for target in (packed, again):
        pack(loose, target)
    assert packed.read_bytes() == again.read_bytes()
    assert packed.stat().st_size < loose.stat().st_size / 2
    out = tmp_path / "out"
    subprocess.run(["dpkg-deb", "--raw-extract", str(packed), str(out)], check=True)
    files = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    assert {name: (out / name).read_bytes() for name in files} == {
        name: (root / name).read_bytes() for name in files
    }


def test_what_is_no_archive_is_not_packed(load: Any, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text", "ascii")
    with pytest.raises(ValueError, match="ar"):
        load("bundling.archive").pack(tmp_path / "text", tmp_path / "packed")
