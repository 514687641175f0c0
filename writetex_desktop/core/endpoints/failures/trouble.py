"""Why no response came, or why an answer ended too early, said to the user."""

from enum import Enum, auto

from writetex_desktop.core.endpoints.failures.words import host_of
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import mark, tr, tr_marked

_SETTINGS = RemedyAction.OPEN_ENDPOINT_SETTINGS
_RETRY = RemedyAction.RETRY
_NETWORK = RemedyAction.OPEN_NETWORK_SETTINGS
_CA_FILE = RemedyAction.CHOOSE_CA_FILE
_CERTIFICATE = RemedyAction.CHOOSE_CLIENT_CERTIFICATE


class Trouble(Enum):
    """What went wrong on the way to or from a server."""

    UNKNOWN_NAME = auto()
    """No machine has the host's name."""
    REFUSED = auto()
    """Nothing listens there."""
    INSECURE = auto()
    """No secure connection, for a reason of which nothing more is known."""
    EXPIRED = auto()
    """The certificate is out of date, or the clock here is wrong."""
    WRONG_HOST = auto()
    """The certificate is another host's."""
    SELF_SIGNED = auto()
    UNKNOWN_CA = auto()
    """The certificate is signed by somebody whom the system does not trust."""
    CERTIFICATE_WANTED = auto()
    """The server asks for a certificate of the client."""
    OLD_TLS = auto()
    PLAIN_SERVER = auto()
    """The server speaks plain HTTP, and was asked for https."""
    TLS_WANTED = auto()
    """The server speaks https, and was asked for plain HTTP."""
    PROXY_PASSWORD = auto()
    PROXY_DOWN = auto()
    """The proxy does not answer, or is not to be found."""
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
        mark("The host {host} cannot be found."),
        mark("Check your network connection and the base URL in the settings."),
        _SETTINGS,
    ),
    Trouble.REFUSED: (
        Fault.UNREACHABLE,
        mark("Nothing answers at {host}."),
        mark("Start the server there, or check the base URL in the settings."),
        _SETTINGS,
    ),
    Trouble.INSECURE: (
        Fault.UNREACHABLE,
        mark("No secure connection to {host} could be made."),
        mark("Check the base URL and the network settings of the profile."),
        _SETTINGS,
    ),
    Trouble.EXPIRED: (
        Fault.UNREACHABLE,
        mark("The certificate of {host} is not valid today."),
        mark("Check the date of this computer; if it is right, tell whoever runs the server."),
        _RETRY,
    ),
    Trouble.WRONG_HOST: (
        Fault.UNREACHABLE,
        mark("The certificate that answers at {host} belongs to another host."),
        mark("Check the host in the base URL; a network with a login page shows this too."),
        _SETTINGS,
    ),
    Trouble.SELF_SIGNED: (
        Fault.UNREACHABLE,
        mark("The certificate of {host} is signed by nobody but itself."),
        mark(
            "If the server is yours, choose its certificate as CA file in the "
            "network settings of the profile."
        ),
        _CA_FILE,
    ),
    Trouble.UNKNOWN_CA: (
        Fault.UNREACHABLE,
        mark("The certificate of {host} is signed by somebody whom this computer does not trust."),
        mark("Choose the CA file of your company or server in the network settings of the profile."),
        _CA_FILE,
    ),
    Trouble.CERTIFICATE_WANTED: (
        Fault.UNREACHABLE,
        mark("{host} asks for a client certificate."),
        mark(
            "Choose the file that you were given as client certificate "
            "in the network settings of the profile."
        ),
        _CERTIFICATE,
    ),
    Trouble.OLD_TLS: (
        Fault.UNREACHABLE,
        mark("{host} speaks only a form of encryption that is too old to be safe."),
        mark("Ask whoever runs the server to allow TLS 1.2 or newer."),
        _SETTINGS,
    ),
    Trouble.PLAIN_SERVER: (
        Fault.UNREACHABLE,
        mark("No secure connection to {host} could be made: the server answers without encryption."),
        mark("Write http:// in place of https:// in the base URL if the server is in your own network."),
        _SETTINGS,
    ),
    Trouble.TLS_WANTED: (
        Fault.UNREACHABLE,
        mark("{host} takes encrypted requests only."),
        mark("Write https:// in place of http:// in the base URL."),
        _SETTINGS,
    ),
    Trouble.PROXY_DOWN: (
        Fault.UNREACHABLE,
        mark("The proxy on the way to {host} does not answer."),
        mark("Check the proxy in the network settings of the profile, or leave it empty for the system's."),
        _NETWORK,
    ),
    Trouble.PROXY_PASSWORD: (
        Fault.UNREACHABLE,
        mark("The proxy on the way to {host} asks for a user name and password."),
        mark(
            "Write them into the proxy in the network settings of the profile: http://name:password@proxy:port."
        ),
        _NETWORK,
    ),
    Trouble.CONNECT_TIMEOUT: (
        Fault.UNREACHABLE,
        mark("{host} could not be reached in time."),
        mark("Check your network connection, then try again."),
        _RETRY,
    ),
    Trouble.FIRST_BYTE_TIMEOUT: (
        Fault.TIMEOUT,
        mark("{host} took too long to begin its answer."),
        mark("Try again; a model that is still loading answers faster the second time."),
        _RETRY,
    ),
    Trouble.IDLE_TIMEOUT: (
        Fault.TIMEOUT,
        mark("{host} stopped in the middle of its answer."),
        mark("Try again."),
        _RETRY,
    ),
    Trouble.TOTAL_TIMEOUT: (
        Fault.TIMEOUT,
        mark("{host} took too long to finish its answer."),
        mark("Select a smaller region, or choose a faster model."),
        _RETRY,
    ),
    Trouble.PROXY: (
        Fault.UNREACHABLE,
        mark("The proxy on the way to {host} does not let the request through."),
        mark("Check the proxy in the network settings of the profile, or leave it empty for the system's."),
        _NETWORK,
    ),
    Trouble.CUT: (
        Fault.CUT,
        mark("The connection to {host} was closed before the answer was complete."),
        mark("Try again."),
        _RETRY,
    ),
    Trouble.GARBLED: (
        Fault.BAD_ANSWER,
        mark("{host} sent an answer that cannot be read."),
        mark("Try again, or check the base URL in the settings."),
        _RETRY,
    ),
    Trouble.BAD_HEADER: (
        Fault.BAD_KEY,
        mark("The API key holds characters that no key can have."),
        mark("Copy the key again and paste it in the settings."),
        _SETTINGS,
    ),
    Trouble.BAD_URL: (
        Fault.BAD_URL,
        mark("The base URL cannot be used."),
        mark("Correct the base URL in the settings; it starts with https:// or http://."),
        _SETTINGS,
    ),
    Trouble.OTHER: (
        Fault.UNREACHABLE,
        mark("{host} could not be reached."),
        mark("Check your network connection."),
        _RETRY,
    ),
}

