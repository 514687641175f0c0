"""A batch as a table."""

import csv
import json
from dataclasses import replace
from decimal import Decimal

from writetex_desktop.core.batches.batch import BatchItem, Failure, ItemState, Source
from writetex_desktop.core.batches.table import TableForm, table_form, table_pieces
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition

COST = Money(Decimal("0.0006"), Currency.USD)
ANSWER = Recognition("-|x|", Mode.FORMULA, Engine.ENDPOINT, "m", 0.5, confidence=0.9, cost=COST)
DONE = BatchItem(Source("a/=1.png"), state=ItemState.DONE, recognition=ANSWER, output="-|x|")
FAILED = BatchItem(Source("b.pdf", 2), Mode.TEXT, state=ItemState.FAILED, failure=Failure("No.", "Do it."))


def table(form: TableForm, *items: BatchItem) -> str:
    return "".join(table_pieces(items or (DONE, FAILED), form))


def test_the_ending_of_a_name_says_the_form() -> None:
    assert table_form("a.b.CSV") is TableForm.CSV
    assert table_form("csv.txt") is None


def test_a_spreadsheet_gets_no_cell_that_it_would_calculate() -> None:
    head, done, failed = csv.reader(table(TableForm.CSV).splitlines())
    read = dict(zip(head, done, strict=True))
    assert (read["file"], read["latex"], read["cost"]) == ("a/=1.png", " -|x|", "$0.0006")
    assert failed[:4] == ["b.pdf", "2", "failed", ""]
    assert failed[-1] == "No. Do it."


def test_no_sign_of_a_result_ends_its_cell_in_markdown() -> None:
    _, _, done, failed = table(TableForm.MARKDOWN).splitlines()
    assert done == r"| =1.png | `-\|x\|` | m | $0.0006 |"
    assert failed == "| b.pdf, 2 | No. |  |  |"
    ticks = replace(DONE, output="a`b\nc")
    assert "| `` a`b c `` |" in table(TableForm.MARKDOWN, ticks)


def test_a_document_holds_what_was_read_and_says_what_was_not() -> None:
    document = table(TableForm.LATEX)
    assert document.startswith(r"\documentclass")
    assert "% =1.png\n\\[-|x|\\]\n" in document
    assert "% b.pdf, 2\n% No." in document
    assert document.rstrip().endswith(r"\end{document}")


def test_lines_of_json_are_those_of_the_command_line() -> None:
    first, second = map(json.loads, table(TableForm.JSONL).splitlines())
    assert (first["latex"], second["error"], second["page"]) == ("-|x|", "No.", 2)
