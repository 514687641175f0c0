"""The SDK of the OpenAI protocol: loaded late, told whom to trust, its errors made ours.

The SDK is imported in a worker thread: it takes more than a second (`shared/reference/providers.md` 6.2).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from writetex_desktop.adapters.endpoint.transport import (
    MOST_BYTES,
    NO_KEY,
    Timeouts,
    open_transport,
    split_query,
    trouble_of,
    wire_errors,
)
from writetex_desktop.core.endpoints.endpoint import Endpoint, request_url
from writetex_desktop.core.endpoints.failures.faults import WireFailure, explain
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.held import secrets_in
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.errors import EndpointError

if TYPE_CHECKING:
    import httpx2
    import openai


@dataclass(frozen=True, slots=True)
class Sdk:
    """The loaded SDK with a client for one endpoint."""

    client: "openai.AsyncOpenAI"
    stream_type: "type[openai.AsyncStream[object]]"
    errors: tuple[type[Exception], ...]

    def waits(self, connect_s: float, read_s: float) -> "httpx2.Timeout":
        """Give the waits of one request: for a connection, and for the next bytes."""
        import httpx2  # noqa: PLC0415  # loaded with the client

        return httpx2.Timeout(read_s, connect=connect_s)


def translate(
    error: Exception, endpoint: Endpoint, rules: WireRules = ORDINARY_WIRE, *, began: bool = False
) -> EndpointError:
    """Make our error of one that the SDK or the HTTP client raised.

    Args:
        error: What was raised.
        endpoint: Whom we asked; its key is kept out of the message.
        rules: How this server tells of faults.
        began: Whether part of the answer had arrived.
    """
    import openai  # noqa: PLC0415  # loaded with the client

    match error:
        case openai.APIStatusError():
            response = error.response
            failure = failure_of(error.status_code, response.text, dict(response.headers), endpoint)
            return explain(failure, rules.errors)
        case openai.APIConnectionError():
            return explain_trouble(trouble_of(error, endpoint, began=began), endpoint.base_url)
        case openai.APIError() if error.body is not None:
            failure = failure_of(200, json.dumps({"error": error.body}), {}, endpoint)
            return explain(failure, rules.errors)
        case openai.OpenAIError():
            return explain_trouble(Trouble.GARBLED, endpoint.base_url)
        case _:
            return explain_trouble(trouble_of(error, endpoint, began=began), endpoint.base_url)


def open_sdk(endpoint: Endpoint, timeouts: Timeouts, most_bytes: int = MOST_BYTES) -> Sdk:
    """Load the SDK and make a client; runs in a worker thread.

    Args:
        endpoint: Whom it asks.
        timeouts: How long is waited.
        most_bytes: What is read of one response.

    Raises:
        EndpointError: The proxy cannot be used, or the file with certificates cannot.
    """
    import openai  # noqa: PLC0415  # more than a second: not before it is needed

    transport = open_transport(endpoint, timeouts, most_bytes)
    base_url, query = split_query(endpoint.base_url)
    client = openai.AsyncOpenAI(
        api_key=endpoint.key.reveal() or NO_KEY,
        base_url=base_url,
        default_query=query,
        max_retries=0,  # the service retries, where the user can see it
        http_client=transport,
    )
    return Sdk(client, openai.AsyncStream[object], (openai.OpenAIError, *wire_errors()))


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
