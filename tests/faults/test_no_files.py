"""Names that lead to no ordinary file get a sentence wherever one is taken, and nothing waits for ever."""

import ast
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from writetex_desktop.adapters.ordinary_file import NotOrdinaryError, read_ordinary
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.storage.answered_paths import load_answered_paths
from writetex_desktop.adapters.storage.catalogue_file import load_catalogue
from writetex_desktop.adapters.storage.document_file import read_document_file
from writetex_desktop.adapters.storage.export_file import export_file
from writetex_desktop.adapters.storage.key_mark import KeyMark
from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.adapters.storage.repair_file import RepairFile
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.result_lines import ResultLines
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.adapters.storage.spending_file import SpendingFile
from writetex_desktop.adapters.storage.submission_files import SubmissionFiles
from writetex_desktop.adapters.storage.update_files import last_asked
from writetex_desktop.composition.batch_program import picture_reader
from writetex_desktop.composition.parts import make_sources, read_file, read_text
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.native.login.xdg import XdgAutostart
from writetex_desktop.services.batches.sources import Wanted

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "01-quadratic.png"
TOO_LONG = "x" * 300
KINDS = ("pipe", "socket", "device", "long", "folder", "nul", "loop", "gone")
LIMIT_S = 60

OPENERS = {
    "adapters/exporters/mathjax.py": "the program's own files",
    "adapters/exporters/speech.py": "the program's own files",
    "adapters/exporters/asciimath.py": "the program's own files",
    "adapters/integrity.py": "the program's own files",
    "adapters/recogniser/model.py": "the program's own files",
    "adapters/recogniser/handwriting/finder.py": "the program's own files",
    "adapters/recogniser/pages/networks.py": "the program's own files",
    "adapters/storage/translation_files.py": "the program's own files",
    "adapters/storage/update_files.py": "the program's own files; `last_asked` goes by `read_ordinary`",
    "adapters/storage/result_lines.py": "appends to what `held_output` has looked at",
    "native/heap.py": "of the system",
    "native/login/desktop_files.py": "the program's own files",
    "native/login/macos.py": "looks before it opens",
    "native/login/xdg.py": "looks before it opens",
    "ui/help/window.py": "the program's own files",
    "composition/serving/doorway.py": "the program's own files",
}
"""Who opens files to read by other means than `ordinary_file`, and why that cannot hang."""


def place(kind: str, folder: Path, ending: str) -> Path:
    """Make something of a kind that is no ordinary file, and give its name."""
    path = folder / f"it{ending}"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(os.path.relpath(path))
        case "device":
            path.symlink_to("/dev/zero")
        case "long":
            path = folder / f"{TOO_LONG}{ending}"
        case "folder":
            path.mkdir()
        case "nul":
            path = folder / f"it\0{ending}"
        case "loop":
            path.symlink_to(path)
        case _:
            pass
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # the name of a socket has an end at 108 bytes
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_says_a_sentence_or_takes_nothing(kind: str, folder: Path) -> None:
    path = place(kind, folder, ".json")
    for read in (read_file, read_text, read_document_file):
        with pytest.raises(WriteTexError) as raised:
            read(path)
        assert raised.value.message.endswith(".")
    for note in (
        lambda: load_answered_paths(path),
        RepairFile(path).load,
        lambda: last_asked(path),
        lambda: XdgAutostart({"XDG_CONFIG_HOME": str(folder)}, folder, ("x",)).is_on,
    ):
        assert not note()  # what is learnt or asked anew is no reason to say anything
    assert KeyMark(path, has_profiles=True).is_used()
    nothing = kind == "gone"
    for load in (SettingsFile(path).load, SpendingFile(path).load):
        if nothing:
            load()
        else:
            with pytest.raises(WriteTexError):
                load()
    loaded = load_catalogue(resource_dir(), path)
    assert len(loaded.notices) == (0 if nothing else 1)


