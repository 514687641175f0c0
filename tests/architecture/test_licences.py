"""Everything that a bundle holds comes with its licence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LICENSES = ROOT / "resources" / "LICENSES"
ROW = re.compile(r"\| ([^|]+) \| ([^|]+) \| ([^|]*) \| \[[^]]+\]\(([^)]+)\) \|")


@pytest.mark.skipif(
    sys.platform != "linux"
    or sys.version_info[:2] != (3, 11)
    or not Path("/usr/share/common-licenses").is_dir(),
    reason="the list is made on Debian with Python 3.11, which needs more packages than later ones",
)
def test_the_list_is_what_is_installed() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "licences.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_each_part_has_a_licence_and_a_text_that_is_one() -> None:
    rows = ROW.findall((LICENSES / "README.md").read_text("utf-8"))
    names = {name for name, *_rest in rows}
    assert {"Qt 6", "pyside6-essentials", "PDFium", "onnxruntime", "pillow", "python-xlib"} < names
    for name, licence, _source, text in rows:
        assert licence.strip() != "UNKNOWN", name
        words = (LICENSES / text).read_text("utf-8").lower()
        assert re.search(r"licen[cs]e|permission|redistribution", words), name
    for gnu in ("LGPL-3.0-only", "LGPL-2.1-or-later"):
        assert any(licence == gnu for _name, licence, *_rest in rows)


def test_the_lgpl_is_kept_to() -> None:
    text = (LICENSES / "README.md").read_text("utf-8")
    assert "Put yours, of a\n  compatible version, in their place" in text
    assert "complete sources" in text
    assert (LICENSES / "texts" / "GPL-3.0.txt").read_text("utf-8").count("GNU GENERAL PUBLIC LICENSE")
