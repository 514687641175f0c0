"""The history in files."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.history.entry import HistoryEntry, moment_id
from writetex_desktop.core.history.export import (
    ExportForm,
    Kept,
    export_foot,
    export_head,
    export_pieces,
    import_json,
)
from writetex_desktop.core.history.tags import as_tags
from writetex_desktop.core.reading.recognition import Engine, Mode, Usage
from writetex_desktop.core.reading.trust import Trust

NOON = moment_id(datetime(2026, 11, 23, 12, tzinfo=UTC))
counts = st.integers(0, 10**9)
entries = st.builds(
    HistoryEntry,
    id=st.integers(0, moment_id(datetime(2200, 1, 1, tzinfo=UTC))),
    markup=st.text(),
    mode=st.sampled_from(Mode),
    engine=st.sampled_from(Engine),
    model=st.text(),
    seconds=st.floats(0, 1e6),
    usage=st.none() | st.builds(Usage, counts, counts, counts),
    cost=st.none() | st.text(),
    favourite=st.booleans(),
    trust=st.none() | st.sampled_from(Trust),
    thumbnail=st.binary(),
    tags=st.lists(st.text(max_size=20), max_size=4).map(as_tags),
)


def exported(kept: list[Kept], form: ExportForm) -> str:
    return export_head(form) + "".join(export_pieces(kept, form, first=True)) + export_foot(form)


def entry(markup: str, mode: Mode = Mode.FORMULA) -> HistoryEntry:
    return HistoryEntry(NOON, markup, mode, Engine.ENDPOINT, "gpt-x\n\\end", 1.0, Usage(1, 2, 3), "$1")


def broken(**changes: object) -> str:
    document = json.loads(exported([(entry("x"), None)], ExportForm.JSON))
    document["entries"][0] |= changes
    return json.dumps(document)


@given(st.lists(st.tuples(entries, st.none() | st.binary()), max_size=4))
def test_what_is_exported_as_json_is_imported_the_same(kept: list[Kept]) -> None:
    again = import_json(exported(kept, ExportForm.JSON))
    assert [picture for _, picture in again] == [picture for _, picture in kept]
    for (before, picture), (after, _) in zip(kept, again, strict=True):
        assert after.has_picture is (picture is not None)
        assert {name: getattr(after, name) for name in ("id", "markup", "mode", "usage", "thumbnail")} == {
            name: getattr(before, name) for name in ("id", "markup", "mode", "usage", "thumbnail")
        }
        assert (after.engine, after.model, after.seconds) == (before.engine, before.model, before.seconds)
        assert (after.cost, after.favourite, after.trust) == (before.cost, before.favourite, before.trust)


def test_pieces_written_in_turns_make_the_same_file() -> None:
    kept: list[Kept] = [(entry("a"), None), (entry("b"), b"p"), (entry("c"), None)]
    for form in ExportForm:
        turns = [*export_pieces(kept[:1], form, first=True), *export_pieces(kept[1:], form, first=False)]
        assert export_head(form) + "".join(turns) + export_foot(form) == exported(kept, form)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no entries"),
        ('{"version": "1", "entries": []}', "no entries"),
        ('{"version": 1, "entries": {}}', "no entries"),
        ('{"version": 99, "entries": []}', "newer version"),
        ('{"version": 1, "entries": [3, "x", []]}', "entry 1 .*entry 2 .*entry 3"),
        ('{"version": 1, "entries": [{}]}', "'created' is missing"),
        (broken(created="noon"), "wrong kind"),
        (broken(created="2026-11-23T12:00:00"), "wrong kind"),
        (broken(created=7), "wrong kind"),
        (broken(mode="music"), "wrong kind"),
        (broken(markup=None), "wrong kind"),
        (broken(seconds="1"), "wrong kind"),
        (broken(seconds=float("nan")), "wrong kind"),
        (broken(usage=3), "wrong kind"),
        (broken(usage={}), "'prompt_tokens' is missing"),
        (
            broken(usage={"prompt_tokens": 10**30, "completion_tokens": 1, "reasoning_tokens": 1}),
            "wrong kind",
        ),
        (broken(thumbnail="*"), "wrong kind"),
        (broken(picture="ä"), "wrong kind"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_problems(text: str, problem: str) -> None:
    with pytest.raises(StorageError, match=f"(?s){problem}") as caught:
        import_json(text)
    assert caught.value.remedy.text


def test_not_every_problem_of_a_long_file_is_told() -> None:
    with pytest.raises(StorageError, match=r"entry 5 .*and 95 more") as caught:
        import_json(json.dumps({"version": 1, "entries": [{}] * 100}))
    assert "entry 6" not in caught.value.message


def test_in_markdown_each_mode_stands_in_its_own_way() -> None:
    text = exported(
        [
            (entry("x^2"), None),
            (entry("Let $x$ be.", Mode.TEXT), None),
            (entry("\\begin{tabular}{c}a\\end{tabular}", Mode.TABLE), None),
        ],
        ExportForm.MARKDOWN,
    )
    assert "\n```math\nx^2\n```\n" in text
    assert "\nLet $x$ be.\n" in text
    assert "\n```latex\n\\begin{tabular}{c}a\\end{tabular}\n```\n" in text
    assert text.count("\n## 2026-11-23 ") == 3


def test_in_latex_formulas_are_displayed_and_names_stay_in_their_comments() -> None:
    text = exported([(entry("x^2"), None), (entry("text", Mode.TEXT), None)], ExportForm.LATEX)
    assert "\n\\[x^2\\]\n" in text
    assert "\ntext\n" in text
    assert "gpt-x \\end\n" in text
    assert text.startswith("\\documentclass")
    assert text.endswith("\\end{document}\n")
