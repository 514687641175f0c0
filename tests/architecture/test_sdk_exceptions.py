"""Every exception of the SDK and of its HTTP client is one of ours before it leaves the adapter."""

import inspect
from collections.abc import Callable

import httpx2
import openai
import pytest

from writetex_desktop.adapters.endpoint.client import translate
from writetex_desktop.adapters.endpoint.transport import wire_errors
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import Fault
from writetex_desktop.core.secret import Secret

ENDPOINT = Endpoint("https://api.example.com/v1", Secret("sk-x"), "m")
REQUEST = httpx2.Request("POST", "https://api.example.com/v1/chat/completions")

Make = Callable[[], Exception]


def status(kind: type[openai.APIStatusError], code: int) -> Make:
    return lambda: kind("", response=httpx2.Response(code, request=REQUEST), body=None)


def plain(kind: type[Exception]) -> Make:
    return lambda: kind("")


def caused(error: Exception) -> Exception:
    """The SDK raises it from the HTTP client's own, always."""
    error.__cause__ = httpx2.ReadTimeout("")
    return error


def bare(kind: Callable[[], Exception]) -> Make:
    return kind


EXPECTED: dict[type[Exception], tuple[Make, Fault]] = {
    openai.OpenAIError: (plain(openai.OpenAIError), Fault.BAD_ANSWER),
    openai.APIError: (lambda: openai.APIError("", REQUEST, body={"code": 429}), Fault.RATE_LIMITED),
    openai.APIResponseValidationError: (
        lambda: openai.APIResponseValidationError(httpx2.Response(200, request=REQUEST), None),
        Fault.BAD_ANSWER,
    ),
    openai.APIConnectionError: (lambda: openai.APIConnectionError(request=REQUEST), Fault.UNREACHABLE),
    openai.APITimeoutError: (lambda: caused(openai.APITimeoutError(request=REQUEST)), Fault.TIMEOUT),
    openai.APIStatusError: (status(openai.APIStatusError, 402), Fault.NO_MONEY),
    openai.BadRequestError: (status(openai.BadRequestError, 400), Fault.BAD_PARAMETER),
    openai.AuthenticationError: (status(openai.AuthenticationError, 401), Fault.BAD_KEY),
    openai.OAuthError: (
        lambda: openai.OAuthError(response=httpx2.Response(401, request=REQUEST), body=None),
        Fault.BAD_KEY,
    ),
    openai.PermissionDeniedError: (status(openai.PermissionDeniedError, 403), Fault.FORBIDDEN),
    openai.NotFoundError: (status(openai.NotFoundError, 404), Fault.WRONG_PATH),
    openai.ConflictError: (status(openai.ConflictError, 409), Fault.OVERLOADED),
    openai.UnprocessableEntityError: (status(openai.UnprocessableEntityError, 422), Fault.BAD_PARAMETER),
    openai.RateLimitError: (status(openai.RateLimitError, 429), Fault.RATE_LIMITED),
    openai.InternalServerError: (status(openai.InternalServerError, 529), Fault.OVERLOADED),
    openai.LengthFinishReasonError: (
        lambda: openai.LengthFinishReasonError(completion=openai.types.chat.ChatCompletion.construct()),
        Fault.BAD_ANSWER,
    ),
    openai.ContentFilterFinishReasonError: (
        bare(openai.ContentFilterFinishReasonError),
        Fault.BAD_ANSWER,
    ),
    openai.InvalidWebhookSignatureError: (plain(openai.InvalidWebhookSignatureError), Fault.BAD_ANSWER),
    openai.WebSocketConnectionClosedError: (
        lambda: openai.WebSocketConnectionClosedError("", unsent_messages=[]),
        Fault.BAD_ANSWER,
    ),
    openai.WebSocketQueueFullError: (plain(openai.WebSocketQueueFullError), Fault.BAD_ANSWER),
    httpx2.HTTPError: (plain(httpx2.HTTPError), Fault.BAD_ANSWER),
    httpx2.HTTPStatusError: (
        lambda: httpx2.HTTPStatusError("", request=REQUEST, response=httpx2.Response(500)),
        Fault.BAD_ANSWER,
    ),
    httpx2.RequestError: (plain(httpx2.RequestError), Fault.BAD_ANSWER),
    httpx2.DecodingError: (plain(httpx2.DecodingError), Fault.BAD_ANSWER),
    httpx2.TooManyRedirects: (plain(httpx2.TooManyRedirects), Fault.BAD_ANSWER),
    httpx2.CookieConflict: (plain(httpx2.CookieConflict), Fault.BAD_ANSWER),
    httpx2.InvalidURL: (plain(httpx2.InvalidURL), Fault.BAD_URL),
    httpx2.UnsupportedProtocol: (plain(httpx2.UnsupportedProtocol), Fault.BAD_URL),
    httpx2.LocalProtocolError: (plain(httpx2.LocalProtocolError), Fault.BAD_KEY),
    httpx2.ConnectError: (plain(httpx2.ConnectError), Fault.UNREACHABLE),
    httpx2.ProxyError: (plain(httpx2.ProxyError), Fault.UNREACHABLE),
    httpx2.ConnectTimeout: (plain(httpx2.ConnectTimeout), Fault.UNREACHABLE),
    httpx2.PoolTimeout: (plain(httpx2.PoolTimeout), Fault.UNREACHABLE),
    httpx2.TimeoutException: (plain(httpx2.TimeoutException), Fault.TIMEOUT),
    httpx2.ReadTimeout: (plain(httpx2.ReadTimeout), Fault.TIMEOUT),
    httpx2.WriteTimeout: (plain(httpx2.WriteTimeout), Fault.TIMEOUT),
    httpx2.TransportError: (plain(httpx2.TransportError), Fault.CUT),
    httpx2.NetworkError: (plain(httpx2.NetworkError), Fault.CUT),
    httpx2.ReadError: (plain(httpx2.ReadError), Fault.CUT),
    httpx2.WriteError: (plain(httpx2.WriteError), Fault.CUT),
    httpx2.CloseError: (plain(httpx2.CloseError), Fault.CUT),
    httpx2.ProtocolError: (plain(httpx2.ProtocolError), Fault.CUT),
    httpx2.RemoteProtocolError: (plain(httpx2.RemoteProtocolError), Fault.CUT),
    httpx2.SSEError: (plain(httpx2.SSEError), Fault.CUT),
    httpx2.StreamError: (plain(httpx2.StreamError), Fault.CUT),
    httpx2.StreamClosed: (bare(httpx2.StreamClosed), Fault.CUT),
    httpx2.StreamConsumed: (bare(httpx2.StreamConsumed), Fault.CUT),
    httpx2.RequestNotRead: (bare(httpx2.RequestNotRead), Fault.CUT),
    httpx2.ResponseNotRead: (bare(httpx2.ResponseNotRead), Fault.CUT),
}
"""How each is made, and what it means to us."""


def public_exceptions() -> set[type[BaseException]]:
    return {
        kind
        for module in (openai, httpx2)
        for name, kind in tuple(vars(module).items())
        if not name.startswith("_") and inspect.isclass(kind) and issubclass(kind, BaseException)
    }


def test_every_public_exception_has_a_meaning() -> None:
    assert public_exceptions() == set(EXPECTED)


@pytest.mark.parametrize("kind", EXPECTED, ids=lambda kind: kind.__name__)
def test_it_is_caught_and_means_what_it_should(kind: type[Exception]) -> None:
    make, fault = EXPECTED[kind]
    error = make()
    assert type(error) is kind
    assert isinstance(error, (openai.OpenAIError, *wire_errors()))
    assert translate(error, ENDPOINT).fault is fault
