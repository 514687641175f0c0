"""What is done for other programs: the same as on the command line, by the same parts."""

import asyncio
import base64
import hashlib
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final, cast

from writetex_desktop.core.batches.batch import BatchItem, Failure, ItemState, Source
from writetex_desktop.core.batches.record import as_record
from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.errors import CaptureError, RecognitionError, WriteTexError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import ImageLimits
from writetex_desktop.core.reading.recognition import (
    Engine,
    EngineChoice,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.serving.chat import ChatAnswer, ChatWish, added_usage
from writetex_desktop.core.serving.models import Choice, choose, model_list, model_named
from writetex_desktop.core.serving.refusals import BUSY, Refusal
from writetex_desktop.core.serving.wishes import ConvertWish, ReadWish, SnipOrder
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.engines import Recognizer
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.output.conversion import as_text
from writetex_desktop.services.output.documents import write_document
from writetex_desktop.services.output.export import ExportOptions, ExportService, as_bytes
from writetex_desktop.services.output.importing import InputFormat, to_source
from writetex_desktop.services.reading.recognition_service import RecognitionService
from writetex_desktop.services.reading.snip_flow import Recognise

AT_ONCE: Final = 3
"""Pictures that are read at the same time, as for the window."""

WAITING: Final = 32
"""More that wait for their turn; then the door is busy."""

PDF: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Means:
    """With what other programs are served.

    Attributes:
        settings: What is in force.
        recognise: Asks the engine, with the user's wishes.
        offline: The built-in recogniser, where it is installed.
        codec: Decodes and prepares pictures.
        exports: Gives results their form.
        clock: Time.
        snip: Lets the user snip, and gives the record of what was read, or None when the user chose nothing.
        search: Searches the history: what to search for, the `id` before which it goes on, how many.
    """

    settings: Observable[Settings]
    recognise: Recognise
    offline: Recognizer | None
    codec: ImageCodec
    exports: ExportService
    clock: Clock
    snip: Callable[[SnipOrder], Awaitable[Mapping[str, object] | None]]
    search: Callable[[str, int | None, int], Awaitable[tuple[HistoryEntry, ...]]]


class Counter:
    """Serves other programs.

    Args:
        means: With what.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._places = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    def models(self) -> dict[str, object]:
        """Give the models there are, as `GET /v1/models` answers."""
        settings = self._means.settings.value
        return model_list(settings.profiles, has_offline=self._means.offline is not None)

    def model(self, name: str) -> dict[str, object]:
        """Give one of them, as `GET /v1/models/NAME` answers.

        Raises:
            Refusal: There is none of that name.
        """
        settings = self._means.settings.value
        return model_named(name, settings.profiles, has_offline=self._means.offline is not None)

    def check(self, model: str) -> Choice:
        """Give who reads for a model.

        Raises:
            Refusal: There is no such model.
        """
        return choose(model, self._means.settings.value)

    async def read(self, wish: ReadWish) -> BatchItem:
        """Read a picture; a result that cannot be had in the form that is wanted is there beside the failure.

        Raises:
            Refusal: There is no such model, it is no picture, or too many wait.
            ImageError: The picture cannot be read.
            EndpointError: The endpoint failed.
            RecognitionError: There is nothing to transcribe.
        """
        chosen = self.check(wish.model)
        if wish.picture.startswith(PDF):
            raise Refusal(
                tr("A PDF file has pages, and one picture is read here."),
                tr("Send a picture of the page, or use `writetex recognize FILE.pdf`."),
                code="no_documents",
            )
        mode = wish.mode or chosen.mode or Mode.FORMULA
        async with self._place():
            bitmap = await in_thread(lambda: self._means.codec.decode(wish.picture))
            image = await asyncio.to_thread(self._means.codec.prepare, bitmap, ImageLimits())
            answer = await self._ask(chosen, RecognitionRequest(image, mode, wish.hint, bitmap=bitmap))
        item = BatchItem(
            source=Source(wish.name),
            mode=mode,
            form=wish.form,
            digest=hashlib.sha256(wish.picture).hexdigest(),
        )
        return await self._formed(item, answer)

    async def chat(self, wish: ChatWish, name: tuple[str, int]) -> ChatAnswer:
        """Read the pictures of a chat request, one after the other.

        Args:
            wish: The request.
            name: What `new_name` gave for the answer.

        Raises:
            Refusal: As `read`; also where a result cannot be had in the form that is wanted.
            WriteTexError: As `read`.
        """
        items: list[BatchItem] = []
        for each in wish.wishes:
            item = await self.read(each)
            if item.failure is not None:
                raise Refusal(item.failure.message, item.failure.remedy, code="not_convertible", status=422)
            items.append(item)
        answers = [item.recognition for item in items if item.recognition is not None]
        return ChatAnswer(
            *name,
            model=self.check(wish.model).model,
            text="\n\n".join(item.output for item in items),
            is_whole=all(answer.complete for answer in answers),
            usage=added_usage([answer.usage for answer in answers]),
            records=tuple(as_record(item) for item in items),
        )

    async def convert(self, wish: ConvertWish) -> dict[str, object]:
        """Give a formula another form; the answer of `POST /v1/convert`.

        Raises:
            ConversionError: The form cannot carry it, or the source is not what it should be.
            RenderError: It cannot be parsed.
        """
        latex = await asyncio.to_thread(to_source, wish.source, InputFormat(wish.written_in))
        if isinstance(wish.form, OutputFormat):
            options = ExportOptions(dpi=wish.dpi, template=wish.template)
            content = await self._means.exports.export(latex, Mode.FORMULA, wish.form, options)
            output = as_text(wish.form, as_bytes(content, wish.form))
            return _converted(wish.form.value, output, wish.form.is_binary, ())
        results = [(latex, Mode.FORMULA if wish.written_in != InputFormat.DOCX else Mode.TEXT)]
        written = await write_document(results, wish.form, self._means.exports, count=wish.is_numbered)
        packed = wish.form.is_binary
        text = base64.b64encode(written.data).decode("ascii") if packed else written.data.decode()
        name = "webpage" if wish.form is DocumentForm.HTML else wish.form.value
        return _converted(name, text, packed, written.problems)

    async def snip(self, order: SnipOrder) -> Mapping[str, object]:
        """Let the user snip, and give what was read.

        Raises:
            CaptureError: The user chose nothing, or another snip is going on.
            WriteTexError: What was snipped could not be read.
        """
        found = await self._means.snip(order)
        if found is None:
            raise CaptureError(tr("Nothing was snipped."), tr("Ask again, and draw a box around a formula."))
        return found

    async def search(self, text: str, before: int | None, limit: int) -> dict[str, object]:
        """Search the history; the answer of `GET /v1/history`.

        Raises:
            StorageError: It cannot be read.
        """
        entries = await self._means.search(text, before, limit)
        return {
            "object": "list",
            "data": [_entry(each) for each in entries],
            "has_more": len(entries) == limit,
        }

    async def formed(self, answer: Recognition, form: OutputFormat) -> BatchItem:
        """Give what was snipped the form that is wanted."""
        return await self._formed(BatchItem(Source(""), answer.mode, form), answer)

    async def _formed(self, item: BatchItem, answer: Recognition) -> BatchItem:
        try:
            content = await self._means.exports.export(answer.markup, answer.mode, item.form)
            output = as_text(item.form, as_bytes(content, item.form))
        except WriteTexError as error:
            return replace(item, state=ItemState.FAILED, recognition=answer, failure=Failure.of(error))
        return replace(item, state=ItemState.DONE, recognition=answer, output=output)

    async def _ask(self, chosen: Choice, request: RecognitionRequest) -> Recognition:
        answer: Recognition | None = None
        events = cast("AsyncGenerator[RecognitionEvent, None]", self._events(chosen, request))
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Recognition):
                    answer = event
        assert answer is not None, "an engine ends with a Recognition or an error"
        return answer

    def _events(self, chosen: Choice, request: RecognitionRequest) -> AsyncIterator[RecognitionEvent]:
        if not chosen.is_offline:
            return self._means.recognise(request, profile=chosen.profile)
        if self._means.offline is None:
            raise RecognitionError(
                tr("The built-in recogniser is not installed."), tr("Use the model writetex-auto.")
            )
        service = RecognitionService({Engine.OFFLINE: self._means.offline}, self._means.clock)
        return service.recognize(request, EngineChoice.OFFLINE)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._waiting >= WAITING:
            raise Refusal(
                tr("Too many pictures wait to be read."),
                tr("Ask again in a moment."),
                status=BUSY,
                code="busy",
                retry_after_s=2,
            )
        self._waiting += 1
        try:
            async with self._places:
                yield
        finally:
            self._waiting -= 1


def new_name() -> tuple[str, int]:
    """Give the name of a new answer, and the moment in seconds since 1970 UTC."""
    return f"chatcmpl-{uuid.uuid4().hex}", int(time.time())


def _converted(form: str, output: str, is_packed: bool, problems: tuple[str, ...]) -> dict[str, object]:
    encoding = "base64" if is_packed else "text"
    return {"format": form, "encoding": encoding, "output": output, "problems": list(problems)}


def _entry(entry: HistoryEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "created": entry.created.isoformat(),
        "latex": entry.markup,
        "mode": entry.mode.value,
        "engine": entry.engine.value,
        "model": entry.model,
        "seconds": round(entry.seconds, 3),
        "cost": entry.cost,
        "favourite": entry.favourite,
    }
