"""Which of several answers is taken, and which are kept beside it."""

from writetex_desktop.adapters.recogniser.choice import MOST_OTHERS, best, is_settled, reading
from writetex_desktop.adapters.recogniser.model import Answer


def answer(text: str, confidence: float, *, complete: bool = True) -> Answer:
    return Answer(tuple(text.split()), confidence, complete)


def test_the_surest_is_taken_unless_it_was_cut_off() -> None:
    cut, whole = answer("a b", 0.9, complete=False), answer("a", 0.4)
    assert best([cut, whole]) is whole
    assert best([answer("b", 0.3), whole]) is whole


def test_one_sure_look_is_enough() -> None:
    assert is_settled([[answer("a", 0.95)]])
    assert not is_settled([[answer("a", 0.8)]])


def test_two_looks_that_agree_need_less() -> None:
    assert is_settled([[answer("a", 0.75)], [answer("a", 0.72), answer("b", 0.1)]])
    assert not is_settled([[answer("a", 0.75), answer("b", 0.1)], [answer("b", 0.72)]])


def test_after_three_hopeless_looks_there_is_no_fourth() -> None:
    looks = [[answer(text, 0.1)] for text in "abc"]
    assert is_settled(looks)
    assert not is_settled(looks[:2])


def test_other_answers_are_kept_once_each_the_surest_first() -> None:
    answers = [answer("a", 0.5), answer("b", 0.1), answer("c", 0.3), answer("b", 0.2), answer("a", 0.4)]
    found = reading(answers, 0.5, "7")
    assert (found.words, found.confidence, found.number) == (("a",), 0.25, "7")
    assert [(" ".join(other.words), other.confidence) for other in found.others] == [("c", 0.15), ("b", 0.1)]


def test_what_is_cut_off_or_hardly_likely_is_not_offered() -> None:
    answers = [answer("a", 0.5), answer("b", 0.4, complete=False), answer("c", 0.0001)]
    assert reading(answers, 1.0, "").others == ()


def test_no_more_than_a_few_are_offered() -> None:
    answers = [answer(letter, 0.5 - place / 100) for place, letter in enumerate("abcdefgh")]
    assert len(reading(answers, 1.0, "").others) == MOST_OTHERS


def test_a_power_of_nothing_is_read_plain() -> None:
    found = reading([answer("^{ 1 }", 0.4), answer("1", 0.3)], 1.0, "")
    assert found.words == ("1",)
    assert found.others == ()
