"""The program behind `writetex recognize`."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.export_file import export_file
from writetex_desktop.adapters.storage.output_file import held_output, write_output
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.result_lines import ResultLines
from writetex_desktop.composition.command_line import STDIN, Teller, read_stdin, read_text
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.composition.conversion_program import read_macros
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.composition.exports import closest, make_exports
from writetex_desktop.composition.parts import MAX_FILE_BYTES, Parts, build_parts, make_sources, read_picture
from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.batches.table import TableForm, table_form, table_pieces
from writetex_desktop.core.documents.document import DocumentWish, document_form
from writetex_desktop.core.endpoints.failures.trouble import staying_offline
from writetex_desktop.core.errors import ImageError, LockedError, StorageError, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import EngineChoice, Recognition
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.batches.batch import BatchService
from writetex_desktop.services.batches.estimate import Estimator
from writetex_desktop.services.batches.patience import Pause
from writetex_desktop.services.batches.sources import Sources, Wanted
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.output.conversion import as_text
from writetex_desktop.services.output.documents import DocumentFiles
from writetex_desktop.services.output.export import ExportOptions, as_bytes
from writetex_desktop.services.tasks import Tasks

AskPassword = Callable[[str, bool], Secret | None]
"""Gives the password of the document of a name, or None to leave it out; the second value says that the one
given before was wrong. It may block: nothing is read meanwhile."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says in place of the settings; None where it says nothing.

    Attributes:
        engine: Which engine.
        instructions: What every reading is to mind.
        context: The document of which parts go along.
        macros: The file of the user's own commands.
    """

    engine: EngineChoice | None = None
    instructions: str | None = None
    context: str | None = None
    macros: str | None = None

    def on(self, settings: Settings) -> Settings:
        """Put them in place of what the settings say.

        Raises:
            StorageError: The file of commands cannot be read.
        """
        if self.engine is not None:
            settings = replace(settings, engine=self.engine)
        if self.instructions is not None:
            settings = replace(settings, instructions=self.instructions, mode_instructions=())
        if self.context is not None:
            settings = replace(settings, document=self.context, use_document=bool(self.context))
        if self.macros is not None:
            settings = replace(settings, macros=read_macros(self.macros))
        return settings


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    Attributes:
        names: Files and folders; `-` is standard input.
        wanted: What is made of the pictures.
        wishes: How they are read.
        offline: Whether no connection is opened.
        endpoint: Which endpoint, and how it is reached.
        options: What the form is told.
        at_once: How many are read at the same time.
        output: The file for the results; empty for none. One of JSON lines is gone on with.
        is_numbered: Whether the formulas of a document are numbered.
        only_estimate: Whether it is only said what it would cost.
        patience: Seconds to wait in a row for a busy server, in place of the settings.
        passwords: The file of passwords for documents, one a line; empty for none.
        ask_password: Asks whoever sits there.
    """

    names: Sequence[str]
    wanted: Wanted
    wishes: Wishes
    offline: bool
    endpoint: EndpointChoice
    options: ExportOptions
    at_once: int
    output: str = ""
    is_numbered: bool = False
    only_estimate: bool = False
    patience: float | None = None
    passwords: str = ""
    ask_password: AskPassword = lambda _name, _is_again: None

    def patience_s(self, settings: Settings) -> float:
        """Give how many seconds are waited in a row for a busy server."""
        return settings.patience_s if self.patience is None else self.patience

    def change(self, settings: Settings) -> Settings:
        """Make the settings of this run out of those kept.

        Raises:
            SettingsError: The profile that is wanted is not there.
        """
        return self.endpoint.on(self.wishes.on(settings))


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told what.

    Attributes:
        on_estimate: What the batch will use; before it begins, when there is more than one picture.
        on_result: The place of each item that is done or has failed, and the item.
        on_change: The batch, whenever it has changed.
        tell: Notices and retries, one line each.
        on_lost: An item that is done, was paid for, and could not be written to the output file.
        on_pause: The wait for a busy server that begins or is over, and what ends it sooner.
    """

    on_estimate: Callable[[Estimate], None]
    on_result: Callable[[int, BatchItem], None]
    on_change: Callable[[Batch], None]
    tell: Callable[[str], None]
    on_lost: Callable[[BatchItem], None]
    on_pause: Callable[[Pause | None, Callable[[], None]], None]


async def recognize(order: Order, listeners: Listeners) -> tuple[Batch, WriteTexError | None]:
    """Read a batch.

    Returns:
        The batch as it is at the end, and what stopped it, if anything did. Results that stand in a file of
        JSON lines are without their text.

    Raises:
        EndpointError: `Fault.NOT_CONFIGURED` when there is no engine at all, `Fault.STAYING_OFFLINE` when the
            endpoint is wanted and no connection may be opened.
        StorageError: The output file cannot be written, or is another's.
    """
    teller = Teller(listeners.tell)
    tasks = Tasks(teller)
    configuration = read_configuration(teller.notify, change=order.change, offline=order.offline)
    parts = build_parts(configuration, teller.notify, tasks)
    order.endpoint.apply(parts.settings, teller.notify)
    if order.wishes.engine is EngineChoice.ENDPOINT and parts.settings.offline.value:
        raise staying_offline()
    sources = make_sources(parts.codec, picture_reader())
    try:
        await parts.engines.check()
        batch = await opened_batch(sources, order)
        if order.only_estimate or len(batch.items) > 1:
            estimator = Estimator(sources, parts.settings, parts.spending, guide=parts.reading.look)
            listeners.on_estimate(await estimator.estimate(batch))
        if order.only_estimate:
            return batch, None
        return await _read(batch, order, listeners, parts=parts, sources=sources, tasks=tasks)
    finally:
        await parts.aclose()


async def opened_batch(sources: Sources, order: Order) -> Batch:
    """Make the batch, with the documents that their passwords open.

    Raises:
        StorageError: The file of passwords cannot be read.
    """
    if order.passwords:
        sources.offer(await asyncio.to_thread(read_passwords, order.passwords))
    batch = await in_thread(lambda: sources.expand(order.names, order.wanted))
    are_new = False
    for path in sources.locked_in(batch):
        is_again = False
        while (password := order.ask_password(path, is_again)) is not None:
            try:
                await in_thread(lambda: sources.unlock(path, password))  # noqa: B023 - awaited here
            except LockedError:
                is_again = True
            else:
                are_new = True
                break
    return await in_thread(lambda: sources.expand(order.names, order.wanted)) if are_new else batch


async def _read(
    batch: Batch, order: Order, listeners: Listeners, *, parts: Parts, sources: Sources, tasks: Tasks
) -> tuple[Batch, WriteTexError | None]:
    form = table_form(order.output)
    renderer = MathJaxRenderer(resource_dir(), definitions=parts.reading.definitions)
    exports = make_exports(renderer)
    output_format = order.wanted.form

    async def export(recognition: Recognition) -> str:
        content = await exports.export(recognition.markup, recognition.mode, output_format, order.options)
        return as_text(output_format, as_bytes(content, output_format))

    with ExitStack() as stack:
        lines = stack.enter_context(ResultLines(Path(order.output))) if form is TableForm.JSONL else None
        if form is not None and lines is None:
            stack.enter_context(held_output(Path(order.output)))
        service = BatchService(
            sources,
            closest(parts.reading.recognise, renderer, parts.codec),
            parts.clock,
            tasks,
            export=export,
            known=lines.known if lines else lambda _item: None,
            patience_s=lambda: order.patience_s(parts.settings.settings.value),
        )
        if lines is not None:
            service.on_finished(lambda _at, item: _add(lines, item, listeners.on_lost))
        service.on_finished(listeners.on_result)
        if lines is not None:  # the text stands in the file; memory is for what is being read
            service.on_finished(
                lambda at, item: service.change(service.batch.value.with_item(at, item.without_text()))
            )
        service.on_retry(
            lambda item, retrying: listeners.tell(
                tr(
                    "{path}: {reason} Trying again in {wait_s:.1f} s.",
                    path=item.source.path,
                    reason=retrying.reason,
                    wait_s=retrying.wait_s,
                )
            )
        )
        patience = service.patience
        patience.pause.subscribe(lambda pause: listeners.on_pause(pause, patience.skip))
        service.load(batch)
        service.batch.subscribe(listeners.on_change)
        try:
            service.start(at_once=order.at_once)
            await service.wait()
        finally:
            if form is None and order.output:
                files = DocumentFiles(exports, write_output, parts.reading.definitions)
                await _save_document(order, service.batch.value, files, listeners)
            renderer.close()
            if form is not None and lines is None:
                _write_table(Path(order.output), service.batch.value.items, form, listeners.on_lost)
            service.pause()
            await parts.spending.aclose()  # before its tasks are cancelled
            await tasks.cancel_all()
        return service.batch.value, service.stopped_by.value


def read_passwords(name: str) -> list[Secret]:
    """Give the passwords of a file, one a line; blanks at their ends belong to them.

    Raises:
        StorageError: It cannot be read, or is no text.
    """
    try:
        text = read_text(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageError(
            tr("The file of passwords is not text in UTF-8."), tr("Save it in UTF-8.")
        ) from error
    return [Secret(line) for line in text.splitlines() if line]


def _add(lines: ResultLines, item: BatchItem, on_lost: Callable[[BatchItem], None]) -> None:
    try:
        lines.add(item)
    except StorageError:
        on_lost(item)
        raise


def _write_table(
    path: Path, items: Sequence[BatchItem], form: TableForm, on_lost: Callable[[BatchItem], None]
) -> None:
    try:
        with export_file(path) as write:
            for piece in table_pieces(items, form):
                write(piece)
    except StorageError:
        for item in items:
            if item.state is ItemState.DONE:
                on_lost(item)
        raise


async def _save_document(order: Order, batch: Batch, files: DocumentFiles, listeners: Listeners) -> None:
    form = document_form(order.output)
    done = [item for item in batch.items if item.recognition is not None]
    if form is None or not done:
        return
    try:
        wish = DocumentWish(Path(order.output), form, is_numbered=order.is_numbered)
        for problem in await files.save(wish, [(item.latex, item.kind) for item in done]):
            listeners.tell(problem)
    except StorageError:
        for item in done:
            listeners.on_lost(item)
        raise


def picture_reader() -> Callable[[str], bytes]:
    """Give the function that reads picture files; standard input is read once and kept."""
    piped: list[bytes] = []

    def read(name: str) -> bytes:
        if name != STDIN:
            return read_picture(name)
        if not piped:
            piped.append(read_stdin(MAX_FILE_BYTES))
        if len(piped[0]) > MAX_FILE_BYTES:
            raise ImageError(tr("Standard input is larger than 64 MB."), tr("Use a smaller picture."))
        return piped[0]

    return read
