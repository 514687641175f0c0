"""Formulas read from the outside in, with a reader that writes down the names of signs."""

from dataclasses import replace

import numpy as np

from writetex_desktop.adapters.recogniser.glance import Glance
from writetex_desktop.adapters.recogniser.model import Answer
from writetex_desktop.adapters.recogniser.nested import read_nested
from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.signs import Sign


class Shapes:
    """What `read_nested` wants of a model: sizes, and glances put together anew."""

    def sizes(self, glance: Glance) -> list[float]:
        return [1.0] * len(glance.signs)

    def size(self, _glance: Glance, _chosen: Band) -> float:
        return 1.0

    def rearranged(self, _glance: Glance, _numbers: object, signs: tuple[Sign, ...]) -> Glance:
        return glance_of(list(signs))


def glance_of(signs: list[Sign]) -> Glance:
    empty = np.zeros((len(signs), 3))
    return Glance(
        empty.astype(np.int64), empty.astype(np.float32), np.zeros((len(signs), 4), np.float32), tuple(signs)
    )


def by_names(glance: Glance, band: Band) -> Answer:
    words = [glance.signs[number].name for number in band]
    if "rule<" in words:
        words[words.index("rule<") : words.index("rule>") + 1] = ["\\frac{", *words_of_parts(words), "}"]
    return Answer(tuple(words), 0.9, complete=True)


def words_of_parts(words: list[str]) -> list[str]:
    first, second = (word for word in words[words.index("rule<") :] if word in {"x", "a"})
    return [first, "}{", second]


def row(letters: str, left: float, line: float) -> list[Sign]:
    return [
        Sign(letter, left + 0.6 * place, line - 0.43, left + 0.6 * place + 0.5, line)
        for place, letter in enumerate(letters)
    ]


BAR = [Sign("rule<", 1.9, 1.3, 2.1, 1.5), Sign("rule>", 3.7, 1.3, 3.9, 1.5)]
FRACTION = [*row("bcd", 2.0, 1.0), *BAR, *row("efh", 2.0, 2.3)]


def read(signs: list[Sign]) -> Answer | None:
    every = tuple(range(len(signs)))
    return read_nested(Shapes(), glance_of(signs), every, by_names, in_one_way)  # type: ignore[arg-type]


def in_one_way(glance: Glance, band: Band) -> list[Answer]:
    return [by_names(glance, band)]


def test_the_parts_stand_where_their_letters_stood() -> None:
    found = read([*row("t=", 0.0, 1.7), *FRACTION])
    assert found is not None
    assert " ".join(found.words) == "t = \\frac{ b c d }{ e f h }"
    assert found.confidence == 0.9**3


def test_a_fraction_alone_is_written_without_a_reader_of_its_outline() -> None:
    found = read(FRACTION)
    assert found is not None
    assert " ".join(found.words) == "\\frac{ b c d }{ e f h }"
    assert found.confidence == 0.9**2


def test_a_letter_that_the_reader_lost_means_no_answer() -> None:
    signs = [*row("t=", 0.0, 1.7), *FRACTION]
    answer = read_nested(
        Shapes(),  # type: ignore[arg-type]
        glance_of(signs),
        tuple(range(len(signs))),
        lambda _glance, _band: Answer(("t", "="), 0.9, complete=True),
        lambda _glance, _band: [Answer(("t", "="), 0.9, complete=True)],
    )
    assert answer is None


def test_of_several_ways_the_surest_with_all_letters_is_taken() -> None:
    signs = [*row("t=", 0.0, 1.7), *FRACTION]
    answer = read_nested(
        Shapes(),  # type: ignore[arg-type]
        glance_of(signs),
        tuple(range(len(signs))),
        by_names,
        lambda glance, band: [
            Answer(("t", "="), 0.9, complete=True),
            replace(by_names(glance, band), confidence=0.5),
        ],
    )
    assert answer is not None
    assert " ".join(answer.words) == "t = \\frac{ b c d }{ e f h }"
    assert answer.confidence == 0.5 * 0.9**2


def test_a_row_without_nests_is_none() -> None:
    assert read(row("bcdef", 0.0, 1.0)) is None