_RETRYABLE = frozenset(
    (
        *(Trouble.UNKNOWN_NAME, Trouble.REFUSED, Trouble.CONNECT_TIMEOUT, Trouble.CUT, Trouble.OTHER),
        Trouble.PROXY_DOWN,
    )
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
        tr_marked(message, host=host_of(url)),
        Remedy(tr_marked(remedy), action),
        fault=fault,
        retryable=trouble in _RETRYABLE,
    )


def not_configured() -> EndpointError:
    """Say that there is no endpoint to ask."""
    return EndpointError(
        tr("No endpoint is set up yet."),
        Remedy(tr("Enter a base URL, an API key and a model ID in the settings."), _SETTINGS),
        fault=Fault.NOT_CONFIGURED,
    )


def staying_offline() -> EndpointError:
    """Say that nothing is asked because the user wants no connection to be opened."""
    return EndpointError(
        tr("WriteTex stays offline, so no endpoint is asked."),
        Remedy(tr("Switch off Stay offline to open connections again."), RemedyAction.GO_ONLINE),
        fault=Fault.STAYING_OFFLINE,
    )


def refused_by_filter(url: str) -> EndpointError:
    """Say that the model or a filter before it would not read the picture."""
    return EndpointError(
        tr("The model or a content filter at {host} refused the picture.", host=host_of(url)),
        Remedy(tr("Try a smaller selection or another profile."), _RETRY),
        fault=Fault.CONTENT_FILTER,
    )


def empty_answer(model: str) -> EndpointError:
    """Say that a model answered without any text."""
    return EndpointError(
        tr("The model {model} gave an empty answer.", model=model),
        Remedy(tr("Try again, or choose a model that accepts images."), _RETRY),
        fault=Fault.EMPTY_ANSWER,
    )


def thoughts_alone(model: str) -> EndpointError:
    """Say that a model came to the end of its tokens before it wrote anything but thoughts."""
    return EndpointError(
        tr("The model {model} used all its tokens for thinking and wrote no answer.", model=model),
        Remedy(tr("Choose a model that does not think, or one that thinks less."), _SETTINGS),
        fault=Fault.EMPTY_ANSWER,
    )
