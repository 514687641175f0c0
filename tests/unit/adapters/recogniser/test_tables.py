"""Tables read cell by cell."""

from writetex_desktop.adapters.recogniser.model import Answer
from writetex_desktop.adapters.recogniser.tables import read_grid
from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.grids import Grid
from writetex_desktop.core.pictures.parting.signs import Sign


def row(names: str, left: float = 0.0, top: float = 0.0, share: float = 1.0) -> list[Sign]:
    return [
        Sign(name, left + place, top, left + place + 0.6, top + 0.6, share)
        for place, name in enumerate(names.split())
    ]


class Reader:
    """Reads every group of signs as their names, half sure."""

    def __init__(self, signs: list[Sign]) -> None:
        self.signs = signs
        self.asked: list[Band] = []

    def __call__(self, band: Band) -> Answer:
        self.asked.append(band)
        return Answer(tuple(self.signs[number].name for number in band), 0.5, complete=True)


def nowhere(_band: Band) -> tuple[float, ...]:
    return ()


def test_digits_and_single_signs_need_no_reader() -> None:
    signs = [*row("1 2"), *row("x", 5, share=0.5), *row("- 3", top=2), *row("\\alpha", 5, 2)]
    reader = Reader(signs)
    grid = Grid((), "(", (((0, 1), (2,)), ((3, 4), (5,))), ")", ())
    found = read_grid(signs, grid, reader, nowhere)
    assert " ".join(found.words) == "( \\begin{matrix} 1 2 & x \\\\ - 3 & \\alpha \\end{matrix} )"
    assert found.confidence == 0.5
    assert not reader.asked


def test_other_cells_and_the_surroundings_are_read() -> None:
    signs = [*row("A ="), *row("a b", 5), *row("c", 5, 2), *row("x y", 9)]
    reader = Reader(signs)
    grid = Grid((0, 1), "[", (((2, 3),), ((4,),)), "]", (5, 6))
    found = read_grid(signs, grid, reader, nowhere)
    assert " ".join(found.words) == "A = [ \\begin{matrix} a b \\\\ c \\end{matrix} ] x y"
    assert found.confidence == 0.125
    assert reader.asked == [(0, 1), (2, 3), (5, 6)]


def test_a_script_alone_in_a_cell_is_read_plain() -> None:
    signs = [*row("\\mathbf{B"), *row("c", top=2)]
    grid = Grid((), "[", (((0,),), ((1,),)), "]", ())
    found = read_grid(signs, grid, lambda _band: Answer(("^{", "B", "}"), 0.5, complete=True), nowhere)
    assert "B" in found.words
    assert "^{" not in found.words


def test_rows_behind_a_brace_are_cases() -> None:
    signs = [*row("a"), *row("b c", 5), *row("d", top=2), *row("e f", 5, 2)]
    grid = Grid((), "\\{", (((0,), (1, 2)), ((3,), (4, 5))), "", ())
    found = read_grid(signs, grid, Reader(signs), nowhere)
    assert " ".join(found.words) == "\\begin{cases} a & b c \\\\ d & e f \\end{cases}"


def test_aligned_rows_behind_a_brace_are_a_system() -> None:
    signs = [*row("a = b"), *row("c = d", top=2)]
    grid = Grid((), "\\{", (((0, 1, 2),), ((3, 4, 5),)), "", ())
    found = read_grid(signs, grid, Reader(signs), lambda _band: (1.3,))
    assert " ".join(found.words) == "\\{ \\begin{aligned} a & = b \\\\ c & = d \\end{aligned}"


def test_rows_whose_relations_stand_elsewhere_are_cases_of_one_column() -> None:
    signs = [*row("a = b"), *row("c + d = e", top=2)]
    grid = Grid((), "\\{", (((0, 1, 2),), ((3, 4, 5, 6, 7),)), "", ())
    places = {0: (1.3,), 3: (3.3,)}
    found = read_grid(signs, grid, Reader(signs), lambda band: places[band[0]])
    assert " ".join(found.words) == "\\begin{cases} a = b \\\\ c + d = e \\end{cases}"
