"""Small questions to an endpoint over the same HTTP client as recognition: same key, proxy and trust."""

import asyncio
import json

from writetex_desktop import __version__
from writetex_desktop.adapters.endpoint.body_limits import bound
from writetex_desktop.adapters.endpoint.transport import Timeouts, open_transport, trouble_of, wire_errors
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.origin import is_same_origin
from writetex_desktop.core.endpoints.probe import ProbeReply, Status
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret

MAX_BYTES = 8 * 1024 * 1024
"""No list of models is longer; the longest known, of OpenRouter, has about half a megabyte."""


class HttpProbe:
    """See `ports.EndpointProbe`."""

    async def get(self, endpoint: Endpoint, url: str, *, timeout_s: float) -> ProbeReply:
        """See `ports.EndpointProbe.get`."""
        if not is_same_origin(url, endpoint.base_url):  # the key goes along
            raise explain_trouble(Trouble.BAD_URL, endpoint.base_url)
        # The whole wait has one limit here, so the steps on the way need none of their own.
        timeouts = Timeouts(connect=timeout_s, first_byte=timeout_s, first_byte_local=timeout_s)
        client = await asyncio.to_thread(open_transport, endpoint, timeouts)
        try:
            async with asyncio.timeout(timeout_s), client, client.stream("GET", url) as response:
                body = bytearray()
                async for piece in response.aiter_bytes():
                    body += piece
                    if len(body) > MAX_BYTES:
                        raise explain_trouble(Trouble.GARBLED, endpoint.base_url)
        except TimeoutError as error:
            raise explain_trouble(Trouble.FIRST_BYTE_TIMEOUT, endpoint.base_url) from error
        except wire_errors() as error:
            raise explain_trouble(trouble_of(error, endpoint, began=False), endpoint.base_url) from error
        return ProbeReply(response.status_code, _parsed(bytes(body)))


async def fetch_page(url: str, *, timeout_s: float = 20.0) -> bytes:
    """Give what stands at an address, which the user named; without any key, and without following others.

    Args:
        url: Begins with http:// or https://.
        timeout_s: The longest wait for all of it.

    Raises:
        EndpointError: Nothing came, more than fits a list, or it says to look elsewhere.
    """
    import httpx2  # noqa: PLC0415  # not before it is needed

    headers = {"user-agent": f"WriteTex-Desktop/{__version__}", "accept-encoding": "identity"}
    try:
        async with (
            asyncio.timeout(timeout_s),
            httpx2.AsyncClient(follow_redirects=False, headers=headers) as client,
            client.stream("GET", url) as response,
        ):
            bound(response, MAX_BYTES)
            body = await response.aread()
    except TimeoutError as error:
        raise explain_trouble(Trouble.FIRST_BYTE_TIMEOUT, url) from error
    except wire_errors() as error:
        place = Endpoint(url, Secret(""), "")
        raise explain_trouble(trouble_of(error, place, began=False), url) from error
    if response.status_code != Status.OK:
        raise EndpointError(
            tr("There is no list at this address (status {status_code}).", status_code=response.status_code),
            tr("Check the address in a browser, and name the one that it leads to."),
            fault=Fault.WRONG_PATH,
        )
    return body


def _parsed(body: bytes) -> object | None:
    try:
        document: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document
