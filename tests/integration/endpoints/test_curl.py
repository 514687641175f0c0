"""The command line for bash, run by bash with the real curl."""

import asyncio
import shutil

import pytest

from tests.integration.endpoints.wire_server import Reply, wire_server
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.wire.curl import KEY_PLACEHOLDER, Shell, as_curl, picture_call, text_ping
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.secret import Secret

ANSWER = b'{"choices":[{"message":{"content":"Hello"}}]}'
NASTY = 'it\'s "quoted" $HOME `id` \\ & | < > % ! ünïcode \n two'


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("picture", [False, True])
async def test_bash_and_curl_send_the_very_request(picture: bool) -> None:
    body = (
        picture_call("m", EncodedImage("image/png", bytes(range(256)), 16, 16))
        if picture
        else text_ping("m", NASTY)
    )
    async with wire_server(Reply((ANSWER,), headers=(("content-type", "application/json"),))) as wire:
        endpoint = Endpoint(wire.base_url, Secret("sk-real"), "m", Network(headers=(("X-Title", "it's"),)))
        process = await asyncio.create_subprocess_exec(
            "bash",
            "-c",
            as_curl(endpoint, body, Shell.BASH),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        output, _ = await process.communicate()
    assert process.returncode == 0
    assert output == ANSWER
    (request,) = wire.requests
    assert request.line == "POST /v1/chat/completions HTTP/1.1"
    assert request.body == body
    assert request.headers["authorization"] == f"Bearer {KEY_PLACEHOLDER}"
    assert request.headers["x-title"] == "it's"
