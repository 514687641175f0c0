"""Each library of the program taken away in turn: one sentence in every door, and a line in the doctor."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent.parent / "resources" / "samples"
EULER = str(SAMPLES / "02-euler.png")
QT = ("PySide6", "shiboken6")


def _run(
    folder: Path, without: tuple[str, ...], *words: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `writetex` where libraries are there and cannot be loaded, as with a broken wheel."""
    broken = folder / "broken"
    broken.mkdir()
    for name in without:
        text = f"raise ImportError('lib{name}.so.1: cannot open shared object file', name=__name__)"
        (broken / f"{name}.py").write_text(text, "utf-8")
    homes = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return subprocess.run(
        [sys.executable, "-m", "writetex_desktop", *words],
        input=given,
        env={**os.environ, **homes, "PYTHONPATH": str(broken)},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        (("recognize", EULER, "--offline"), "", r"e^{i\pi} + 1 = 0"),
        (("convert", "--to", "svg"), "x^2", "<svg"),
        (("convert", "--to", "typst"), "x^2", "$ x^2 $"),
        (("convert", "--to", "mathml"), "x^2", "<math"),
    ],
)
def test_pictures_are_read_and_formulas_converted_without_any_library_of_qt(
    tmp_path: Path, words: tuple[str, ...], given: str, expected: str
) -> None:
    done = _run(tmp_path, QT, *words, given=given)
    assert (done.returncode, done.stderr) == (0, "")
    assert expected in done.stdout


@pytest.mark.parametrize(
    ("without", "words", "said"),
    [
        (QT, ("convert", "--to", "png", "-o", "x.png"), "drawn by Qt"),
        (QT, ("convert", "--to", "pdf", "-o", "x.pdf"), "drawn by Qt"),
        (("onnxruntime",), ("recognize", EULER, "--offline"), "onnxruntime is missing or broken"),
        (("numpy",), ("recognize", EULER, "--offline"), "numpy is missing or broken"),
        (("PIL",), ("recognize", EULER, "--offline"), "PIL is missing or broken"),
        (("quickjs",), ("convert", "--to", "svg"), "quickjs is missing or broken"),
    ],
)
def test_what_needs_a_broken_library_says_so_in_one_sentence(
    tmp_path: Path, without: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    done = _run(tmp_path, without, *words, given="x^2")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "Install" in done.stderr or "install" in done.stderr


@pytest.mark.parametrize(
    ("without", "topic"),
    [
        (QT, "screen"),
        (("onnxruntime",), "engine"),
        (("PIL",), "engine"),
        (("quickjs",), "renderer"),
        (("keyring",), "keys"),
    ],
)
def test_the_doctor_tells_of_it_in_a_line_and_of_all_the_rest(
    tmp_path: Path, without: tuple[str, ...], topic: str
) -> None:
    done = _run(tmp_path, without, "doctor", "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert "skipped" in {each["state"] for each in record[topic]}
    assert {"versions", "session", "keys", "renderer", "engine", "endpoint"} <= record.keys()
