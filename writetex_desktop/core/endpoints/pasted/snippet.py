"""All three fields in one paste: a curl command, code, JSON, YAML, a `.env` file, lines of a guide."""

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

from writetex_desktop.core.endpoints.pasted.address import Address, find_address, ordinary
from writetex_desktop.core.endpoints.pasted.key_shape import looks_like_key
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.secret import Secret

MOST = 200_000
"""Signs that are looked at; a command with a picture in it has its names before the picture or behind it."""

_THREE_FIELDS = 3
_MOST_CANDIDATES = 50
"""Addresses that are looked at one by one; a request names two or three."""

_IS = r"[\"']?[ \t]*[:=][ \t]*[\"']?"
"""What stands between a name and its value in JSON, YAML, TOML, code and `.env` files."""

_VALUE = r"([^\s\"',;<>{}()|]{2,2048})"
_KEY = re.compile(
    rf"(?:(?:api|auth)[ _-]?(?:key|token)|clé(?: api)?|schlüssel|密钥|密鑰|令牌|secret|token){_IS}{_VALUE}",
    re.IGNORECASE,
)
_BEARER = re.compile(rf"(?:bearer[ \t]+|[?&]key=){_VALUE}", re.IGNORECASE)
_MODEL = re.compile(
    rf"(?:model(?:[ _-]?(?:id|name))?|modèle|modell|模型){_IS}{_VALUE}|--model[ =][\"']?{_VALUE}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"(?:base[ _-]?url|api[ _-]?(?:base|host|url)|url de base|endpoint|basis-?url|\bhost|地址){_IS}"
    r"([^\s\"'<>()|]{4,2048})",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s\"'`<>()|{},;]{3,2048}", re.IGNORECASE)
_WORD = re.compile(r"[^\s\"'`<>“”‘’«»„()|{},;=:]{6,2048}")
_DEPLOYMENT = re.compile(r"/openai/deployments/([^/?]+)")
_GAP = re.compile(r"\$|%|your|xxx|\*\*\*|\.\.\.|…|os\.|process\.|getenv|env[.(\[]|<", re.IGNORECASE)
"""What stands in place of a value that the reader shall fill in."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a paste says of the three fields; what it does not say is empty.

    Attributes:
        base_url: An address, without user name and query but for `api-version`.
        key: The API key.
        model: The model ID.
    """

    base_url: str
    key: Secret
    model: str


def read_snippet(text: str) -> Snippet | None:
    """Read settings out of what was pasted.

    Args:
        text: As pasted, into whichever field.

    Returns:
        What it says; None when it says not more than one thing, so that it is meant for its field.
    """
    # The backslashes of JSON in a shell are gone then, so that names and values stand as in a file.
    plain = ordinary(_ends(text).replace('\\\\"', '"'))
    address = _address(plain)
    key = _key(plain)
    model = _model(plain, address)
    if (address is not None) + bool(key) + bool(model) < 2:  # noqa: PLR2004 - more than one thing
        return None
    return Snippet("" if address is None else _written(address), Secret(key), model)


def _ends(text: str) -> str:
    """Give the beginning and the end of a long text."""
    return text if len(text) <= MOST else f"{text[: MOST // 2]} {text[-MOST // 2 :]}"


def _address(plain: str) -> Address | None:
    named = islice(_ADDRESS.finditer(plain), _MOST_CANDIDATES)
    written = islice(_URL.finditer(plain), _MOST_CANDIDATES)
    for match in named:
        address = _read(_without_query(match[1]))
        if address is not None:
            return address
    for match in written:
        address = _read(_without_query(match[0]))
        if address is not None and address.is_api:
            return address
    return _read(plain)


def _without_query(candidate: str) -> str:
    """Leave out a query, which may hold the key, but for the version that Azure wants."""
    return candidate.partition("?")[0] + _version(candidate)


def _version(candidate: str) -> str:
    found = re.search(r"[?&](api-version=[\w.-]+)", candidate)
    return f"?{found[1]}" if found else ""


def _read(text: str) -> Address | None:
    try:
        return find_address(text)
    except EndpointError:
        return None


def _written(address: Address) -> str:
    path = address.path if address.mark != "/" else f"{address.path}/"
    whole = urlunsplit((address.scheme, address.netloc, path, address.query, ""))
    return f"{whole.removeprefix('//')}{'#' if address.mark == '#' else ''}"


def _key(plain: str) -> str:
    named = (each.strip("/") for each in (*_BEARER.findall(plain), *_KEY.findall(plain)))
    shaped = (each for each in _WORD.findall(plain) if looks_like_key(each) and "/" not in each)
    found = (each for each in named if not _GAP.search(each) and each.lower() != "bearer")
    return next(found, "") or next((each for each in shaped if not _GAP.search(each)), "")


def _model(plain: str, address: Address | None) -> str:
    named = (first or second for first, second in _MODEL.findall(plain))
    found = next((each.rstrip("/") for each in named if not _GAP.search(each)), "")
    words = plain.split()
    if not found and address is not None and len(words) == _THREE_FIELDS:
        # The three fields as they stand, one after the other.
        rest = [each for each in words if not looks_like_key(each) and address.host not in each]
        found = rest[0] if len(rest) == 1 else ""
    if not found and address is not None:
        deployment = _DEPLOYMENT.search(urlsplit(f"//{address.netloc}{address.path}").path)
        found = deployment[1] if deployment else ""
    return found
