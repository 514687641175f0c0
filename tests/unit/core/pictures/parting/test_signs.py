"""Signs as values: what belongs together, where rows part, where a row can be cut, what stands beside."""

import pytest

from writetex_desktop.core.pictures.geometry import around
from writetex_desktop.core.pictures.parting.bands import bands_of, columns_of
from writetex_desktop.core.pictures.parting.pieces import PIECE_SIGNS, pieces_of
from writetex_desktop.core.pictures.parting.signs import Sign, rule_pairs, seen_twice, tall_pairs
from writetex_desktop.core.pictures.parting.surroundings import is_page, part


def at(name: str, left: float, top: float = 0.0, width: float = 0.5, height: float = 0.6) -> Sign:
    return Sign(name, left, top, left + width, top + height)


def row(names: str, left: float = 0.0, top: float = 0.0, step: float = 0.6) -> list[Sign]:
    return [at(name, left + place * step, top) for place, name in enumerate(names.split())]


def words(text: str, left: float = 0.0, top: float = 0.0) -> list[Sign]:
    """Upright words, letters close together, blanks of a third of an em."""
    signs, x = [], left
    for letter in text:
        if letter != " ":
            signs.append(at(f"\\mathrm{{{letter}", x, top, 0.4))
        x += 0.45 if letter != " " else 0.33
    return signs


def names(signs: list[Sign], chosen: tuple[int, ...]) -> list[str]:
    return [signs[number].name for number in chosen]


def test_a_letter_is_told_without_its_alphabet() -> None:
    assert [at(name, 0).letter for name in ("x", "\\mathbf{B", "\\{", "\\boldsymbol{\\alpha")] == [
        "x",
        "B",
        "\\{",
        "\\alpha",
    ]


def test_an_extent_covers_all() -> None:
    whole = around([at("a", 1, 2), at("b", 3, 0.5, 1, 4)])
    assert (whole.left, whole.top, whole.right, whole.bottom) == (1, 0.5, 4, 4.5)
    assert (whole.width, whole.height) == (3, 4)


def test_ends_of_tall_delimiters_and_of_rules_find_each_other() -> None:
    signs = [
        at("(^", 0, 0),
        at("(_", 0, 3),
        at(")_", 5, 3),
        at(")^", 5, 0),
        at("rule<", 1, 2),
        at("rule>", 3, 2),
    ]
    assert sorted(tall_pairs(signs)) == [(0, 1), (3, 2)]
    assert rule_pairs(signs) == [(4, 5)]


def test_rows_part_where_paper_lies_between() -> None:
    signs = [*row("a = b"), *row("c = d", top=1.3), *row("e", top=2.6)]
    assert bands_of(signs, range(7)) == [(0, 1, 2), (3, 4, 5), (6,)]


def test_a_fraction_is_one_row() -> None:
    signs = [
        *row("a + b"),
        at("rule<", 0, 0.9, 0.2, 0.2),
        at("rule>", 1.5, 0.9, 0.2, 0.2),
        *row("c", 0.6, 1.35),
    ]
    assert len(bands_of(signs, range(len(signs)))) == 1


def test_what_a_tall_brace_holds_is_one_row() -> None:
    signs = [at("\\{^", 0, 0, 0.4), at("\\{_", 0, 2.6, 0.4), *row("a = b", 1), *row("c = d", 1, 2.4)]
    assert len(bands_of(signs, range(len(signs)))) == 1


def test_columns_part_at_wide_paper_alone() -> None:
    signs = row("a b", step=1.0) + row("c", 4.0)
    assert columns_of(signs, (0, 1, 2), 1.0) == [(0, 1), (2,)]
    assert columns_of(signs, (0, 1, 2), 3.0) == [(0, 1, 2)]


def test_a_short_row_is_one_piece() -> None:
    signs = row("a + b = c")
    assert pieces_of(signs, (0, 1, 2, 3, 4)) == [(0, 1, 2, 3, 4)]


def test_a_long_row_is_cut_before_its_relations() -> None:
    signs: list[Sign] = []
    for number in range(12):
        signs += row("a b c d", number * 4.0)
        signs.append(at("=", number * 4.0 + 2.6, 0.2, 0.8, 0.2))
    pieces = pieces_of(signs, tuple(range(len(signs))))
    assert sorted(number for piece in pieces for number in piece) == list(range(len(signs)))
    assert len(pieces) > 1
    assert all(len(piece) < 2 * PIECE_SIGNS for piece in pieces)
    for piece in pieces[1:]:
        assert min((signs[number] for number in piece), key=lambda sign: sign.left).name == "="


