"""The one address in what was typed or pasted: a sentence, a command, a line of a file.

What counts as the host is always written in the text, from end to end. Where that is in doubt (a user name
that looks like a host, letters of two scripts in one word, two addresses that could both be meant) nothing is
guessed. Every step looks at each sign a fixed number of times, so that a pasted file costs no time.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from writetex_desktop.core.endpoints.pasted.key_shape import holds_key, host_is_key, looks_like_key
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr

LONGEST = 2_048
"""Signs of an address; browsers and servers take no more."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Signs that are pasted along and cannot be seen."""

QUOTES = "\"'`<>,;“”‘’«»„*~|"
"""What is pasted round an address or a name."""

_SCHEMES = re.compile(
    r"(?<![A-Za-z0-9/@.+-])(?:h?t{1,3}ps?|hxxps?)"
    r"(?:\s?[:;]{1,2}\s?/+\s?|[:;]{1,2}(?=[A-Za-z0-9\[])|/{2,})"
    r"(?:https?(?:[:;]/*|/+))*",
    re.IGNORECASE,
)
"""The beginning of an address, also misspelt, torn apart or written twice."""

_TAIL = re.compile(rf"[^\s\"'`<>“”‘’«»„()|{{}},;\u3000-\u3003\u3008-\u3011]{{0,{LONGEST + 1}}}")
"""The rest of an address, up to what cannot be part of one."""

