"""Scripts behind their base, and labels and limits over and under it."""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.nests import outline_of
from writetex_desktop.core.pictures.parting.scripts import Scripts, scripts_of
from writetex_desktop.core.pictures.parting.signs import Sign


def large(letters: str, left: float, line: float = 2.0) -> list[Sign]:
    return [
        Sign(letter, left + 0.6 * place, line - 0.68, left + 0.6 * place + 0.5, line)
        for place, letter in enumerate(letters)
    ]


def small(letters: str, left: float, line: float) -> list[Sign]:
    return [
        Sign(letter, left + 0.4 * place, line - 0.45, left + 0.4 * place + 0.33, line)
        for place, letter in enumerate(letters)
    ]


def sizes(signs: Sequence[Sign]) -> list[float]:
    return [1.0 if sign.height > 0.5 else 0.7 for sign in signs]


def scripts(signs: Sequence[Sign]) -> list[Scripts]:
    return scripts_of(signs, tuple(range(len(signs))), sizes(signs))


def parts(signs: Sequence[Sign], found: Scripts) -> list[str]:
    return ["".join(signs[number].name for number in part) for part in found.parts]


def test_scripts_above_and_below_one_sign_are_two_parts_of_one() -> None:
    signs = [*large("H", 0.0), *small("bdhk", 0.55, 1.6), *small("lnrtu", 0.55, 2.25), *large("E", 2.8)]
    (found,) = scripts(signs)
    assert sorted(parts(signs, found)) == ["bdhk", "lnrtu"]
    assert found.base == ()


def test_scripts_of_two_signs_are_two() -> None:
    signs = [*large("H", 0.0), *small("bd", 0.55, 1.6), *large("E", 1.4), *small("hk", 1.95, 1.6)]
    assert [parts(signs, each) for each in scripts(signs)] == [["bd"], ["hk"]]


def test_limits_stand_over_and_under_their_base() -> None:
    signs = [
        Sign("\\sum", 0.5, 1.2, 1.4, 2.3),
        *small("n", 0.8, 1.0),
        *small("bdhk", 0.2, 2.9),
        *large("E", 2.0),
    ]
    (found,) = scripts(signs)
    assert sorted(parts(signs, found)) == ["bdhk", "n"]
    assert found.base == (0,)


def test_a_bracket_that_opens_behind_a_script_is_none_of_it() -> None:
    bracket = Sign("(", 1.9, 1.4, 2.05, 1.85)
    signs = [*large("H", 0.0), *small("bdh", 0.55, 1.6), bracket, *large("E", 2.2)]
    assert [parts(signs, each) for each in scripts(signs)] == [["bdh"]]


def test_a_point_between_small_digits_is_one_of_them() -> None:
    point = Sign(".", 0.93, 2.18, 1.0, 2.25)
    signs = [*large("H", 0.0), *small("2", 0.55, 2.25), point, *small("53", 1.05, 2.25)]
    (found,) = [parts(signs, each) for each in scripts(signs)]
    assert found == ["2.53"]


def test_a_label_is_shut_over_its_base_which_keeps_its_width() -> None:
    arrow = Sign("\\to", 1.5, 1.5, 2.5, 1.9)
    signs = [*large("H", 0.0), *small("bdhklntu", 0.6, 1.3), arrow, *large("E", 4.2)]
    found = outline_of(
        signs,
        tuple(range(len(signs))),
        [1.0 if sign is arrow else size for sign, size in zip(signs, sizes(signs), strict=True)],
    )
    assert found is not None
    by_name = {sign.name: sign for sign in found.signs}
    assert set(by_name) == {"H", "\\to", "x", "E"}
    shut, label = by_name["\\to"], by_name["x"]
    assert round(shut.right - shut.left, 6) == 1.0
    assert abs(shut.centre - label.centre) < 0.01
    assert label.bottom < shut.top
    assert 0.0 < by_name["E"].left - shut.right < 1.0


def test_words_of_a_script_are_not_what_a_bracket_of_another_holds() -> None:
    bracket = [Sign("(", 0.55, 1.15, 0.7, 1.65), Sign(")", 2.4, 1.15, 2.55, 1.65)]
    signs = [
        *large("H", 0.0),
        *bracket,
        *small("bdhk", 0.75, 1.6),
        *small("lnrtu", 0.55, 2.35),
        *large("E", 3.0),
    ]
    found = outline_of(signs, tuple(range(len(signs))), sizes(signs))
    assert found is not None
    held = ["".join(signs[n].name for n in part.numbers) for nest in found.nests for part in nest.held]
    assert sorted(held) == ["()bdhk", "lnrtu"]
