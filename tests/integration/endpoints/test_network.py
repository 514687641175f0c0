"""The way to an endpoint as its network settings say: proxy, certificates, headers, patience."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.integration.endpoints.wire_server import Reply, Wait, WireServer, answer, wire_server
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import DIRECT, Network
from writetex_desktop.core.errors import EndpointError, Fault, RemedyAction
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest, TextDelta
from writetex_desktop.core.secret import Secret

REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG", 64, 32))
FAR = "http://api.far.example/v1"
NEAR = "http://192.168.77.5:8000/v1"
NOWHERE = "http://127.0.0.1:9"


async def read(base_url: str, network: Network) -> str:
    recognizer = OpenAIRecognizer(Endpoint(base_url, Secret("sk-x"), "m", network))
    try:
        events = [event async for event in recognizer.recognize(REQUEST)]
    finally:
        await recognizer.aclose()
    return "".join(event.text for event in events if isinstance(event, TextDelta))


async def failure(base_url: str, network: Network) -> EndpointError:
    with pytest.raises(EndpointError) as caught:
        await read(base_url, network)
    return caught.value


def proxy_of(wire: WireServer) -> str:
    return f"http://127.0.0.1:{wire.port}"


@pytest.fixture(autouse=True)
def no_proxy_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize("base_url", [FAR, NEAR])
async def test_a_proxy_that_was_set_is_taken(base_url: str) -> None:
    async with wire_server(answer()) as proxy:
        assert await read(base_url, Network(proxy=proxy_of(proxy))) == "x^2"
    (request,) = proxy.requests
    assert request.line == f"POST {base_url}/chat/completions HTTP/1.1"
    assert request.headers["authorization"] == "Bearer sk-x"


async def test_the_proxy_of_the_environment_is_taken_for_what_is_far(monkeypatch: pytest.MonkeyPatch) -> None:
    async with wire_server(answer()) as proxy:
        monkeypatch.setenv("http_proxy", proxy_of(proxy))
        assert await read(FAR, Network()) == "x^2"


async def test_the_proxy_that_was_set_counts_before_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", NOWHERE)
    async with wire_server(answer()) as proxy:
        assert await read(FAR, Network(proxy=proxy_of(proxy))) == "x^2"


async def test_direct_means_without_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    async with wire_server(answer()) as proxy:
        monkeypatch.setenv("http_proxy", proxy_of(proxy))
        error = await failure("http://no-such-host.invalid/v1", Network(proxy=DIRECT))
    assert error.fault is Fault.UNREACHABLE
    assert proxy.requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_this_machine_is_never_asked_through_a_proxy(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", NOWHERE)
    async with wire_server(answer()) as wire:
        assert await read(f"http://{host}:{wire.port}/v1", Network(proxy=NOWHERE)) == "x^2"


async def test_a_proxy_that_does_not_answer_is_told() -> None:
    error = await failure(FAR, Network(proxy=NOWHERE))
    assert error.fault is Fault.UNREACHABLE
    assert "The proxy on the way to api.far.example does not answer" in error.message
    assert error.remedy.action is RemedyAction.OPEN_NETWORK_SETTINGS


async def test_a_proxy_of_the_environment_that_does_not_answer_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", NOWHERE)
    error = await failure(FAR.replace("http:", "https:"), Network())
    assert "The proxy on the way" in error.message


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_asks_for_a_password_is_told(scheme: str) -> None:
    async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    proxy = await asyncio.start_server(ask, "127.0.0.1", 0)
    async with proxy:
        port = proxy.sockets[0].getsockname()[1]
        error = await failure(FAR.replace("http", scheme), Network(proxy=f"http://127.0.0.1:{port}"))
    assert "asks for a user name and password" in error.message
    assert error.remedy.action is RemedyAction.OPEN_NETWORK_SETTINGS


@asynccontextmanager
async def socks_server(target_port: int) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A SOCKS5 proxy (https://www.rfc-editor.org/rfc/rfc1928) that leads everywhere to one port."""
    asked: list[bytes] = []
    served: list[asyncio.Task[None]] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        served.append(task)
        greeting = await reader.readexactly(2)
        await reader.readexactly(greeting[1])
        writer.write(b"\x05\x00")
        head = await reader.readexactly(5)
        asked.append(await reader.readexactly(head[4]))
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target_port)
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"socks5h://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()
        await asyncio.gather(*served, return_exceptions=True)


async def test_a_socks_proxy_resolves_the_name_itself() -> None:
    async with wire_server(answer()) as wire, socks_server(wire.port) as (proxy, asked):
        assert await read("http://only-the-proxy-knows.example/v1", Network(proxy=proxy)) == "x^2"
    assert asked == [b"only-the-proxy-knows.example"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of nobody's, with its key, for `localhost`."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    key = path.with_suffix(".key")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-out", str(path), "-keyout", str(key)]
    subprocess.run(command, check=True, capture_output=True)
    return path


@asynccontextmanager
async def tls_server(certificate: Path) -> AsyncIterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    async with wire_server(answer(), tls=context) as wire:
        yield f"https://localhost:{wire.port}/v1"


async def test_a_certificate_of_the_users_own_file_is_trusted(certificate: Path) -> None:
    async with tls_server(certificate) as base_url:
        assert await read(base_url, Network(ca_file=str(certificate))) == "x^2"


async def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    async with tls_server(certificate) as base_url:
        error = await failure(base_url, Network())
    assert error.fault is Fault.UNREACHABLE
    assert "signed by nobody but itself" in error.message
    assert error.remedy.action is RemedyAction.CHOOSE_CA_FILE
    assert "http://" not in error.remedy.text


@pytest.mark.parametrize("content", [None, b"no certificate"])
async def test_a_file_without_certificates_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    error = await failure(FAR, Network(ca_file=str(path)))
    assert "file with certificates" in error.message
    assert str(tmp_path) not in error.message


async def test_the_users_headers_go_along() -> None:
    headers = (("HTTP-Referer", "https://me.example"), ("X-Title", "WriteTex"))
    async with wire_server(answer()) as wire:
        await read(wire.base_url, Network(headers=headers))
    (request,) = wire.requests
    assert request.headers["http-referer"] == "https://me.example"
    assert request.headers["x-title"] == "WriteTex"
    assert request.headers["authorization"] == "Bearer sk-x"


async def test_the_users_patience_counts() -> None:
    async with wire_server(Reply((Wait(),))) as wire:
        error = await failure(wire.base_url, Network(first_byte_s=0.1))
        assert error.fault is Fault.TIMEOUT
        assert "begin" in error.message
        error = await failure(wire.base_url, Network(total_s=0.2))
    assert error.fault is Fault.TIMEOUT


def test_without_settings_a_local_server_has_time_to_load_its_model() -> None:
    near = Timeouts.of(Endpoint(NEAR, Secret(""), "m"))
    assert near.first_byte_of(NEAR) > near.first_byte_of(FAR)
    both = Timeouts.of(Endpoint(NEAR, Secret(""), "m", Network(connect_s=1, first_byte_s=2, total_s=3)))
    assert (both.connect, both.first_byte_of(NEAR), both.first_byte_of(FAR), both.total) == (1, 2, 2, 3)
