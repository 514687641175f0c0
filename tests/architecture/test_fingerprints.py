"""The files that carry weights are those that the code knows; damaged and foreign ones are not loaded."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.errors import InternalError

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "resources" / "model"


def test_the_code_knows_the_files_that_ship() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "fingerprints.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", SUMS["model"])
@pytest.mark.parametrize("fault", ["a changed bit", "another's", "gone"])
async def test_no_file_that_is_not_ours_is_loaded(name: str, fault: str, tmp_path: Path) -> None:
    for each in SUMS["model"]:
        shutil.copyfile(MODEL / each, tmp_path / each)
    check_files(tmp_path, SUMS["model"])
    file = tmp_path / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    match fault:
        case "a changed bit":
            file.write_bytes(data)
        case "gone":
            file.unlink()
        case _:
            other = "step.onnx" if name == "reader.onnx" else "reader.onnx"
            shutil.copyfile(MODEL / other, file)
    with pytest.raises(InternalError, match="built-in recogniser"):
        await OfflineRecognizer(tmp_path).warm()