TEXTS = {
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 100_000,
    "array": b"a=" + b"[" * 100_000,
    "dots": b"a." * 50_000 + b"b=1",
    "null": b"null",
    "number": b"1e999",
    "digits": b"9" * 10_000,
    "surrogate": b'"\\ud800"',
    "kinds": b'{"version": [1], "asked": 5, "entries": 3, "profiles": 1, "learnt": {"a": 1}}',
    "infinite": b'{"version": 1e400, "asked": "0001-01-01T00:00:00+14:00"}',
    "binary": bytes(range(256)) * 10,
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_stands_in_a_file_breaks_no_start(text: str, tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    loads: tuple[Callable[[], object], ...] = (
        SettingsFile(path).load,
        SpendingFile(path).load,
        lambda: load_catalogue(resource_dir(), path),
        lambda: load_catalogue(resource_dir(), tmp_path / "none", path),
        lambda: load_answered_paths(path),
        RepairFile(path).load,
        lambda: last_asked(path),
        KeyMark(path, has_profiles=False).is_used,
    )
    for load in loads:
        path.write_bytes(TEXTS[text])
        with suppress(WriteTexError):
            load()


def test_what_a_killed_program_left_may_be_anything(folder: Path) -> None:
    os.mkfifo(folder / ".writetex-999999999-abc.tmp")
    SettingsFile(folder / "settings.json").load()


def test_the_program_opens_what_is_the_users_by_one_function_alone() -> None:
    opened = []
    for module in sorted((ROOT / "writetex_desktop").rglob("*.py")):
        name = module.relative_to(ROOT / "writetex_desktop").as_posix()
        if name in OPENERS:
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                what, how = ast.unparse(node.func.value), [ast.unparse(each) for each in node.args]
                reads = node.func.attr in {"read_text", "read_bytes"} or (
                    node.func.attr == "open" and how and how[0].strip("'\"")[:1] in {"r", "a"}
                )
                if reads and "resource" not in what:
                    opened.append(f"{name}:{node.lineno} {ast.unparse(node)}")
    assert opened == []


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "gone"])
def test_every_writer_says_a_sentence(kind: str, folder: Path) -> None:
    path = place(kind, folder, ".jsonl")

    def export() -> None:
        with export_file(path) as write:
            write("x")

    def go_on() -> None:
        with ResultLines(path):
            pass

    # A terminal or a null device may be written to, but neither is gone on with or replaced.
    writers: list[Callable[[], None]] = [go_on, export]
    if kind != "device":
        writers.append(lambda: write_output(path, b"x"))
    for write in writers:
        with pytest.raises(WriteTexError) as raised:
            write()
        assert raised.value.message.endswith(".")
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_batch_reads_its_other_pictures(kind: str, folder: Path) -> None:
    for ending in (".png", ".pdf"):
        odd = str(place(kind, folder, ending))
        sources = make_sources(PillowCodec(), picture_reader())
        batch = sources.expand([odd, str(SAMPLE)], Wanted())
        assert str(SAMPLE) in [item.source.path for item in batch.items]
        for item in batch.items:
            if item.source.path == odd and item.failure is None:
                with pytest.raises(WriteTexError):
                    sources.digest(item.source)


def test_a_submission_that_is_a_pipe_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "ab12").mkdir()
    os.mkfifo(tmp_path / "ab12" / "submission.json")
    with pytest.raises(WriteTexError):
        SubmissionFiles(tmp_path).load()


def test_an_ordinary_file_is_read_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert (read_ordinary(path, 9), read_ordinary(path, 3)) == (b"12345", b"1234")
    with pytest.raises(NotOrdinaryError):
        read_ordinary(Path("/dev/null"), 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("recognize", "{pipe}.png", str(SAMPLE), "--engine", "offline"),
        ("recognize", f"{TOO_LONG}.png", str(SAMPLE), "--engine", "offline"),
        ("recognize", str(SAMPLE), "--engine", "offline", "-o", "{pipe}.jsonl"),
        ("recognize", str(SAMPLE), "--engine", "offline", "-o", f"{TOO_LONG}.jsonl"),
        ("convert", "{pipe}.tex", "--to", "mathml"),
        ("convert", TOO_LONG, "--to", "mathml"),
        ("recognize", "-", "--engine", "offline"),
        ("convert", "-", "--to", "mathml"),
    ],
)
def test_a_command_ends_with_a_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    words = [word.replace("{pipe}", "pipe") for word in arguments]
    for word in (each for each in words if each.startswith("pipe")):
        os.mkfifo(tmp_path / word)
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "DISPLAY": ""}
    with Path("/dev/zero").open("rb") as endless:
        run = subprocess.run(
            [sys.executable, "-m", "writetex_desktop", *words],
            cwd=tmp_path,
            env=environment,
            stdin=endless,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "inside" not in run.stderr
    if str(SAMPLE) in words and "-o" not in words:
        assert "frac" in run.stdout, "the other picture is read"


def test_settings_that_are_a_pipe_stop_no_program(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "writetex-desktop"
    config.mkdir(parents=True)
    for name in ("settings.json", "providers.toml"):
        os.mkfifo(config / name)
    environment = {**os.environ, "HOME": str(tmp_path), "DISPLAY": ""}
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment.pop(f"XDG_{kind}_HOME", None)
    log = tmp_path / ".local" / "state" / "writetex-desktop" / "log"
    log.mkdir(parents=True)
    os.mkfifo(log / "writetex.log")
    data = tmp_path / ".local" / "share" / "writetex-desktop"
    data.mkdir(parents=True)
    os.mkfifo(data / "spending.json")
    command = [sys.executable, "-m", "writetex_desktop", "recognize", str(SAMPLE), "--engine", "offline"]
    run = subprocess.run(
        [*command, "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert json.loads(run.stdout)["status"] == "done"
    assert "settings file cannot be read" in run.stderr
    assert "list of providers cannot be read" in run.stderr
