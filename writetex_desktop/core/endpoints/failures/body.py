"""What a server says when it fails: many shapes, read into one value."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from writetex_desktop.core.secret import Secret

QUOTE_LIMIT = 160
"""Characters of a server's own words that a message may hold."""

_LONGEST_DELAY_S = 31 * 24 * 3600
"""The longest wait that is believed; quotas are given anew each month at the latest."""

_TEXT_KEYS = ("message", "msg", "detail", "error_msg", "errorMessage", "title")
_CODE_KEYS = ("code", "type", "status", "reason", "error_code")
_PARAMETER_KEYS = ("param", "parameter")
_NESTED_KEYS = ("error", "errors", "detail", "details", "metadata", "message")
_RAW_KEYS = ("raw",)
"""Where a gateway puts what the server behind it said, as a string of JSON."""
_KEY_SHAPED = re.compile(r"(?i)\bbearer\s+\S+|\b(?:sk|pk|gsk|xai|key|ghp|github_pat|AIza)[-_]?[\w*.-]{8,}")
_DELAY = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_RETRY_IN_WORDS = re.compile(r"(?i)(?:retry|try again) (?:in|after) (\d+(?:\.\d+)?) ?(ms|s)\b")


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


def read_body(text: str) -> WireBody:
    """Read an error body.

    Understood are `{"error": {...}}`, a list of those, `{"error": "text"}`, `{"message": ...}`,
    `{"detail": "text"}`, `{"detail": [{"loc", "msg"}]}`, a bare JSON string, plain text and web pages.
    """
    head = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if head.startswith("<"):
        return WireBody(is_page=True)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return WireBody(message=text.strip())
    parts = list(_walk(value))
    words = [word for part in parts for word in _strings(part, _TEXT_KEYS)]
    words += _bare_strings(value)
    codes = frozenset(
        str(part[key]).lower() for part in parts for key in _CODE_KEYS if _is_code(part.get(key))
    )
    numbers = [int(code) for code in codes if re.fullmatch(r"[1-5]\d\d", code)]
    message = " ".join(dict.fromkeys(words))
    return WireBody(
        message=message,
        inner=" ".join(word for part in parts for word in _strings(part, _RAW_KEYS)),
        codes=codes,
        parameter=next(filter(None, map(_parameter, parts)), ""),
        status=max(numbers, default=None),
        retry_delay_s=next(filter(None, map(_delay, parts)), None) or _delay_in_words(message),
        is_error=bool(words or codes),
    )


def retry_after(headers: Mapping[str, str], received_at: datetime) -> float | None:
    """Read how many seconds a server asks to wait.

    `retry-after-ms` and `retry-after` as seconds, a decimal or a date (RFC 9110, 10.2.3) are understood.

    Args:
        headers: Response headers with names in lower case.
        received_at: When they came, with a time zone; used where the server does not give its own date.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return _sane(milliseconds / 1000)
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    seconds = _number(value)
    if seconds is not None:
        return _sane(seconds)
    moment = _moment(value)
    if moment is None:
        return None
    # The server's own clock is the right one to subtract: ours may be off by minutes.
    return _sane(max(0.0, (moment - (_moment(headers.get("date", "")) or received_at)).total_seconds()))


def quotable(message: str, key: Secret) -> str:
    """Make a server's words fit for a message: one short line without tags, keys and addresses.

    Args:
        message: What the server said.
        key: The key that must not appear.
    """
    plain = re.sub(r"<[^<>]*>|https?://\S+", " ", message)
    if key:
        plain = plain.replace(key.reveal(), "…")
    plain = " ".join(_KEY_SHAPED.sub("…", plain).split())
    if len(plain) > QUOTE_LIMIT:
        plain = plain[:QUOTE_LIMIT].rsplit(" ", 1)[0] + " …"
    return plain


def _walk(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        for each in value:
            yield from _walk(each)
    elif isinstance(value, dict):
        yield value
        for key in _NESTED_KEYS:
            yield from _walk(value.get(key))


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


def _delay(part: Mapping[str, object]) -> float | None:
    match part.get("retryDelay", part.get("retry_after")):
        case str(text) if found := _DELAY.fullmatch(text.strip()):
            return _sane(_seconds(found[1], found[2]))
        case int(number) | float(number):
            return _sane(number)
        case _:
            return None


def _delay_in_words(message: str) -> float | None:
    found = _RETRY_IN_WORDS.search(message)
    return _sane(_seconds(found[1], found[2])) if found else None


def _sane(seconds: float) -> float | None:
    """Leave out what no server can mean: JSON allows numbers beyond all bounds, and what is none."""
    return float(seconds) if 0 <= seconds <= _LONGEST_DELAY_S else None


def _seconds(number: str, unit: str) -> float:
    return float(number) / (1000 if unit == "ms" else 1)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\s*\d+(\.\d+)?\s*", text) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
