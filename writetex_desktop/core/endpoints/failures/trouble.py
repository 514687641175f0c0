"""Why no response came, or why an answer ended too early, said to the user."""

from enum import Enum, auto

from writetex_desktop.core.endpoints.failures.faults import host_of
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction

_SETTINGS = RemedyAction.OPEN_ENDPOINT_SETTINGS
_RETRY = RemedyAction.RETRY


class Trouble(Enum):
    """What went wrong on the way to or from a server."""

    UNKNOWN_NAME = auto()
    """No machine has the host's name."""
    REFUSED = auto()
    """Nothing listens there."""
    INSECURE = auto()
    """No secure connection: a certificate, or a server that speaks plain HTTP."""
    CONNECT_TIMEOUT = auto()
    FIRST_BYTE_TIMEOUT = auto()
    IDLE_TIMEOUT = auto()
    TOTAL_TIMEOUT = auto()
    PROXY = auto()
    CUT = auto()
    """The connection was closed in the middle, or the stream stopped without an end."""
    GARBLED = auto()
    """What came is not what the protocol says."""
    BAD_HEADER = auto()
    """The key cannot stand in a request."""
    BAD_URL = auto()
    OTHER = auto()


_TOLD: dict[Trouble, tuple[Fault, str, str, RemedyAction]] = {
    Trouble.UNKNOWN_NAME: (
        Fault.UNREACHABLE,
        "The host {host} cannot be found.",
        "Check your network connection and the base URL in the settings.",
        _SETTINGS,
    ),
    Trouble.REFUSED: (
        Fault.UNREACHABLE,
        "Nothing answers at {host}.",
        "Start the server there, or check the base URL in the settings.",
        _SETTINGS,
    ),
    Trouble.INSECURE: (
        Fault.UNREACHABLE,
        "No secure connection to {host} could be made.",
        "Check whether the base URL should start with http:// and whether your system trusts the server.",
        _SETTINGS,
    ),
    Trouble.CONNECT_TIMEOUT: (
        Fault.UNREACHABLE,
        "{host} could not be reached in time.",
        "Check your network connection, then try again.",
        _RETRY,
    ),
    Trouble.FIRST_BYTE_TIMEOUT: (
        Fault.TIMEOUT,
        "{host} took too long to begin its answer.",
        "Try again; a model that is still loading answers faster the second time.",
        _RETRY,
    ),
    Trouble.IDLE_TIMEOUT: (
        Fault.TIMEOUT,
        "{host} stopped in the middle of its answer.",
        "Try again.",
        _RETRY,
    ),
    Trouble.TOTAL_TIMEOUT: (
        Fault.TIMEOUT,
        "{host} took too long to finish its answer.",
        "Select a smaller region, or choose a faster model.",
        _RETRY,
    ),
    Trouble.PROXY: (
        Fault.UNREACHABLE,
        "The proxy on the way to {host} does not let the request through.",
        "Check the proxy settings of your system.",
        _RETRY,
    ),
    Trouble.CUT: (
        Fault.CUT,
        "The connection to {host} was closed before the answer was complete.",
        "Try again.",
        _RETRY,
    ),
    Trouble.GARBLED: (
        Fault.BAD_ANSWER,
        "{host} sent an answer that cannot be read.",
        "Try again, or check the base URL in the settings.",
        _RETRY,
    ),
    Trouble.BAD_HEADER: (
        Fault.BAD_KEY,
        "The API key holds characters that no key can have.",
        "Copy the key again and paste it in the settings.",
        _SETTINGS,
    ),
    Trouble.BAD_URL: (
        Fault.BAD_URL,
        "The base URL cannot be used.",
        "Correct the base URL in the settings; it starts with https:// or http://.",
        _SETTINGS,
    ),
    Trouble.OTHER: (
        Fault.UNREACHABLE,
        "{host} could not be reached.",
        "Check your network connection.",
        _RETRY,
    ),
}

_RETRYABLE = frozenset(
    (Trouble.UNKNOWN_NAME, Trouble.REFUSED, Trouble.CONNECT_TIMEOUT, Trouble.CUT, Trouble.OTHER)
)
"""Not a model that was too slow: the user has waited long enough, and it may have to be paid for."""


def explain_trouble(trouble: Trouble, url: str) -> EndpointError:
    """Say why no answer came and what to do about it.

    Args:
        trouble: What went wrong.
        url: Where the request went; only its host is shown.
    """
    fault, message, remedy, action = _TOLD[trouble]
    return EndpointError(
        message.format(host=host_of(url)),
        Remedy(remedy, action),
        fault=fault,
        retryable=trouble in _RETRYABLE,
    )


def not_configured() -> EndpointError:
    """Say that there is no endpoint to ask."""
    return EndpointError(
        "No endpoint is set up yet.",
        Remedy("Enter a base URL, an API key and a model ID in the settings.", _SETTINGS),
        fault=Fault.NOT_CONFIGURED,
    )


def staying_offline() -> EndpointError:
    """Say that nothing is asked because the user wants no connection to be opened."""
    return EndpointError(
        "WriteTex stays offline, so no endpoint is asked.",
        Remedy("Switch off Stay offline to open connections again.", RemedyAction.GO_ONLINE),
        fault=Fault.STAYING_OFFLINE,
    )


def refused_by_filter(url: str) -> EndpointError:
    """Say that the model or a filter before it would not read the picture."""
    return EndpointError(
        f"The model or a content filter at {host_of(url)} refused the picture.",
        Remedy("Try a smaller selection or another profile.", _RETRY),
        fault=Fault.CONTENT_FILTER,
    )


def empty_answer(model: str) -> EndpointError:
    """Say that a model answered without any text."""
    return EndpointError(
        f"The model {model} gave an empty answer.",
        Remedy("Try again, or choose a model that accepts images.", _RETRY),
        fault=Fault.EMPTY_ANSWER,
    )
