"""A batch as a table or a document: for spreadsheets, for Markdown, for LaTeX, and as lines of JSON."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from writetex_desktop.core.batches.batch import BatchItem
from writetex_desktop.core.batches.record import format_record
from writetex_desktop.core.costs.cost import format_cost
from writetex_desktop.core.formats.harmless_markdown import harmless
from writetex_desktop.core.formats.latex_document import LATEX_FOOT, LATEX_HEAD
from writetex_desktop.core.formats.markdown import without_harm
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.table import guarded
from writetex_desktop.core.formats.wrapping import wrap
from writetex_desktop.core.reading.recognition import Mode

_COLUMNS = (
    "file",
    "page",
    "status",
    "latex",
    "engine",
    "model",
    "confidence",
    "verdict",
    "cost",
    "seconds",
    "error",
)


class TableForm(StrEnum):
    """The forms of the file; the values are the endings of its name."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "md"
    LATEX = "tex"


def table_form(name: str) -> TableForm | None:
    """Tell the form by the ending of a file's name; None for one that is not known."""
    ending = name.rpartition(".")[2].lower()
    return TableForm(ending) if ending in set(TableForm) else None


def table_pieces(items: Iterable[BatchItem], form: TableForm) -> Iterator[str]:
    """Write a batch, piece by piece."""
    match form:
        case TableForm.JSONL:
            yield from (f"{format_record(item)}\n" for item in items)
        case TableForm.CSV:
            yield _csv_row(_COLUMNS)
            yield from (_csv_row([guarded(cell) for cell in _cells(item)]) for item in items)
        case TableForm.MARKDOWN:
            yield "| File | LaTeX | Engine | Cost |\n|---|---|---|---|\n"
            yield from map(_markdown_row, items)
        case TableForm.LATEX:
            yield LATEX_HEAD
            yield from map(_latex_piece, items)
            yield LATEX_FOOT


def _cells(item: BatchItem) -> tuple[str, ...]:
    answer, failure = item.recognition, item.failure
    return (
        item.source.path,
        str(item.source.page or ""),
        item.state.value,
        item.latex,
        answer.engine.value if answer else "",
        answer.model if answer else "",
        f"{answer.confidence:.3f}" if answer and answer.confidence is not None else "",
        item.trust.value if item.trust is not None else "",
        format_cost(answer.cost) if answer and answer.cost is not None else "",
        f"{answer.seconds:.3f}" if answer else "",
        f"{failure.message} {failure.remedy}".rstrip() if failure else "",
    )


def _csv_row(cells: Iterable[str]) -> str:
    """Write a row as RFC 4180 has it."""
    row = io.StringIO()
    csv.writer(row).writerow(cells)
    return row.getvalue()


def _markdown_row(item: BatchItem) -> str:
    answer = item.recognition
    if item.failure is not None:
        body = _cell(item.failure.message)
    elif item.kind is Mode.TEXT:
        body = _cell(without_harm(item.latex))
    elif item.latex:
        body = _code(item.latex)
    else:
        body = ""
    cost = format_cost(answer.cost) if answer and answer.cost is not None else ""
    name, model = _cell(harmless(item.source.name)), _cell(answer.model) if answer else ""
    return f"| {name} | {body} | {model} | {cost} |\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: str) -> str:
    """Put text into backticks that it cannot end; a pipe would end the cell even there."""
    text = _cell(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if fence != "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _latex_piece(item: BatchItem) -> str:
    title = f"% {' '.join(item.source.name.split())}\n"
    if item.failure is not None or item.recognition is None:
        reason = item.failure.message if item.failure is not None else item.state.value
        return f"{title}% {' '.join(reason.split())}\n\n"
    markup = item.recognition.markup
    return f"{title}{wrap(markup, OutputFormat.BRACKET) if item.kind.is_formula else markup}\n\n"