_WORD = re.compile(r"[^\s\"'`<>“”‘’«»„()|{},;=\u3000-\u3003\u3008-\u3011]+")
_SENTENCE_END = ".!?:*_~"
_LABEL = re.compile(r"(?:base|url|uri|host|endpoint|address|adresse|api|post|get|curl|地址)\b", re.IGNORECASE)
_API_PATH = re.compile(
    r"/(?:v\d+\w*|api|openai|inference|compatible-mode|chat|completions|deployments|compat)(?:/|\Z)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_TOP = re.compile(r"[A-Za-z]{2,18}|[xX][nN]--[A-Za-z0-9-]+")
"""What the last part of a public host is (https://data.iana.org/TLD/tlds-alpha-by-domain.txt)."""

_MODEL_ID = re.compile(
    r"(?:[\w.-]+/)?(?:gpt|chatgpt|o[134]|claude|gemini|gemma|qwen|qwq|qvq|grok|glm|llama|llava|mistral|pixtral|doubao|"
    r"hunyuan|deepseek|kimi|nemotron|phi|internvl|minicpm)[\w.-]*(?::[a-z][\w.-]*)?",
    re.IGNORECASE,
)
"""What families of models are called; none of them is a host without more than that."""

_VERSION_NAME = re.compile(r"v\d+\w*", re.IGNORECASE)
_BETWEEN_SIGNS = re.compile("(?<=[A-Za-z0-9-])。(?=[A-Za-z0-9-])")
_CONTINUED = re.compile(r"[\\^`]\r?\n")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts.

    Attributes:
        scheme: `http` or `https`; empty where none was written.
        netloc: Host and port in small letters, without user name and password.
        path: Without a slash at its end; empty or with one at its beginning.
        query: As written.
        mark: `#` or `/` where one stood at the end, each with a meaning of its own; else empty.
    """

    scheme: str
    netloc: str
    path: str
    query: str
    mark: str

    @property
    def host(self) -> str:
        """The host, an IPv6 address without its brackets."""
        return urlsplit(f"//{self.netloc}").hostname or ""

    @property
    def is_api(self) -> bool:
        """Whether it looks like that of an API rather than that of a page."""
        return bool(_API_PATH.search(self.path)) or self.host.startswith("api.") or ":" in self.netloc


def bad_url(message: str, remedy: str = "") -> EndpointError:
    """Make the error of a text that is no address; the message must not quote what may be a key."""
    usual = tr("Enter an address such as https://api.openai.com/v1 or http://localhost:11434/v1.")
    return EndpointError(
        message, Remedy(remedy or usual, RemedyAction.OPEN_ENDPOINT_SETTINGS), fault=Fault.BAD_URL
    )


def find_address(text: str) -> Address:
    """Find the address that a text means.

    Raises:
        EndpointError: There is none, it holds a key, or it is not clear which is meant; `Fault.BAD_URL`.
    """
    plain = ordinary(text)
    if not plain.strip(QUOTES + "# "):
        raise bad_url(tr("The base URL is empty."))
    found = _all_written(plain)
    if found:
        return _meant(found)
    if holds_key(plain) or looks_like_key(plain.strip(QUOTES + "# ")):
        raise _is_key()
    if "://" in plain or _SCHEMES.search(plain):
        raise bad_url(tr("The base URL is not a web address."))
    return _unschemed(plain)


def ordinary(text: str) -> str:
    """Take away what cannot be seen; make full-width signs, blanks of all kinds and slashes ordinary."""
    text = _CONTINUED.sub(" ", INVISIBLE.sub("", text))
    text = "".join(
        chr(ord(each) - 0xFEE0) if "\uff01" <= each <= "\uff5e" else " " if each.isspace() else each
        for each in text
    )
    text = _BETWEEN_SIGNS.sub(".", text).replace("。", " ")
    return text.replace('\\"', '"').replace("\\/", "/").replace("\\", "/").strip()


def is_local_host(host: str) -> bool:
    """Say whether a host stands on the own machine or in the own network."""
    address = _ip(host)
    if address is None:
        return "." not in host or host.endswith((".local", ".lan", ".internal", ".home.arpa", ".localhost"))
    return address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified


def _all_written(plain: str) -> list[Address]:
    """Read every address that begins with a scheme; one inside another is part of it.

    Raises:
        EndpointError: What follows a scheme cannot be an address.
    """
    found: list[Address] = []
    end = 0
    for start in _SCHEMES.finditer(plain):
        if start.start() < end:
            continue
        tail = _TAIL.match(plain, start.end())
        assert tail is not None  # the pattern takes nothing, too
        end = tail.end()
        if plain[end : end + 1] == "{":
            raise bad_url(
                tr("The base URL has a gap in braces."), tr("Put your own name in place of the braces.")
            )
        rest = tail[0] + _torn_off(plain, start, end)
        if not rest.strip("/#" + _SENTENCE_END):
            continue
        last = re.findall(r"h?t+ps?|hxxps?", start[0], re.IGNORECASE)[-1].lower()
        address = _parts("https" if last.endswith("s") else "http", rest)
        is_whole = "/" in start[0] and not re.search(r"\s", start[0])
        if is_whole or "." in address.host or address.host == "localhost":
            found.append(address)
    return found


def _torn_off(plain: str, start: re.Match[str], end: int) -> str:
    """Give the path that a blank tore off an address that stands alone."""
    more = plain[end : end + LONGEST]
    is_alone = start.start() == 0 and end + len(more) == len(plain)
    return more.strip() if is_alone and re.fullmatch(r" +/[\w./-]+", more) else ""


def _unschemed(plain: str) -> Address:
    words = _WORD.findall(plain)
    if len(words) == 1 or (len(words) == 2 and words[1].startswith("#")):  # noqa: PLR2004 - a mark after a blank
        word = "".join(words)
        try:
            found = _bare(word, is_alone=True)
        except EndpointError as error:
            raise (_is_model() if _MODEL_ID.fullmatch(word) else error) from error
        if found is None:
            raise (
                _is_model()
                if _MODEL_ID.fullmatch(word)
                else bad_url(tr("The base URL is not a web address."))
            )
        return found
    named = bool(_LABEL.search(plain[:LONGEST]))
    named_hosts = (word for word in words if re.search(r"[.:\[]|localhost", word))
    found_all = [each for word in named_hosts if (each := _bare(word, is_alone=False)) is not None]
    likely = [each for each in found_all if each.is_api or named]
    if not likely:
        raise bad_url(tr("The base URL is not a web address."))
    return _meant(likely)


def _bare(word: str, *, is_alone: bool) -> Address | None:
    """Read a word as an address without a scheme; None when it is none.

    A word without a dot is a host only with a port or the path of an API, or if it is this machine: names of
    models and keys look the same.
    """
    word = word.strip(QUOTES).lstrip(_SENTENCE_END)
    _, colon, rest = word.partition(":")
    if colon and rest and not rest[0].isdigit() and not word.startswith("["):
        word = rest
        if looks_like_key(word) or not word:
            return None
    if not word or "@" in word or len(word) > LONGEST:
        return None
    try:
        found = _parts("", word.lstrip("/"))
    except EndpointError:
        if is_alone:
            raise
        return None
    host = found.host
    if _ip(host) is not None or host == "localhost":
        return found
    has_port = ":" in found.netloc
    if "." not in host:
        is_host = has_port or (is_alone and bool(_API_PATH.match(found.path)))
        return found if is_host and not _VERSION_NAME.fullmatch(host) else None
    top = host.rpartition(".")[2]
    return found if has_port or _TOP.fullmatch(top) or not top.isascii() else None


def _parts(scheme: str, rest: str) -> Address:
    """Take an address apart, without its scheme.

    Raises:
        EndpointError: It is none, or holds what must not be in one.
    """
    if len(rest) > LONGEST:
        raise bad_url(tr("The base URL is longer than any address."))
    rest = rest.rstrip(_SENTENCE_END if "[" in rest else _SENTENCE_END + "]")
    mark = "#" if rest.endswith("#") else ""
    rest = rest.partition("#")[0].rstrip(_SENTENCE_END)
    parts = _split(f"//{rest.lstrip('/')}")
    user, at, netloc = parts.netloc.rpartition("@")
    words = (*user.split(":"), f"{netloc}{parts.path}")
    if any(map(looks_like_key, words)) or holds_key(f"{parts.path} {parts.query}"):
        raise _is_key()
    if at and ("." in user.partition(":")[0] or "@" in user):
        raise bad_url(tr("The base URL holds two addresses."), tr("Leave one of them."))
    place = _split(f"//{netloc}")
    port = place.port
    host = _checked((place.hostname or "").lower().rstrip("."), has_port=port is not None)
    path = re.match(r"[!-~]*", re.sub(r"/{2,}", "/", parts.path))
    assert path is not None
    bracketed = f"[{host}]" if ":" in host else host
    netloc = bracketed if port is None else f"{bracketed}:{port}"
    shown = path[0].rstrip("/" + _SENTENCE_END)
    if not mark and shown and "/" in path[0][len(shown) :]:
        mark = "/"
    return Address(scheme, netloc, shown, parts.query, mark)


def _checked(host: str, *, has_port: bool) -> str:
    """Give a host as it is, without what a sentence glued to its end.

    Raises:
        EndpointError: It is none.
    """
    if host_is_key(host, has_port=has_port):
        raise _is_key()
    if _ip(host) is not None:
        return host
    names = host.split(".")
    glued = re.fullmatch(r"([A-Za-z]{2,18})[^\x00-\x7f]+", names[-1])
    if glued and len(names) > 1:
        # No end of a host mixes Latin letters with others, so a sentence goes on here.
        names[-1] = glued[1]
    for name in names:
        if name.isascii() and not _NAME.fullmatch(name):
            raise bad_url(tr("The base URL is not a web address."))
        if not name.isascii() and not all(each.isalnum() or each == "-" for each in name):
            raise bad_url(tr("The base URL is not a web address."))
        if any(each in "0123456789abcdefghijklmnopqrstuvwxyz" for each in name) and re.search(
            "[\u0370-\u052f]", name
        ):
            raise bad_url(
                tr("The base URL has letters of two alphabets in one word, which look alike."),
                tr("Copy it from the provider's own page."),
            )
    if re.fullmatch(r"\d+|0x[0-9a-f]*|https?", names[-1]):
        # Some programs take 2130706433 or 127.1 for an address that nobody wrote; a scheme is no host.
        raise bad_url(tr("The base URL is not a web address."))
    return ".".join(names)


def _meant(found: list[Address]) -> Address:
    """Choose among the addresses of a text: the only one, or the only one that looks like that of an API.

    Raises:
        EndpointError: Several may be meant.
    """
    likely = [each for each in found if each.is_api] or found
    if len({(each.scheme, each.netloc) for each in likely}) > 1:
        raise bad_url(
            tr("Several addresses stand there."), tr("Leave the base URL of the API alone in the field.")
        )
    return likely[0]


def _ip(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        # Reading the port is what checks it.
        _ = parts.port
    except ValueError as error:
        raise bad_url(tr("The base URL is not a web address.")) from error
    return parts


def _is_key() -> EndpointError:
    return bad_url(
        tr("This looks like an API key, not like an address."),
        tr("Put the key into its own field, and an address such as https://api.openai.com/v1 here."),
    )


def _is_model() -> EndpointError:
    return bad_url(
        tr("This looks like the ID of a model, not like an address."),
        tr("Put it into its own field, and an address such as https://api.openai.com/v1 here."),
    )
