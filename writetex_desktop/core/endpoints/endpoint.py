"""The three fields: base URL, API key, model ID; and how forgiving we are about them."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from writetex_desktop.core.endpoints.hosts import complete_path, host_rule
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.pasted.address import (
    INVISIBLE,
    QUOTES,
    Address,
    find_address,
    is_local_host,
)
from writetex_desktop.core.endpoints.pasted.key_shape import holds_key, looks_like_key
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes.

    Attributes:
        base_url: Normalised by `normalise_base_url`; requests go to `{base_url}/chat/completions`.
        key: The API key; empty for servers on the own machine that ask for none.
        model: Model ID, verbatim.
        network: How it is reached.
        most_tokens: The most completion tokens that are asked for; 0 for what the server does.
    """

    base_url: str
    key: Secret
    model: str
    network: Network = field(default_factory=Network)
    most_tokens: int = 0


_CALL = re.compile(
    r"/(?:chat/completions|completions|responses|messages|embeddings|models|images/generations)(?:/.*)?\Z",
    re.IGNORECASE,
)
_POSTED = "/chat/completions"
_LONGEST_PATH = 1_000
"""Characters; a longer path is no service's, and taking it apart would cost the square of its length."""

_VERSION_AT_END = re.compile(r".*/v\d++[a-z]*+\d*+", re.IGNORECASE)
_TWICE = re.compile(r"(/v\d+[a-z]*)(?:\1)+\Z")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_KEY_PREFIX = re.compile(
    r"(?:authorization\s*:\s*)?bearer\s+|(?<!\w)(?:export\s+)?\w*api_?key\s*[=:]\s*", re.IGNORECASE
)
_VAGUE = frozenset((
    "gpt", "chatgpt", "openai", "claude", "anthropic", "gemini", "google", "qwen", "deepseek", "grok",
    "mistral", "llama", "glm", "hunyuan", "doubao",
))  # fmt: skip
"""Names of families, which no service takes for a model ID."""


def normalise_base_url(text: str) -> str:
    """Make a base URL of what was typed or pasted into the field.

    Adds what is missing (the scheme, `/v1` or the path the service is known for), takes away what is too
    much (words around it, quotes, `/chat/completions`, user name and password, the query but for
    `api-version`). Two signs at its end have the meaning that Cherry Studio gave them
    (https://docs.cherry-ai.com/pre-basic/providers): after a path with a slash no `/v1` is added, and an
    address with a `#` is the one that requests are posted to, as it stands.

    Args:
        text: As typed; both `https://host` and `https://host/v1` are right.

    Returns:
        The base URL. It ends with a slash or a `#` only where these have their meaning, so that normalising
        it again changes nothing.

    Raises:
        EndpointError: It is no address, or it is a key, `Fault.BAD_URL`.
    """
    address = find_address(text)
    host = address.host
    scheme = address.scheme or ("http" if is_local_host(host) else "https")
    if not is_local_host(host) and (host_rule(host) is not None or host.startswith("api.")):
        scheme = "https"
    path, mark = _path_of(address)
    query = address.query if address.mark == "#" else _version_alone(address.query)
    return f"{urlunsplit((scheme, address.netloc, path, query, ''))}{mark}"


def kept_base_url(text: str) -> str:
    """Give what is saved of the field: what was typed, as long as nothing in it may be a secret.

    Args:
        text: As typed or pasted.

    Returns:
        The text without blanks round it; the base URL alone where more than an address was pasted; empty
        where it holds a key.
    """
    text = text.strip()
    try:
        base_url = normalise_base_url(text)
    except EndpointError:
        return "" if holds_key(text) or looks_like_key(text) else text
    return base_url if re.search(r"[\s@?\"'=]", text) else text


def request_url(base_url: str) -> str:
    """Give the address that requests are posted to.

    Args:
        base_url: As `normalise_base_url` gave it; a query stays at the end.
    """
    if base_url.endswith("#"):
        return base_url[:-1]
    parts = urlsplit(base_url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}{_POSTED}"))


def api_url(base_url: str, call: str) -> str:
    """Give the address of another call than the one that pictures are posted to.

    Args:
        base_url: As `normalise_base_url` gave it; a query stays at the end.
        call: Such as `models`.
    """
    parts = urlsplit(base_url)
    return urlunsplit(parts._replace(path=f"{_without_call(parts.path.rstrip('/'))}/{call}"))


def is_local(base_url: str) -> bool:
    """Say whether an endpoint stands on the own machine or in the own network, where no key is the rule.

    Args:
        base_url: As `normalise_base_url` gave it.
    """
    return is_local_host((urlsplit(base_url).hostname or "").lower())


