"""Each thing that can be wrong with a secure connection has its sentence and its remedy, and mTLS works.

The certificates are made by openssl; the servers are Python's and, for client certificates, ask for them.
"""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.endpoints.test_network import failure, read
from tests.integration.endpoints.wire_server import answer, wire_server
from writetex_desktop.core.endpoints.network import DIRECT, Network
from writetex_desktop.core.errors import Fault, RemedyAction


@dataclass(frozen=True, slots=True)
class Papers:
    """A folder of certificates with their keys beside them."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.pem"

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=self.folder)

    def own(self, name: str, subject: str, *, alternative: str = "DNS:localhost") -> None:
        """Make one that signs itself."""
        self.openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={subject}"),
            *("-addext", f"subjectAltName={alternative}", "-out", f"{name}.pem", "-keyout", f"{name}.key"),
        )

    def signed(self, name: str, subject: str, *, days: int = 2) -> None:
        """Make one that the CA signs."""
        self.openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={subject}", "-out", f"{name}.csr"),
            *("-keyout", f"{name}.key", "-addext", "subjectAltName=DNS:localhost"),
        )
        self.openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", str(days)),
            *("-copy_extensions", "copy", "-out", f"{name}.pem"),
        )


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    made = Papers(tmp_path_factory.mktemp("tls"))
    made.own("ca", "A CA of a company")
    made.own("own", "localhost")
    made.signed("expired", "localhost", days=-1)
    made.own("elsewhere", "elsewhere.example", alternative="DNS:elsewhere.example")
    made.signed("company", "localhost")
    made.signed("client", "me")
    both = made.path("client").read_text() + made.path("client").with_suffix(".key").read_text()
    made.path("client-with-key").write_text(both)
    made.openssl("rsa", "-aes128", "-passout", "pass:secret", "-in", "client.key", "-out", "locked.key")
    return made


@asynccontextmanager
async def server(papers: Papers, name: str, *, asks: bool = False) -> AsyncIterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.path(name), papers.path(name).with_suffix(".key"))
    if asks:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(papers.path("ca"))
    async with wire_server(answer(), tls=context) as wire:
        yield f"https://localhost:{wire.port}/v1"


@pytest.mark.parametrize(
    ("name", "trusts", "says", "action"),
    [
        ("expired", "ca", "not valid today", RemedyAction.RETRY),
        ("elsewhere", "elsewhere", "belongs to another host", RemedyAction.OPEN_ENDPOINT_SETTINGS),
        ("own", "", "signed by nobody but itself", RemedyAction.CHOOSE_CA_FILE),
        ("company", "", "does not trust", RemedyAction.CHOOSE_CA_FILE),
    ],
)
async def test_each_fault_of_a_certificate_is_told_apart(
    papers: Papers, name: str, trusts: str, says: str, action: RemedyAction
) -> None:
    network = Network(ca_file=str(papers.path(trusts)) if trusts else "")
    async with server(papers, name) as base_url:
        error = await failure(base_url, network)
    assert error.fault is Fault.UNREACHABLE
    assert says in error.message
    assert error.remedy.action is action
    assert "http://" not in error.remedy.text


async def test_a_server_of_a_company_is_reached_with_its_ca_file(papers: Papers) -> None:
    async with server(papers, "company") as base_url:
        assert await read(base_url, Network(ca_file=str(papers.path("ca")))) == "x^2"


@asynccontextmanager
async def strict_server(papers: Papers) -> AsyncIterator[str]:
    """A server of OpenSSL, which sends its alerts to the end; that of asyncio does not."""
    process = await asyncio.create_subprocess_exec(
        *("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "company.pem", "-key", "company.key"),
        *("-Verify", "1", "-CAfile", "ca.pem", "-verify_return_error", "-www"),
        cwd=papers.folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if line.startswith(b"ACCEPT"):
                break
        yield f"https://localhost:{line.decode().strip().rpartition(':')[2]}/v1"
    finally:
        process.kill()
        await process.communicate()


@pytest.mark.parametrize("name", ["", "own"])
async def test_a_server_that_wants_a_client_certificate_it_knows_says_so(papers: Papers, name: str) -> None:
    network = Network(
        ca_file=str(papers.path("ca")),
        client_certificate=str(papers.path(name)) if name else "",
        client_key=str(papers.path(name).with_suffix(".key")) if name else "",
    )
    async with strict_server(papers) as base_url:
        error = await failure(base_url, network)
    assert error.fault is Fault.UNREACHABLE
    assert "asks for a client certificate" in error.message
    assert error.remedy.action is RemedyAction.CHOOSE_CLIENT_CERTIFICATE


@pytest.mark.parametrize(("certificate", "key"), [("client.pem", "client.key"), ("client-with-key.pem", "")])
async def test_with_a_client_certificate_the_server_lets_in(
    papers: Papers, certificate: str, key: str
) -> None:
    network = Network(
        ca_file=str(papers.path("ca")),
        client_certificate=str(papers.folder / certificate),
        client_key=str(papers.folder / key) if key else "",
    )
    async with server(papers, "company", asks=True) as base_url:
        assert await read(base_url, network) == "x^2"


@pytest.mark.parametrize(
    ("certificate", "key"), [("nowhere.pem", ""), ("client.pem", ""), ("client.pem", "locked.key")]
)
async def test_a_client_certificate_that_cannot_be_used_is_told_without_its_name(
    papers: Papers, certificate: str, key: str
) -> None:
    network = Network(
        client_certificate=str(papers.folder / certificate),
        client_key=str(papers.folder / key) if key else "",
    )
    error = await failure("https://localhost:1/v1", network)
    assert "client certificate cannot be used" in error.message
    assert str(papers.folder) not in error.message + error.remedy.text


async def test_https_to_a_plain_server_and_plain_http_to_a_secure_one_are_told_apart(papers: Papers) -> None:
    async with wire_server(answer()) as wire:
        plain = await failure(wire.base_url.replace("http:", "https:"), Network(proxy=DIRECT))
    assert "without encryption" in plain.message
    async with server(papers, "own") as base_url:
        secure = await failure(base_url.replace("https:", "http:"), Network(proxy=DIRECT))
    assert secure.fault in {Fault.CUT, Fault.UNREACHABLE}
    assert "https" in secure.message + secure.remedy.text
