"""Network settings in two halves: what stands in the settings file, and what only the key store holds.

In the first half bullets stand for a value that is held elsewhere. They are also what the user sees; a field
in which they are left alone keeps its value.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import SplitResult, unquote, urlsplit

from writetex_desktop.core.endpoints.network import HELD, Network, is_telling
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret


@dataclass(frozen=True, slots=True)
class HeldValues:
    """The half that the key store holds.

    Attributes:
        headers: Values by the name of their header, in lower case.
        proxies: Passwords by the proxy that they are for, with its user.
    """

    headers: Mapping[str, Secret] = field(default_factory=dict)
    proxies: Mapping[str, Secret] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.headers or self.proxies)


def part(network: Network) -> tuple[Network, HeldValues]:
    """Take the values out that nobody else should see; bullets are left where they were."""
    headers: list[tuple[str, str]] = []
    values: dict[str, Secret] = {}
    for name, value in network.headers:
        if value and value != HELD and is_telling(name):
            values[name.lower()] = Secret(value)
            headers.append((name, HELD))
        else:
            headers.append((name, value))
    password = _password(network.proxy)
    if not password or password == HELD:
        return replace(network, headers=tuple(headers)), HeldValues(values)
    proxy = _with_password(network.proxy, HELD)
    taken = HeldValues(values, {_place(proxy): Secret(password)})
    return replace(network, headers=tuple(headers), proxy=proxy), taken


def still_held(network: Network, values: HeldValues) -> HeldValues:
    """Give those values that bullets of these settings stand for."""
    names = {name.lower() for name, value in network.headers if value == HELD}
    place = _place(network.proxy) if _password(network.proxy) == HELD else None
    return HeldValues(
        {name: value for name, value in values.headers.items() if name in names},
        {at: value for at, value in values.proxies.items() if at == place},
    )


def joined(network: Network, values: HeldValues) -> Network:
    """Put the values back, for the one who sends them.

    Raises:
        EndpointError: One is not there: it was saved for another address, or the key store lost it
            (`Fault.NOT_CONFIGURED`).
    """
    headers: list[tuple[str, str]] = []
    for name, value in network.headers:
        if value != HELD:
            headers.append((name, value))
        elif name.lower() in values.headers:
            headers.append((name, values.headers[name.lower()].reveal()))
        else:
            raise _missing(tr("The value of the header {name} is not known for this address.", name=name))
    proxy = network.proxy
    if _password(proxy) == HELD:
        if _place(proxy) not in values.proxies:
            raise _missing(tr("The password of the proxy is not known for this address."))
        proxy = _with_password(proxy, values.proxies[_place(proxy)].reveal())
    return replace(network, headers=tuple(headers), proxy=proxy)


def has_holes(network: Network) -> bool:
    """Whether bullets stand for a value that is held elsewhere."""
    return _password(network.proxy) == HELD or any(value == HELD for _name, value in network.headers)


def secrets_in(network: Network) -> tuple[Secret, ...]:
    """Give every value of joined settings that must not be seen, in each way that it may be written."""
    found = [value for name, value in network.headers if is_telling(name)]
    password = _password(network.proxy)
    found += [password, unquote(password)]
    return tuple(Secret(each) for each in dict.fromkeys(found) if each and each != HELD)


def write_held(values: HeldValues) -> Secret:
    """Write the values as one entry of the key store."""
    document = {
        "headers": {name: value.reveal() for name, value in values.headers.items()},
        "proxies": {place: value.reveal() for place, value in values.proxies.items()},
    }
    return Secret(json.dumps(document, ensure_ascii=False))


def read_held(entry: Secret) -> HeldValues:
    """Read what `write_held` wrote; nothing where it is something else."""
    try:
        document = json.loads(entry.reveal())
        return HeldValues(_secrets(document["headers"]), _secrets(document["proxies"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return HeldValues()


def _secrets(values: dict[str, object]) -> dict[str, Secret]:
    return {name: Secret(value) for name, value in values.items() if isinstance(value, str)}


def _parts(proxy: str) -> SplitResult:
    try:
        return urlsplit(proxy)
    except ValueError:
        return urlsplit("")


def _password(proxy: str) -> str:
    """Give the password as it is written in the address, or nothing."""
    user, at, _host = _parts(proxy).netloc.rpartition("@")
    return user.partition(":")[2] if at else ""


def _with_password(proxy: str, password: str) -> str:
    parts = _parts(proxy)
    user, _at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.partition(':')[0]}:{password}@{host}").geturl()


def _place(proxy: str) -> str:
    """Give the proxy without the password: scheme, user, host and port."""
    parts = _parts(proxy)
    user, _at, host = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{user.partition(':')[0]}@{host.lower()}"


def _missing(message: str) -> EndpointError:
    return EndpointError(
        message,
        Remedy(
            tr("Type it anew in the settings under Endpoint, Advanced."), RemedyAction.OPEN_ENDPOINT_SETTINGS
        ),
        fault=Fault.NOT_CONFIGURED,
    )
