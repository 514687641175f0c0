"""What the door for other programs costs: a picture read through it, over the same asked directly.

The recogniser is a script, so that nothing but the door is measured: the connection that is kept, the gate,
JSON and base64 of a picture of 100 kB. The picture goes through the real decoder on both ways.
"""

import asyncio
import base64
import json
import random
import sys
import time
from io import BytesIO
from statistics import median

from PIL import Image

from tests.fakes import FakeImageCodec
from tests.integration.serving.door_world import PICTURE, World, open_world
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.serving.wishes import ReadWish
from writetex_desktop.ports.pictures import ImageCodec

ROUNDS = 50
"""Fewer than a program may ask at once."""

BAR_MS = 5.0
"""Issue 19."""


def picture() -> bytes:
    """Give a PNG of some 100 kB: noise on the left, paper on the right."""
    noise = random.Random(19).randbytes(200 * 480)
    image = Image.new("L", (600, 480), 255)
    image.paste(Image.frombytes("L", (200, 480), noise), (0, 0))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


async def through_the_door(
    world: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
) -> None:
    """Ask once over a connection that is kept."""
    head = (
        f"POST /v1/recognize HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {world.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode()
    if " 200 " not in answer.split("\r\n", 1)[0]:
        raise RuntimeError(answer)
    length = next(line for line in answer.split("\r\n") if line.startswith("content-length"))
    await reader.readexactly(int(length.partition(":")[2]))


async def measure(data: bytes, codec: ImageCodec) -> tuple[float, float, float, float]:
    """Give medians in milliseconds: directly, through the door, what it adds, and of that the work.

    Both ways take turns, so that other programs on the machine are in the way of both. Where they are many,
    the processor's time says more than the clock; the client's own work is in it.
    """
    body = json.dumps({"image": base64.b64encode(data).decode()}).encode()
    direct, door, work = [], [], []
    async with open_world(codec=codec) as world:
        reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
        await through_the_door(world, reader, writer, body)
        for _ in range(ROUNDS):
            begun, work_begun = time.perf_counter(), time.process_time()
            await world.counter.read(ReadWish(data))
            between, work_between = time.perf_counter(), time.process_time()
            await through_the_door(world, reader, writer, body)
            direct.append((between - begun) * 1000)
            door.append((time.perf_counter() - between) * 1000)
            work.append((time.process_time() - 2 * work_between + work_begun) * 1000)
        writer.close()
    added = median(b - a for a, b in zip(direct, door, strict=True))
    return median(direct), median(door), added, median(work)


def main() -> None:
    """Print the table."""
    sys.stdout.write(f"{ROUNDS} times each, by turns, medians\n")
    sys.stdout.write(
        f"{'':<34}{'directly':>12}{'door':>12}{'it adds':>12}{'of work':>12}   bar {BAR_MS} ms\n"
    )
    rows = (
        ("nothing but the door", PICTURE, FakeImageCodec()),
        ("a picture of 100 kB", picture(), PillowCodec()),
    )
    for name, data, codec in rows:
        direct, door, added, work = asyncio.run(measure(data, codec))
        sys.stdout.write(f"{name:<34}{direct:9.2f} ms{door:9.2f} ms{added:9.2f} ms{work:9.2f} ms\n")


if __name__ == "__main__":
    main()
