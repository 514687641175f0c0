"""What was learnt of servers is kept without naming them, and forgotten in time."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.wire.memory import (
    FORGET_AFTER,
    MOST_KEPT,
    Learnt,
    RepairMemory,
    format_memory,
    parse_memory,
)
from writetex_desktop.core.endpoints.wire.repair import Repair

TODAY = date(2026, 11, 30)
REPAIRS = (Repair("stream_options"), Repair("max_tokens", "max_completion_tokens"))


def test_what_one_run_learnt_the_next_one_knows() -> None:
    written: list[str] = []
    first = RepairMemory(keep=lambda known: written.append(format_memory(known)), today=lambda: TODAY)
    first.learn("https://box.example/v1?key=secret", "private-model", REPAIRS)
    first.learn("https://box.example/v1?key=secret", "private-model", REPAIRS)
    assert len(written) == 1
    for private in ("box", "secret", "private"):
        assert private not in written[0]
    second = RepairMemory(parse_memory(written[0]), today=lambda: TODAY)
    assert second.known("https://box.example/v1?key=secret", "private-model") == REPAIRS
    assert second.known("https://box.example/v1", "private-model") == ()


def test_a_server_is_asked_in_the_ordinary_way_again_after_a_month() -> None:
    day = [TODAY]
    memory = RepairMemory(today=lambda: day[0])
    memory.learn("https://a/v1", "m", REPAIRS)
    day[0] = TODAY + FORGET_AFTER
    assert memory.known("https://a/v1", "m") == REPAIRS
    day[0] += timedelta(days=1)
    assert memory.known("https://a/v1", "m") == ()


def test_only_so_much_is_kept_and_the_oldest_goes_first() -> None:
    known = {str(number): Learnt(REPAIRS, TODAY) for number in range(MOST_KEPT + 5)}
    kept = parse_memory(format_memory(known))
    assert list(kept) == [str(number) for number in range(5, MOST_KEPT + 5)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "null",
        '{"version": 2, "learnt": {}}',
        '{"version": 1}',
        '{"version": 1, "learnt": []}',
        "[" * 9999,
    ],
)
def test_a_damaged_file_is_as_good_as_none(text: str) -> None:
    assert parse_memory(text) == {}


@given(
    st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=4))
)
def test_an_entry_that_is_none_is_left_out(entry: object) -> None:
    text = json.dumps(
        {"version": 1, "learnt": {"a": entry, "b": {"on": "2026-11-30", "repairs": [["x", "", ""]]}}}
    )
    assert parse_memory(text) == {"b": Learnt((Repair("x"),), TODAY)}