def is_loopback(base_url: str) -> bool:
    """Say whether an endpoint stands on the own machine.

    Args:
        base_url: As `normalise_base_url` gave it.
    """
    host = (urlsplit(base_url).hostname or "").lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def clean_key(text: str) -> Secret:
    """Make a key of what was pasted: without blanks, line ends, quotes, `Bearer` and invisible characters.

    Returns:
        The key; empty if nothing was there.

    Raises:
        EndpointError: It holds what no key holds, `Fault.BAD_KEY`; the message does not show it.
    """
    key = INVISIBLE.sub("", text).strip().strip(QUOTES).strip()
    key = _KEY_PREFIX.sub("", key, count=1).strip().strip(QUOTES).strip()
    key = re.sub(r"[\r\n]+\s*", "", key)
    if not re.fullmatch(r"[!-~]*", key):
        raise EndpointError(
            tr(
                "The API key holds a blank or a character that no key has, such as a "
                "typographic dash or quote."
            ),
            Remedy(
                tr("Copy the key again from the provider's own page and paste it."),
                RemedyAction.OPEN_ENDPOINT_SETTINGS,
            ),
            fault=Fault.BAD_KEY,
        )
    return Secret(key)


def clean_model(text: str) -> str:
    """Make a model ID of what was pasted: without invisible characters, blanks and quotes round it."""
    return INVISIBLE.sub("", text).strip().strip(QUOTES).strip()


def kept_model(text: str) -> str:
    """Give what is saved of the field of the model ID: `clean_model`, and nothing where it is a key."""
    model = clean_model(text)
    return "" if holds_key(model) else model


def endpoint_warnings(base_url: str, key: str, model: str) -> tuple[str, ...]:
    """Say what looks wrong about the three fields, before anything is sent.

    Args:
        base_url: As typed.
        key: As typed; no warning shows it.
        model: As typed.

    Returns:
        One sentence each; none if all is well or a field is empty.
    """
    return (*_base_url_warnings(base_url), *_key_warnings(key), *_model_warnings(model))


def _base_url_warnings(text: str) -> tuple[str, ...]:
    if not text.strip():
        return ()
    try:
        base_url = normalise_base_url(text)
    except EndpointError as error:
        return (error.message,)
    warnings: list[str] = []
    if any("\uff01" <= character <= "\uff5e" or character == "。" for character in text):
        warnings.append(tr("The base URL held full-width characters; they are read as ordinary ones."))
    if text.strip().startswith(tuple(QUOTES)):
        warnings.append(tr("The base URL was pasted with quotes; they are left out."))
    if base_url.startswith("http://") and not is_local(base_url):
        warnings.append(
            tr("This address is not encrypted: others in the network can read your key and pictures.")
        )
    return tuple(warnings)


def _key_warnings(text: str) -> tuple[str, ...]:
    if not text.strip():
        return ()
    try:
        clean_key(text)
    except EndpointError as error:
        return (error.message,)
    warnings: list[str] = []
    stripped = INVISIBLE.sub("", text).strip()
    if _KEY_PREFIX.match(stripped.strip(QUOTES)):
        warnings.append(tr("The key was pasted with words before it, such as Bearer; they are left out."))
    if stripped.startswith(tuple(QUOTES)) or stripped.endswith(tuple(QUOTES)):
        warnings.append(tr("The key was pasted with quotes; they are left out."))
    if _SCHEME.match(stripped):
        warnings.append(tr("This looks like an address, not like a key."))
    return tuple(warnings)


def _model_warnings(text: str) -> tuple[str, ...]:
    model = clean_model(text)
    if not model:
        return ()
    warnings: list[str] = []
    if model.casefold() in _VAGUE:
        warnings.append(tr("The model ID names a family; services want the whole ID, such as gpt-6-luna."))
    if re.search(r"\s", model):
        warnings.append(
            tr("The model ID holds a blank; use the ID from the provider's list, not the display name.")
        )
    if text.strip() != model:
        warnings.append(tr("The model ID was pasted with quotes; they are left out."))
    if not model.isascii():
        warnings.append(tr("The model ID holds a full-width or other unusual character."))
    if _SCHEME.match(model):
        warnings.append(tr("This looks like an address, not like a model ID."))
    if holds_key(model):
        warnings.append(tr("This looks like an API key, not like a model ID; it is not kept."))
    return tuple(warnings)


def _path_of(address: Address) -> tuple[str, str]:
    """Give the path of the base URL and the sign behind it."""
    port = urlsplit(f"//{address.netloc}").port
    bare = _without_call(address.path)
    if address.mark == "#":
        if not bare and address.path:
            return address.path, "#"
        if address.query or (bare == address.path and not _VERSION_AT_END.fullmatch(bare)):
            return address.path, "#"
        return bare, "" if complete_path(address.host, port, bare) == bare else "/"
    whole = complete_path(address.host, port, bare)
    if address.mark == "/" and bare and host_rule(address.host) is None:
        return bare, "" if whole == bare else "/"
    return whole, ""


def _version_alone(query: str) -> str:
    """Leave of a query what Azure's older interface needs, and nothing that could be a secret."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name == "api-version"])


def _without_call(path: str) -> str:
    """Cut what belongs to a call, and a version that stands twice, until neither is left."""
    if len(path) > _LONGEST_PATH:
        return path
    while (shorter := _TWICE.sub(r"\1", _CALL.sub("", path)).rstrip("/")) != path:
        path = shorter
    return path
