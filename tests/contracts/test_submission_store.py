"""What every `SubmissionStore` keeps to."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import FakeSubmissionStore
from writetex_desktop.adapters.storage.submission_files import SubmissionFiles
from writetex_desktop.core.batches.batch import BatchItem, Source
from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.batches.wire import RemoteBatch, RemoteState
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.storage import SubmissionStore

REMOTE = RemoteBatch("batch-1", "file-1", RemoteState.IN_PROGRESS, 1, 0, "out", "err", "Something is wrong.")
ONE = Submission(
    "0a1b",
    datetime(2026, 11, 23, 5, tzinfo=UTC),
    "https://api.example.com/v1",
    "m",
    Decimal("0.5"),
    "/tmp/out.jsonl",
    document="/papers/été.tex",
    parts=(Part(2, "file-1", REMOTE), Part(1, "file-2", is_fetched=True)),
)
ITEMS = (
    BatchItem(Source("/été/\u2028a.png"), digest="d1"),
    BatchItem(Source("b.pdf", 2), Mode.TEXT, digest="d2"),
)


@pytest.fixture(params=["fake", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SubmissionStore:
    return FakeSubmissionStore() if request.param == "fake" else SubmissionFiles(tmp_path / "not" / "there")


def test_there_is_nothing_before_anything_is_handed_in(store: SubmissionStore) -> None:
    assert store.load() == ()


def test_what_is_kept_is_given_exactly_and_oldest_first(store: SubmissionStore) -> None:
    older = replace(ONE, id="ffff", made=datetime(2026, 11, 22, tzinfo=UTC), parts=())
    store.save_items(ONE, 0, ITEMS)
    store.save(replace(ONE, parts=()))
    store.save(ONE)
    store.save(older)
    assert store.load() == (older, ONE)
    assert store.items(ONE, 0) == ITEMS


def test_what_is_removed_is_gone_with_its_names(store: SubmissionStore) -> None:
    store.save_items(ONE, 0, ITEMS)
    store.save(ONE)
    store.remove(ONE)
    store.remove(ONE)
    assert store.load() == ()
    with pytest.raises(StorageError):
        store.items(ONE, 0)


def test_only_the_user_may_read_what_is_kept(tmp_path: Path) -> None:
    store = SubmissionFiles(tmp_path)
    store.save_items(ONE, 0, ITEMS)
    store.save(ONE)
    files = list((tmp_path / ONE.id).iterdir())
    assert len(files) == 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


@pytest.mark.parametrize("damage", ['{"version": 1', '{"version": 2}', "[]"])
def test_what_cannot_be_used_is_moved_aside_and_the_others_are_given(tmp_path: Path, damage: str) -> None:
    store = SubmissionFiles(tmp_path)
    store.save(ONE)
    store.save(replace(ONE, id="bad"))
    (tmp_path / "bad" / "submission.json").write_text(damage)
    with pytest.raises(StorageError) as raised:
        store.load()
    assert str(tmp_path / "bad.unusable") in raised.value.remedy.text
    assert store.load() == (ONE,)
    assert (tmp_path / "bad.unusable" / "submission.json").read_text() == damage


def test_names_that_do_not_fit_the_requests_are_not_used(tmp_path: Path) -> None:
    store = SubmissionFiles(tmp_path)
    store.save_items(ONE, 0, ITEMS[:1])
    with pytest.raises(StorageError):
        store.items(ONE, 0)


def test_a_document_holds_nothing_but_what_it_should(tmp_path: Path) -> None:
    SubmissionFiles(tmp_path).save(ONE)
    names = set(json.loads((tmp_path / ONE.id / "submission.json").read_text()))
    assert names == {"version", *(each for each in ONE.__dataclass_fields__)}


def test_an_upload_is_noted_until_it_is_kept_what_became_of_it(store: SubmissionStore) -> None:
    here, there = "https://api.example.com/v1", "https://other.example/v1"
    with store.uploading(here, "writetex-a-0.jsonl"):
        assert store.abandoned(here) == (), "its program lives"
    assert store.abandoned(here) == ()
    with pytest.raises(KeyboardInterrupt), store.uploading(here, "writetex-b-0.jsonl"):
        raise KeyboardInterrupt
    assert (store.abandoned(here), store.abandoned(there)) == (("writetex-b-0.jsonl",), ())
    assert store.load() == ()
    store.forget_upload("writetex-b-0.jsonl")
    assert store.abandoned(here) == ()
