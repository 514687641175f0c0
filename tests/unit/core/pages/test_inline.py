"""Which signs of a line are formulas, and how they are put between the words."""

import pytest

from writetex_desktop.core.pages.inline import formulas_in
from writetex_desktop.core.pages.marks import Letter
from writetex_desktop.core.pages.splicing import splice
from writetex_desktop.core.pictures.parting.signs import Sign

WIDTH = 0.5


def line(text: str) -> tuple[list[Sign], list[float], list[Letter]]:
    r"""Set a line: `x` is in italics, `'x` upright, `_2` and `^2` are scripts, `@in` is the class `\in`."""
    signs: list[Sign] = []
    sizes: list[float] = []
    letters: list[Letter] = []
    at, left = 0, 0.0
    while at < len(text):
        name, shown = text[at], text[at]
        script = 0.0
        if name in "_^" and at + 1 < len(text):
            script = 0.2 if name == "_" else -0.35
            at += 1
            name = shown = text[at]
        elif name == "'" and at + 1 < len(text):
            at += 1
            shown = text[at]
            name = f"\\mathrm{{{shown}"
        elif name == "@":
            end = text.index(";", at)
            name, shown = f"\\{text[at + 1 : end]}", "?"
            at = end
        at += 1
        letters.append(Letter(shown, left + WIDTH / 2))
        if name == " ":
            left += 0.3
            continue
        size = 0.7 if script else 1.0
        signs.append(Sign(name, left, 0.3 + script, left + WIDTH * size * 0.9, 0.3 + script + 0.45 * size))
        sizes.append(size)
        left += WIDTH * size
    return signs, sizes, letters


def upright(words: str) -> str:
    return "".join(f"'{letter}" if letter.isalpha() else letter for letter in words)


def told(text: str) -> list[str]:
    """Words as they are, formulas as their signs between dollars."""
    signs, sizes, letters = line(text)
    stretches = formulas_in(signs, sizes, letters)
    parts = []
    for part in splice(signs, letters, stretches):
        names = [signs[number].name for number in part.stretch.signs] if part.stretch else []
        parts.append(f"${''.join(names)}$" if part.stretch else part.text)
    return parts


def test_a_letter_in_italics_is_a_formula_and_its_comma_is_not() -> None:
    assert told(f"{upright('Let')} x, {upright('then')} y.") == ["Let", "$x$", ", then", "$y$", "."]


def test_operators_and_brackets_hold_a_formula_together() -> None:
    assert told(f"{upright('if')} f(x) = 2 {upright('holds')}") == ["if", "$f(x)=2$", "holds"]
    assert told(f"{upright('for')} x @in; X {upright('only')}") == ["for", "$x\\inX$", "only"]


def test_words_in_italics_are_words() -> None:
    assert told(f"{upright('is')} convex {upright('if')} x {upright('is')}") == ["is convex if", "$x$", "is"]


def test_a_name_of_a_function_is_a_formula_beside_one_and_a_word_elsewhere() -> None:
    assert told(f"O(n {upright('log')} n) {upright('steps')}") == [
        "$O(n\\mathrm{l\\mathrm{o\\mathrm{gn)$",
        "steps",
    ]
    assert told(f"{upright('a log of wood')}") == ["a log of wood"]


def test_scripts_stay_with_their_letter_and_a_bracket_round_words_does_not() -> None:
    assert told(f"({upright('where')} x_2 > 0)") == ["(where", "$x2>0$", ")"]


@pytest.mark.parametrize("words", ["In 1998 there were 25.", "on pages 3-5 (not more)", "50% and more"])
def test_numbers_and_punctuation_alone_are_text(words: str) -> None:
    assert told(upright(words)) == [words]


def test_what_was_read_as_chinese_is_text() -> None:
    signs = [Sign("x", 0.1, 0.0, 0.9, 0.9), Sign("\\mathbb{R", 1.1, 0.0, 1.9, 0.9)]
    letters = [Letter("中", 0.5), Letter("文", 1.5)]
    assert formulas_in(signs, [1.0, 1.0], letters) == ()


def test_nothing_gives_nothing() -> None:
    assert formulas_in([], [], []) == ()
    assert splice([], [], []) == []


def test_short_words_are_words_in_whatever_type_they_are_seen() -> None:
    assert told(f"{upright('holds')} if x {upright('is')} so") == ["holds if", "$x$", "is so"]
    assert told(f"O(n) {upright('steps')}") == ["$O(n)$", "steps"]


def test_a_word_is_named_by_a_variable() -> None:
    assert told(f"{upright('the')} R-{upright('module')}") == ["the", "$R$", "-module"]


def test_labels_of_items_are_words_and_arguments_are_not() -> None:
    assert told(f"{upright('and')} (b) {upright('is')}") == ["and (b) is"]
    assert told(f"{upright('where')} f(b) {upright('is')}") == ["where", "$f(b)$", "is"]


def test_dots_that_leave_out_members_hold_a_list_together() -> None:
    assert told(f"{upright('for')} x_1, . . . , x_n {upright('only')}") == ["for", "$x1,...,xn$", "only"]
    assert told(f"{upright('wait')} . . . {upright('here')}") == ["wait . . . here"]
