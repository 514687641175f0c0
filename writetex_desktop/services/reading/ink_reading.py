"""What is written on the pad, read while one writes: at once on this machine, then by the endpoint.

Where there is no reader of strokes, the embedded recogniser of print is asked about the drawing: better than
nothing, and said to be doubtful. With an endpoint the drawing goes there as any picture does, after a longer
pause, since each question may cost something; what was read here is shown until then.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace

from writetex_desktop.core.errors import RecognitionError, Remedy, RemedyAction
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.signs import Choice, InkSign, SignsSeen
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    EngineChoice,
    Mode,
    Recognition,
    RecognitionRequest,
    TextDelta,
)
from writetex_desktop.ports.engines import Recognizer
from writetex_desktop.ports.ink import InkReader
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.reading.recognition_service import RecognitionService, recognition_of
from writetex_desktop.services.reading.snip_flow import Recognise

READ_AFTER_S = 0.3
"""How long nobody must have written before what is there is read."""

ASK_AFTER_S = 1.0
"""How much longer before the endpoint is asked: a pause within a formula shall not be paid for."""

BY_PRINT = 0.5
"""The most that the recogniser of print is believed about a hand."""

BY_PRINT_WARNING = mark("Read as if it were print: check every sign.")


@dataclass(frozen=True, slots=True)
class InkAnswer:
    """What a drawing was read as.

    Attributes:
        recognition: The answer.
        signs: The signs that it is made of, where they are known.
        is_final: Whether nothing better comes by itself.
    """

    recognition: Recognition
    signs: tuple[InkSign, ...] = ()
    is_final: bool = True


class InkReading:
    """Reads drawings with what there is.

    Args:
        reader: Reads strokes, on this machine; None where it is not installed.
        print_reader: The embedded recogniser of print; None where it is not installed.
        recognise: Asks the engine of the settings for a picture.
        asks_endpoint: Whether that is an endpoint, now.
        reads_here: Whether anything may be read on this machine, now.
        codec: Prepares what is sent; in a thread.
        draw: Draws ink black on white; in a thread.
        clock: Time.
    """

    def __init__(
        self,
        *,
        reader: InkReader | None,
        print_reader: Recognizer | None,
        recognise: Recognise,
        asks_endpoint: Callable[[], bool],
        reads_here: Callable[[], bool],
        codec: ImageCodec,
        draw: Callable[[Ink], Bitmap],
        clock: Clock,
    ) -> None:
        self._reader = reader
        self._print_reader = print_reader
        self._recognise = recognise
        self._asks_endpoint = asks_endpoint
        self._reads_here = reads_here
        self._codec = codec
        self._draw = draw
        self._clock = clock

    async def read(
        self, ink: Ink, choices: Sequence[Choice] = (), *, ask_after_s: float = ASK_AFTER_S
    ) -> AsyncIterator[InkAnswer]:
        """Read a drawing: an answer of this machine, then that of the endpoint, as far as there are any.

        End it early by cancelling the task that iterates.

        Args:
            ink: The drawing; not empty.
            choices: What the user said of some of its signs.
            ask_after_s: How long the endpoint is not asked.

        Raises:
            EndpointError: The endpoint failed, and nothing was read here.
            RecognitionError: Nobody could read it, or there is nobody to read it.
        """
        asks = self._asks_endpoint()
        refusal: RecognitionError | None = None
        found: InkAnswer | None = None
        if self._reads_here() or not asks:
            try:
                found = await self._read_here(ink, choices)
            except RecognitionError as error:
                refusal = error
        if found is not None:
            yield replace(found, is_final=not asks)
        if not asks:
            if refusal is not None:
                raise refusal
            return
        await self._clock.sleep(ask_after_s)
        yield InkAnswer(await self._ask(ink))

    async def picture(self, ink: Ink) -> Bitmap:
        """Draw ink black on white."""
        return await asyncio.to_thread(self._draw, ink)

    async def _read_here(self, ink: Ink, choices: Sequence[Choice]) -> InkAnswer:
        started = self._clock.monotonic()
        if self._reader is not None:
            answer = await self._read_strokes(self._reader, ink, choices)
        elif self._print_reader is not None:
            answer = InkAnswer(await self._read_print(self._print_reader, ink))
        else:
            raise RecognitionError(
                tr("The built-in reader of handwriting is not installed, and no endpoint is set up."),
                Remedy(
                    tr("Add an endpoint in the settings, or install WriteTex Desktop with its models."),
                    RemedyAction.OPEN_ENDPOINT_SETTINGS,
                ),
            )
        seconds = self._clock.monotonic() - started
        return replace(answer, recognition=replace(answer.recognition, seconds=seconds))

    async def _read_strokes(self, reader: InkReader, ink: Ink, choices: Sequence[Choice]) -> InkAnswer:
        text = ""
        signs: tuple[InkSign, ...] = ()
        async for event in reader.read(ink, choices):
            match event:
                case TextDelta(piece):
                    text += piece
                case SignsSeen(seen):
                    signs = seen
                case Completed():
                    return InkAnswer(recognition_of(Mode.HANDWRITING, text, event), signs)
                case _:
                    pass
        raise _unread()

    async def _read_print(self, reader: Recognizer, ink: Ink) -> Recognition:
        bitmap = await self.picture(ink)
        image = await asyncio.to_thread(self._codec.prepare, bitmap, ImageLimits())
        service = RecognitionService({Engine.OFFLINE: reader}, self._clock)
        request = RecognitionRequest(image, Mode.FORMULA, bitmap=bitmap)
        async for event in service.recognize(request, EngineChoice.OFFLINE):
            if isinstance(event, Recognition):
                sure = min(BY_PRINT, event.confidence if event.confidence is not None else BY_PRINT)
                return replace(
                    event, mode=Mode.HANDWRITING, confidence=sure, warnings=(tr_marked(BY_PRINT_WARNING),)
                )
        raise _unread()

    async def _ask(self, ink: Ink) -> Recognition:
        bitmap = await self.picture(ink)
        image = await asyncio.to_thread(self._codec.prepare, bitmap, ImageLimits())
        request = RecognitionRequest(image, Mode.HANDWRITING, bitmap=bitmap)
        async for event in self._recognise(request, profile=""):
            if isinstance(event, Recognition):
                return event
        raise _unread()


def _unread() -> RecognitionError:
    return RecognitionError(tr("Nothing could be read."), tr("Write larger, and sign by sign."))
