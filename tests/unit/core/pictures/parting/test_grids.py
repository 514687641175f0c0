"""Tables among signs: which delimiters hold one, and what stands in which cell."""

from writetex_desktop.core.pictures.parting.grids import Grid, grid_of
from writetex_desktop.core.pictures.parting.signs import Sign


def at(name: str, left: float, top: float = 0.0, width: float = 0.5, height: float = 0.6) -> Sign:
    return Sign(name, left, top, left + width, top + height)


def tall(name: str, left: float, rows: int = 2) -> list[Sign]:
    return [at(name + "^", left, -0.3, 0.4, 0.8), at(name + "_", left, rows * 1.2 - 0.8, 0.4, 0.8)]


def cells(*rows: str, left: float = 0.6) -> list[Sign]:
    """Cells of letters side by side, parted by blanks, an em between; `.` is an empty cell."""
    signs = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.split()):
            for place, letter in enumerate(cell if cell != "." else ""):
                signs.append(at(letter, left + 2.4 * column + 0.55 * place, 1.2 * number))
    return signs


def told(signs: list[Sign], grid: Grid | None) -> list[list[str]]:
    assert grid is not None
    return [["".join(signs[number].name for number in cell) for cell in row] for row in grid.cells]


def every(signs: list[Sign]) -> tuple[int, ...]:
    return tuple(range(len(signs)))


def test_a_matrix_is_parted_into_its_cells() -> None:
    signs = [*tall("[", 0), *cells("ab cd", "e fg"), *tall("]", 4.6)]
    grid = grid_of(signs, every(signs))
    assert told(signs, grid) == [["ab", "cd"], ["e", "fg"]]
    assert grid is not None
    assert (grid.left, grid.right, grid.before, grid.after) == ("[", "]", (), ())


def test_a_cell_may_be_empty() -> None:
    signs = [*tall("(", 0, 3), *cells("a b", ". c", "d ."), *tall(")", 4.6, 3)]
    assert told(signs, grid_of(signs, every(signs))) == [["a", "b"], ["", "c"], ["d", ""]]


def test_what_stands_before_and_behind_is_told() -> None:
    signs = [
        at("A", -2),
        at("=", -1.2),
        *tall("[", 0),
        *cells("a b", "c d"),
        *tall("]", 4.6),
        at("x", 5.8, 0.6),
    ]
    grid = grid_of(signs, every(signs))
    assert grid is not None
    assert [signs[number].name for number in grid.before] == ["A", "="]
    assert [signs[number].name for number in grid.after] == ["x"]


def test_a_power_of_a_matrix_is_left_to_the_reader() -> None:
    signs = [*tall("[", 0), *cells("a b", "c d"), *tall("]", 4.6), at("T", 5.1, -0.4, 0.3, 0.4)]
    assert grid_of(signs, every(signs)) is None


def test_a_brace_alone_holds_what_is_right_of_it() -> None:
    signs = [at("f", -2), at("=", -1.2), *tall("\\{", 0), *cells("ab xy", "c xyz")]
    grid = grid_of(signs, every(signs))
    assert told(signs, grid) == [["ab", "xy"], ["c", "xyz"]]
    assert grid is not None
    assert grid.right == ""


def test_one_row_is_no_table() -> None:
    signs = [*tall("(", 0), at("a", 0.6), at("b", 2.6), *tall(")", 4.6)]
    assert grid_of(signs, every(signs)) is None


def test_a_small_column_in_round_brackets_may_be_a_binomial() -> None:
    signs = [*tall("(", 0), *cells("n", "k"), *tall(")", 1.4)]
    assert grid_of(signs, every(signs)) is None


def test_brackets_of_two_heights_hold_no_table() -> None:
    signs = [*tall("[", 0, 2), *cells("a b", "c d"), *tall("]", 4.6, 4)]
    assert grid_of(signs, every(signs)) is None


def test_columns_with_half_an_em_between_are_columns() -> None:
    """Typst's: a letter of the next column stands 0.45 em behind the last."""
    signs = [*tall("|", 0)]
    for row in range(2):
        signs += [at(letter, 0.6 + 0.95 * place, 1.2 * row) for place, letter in enumerate("abc")]
    signs += tall("|", 3.4)
    assert told(signs, grid_of(signs, every(signs))) == [["a", "b", "c"], ["a", "b", "c"]]


def brace_with(first: list[str], second: list[str]) -> list[Sign]:
    """Two rows behind a brace, the second parts of both 0.45 em behind the longer of the first."""
    signs = tall("\\{", 0)
    for row, (left, right) in enumerate(zip(first, second, strict=True)):
        signs += [at(name, 0.6 + 0.55 * place, 1.2 * row) for place, name in enumerate(left.split())]
        signs += [at(name, 3.2 + 0.55 * place, 1.2 * row) for place, name in enumerate(right.split())]
    return signs


def test_behind_a_brace_alone_a_narrow_gap_parts_conditions_only() -> None:
    words = brace_with(["a b c d", "- x"], ["\\mathrm{i \\mathrm{f x", "\\mathrm{o \\mathrm{r"])
    assert [len(row) for row in told(words, grid_of(words, every(words)))] == [2, 2]
    aligned = brace_with(["a b c d", "- x"], ["= b", "= c d"])
    assert [len(row) for row in told(aligned, grid_of(aligned, every(aligned)))] == [1, 1]
