"""What bars, roots and brackets hold, and the outline that is left of a formula."""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.nests import Outline, outline_of
from writetex_desktop.core.pictures.parting.signs import Sign


def word(letters: str, left: float, line: float) -> list[Sign]:
    """Letters side by side on a line; a blank is a blank, and `p` stands below it."""
    return [
        Sign(letter, left + 0.6 * place, line - 0.43, left + 0.6 * place + 0.5, line + 0.2 * (letter == "p"))
        for place, letter in enumerate(letters)
        if letter != " "
    ]


def bar(left: float, right: float, middle: float) -> list[Sign]:
    return [
        Sign("rule<", left, middle - 0.1, left + 0.2, middle + 0.1),
        Sign("rule>", right - 0.2, middle - 0.1, right, middle + 0.1),
    ]


def outline(signs: Sequence[Sign]) -> Outline | None:
    return outline_of(signs, tuple(range(len(signs))), [1.0] * len(signs))


def names(found: Outline | None) -> list[str]:
    assert found is not None
    return [sign.name for sign in found.signs]


def held(signs: Sequence[Sign], found: Outline) -> list[str]:
    return [
        "".join(signs[number].name for number in part.numbers) for nest in found.nests for part in nest.held
    ]


FRACTION = [*word("bcd", 2.0, 1.0), *bar(1.9, 3.9, 1.4), *word("efh", 2.0, 2.3)]


def test_a_fraction_among_others_is_shut_and_what_follows_moves_up() -> None:
    signs = [*word("t =", 0.0, 1.7), *FRACTION, *word("+ l", 4.2, 1.7)]
    found = outline(signs)
    assert names(found) == ["t", "=", "rule<", "x", "a", "rule>", "+", "l"]
    assert found is not None
    assert held(signs, found) == ["bcd", "efh"]
    bar_end, plus = found.signs[5], found.signs[6]
    assert 0.1 < plus.left - bar_end.right < 0.6
    assert found.signs[-1].left == signs[-1].left - (plus_of(signs) - plus.left)
    over, under = (sign for sign in found.signs if sign.name in "xa")
    assert over.bottom < 1.4 < under.top
    assert not found.is_fraction


def plus_of(signs: Sequence[Sign]) -> float:
    return next(sign.left for sign in signs if sign.name == "+")


def test_a_fraction_alone_is_told_however_little_it_holds() -> None:
    signs = [*word("b", 2.0, 1.0), *bar(1.9, 2.6, 1.4), *word("c", 2.0, 2.3)]
    found = outline(signs)
    assert found is not None
    assert found.is_fraction
    assert held(signs, found) == ["b", "c"]


def test_of_bars_in_bars_the_outermost_parts_all() -> None:
    inner = [*word("bc", 2.0, 1.0), *bar(1.9, 3.2, 1.4), *word("de", 2.0, 2.2)]
    signs = [*inner, *bar(1.7, 3.4, 2.6), *word("fhk", 1.8, 3.4)]
    found = outline(signs)
    assert found is not None
    assert found.is_fraction
    assert held(signs, found) == ["bcrule<rule>de", "fhk"]


def test_the_letters_are_none_that_the_formula_has() -> None:
    signs = [*word("x a", 0.0, 1.7), *FRACTION]
    found = outline(signs)
    assert names(found) == ["x", "a", "rule<", "n", "k", "rule>"]


def test_a_bracket_of_the_height_of_text_is_shut() -> None:
    brackets = [Sign("(", 0.6, 0.4, 0.9, 1.4), Sign(")", 4.3, 0.4, 4.6, 1.4)]
    signs = [*word("f", 0.0, 1.2), brackets[0], *word("b+c-de", 0.9, 1.2), brackets[1], *word("t", 4.8, 1.2)]
    found = outline(signs)
    assert names(found) == ["f", "(", "x", ")", "t"]
    assert found is not None
    assert held(signs, found) == ["b+c-de"]


def test_a_root_is_shut_and_its_rule_gets_shorter() -> None:
    signs = [
        Sign("\\sqrt{", 0.0, 0.1, 0.8, 1.3),
        *bar(0.75, 4.0, 0.15),
        *word("bcdeh", 0.9, 1.0),
        *word("t", 4.2, 1.0),
    ]
    found = outline(signs)
    assert sorted(names(found)) == sorted(["\\sqrt{", "rule<", "x", "rule>", "t"])
    assert found is not None
    assert next(sign.right for sign in found.signs if sign.name == "rule>") < 2.0


def test_a_line_over_letters_is_no_fraction() -> None:
    assert outline([*bar(0.0, 2.4, 0.2), *word("bcde", 0.0, 1.0)]) is None


def test_what_shares_its_column_with_another_row_stays() -> None:
    """Two fractions under one another: neither can be shut without moving the other."""
    lower = [Sign(s.name, s.left + 0.5, s.top + 3, s.right + 0.5, s.bottom + 3) for s in FRACTION]
    assert outline([*word("b", 0.0, 1.5), *FRACTION, *lower]) is None


def test_little_is_left_to_the_reader() -> None:
    assert (
        outline([*word("t", 0.0, 1.7), *word("b", 2.0, 1.0), *bar(1.9, 2.6, 1.4), *word("c", 2.0, 2.3)])
        is None
    )
