"""What trains the embedded recogniser is kept apart from what measures it.

The pipeline is no package of the program: its modules are imported by path, those that need no more than the
program itself.
"""

import importlib
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from writetex_desktop.core.latex.canonical import canonicalize

PACKAGING = Path(__file__).parents[3] / "packaging"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    for name in [name for name in sys.modules if name == "model" or name.startswith("model.")]:
        monkeypatch.delitem(sys.modules, name)

    def by_name(name: str) -> Any:
        return importlib.import_module(f"model.{name}")

    return by_name


def test_a_formula_of_the_test_is_neither_a_row_of_a_display_nor_left_out(load: Any) -> None:
    collect = load("corpus.collect")
    corpus = collect.Corpus(random.Random(1))
    formulas = [f"a_{{{number}}} + b = c^{{{number}}}" for number in range(400)]
    for latex in formulas:
        corpus.take(latex, "here", "display", ((10**6, 0.5),))
    tests = {latex for latex in formulas if collect.is_test(canonicalize(latex))}
    assert 2 <= len(tests) <= 30
    assert not tests.intersection(corpus.rows)
    kept = {latex for latex, *_ in corpus.entries}
    assert tests <= kept
    assert len(kept) < len(formulas)


def test_two_spellings_of_one_print_are_one_formula(load: Any) -> None:
    collect = load("corpus.collect")
    corpus = collect.Corpus(random.Random(1))
    for latex in ("a \\le b", "a \\leq b", "{a}\\leq{b}"):
        corpus.take(latex, "here", "inline")
    assert len(corpus.entries) == 1
    assert collect.is_test(canonicalize("a \\le b")) == collect.is_test(canonicalize("a \\leq b"))


def test_two_font_families_are_never_trained_on(load: Any) -> None:
    faces = load("corpus.faces")
    assert len(faces.UNSEEN_FACES) == 2
    assert not set(faces.UNSEEN_FACES) & set(faces.FACES)
    assert len(faces.FACES) >= 50
    for unseen in faces.UNSEEN_FACES:
        assert not any(unseen in packages for _, packages in faces.FACES.values())


def test_what_the_grammar_writes_can_be_read_and_repeats(load: Any) -> None:
    writer = load("corpus.grammar").Writer
    one, other = writer(random.Random(3), ["in the open set"]), writer(random.Random(3), ["in the open set"])
    written = [one.formula() for _ in range(400)]
    assert written == [other.formula() for _ in range(400)]
    assert all(canonicalize(latex) for latex in written)


def test_every_rare_sign_has_a_token_of_its_own(load: Any) -> None:
    signs = [sign.replace("@", "\\") for sign in load("corpus.rare").SIGNS]
    assert len(set(signs)) == len(signs) >= 180
    assert [sign for sign in signs if canonicalize(sign) != sign] == []


def test_rows_are_joined_at_their_relations(load: Any) -> None:
    joined = load("corpus.joined")
    assert joined.cut("a_{i=1} + b = c") == "a_{i=1} + b  &= c"
    assert joined.cut("a + b") is None
    assert joined.fit("a = b")
    assert not joined.fit("a & b")
    displays = list(joined.joined(["a = b", "c \\leq d"], 60, random.Random(2)))
    assert len(displays) > 40
    assert all(canonicalize(display) for display in displays)