def test_no_row_is_cut_in_a_bracket_or_under_a_bar() -> None:
    inner = [at("=" if place % 5 == 2 else "a", 1 + place * 0.9, 0.2, 0.8) for place in range(50)]
    bracketed = [at("(", 0), *inner, at(")", 60)]
    assert len(pieces_of(bracketed, tuple(range(len(bracketed))))) == 1
    barred = [at("rule<", 0, -0.3, 0.2, 0.2), *inner, at("rule>", 60, -0.3, 0.2, 0.2)]
    assert len(pieces_of(barred, tuple(range(len(barred))))) == 1


def test_a_number_at_the_margin_is_left_out_and_told() -> None:
    signs = [*row("x = y"), *row("( 2 . 1 4 )", 6.0)]
    found = part(signs)
    assert names(signs, found.formula) == ["x", "=", "y"]
    assert found.number == "2.14"
    assert len(found.left_out) == 6


def test_a_number_at_the_left_is_told_too() -> None:
    signs = [*row("( A . 2 )"), *row("x = y", 6.0)]
    assert part(signs).number == "A.2"


def test_an_argument_far_away_is_no_number() -> None:
    signs = [*row("f"), *row("( x + y )", 3.0)]
    assert part(signs).number == ""
    assert len(part(signs).formula) == 6


@pytest.mark.parametrize("text", ["7", "i v", "A", "I H", "*", "E q . 3"])
def test_what_may_be_a_number(text: str) -> None:
    signs = [*row("x = y"), *row(f"( {text} )", 6.0)]
    assert part(signs).number == text.replace(" ", "")


@pytest.mark.parametrize("text", ["m o d n", "a b c", "o d d"])
def test_letters_in_brackets_are_no_number(text: str) -> None:
    signs = [*row("x = y"), *row(f"( {text} )", 6.0)]
    assert part(signs).number == ""
    assert len(part(signs).formula) == len(signs)


def test_a_number_alone_is_the_formula() -> None:
    signs = row("( 7 )")
    assert len(part(signs).formula) == 3


def test_lines_of_words_above_and_below_are_left_out() -> None:
    signs = [
        *words("this gives the result"),
        *row("x = y", 2.0, 1.6),
        *words("for every compact set", top=3.2),
    ]
    assert names(signs, part(signs).formula) == ["x", "=", "y"]


def test_words_alone_are_read() -> None:
    signs = words("this gives the result")
    assert len(part(signs).formula) == len(signs)


def test_names_of_functions_are_no_words() -> None:
    signs = [*words("sin cos log"), *row("x = y", 2.0, 1.6)]
    assert len(part(signs).formula) == len(signs)


def test_words_before_the_formula_are_left_out() -> None:
    signs = [*words("Hence"), *row("x = y", 5.0)]
    assert names(signs, part(signs).formula) == ["x", "=", "y"]


def test_a_condition_behind_the_formula_is_read() -> None:
    signs = [*row("x = y"), *words("otherwise", 3.2)]
    assert len(part(signs).formula) == len(signs)


def test_a_delimiter_that_was_seen_twice_is_one() -> None:
    signs = [
        Sign("[^", 0.36, 0.71, 0.73, 2.54, chance=0.40),
        Sign("[^", 0.38, 0.61, 0.71, 2.14, chance=0.38),
        Sign("[_", 0.40, 2.28, 0.69, 4.14, chance=0.48),
        Sign("[^", 0.40, 0.54, 0.69, 1.87, chance=0.32),
        at("a", 0.9),
        Sign(")", 3.0, 0.55, 3.4, 2.68, chance=0.66),
        Sign(")_", 3.1, 1.75, 3.4, 2.83, chance=0.39),
    ]
    assert seen_twice(signs) == {1, 3, 6}


def test_a_piece_of_a_rule_is_no_minus_and_a_minus_between_two_rules_is() -> None:
    def rule(left: float, right: float) -> list[Sign]:
        return [
            Sign("rule<", left, 1.46, left + 0.2, 1.61, chance=0.77),
            Sign("rule>", right - 0.2, 1.44, right, 1.62, chance=0.83),
        ]

    piece = Sign("-", 2.4, 1.5, 2.86, 1.6, chance=0.3)
    between = Sign("-", 4.5, 1.5, 5.0, 1.6, chance=0.3)
    below = Sign("-", 2.4, 2.2, 2.86, 2.3, chance=0.3)
    assert seen_twice([*rule(2.2, 4.27), piece, between, below, *rule(5.2, 7.0)]) == {2}


