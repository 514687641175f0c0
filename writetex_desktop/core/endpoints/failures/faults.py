"""What a failed request means, said to the user: pure, for every server we know of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from writetex_desktop.core.endpoints.catalogue.provider import ErrorSign
from writetex_desktop.core.endpoints.failures.body import WireBody, quotable, read_body, retry_after
from writetex_desktop.core.endpoints.failures.marks import BY_STATUS, MARKS
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.secret import Secret

LONGEST_WAIT_S = 20.0
"""A server that asks to wait longer is not asked again by us; the user is told when."""

_OK = 200
_REDIRECTIONS = range(300, 400)
_SERVER_FAULTS = range(500, 600)
_RETRYABLE = frozenset((Fault.RATE_LIMITED, Fault.OVERLOADED, Fault.TIMEOUT))
_CHAT_PATH = "/chat/completions"
_MINUTE_FROM_S = 90
_HOUR_FROM_MIN = 90
_SETTINGS = RemedyAction.OPEN_ENDPOINT_SETTINGS


@dataclass(frozen=True, slots=True)
class WireFailure:
    """A response that is no answer.

    Attributes:
        status: HTTP status.
        body: Its text, whatever it is.
        headers: Response headers with names in lower case.
        url: Where the request went; only its host is shown.
        model: Model ID that was asked for.
        received_at: When it came, with a time zone.
        key: The key that was sent, so that it can be kept out of the message.
    """

    status: int
    body: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    url: str
    model: str
    received_at: datetime
    key: Secret = field(default_factory=lambda: Secret(""))


@dataclass(frozen=True, slots=True)
class _Saying:
    """How a fault is told; the fields in braces are filled in."""

    message: str
    remedy: str
    action: RemedyAction | None = _SETTINGS


_SAYINGS: dict[Fault, _Saying] = {
    Fault.BAD_KEY: _Saying(
        "{host} refused the API key.",
        "Check the key in the settings; keys often belong to one region or product only.",
    ),
    Fault.FORBIDDEN: _Saying(
        "{host} does not allow this key to use {model}.{quote}",
        "See in the provider's console what the key may use, or choose another model.",
    ),
    Fault.NO_MONEY: _Saying(
        "The account at {host} has no credit or quota left for {model}.",
        "Top up the account, or choose another model or profile.",
    ),
    Fault.WRONG_MODEL: _Saying(
        "{host} has no model named {model}.", "Choose another model ID in the settings."
    ),
    Fault.WRONG_PATH: _Saying(
        "{host} answers, but not at this base URL.",
        "Check the path of the base URL in the settings; most end in /v1.",
    ),
    Fault.NO_VISION: _Saying(
        "The model {model} at {host} cannot read pictures.", "Choose a model that accepts images."
    ),
    Fault.BAD_PARAMETER: _Saying(
        "{host} did not accept the request for {model}.{quote}",
        "Choose another model, or check the base URL in the settings.",
    ),
    Fault.CONTENT_FILTER: _Saying(
        "A content filter of {host} refused the picture.",
        "Try a smaller selection or another profile.",
        RemedyAction.RETRY,
    ),
    Fault.TOO_LARGE: _Saying("The picture is too large for {host}.", "Select a smaller region.", None),
    Fault.RATE_LIMITED: _Saying(
        "{host} has had too many requests from this key{asks}.",
        "Try again in {wait}, or use another profile.",
        RemedyAction.RETRY,
    ),
    Fault.OVERLOADED: _Saying(
        "{host} is overloaded or out of order (status {status}).",
        "Try again in {wait}, or use another profile.",
        RemedyAction.RETRY,
    ),
    Fault.TIMEOUT: _Saying(
        "{host} gave up waiting for the model.",
        "Try again in {wait}, or use another profile.",
        RemedyAction.RETRY,
    ),
    Fault.REDIRECTED: _Saying(
        "{host} sends requests elsewhere{where}.", "Put the new address into the base URL, if you trust it."
    ),
    Fault.NOT_AN_API: _Saying(
        "The address at {host} is a web page, not an API.",
        "Check the base URL in the settings; most end in /v1.",
    ),
    Fault.BAD_ANSWER: _Saying(
        "{host} gave an answer that cannot be read (status {status}).{quote}",
        "Try again, or check the base URL in the settings.",
        RemedyAction.RETRY,
    ),
}


_KEY_MISSING = _Saying("{host} asks for an API key.", "Enter the key in the settings.")


def host_of(url: str) -> str:
    """Give the host and port of a URL, as shown to the user."""
    return urlsplit(url).netloc.rsplit("@", 1)[-1] or url


def explain(failure: WireFailure, signs: tuple[ErrorSign, ...] = ()) -> EndpointError:
    """Say what a failed response means and what to do about it.

    Args:
        failure: The response.
        signs: The server's own ways of telling faults; they count before the common ones.
    """
    body = read_body(failure.body)
    status = failure.status if failure.status != _OK else body.status or _OK
    fault = _by_signs(status, body, signs) or _classify(status, body, failure.body)
    wait_s = retry_after(failure.headers, failure.received_at)
    wait_s = body.retry_delay_s if wait_s is None else wait_s
    retryable = fault in _RETRYABLE and (wait_s is None or wait_s <= LONGEST_WAIT_S)
    suggestion = _better_url(failure) if fault is Fault.REDIRECTED else ""
    saying = _KEY_MISSING if fault is Fault.BAD_KEY and not failure.key else _SAYINGS[fault]
    said = quotable(body.message, failure.key)
    words = {
        "host": host_of(failure.url),
        "model": failure.model,
        "status": status,
        "quote": f" It said: “{said}”" if said else "",
        "asks": "" if wait_s is None else f" and asks to wait {format_wait(wait_s)}",
        "wait": "a moment" if wait_s is None else format_wait(wait_s),
        "where": f" to {suggestion}" if suggestion else "",
    }
    return EndpointError(
        saying.message.format_map(words),
        Remedy(saying.remedy.format_map(words), saying.action),
        fault=fault,
        retryable=retryable,
        retry_after_s=wait_s,
        parameter=body.parameter if fault is Fault.BAD_PARAMETER else "",
        suggestion=suggestion,
    )


def _by_signs(status: int, body: WireBody, signs: tuple[ErrorSign, ...]) -> Fault | None:
    words = f"{body.message} {body.inner}".lower()
    for sign in signs:
        told = sign.code.lower() in body.codes if sign.code else sign.phrase.lower() in words
        if status == sign.status and told:
            return sign.fault
    return None


def _classify(status: int, body: WireBody, text: str) -> Fault:
    if status in _REDIRECTIONS:
        return Fault.REDIRECTED
    words = f"{body.message} {body.inner}".lower()
    for mark in MARKS:
        if mark.statuses and status not in mark.statuses:
            continue
        if mark.codes & body.codes or any(phrase in words for phrase in mark.phrases):
            return mark.fault
    if status == _OK:
        return Fault.NOT_AN_API if body.is_page or (not body.is_error and text.strip()) else Fault.BAD_ANSWER
    if status in _SERVER_FAULTS:
        return Fault.OVERLOADED
    return BY_STATUS.get(status, Fault.BAD_ANSWER)


def _better_url(failure: WireFailure) -> str:
    try:
        target = urljoin(failure.url, failure.headers.get("location", ""))
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or target == failure.url:
        return ""
    path = parts.path.rstrip("/").removesuffix(_CHAT_PATH)
    return f"{parts.scheme}://{parts.netloc.rsplit('@', 1)[-1]}{path}"


def format_wait(seconds: float) -> str:
    """Say a span of time in words, rounded up: seconds below 90, minutes below 90, else hours."""
    whole = max(1, -int(-seconds // 1))
    if whole < _MINUTE_FROM_S:
        return "1 second" if whole == 1 else f"{whole} seconds"
    minutes = -(-whole // 60)
    if minutes < _HOUR_FROM_MIN:
        return f"{minutes} minutes"
    return f"{-(-minutes // 60)} hours"
