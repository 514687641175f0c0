"""What providers say of their batch services is read, whatever it is."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.batches.wire import (
    RemoteAnswer,
    RemoteBatch,
    RemoteState,
    has_room,
    read_answer,
    read_batch,
    read_batches,
    request_line,
)
from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms
from writetex_desktop.core.secret import Secret

KEY = Secret("sk-0123456789abcdef")
NAMES = ["id", "status", "data", "errors", "request_counts", "completed", "custom_id", "response", "body"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
SUBMISSION = Submission(
    "0a1b", datetime(2026, 11, 23, tzinfo=UTC), "https://a.example/v1", "m", Decimal("0.5"), "out.jsonl"
)


@given(JSON)
def test_whatever_json_comes_is_read(value: object) -> None:
    assert read_batch(value, KEY) is None or isinstance(read_batch(value, KEY), RemoteBatch)
    assert isinstance(read_batches(value, KEY), tuple)
    answer = read_answer(json.dumps(value).encode())
    assert answer is None or isinstance(answer, RemoteAnswer)


def test_a_request_is_one_line_without_streaming() -> None:
    body = {"model": "m", "messages": ["é\u2028\n"], "stream": True, "stream_options": {}}
    line = request_line("a-0", body, BatchTerms(endpoint="/v4/chat/completions"))
    assert line.count(b"\n") == 1
    assert json.loads(line) == {
        "custom_id": "a-0",
        "method": "POST",
        "url": "/v4/chat/completions",
        "body": {"model": "m", "messages": ["é\u2028\n"]},
    }


def test_a_file_is_full_by_its_requests_or_by_its_bytes() -> None:
    terms = BatchTerms(most_requests=2, most_bytes=10)
    assert has_room(terms, 1, 5, b"12345")
    assert not has_room(terms, 2, 0, b"1")
    assert not has_room(terms, 1, 6, b"12345")


@pytest.mark.parametrize(
    ("document", "batch"),
    [
        (
            {
                "id": "b",
                "input_file_id": "f",
                "status": "completed",
                "request_counts": {"total": 3, "completed": 2, "failed": 1},
                "output_file_id": "o",
                "error_file_id": None,
                "errors": None,
            },
            RemoteBatch("b", "f", RemoteState.COMPLETED, 2, 1, "o"),
        ),
        ({"id": "b", "status": "Validating", "request_counts": {"completed": None}}, RemoteBatch("b")),
        ({"data": {"id": "b", "status": "in_queue"}, "code": 20000}, RemoteBatch("b")),
        ({"id": "b", "status": "expired", "completed": 7}, RemoteBatch("b", "", RemoteState.EXPIRED, 7)),
        (
            {"id": "b", "status": "warming up"},
            RemoteBatch("b", "", RemoteState.IN_PROGRESS, unknown_state="warming up"),
        ),
        (
            {
                "id": "b",
                "status": "failed",
                "errors": {"data": [{"code": "c", "message": f"No {KEY.reveal()}.", "line": 1}]},
            },
            RemoteBatch("b", "", RemoteState.FAILED, problem="No …."),
        ),
        ({"status": "completed"}, None),
    ],
)
def test_a_batch_is_read_in_the_form_of_each_provider(document: object, batch: RemoteBatch | None) -> None:
    assert read_batch(document, KEY) == batch


def test_answers_are_read_and_what_is_none_is_passed_over() -> None:
    good = {"custom_id": "a-1", "response": {"status_code": 200, "body": {"choices": []}}, "error": None}
    late = {"custom_id": "a-2", "response": None, "error": {"code": "batch_expired", "message": "Late."}}
    assert read_answer(json.dumps(good).encode()) == RemoteAnswer("a-1", 200, {"choices": []})
    answer = read_answer(json.dumps(late).encode())
    assert answer is not None
    assert not answer.is_answer
    for line in (b"", b"{", b"[]", b'{"custom_id": 3}', b"\xff", b"[" * 100_000):
        assert read_answer(line) is None


def test_a_request_is_found_in_its_part_by_its_name_only() -> None:
    two = replace(SUBMISSION, parts=(Part(2, "f0"), Part(3, "f1")))
    names = [two.custom_id(place) for place in range(5)]
    assert [two.place_in(0, name) for name in names] == [0, 1, None, None, None]
    assert [two.place_in(1, name) for name in names] == [None, None, 0, 1, 2]
    for foreign in ("0a1b", "0a1b-", "0a1b-5", "0a1b--1", "ffff-0", "0a1b-٣", "0a1b-" + "9" * 5000):
        assert two.place_in(0, foreign) is None


def test_a_submission_is_as_far_as_its_slowest_part() -> None:
    done = Part(2, "f0", RemoteBatch("b0", "f0", RemoteState.COMPLETED, 2), is_fetched=True)
    slow = Part(3, "f1", RemoteBatch("b1", "f1", RemoteState.IN_PROGRESS, 1, 1))
    both = replace(SUBMISSION, parts=(done, slow))
    assert (both.state, both.answered, both.count, both.is_over) == (RemoteState.IN_PROGRESS, 4, 5, False)
    assert replace(SUBMISSION, parts=(done,)).is_over


def test_a_model_that_the_pages_do_not_name_is_noticed() -> None:
    terms = BatchTerms(models=("qwen3-vl-*",))
    assert terms.names("qwen3-vl-Plus")
    assert not terms.names("qvq-max")
    assert BatchTerms().names("anything")
