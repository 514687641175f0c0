"""Many picture files, one after the other or side by side: `writetex recognize`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.image import ImageLimits
from writetex_desktop.core.recognition import Mode, Recognition, RecognitionEvent, RecognitionRequest
from writetex_desktop.ports import ImageCodec
from writetex_desktop.services.snip_flow import Recognise


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    Attributes:
        file: Its name as the user gave it.
        outcome: The answer, or why there is none or why it cannot be had in the form that is wanted.
        output: The answer in the form that is wanted.
        markup: What was recognised, also when it cannot be had in that form.
    """

    file: str
    outcome: Recognition | WriteTexError
    output: str = ""
    markup: str = ""


async def recognise_files(
    files: Sequence[str],
    *,
    read: Callable[[str], bytes],
    codec: ImageCodec,
    recognise: Recognise,
    export: Callable[[Recognition], Awaitable[str]],
    mode: Mode = Mode.FORMULA,
    at_once: int = 1,
    on_event: Callable[[str, RecognitionEvent], None] = lambda _file, _event: None,
) -> AsyncIterator[FileResult]:
    """Read picture files and give the results in the order of the files, each as soon as it is its turn.

    Args:
        files: Names, handed to `read` one by one.
        read: Gives the bytes of a file; called in a thread; raises a `WriteTexError`.
        codec: Decodes and prepares, in a thread.
        recognise: Asks the engine.
        export: Gives an answer the form that is wanted.
        mode: What the pictures hold.
        at_once: How many are read at the same time.
        on_event: Is told what happens to which file meanwhile.
    """
    places = asyncio.Semaphore(at_once)

    async def one(file: str) -> FileResult:
        async with places:
            markup = ""
            try:
                data = await asyncio.to_thread(read, file)
                bitmap = await asyncio.to_thread(codec.decode, data)
                image = await asyncio.to_thread(codec.prepare, bitmap, ImageLimits())
                async for event in recognise(RecognitionRequest(image, mode, bitmap=bitmap), profile=""):
                    if isinstance(event, Recognition):
                        markup = event.markup
                        return FileResult(file, event, await export(event), markup)
                    on_event(file, event)
            except WriteTexError as error:
                return FileResult(file, error, markup=markup)
        raise AssertionError("an engine ends with a Recognition or an error")

    tasks = [asyncio.ensure_future(one(file)) for file in files]
    try:
        for task in tasks:
            yield await task
    finally:
        for task in tasks:
            task.cancel()


def as_record(result: FileResult) -> dict[str, object]:
    """Give a result as the object that `--json` prints; its keys are promised to scripts.

    `latex` is the answer in the form that was asked for; where it cannot be had in that form, it is what was
    recognised, beside the error.
    """
    match result.outcome:
        case WriteTexError() as error:
            record: dict[str, object] = {
                "file": result.file,
                "error": error.message,
                "remedy": error.remedy.text,
            }
            return record | ({"latex": result.markup} if result.markup else {})
        case recognition:
            usage = recognition.usage
            return {
                "file": result.file,
                "latex": result.output,
                "engine": recognition.engine.value,
                "model": recognition.model,
                "seconds": round(recognition.seconds, 3),
                "usage": usage
                and {
                    "prompt_tokens": usage.prompt_tokens,
                    "completion_tokens": usage.completion_tokens,
                },
                "complete": recognition.complete,
                "confidence": recognition.confidence,
                "warnings": list(recognition.warnings),
            }
