"""Text from outside costs what its length is worth: no function of the core is brought to a stop by it.

The functions are found by walking the packages, the texts are made from their own patterns.
"""

import importlib
import pkgutil
import types
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

import writetex_desktop.adapters
import writetex_desktop.core
import writetex_desktop.services
import writetex_desktop.ui
from tests.growth import Subject, pure_subjects, slow_seeds, subjects
from writetex_desktop.core.language.languages import ENGLISH
from writetex_desktop.core.language.words import speak

SUBJECTS = list(subjects(writetex_desktop.core))

DEAR = (".exporters.letters", ".reading.recognition_service")
"""The one draws letters by fonts, which are not ours, the other hands each text on to `clean`."""

BESIDE = [
    info.name
    for package in (writetex_desktop.services, writetex_desktop.adapters, writetex_desktop.ui)
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not info.ispkg and not info.name.endswith(DEAR)
]
"""The modules of the packages that see text, too. What stands above joins them, and would open a browser."""


@pytest.fixture(autouse=True)
def _in_english_afterwards() -> Iterator[None]:
    """Take back the language: one of the functions sets it, to one whose figures are made of the seeds."""
    yield
    speak(ENGLISH, None)


def load(module: str) -> types.ModuleType:
    """Import a module; one of another system's or of an extra's has no functions here."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return types.ModuleType(module)


def test_the_functions_that_see_text_are_found() -> None:
    names = {subject.name.partition("(")[0].rpartition(".")[2] for subject in SUBJECTS}
    assert {"clean", "repair", "find_dangers", "macros_in", "read_document", "redact", "import_json"} <= names
    assert len(SUBJECTS) > 150


@pytest.mark.parametrize(
    "subject", SUBJECTS, ids=lambda subject: subject.name.removeprefix("writetex_desktop.core.")
)
def test_the_cost_of_a_text_grows_with_its_length_and_not_faster(subject: Subject) -> None:
    assert slow_seeds(subject) == {}


@pytest.mark.timeout(600)  # a module has many functions
@pytest.mark.parametrize("module", BESIDE)
def test_nor_does_what_others_do_with_a_text_in_between(module: str, qapp: QApplication) -> None:
    """Helpers that ask nothing of the system; some make labels, for which there is an application."""
    assert qapp is not None
    slow = {each.name: found for each in pure_subjects(load(module)) if (found := slow_seeds(each))}
    assert slow == {}


def test_what_others_do_with_texts_is_found() -> None:
    found = {each.name.partition("(")[0] for module in BESIDE for each in pure_subjects(load(module))}
    names = {name.rpartition(".")[2] for name in found}
    assert {"split_query", "clean_mathml", "menu_line", "shows_x_squared", "as_bytes", "normalised"} <= names
    assert len(names) > 80
