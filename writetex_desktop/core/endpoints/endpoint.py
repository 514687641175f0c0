"""The three fields: base URL, API key, model ID; and how forgiving we are about them."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit, urlunsplit

from writetex_desktop.core.endpoints.hosts import HostRule, host_rule
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.secret import Secret


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes.

    Attributes:
        base_url: Normalised by `normalise_base_url`; requests go to `{base_url}/chat/completions`.
        key: The API key; empty for servers on the own machine that ask for none.
        model: Model ID, verbatim.
        network: How it is reached.
    """

    base_url: str
    key: Secret
    model: str
    network: Network = field(default_factory=Network)


_AZURE = (".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_QUOTES = "\"'`<>,;“”‘’«»„"
_LOCAL_NAME = re.compile(r"[^.]+|.*\.(?:local|lan|internal|home\.arpa|localhost)", re.IGNORECASE)
_CALL = re.compile(
    r"/(?:chat/completions|completions|responses|messages|embeddings|models|images/generations)(?:/.*)?\Z",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?:^|/)v\d+[a-z]*\d*(?:/|\Z)", re.IGNORECASE)
_TWICE = re.compile(r"(/v\d+[a-z]*)(?:\1)+\Z")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"(?:export\s+)?\w*(?:base_?url|api_?base|endpoint)\s*[=:]\s*", re.IGNORECASE)
_KEY_PREFIX = re.compile(
    r"(?:authorization\s*:\s*)?bearer\s+|(?:export\s+)?\w*api_?key\s*[=:]\s*", re.IGNORECASE
)
_VAGUE = frozenset((
    "gpt", "chatgpt", "openai", "claude", "anthropic", "gemini", "google", "qwen", "deepseek", "grok",
    "mistral", "llama", "glm", "hunyuan", "doubao",
))  # fmt: skip
"""Names of families, which no service takes for a model ID."""


def normalise_base_url(text: str) -> str:
    """Make a base URL of what was typed or pasted into the field.

    Adds what is missing (the scheme, `/v1` or the path the service is known for), takes away what is too
    much (blanks, quotes, `/chat/completions`, user name and password, the query but for `api-version`). A `#`
    at the end means that the address is used as it stands.

    Args:
        text: As typed; both `https://host` and `https://host/v1` are right.

    Returns:
        The base URL without a slash at its end. Normalising it again changes nothing, but where a `#` was:
        keep what was typed, and normalise it once.

    Raises:
        EndpointError: It is no address, `Fault.BAD_URL`.
    """
    text = _ASSIGNMENT.sub("", _plain(text), count=1).strip(_QUOTES + " ")
    if not text:
        raise _bad_url("The base URL is empty.")
    pinned = text.endswith("#")
    text = text.rstrip("#").strip()
    if not _SCHEME.match(text):
        host = _host(_split(f"//{text}"))
        text = f"{'http' if _is_local_host(host) else 'https'}://{text}"
    parts = _split(text)
    host = _host(parts)
    if parts.scheme not in {"http", "https"} or not host or re.search(r"\s", text):
        raise _bad_url("The base URL is not a web address.")
    rule = host_rule(host)
    secured = not _is_local_host(host) and (rule is not None or host.startswith("api."))
    scheme = "https" if secured else parts.scheme
    netloc = parts.netloc.rpartition("@")[2].lower()
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    if pinned:
        return urlunsplit((scheme, netloc, path, parts.query, ""))
    path = _without_call(path)
    query = parts.query if "api-version" in parts.query else ""
    if host.endswith(_AZURE):
        if "/openai/deployments/" in path:
            return urlunsplit((scheme, netloc, path, query, ""))
        return urlunsplit((scheme, netloc, "/openai/v1", "", ""))
    return urlunsplit((scheme, netloc, _canonical(path, rule), query, ""))


