"""Clients that mean harm: pages of the web, slow ones, huge ones, guessing ones."""

import asyncio
import json
from contextlib import suppress

import pytest

from tests.integration.serving.door_world import DATA_URL, World, open_world, parsed
from writetex_desktop.adapters.serving import gate, limits, server
from writetex_desktop.services.serving import pace


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:50906", "127.0.0.1.evil.example", "127.0.0.1@evil.example"),
        *("localhost.evil.example", "", "0.0.0.0:50906", "[::1]evil", "127.0.0.1:port", "127.0.0.1 evil"),
    ],
)
async def test_a_name_that_was_pointed_at_this_machine_is_refused(host: str) -> None:
    async with open_world() as world:
        for path in ("/v1/models", "/health"):
            status, headers, _ = await world.ask("GET", path, Host=host)
            assert status in {400, 403}
            assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:50906", "127.0.0.1", "[::1]:1"])
async def test_this_machine_is_known_by_its_own_names(host: str) -> None:
    async with open_world() as world:
        assert (await world.ask("GET", "/v1/models", Host=host))[0] == 200


async def test_a_page_of_the_web_may_not_ask_even_with_a_token_unless_it_is_allowed_for_it() -> None:
    async with open_world(origins=("https://notes.example",)) as world:
        other = await world.clients.make("Other")
        for origin in ("https://evil.example", "null", "https://notes.example.evil.example", "file://"):
            status, headers, _ = await world.ask("GET", "/v1/models", Origin=origin)
            assert status == 403
            assert "access-control-allow-origin" not in headers
        status, headers, _ = await world.ask("GET", "/v1/models", Origin="https://notes.example")
        assert status == 200
        assert headers["access-control-allow-origin"] == "https://notes.example"
        status, _, body = await world.ask(
            "GET", "/v1/models", token=other.reveal(), Origin="https://notes.example"
        )
        assert (status, body["error"]["code"]) == (403, "origin_not_allowed")


async def test_a_browsers_question_before_is_answered_for_allowed_pages_alone() -> None:
    asked = {
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "authorization,content-type",
        "Access_Control_Request_Private_Network": "true",
    }
    async with open_world(origins=("https://notes.example",)) as world:
        status, headers, _ = await world.ask(
            "OPTIONS", "/v1/recognize", b"", token="", Origin="https://notes.example", **asked
        )
        assert status == 204
        assert headers["access-control-allow-origin"] == "https://notes.example"
        assert "authorization" in headers["access-control-allow-headers"]
        assert headers["access-control-allow-private-network"] == "true"
        assert "access-control-allow-credentials" not in headers
        status, headers, _ = await world.ask(
            "OPTIONS", "/v1/recognize", b"", token="", Origin="https://evil.example", **asked
        )
        assert status == 403
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("words", ["", "Bearer", "Bearer  ", "Basic {token}", "{token}", "Bearer {token}x"])
async def test_what_is_no_token_lets_nobody_in(words: str) -> None:
    async with open_world() as world:
        status, _, body = await world.ask("GET", "/v1/models", Authorization=words.format(token=world.token))
    assert (status, body["error"]["type"]) == (401, "authentication_error")


async def test_whoever_guesses_tokens_is_slowed_and_the_others_are_not() -> None:
    async with open_world() as world:
        statuses = [
            (await world.ask("GET", "/v1/models", token=f"wtx_{number}"))[0]
            for number in range(pace.WRONG_BURST + 5)
        ]
        assert statuses[0] == 401
        assert statuses[-1] == 429
        assert (await world.ask("GET", "/v1/models"))[0] == 200


async def test_a_program_that_asks_too_often_is_told_when_to_come_again() -> None:
    async with open_world() as world:
        answers = [await world.ask("GET", "/v1/models") for _ in range(pace.BURST + 40)]
    refused = [headers for status, headers, _ in answers if status == 429]
    assert refused
    assert all(int(headers["retry-after"]) >= 1 for headers in refused)


async def test_a_body_that_says_it_is_huge_is_refused_unread() -> None:
    async with open_world() as world:
        head = (
            f"POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {world.token}\r\n"
            f"Content-Length: {10**12}\r\n\r\n"
        )
        status, headers, body = parsed(await world.raw(head.encode()))
    assert (status, headers["connection"], body["error"]["code"]) == (413, "close", "too_large")


