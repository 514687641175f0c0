"""The HTTP client under the SDK: what it sends along, whom it trusts, how long it waits.

httpx2 is imported when the first client is opened, in a worker thread, never before.
"""

import socket
import ssl
import sys
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from writetex_desktop import __version__
from writetex_desktop.adapters.endpoint.body_limits import bound
from writetex_desktop.adapters.endpoint.trust import chain_of, narrower, trust_of
from writetex_desktop.core.endpoints.endpoint import Endpoint, is_local, is_loopback, request_url
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.network import DIRECT

if TYPE_CHECKING:
    import httpx2

KEEP_ALIVE_S = 120.0
"""How long an idle connection is kept, so that the next snip needs no handshake."""

NO_KEY = "no-key"
"""What is sent where a server asks for no key; several want the header all the same."""

MOST_BYTES = 32 * 1024 * 1024
"""What is read of one response; the SDK holds an event in memory until it is whole, however long."""

_NO_WAY = frozenset((Trouble.REFUSED, Trouble.UNKNOWN_NAME, Trouble.CONNECT_TIMEOUT, Trouble.OTHER))
"""What is wrong with the proxy where there is one, for nothing else is connected to."""

_ANYIO_BACKEND = "anyio._backends._asyncio"

_FORM = "multipart/form-data"
_COMPUTED_HEADERS = frozenset(("connection", "content-length", "transfer-encoding"))


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long is waited, in seconds.

    Attributes:
        connect: For a connection.
        first_byte: For the first sign of an answer.
        first_byte_local: The same on the own machine or network, where a model may have to be loaded first.
        idle: Between two pieces of an answer.
        after_end: For the token count, once the model has said that the answer is over.
        total: For all of it.
    """

    connect: float = 6.0
    first_byte: float = 25.0
    first_byte_local: float = 60.0
    idle: float = 20.0
    after_end: float = 2.0
    total: float = 90.0

    @classmethod
    def of(cls, endpoint: Endpoint) -> "Timeouts":
        """Give the waits that an endpoint's network settings ask for."""
        network = endpoint.network
        if not network.first_byte_s:
            return cls(connect=network.connect_s, total=network.total_s)
        return cls(
            connect=network.connect_s,
            first_byte=network.first_byte_s,
            first_byte_local=network.first_byte_s,
            total=network.total_s,
        )

    def first_byte_of(self, base_url: str) -> float:
        """Give the wait for the first sign of an answer from a server."""
        return self.first_byte_local if is_local(base_url) else self.first_byte


def open_transport(
    endpoint: Endpoint, timeouts: Timeouts, most_bytes: int = MOST_BYTES
) -> "httpx2.AsyncClient":
    """Make the HTTP client for an endpoint. Takes some 0.1 s the first time; call it in a worker thread.

    Redirections are not followed: they would turn POST into GET, lose the key, or give it to a stranger. A
    server on this machine is asked directly, whatever proxy is set, and one on the own network whatever proxy
    the environment names. What is sent beside the body is what stands in `_headers`, whatever `OPENAI_*`
    variables ask the SDK to add.

    Args:
        endpoint: Whom it asks.
        timeouts: How long is waited for a connection and for the first byte.
        most_bytes: What is read of one response.

    Raises:
        EndpointError: The proxy cannot be used, or the file with certificates cannot.
    """
    import anyio  # noqa: PLC0415  # 0.3 s with the next: not before they are needed
    import httpx2  # noqa: PLC0415

    if _ANYIO_BACKEND not in sys.modules:
        # httpx2 runs on anyio, which would load its backend, 0.1 s, on the event loop at the first request.
        anyio.run(anyio.sleep, 0)
    headers = _headers(endpoint)
    # The SDK can only add to a base URL; one that ends in `#` is the address itself.
    verbatim = request_url(endpoint.base_url) if endpoint.base_url.endswith("#") else ""

    async def send_only_ours(request: httpx2.Request) -> None:  # hooks are awaited
        if verbatim and request.url.path.endswith("/chat/completions"):
            request.url = httpx2.URL(verbatim)
        kind = request.headers.get("content-type", "")
        for name in request.headers.keys() - _COMPUTED_HEADERS:
            del request.headers[name]
        # The boundary between the parts of a form stands in its header.
        form = {"content-type": kind} if kind.startswith(_FORM) else {}
        request.headers.update({"host": request.url.netloc.decode("ascii"), **headers, **form})

    async def read_so_much(response: httpx2.Response) -> None:
        bound(response, most_bytes)

    proxy, from_environment = way_of(endpoint)
    trusted = trust_of(endpoint, is_plain=_is_plain(endpoint))
    try:
        return httpx2.AsyncClient(
            follow_redirects=False,
            proxy=proxy,
            trust_env=from_environment,
            verify=trusted,
            event_hooks={"request": [send_only_ours], "response": [read_so_much]},
            limits=httpx2.Limits(max_connections=8, keepalive_expiry=KEEP_ALIVE_S),
            timeout=httpx2.Timeout(timeouts.first_byte_of(endpoint.base_url), connect=timeouts.connect),
        )
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        # Of what the client is made of, only a proxy can be wrong: a SOCKS one needs a package of its own.
        raise explain_trouble(Trouble.PROXY, endpoint.base_url) from error


