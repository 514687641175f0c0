"""Every failure the program can speak of.

```
WriteTexError(message, remedy)
├── CaptureError        the screen could not be read
├── HotkeyError         a global hotkey could not be had
├── ClipboardError      the clipboard did not take what was copied
├── ImageError          a picture could not be read or prepared
├── EndpointError       the endpoint refused, failed or could not be reached (carries a `Fault`)
├── RecognitionError    an engine answered, but not with usable markup
├── RenderError         the markup could not be rendered
├── ConversionError     the markup holds what a form of output cannot carry
├── SettingsError       the settings or the key could not be read or kept
├── StorageError        a file of ours could not be read or written
└── InternalError       a fault of ours
```

A message is one sentence for the user that says what happened; the remedy is one sentence that says what
to do, with the action a button can perform. Third-party exceptions stop at their adapter
(`raise ... from`); nothing here ever holds a key, a picture or recognised text, except `partial` of an
`EndpointError`, which is shown to the user and never logged.
"""

from dataclasses import dataclass
from enum import StrEnum


class RemedyAction(StrEnum):
    """What the button beside a notice can do; the presenter knows how."""

    RETRY = "retry"
    OPEN_ENDPOINT_SETTINGS = "open-endpoint-settings"
    OPEN_NETWORK_SETTINGS = "open-network-settings"
    """Where the endpoint settings say by which proxy and with whose certificates it is reached."""
    CHOOSE_CA_FILE = "choose-ca-file"
    """Choose the file of certificates that the profile trusts."""
    CHOOSE_CLIENT_CERTIFICATE = "choose-client-certificate"
    """Choose the file with which the profile proves who it is."""
    OPEN_SNIPPING_SETTINGS = "open-snipping-settings"
    OPEN_SCREEN_PERMISSION = "open-screen-permission"
    """The page of the system's settings that lets programs see the screen."""
    COPY_AGAIN = "copy-again"
    REPAIR = "repair"
    SPEND_ON = "spend-on"
    """Go on over the monthly limit, and try again."""
    ASK_ENDPOINT = "ask-endpoint"
    """Have the same picture read by the endpoint."""
    GO_ONLINE = "go-online"
    """Allow connections again."""
    OPEN_RELEASE = "open-release"
    """The page of a newer version."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the user can do about a failure.

    Attributes:
        text: One sentence, an instruction.
        action: What a button can do about it at once, if anything.
    """

    text: str
    action: RemedyAction | None = None


class WriteTexError(Exception):
    """The root of all errors that reach the user.

    Args:
        message: One sentence: what happened.
        remedy: What to do about it; a plain string is a remedy without an action.
    """

    def __init__(self, message: str, remedy: Remedy | str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = Remedy(remedy) if isinstance(remedy, str) else remedy


class CaptureError(WriteTexError):
    """The screen could not be read."""


class HotkeyError(WriteTexError):
    """A global hotkey could not be had; the one in force before is kept."""


class ClipboardError(WriteTexError):
    """The clipboard did not take what was copied."""


class ImageError(WriteTexError):
    """A picture could not be read or prepared."""


class LockedError(ImageError):
    """A document opens with a password only, and none or another one was given."""


class Fault(StrEnum):
    """Why an endpoint did not answer; decides retry, fallback and which setting the remedy opens."""

    NOT_CONFIGURED = "not-configured"
    BAD_URL = "bad-url"
    BAD_KEY = "bad-key"
    FORBIDDEN = "forbidden"
    NO_MONEY = "no-money"
    FREE_TIER = "free-tier"
    """What the provider gives for nothing is used up for good."""
    DAILY_LIMIT = "daily-limit"
    """What the provider gives by the day, or by the week or month, is used up till the next."""
    OVERDUE = "overdue"
    BILLING_OFF = "billing-off"
    LIMIT_SET = "limit-set"
    """A limit is reached that somebody set for the key or the account at the provider."""
    REGION = "region"
    BLOCKED = "blocked"
    """Something before the server, such as a firewall, would not let the request through."""
    WRONG_MODEL = "wrong-model"
    WRONG_PATH = "wrong-path"
    NO_VISION = "no-vision"
    BAD_PICTURE = "bad-picture"
    """The model sees pictures, but not this one: too small, or of a form that the server cannot open."""
    BAD_PARAMETER = "bad-parameter"
    CONTENT_FILTER = "content-filter"
    TOO_LARGE = "too-large"
    RATE_LIMITED = "rate-limited"
    OVERLOADED = "overloaded"
    BROKEN = "broken"
    """The server fails in a way that no waiting mends."""
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    REDIRECTED = "redirected"
    NOT_AN_API = "not-an-api"
    CUT = "cut"
    BAD_ANSWER = "bad-answer"
    EMPTY_ANSWER = "empty-answer"
    CAP_REACHED = "cap-reached"
    STAYING_OFFLINE = "staying-offline"


class EndpointError(WriteTexError):
    """The endpoint refused, failed, or could not be reached.

    Args:
        message: One sentence: what happened.
        remedy: What to do about it.
        fault: The kind of failure.
        retryable: Whether the same request may succeed a moment later.
        retry_after_s: Seconds the server asked to wait, if it said so.
        partial: Text that had arrived before the failure; kept and shown as incomplete.
        parameter: For `Fault.BAD_PARAMETER`, the request parameter the server named.
        suggestion: A value that would work (a base URL, a model ID), if the server or we know one.
        model: Model ID that was asked for, if the request got that far.
        said: The server's own words, fit to be shown; empty when it said nothing.
    """

    def __init__(
        self,
        message: str,
        remedy: Remedy | str = "",
        *,
        fault: Fault,
        retryable: bool = False,
        retry_after_s: float | None = None,
        partial: str = "",
        parameter: str = "",
        suggestion: str = "",
        model: str = "",
        said: str = "",
    ) -> None:
        super().__init__(message, remedy)
        self.said = said
        self.fault = fault
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        self.partial = partial
        self.parameter = parameter
        self.suggestion = suggestion
        self.model = model


class RecognitionError(WriteTexError):
    """An engine answered, but not with usable markup."""


class SentencesError(RecognitionError):
    """A picture that was taken for a formula holds sentences."""


class RenderError(WriteTexError):
    """The markup could not be rendered.

    Args:
        message: What the parser said, as one sentence.
        remedy: What to do about it.
        error_id: The parser's stable name for the error, such as `UndefinedControlSequence`.
        position: Offset into the source in characters where it was noticed, if known.
    """

    def __init__(
        self,
        message: str,
        remedy: Remedy | str = "",
        *,
        error_id: str = "",
        position: int | None = None,
    ) -> None:
        super().__init__(message, remedy)
        self.error_id = error_id
        self.position = position


class ConversionError(WriteTexError):
    """The markup holds what a form of output cannot carry; the message names it."""


class SettingsError(WriteTexError):
    """The settings or the key could not be read or kept."""


class StorageError(WriteTexError):
    """A file of ours could not be read or written."""


class InternalError(WriteTexError):
    """A fault of ours; the log holds a redacted traceback."""
