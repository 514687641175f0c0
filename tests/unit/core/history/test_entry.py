"""Entries of the history and the searches for them."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.history.entry import (
    HistoryEntry,
    HistoryQuery,
    matches,
    moment_id,
    parse_search,
)
from writetex_desktop.core.reading.recognition import Engine, Mode

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def day(year: int, month: int, number: int) -> int:
    return moment_id(datetime(year, month, number, tzinfo=UTC))


def entry(markup: str = r"\frac{a}{b}", *, id_: int = 0, favourite: bool = False) -> HistoryEntry:
    return HistoryEntry(id_, markup, Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 1.0, favourite=favourite)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - aware by timezones
def test_the_moment_of_an_entry_is_its_id(moment: datetime) -> None:
    assert entry(id_=moment_id(moment)).created == moment


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", HistoryQuery()),
        ("   ", HistoryQuery()),
        (r"\frac x^2", HistoryQuery(words=(r"\frac", "x^2"))),
        ('"a + b" c', HistoryQuery(words=("a + b", "c"))),
        ('"a + ', HistoryQuery(words=("a + ",))),
        ('""', HistoryQuery()),
        ("对数", HistoryQuery(words=("对数",))),
        ("fav:", HistoryQuery(favourites=True)),
        ("doubt:", HistoryQuery(doubtful=True)),
        ("model:gpt x", HistoryQuery(words=("x",), models=("gpt",))),
        ("model:", HistoryQuery()),
        ("mode:table", HistoryQuery(modes=frozenset({Mode.TABLE}))),
        ("mode:t", HistoryQuery(modes=frozenset({Mode.TABLE, Mode.TEXT, Mode.TIKZ}))),
        ("mode:zebra", HistoryQuery(words=("mode:zebra",))),
        ("2026-11", HistoryQuery(since=day(2026, 11, 1), until=day(2026, 12, 1))),
        ("2026-12", HistoryQuery(since=day(2026, 12, 1), until=day(2027, 1, 1))),
        ("2026-02-28", HistoryQuery(since=day(2026, 2, 28), until=day(2026, 3, 1))),
        ("today", HistoryQuery(since=day(2026, 11, 23), until=day(2026, 11, 24))),
        ("yesterday", HistoryQuery(since=day(2026, 11, 22), until=day(2026, 11, 23))),
        ("2026-10..2026-11-15", HistoryQuery(since=day(2026, 10, 1), until=day(2026, 11, 16))),
        ('"today"', HistoryQuery(words=("today",))),
        ("2026-13", HistoryQuery(words=("2026-13",))),
        ("2026-02-30", HistoryQuery(words=("2026-02-30",))),
        ("9999-12-31", HistoryQuery(words=("9999-12-31",))),
        ("2026", HistoryQuery(words=("2026",))),
        ("1..n", HistoryQuery(words=("1..n",))),
        ("٢٠٢٦-11", HistoryQuery(words=("٢٠٢٦-11",))),
        ("2026-11 2026-11-15..2026-12", HistoryQuery(since=day(2026, 11, 15), until=day(2026, 12, 1))),
    ],
)
def test_a_search_reads_as_it_is_written(text: str, query: HistoryQuery) -> None:
    assert parse_search(text, TODAY) == query


@given(st.text())
def test_anything_is_a_search(text: str) -> None:
    parse_search(text, TODAY)


def test_days_begin_where_the_user_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    assert parse_search("2026-11-23", TODAY).since == day(2026, 11, 23) - 8 * 3600 * 10**6


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_every_piece_of_the_markup_finds_it(markup: str) -> None:
    assert matches(entry(markup), HistoryQuery(words=(markup[: len(markup) // 2 + 1],)))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (HistoryQuery(), True),
        (HistoryQuery(words=(r"\FRAC", "b")), True),
        (HistoryQuery(words=(r"\frac", "z")), False),
        (HistoryQuery(models=("GPT",)), True),
        (HistoryQuery(models=("qwen",)), False),
        (HistoryQuery(modes=frozenset({Mode.TEXT})), False),
        (HistoryQuery(since=10), True),
        (HistoryQuery(since=11), False),
        (HistoryQuery(until=11), True),
        (HistoryQuery(until=10), False),
        (HistoryQuery(favourites=True), False),
        (HistoryQuery(doubtful=True), False),
    ],
)
def test_all_conditions_hold_together(query: HistoryQuery, wanted: bool) -> None:
    assert matches(entry(id_=10), query) is wanted


def test_a_favourite_is_found_as_one() -> None:
    assert matches(entry(favourite=True), HistoryQuery(favourites=True))


def test_neither_text_nor_picture_is_in_a_repr() -> None:
    secret = entry("the secret of the formula")
    assert "secret" not in repr(secret)
    assert secret.created == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(0)
