"""Tags are read as people type them, and compared without regard to how they are written."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.history.entry import parse_search
from writetex_desktop.core.history.tags import (
    MOST_SIGNS,
    as_tags,
    folded,
    format_tags,
    parse_tags,
    search_for,
    united,
)


def test_tags_stand_between_the_commas_of_every_language() -> None:
    assert parse_tags("thesis/chapter 2,  to   check ;thesis/chapter 2") == ("thesis/chapter 2", "to check")
    assert parse_tags("线性代数，微积分、#论文") == tuple(sorted(("线性代数", "微积分", "论文")))
    assert parse_tags("تفاضل، جبر؛ فيزياء") == tuple(sorted(("تفاضل", "جبر", "فيزياء")))


def test_small_and_capital_letters_and_both_forms_of_an_accent_are_one_tag() -> None:
    assert parse_tags("Straße, STRASSE") == ("Straße",)
    assert as_tags(["caf\u00e9", "cafe\u0301"]) == ("caf\u00e9",)
    assert united(["Thesis"], ["thesis", "new"]) == ("new", "Thesis")


def test_nothing_is_no_tag() -> None:
    assert parse_tags(" , #, /,\u202e, \x00") == ()


@given(st.text(max_size=200))
def test_what_was_read_is_written_and_read_alike(text: str) -> None:
    tags = parse_tags(text)
    assert parse_tags(format_tags(tags)) == tags
    assert all(0 < len(tag) <= MOST_SIGNS for tag in tags)
    assert len({folded(tag) for tag in tags}) == len(tags)


@given(st.text(max_size=80))
def test_a_tag_of_a_menu_is_found_by_the_search_that_the_menu_writes(text: str) -> None:
    for tag in parse_tags(text):
        query = parse_search(search_for(tag), date(2026, 12, 1))
        assert query.tags == (tag,)
        assert not query.words
