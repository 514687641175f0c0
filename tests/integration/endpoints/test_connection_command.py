"""`writetex test-connection` as a program, against a server on loopback."""

import json
from pathlib import Path

import pytest

from tests import command
from tests.integration.endpoints.wire_server import Reply, delta, sse, wire_server

JSON = (("content-type", "application/json"),)
LIST = Reply((json.dumps({"data": [{"id": "eye-vl"}, {"id": "blind"}]}).encode(),), headers=JSON)
PAGE = Reply((b"<html>",), "404 Not Found", (("content-type", "text/html"),))
USAGE = {"choices": [], "usage": {"prompt_tokens": 90, "completion_tokens": 3, "total_tokens": 93}}
NOT_CONFIGURED = 3


def answer(text: str) -> Reply:
    return Reply(sse(delta(text), delta(finish="stop"), USAGE))


async def run(home: Path, *arguments: str, key: str = command.KEY) -> tuple[int, str, str]:
    """Run `writetex test-connection`."""
    return await command.run(home, "test-connection", *arguments, key=key)


async def test_an_endpoint_that_works_is_said_to(tmp_path: Path) -> None:
    async with wire_server(LIST, answer("x^2")) as wire:
        status, output, _said = await run(tmp_path, "--base-url", wire.base_url, "--model", "eye-vl")
    assert status == 0
    lines = output.splitlines()
    assert [line.split()[:2] for line in lines[:4]] == [
        ["passed", step] for step in ("reach", "key", "model", "vision")
    ]
    assert "93 tokens" in lines[4]


async def test_the_path_that_works_is_found(tmp_path: Path) -> None:
    async with wire_server(PAGE, PAGE, LIST) as wire:
        wrong = wire.base_url.replace("/v1", "/wrong/v1")
        status, output, _said = await run(tmp_path, "--base-url", wrong, "--model", "eye-vl", "--json")
    assert status == 1
    record = json.loads(output)
    assert record["steps"]["reach"] == "failed"
    assert record["fixes"] == [{"kind": "use-base-url", "value": wire.base_url}]


async def test_models_that_see_are_named(tmp_path: Path) -> None:
    async with wire_server(LIST, answer("E = mc^2")) as wire:
        status, output, _said = await run(tmp_path, "--base-url", wire.base_url, "--model", "blind", "--json")
    assert status == 1
    record = json.loads(output)
    assert record["steps"]["vision"] == "failed"
    assert {"kind": "use-model", "value": "eye-vl"} in record["fixes"]


async def test_without_an_endpoint_it_says_so(tmp_path: Path) -> None:
    status, output, said = await run(tmp_path)
    assert (status, output) == (NOT_CONFIGURED, "")
    assert "No endpoint is set up yet." in said


async def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    async with wire_server(LIST) as wire:
        status, output, _said = await run(tmp_path, "--base-url", wire.base_url, "--json")
    assert status == NOT_CONFIGURED
    assert {"kind": "use-model", "value": "eye-vl"} in json.loads(output)["fixes"]


@pytest.mark.parametrize("shell", ["bash", "powershell", "cmd"])
async def test_the_request_is_printed_without_the_key_and_without_asking_anybody(
    tmp_path: Path, shell: str
) -> None:
    base_url = "https://nobody.invalid/v1"
    status, output, _said = await run(tmp_path, "--base-url", base_url, "--model", "m", "--curl", shell)
    assert status == 0
    assert "https://nobody.invalid/v1/chat/completions" in output
    assert "YOUR_API_KEY" in output
