"""What a server says when it fails: many shapes, read into one value."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from writetex_desktop.core.endpoints.failures.waits import body_wait, wait_in_words
from writetex_desktop.core.redaction import STARS, redact
from writetex_desktop.core.secret import Secret

QUOTE_LIMIT = 160
"""Characters of a server's own words that a message may hold."""

_TEXT_KEYS = (
    *("message", "msg", "detail", "error_msg", "errorMessage", "title", "Message", "error_description"),
    *("status_msg", "description", "errmsg", "errMsg", "faultstring"),
)
_CODE_KEYS = (
    *("code", "type", "status", "reason", "error_code", "Code", "errcode", "status_code", "error_type"),
)
_PARAMETER_KEYS = ("param", "parameter")
_NESTED_KEYS = (
    *("error", "errors", "detail", "details", "metadata", "message", "violations", "data", "result"),
    *(
        "response",
        "base_resp",
        "err",
        "fault",
        "Error",
        "ResponseMetadata",
        "Response",
        "cause",
        "innererror",
    ),
)
_INNER_KEYS = ("raw", "quotaId", "quotaMetric", "limit_type", "rate_limit_type")
"""Where a gateway puts what the server behind it said, as a string of JSON, and the names of limits."""
_KEY_SHAPED = re.compile(r"(?i)\bbearer\s+\S+|\b(?:sk|pk|gsk|xai|key|ghp|github_pat|AIza)[-_]?[\w*.-]{8,}")
_MOST_READ = 20_000
"""Characters of a server's words that are looked through for some to quote."""

_DEEPEST = 24
"""How far into a body is looked; no server wraps its words further."""


@dataclass(frozen=True, slots=True)
class WireBody:
    """An error body.

    Attributes:
        message: The server's own words, joined; may hold anything, shown only through `quotable`.
        inner: What a server behind this one said, unread; to be searched, never shown.
        codes: Codes, types, reasons and statuses, in lower case.
        parameter: The request parameter it names, as a dotted path; empty when it names none.
        status: The HTTP status that the body gives, or None.
        retry_delay_s: Seconds to wait that the body gives, or None.
        is_error: Whether it is JSON that tells of an error.
        is_page: Whether it is a web page.
    """

    message: str = field(default="", repr=False)
    inner: str = field(default="", repr=False)
    codes: frozenset[str] = frozenset()
    parameter: str = ""
    status: int | None = None
    retry_delay_s: float | None = None
    is_error: bool = False
    is_page: bool = False


def read_body(text: str, received_at: datetime | None = None) -> WireBody:
    """Read an error body.

    Understood are `{"error": {...}}`, a list of those, `{"error": "text"}`, `{"message": ...}`,
    `{"detail": "text"}`, `{"detail": [{"loc", "msg"}]}`, a bare JSON string, server-sent events, plain text
    and web pages.

    Args:
        text: The body.
        received_at: When it came, with a time zone; moments in it count from there.
    """
    head = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if head.startswith("<"):
        return WireBody(is_page=True)
    try:
        value = json.loads(_unframed(text))
    except (ValueError, RecursionError):
        message = text.strip()
        return WireBody(message=message, retry_delay_s=wait_in_words(message, received_at))
    parts = list(_walk(value))
    words = [word for part in parts for word in _strings(part, _TEXT_KEYS)]
    words += _bare_strings(value)
    codes = frozenset(
        str(part[key]).lower() for part in parts for key in _CODE_KEYS if _is_code(part.get(key))
    )
    numbers = [int(code) for code in codes if re.fullmatch(r"[1-5]\d\d", code, re.ASCII)]
    message = " ".join(dict.fromkeys(words))
    waits = (body_wait(part, received_at) for part in parts)
    wait_s = next((each for each in waits if each is not None), None)
    return WireBody(
        message=message,
        inner=" ".join(word for part in parts for word in _strings(part, _INNER_KEYS)),
        codes=codes,
        parameter=next(filter(None, map(_parameter, parts)), ""),
        status=max(numbers, default=None),
        retry_delay_s=wait_in_words(message, received_at) if wait_s is None else wait_s,
        is_error=bool(words or codes),
    )


def quotable(message: str, *secrets: Secret) -> str:
    """Make a server's words fit for a message: one short line without tags, keys and addresses.

    Args:
        message: What the server said.
        secrets: The key and whatever else was sent that must not appear.
    """
    if len(message) > _MOST_READ:  # cut at a blank, so that no half of a key is left
        message = message[:_MOST_READ].rpartition(" ")[0]
    plain = re.sub(r"<[^<>]*>|https?://\S+", " ", message)
    for secret in secrets:
        if secret:
            plain = plain.replace(secret.reveal(), "…")
    plain = redact(plain, (secret.reveal() for secret in secrets)).replace(STARS, "…")
    plain = " ".join(_KEY_SHAPED.sub("…", plain).split())
    if len(plain) > QUOTE_LIMIT:
        plain = plain[:QUOTE_LIMIT].rsplit(" ", 1)[0] + " …"
    return plain


def _unframed(text: str) -> str:
    """Give the data of a body that came as server-sent events; anything else as it is."""
    lines = text.lstrip("\ufeff \t\r\n").splitlines()
    if not lines or not re.match(r"(?:data|event|id|retry)\s*:|:", lines[0]):
        return text.lstrip("\ufeff")
    data = [line[5:].strip() for line in lines if line.startswith("data:")]
    return next((each for each in data if each.startswith(("{", "[", '"'))), " ".join(data))


def _walk(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value[:_DEEPEST]:
            yield from _walk(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _NESTED_KEYS:
            yield from _walk(value.get(key), depth + 1)


def _strings(part: Mapping[str, object], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        word = part.get(key)
        if isinstance(word, str) and word.strip():
            yield word.strip()


def _bare_strings(value: object) -> list[str]:
    """The words of `"text"` and `{"error": "text"}`."""
    bare = value.get("error") if isinstance(value, dict) else value
    return [bare.strip()] if isinstance(bare, str) and bare.strip() else []


def _is_code(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def _parameter(part: Mapping[str, object]) -> str:
    for key in _PARAMETER_KEYS:
        named = part.get(key)
        if isinstance(named, str):
            return named
    place = part.get("loc")
    if isinstance(place, list):
        return ".".join(str(step) for step in place if step != "body")
    return ""
