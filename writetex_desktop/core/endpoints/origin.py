"""Whom a secret belongs to: the scheme, host and port that it was saved for, and nobody else.

Whatever names another address (an option, the environment, an edited profile, a fallback, a redirect, a list
of models, a file of a batch), the secrets stay behind.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from writetex_desktop.core.endpoints.endpoint import Endpoint, is_local
from writetex_desktop.core.endpoints.network import Network, is_telling
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
"""What a scheme means where no port is named (https://www.rfc-editor.org/rfc/rfc9110#section-4.2)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A scheme, a host and a port (https://www.rfc-editor.org/rfc/rfc6454#section-4).

    Attributes:
        scheme: In lower case.
        host: In lower case, an IPv6 address without brackets.
        port: The one that is meant where none is named.
    """

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS.get(self.scheme) else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def origin_of(url: str) -> Origin | None:
    """Give the origin of an address; None where it has none, so that it is nobody's.

    Args:
        url: As `normalise_base_url` gave it, or any other with a scheme.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
        host = parts.hostname
    except ValueError:
        return None
    return Origin(parts.scheme, host, port) if host and port else None


def is_same_origin(one: str, other: str) -> bool:
    """Whether a secret saved for one address may go to the other."""
    origin = origin_of(one)
    return origin is not None and origin == origin_of(other)


def network_towards(network: Network, saved_for: str, asked: str) -> Network:
    """Give what of a profile's network settings holds for an address: all of it at home, the waits elsewhere.

    Headers, proxy and certificates are left out by naming what stays, so that a setting that is added to
    `Network` later is left out as well.

    Args:
        network: The profile's.
        saved_for: The profile's own base URL.
        asked: Where the request goes.
    """
    if is_same_origin(saved_for, asked):
        return network
    return Network(connect_s=network.connect_s, first_byte_s=network.first_byte_s, total_s=network.total_s)


def with_client_for(network: Network, before: Network | None, base_url: str) -> Network:
    """Note for which origin a client certificate was chosen, where it was chosen just now.

    Args:
        network: The network settings as they shall be.
        before: As they were; None where there were none.
        base_url: The profile's, normalised; empty where there is none yet.
    """
    if not network.client_certificate:
        return replace(network, client_for="")
    chosen = (network.client_certificate, network.client_key)
    is_old = before is not None and chosen == (before.client_certificate, before.client_key)
    if is_old and before is not None and before.client_for:
        return replace(network, client_for=before.client_for)
    origin = origin_of(base_url)
    return replace(network, client_for=str(origin) if origin else "")


def refuse_strange_certificate(endpoint: Endpoint) -> None:
    """Stop before a client certificate is shown to a server that it was not chosen for.

    Raises:
        EndpointError: It would be (`Fault.NOT_CONFIGURED`).
    """
    network = endpoint.network
    strange = network.client_for and not is_same_origin(network.client_for, endpoint.base_url)
    if network.client_certificate and strange and endpoint.base_url:
        raise EndpointError(
            tr(
                "The client certificate was chosen for {client_for} and is not shown to others.",
                client_for=network.client_for,
            ),
            Remedy(
                tr("Choose it anew in the settings under Endpoint, Advanced, or take it away there."),
                RemedyAction.OPEN_ENDPOINT_SETTINGS,
            ),
            fault=Fault.NOT_CONFIGURED,
        )


def refuse_plain_http(endpoint: Endpoint) -> None:
    """Stop before a secret goes unencrypted over the public network.

    Raises:
        EndpointError: It would, and the profile does not allow it (`Fault.BAD_URL`).
    """
    plain = endpoint.base_url.startswith("http://") and not is_local(endpoint.base_url)
    telling = bool(endpoint.key) or any(is_telling(name) for name, _value in endpoint.network.headers)
    if plain and telling and not endpoint.network.plain_http:
        raise EndpointError(
            tr(
                "This address is not encrypted, so everybody on the way could read your key; it was not sent."
            ),
            Remedy(
                tr(
                    "Use an address that begins with https://, or allow this one in the "
                    "settings under Endpoint, "
                    "Advanced."
                ),
                RemedyAction.OPEN_ENDPOINT_SETTINGS,
            ),
            fault=Fault.BAD_URL,
        )