def way_of(endpoint: Endpoint) -> tuple[str | None, bool]:
    """Give the proxy to an endpoint, and whether the environment may name one."""
    chosen = endpoint.network.proxy
    if chosen == DIRECT or is_loopback(endpoint.base_url):
        return None, False
    if chosen:
        return chosen, False
    return None, not is_local(endpoint.base_url)


def has_proxy(endpoint: Endpoint) -> bool:
    """Say whether connections for an endpoint are made to a proxy."""
    proxy, from_environment = way_of(endpoint)
    parts = urlsplit(endpoint.base_url)
    if proxy is None and from_environment and not urllib.request.proxy_bypass(parts.netloc):
        proxies = urllib.request.getproxies()
        proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy is not None


def _is_plain(endpoint: Endpoint) -> bool:
    """Say whether nothing will be encrypted on the way."""
    return endpoint.base_url.startswith("http://") and way_of(endpoint) == (None, False)


def split_query(base_url: str) -> tuple[str, dict[str, str]]:
    """Take the query (`api-version=...`) off a base URL, for it belongs behind the path of each request."""
    parts = urlsplit(base_url)
    return parts._replace(query="").geturl(), dict(parse_qsl(parts.query))


def wire_errors() -> tuple[type[Exception], ...]:
    """Give the exceptions that httpx2 and Python's own network code raise; httpx2 must be loaded by now."""
    import httpx2  # noqa: PLC0415  # loaded with the client

    return (
        httpx2.HTTPError,
        httpx2.InvalidURL,
        httpx2.CookieConflict,
        httpx2.StreamError,
        OSError,
        ValueError,
        RecursionError,
    )


def trouble_of(error: BaseException, endpoint: Endpoint, *, began: bool) -> Trouble:
    """Find out what a failure of the network was, from the error and all that caused it.

    Args:
        error: What was raised.
        endpoint: Who was asked.
        began: Whether part of the answer had arrived.
    """
    import httpx2  # noqa: PLC0415  # loaded with the client

    table: tuple[tuple[type[BaseException], Trouble], ...] = (
        (UnicodeEncodeError, Trouble.BAD_HEADER),
        (httpx2.LocalProtocolError, Trouble.BAD_HEADER),
        (httpx2.UnsupportedProtocol, Trouble.BAD_URL),
        (httpx2.InvalidURL, Trouble.BAD_URL),
        (httpx2.ProxyError, Trouble.PROXY),
        (socket.gaierror, Trouble.UNKNOWN_NAME),
        (ssl.SSLError, Trouble.INSECURE),
        (ConnectionRefusedError, Trouble.REFUSED),
        (httpx2.ConnectTimeout, Trouble.CONNECT_TIMEOUT),
        (httpx2.PoolTimeout, Trouble.CONNECT_TIMEOUT),
        (httpx2.TimeoutException, Trouble.IDLE_TIMEOUT if began else Trouble.FIRST_BYTE_TIMEOUT),
        (httpx2.ConnectError, Trouble.OTHER),
        (httpx2.TransportError, Trouble.CUT),
        (httpx2.StreamError, Trouble.CUT),
        (httpx2.HTTPError, Trouble.GARBLED),
        (httpx2.CookieConflict, Trouble.GARBLED),
        (ConnectionError, Trouble.CUT),
        (ValueError, Trouble.GARBLED),
        (RecursionError, Trouble.GARBLED),
    )
    chain = tuple(chain_of(error))
    for kind, trouble in table:
        for link in chain:
            if isinstance(link, kind):
                found = narrower(trouble, link, chain)
                return Trouble.PROXY_DOWN if found in _NO_WAY and has_proxy(endpoint) else found
    return Trouble.OTHER


def _headers(endpoint: Endpoint) -> dict[str, str]:
    key = endpoint.key.reveal() or NO_KEY
    headers = {
        "accept": "text/event-stream, application/json",
        "accept-encoding": "identity",
        "content-type": "application/json",
        "user-agent": f"WriteTex-Desktop/{__version__}",
        **{name.lower(): value for name, value in endpoint.network.headers},
    }
    if "api-version=" in urlsplit(endpoint.base_url).query:
        return {**headers, "api-key": key}  # the older Azure interface does not take a key as a bearer token
    return {**headers, "authorization": f"Bearer {key}"}
