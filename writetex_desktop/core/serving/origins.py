"""Which hosts and which web pages a request may come from.

A page of the web can make a browser send requests to this machine. What keeps it off is that it must say
where it comes from (`Origin`, https://fetch.spec.whatwg.org/#origin-header), and that a name which somebody
has pointed at 127.0.0.1 (DNS rebinding) stands in `Host`.
"""

import re
from urllib.parse import urlsplit

from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr

LOOPBACK_NAMES = frozenset(("127.0.0.1", "localhost", "[::1]"))

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?\Z", re.ASCII)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*\Z", re.ASCII)

_PORTS = {"http": 80, "https": 443}


def is_own_host(host: str) -> bool:
    """Whether the value of a `Host` header names this machine by an address that nobody else can claim."""
    found = _HOST.match(host)
    return found is not None and found[1].lower() in LOOPBACK_NAMES


def normalise_origin(text: str) -> str:
    """Give an origin as browsers send it: scheme and host in small letters, no port that is the usual one.

    Raises:
        SettingsError: It is none.
    """
    wrong = SettingsError(
        tr("That is no origin of a web page."),
        tr("Give one such as https://example.org or app://obsidian.md."),
    )
    stripped = text.strip().rstrip("/")
    try:
        parts = urlsplit(stripped)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    is_bare = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    if (
        not (_SCHEME.match(scheme) and host and is_bare and host.isascii() and host.isprintable())
        or " " in host
    ):
        raise wrong
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}" + (f":{port}" if port is not None and port != _PORTS.get(scheme) else "")
