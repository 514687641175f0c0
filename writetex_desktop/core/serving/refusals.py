"""What the door does not do, said in the error shape of OpenAI's API, which most programs can show.

Shape: https://platform.openai.com/docs/guides/error-codes (an object `error` of `message`, `type`, `param`
and `code`). `remedy` is ours.
"""

from typing import Final

from writetex_desktop.core.errors import (
    CaptureError,
    ConversionError,
    EndpointError,
    Fault,
    ImageError,
    InternalError,
    RecognitionError,
    RenderError,
    SettingsError,
    WriteTexError,
)

BAD_REQUEST: Final = 400
UNAUTHORISED: Final = 401
PAYMENT: Final = 402
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
TOO_SLOW: Final = 408
CONFLICT: Final = 409
TOO_LARGE: Final = 413
UNREADABLE: Final = 422
TOO_MANY: Final = 429
INTERNAL: Final = 500
BAD_GATEWAY: Final = 502
BUSY: Final = 503
GATEWAY_TIMEOUT: Final = 504

_BY_FAULT: Final = {
    Fault.NOT_CONFIGURED: CONFLICT,
    Fault.STAYING_OFFLINE: CONFLICT,
    Fault.CAP_REACHED: PAYMENT,
    Fault.NO_MONEY: PAYMENT,
    Fault.RATE_LIMITED: TOO_MANY,
    Fault.DAILY_LIMIT: TOO_MANY,
    Fault.FREE_TIER: TOO_MANY,
    Fault.LIMIT_SET: TOO_MANY,
    Fault.OVERLOADED: BUSY,
    Fault.TIMEOUT: GATEWAY_TIMEOUT,
    Fault.BAD_PICTURE: UNREADABLE,
    Fault.TOO_LARGE: TOO_LARGE,
    Fault.CONTENT_FILTER: UNREADABLE,
}
"""Faults of an endpoint that are told apart; of the rest it is said that the server behind us failed."""

_BY_KIND: Final[tuple[tuple[type[WriteTexError], int, str], ...]] = (
    (ImageError, BAD_REQUEST, "bad_picture"),
    (RecognitionError, UNREADABLE, "nothing_to_read"),
    (RenderError, UNREADABLE, "bad_latex"),
    (ConversionError, UNREADABLE, "not_convertible"),
    (CaptureError, CONFLICT, "no_snip"),
    (SettingsError, CONFLICT, "settings"),
    (InternalError, INTERNAL, "internal"),
)


class Refusal(WriteTexError):
    """The door does not do what it was asked for.

    Args:
        message: One sentence: what is wrong.
        remedy: What to do about it.
        status: The HTTP status (RFC 9110).
        code: A word for programs.
        param: The field that is wrong, if one is.
        retry_after_s: Seconds after which the same request may be made again.
    """

    def __init__(
        self,
        message: str,
        remedy: str,
        *,
        status: int = BAD_REQUEST,
        code: str = "bad_request",
        param: str | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message, remedy)
        self.status = status
        self.code = code
        self.param = param
        self.retry_after_s = retry_after_s


def status_of(error: WriteTexError) -> int:
    """Give the HTTP status for a failure."""
    if isinstance(error, Refusal):
        return error.status
    if isinstance(error, EndpointError):
        return _BY_FAULT.get(error.fault, BAD_GATEWAY)
    return next((status for kind, status, _ in _BY_KIND if isinstance(error, kind)), INTERNAL)


def may_help_again(error: WriteTexError) -> bool:
    """Whether the same request may succeed a moment later; what an endpoint refused was tried again by us."""
    return isinstance(error, Refusal) and error.status in {TOO_MANY, BUSY, TOO_SLOW}


def error_body(error: WriteTexError) -> dict[str, object]:
    """Give the body of an answer that says what failed."""
    status = status_of(error)
    body: dict[str, object] = {
        "message": f"{error.message} {error.remedy.text}".rstrip(),
        "type": _type_of(status),
        "param": error.param if isinstance(error, Refusal) else None,
        "code": _code_of(error),
        "remedy": error.remedy.text,
    }
    return {"error": body}


def _code_of(error: WriteTexError) -> str:
    if isinstance(error, Refusal):
        return error.code
    if isinstance(error, EndpointError):
        return error.fault.value.replace("-", "_")
    return next((code for kind, _, code in _BY_KIND if isinstance(error, kind)), "failed")


def _type_of(status: int) -> str:
    """Give OpenAI's name for a kind of failure."""
    match status:
        case 401:
            return "authentication_error"
        case 403:
            return "permission_error"
        case 429:
            return "rate_limit_error"
        case _ if status < INTERNAL:
            return "invalid_request_error"
        case _:
            return "server_error"
