"""What `writetex convert` does: LaTeX in, a picture or MathML out."""

import base64
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formula import RenderedFormula
from writetex_desktop.core.markup.delimiters import open_delimiters
from writetex_desktop.ports import Clock, FormulaRenderer

_log = logging.getLogger(__name__)

ExportFormula = Callable[[RenderedFormula], bytes]
"""Makes a file of a drawn formula."""


class Target(StrEnum):
    """What a formula is converted to."""

    SVG = "svg"
    PNG = "png"
    MATHML = "mathml"


async def convert(latex: str, target: Target, renderer: FormulaRenderer, export: ExportFormula) -> bytes:
    r"""Convert one formula.

    Args:
        latex: The formula; delimiters around it (`$$`, `\[`, `equation`) are taken away.
        target: What to make.
        renderer: Draws it.
        export: Makes the file of the target; not used for MathML.

    Returns:
        The file; text is in UTF-8.

    Raises:
        RenderError: It cannot be drawn.
    """
    body = open_delimiters(latex).strip()
    if target is Target.MATHML:
        return (await renderer.mathml(body)).encode()
    return export(await renderer.render(body))


async def convert_lines(
    lines: Iterable[bytes], target: Target, renderer: FormulaRenderer, export: ExportFormula, clock: Clock
) -> AsyncIterator[str]:
    """Convert formulas line by line; whatever a line holds, it gets its answer and the next one its turn.

    Args:
        lines: JSON objects `{"id", "latex"}`, one a line, in UTF-8. `id` is a string or an integer.
        target: What to make.
        renderer: Draws them.
        export: As for `convert`.
        clock: Measures.

    Yields:
        For each line, in order, a JSON object without a line break: `id` (null where the line has none),
        `ok`, `output` (text; base64 for PNG) or else `error`, and `seconds`.
    """
    for line in lines:
        started = clock.monotonic()
        task: _Task | None = None
        try:
            task = _parse_task(line)
            outcome = {
                "ok": True,
                "output": _as_text(target, await convert(task.latex, target, renderer, export)),
            }
        except WriteTexError as error:
            outcome = {"ok": False, "error": error.message}
        except Exception:  # noqa: BLE001 - no line may end the run, not even by a fault of ours
            _log.exception("A line could not be converted.")
            outcome = {
                "ok": False,
                "error": "The formula could not be converted; this is a fault of WriteTex.",
            }
        seconds = round(clock.monotonic() - started, 4)
        yield json.dumps(
            {"id": task.identifier if task else _identifier(line)} | outcome | {"seconds": seconds}
        )


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
            raise _LineError("The value of “latex” is not a text.")
        case dict():
            raise _LineError("The line has no “latex”.")
        case _:
            raise _LineError("The line is not a JSON object.")


def _parse_json(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _LineError("The line is not JSON in UTF-8.") from error


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


def _as_text(target: Target, output: bytes) -> str:
    return base64.b64encode(output).decode("ascii") if target is Target.PNG else output.decode()
