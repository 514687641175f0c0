"""What happens to a picture, up to the finished markup.

Every door (hotkey, tray, button, command line, paste, drop, file) shares it; what only a snip has before it,
from the press of the hotkey to the crop, is `services.reading.capture`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Protocol, assert_never

from writetex_desktop.core.errors import EndpointError, WriteTexError
from writetex_desktop.core.markup import clean
from writetex_desktop.core.markup.kind import kind_of
from writetex_desktop.core.pictures.image import ImageLimits
from writetex_desktop.core.reading.job import Job, Stage
from writetex_desktop.core.reading.recognition import (
    ReasoningDelta,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Retrying,
    TextDelta,
)
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.services.tasks import forget_frames

ShowDraft = Callable[[Recognition], None]


class Recognise(Protocol):
    """Asks an engine: events as they come, one `Recognition` at the end."""

    def __call__(self, request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        """Ask the engine in force, or the endpoint of another profile (`profile` is its id, or empty)."""
        ...


class Sketch(Protocol):
    """Reads a picture quickly while an engine that takes longer is asked."""

    def __call__(
        self, job: Job, request: RecognitionRequest, show: ShowDraft
    ) -> AbstractAsyncContextManager[None]:
        """Read while the context lasts; `show` is called with the draft, if there is one."""
        ...


async def transcribe(
    job: Job, codec: ImageCodec, recognise: Recognise, publish: Callable[[Job], None], sketch: Sketch
) -> Job:
    """Take a picture to its markup and tell of every step.

    Args:
        job: The picture; its stage is `WORKING`.
        codec: Prepares what is sent, in a thread.
        recognise: Asks the engine.
        publish: Is called with the job after every change.
        sketch: Makes a draft meanwhile.

    Returns:
        The job when it is over: done, or failed with its error and whatever text had arrived. Cancelling the
        task publishes it as cancelled, with its text.
    """

    def step(**changes: object) -> None:
        nonlocal job
        job = replace(job, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names
        publish(job)

    answer = ""
    asked = job.mode
    try:
        image = await asyncio.to_thread(codec.prepare, job.bitmap, ImageLimits())
        request = RecognitionRequest(image, job.mode, job.hint, bitmap=job.bitmap, whole=job.whole)
        async with sketch(job, request, lambda draft: step(draft=draft)):
            async for event in recognise(request, profile=job.profile):
                match event:
                    case TextDelta(text):
                        answer += text
                        kind = kind_of(answer, asked)
                        step(text=clean(answer, kind), mode=kind, progress="")
                    case ReasoningDelta(characters):
                        step(thinking=job.thinking + characters)
                    case Retrying(reason=reason):
                        answer = ""
                        step(text="", thinking=0, progress=reason)
                    case Recognition() as recognition:
                        step(
                            stage=Stage.DONE,
                            text=recognition.markup,
                            recognition=recognition,
                            mode=recognition.mode,
                            progress="",
                        )
                    case _:
                        assert_never(event)
    except asyncio.CancelledError:
        step(stage=Stage.CANCELLED, text=job.remains, progress="")
        raise
    except WriteTexError as error:
        forget_frames(error)
        partial = (
            clean(error.partial, kind_of(error.partial, asked)) if isinstance(error, EndpointError) else ""
        )
        step(stage=Stage.FAILED, error=error, text=partial or job.remains, progress="")
    return job