def request_url(base_url: str) -> str:
    """Give the address that requests are posted to.

    Args:
        base_url: As `normalise_base_url` gave it; a query stays at the end.
    """
    parts = urlsplit(base_url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/chat/completions"))


def is_local(base_url: str) -> bool:
    """Say whether an endpoint stands on the own machine or in the own network, where no key is the rule.

    Args:
        base_url: As `normalise_base_url` gave it.
    """
    return _is_local_host(_host(_split(base_url)))


def is_loopback(base_url: str) -> bool:
    """Say whether an endpoint stands on the own machine.

    Args:
        base_url: As `normalise_base_url` gave it.
    """
    host = _host(_split(base_url))
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
    key = _INVISIBLE.sub("", text).strip().strip(_QUOTES).strip()
    key = _KEY_PREFIX.sub("", key, count=1).strip().strip(_QUOTES).strip()
    key = re.sub(r"[\r\n]+\s*", "", key)
    if not re.fullmatch(r"[!-~]*", key):
        raise EndpointError(
            "The API key holds a blank or a character that no key has, such as a typographic dash or quote.",
            Remedy(
                "Copy the key again from the provider's own page and paste it.",
                RemedyAction.OPEN_ENDPOINT_SETTINGS,
            ),
            fault=Fault.BAD_KEY,
        )
    return Secret(key)


def clean_model(text: str) -> str:
    """Make a model ID of what was pasted: without invisible characters, blanks and quotes round it."""
    return _INVISIBLE.sub("", text).strip().strip(_QUOTES).strip()


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
        warnings.append("The base URL held full-width characters; they are read as ordinary ones.")
    if text.strip().startswith(tuple(_QUOTES)):
        warnings.append("The base URL was pasted with quotes; they are left out.")
    if base_url.startswith("http://") and not is_local(base_url):
        warnings.append(
            "This address is not encrypted: others in the network can read your key and pictures."
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
    stripped = _INVISIBLE.sub("", text).strip()
    if _KEY_PREFIX.match(stripped.strip(_QUOTES)):
        warnings.append("The key was pasted with words before it, such as Bearer; they are left out.")
    if stripped.startswith(tuple(_QUOTES)) or stripped.endswith(tuple(_QUOTES)):
        warnings.append("The key was pasted with quotes; they are left out.")
    if _SCHEME.match(stripped):
        warnings.append("This looks like an address, not like a key.")
    return tuple(warnings)


def _model_warnings(text: str) -> tuple[str, ...]:
    model = clean_model(text)
    if not model:
        return ()
    warnings: list[str] = []
    if model.casefold() in _VAGUE:
        warnings.append("The model ID names a family; services want the whole ID, such as gpt-5-mini.")
    if re.search(r"\s", model):
        warnings.append(
            "The model ID holds a blank; use the ID from the provider's list, not the display name."
        )
    if text.strip() != model:
        warnings.append("The model ID was pasted with quotes; they are left out.")
    if not model.isascii():
        warnings.append("The model ID holds a full-width or other unusual character.")
    if _SCHEME.match(model):
        warnings.append("This looks like an address, not like a model ID.")
    return tuple(warnings)


def _plain(text: str) -> str:
    """Take away what cannot be seen and what was pasted round an address; make full-width signs ordinary."""
    text = _INVISIBLE.sub("", text).strip().strip(_QUOTES).strip()
    return "".join(
        chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else character for character in text
    ).replace("。", ".")


def _bad_url(message: str) -> EndpointError:
    return EndpointError(
        message,
        Remedy(
            "Enter an address such as https://api.openai.com/v1 or http://localhost:11434/v1.",
            RemedyAction.OPEN_ENDPOINT_SETTINGS,
        ),
        fault=Fault.BAD_URL,
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        # Reading the port is what checks it.
        _ = parts.port
    except ValueError as error:
        raise _bad_url("The base URL is not a web address.") from error
    return parts


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower()


def _is_local_host(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return bool(_LOCAL_NAME.fullmatch(host))
    return address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified


def _without_call(path: str) -> str:
    """Cut what belongs to a call, and a version that stands twice, until neither is left."""
    while (shorter := _TWICE.sub(r"\1", _CALL.sub("", path)).rstrip("/")) != path:
        path = shorter
    return path


def _canonical(path: str, rule: HostRule | None) -> str:
    if rule is not None:
        if rule.instead_of is None:
            return path if path.endswith("/" + rule.path.rpartition("/")[2]) else rule.path
        if path in rule.instead_of:
            return rule.path
    if _VERSION.search(path) or path.endswith(("/openai", "/inference")):
        return path
    return f"{path}/v1"
