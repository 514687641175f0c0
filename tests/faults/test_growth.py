"""Text from outside costs what its length is worth: no function of the core is brought to a stop by it.

The functions are found by walking the package, the texts are made from their own patterns.
"""

import pytest

import writetex_desktop.core
from tests.growth import Subject, fitting_size, grows, seeds_for, subjects

SUBJECTS = list(subjects(writetex_desktop.core))


def test_the_functions_that_see_text_are_found() -> None:
    names = {subject.name.partition("(")[0].rpartition(".")[2] for subject in SUBJECTS}
    assert {"clean", "repair", "find_dangers", "macros_in", "read_document", "redact", "import_json"} <= names
    assert len(SUBJECTS) > 150


@pytest.mark.parametrize(
    "subject", SUBJECTS, ids=lambda subject: subject.name.removeprefix("writetex_desktop.core.")
)
def test_the_cost_of_a_text_grows_with_its_length_and_not_faster(subject: Subject) -> None:
    size, ordinary_s = fitting_size(subject.call)
    seeds = seeds_for(subject)
    slow = {seed: said for seed in seeds if (said := grows(subject.call, seed, size, ordinary_s))}
    assert slow == {}
