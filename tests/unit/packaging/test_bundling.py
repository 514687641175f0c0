"""What builds packages: scripts beside the program, imported by path."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import PIL
import PySide6
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


@pytest.fixture
def pillow(tmp_path: Path) -> Path:
    """Pillow as a wheel has it: modules, and libraries of its own beside them."""
    if sys.platform != "linux":
        pytest.skip("looks into libraries of Linux")
    folder = Path(PIL.__file__).parent
    target = tmp_path / "lib"
    shutil.copytree(folder.parent / "pillow.libs", target / "pillow.libs")
    shutil.copytree(folder, target / "PIL", ignore=shutil.ignore_patterns("__pycache__", "*.pyi"))
    return target


def load_in_new_process(folder: Path, *modules: str) -> str:
    """Let the system's loader judge; gives what it has against the modules."""
    lines = [
        f"from PIL import {name}; assert {name}.__file__.startswith({str(folder)!r})" for name in modules
    ]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


def test_a_library_that_nothing_opens_is_found_and_all_others_stay(load: Any, pillow: Path) -> None:
    for module in (pillow / "PIL").glob("*.so"):
        if not module.name.startswith(("_imaging.", "_webp.")):
            module.unlink()
    (pillow / "PIL" / "libforgotten.so.1").symlink_to(next((pillow / "pillow.libs").glob("libavif*")))
    webp = next((pillow / "PIL").glob("_webp.*"))
    webp.write_bytes(webp.read_bytes() + b"\0libopened_by_hand.so.1\0")  # as `dlopen` would have it
    shutil.copy(next((pillow / "pillow.libs").glob("liblzma*")), pillow / "PIL" / "libopened_by_hand.so.1")
    gone = load("bundling.needs").unreached_libraries(pillow.parent)
    for path in gone:
        path.unlink()
    names = {path.name.partition("-")[0] for path in gone}
    assert {"libavif", "libfreetype", "liblcms2"} <= names
    assert "libopened_by_hand.so.1" not in names
    assert load_in_new_process(pillow, "_imaging", "_webp") == ""


def test_modules_and_libraries_still_load_without_their_symbols(load: Any, pillow: Path) -> None:
    before = sum(path.stat().st_size for path in pillow.rglob("*"))
    saved = load("bundling.symbols").strip_symbols(pillow, pillow.parent)
    assert before - sum(path.stat().st_size for path in pillow.rglob("*")) == saved > 0
    assert load_in_new_process(pillow, "_imaging", "_webp", "_imagingft", "_avif", "_imagingcms") == ""


def test_a_library_whose_segments_were_moved_in_their_pages_is_not_taken(load: Any, pillow: Path) -> None:
    loadable = load("bundling.symbols").is_loadable
    data = next((pillow / "PIL").glob("_webp.*.so")).read_bytes()
    start = int.from_bytes(data[32:40], "little")
    size = int.from_bytes(data[54:56], "little")
    headers = [start + number * size for number in range(int.from_bytes(data[56:58], "little"))]
    first = next(place for place in headers if int.from_bytes(data[place : place + 4], "little") == 1)
    address = int.from_bytes(data[first + 16 : first + 24], "little") + 8
    moved = data[: first + 16] + address.to_bytes(8, "little") + data[first + 24 :]
    assert [loadable(each) for each in (data, moved, data[: len(data) // 2], b"MZ")] == [True] + [False] * 3


SORTING = """
import json, sys
from PySide6.QtCore import QCollator, QDate, QLocale

words = "z ä Ä a ö o é e ch ci ç ñ n ж а ب ا 中 日 한".split() + ["file 10", "file 9"]
told = {}
for name in sys.argv[1].split(","):
    locale = QLocale(name)
    collator = QCollator(locale)
    collator.setNumericMode(True)
    keys = {word: collator.sortKey(word) for word in words}
    order = sorted(words, key=lambda word: keys[word])
    date = locale.toString(QDate(2026, 11, 30), QLocale.FormatType.LongFormat)
    told[name] = [order, locale.toUpper("iıßéж"), locale.toString(1234567.5), date]
maps = [line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line]
print(json.dumps([told, sorted(set(maps))]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Qt has ICU of its own on Linux alone")
@pytest.mark.skipif(shutil.which("as") is None, reason="needs binutils")
def test_qt_sorts_and_writes_with_less_of_icu_as_with_all_of_it(load: Any, tmp_path: Path) -> None:
    qt = Path(PySide6.__file__).parent / "Qt" / "lib"
    (whole,) = qt.glob("libicudata.so.*")
    less = tmp_path / whole.name
    load("bundling.icu").rebuild(whole, less, tmp_path / "workshop")
    languages = "de,sv,es,cs,fr,tr,ru,ar,zh,ja,ko,en,it,pt"

    def seen(**environment: str) -> Any:
        command = [sys.executable, "-c", SORTING, languages]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    (before, (first,)), (after, (second,)) = seen(), seen(LD_PRELOAD=str(less))
    assert (first, second) == (str(whole), str(less))
    assert before["sv"][0] != before["de"][0]  # the languages do sort in ways of their own
    assert after == before
    assert less.stat().st_size < whole.stat().st_size / 4


def test_what_is_taken_apart_of_icu_is_the_same_when_it_is_put_together(load: Any) -> None:
    icu = load("bundling.icu")
    header = (32).to_bytes(2, "little") + b"\xda\x27" + bytes(8) + b"CmnD" + bytes(16)
    pieces = {"icudt73l/coll/de.res": b"12345", "icudt73l/ibm-1.cnv": b"x" * 16, "icudt73l/root.res": b"r"}
    again_header, again = icu.unpacked(icu.packed(header, pieces))
    assert again_header == header
    assert {name: piece.rstrip(b"\0") for name, piece in again.items()} == pieces
    kept = [name for name in pieces if icu.is_kept(name)]
    assert kept == ["icudt73l/coll/de.res", "icudt73l/root.res"]


def test_libraries_under_the_lgpl_keep_every_byte(load: Any, tmp_path: Path) -> None:
    wheels = Path(PIL.__file__).parents[1]
    published = [*(wheels / "pi_heif.libs").glob("lib*.so*"), *(wheels / "shiboken6").glob("*.so*")]
    for path in published:
        target = tmp_path / "lib" / path.relative_to(wheels)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    load("bundling.symbols").strip_symbols(tmp_path, tmp_path / "workshop")
    changed = [
        path.name
        for path in published
        if path.read_bytes() != (tmp_path / "lib" / path.relative_to(wheels)).read_bytes()
    ]
    assert (len(published) > 2, changed) == (True, [])


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="Debian lends what has packages of Debian")
def test_what_the_system_lends_comes_with_its_licence_and_nothing_of_the_gpl_is_lent(
    load: Any, tmp_path: Path
) -> None:
    borrowed = load("bundling.borrowed")
    zlib = next(Path("/usr/lib").glob("*/libz.so.1"))
    shutil.copy(zlib, tmp_path / "libz.so.1")
    assert borrowed.add_licences(tmp_path) == ["zlib1g"]
    assert "Gailly" in (tmp_path / borrowed.LICENCES / "zlib1g.txt").read_text("utf-8")
    shutil.copy(zlib, tmp_path / "libreadline.so.8")
    with pytest.raises(SystemExit):
        borrowed.borrowed(tmp_path)
