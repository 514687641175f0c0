"""`writetex serve` as a process: the real recogniser, read by OpenAI's library."""

import asyncio
import base64
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import openai
import pytest

from tests import command

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "01-quadratic.png"
TOKEN = "a-token-of-this-test"


@asynccontextmanager
async def serving(home: Path, *words: str) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    process = await command.start(home, "serve", "--offline", *words)
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    try:
        yield address, process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def test_a_sample_is_read_over_the_door_and_the_end_is_orderly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITETEX_SERVE_TOKEN", TOKEN)
    url = f"data:image/png;base64,{base64.b64encode(SAMPLE.read_bytes()).decode()}"
    async with serving(tmp_path) as (address, process):
        async with openai.AsyncOpenAI(base_url=f"{address}/v1", api_key=TOKEN, timeout=50) as client:
            answer = await client.chat.completions.create(
                model="writetex-offline",
                messages=[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}],
            )
        assert "\\frac" in (answer.choices[0].message.content or "")
        process.send_signal(signal.SIGINT)
        _, said = await process.communicate()
        assert process.returncode == 130
    assert TOKEN not in said.decode()
    assert "Traceback" not in said.decode()


async def test_without_a_token_one_is_made_for_the_run_and_printed(tmp_path: Path) -> None:
    async with serving(tmp_path) as (address, process):
        assert process.stderr is not None
        token = ""
        while not token:
            line = (await process.stderr.readline()).decode()
            token = line.rpartition(" ")[2].strip() if "Token of this run" in line else ""
        async with openai.AsyncOpenAI(base_url=f"{address}/v1", api_key=token, timeout=50) as client:
            models = [model.id async for model in client.models.list()]
    assert models == ["writetex-auto", "writetex-offline"]


async def test_a_token_that_would_be_forgotten_is_not_made(tmp_path: Path) -> None:
    status, output, said = await command.run(tmp_path, "serve", "--new-token", "Editor")
    assert (status, output) == (1, "")
    assert "WRITETEX_SERVE_TOKEN" in said
    assert (await command.run(tmp_path, "serve", "--tokens"))[1] == ""
