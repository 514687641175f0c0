"""How an endpoint is reached: by which proxy, trusting whom, with which headers, waiting how long."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr

DIRECT = "direct"
"""In place of a proxy: none, whatever the system says."""

_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What a header's name may hold (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)."""

_VALUE = re.compile(r"[\t -~]*")
_OURS = frozenset((
    "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host",
    "transfer-encoding",
))  # fmt: skip
"""Headers that the program sets itself."""

_HARMLESS = frozenset((
    "accept-language", "anthropic-beta", "anthropic-version", "http-referer", "openai-beta",
    "openai-organization", "openai-project", "origin", "referer", "user-agent", "x-client-name", "x-title",
))  # fmt: skip
"""Headers whose value may be seen by everybody; what a name of a gateway's own means nobody can know."""

HELD = "\u2022" * 6
"""What stands in place of a value that the key store holds, in the settings file as well as on the page."""


@dataclass(frozen=True, slots=True)
class Network:
    """How one endpoint is reached. A server on the own machine is always asked without a proxy.

    Attributes:
        proxy: `http://`, `https://`, `socks5://` or `socks5h://` URL; `DIRECT` for none; empty for what the
            system says.
        ca_file: A file with certificates (PEM) that are trusted beside those of the system; empty for none.
        headers: Names and values that are sent along; `HELD` for a value that the key store holds.
        connect_s: The longest wait for a connection, in seconds.
        client_certificate: A PEM file with the certificate by which the server knows this client, and its key
            unless that stands in a file of its own; empty for none.
        client_key: A PEM file with the key to it, without a password; empty where the certificate's has it.
        client_for: The origin that the client certificate was chosen for; empty where nobody noted it.
        first_byte_s: The longest wait for the first sign of an answer; 0 for the usual one, which is longer
            for servers that may have to load a model first.
        total_s: The longest wait for all of an answer.
        plain_http: Whether key and headers may go unencrypted to a host outside the own network.
    """

    proxy: str = field(default="", repr=False)
    ca_file: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    connect_s: float = 6.0
    first_byte_s: float = 0.0
    total_s: float = 90.0
    client_certificate: str = ""
    client_key: str = ""
    client_for: str = ""
    plain_http: bool = False


def normalise_proxy(text: str) -> str:
    """Make a proxy of what was typed: a missing scheme is `http`.

    Raises:
        SettingsError: It is no proxy.
    """
    text = text.strip()
    if not text or text.casefold() == DIRECT:
        return text.casefold()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", text):
        raise SettingsError(
            tr("This is no address of a proxy."),
            tr("Enter one such as http://proxy.example:3128 or socks5://127.0.0.1:1080, or leave it empty."),
        )
    return text.rstrip("/")


def parse_headers(text: str) -> tuple[tuple[str, str], ...]:
    """Read headers, one `Name: value` a line; blank lines are left out.

    Raises:
        SettingsError: Lines are no headers, or name one that the program sets itself; tells of all of them.
    """
    headers: list[tuple[str, str]] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not _NAME.fullmatch(name) or not (value == HELD or _VALUE.fullmatch(value)):
            problems.append(tr("Line {number} is not of the form Name: value.", number=number))
        elif name.lower() == "authorization":
            problems.append(
                tr("Line {number} holds the key, which belongs in the field of its own.", number=number)
            )
        elif name.lower() in _OURS:
            problems.append(
                tr("Line {number} sets {name}, which the program does itself.", number=number, name=name)
            )
        else:
            headers.append((name, value))
    if problems:
        raise SettingsError(" ".join(problems), tr("Correct these lines."))
    return tuple(headers)


def format_headers(headers: Iterable[tuple[str, str]]) -> str:
    """Write headers as `parse_headers` reads them."""
    return "\n".join(f"{name}: {value}" for name, value in headers)


def is_telling(name: str) -> bool:
    """Whether the value of a header is kept like a key: all are whose name is not known to be harmless."""
    return name.lower() not in _HARMLESS


def without_secrets(network: Network) -> Network:
    """Leave out what others must not see when settings are handed on: passwords and telling headers."""
    parts = urlsplit(network.proxy)
    proxy = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return replace(
        network, proxy=proxy, headers=tuple(each for each in network.headers if not is_telling(each[0]))
    )
