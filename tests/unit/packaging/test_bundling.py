"""What builds packages: scripts beside the program, imported by path."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from writetex_desktop import __version__
from writetex_desktop.cli.arguments import COMMANDS, parser

PACKAGING = Path(__file__).parents[3] / "packaging"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    return importlib.import_module


def test_cutting_takes_files_folders_and_the_links_to_them_and_leaves_the_rest(
    load: Any, tmp_path: Path
) -> None:
    for name in ("Qt/lib/libQt6Qml.so.6", "Qt/lib/libQt6Core.so.6", "numpy/tests/a/b.py", "numpy/core.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "libQt6Qml.so.6").symlink_to("Qt/lib/libQt6Qml.so.6")
    (tmp_path / "libQt6Core.so.6").symlink_to("Qt/lib/libQt6Core.so.6")
    gone = load("bundling.frozen").cut(tmp_path, ["Qt/lib/libQt6Qml*", "numpy/*tests"])
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if not path.is_dir()}
    assert left == {"Qt/lib/libQt6Core.so.6", "libQt6Core.so.6", "numpy/core.py"}
    assert set(gone) == {"Qt/lib/libQt6Qml.so.6", "numpy/tests/a/b.py", "libQt6Qml.so.6"}
    assert not (tmp_path / "numpy" / "tests").exists()


def test_no_cut_takes_away_what_the_program_itself_brings(load: Any, tmp_path: Path) -> None:
    frozen = load("bundling.frozen")
    ours = PACKAGING.parent / "resources"
    names = [
        f"writetex_desktop/resources/{path.relative_to(ours)}" for path in ours.rglob("*") if path.is_file()
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    declared = frozen.patterns((PACKAGING / "bundling" / "cuts.txt").read_text("utf-8"))
    assert (len(names) > 100, len(declared) > 20, frozen.cut(tmp_path, declared)) == (True, True, [])


def test_the_manual_names_every_command_and_troff_has_nothing_against_it(load: Any, tmp_path: Path) -> None:
    manuals = load("bundling.manuals")
    page = manuals.command_page(parser())
    assert [name for name in COMMANDS if f"writetex {name}".replace("-", "\\-") not in page] == []
    for text in (page, manuals.window_page(parser())):
        assert "SUPPRESS" not in text
        file = tmp_path / "page.1"
        file.write_text(text, "utf-8")
        done = subprocess.run(
            ["man", "--warnings", "-l", str(file)], capture_output=True, text=True, check=False
        )
        assert done.stderr == ""


def test_the_version_stands_in_one_place(load: Any) -> None:
    assert load("bundling.project").version() == __version__


def test_a_library_that_nobody_has_thought_of_stops_the_build(load: Any) -> None:
    needs = load("bundling.needs")
    assert needs.packages_for({"libEGL.so.1": ["a"], "libc.so.6": ["b"]}) == ["libegl1"]
    with pytest.raises(SystemExit):
        needs.packages_for({"libnobody.so.1": ["a"]})
