"""A closer look at a server that hangs up without a word: whether it speaks TLS or wants a certificate.

The event loop loses the alert by which a server says so, and a server of TLS closes a plain connection
mutely. So one connection more is made, in a thread, by which it shows.
"""

import asyncio
import socket
import ssl
from urllib.parse import urlsplit

from writetex_desktop.adapters.endpoint.transport import has_proxy
from writetex_desktop.adapters.endpoint.trust import narrower, trust_of
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.errors import EndpointError

_ALERT_S = 1.0
"""How long the alert of a server that has shaken hands is waited for."""

_MOST_S = 3.0
_MOST_PLAIN_S = 1.0
"""The same where plain HTTP is spoken: a server that does waits for the rest of what it cannot read."""


async def looked_closer(error: EndpointError, endpoint: Endpoint) -> EndpointError:
    """Say more of a connection that was closed before anything came, where a closer look shows more.

    Args:
        error: What is known so far.
        endpoint: Who hung up.
    """
    if has_proxy(endpoint):
        return error
    trouble = await asyncio.to_thread(_look, endpoint)
    return error if trouble is None else explain_trouble(trouble, endpoint.base_url)


def _look(endpoint: Endpoint) -> Trouble | None:
    """Shake hands with a server and see what it says; None where that is nothing."""
    parts = urlsplit(endpoint.base_url)
    is_plain = parts.scheme == "http"
    if not parts.hostname:
        return None
    patience_s = _MOST_PLAIN_S if is_plain else min(_MOST_S, endpoint.network.connect_s)
    try:
        address = (parts.hostname, parts.port or (80 if is_plain else 443))
        context = _anyone() if is_plain else trust_of(endpoint, is_plain=False)
        with (
            socket.create_connection(address, timeout=patience_s) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            if is_plain:
                return Trouble.TLS_WANTED
            secure.settimeout(_ALERT_S)
            secure.recv(1)
    except ssl.SSLError as error:
        found = narrower(Trouble.INSECURE, error, (error,))
        return found if found is Trouble.CERTIFICATE_WANTED and not is_plain else None
    except (OSError, ValueError, EndpointError):
        return None
    return None


def _anyone() -> ssl.SSLContext:
    """Trust anyone: nothing is sent, only whether TLS is spoken is of interest."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
