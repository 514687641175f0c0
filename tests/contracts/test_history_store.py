"""What every `HistoryStore` keeps to."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeHistoryStore
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
from writetex_desktop.core.reading.recognition import Engine, Mode, Usage
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.ports.storage import HistoryStore

ALL = HistoryQuery()
ENTRY = HistoryEntry(
    1_000,
    r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    Mode.FORMULA,
    Engine.ENDPOINT,
    "gpt-x",
    0.75,
    Usage(412, 31, 7),
    "$0.0006",
    favourite=True,
    thumbnail=b"small",
)
MARKUPS = [
    r"\frac{a}{b}",
    r"100\% \_ %_!",
    "a 'quoted' \"word\" -- OR AND NOT NEAR( * ^ :",
    "对数函数 log",
    "Größe 𝔸 é",
    "x",
    "\\begin{tabular}{c|c}\na & b \\\\\n\\end{tabular}",
    "'; DROP TABLE entry; --",
]


@pytest.fixture(params=["fake", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[HistoryStore]:
    made: HistoryStore = (
        FakeHistoryStore() if request.param == "fake" else SqliteHistory(tmp_path / "new" / "history.db")
    )
    yield made
    await made.close()


def entry(id_: int, markup: str = "x", *, favourite: bool = False, model: str = "m") -> HistoryEntry:
    return HistoryEntry(id_, markup, Mode.FORMULA, Engine.OFFLINE, model, 0.1, favourite=favourite)


async def keep(store: HistoryStore, *entries: HistoryEntry) -> None:
    await store.add([(each, None) for each in entries])


async def found(store: HistoryStore, *words: str) -> set[str]:
    return {each.markup for each in await store.find(HistoryQuery(words=words))}


async def ids(store: HistoryStore, query: HistoryQuery = ALL) -> list[int]:
    return [each.id for each in await store.find(query)]


async def test_a_new_history_is_empty(store: HistoryStore) -> None:
    await store.open()
    assert await store.find(ALL) == ()
    assert await store.count() == 0
    assert await store.picture(1) is None


async def test_an_entry_comes_back_as_it_was_kept(store: HistoryStore) -> None:
    (kept,) = await store.add([(ENTRY, b"large")])
    assert kept == replace(ENTRY, has_picture=True)
    assert await store.find(ALL) == (kept,)
    assert await store.picture(kept.id) == b"large"


async def test_a_picture_need_not_be_kept(store: HistoryStore) -> None:
    assert await store.add([(ENTRY, None)]) == (ENTRY,)
    assert await store.picture(ENTRY.id) is None


async def test_the_newest_entry_comes_first_and_pages_follow_each_other(store: HistoryStore) -> None:
    await keep(store, *(entry(number) for number in (3, 1, 5, 2, 4)))
    assert await ids(store) == [5, 4, 3, 2, 1]
    page = await store.find(ALL, before=4, limit=2)
    assert [each.id for each in page] == [3, 2]


async def test_of_two_entries_of_one_moment_one_is_moved(store: HistoryStore) -> None:
    await keep(store, entry(7, "a"))
    (moved,) = await store.add([(entry(7, "b"), b"picture of b")])
    assert (moved.id, moved.markup) == (8, "b")
    assert await store.picture(8) == b"picture of b"
    assert await store.count() == 2


async def test_an_entry_that_is_there_is_not_added_again(store: HistoryStore) -> None:
    await keep(store, entry(7, "a", favourite=True))
    (there,) = await store.add([(entry(7, "a"), None)])
    assert there.favourite
    assert await store.count() == 1


@pytest.mark.parametrize("markup", MARKUPS)
async def test_an_entry_is_found_by_every_piece_of_it(store: HistoryStore, markup: str) -> None:
    await keep(store, *(entry(number, each) for number, each in enumerate(MARKUPS)))
    for length in (1, 2, 3, 5, len(markup)):
        for start in range(max(1, len(markup) - length + 1)):
            assert markup in await found(store, markup[start : start + length])


async def test_a_search_finds_nothing_else(store: HistoryStore) -> None:
    await keep(store, entry(1, "alpha beta"), entry(2, "beta gamma"), entry(3, "100% of _"))
    assert await found(store, "beta", "gamma") == {"beta gamma"}
    assert await found(store, "beta", "am") == {"beta gamma"}
    assert await found(store, "BETA", "alp") == {"alpha beta"}
    assert await found(store, "%") == {"100% of _"}
    assert await found(store, "_") == {"100% of _"}
    assert await found(store, "0%0") == set()
    assert await found(store, "delta") == set()
    assert await found(store, "*", "beta") == set()


async def test_conditions_hold_together(store: HistoryStore) -> None:
    table = replace(entry(5, "abc"), mode=Mode.TABLE)
    await keep(store, entry(1, "abc"), entry(3, "abcd", favourite=True, model="Qwen-VL"), table)
    assert await ids(store, HistoryQuery(models=("qwen",))) == [3]
    assert await ids(store, HistoryQuery(favourites=True, words=("abc",))) == [3]
    assert await ids(store, HistoryQuery(favourites=True, words=("b",), until=3)) == []
    assert await ids(store, HistoryQuery(since=3, until=5)) == [3]
    assert await ids(store, HistoryQuery(words=("abc",), since=3, until=6)) == [5, 3]
    assert await ids(store, HistoryQuery(modes=frozenset({Mode.TABLE, Mode.TIKZ}))) == [5]
    assert [each.id for each in await store.find(HistoryQuery(words=("abc",)), before=5, limit=1)] == [3]


async def test_an_entry_can_be_changed(store: HistoryStore) -> None:
    await store.add([(ENTRY, None)])
    await store.edit(ENTRY.id, favourite=False)
    await store.edit(ENTRY.id, markup="another text")
    assert await store.find(ALL) == (replace(ENTRY, favourite=False, markup="another text"),)
    assert await found(store, "another") == {"another text"}
    assert await found(store, r"\sqrt") == set()


async def test_what_somebody_should_look_at_is_found_until_it_is_changed(store: HistoryStore) -> None:
    verdicts = {1: None, 2: Trust.SURE, 3: Trust.LOOK, 4: Trust.DIFFERS}
    kept = [(replace(entry(at), trust=trust), None) for at, trust in verdicts.items()]
    await store.add(kept)
    assert {each.id: each.trust for each in await store.find(HistoryQuery())} == verdicts
    doubtful = HistoryQuery(doubtful=True)
    assert [each.id for each in await store.find(doubtful)] == [4, 3]
    await store.edit(4, favourite=True)
    await store.edit(3, markup="y")
    assert [each.id for each in await store.find(doubtful)] == [4]


async def test_a_late_verdict_is_kept_unless_the_text_is_another_by_now(store: HistoryStore) -> None:
    kept = await store.add([(entry(at), None) for at in (1, 2, 3)])
    await store.edit(2, markup="y", favourite=True)
    await store.remove([3])
    for each in kept:
        await store.rate(each, Trust.DIFFERS)
    now = await store.find(HistoryQuery())
    assert [(each.id, each.trust) for each in now] == [(2, None), (1, Trust.DIFFERS)]


async def test_an_entry_that_is_gone_cannot_be_changed_back_to_life(store: HistoryStore) -> None:
    await store.edit(1, markup="x", favourite=True)
    assert await store.count() == 0


async def test_what_is_removed_is_gone(store: HistoryStore) -> None:
    await store.add([(entry(1, "one"), b"1"), (entry(2, "two"), b"2")])
    await store.remove([1, 99])
    assert await ids(store) == [2]
    assert await store.picture(1) is None
    assert await found(store, "one") == set()


async def test_what_was_removed_can_be_added_again(store: HistoryStore) -> None:
    (kept,) = await store.add([(ENTRY, b"large")])
    await store.remove([kept.id])
    assert await store.add([(kept, b"large")]) == (kept,)
    assert await store.find(HistoryQuery(words=("frac",))) == (kept,)


async def test_all_can_be_deleted_and_the_history_goes_on(store: HistoryStore) -> None:
    await keep(store, *(entry(number, f"text {number}", favourite=number == 3) for number in range(5)))
    await store.clear()
    assert await store.count() == 0
    assert await found(store, "text") == set()
    await keep(store, entry(9, "text again"))
    assert await found(store, "text") == {"text again"}


async def test_retention_spares_the_newest_and_the_favourites(store: HistoryStore) -> None:
    await keep(store, *(entry(number, f"text {number}", favourite=number == 2) for number in range(10)))
    await store.trim(since=None, most=None)
    assert await store.count() == 10
    await store.trim(since=4, most=None)
    assert await ids(store) == [9, 8, 7, 6, 5, 4, 2]
    await store.trim(since=None, most=3)
    assert await ids(store) == [9, 8, 7, 2]
    await store.trim(since=8, most=1)
    assert await ids(store) == [9, 2]
    assert await found(store, "text") == {"text 9", "text 2"}
    await store.trim(since=None, most=0)
    assert await ids(store) == [2]


async def test_half_a_sign_does_no_harm(store: HistoryStore) -> None:
    await keep(store, entry(1, "ab\udc00cd"))
    assert await store.count() == 1
    assert len(await found(store, "ab")) == 1


async def tagged(store: HistoryStore, *tags: str) -> set[int]:
    return {each.id for each in await store.find(HistoryQuery(tags=tags))}


async def test_tags_group_entries_and_are_found_by_their_beginning(store: HistoryStore) -> None:
    await keep(store, entry(1), entry(2, "y"), entry(3, "z"))
    await store.tag([1, 2, 99], add=("Thesis/chapter 2", "to check"))
    await store.tag([3], add=("thesis",))
    assert await tagged(store, "THESIS") == {1, 2, 3}
    assert await tagged(store, "thesis/") == {1, 2}
    assert await tagged(store, "thesis", "to check") == {1, 2}
    assert await tagged(store, "hesis") == set()
    assert await store.tags() == (("thesis", 1), ("Thesis/chapter 2", 2), ("to check", 2))
    await store.tag([1], add=("new",), remove=("TO CHECK",))
    (first,) = [each for each in await store.find(ALL) if each.id == 1]
    assert first.tags == ("new", "Thesis/chapter 2")


async def test_words_are_found_in_tags_too(store: HistoryStore) -> None:
    await keep(store, entry(1, r"\alpha"), entry(2, r"\lim a"), entry(3, "b"))
    await store.tag([3], add=("limits 极限", "Lim 100%"))
    assert await found(store, "lim") == {r"\lim a", "b"}
    assert await found(store, "极") == {"b"}
    assert await found(store, "alpha") == {r"\alpha"}
    assert await found(store, "lim", "%") == {"b"}


async def test_what_comes_again_gets_the_tags_of_both(store: HistoryStore) -> None:
    await store.add([(replace(ENTRY, tags=("here",)), None)])
    ((kept),) = await store.add([(replace(ENTRY, tags=("there", "HERE")), None)])
    assert kept.tags == ("here", "there")
    assert [each.tags for each in await store.find(ALL)] == [("here", "there")]


async def test_tags_go_with_their_entries(store: HistoryStore) -> None:
    await keep(store, replace(entry(1), tags=("a",)), replace(entry(2, "y"), tags=("a", "b")))
    await store.remove([2])
    assert await store.tags() == (("a", 1),)
    await store.clear()
    assert await store.tags() == ()
    await keep(store, entry(1))
    assert [each.tags for each in await store.find(ALL)] == [()]
