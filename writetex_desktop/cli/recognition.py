"""`writetex recognize`: pictures in, markup out."""

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING

from writetex_desktop.cli.ending import run, stopped_status
from writetex_desktop.cli.endpoint_options import endpoint_of
from writetex_desktop.cli.output import FAILED, OK, USAGE, exit_status, print_result, say, stop
from writetex_desktop.cli.passwords import ask_password, leave_out
from writetex_desktop.cli.progress import ProgressLine
from writetex_desktop.cli.submission import submit
from writetex_desktop.core.language.numbers import number
from writetex_desktop.core.language.words import tr, tr_plural

if TYPE_CHECKING:
    from writetex_desktop.core.batches.batch import Batch, BatchItem
    from writetex_desktop.core.batches.estimate import Estimate
    from writetex_desktop.core.errors import WriteTexError


def recognize(options: argparse.Namespace) -> int:  # noqa: PLR0911 - one return a reason to stop
    """Read what is named, and give the exit status."""
    from writetex_desktop.cli.waiting import Waiting
    from writetex_desktop.composition import batch_program, command_line
    from writetex_desktop.composition.configuration import chosen_template
    from writetex_desktop.core.batches.table import table_form
    from writetex_desktop.core.documents.document import document_form
    from writetex_desktop.core.errors import WriteTexError
    from writetex_desktop.core.formats.output_format import OutputFormat
    from writetex_desktop.core.reading.recognition import EngineChoice, Mode
    from writetex_desktop.services.batches.sources import Wanted
    from writetex_desktop.services.output.export import ExportOptions

    form = OutputFormat(options.format)
    if form.is_binary and not (options.json or options.output):
        return stop(
            tr("A picture cannot be printed as text."), tr("Add --json, which gives it in base64."), USAGE
        )
    if options.output and not (table_form(options.output) or document_form(options.output)):
        return stop(
            tr("The ending of the output file is not known."),
            tr("Use .jsonl, .csv, .md, .tex, .docx, .odt, .typ, .html or .ipynb."),
            USAGE,
        )
    try:
        template = chosen_template(options.template) if form is OutputFormat.TEMPLATE else options.template
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, USAGE)
    mode = Mode(options.mode or Mode.FORMULA)
    order = batch_program.Order(
        names=options.files,
        wanted=Wanted(mode, mode if options.mode and mode is not Mode.AUTO else Mode.TEXT, form),
        wishes=batch_program.Wishes(
            EngineChoice(options.engine) if options.engine else None,
            options.instructions,
            options.context,
            options.macros,
        ),
        offline=options.offline,
        endpoint=endpoint_of(options),
        options=ExportOptions(dpi=options.dpi, template=template),
        at_once=options.jobs,
        output=options.output,
        is_numbered=options.numbered,
        only_estimate=options.estimate,
        patience=options.patience,
        passwords=options.pdf_passwords,
        ask_password=ask_password if _is_at_terminal(options.files) else leave_out,
    )
    if options.batch_api:
        return submit(order, options)
    progress = ProgressLine()
    printer = _Printer(progress, as_json=options.json, is_silent=bool(options.output), copies=options.copy)
    listeners = batch_program.Listeners(
        on_estimate=lambda estimate: say(_estimate_text(estimate)),
        on_result=printer.show,
        on_change=progress.show,
        tell=lambda text: progress.above(lambda: say(text)),
        on_lost=printer.rescue,
        on_pause=Waiting(progress, is_asked=_is_asked(options.files)).show,
    )

    async def program() -> "tuple[Batch, WriteTexError | None]":
        batch, stopped_by = await batch_program.recognize(order, listeners)
        if printer.outputs:
            await command_line.copy("\n\n".join(text for _, text in sorted(printer.outputs.items())))
        return batch, stopped_by

    try:
        batch, stopped_by = run(program())
    except WriteTexError as error:
        return stop(error.message, error.remedy.text, exit_status(error))
    except KeyboardInterrupt as stopped:
        say(tr("writetex: Stopped.{resume_hint}", resume_hint=_resume_hint(options.output)))
        return stopped_status(stopped)
    finally:
        progress.end()
    return OK if options.estimate else _finish(batch, stopped_by, options.output)


