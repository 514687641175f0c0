"""The client of one endpoint: its requests, and the errors of the HTTP library made ours.

The library is imported in a worker thread: it takes a tenth of a second (docs/adr/0073).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from writetex_desktop.adapters.endpoint.transport import (
    MOST_BYTES,
    Timeouts,
    open_transport,
    split_query,
    trouble_of,
    wire_errors,
)
from writetex_desktop.core.endpoints.endpoint import Endpoint, request_url
from writetex_desktop.core.endpoints.failures.faults import WireFailure, explain
from writetex_desktop.core.endpoints.failures.trouble import explain_trouble
from writetex_desktop.core.endpoints.held import secrets_in
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.errors import EndpointError

if TYPE_CHECKING:
    import httpx2


class UnsentError(Exception):
    """A request found no answer; what kept it is the cause."""


class StatusError(Exception):
    """An answer has a status that says it is none.

    Attributes:
        response: The answer, read.
    """

    def __init__(self, response: "httpx2.Response") -> None:
        super().__init__(response.status_code)
        self.response = response


@dataclass(frozen=True, slots=True)
class EndpointClient:
    """Sends requests to one endpoint.

    Attributes:
        http: What sends them.
        base_url: What each path is put behind.
        query: What stands behind each path.
        errors: What its calls raise; also what is raised while the bytes of an answer are read.
    """

    http: "httpx2.AsyncClient"
    base_url: str
    query: Mapping[str, str]
    errors: tuple[type[Exception], ...]

    async def open(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        files: Sequence[tuple[str, tuple[str, BinaryIO, str]]] = (),
        query: Mapping[str, str | int] | None = None,
        waits: tuple[float, float] | None = None,
    ) -> "httpx2.Response":
        """Send a request; gives the answer before its bytes are read. Whoever takes it closes it.

        Args:
            method: Such as `POST`.
            path: Behind the base URL, from its slash on.
            body: The request as JSON, or with files the other fields of the form.
            files: The files of a form: its field, the name, the content and its type.
            query: What stands behind the path beside the endpoint's own.
            waits: Seconds for a connection, and for the next bytes; None for the client's.

        Raises:
            StatusError: The status says that it is no answer.
            UnsentError: There is no answer.
        """
        import httpx2  # noqa: PLC0415  # loaded with the client

        try:
            request = self.http.build_request(
                method,
                f"{self.base_url.rstrip('/')}{path}",
                params={**self.query, **(query or {})} or None,
                json=None if files else body,
                data=body if files else None,
                files=list(files) or None,
                timeout=httpx2.USE_CLIENT_DEFAULT
                if waits is None
                else httpx2.Timeout(waits[1], connect=waits[0]),
            )
            response = await self.http.send(request, stream=True)
        except Exception as error:  # whatever its layers raise: no bytes came
            raise UnsentError from error
        if not response.is_success:
            try:
                await response.aread()
            finally:
                await response.aclose()
            raise StatusError(response)
        return response

    async def ask(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        files: Sequence[tuple[str, tuple[str, BinaryIO, str]]] = (),
        query: Mapping[str, str | int] | None = None,
    ) -> object:
        """Send a request and read its answer; gives its JSON, whatever its shape, and None for no answer.

        Raises:
            StatusError: As for `open`.
            UnsentError: As for `open`.
            ValueError: It is no JSON.
        """
        response = await self.open(method, path, body=body, files=files, query=query)
        try:
            data = await response.aread()
        finally:
            await response.aclose()
        return response.json() if data.strip() else None

    async def aclose(self) -> None:
        """Close the connections."""
        await self.http.aclose()


def translate(
    error: Exception, endpoint: Endpoint, rules: WireRules = ORDINARY_WIRE, *, began: bool = False
) -> EndpointError:
    """Make our error of one that the client raised.

    Args:
        error: What was raised.
        endpoint: Whom we asked; its key is kept out of the message.
        rules: How this server tells of faults.
        began: Whether part of the answer had arrived.
    """
    if isinstance(error, StatusError):
        response = error.response
        failure = failure_of(response.status_code, response.text, dict(response.headers), endpoint)
        return explain(failure, rules.errors)
    return explain_trouble(trouble_of(error, endpoint, began=began), endpoint.base_url)


def open_client(endpoint: Endpoint, timeouts: Timeouts, most_bytes: int = MOST_BYTES) -> EndpointClient:
    """Load the HTTP library and make a client; runs in a worker thread.

    Args:
        endpoint: Whom it asks.
        timeouts: How long is waited.
        most_bytes: What is read of one response.

    Raises:
        EndpointError: The proxy cannot be used, or the file with certificates cannot.
    """
    http = open_transport(endpoint, timeouts, most_bytes)
    base_url, query = split_query(endpoint.base_url)
    return EndpointClient(http, base_url, query, (StatusError, UnsentError, *wire_errors()))


def failure_of(status: int, body: str, headers: Mapping[str, str], endpoint: Endpoint) -> WireFailure:
    """Make what `core.endpoints.failures.faults.explain` explains of a response that has just come."""
    return WireFailure(
        status=status,
        body=body,
        headers=headers,
        url=request_url(endpoint.base_url),
        model=endpoint.model,
        received_at=datetime.now().astimezone(),
        key=endpoint.key,
        hidden=tuple(secrets_in(endpoint.network)),
    )