async def test_a_body_without_an_end_is_refused_when_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MOST_BYTES", 1_000_000)
    async with open_world() as world:
        reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
        writer.write(
            f"POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {world.token}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        sent, answer = 0, b""
        with suppress(ConnectionError):
            async with asyncio.timeout(30):
                while True:
                    writer.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
                    await writer.drain()
                    sent += 65536
        assert sent < 50_000_000
        with suppress(ConnectionError):
            answer = await reader.read()
        writer.close()
        assert not answer or parsed(answer)[0] == 413
        assert (await world.ask("GET", "/v1/models"))[0] == 200


async def test_a_body_that_comes_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BODY_TIMEOUT_S", 0.3)
    monkeypatch.setattr(gate, "REST_TIMEOUT_S", 0.1)
    async with open_world() as world:
        head = (
            f"POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {world.token}\r\n"
            "Content-Length: 1000\r\n\r\n{"
        )
        status, _, body = parsed(await world.raw(head.encode()))
    assert (status, body["error"]["code"]) == (408, "too_slow")


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHost: local"])
async def test_a_head_that_does_not_come_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(server, "HEAD_TIMEOUT_S", 0.3)
    async with open_world() as world:
        slow = [asyncio.create_task(_lost(world, sent)) for _ in range(20)]
        assert (await world.ask("GET", "/v1/models"))[0] == 200
        await asyncio.gather(*slow)


async def _lost(world: World, sent: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
    writer.write(sent)
    try:
        async with asyncio.timeout(30):
            assert await reader.read() == b""
    except ConnectionError:
        pass
    finally:
        writer.close()


async def test_the_second_head_of_a_connection_is_not_waited_for_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "HEAD_TIMEOUT_S", 0.5)
    async with open_world() as world:
        reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
        writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await reader.readuntil(b"}")
        writer.write(b"GET /health HTTP/1.1\r\nHo")
        try:
            async with asyncio.timeout(30):
                assert await reader.read() == b""
        except ConnectionError:
            pass
        finally:
            writer.close()


async def test_many_connections_leave_room_again_when_they_go() -> None:
    async with open_world() as world:
        crowd = [
            await asyncio.open_connection("127.0.0.1", world.port)
            for _ in range(limits.MOST_CONNECTIONS + 10)
        ]
        for _, writer in crowd:
            writer.close()
        for _, writer in crowd:
            with suppress(ConnectionError):
                await writer.wait_closed()
        assert (await world.ask("GET", "/v1/models"))[0] == 200


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 40_000,
        b"[" + b"[]," * 1_000_000 + b"0]",
        b'{"image": ' + b"9" * 100_000 + b"}",
        b"\xff\xfe{}",
        b"null",
        b"[]",
        b'{"image": 1e999}',
        b'{"image": "data:image/png;base64,%%%"}',
        b'{"image": "data:image/svg+xml,<svg/>"}',
        b'{"image": "file:///etc/passwd"}',
        b'{"image": "https://example.org/a.png"}',
        b'{"image": "//example.org/a.png"}',
    ],
)
async def test_bodies_that_are_bombs_or_nonsense_are_refused_with_a_sentence(body: bytes) -> None:
    async with open_world() as world:
        for path in ("/v1/recognize", "/v1/chat/completions"):
            status, _, answer = await world.ask("POST", path, body)
            assert status == 400
            assert answer["error"]["remedy"]
        assert world.recognizer.requests == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/../etc/passwd"),
        ("GET", "/v1/%2e%2e/%2e%2e/etc/passwd"),
        ("GET", "/v1/models/"),
        ("GET", "//v1/models"),
        ("GET", "/v1/models%00"),
        ("GET", "http://evil.example/v1/models"),
        ("POST", "/health"),
        ("TRACE", "/v1/models"),
        ("DELETE", "/v1/models"),
    ],
)
async def test_tricks_with_paths_and_methods_lead_nowhere(method: str, path: str) -> None:
    async with open_world() as world:
        status, _, body = await world.ask(method, path)
    assert status in {400, 404, 405}
    assert body["error"]["message"]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n",
        b"POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /health HTTP/1.1\r\n Host: localhost\r\n\r\n",
    ],
)
async def test_what_is_no_request_is_refused_and_the_next_one_served(request_bytes: bytes) -> None:
    async with open_world() as world:
        try:
            answer = await world.raw(request_bytes, end=True)
        except ConnectionError:
            answer = b""
        assert not answer or parsed(answer)[0] in {400, 403}
        assert (await world.ask("GET", "/health"))[0] == 200


async def test_two_doors_stand_side_by_side() -> None:
    async with open_world() as first, open_world() as second:
        assert first.port != second.port
        assert (await first.ask("GET", "/v1/models"))[0] == 200
        assert (await second.ask("GET", "/v1/models"))[0] == 200
        assert (await second.ask("GET", "/v1/models", token=first.token))[0] == 401


async def test_whoever_goes_away_is_not_read_for() -> None:
    async with open_world() as world:
        body = json.dumps({"image": DATA_URL}).encode()
        _, writer = await asyncio.open_connection("127.0.0.1", world.port)
        writer.write(
            f"POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {world.token}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        writer.close()
        await writer.wait_closed()
        assert (await world.ask("GET", "/health"))[0] == 200
