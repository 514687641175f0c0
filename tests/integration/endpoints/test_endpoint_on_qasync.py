"""The endpoint on the event loop of the program: qasync has no hooks for generators that are left suspended.

It runs as a process of its own, so that what Python complains of at its very end is seen.
"""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import asyncio
import qasync
from PySide6.QtCore import QCoreApplication
from contextlib import aclosing
from tests.integration.endpoints.wire_server import Cut, Reply, Wait, answer, delta, sse, wire_server
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest
from writetex_desktop.core.secret import Secret

REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))
LOOPING = Reply((*sse(*[delta("\\\\quad ")] * 40, end=""), Wait()))
STALLED = Reply((*sse(delta("x"), end=""), Wait()))
BROKEN = Reply((*sse(delta("x"), "data: {\\n\\n", end=""), Wait()))


async def events(recognizer):
    return [event async for event in recognizer.recognize(REQUEST)]


async def main():
    async with wire_server(answer(), LOOPING, STALLED, STALLED, BROKEN, answer()) as wire:
        recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret("sk-x"), "m"))
        print("whole", len(await events(recognizer)))
        print("stopped", (await events(recognizer))[-1].complete)
        wire.waiting.clear()
        task = asyncio.ensure_future(events(recognizer))
        await wire.waiting.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        print("cancelled", task.cancelled())
        async with aclosing(recognizer.recognize(REQUEST)) as left:
            await anext(left)
        try:
            await events(recognizer)
        except EndpointError as error:
            print("broken", error.fault.value)
        print("whole", len(await events(recognizer)))
        await recognizer.aclose()


loop = qasync.QEventLoop(QCoreApplication([]))
with loop:
    loop.run_until_complete(main())
"""


def test_no_way_to_end_an_answer_leaves_anything_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error::ResourceWarning", "-c", SCRIPT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "whole 3",
        "stopped False",
        "cancelled True",
        "broken bad-answer",
        "whole 3",
    ]
    assert done.stderr == ""
    assert done.returncode == 0
