"""What `writetex convert` does: LaTeX in, any output format out."""

import base64
import json
import logging
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.output.export import ExportOptions, ExportService, as_bytes

_log = logging.getLogger(__name__)


async def convert(
    latex: str, output_format: OutputFormat, exports: ExportService, options: ExportOptions | None = None
) -> bytes:
    r"""Convert one formula.

    Args:
        latex: The formula; delimiters around it (`$$`, `\[`, `equation`) are taken away.
        output_format: What to make.
        exports: Makes it.
        options: What the form is told.

    Returns:
        The file; text is in UTF-8.

    Raises:
        RenderError: It cannot be parsed.
        ConversionError: The form cannot carry it.
    """
    return as_bytes(await exports.export(latex, Mode.FORMULA, output_format, options), output_format)


async def convert_lines(
    lines: Iterable[bytes],
    output_format: OutputFormat,
    exports: ExportService,
    clock: Clock,
    options: ExportOptions | None = None,
) -> AsyncIterator[str]:
    """Convert formulas line by line; whatever a line holds, it gets its answer and the next one its turn.

    Args:
        lines: JSON objects `{"id", "latex"}`, one a line, in UTF-8. `id` is a string or an integer.
        output_format: What to make.
        exports: Makes it.
        clock: Measures.
        options: What the form is told.

    Yields:
        For each line, in order, a JSON object without a line break: `id` (null where the line has none),
        `ok`, `output` (text; base64 for PNG and PDF) or else `error`, and `seconds`.
    """
    for line in lines:
        started = clock.monotonic()
        task: _Task | None = None
        try:
            task = _parse_task(line)
            output = await convert(task.latex, output_format, exports, options)
            outcome = {"ok": True, "output": as_text(output_format, output)}
        except WriteTexError as error:
            outcome = {"ok": False, "error": error.message}
        except Exception:  # noqa: BLE001 - no line may end the run, not even by a fault of ours
            _log.exception("A line could not be converted.")
            outcome = {
                "ok": False,
                "error": tr("The formula could not be converted; this is a fault of WriteTex."),
            }
        seconds = round(clock.monotonic() - started, 4)
        yield json.dumps(
            {"id": task.identifier if task else _identifier(line)} | outcome | {"seconds": seconds}
        )


def as_text(output_format: OutputFormat, output: bytes) -> str:
    """Give an output as a text for JSON: base64 where it is a file that is no text."""
    return base64.b64encode(output).decode("ascii") if output_format.is_binary else output.decode()


@dataclass(frozen=True, slots=True)
class _Task:
    identifier: str | int | None
    latex: str


class _LineError(WriteTexError):
    """A line is not what it should be."""


def _parse_task(line: bytes) -> _Task:
    match _parse_json(line):
        case {"latex": str(latex), **rest}:
            return _Task(_identifier_of(rest), latex)
        case {"latex": _}:
            raise _LineError(tr("The value of “latex” is not a text."))
        case dict():
            raise _LineError(tr("The line has no “latex”."))
        case _:
            raise _LineError(tr("The line is not a JSON object."))


def _parse_json(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _LineError(tr("The line is not JSON in UTF-8.")) from error


def _identifier(line: bytes) -> str | int | None:
    """The `id` of a line that is otherwise wrong."""
    try:
        return _identifier_of(_parse_json(line))
    except _LineError:
        return None


def _identifier_of(value: object) -> str | int | None:
    match value:
        case {"id": str(identifier) | int(identifier)}:
            return identifier
        case _:
            return None
