"""The file of a batch is gone on with, and a file of somebody else is left alone."""

import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from writetex_desktop.adapters.storage.result_lines import ResultLines
from writetex_desktop.core.batches.batch import BatchItem, Failure, ItemState, Source
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition

ANSWER = Recognition("x", Mode.FORMULA, Engine.OFFLINE, "m", 0.5)
DONE = BatchItem(Source("a.png"), digest="1", state=ItemState.DONE, recognition=ANSWER, output="x")
FAILED = BatchItem(Source("b.png"), digest="2", state=ItemState.FAILED, failure=Failure("No."))


def test_what_is_done_is_known_and_what_failed_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with ResultLines(path) as lines:
        lines.add(FAILED)
        lines.add(DONE)
    path.write_text(path.read_text("utf-8") + '{"file": "c.pn\n{"fi', "utf-8")
    with ResultLines(path) as lines:
        waiting = replace(DONE, state=ItemState.WAITING, recognition=None, output="")
        assert lines.known(waiting) == DONE
        assert lines.known(replace(waiting, digest="3")) is None
        assert lines.known(FAILED) is None
        lines.add(DONE)
        lines.add(replace(FAILED, failure=None, state=ItemState.DONE, recognition=ANSWER, output="x"))
    assert [line[:16] for line in path.read_text("utf-8").splitlines()] == [
        '{"file": "a.png"',
        '{"file": "b.png"',
    ]


def test_of_a_long_file_only_the_places_are_kept(tmp_path: Path) -> None:
    path, long = tmp_path / "out.jsonl", "x" * 5000
    items = [replace(DONE, source=Source(f"{number}.png"), output=long) for number in range(1000)]
    with ResultLines(path) as lines:
        for item in (FAILED, *items):
            lines.add(item)
    tracemalloc.start()
    with ResultLines(path) as lines:
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        known = lines.known(items[-1])
    assert most < path.stat().st_size / 4
    assert known is not None
    assert (known.source, known.output) == (items[-1].source, long)


@pytest.mark.parametrize("content", ["mine\n", "[]\n", '{"a": 1}\n', "\x00\x01", '{"file": "a"}\nmine'])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(StorageError):
        ResultLines(path)
    assert path.read_text("utf-8") == content


def test_a_file_that_cannot_be_made_is_said_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        ResultLines(tmp_path / "none" / "out.jsonl")
    assert caught.value.remedy.text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device for it")
def test_a_full_disk_is_said_with_a_remedy_and_what_was_written_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.jsonl"
    with ResultLines(path) as lines:
        lines.add(DONE)
    really_open = Path.open

    def open_on_full_disk(path: Path, mode: str = "r", **more: Any) -> IO[Any]:
        return really_open(Path("/dev/full") if mode == "a" else path, mode, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", open_on_full_disk)
        with ResultLines(path) as lines:
            for _ in range(2):
                with pytest.raises(StorageError, match="no room") as caught:
                    lines.add(FAILED)
                assert caught.value.remedy.text == "Make room on the disk."
    with ResultLines(path) as lines:
        assert lines.known(DONE) == DONE
