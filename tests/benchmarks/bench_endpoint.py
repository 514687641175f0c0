"""What we add to a bare SDK call with the same payload, and how soon a server sees that we cancelled.

Run it from the repository's root: `python -m tests.benchmarks.bench_endpoint`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import median

import openai

from tests.integration.endpoints.wire_server import USAGE, Reply, Wait, WireServer, delta, sse, wire_server
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.loop_clock import LoopClock
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.prompt import plan_for
from writetex_desktop.core.endpoints.wire.request import chat_request
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Engine, Mode, RecognitionRequest
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.reading.recognition_service import RecognitionService

ROUNDS = 41
PIECES = 30
"""Deltas of one answer; a formula has 10 to 100 tokens."""

PICTURE_BYTES = 12_000
OVERHEAD_BAR_MS = 10.0
CANCEL_BAR_MS = 50.0

MODEL = "some-model"
REQUEST = RecognitionRequest(EncodedImage("image/png", bytes(range(250)) * (PICTURE_BYTES // 250), 600, 120))
ANSWER = Reply(sse(*(delta(f"x_{{{place}}}+") for place in range(PIECES)), delta("", finish="stop"), USAGE))
STALLED = Reply((*sse(delta("x"), end=""), Wait()))

Call = Callable[[], Awaitable[None]]


async def timed(call: Call) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    await call()
    return (time.perf_counter() - started) * 1000


def bare_call(wire: WireServer) -> tuple[openai.AsyncOpenAI, Call]:
    """The same request and answer with nothing but the SDK."""
    client = openai.AsyncOpenAI(api_key="sk-x", base_url=wire.base_url, max_retries=0)

    async def call() -> None:
        body = chat_request(MODEL, plan_for(MODEL, Mode.FORMULA, ""), REQUEST.image)
        stream = await client.chat.completions.create(**body)  # type: ignore[call-overload]
        text = ""
        async for chunk in stream:
            if chunk.choices:
                text += chunk.choices[0].delta.content or ""

    return client, call


def our_call(recognizer: OpenAIRecognizer) -> Call:
    """The way a snip goes: service, recogniser, cleaning."""
    service = RecognitionService({Engine.ENDPOINT: recognizer}, LoopClock())

    async def call() -> None:
        async for _ in service.recognize(REQUEST):
            pass

    return call


async def overhead() -> tuple[float, float]:
    """Medians of the bare call and of ours, in milliseconds, taken in turns on one loop."""
    async with wire_server(ANSWER) as wire:
        recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret("sk-x"), MODEL))
        client, bare = bare_call(wire)
        ours = our_call(recognizer)
        for call in (bare, ours):
            await call()
        pairs = [(await timed(bare), await timed(ours)) for _ in range(ROUNDS)]
        await client.close()
        await recognizer.aclose()
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


async def cancelling() -> float:
    """Median of the milliseconds from `task.cancel()` until the server reads the end of the connection."""
    async with wire_server(STALLED) as wire:
        recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret("sk-x"), MODEL))
        ours = our_call(recognizer)
        figures: list[float] = []
        for _ in range(ROUNDS):
            wire.waiting.clear()
            wire.left.clear()
            task = asyncio.ensure_future(ours())
            await wire.waiting.wait()
            await asyncio.sleep(0)
            started = time.perf_counter()
            task.cancel()
            await wire.left.wait()
            figures.append((time.perf_counter() - started) * 1000)
            await asyncio.gather(task, return_exceptions=True)
        await recognizer.aclose()
    return median(figures)


async def warming() -> float:
    """Milliseconds to load the SDK and open a client the first time."""
    recognizer = OpenAIRecognizer(Endpoint("https://api.example.com/v1", Secret("sk-x"), MODEL))
    figure = await timed(recognizer.warm)
    await recognizer.aclose()
    return figure


async def measure() -> None:
    """Print the table."""
    bare, ours = await overhead()
    cancel = await cancelling()
    rows = (
        ("bare SDK call", f"{bare:.1f} ms", ""),
        ("our call", f"{ours:.1f} ms", f"x {ours / bare:.2f}"),
        ("our overhead", f"{ours - bare:+.1f} ms", f"bar {OVERHEAD_BAR_MS:.0f} ms"),
        ("cancel -> server sees the close", f"{cancel:.1f} ms", f"bar {CANCEL_BAR_MS:.0f} ms"),
        ("a further client opened", f"{await warming():.0f} ms", "in a worker thread"),
    )
    for name, figure, remark in rows:
        print(f"{name:34} {figure:>10}  {remark}")  # noqa: T201 - it prints


def main() -> None:
    """Measure on an event loop of its own."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()