class _Printer:
    """Prints the results in the order of the pictures, each as soon as it is its turn.

    Attributes:
        outputs: What is to be copied, by the place of the picture.
    """

    def __init__(self, progress: ProgressLine, *, as_json: bool, is_silent: bool, copies: bool) -> None:
        self.outputs: dict[int, str] = {}
        self._progress = progress
        self._as_json = as_json
        self._is_silent = is_silent
        self._copies = copies
        self._results: dict[int, BatchItem] = {}
        self._printed = 0

    def show(self, at: int, item: "BatchItem") -> None:
        """Take a result.

        Raises:
            StorageError: It could not be printed: the disk is full, or nobody reads any more.
        """
        if self._copies and item.output:
            self.outputs[at] = item.output
        if self._is_silent:
            return
        self._results[at] = item
        try:
            while self._printed in self._results:
                self._progress.above(partial(self._print, self._results.pop(self._printed)))
                self._printed += 1
        except OSError as error:
            from writetex_desktop.core.errors import StorageError

            raise StorageError(
                tr("The results could not be printed."), tr("Check where they go, or name a file with -o.")
            ) from error

    def rescue(self, item: "BatchItem") -> None:
        """Print a result that the output file did not take: it was paid for."""
        from writetex_desktop.core.batches.record import format_record

        self._progress.above(lambda: print_result(format_record(item)))

    def _print(self, item: "BatchItem") -> None:
        """Print the output of one picture, and beside it what is to be said about it."""
        from writetex_desktop.core.batches.record import format_record

        name = item.source.path
        if item.source.page:
            name = tr("{name}, page {page}", name=name, page=item.source.page)
        if self._as_json:
            print_result(format_record(item))
        elif item.failure is not None:
            say(f"{name}: {item.failure.message} {item.failure.remedy}".rstrip())
        else:
            for warning in item.recognition.warnings if item.recognition else ():
                say(f"{name}: {warning}")
            print_result(item.output)


def _finish(batch: "Batch", stopped_by: "WriteTexError | None", output: str) -> int:
    """Say what is missing, and give the exit status."""
    from writetex_desktop.core.batches.batch import ItemState
    from writetex_desktop.core.errors import StorageError

    states = batch.totals.states
    count, done = len(batch.items), states[ItemState.DONE]
    if not count:
        return stop(
            tr("There are no pictures in that folder."), tr("Name PNG, JPEG, WebP, TIFF or PDF files.")
        )
    if output and done < count:
        say(
            tr(
                "writetex: {done} of {count} pictures were read, {states} failed.",
                done=done,
                count=count,
                states=states[ItemState.FAILED],
            )
        )
    elif states[ItemState.WAITING]:
        say(
            tr(
                "writetex: {states} of {count} pictures were not read.",
                states=states[ItemState.WAITING],
                count=count,
            )
        )
    if stopped_by is not None and (output or isinstance(stopped_by, StorageError)):
        hint = _resume_hint(output)
        return stop(stopped_by.message, f"{stopped_by.remedy.text}{hint}", exit_status(stopped_by))
    return OK if done == count else FAILED


def _is_at_terminal(files: list[str]) -> bool:
    """Say whether somebody sits there who can be asked for a password."""
    from writetex_desktop.composition.command_line import STDIN

    streams = sys.stdin, sys.stderr  # a program without a terminal has none on Windows
    return all(stream is not None and stream.isatty() for stream in streams) and STDIN not in files


def _is_asked(files: list[str]) -> bool:
    """Say whether somebody can press Enter; Windows has no way to watch its console beside the network."""
    from writetex_desktop.composition.command_line import STDIN

    return sys.platform != "win32" and sys.stdin.isatty() and STDIN not in files


def _resume_hint(output: str) -> str:
    return tr(" The same command goes on where it stopped.") if output.lower().endswith(".jsonl") else ""


def _estimate_text(estimate: "Estimate") -> str:
    """Say in a line what a batch will use."""
    from writetex_desktop.core.costs.cost import format_range

    pictures = tr_plural("{count} picture", "{count} pictures", count=estimate.count)
    if not estimate.model:
        return tr("{pictures}, read on this computer at no cost.", pictures=pictures)
    low = estimate.low.prompt_tokens + estimate.low.completion_tokens
    high = estimate.high.prompt_tokens + estimate.high.completion_tokens
    unknown = tr("cost unknown, for the model has no price here")
    sentence = tr(
        "{pictures}, {model}: {low} to {high} tokens, {cost}.",
        pictures=pictures,
        model=estimate.model,
        low=number(low),
        high=number(high),
        cost=format_range(estimate.cost) if estimate.cost else unknown,
    )
    return f"{sentence} {tr('This may go over your monthly limit.')}" if estimate.is_over_limit else sentence
