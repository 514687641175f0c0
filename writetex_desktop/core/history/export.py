"""The history in files: as JSON, which can be read in again, as Markdown, and as LaTeX."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import Any

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.formats.latex_document import LATEX_FOOT, LATEX_HEAD
from writetex_desktop.core.formats.markdown import without_harm
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.wrapping import wrap
from writetex_desktop.core.history.entry import HistoryEntry, moment_id
from writetex_desktop.core.history.tags import as_tags
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Engine, Mode, Usage
from writetex_desktop.core.reading.trust import Trust

Kept = tuple[HistoryEntry, bytes | None]
"""An entry with its picture as PNG, or without."""

VERSION = 1
"""Of the JSON form."""

MOST_PROBLEMS = 5
"""How many problems of a file are told."""

MOST_SIGNS = 1_000_000
"""Of a markup that is taken in; longer than any answer, and short enough to be shown and searched."""

_MOST_TOKENS = 2**53
_FIRST, _LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001 - compared with its zone left out


class ExportForm(StrEnum):
    """The forms of the file; the values are the endings of its name."""

    JSON = "json"
    MARKDOWN = "md"
    LATEX = "tex"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands before, between and after the entries."""

    head: str
    joint: str
    foot: str


_FRAMES = {
    ExportForm.JSON: _Frame(f'{{"version": {VERSION}, "entries": [\n', ",\n", "\n]}\n"),
    ExportForm.MARKDOWN: _Frame("# WriteTex history\n\n", "\n", ""),
    ExportForm.LATEX: _Frame(
        LATEX_HEAD,
        "\n",
        LATEX_FOOT,
    ),
}


def export_pieces(entries: Iterable[Kept], form: ExportForm, *, first: bool) -> Iterator[str]:
    """Write entries, one piece each; `export_head` goes before all and `export_foot` after.

    Args:
        entries: The next ones.
        form: How they are written.
        first: Whether no entry was written before these.
    """
    for entry, picture in entries:
        yield "" if first else _FRAMES[form].joint
        first = False
        match form:
            case ExportForm.JSON:
                yield _json(entry, picture)
            case ExportForm.MARKDOWN:
                yield _markdown(entry)
            case ExportForm.LATEX:
                yield _latex(entry)


def export_head(form: ExportForm) -> str:
    """Give what stands before the entries."""
    return _FRAMES[form].head


def export_foot(form: ExportForm) -> str:
    """Give what stands after the entries."""
    return _FRAMES[form].foot


def import_json(text: str) -> tuple[Kept, ...]:
    """Read what was exported as JSON.

    Raises:
        StorageError: It is no such file, or entries do not fit; the message names the first problems.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unfit(tr("it is no JSON")) from error
    match document:
        case {"version": int(version), "entries": list(entries)} if version <= VERSION:
            pass
        case {"version": int(), "entries": list()}:
            raise StorageError(
                tr("This history was exported by a newer version of WriteTex Desktop."),
                tr("Update WriteTex Desktop to import it."),
            )
        case _:
            raise _unfit(tr("it has no entries"))
    kept: list[Kept] = []
    problems: list[str] = []
    for number, values in enumerate(entries, start=1):
        try:
            kept.append(_read(values))
        except (KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
            problems.append(
                tr("entry {number} does not fit ({reason})", number=number, reason=_reason(error))
            )
    if problems:
        more = len(problems) - MOST_PROBLEMS
        raise _unfit(
            "; ".join(
                [*problems[:MOST_PROBLEMS], *([tr("and {count} more", count=more)] if more > 0 else [])]
            )
        )
    return tuple(kept)


def _unfit(problems: str) -> StorageError:
    return StorageError(
        tr("This file cannot be imported: {problems}.", problems=problems),
        tr("Choose a file that was exported from the history as JSON."),
    )


def _reason(error: Exception) -> str:
    # The values are the user's and are not repeated; the names of the fields are ours.
    return (
        tr("{name} is missing", name=error)
        if isinstance(error, KeyError)
        else tr("a value of the wrong kind")
    )


def _json(entry: HistoryEntry, picture: bytes | None) -> str:
    usage = entry.usage
    document = {
        "created": entry.created.isoformat(),
        "markup": entry.markup,
        "mode": entry.mode,
        "engine": entry.engine,
        "model": entry.model,
        "seconds": entry.seconds,
        "usage": usage
        and {
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "reasoning_tokens": usage.reasoning_tokens,
        },
        "cost": entry.cost,
        "favourite": entry.favourite,
        "verdict": entry.trust,
        "tags": entry.tags,
        "thumbnail": base64.b64encode(entry.thumbnail).decode(),
        "picture": None if picture is None else base64.b64encode(picture).decode(),
    }
    return json.dumps(document, ensure_ascii=False)


def _read(values: dict[str, Any]) -> Kept:
    """Read one entry.

    Raises:
        KeyError: A field is missing.
        TypeError: A value is of the wrong kind.
        ValueError: A value is out of range.
    """
    created = datetime.fromisoformat(_typed(values["created"], str))
    if created.tzinfo is None or not _FIRST <= created.replace(tzinfo=None) <= _LAST:
        raise ValueError("a moment needs its time zone, and a year that a calendar has in every zone")
    usage, picture, cost = values["usage"], values["picture"], values["cost"]
    seconds = float(_typed(values["seconds"], int | float))
    if not isfinite(seconds):
        raise ValueError("a time is a number")
    entry = HistoryEntry(
        moment_id(created),
        _short(_typed(values["markup"], str)),
        Mode(values["mode"]),
        Engine(values["engine"]),
        _typed(values["model"], str),
        seconds,
        None if usage is None else _usage(_typed(usage, dict)),
        None if cost is None else _typed(cost, str),
        _typed(values["favourite"], bool),
        base64.b64decode(_typed(values["thumbnail"], str), validate=True),
        picture is not None,
        None if (trust := values.get("verdict")) is None else Trust(trust),
        as_tags(_typed(tag, str) for tag in _typed(values.get("tags", []), list)),
    )
    return entry, None if picture is None else base64.b64decode(_typed(picture, str), validate=True)


def _usage(values: dict[str, Any]) -> Usage:
    counts = [_typed(values[f"{part}_tokens"], int) for part in ("prompt", "completion", "reasoning")]
    if not all(0 <= count <= _MOST_TOKENS for count in counts):
        raise ValueError("a count out of range")
    return Usage(*counts)


def _short(markup: str) -> str:
    if len(markup) > MOST_SIGNS:
        raise ValueError("no answer is that long")
    return markup


def _typed(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError("a value of the wrong kind")
    return value


def _title(entry: HistoryEntry) -> str:
    created = entry.created.astimezone().strftime("%Y-%m-%d %H:%M")
    tags = " ".join(f"#{tag}" for tag in entry.tags)
    return " · ".join(part for part in (created, " ".join(entry.model.split()), tags) if part)


def _markdown(entry: HistoryEntry) -> str:
    match entry.mode:
        case Mode.TEXT:
            body = without_harm(entry.markup)
        case mode if mode.is_formula:
            body = wrap(entry.markup, OutputFormat.MARKDOWN)
        case _:
            body = f"```latex\n{entry.markup}\n```"
    return f"## {_title(entry)}\n\n{body}\n"


def _latex(entry: HistoryEntry) -> str:
    body = wrap(entry.markup, OutputFormat.BRACKET) if entry.mode.is_formula else entry.markup
    return f"% {_title(entry)}\n{body}\n"
