"""How long a server asks to wait: one reader for headers, bodies and words.

Understood are

* `Retry-After` in seconds or as a date (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3) and
  `retry-after-ms` of Azure,
* the resets of used-up limits: `x-ratelimit-reset-requests: 7m12s`
  (https://platform.openai.com/docs/guides/rate-limits), `anthropic-ratelimit-tokens-reset` as a date
  (https://docs.anthropic.com/en/api/rate-limits), `x-ratelimit-reset` in seconds or as a moment (OpenRouter
  gives milliseconds, GitHub seconds), and the `ratelimit` headers of the draft of the IETF,
* the fields of bodies: `retryDelay` of Google (https://cloud.google.com/apis/design/errors), `retry_after`,
  `reset_at` and their like,
* spans and moments in a sentence that speaks of asking again, in the languages that servers use.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_BELIEVED_S = 32 * 24 * 3600
"""The longest wait that is believed, in seconds; quotas are given anew each month at the latest."""

_EPOCH_FROM = 1_000_000_000
_EPOCH_MS_FROM = 100_000_000_000
"""A number from here on is a moment since 1970, in seconds or in milliseconds; no wait is that long."""

_UNITS: tuple[tuple[str, float], ...] = (
    (r"ms|msecs?|millis(?:econds?)?|毫秒", 0.001),
    (r"s|secs?|seconds?|秒(?:钟)?|초|секунд[ыу]?|sekunden?|secondes?|segundos?|secondi", 1),
    (r"m|mins?|minutes?|分钟|分|분|минут[ыу]?|minuten?|minutos?|minuti", 60),
    (r"h|hrs?|hours?|小时|小時|時間|시간|час(?:а|ов)?|stunden?|heures?|horas?|ore", 3600),
    (r"d|days?|天|日|일|день|дня|дней|tage?n?|jours?|d[ií]as?|giorni", 86400),
)
_UNIT = "|".join(f"(?:{names})" for names, _ in sorted(_UNITS, key=lambda each: -len(each[0])))
_STEP = rf"(\d+(?:[.,]\d+)?)\s*({_UNIT})(?![a-zа-я])"
_SPAN = rf"{_STEP}(?:[\s,]*(?:and\s+|et\s+|und\s+)?{_STEP})*"
_FIND_SPAN = re.compile(_SPAN, re.IGNORECASE)
_FIND_STEP = re.compile(_STEP, re.IGNORECASE)
_ISO_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)
_CLOCK_SPAN = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})(?:\.\d+)?")
_STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]| at )\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_SPEAKS_OF_WAITING = re.compile(
    r"retry|again|regain|wait|reset|available|cool|later|renew|r[ée]essay|attend|erneut|warte|reint[eé]nt"
    r"|esper|riprov"
    r"|повтор|подожд|через|重试|重試|再试|再試|等待|稍后|重置|恢复|待って|再度|다시|후에",
    re.IGNORECASE,
)
_IS_A_RATE = re.compile(r"(?:per|/|every|each|limit(?:\s+of)?|window(?:\s+of)?|每)\s*$", re.IGNORECASE)
"""What stands before the span of a rate, such as the minute of `3 requests per 1 minute`."""

_DELAY_KEYS = frozenset((
    "retrydelay", "retryafter", "retryafterseconds", "retryafters", "retryaftersec", "retryin", "waitseconds",
    "wait", "resetsinseconds", "resetinseconds", "resetafter", "resetsin", "resetin", "cooldown",
))  # fmt: skip
_DELAY_MS_KEYS = frozenset(("retryafterms", "retrydelayms", "retryaftermilliseconds", "resetafterms"))
_MOMENT_KEYS = frozenset((
    "resetat", "resetsat", "resettime", "resetstime", "reset", "quotareset", "quotaresetat", "nextreset",
    "retryat", "availableat", "xratelimitreset", "quotaresettimestamp", "resettimestamp", "resetdate",
))  # fmt: skip
_RESET_HEADER = re.compile(
    r"(?:x-)?rate-?limit-?reset(?:-(?:after|at))?(?:-(?P<of>.+))?|(?P<vendor>.+)-reset"
)


def asked_wait(headers: Mapping[str, str], received_at: datetime) -> float | None:
    """Read how many seconds the headers of a refusal ask to wait.

    Args:
        headers: Response headers with names in lower case.
        received_at: When they came, with a time zone; used where the server does not give its own date.
    """
    # The server's own clock is the right one to subtract: ours may be off by minutes.
    now = http_date(headers.get("date", "")) or received_at
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return _sane(milliseconds / 1000)
    return read_wait(headers.get("retry-after", ""), now)


def reset_wait(headers: Mapping[str, str], received_at: datetime) -> float | None:
    """Read in how many seconds the limit is lifted that is used up; None when no header tells.

    Servers send the resets of all their limits with every answer, so one of which something is left is none.

    Args:
        headers: Response headers with names in lower case.
        received_at: See `asked_wait`.
    """
    now = http_date(headers.get("date", "")) or received_at
    waits = [_sane(t) for t in _draft_resets(headers)]
    for name, value in headers.items():
        found = _RESET_HEADER.fullmatch(name)
        if found is None:
            continue
        left = _number(headers.get(name.replace("-reset", "-remaining"), ""))
        if left is None or left < 1:
            waits.append(read_wait(value, now))
    return max((each for each in waits if each is not None), default=None)


def body_wait(part: Mapping[str, object], received_at: datetime | None) -> float | None:
    """Read how many seconds one object of a body asks to wait.

    Args:
        part: The object.
        received_at: When it came, with a time zone; None where moments cannot be counted from anything.
    """
    for name, value in part.items():
        key = re.sub(r"[^a-z]", "", name.lower())
        found: float | None = None
        if key in _DELAY_KEYS:
            found = _read_value(value, received_at)
        elif key in _DELAY_MS_KEYS and isinstance(value, (int, float)) and not isinstance(value, bool):
            found = _sane(value / 1000)
        elif key in _MOMENT_KEYS:
            found = _read_value(value, received_at)
        elif key == "headers" and isinstance(value, Mapping) and received_at is not None:
            # OpenRouter hands on the headers of whoever refused.
            inner = {str(each).lower(): str(text) for each, text in value.items()}
            found = asked_wait(inner, received_at)
            found = reset_wait(inner, received_at) if found is None else found
        if found is not None:
            return found
    return None


def wait_in_words(message: str, received_at: datetime | None = None) -> float | None:
    """Read how many seconds a sentence asks to wait: the span or moment in one that speaks of asking again.

    Args:
        message: What a server said.
        received_at: See `body_wait`.
    """
    for sentence in re.split(r"[!?。！？\n]|\.(?=\s|$)|[;；]", message[:4000]):
        if not _SPEAKS_OF_WAITING.search(sentence):
            continue
        if received_at is not None and (stamp := _STAMP.search(sentence)):
            return read_wait(stamp[0], received_at)
        for found in _FIND_SPAN.finditer(sentence):
            if not _IS_A_RATE.search(sentence[: found.start()]):
                return _sane(_span(found[0]))
    return None


def read_wait(text: str, now: datetime | None) -> float | None:
    """Read a wait in any of the forms of a single value: `12`, `1.5`, `7m12s`, `PT1M`, a date, an epoch.

    Args:
        text: The value.
        now: From when moments count, with a time zone; None where they cannot be counted.

    Returns:
        Seconds, not below zero; None when it is nothing of the kind or beyond `LONGEST_BELIEVED_S`.
    """
    text = text.strip()
    number = _number(text)
    if number is not None:
        return _from_number(number, now)
    if _FIND_SPAN.fullmatch(text):
        return _sane(_span(text))
    if text and (iso := _ISO_SPAN.fullmatch(text)):
        days, hours, minutes, seconds = (float(each or 0) for each in iso.groups())
        return _sane(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    if clock := _CLOCK_SPAN.fullmatch(text):
        return _sane((int(clock[1]) * 60 + int(clock[2])) * 60 + int(clock[3]))
    moment = http_date(text) or _stamp(text)
    if moment is None or now is None:
        return None
    return _sane(max(0.0, (moment - now).total_seconds()))


def next_midnight(received_at: datetime, utc_offset_h: int) -> float:
    """Give the seconds to the next midnight of a place, for quotas that are renewed then.

    Args:
        received_at: From when they count.
        utc_offset_h: Hours from UTC to the place's standard time.
    """
    there = received_at.astimezone(UTC) + timedelta(hours=utc_offset_h)
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - there).total_seconds()


def http_date(text: str) -> datetime | None:
    """Read a date of HTTP; None when it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def _read_value(value: object, now: datetime | None) -> float | None:
    match value:
        case bool():
            return None
        case int() | float():
            return _from_number(value, now)
        case str():
            return read_wait(value, now)
        case {"seconds": int(seconds) | float(seconds)}:  # a Duration of protobuf, written out
            return _sane(seconds)
        case _:
            return None


