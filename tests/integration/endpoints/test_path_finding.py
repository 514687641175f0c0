"""The interface is found where it stands, by asking, and is found there at once the next time."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import command
from tests.integration.endpoints.wire_server import Received, Reply, delta, sse, wire_server
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint, normalise_base_url, request_url
from writetex_desktop.core.endpoints.paths import AnsweredPaths
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest, TextDelta
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.reading.path_finding import PathFinder

ANSWER = Reply(sse(delta("x^2"), delta(finish="stop")))
HTML = Reply((b"<html>Nothing here</html>",), "404 Not Found", (("content-type", "text/html"),))
PAGE = Reply((b"<!doctype html><html>Sign in</html>",), headers=(("content-type", "text/html"),))
REFUSED = Reply(
    (json.dumps({"error": {"message": "Invalid API key.", "code": "invalid_api_key"}}).encode(),),
    "401 Unauthorized",
    (("content-type", "application/json"),),
)


IMAGE = EncodedImage("image/png", b"png", 8, 8)


def only_at(path: str, reply: Reply = ANSWER, elsewhere: Reply = HTML) -> Callable[[Received], Reply]:
    def judge(received: Received) -> Reply:
        method, asked, _version = received.line.split()
        return reply if method == "POST" and asked == path else elsewhere

    return judge


def picture(folder: Path) -> str:
    path = folder / "formula.png"
    path.write_bytes((Path(__file__).parents[3] / "resources" / "probe.png").read_bytes())
    return str(path)


async def recognize(home: Path, base_url: str, *more: str) -> tuple[int, str, str]:
    words = (
        "recognize",
        picture(home),
        "--engine",
        "endpoint",
        "--base-url",
        base_url,
        "--model",
        "eye-vl",
        *more,
    )
    return await command.run(home, *words)


def posts(requests: list[Received]) -> list[str]:
    return [each.line.split()[1] for each in requests if each.line.startswith("POST")]


@pytest.mark.parametrize(
    ("typed", "stands_at"),
    [
        ("", "/chat/completions"),
        ("", "/api/chat/completions"),
        ("", "/openai/v1/chat/completions"),
        ("/llm", "/llm/chat/completions"),
        ("/llm", "/v1/chat/completions"),
        ("/custom/talk#", "/custom/talk"),
        ("/custom#", "/custom/v1/chat/completions"),
        ("/tenant/7/", "/tenant/7/v1/chat/completions"),
    ],
)
async def test_the_interface_is_found_and_asked_at_once_from_then_on(typed: str, stands_at: str) -> None:
    paths = AnsweredPaths()
    async with wire_server() as wire:
        wire.judge = only_at(stands_at)
        base_url = normalise_base_url(wire.base_url.removesuffix("/v1") + typed)
        for tries in (6, 1):
            wire.requests.clear()
            finder = PathFinder(Endpoint(base_url, Secret("sk-test"), "eye-vl"), OpenAIRecognizer, paths)
            events = [event async for event in finder.recognize(RecognitionRequest(IMAGE))]
            await finder.aclose()
            assert TextDelta("x^2") in events
            assert posts(wire.requests)[-1] == stands_at
            assert len(wire.requests) <= tries
    assert request_url(paths.of(base_url)).endswith(stands_at)
    assert normalise_base_url(paths.of(base_url)) == paths.of(base_url)


async def test_what_was_found_is_known_to_the_next_run(tmp_path: Path) -> None:
    async with wire_server() as wire:
        wire.judge = only_at("/llm/chat/completions")
        base_url = wire.base_url.removesuffix("/v1") + "/llm"
        assert (await recognize(tmp_path, base_url))[:2] == (0, "x^2\n")
        wire.requests.clear()
        assert (await recognize(tmp_path, base_url))[:2] == (0, "x^2\n")
        assert posts(wire.requests) == ["/llm/chat/completions"]
        shown = await command.run(tmp_path, "test-connection", "--base-url", base_url, "--show-url")
        assert shown[1].strip() == f"{base_url}/chat/completions"


async def test_a_page_in_place_of_an_answer_is_passed_over(tmp_path: Path) -> None:
    async with wire_server() as wire:
        wire.judge = only_at("/api/chat/completions", elsewhere=PAGE)
        status, output, _said = await recognize(tmp_path, wire.base_url.removesuffix("/v1"))
    assert (status, output) == (0, "x^2\n")


async def test_what_an_interface_says_elsewhere_is_told_in_place_of_a_wrong_path(tmp_path: Path) -> None:
    async with wire_server() as wire:
        wire.judge = only_at("/api/chat/completions", REFUSED)
        status, _output, said = await recognize(tmp_path, wire.base_url.removesuffix("/v1"))
    assert status == 1
    assert "refused the API key" in said


async def test_a_host_without_an_interface_is_asked_a_few_times_and_says_so(tmp_path: Path) -> None:
    async with wire_server() as wire:
        wire.judge = only_at("/nowhere")
        status, _output, said = await recognize(tmp_path, wire.base_url)
    assert status == 1
    assert "not at this base URL" in said
    assert len(posts(wire.requests)) <= 6
    assert {each.headers["host"] for each in wire.requests} == {f"127.0.0.1:{wire.port}"}


async def test_the_test_says_where_it_answers(tmp_path: Path) -> None:
    async with wire_server() as wire:
        wire.judge = only_at("/llm/chat/completions")
        base_url = wire.base_url.removesuffix("/v1") + "/llm"
        words = ("test-connection", "--base-url", base_url, "--model", "eye-vl")
        status, output, _said = await command.run(tmp_path, *words)
    assert status == 0
    assert f"answers at {base_url}/chat/completions, which is remembered" in output


async def test_a_file_that_was_tampered_with_sends_nobody_to_another_host(tmp_path: Path) -> None:
    async with wire_server() as wire:
        wire.judge = only_at("/v1/chat/completions")
        kept = tmp_path / "DATA" / "writetex-desktop" / "paths.json"
        kept.parent.mkdir(parents=True)
        kept.write_text(json.dumps({wire.base_url: "https://evil.invalid/v1"}))
        status, output, _said = await recognize(tmp_path, wire.base_url)
    assert (status, output) == (0, "x^2\n")
