"""Certificates: whose are trusted, which one is shown, and what a handshake failed by.

The numbers of OpenSSL's verdicts stand in its `x509_vfy.h`
(https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/); the names of its reasons are those of
`ssl.SSLError.reason`.
"""

import ssl
from collections.abc import Iterator, Sequence

from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.trouble import Trouble
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr

_VERDICTS: dict[int, Trouble] = {
    9: Trouble.EXPIRED,  # not yet valid
    10: Trouble.EXPIRED,
    18: Trouble.SELF_SIGNED,
    19: Trouble.UNKNOWN_CA,  # the root is at the end of the chain, but nobody trusts it
    20: Trouble.UNKNOWN_CA,
    21: Trouble.UNKNOWN_CA,
    27: Trouble.UNKNOWN_CA,
    62: Trouble.WRONG_HOST,
    64: Trouble.WRONG_HOST,  # of an address in numbers
}

_REASONS: tuple[tuple[str, Trouble], ...] = (
    ("WRONG_VERSION_NUMBER", Trouble.PLAIN_SERVER),
    ("HTTP_REQUEST", Trouble.PLAIN_SERVER),
    ("RECORD_LAYER_FAILURE", Trouble.PLAIN_SERVER),
    ("PACKET_LENGTH_TOO_LONG", Trouble.PLAIN_SERVER),
    ("CERTIFICATE_REQUIRED", Trouble.CERTIFICATE_WANTED),
    ("ALERT_BAD_CERTIFICATE", Trouble.CERTIFICATE_WANTED),
    ("ALERT_UNKNOWN_CA", Trouble.CERTIFICATE_WANTED),
    ("ALERT_CERTIFICATE", Trouble.CERTIFICATE_WANTED),
    ("UNSUPPORTED_PROTOCOL", Trouble.OLD_TLS),
    ("ALERT_PROTOCOL_VERSION", Trouble.OLD_TLS),
    ("DH_KEY_TOO_SMALL", Trouble.OLD_TLS),
)
"""Alerts about certificates come from the server, so they are about ours, or that there is none."""

_WORDS: tuple[tuple[str, Trouble], ...] = (
    ("expired", Trouble.EXPIRED),
    ("not match", Trouble.WRONG_HOST),
    ("mismatch", Trouble.WRONG_HOST),
    ("self-signed", Trouble.SELF_SIGNED),
    ("self signed", Trouble.SELF_SIGNED),
    ("not trusted", Trouble.UNKNOWN_CA),
    ("unknown ca", Trouble.UNKNOWN_CA),
)
"""For verdicts of the system's own store (macOS, Windows), which come as words."""


def trust_of(endpoint: Endpoint, *, is_plain: bool) -> ssl.SSLContext:
    """Give what is trusted: the system's certificates, and those of the user's file beside them.

    Nobody is trusted where nothing will be encrypted, for loading certificates takes 0.1 s.

    Args:
        endpoint: Whom it is for.
        is_plain: Whether nothing will be encrypted.

    Raises:
        EndpointError: The file with certificates cannot be used, or the client certificate cannot.
    """
    import httpx2  # noqa: PLC0415  # loaded with the client

    network = endpoint.network
    if is_plain and not network.ca_file and not network.client_certificate:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # `SSL_CERT_FILE` and `SSL_CERT_DIR` count, as for every program of the system.
    context = httpx2.create_ssl_context()
    if network.ca_file:
        try:
            context.load_verify_locations(network.ca_file)
        except (OSError, ValueError) as error:
            raise _unusable(
                tr("The file with certificates cannot be used."),
                tr("Choose a file in the PEM form in the network settings, or leave the field empty."),
                RemedyAction.CHOOSE_CA_FILE,
            ) from error
    if network.client_certificate:
        try:
            # Without a password nothing may ask for one: the default would read from the terminal.
            context.load_cert_chain(
                network.client_certificate, network.client_key or None, password=_no_password
            )
        except (OSError, ValueError) as error:
            raise _unusable(
                tr("The client certificate cannot be used."),
                tr(
                    "Choose a PEM file with the certificate and its key, without a password, in the network "
                    "settings of the profile."
                ),
                RemedyAction.CHOOSE_CLIENT_CERTIFICATE,
            ) from error
    return context


def narrower(trouble: Trouble, error: BaseException, chain: Sequence[BaseException]) -> Trouble:
    """Say more of a failure where it tells more.

    Args:
        trouble: What it was taken for.
        error: The error by which it was.
        chain: That error with all that caused it and all that it caused.
    """
    if trouble is Trouble.PROXY and any("407" in str(link) for link in chain):
        return Trouble.PROXY_PASSWORD
    if trouble is Trouble.INSECURE:
        return _of_handshake(error)
    if trouble is Trouble.CUT and any(_is_tls_alert(link) for link in chain):
        return Trouble.TLS_WANTED
    return trouble


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """Give an error and all that caused it, those of groups too."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from chain_of(each)
    link = error.__cause__ or error.__context__
    if link is not None:
        yield from chain_of(link)


def _of_handshake(error: BaseException) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        verdict = _VERDICTS.get(error.verify_code)
        words = f"{error.verify_message} {error}".lower()
        return verdict or next((told for sign, told in _WORDS if sign in words), Trouble.UNKNOWN_CA)
    reason = (getattr(error, "reason", None) or "").upper()
    return next((told for sign, told in _REASONS if sign in reason), Trouble.INSECURE)


def _is_tls_alert(error: BaseException) -> bool:
    """Say whether a server answered plain HTTP with a record of TLS, whose first bytes no HTTP has.

    An alert begins with 15 03 (https://www.rfc-editor.org/rfc/rfc8446#section-5.1); h11 quotes what it cannot
    read.
    """
    return "\\x15\\x03" in str(error)


def _no_password() -> str:
    return ""


def _unusable(message: str, remedy: str, action: RemedyAction) -> EndpointError:
    return EndpointError(message, Remedy(remedy, action), fault=Fault.UNREACHABLE)