def _from_number(number: float, now: datetime | None) -> float | None:
    if not number >= _EPOCH_FROM:  # also what is no number at all
        return _sane(number)
    if now is None:
        return None
    moment = number / 1000 if number >= _EPOCH_MS_FROM else number
    return _sane(max(0.0, moment - now.timestamp()))


def _draft_resets(headers: Mapping[str, str]) -> Iterator[float]:
    """Read `ratelimit: "default";r=0;t=5` and the older `limit=10, remaining=0, reset=5`."""
    for value in (headers.get("ratelimit", ""), headers.get("x-ratelimit", "")):
        left = re.search(r"\b(?:r|remaining)=(\d+)", value)
        reset = re.search(r"\b(?:t|reset)=(\d{1,9})", value)
        if reset and (left is None or left[1] == "0"):
            yield float(reset[1])


def _span(text: str) -> float:
    total = 0.0
    for number, unit in _FIND_STEP.findall(text):
        share = next(each for names, each in _UNITS if re.fullmatch(names, unit, re.IGNORECASE))
        total += float(number.replace(",", ".")) * share
    return total


def _stamp(text: str) -> datetime | None:
    if not _STAMP.fullmatch(text):
        return None
    text = text.replace(" at ", " ")
    plain = re.sub(r"\s(?=[+-]\d)", "", re.sub(r"\s?(?:Z|UTC|GMT)$", "+00:00", text))
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\s*\d{1,15}(\.\d+)?\s*", text, re.ASCII) else None


def _sane(seconds: float) -> float | None:
    """Leave out what no server can mean: JSON allows numbers beyond all bounds, and what is none."""
    return float(seconds) if 0 <= seconds <= LONGEST_BELIEVED_S else None
