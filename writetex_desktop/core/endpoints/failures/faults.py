"""What a failed request means, said to the user: pure, for every server we know of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from writetex_desktop.core.endpoints.catalogue.provider import ErrorSign
from writetex_desktop.core.endpoints.failures.body import WireBody, quotable, read_body
from writetex_desktop.core.endpoints.failures.marks import BROKEN_STATUSES, BY_STATUS, by_marks
from writetex_desktop.core.endpoints.failures.quotas import is_monthly, quota_fault
from writetex_desktop.core.endpoints.failures.sayings import KEY_MISSING, SAYINGS, Saying
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.failures.waits import asked_wait, next_midnight, reset_wait
from writetex_desktop.core.endpoints.failures.words import format_wait, format_when, host_of
from writetex_desktop.core.errors import EndpointError, Fault, Remedy
from writetex_desktop.core.language.words import tr, tr_marked
from writetex_desktop.core.secret import Secret

LONGEST_WAIT_S = 20.0
"""A server that asks to wait longer is not asked again while somebody looks at one picture."""

_OK = 200
_FORBIDDEN = 403
_PROXY_WANTS_PASSWORD = 407
_REDIRECTIONS = range(300, 400)
_SERVER_FAULTS = range(500, 600)
_FORBIDDING = frozenset((401, 403, 405, 406, 409, 429, 503))
_TLS_STATUSES = frozenset((400, 403, 495, 496, 497))
"""With which web servers refuse what is not encrypted or comes without a certificate; nginx has own ones
(https://nginx.org/en/docs/http/ngx_http_ssl_module.html#errors)."""

_RETRYABLE = frozenset((Fault.RATE_LIMITED, Fault.OVERLOADED, Fault.TIMEOUT))
_ROUGH = frozenset((Fault.NO_MONEY, Fault.FORBIDDEN, Fault.RATE_LIMITED, Fault.BAD_KEY))
"""Signs of the catalogue beside which a narrower kind may stand in the same body."""

_CHAT_PATH = "/chat/completions"
_HEAD = 20_000
"""Characters of a page or of a server's words that are looked through."""

_GOOGLE = "google.rpc"
_PACIFIC_H = -8
_NO_DAY_S = 3600.0

_FIREWALL = re.compile(
    r"just a moment|cf-chl|challenge-platform|attention required|cloudflare ray id|error code: 10(?!15)\d\d"
    r"|captcha|incapsula|imperva|web application firewall|request blocked|akamai|errors\.aliyun\.com|ddos"
    r"|sucuri|perimeterx|datadome|checking your browser|enable javascript and cookies",
)
_PLAIN_TO_TLS = re.compile(
    r"plain http request was sent to|http request to an? https|plain http to an? ssl|requires? (?:tls|https)",
    re.IGNORECASE,
)
_CERTIFICATE_WANTED = re.compile(
    r"no required ssl certificate|ssl certificate error"
    r"|client certificate (?:is )?(?:required|missing|needed)"
    r"|certificate required",
    re.IGNORECASE,
)


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
        hidden: What else was sent that must not appear in it, such as the values of telling headers.
    """

    status: int
    body: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    url: str
    model: str
    received_at: datetime
    key: Secret = field(default_factory=lambda: Secret(""))
    hidden: tuple[Secret, ...] = ()


def explain(failure: WireFailure, signs: tuple[ErrorSign, ...] = ()) -> EndpointError:
    """Say what a failed response means and what to do about it.

    Args:
        failure: The response.
        signs: The server's own ways of telling faults; they count before the common ones.
    """
    trouble = _on_the_way(failure)
    if trouble is not None:
        return explain_trouble(trouble, failure.url)
    body = read_body(failure.body, failure.received_at)
    status = failure.status if failure.status != _OK else body.status or _OK
    fault = _classify(failure, status, body, signs)
    wait_s = _wait(failure, body, fault)
    retryable = fault in _RETRYABLE and (wait_s is None or wait_s <= LONGEST_WAIT_S)
    suggestion = _better_url(failure) if fault is Fault.REDIRECTED else ""
    saying = KEY_MISSING if fault is Fault.BAD_KEY and not failure.key else SAYINGS[fault]
    said = quotable(body.message, failure.key, *failure.hidden)
    words: dict[str, object] = {
        "host": host_of(failure.url),
        "model": failure.model,
        "status": status,
        "quote": tr(" It said: “{said}”", said=said) if said else "",
        "asks": "" if wait_s is None else tr(" and asks to wait {wait}", wait=format_wait(wait_s)),
        "when": _when(fault, wait_s, failure.received_at, body.message),
        "where": tr(" to {suggestion}", suggestion=suggestion) if suggestion else "",
    }
    return EndpointError(
        tr_marked(saying.message, **words),
        Remedy(tr_marked(saying.remedy, **words), saying.action),
        fault=fault,
        retryable=retryable,
        retry_after_s=wait_s,
        parameter=body.parameter if fault is Fault.BAD_PARAMETER else "",
        suggestion=suggestion,
        model=failure.model,
        said=said,
    )


def retold(error: EndpointError, saying: Saying, url: str, fault: Fault) -> EndpointError:
    """Tell a failure otherwise, now that more is known of the server.

    Args:
        error: What was told.
        saying: How it is told now; it may fill in host, model and quote.
        url: Where the request went; only its host is shown.
        fault: What it is.
    """
    words: dict[str, object] = {
        "host": host_of(url),
        "model": error.model,
        "quote": tr(" It said: “{said}”", said=error.said) if error.said else "",
    }
    return EndpointError(
        tr_marked(saying.message, **words),
        Remedy(tr_marked(saying.remedy), saying.action),
        fault=fault,
        partial=error.partial,
        model=error.model,
        said=error.said,
    )


def _on_the_way(failure: WireFailure) -> Trouble | None:
    """Say what answered in the server's place, if anything did."""
    if failure.status == _PROXY_WANTS_PASSWORD:
        return Trouble.PROXY_PASSWORD
    head = failure.body[:_HEAD]
    if failure.status in _TLS_STATUSES and _PLAIN_TO_TLS.search(head):
        return Trouble.TLS_WANTED
    if failure.status in _TLS_STATUSES and _CERTIFICATE_WANTED.search(head):
        return Trouble.CERTIFICATE_WANTED
    return None


def _wait(failure: WireFailure, body: WireBody, fault: Fault) -> float | None:
    """Give the wait that a server asks for: what it says outright, else when its limit is lifted."""
    asked = asked_wait(failure.headers, failure.received_at)
    said = body.retry_delay_s if asked is None else asked
    if fault is Fault.DAILY_LIMIT:
        # Google gives the delay of its per-minute limit also for the day's, which ends at midnight in
        # California (https://ai.google.dev/gemini-api/docs/rate-limits).
        if _GOOGLE in failure.body and (said is None or said < _NO_DAY_S):
            return next_midnight(failure.received_at, _PACIFIC_H)
        waits = (said, reset_wait(failure.headers, failure.received_at))
        return max((each for each in waits if each is not None), default=None)
    if said is None and fault in _RETRYABLE:
        return reset_wait(failure.headers, failure.received_at)
    return said


def _when(fault: Fault, wait_s: float | None, now: datetime, words: str) -> str:
    if wait_s is None and fault is Fault.DAILY_LIMIT:
        return tr("next month") if is_monthly(words) else tr("tomorrow")
    return format_when(wait_s, now)


def _by_signs(status: int, body: WireBody, signs: tuple[ErrorSign, ...]) -> Fault | None:
    words = f"{body.message} {body.inner}".lower()
    for sign in signs:
        told = sign.code.lower() in body.codes if sign.code else sign.phrase.lower() in words
        if status == sign.status and told:
            return sign.fault
    return None


def _classify(failure: WireFailure, status: int, body: WireBody, signs: tuple[ErrorSign, ...]) -> Fault:
    if status in _REDIRECTIONS:
        return Fault.REDIRECTED
    words = f"{body.message[:_HEAD]} {body.inner[:_HEAD]}".lower()
    by_quota = quota_fault(status, f"{words} {' '.join(sorted(body.codes))}", body.codes)
    by_sign = _by_signs(status, body, signs)
    # A sign of the catalogue is of one provider; only a narrower kind in the same body says more.
    told = by_quota if by_sign is None or by_sign in _ROUGH else None
    told = told or by_sign
    if told is None and _is_blocked(failure, status, body):
        return Fault.BLOCKED
    return told or by_marks(status, words, body.codes) or _by_status(failure, status, body)


def _by_status(failure: WireFailure, status: int, body: WireBody) -> Fault:
    if status == _OK:
        is_api = body.is_error or not failure.body.strip()
        return Fault.BAD_ANSWER if is_api and not body.is_page else Fault.NOT_AN_API
    if status in BROKEN_STATUSES:
        return Fault.BROKEN
    if status in _SERVER_FAULTS:
        return Fault.OVERLOADED
    return BY_STATUS.get(status, Fault.BAD_ANSWER)


def _is_blocked(failure: WireFailure, status: int, body: WireBody) -> bool:
    """Say whether a firewall or a check for robots answered: with a page where an API has JSON."""
    if failure.headers.get("cf-mitigated") == "challenge":
        return True
    head = failure.body[:_HEAD].lower()
    if status in _FORBIDDING and _FIREWALL.search(head):
        return True
    return status == _FORBIDDEN and body.is_page


def _better_url(failure: WireFailure) -> str:
    try:
        target = urljoin(failure.url, failure.headers.get("location", ""))
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or target == failure.url:
        return ""
    path = parts.path.rstrip("/").removesuffix(_CHAT_PATH)
    better = f"{parts.scheme}://{parts.netloc.rsplit('@', 1)[-1]}{path}"
    # Where only a slash or a query is added, the base URL is what it was.
    asked = failure.url.partition("?")[0].removesuffix(_CHAT_PATH)
    return "" if better == asked else better