def test_a_minus_that_was_also_seen_as_a_short_rule_is_one_or_the_other() -> None:
    rule = [Sign("rule<", 7.2, 1.71, 7.41, 1.93), Sign("rule>", 7.58, 1.74, 7.82, 1.88)]
    minus = Sign("-", 7.28, 1.77, 7.81, 1.85)
    assert seen_twice([*rule, minus]) == {0, 1}
    above, below = Sign("a", 7.3, 0.9, 7.7, 1.4), Sign("b", 7.3, 2.2, 7.7, 2.9)
    assert seen_twice([*rule, minus, above, below]) == {2}
    assert seen_twice([*rule, minus, below]) == {0, 1}


def test_a_letter_that_is_the_middle_of_one_with_two_ends_is_no_other() -> None:
    ends = [Sign("\\h^", 8.32, 0.75, 8.59, 0.89, 1, 0.79), Sign("\\h_", 8.24, 1.16, 8.66, 1.4, 1, 0.58)]
    assert seen_twice([*ends, Sign("h", 8.23, 0.86, 8.66, 1.38, 1, 0.37)]) == {2}
    assert not seen_twice([*ends, Sign("h", 9.23, 0.86, 9.66, 1.38, 1, 0.37)])


def test_ends_of_a_standing_rule_on_the_stem_of_a_bracket_are_pieces_of_it() -> None:
    bracket = [Sign("[^", 0.35, 0.6, 0.72, 1.8), Sign("[_", 0.39, 7.1, 0.69, 8.6)]
    on_stem, beside = Sign("rule^", 0.3, 5.5, 0.45, 6.2), Sign("rule^", 2.3, 0.5, 2.45, 1.2)
    assert seen_twice([*bracket, on_stem, beside]) == {2}


def test_ends_that_are_surer_than_the_whole_are_kept() -> None:
    ends = [Sign("(^", 0, 0, 0.3, 1.8, chance=0.7), Sign("(_", 0, 1.9, 0.3, 3.7, chance=0.7)]
    assert seen_twice([*ends, Sign("(", 0, 0.1, 0.3, 3.6, chance=0.3)]) == {2}


def test_brackets_in_brackets_are_two() -> None:
    assert not seen_twice([*row("( ( x ) )", step=0.35), at("(", 0.0, 3.0)])


def test_what_grows_with_what_it_holds_is_known() -> None:
    assert [at(name, 0).grows for name in ("(", "\\{^", "rule<", "|", "x", "<", "^", "\\sum")] == [
        *(4 * [True]),
        *(4 * [False]),
    ]


@pytest.mark.parametrize("mark", ["3 .", "1 2 .", "a )", "( b )", "i v .", "B ."])
def test_the_mark_of_an_item_is_left_out(mark: str) -> None:
    signs = [*row(mark, step=0.55), *row("x + y = 1", left=4.0)]
    assert names(signs, part(signs).formula) == ["x", "+", "y", "=", "1"]


@pytest.mark.parametrize("beginning", ["3", "a", "x =", "3 ,", "f ( a )", "n !"])
def test_a_beginning_that_is_no_mark_stays(beginning: str) -> None:
    signs = [*row(beginning, step=0.55), *row("x + y = 1", left=4.0)]
    assert len(part(signs).formula) == len(signs)


def test_the_numbers_of_a_program_s_lines_are_left_out() -> None:
    numbers = [sign for place in range(3) for sign in row(f"1 {place + 7}", top=1.2 * place)]
    signs = [*numbers, *row("x = 1", left=3.0, top=1.2)]
    assert names(signs, part(signs).formula) == ["x", "=", "1"]


def test_a_column_of_numbers_of_a_table_stays() -> None:
    signs = [sign for place in range(3) for sign in row(f"{place + 1}", top=1.2 * place)]
    signs += [sign for place in range(3) for sign in row("4 5", left=2.0, top=1.2 * place, step=1.4)]
    assert len(part(signs).formula) == len(signs)


def test_lines_of_the_column_beside_are_left_out() -> None:
    beside = [*words("the proof", 8.0, 0.0), *words("is gi", 8.0, 1.2)]
    signs = [*row("x = 1", top=0.6), *beside]
    assert names(signs, part(signs).formula) == ["x", "=", "1"]


def test_many_lines_of_words_round_a_formula_make_a_page() -> None:
    text = "the angle in a circle is right"
    above = [sign for place in range(2) for sign in words(text, 0.0, 1.2 * place)]
    below = [sign for place in range(2) for sign in words(text, 0.0, 4.8 + 1.2 * place)]
    signs = [*above, *row("x = 1", top=3.2), *below]
    assert names(signs, part(signs).formula) == ["x", "=", "1"]
    assert is_page(signs, part(signs))
    fewer = signs[: len(signs) - len(words(text))]
    assert not is_page(fewer, part(fewer))
