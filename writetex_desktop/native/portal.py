"""The desktop's portals on the session bus: calls, requests with their answers, signals.

How a request goes (https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Request.html):
the caller names a token, so that it knows the path on which the answer will come and can listen *before* it
asks; the answer is a `Response` signal with 0 (done), 1 (cancelled by the user) or 2 (ended otherwise).

A program that is not sandboxed first tells the portal its app id, before anything else on that connection;
from xdg-desktop-portal 1.21 on, hotkeys are refused without
(https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.host.portal.Registry.html).
"""

import asyncio
import itertools
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from jeepney import DBusAddress, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.io.asyncio import DBusRouter, open_dbus_connection
from jeepney.io.common import RouterClosed
from jeepney.low_level import HeaderFields

from writetex_desktop.core.app_id import APP_ID

SERVICE: Final = "org.freedesktop.portal.Desktop"
PATH: Final = "/org/freedesktop/portal/desktop"

OWNER_CHANGED: Final = ("org.freedesktop.DBus", "NameOwnerChanged")
"""Interface and name of the signal by which the bus says that a service has gone or come."""

SESSION: Final = "org.freedesktop.portal.Session"
_REQUEST: Final = "org.freedesktop.portal.Request"
_REGISTRY: Final = "org.freedesktop.host.portal.Registry"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"

_CALL_TIMEOUT_S: Final = 5.0
"""A call that needs no user answers in milliseconds; a portal that has to be started first takes longer."""

_QUEUED_SIGNALS: Final = 64

_LOST: Final = (OSError, EOFError, RouterClosed, AuthenticationError, RuntimeError, ValueError, KeyError)
"""What jeepney 0.9 raises when there is no bus or it goes away; `KeyError` stands for a missing address, and
for a call that waits while the connection ends (jeepney/io/common.py removes it twice)."""

_ABSENT: Final = frozenset(
    f"org.freedesktop.DBus.Error.{name}"
    for name in ("ServiceUnknown", "NameHasNoOwner", "UnknownMethod", "UnknownInterface", "UnknownObject")
) | {"org.freedesktop.DBus.Error.InvalidArgs", "org.freedesktop.DBus.Error.Spawn.ServiceNotFound"}
"""Reading a property of an interface that is not there is an invalid argument."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A signal that has come.

    Attributes:
        member: Its name.
        path: The object that sent it.
        body: What it says.
    """

    member: str
    path: str
    body: tuple[object, ...]


NextSignal = Callable[[], Awaitable[Heard]]
"""Waits for a signal."""

T = TypeVar("T")

Options = Mapping[str, tuple[str, object]]
"""What D-Bus writes as `a{sv}`: names to signature and value."""


class Why(StrEnum):
    """Why a portal did not do what it was asked."""

    NO_BUS = "no-bus"
    NO_PORTAL = "no-portal"
    """The desktop has no such portal."""
    NO_ANSWER = "no-answer"
    CANCELLED = "cancelled"
    """By the user."""
    REFUSED = "refused"
    NONSENSE = "nonsense"
    """The answer is not what the documentation says."""


class PortalError(Exception):
    """A portal did not do what it was asked; adapters turn this into an error for the user."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why.value}: {detail}" if detail else why.value)
        self.why = why


class Portal:
    """One connection to the portals; see `open_portal`."""

    def __init__(self, router: DBusRouter) -> None:
        self._router = router
        self._tokens = itertools.count()

    def token(self) -> str:
        """Give a name for a request or a session that nobody else has or can guess."""
        return f"writetex{next(self._tokens)}_{secrets.token_hex(8)}"

    def path(self, kind: str, token: str) -> str:
        """Give the path of a request or session (`kind`) before it is made."""
        sender = str(self._router.unique_name).removeprefix(":").replace(".", "_")
        return f"{PATH}/{kind}/{sender}/{token}"

    async def version(self, interface: str) -> int:
        """Give the version of a portal.

        Raises:
            PortalError: There is no such portal, or no answer.
        """
        body = await self.call(_PROPERTIES, "Get", "ss", (interface, "version"))
        match body:
            case (("u", int(version)),):
                return version
            case _:
                raise PortalError(Why.NONSENSE, "version")

    async def has_session(self, path: str) -> bool:
        """Say whether the portals still know a session.

        Raises:
            PortalError: No answer.
        """
        address = DBusAddress(path, bus_name=SERVICE, interface=_PROPERTIES)
        try:
            await self._reply(new_method_call(address, "Get", "ss", (SESSION, "version")))
        except PortalError as error:
            if error.why is Why.NO_PORTAL:
                return False
            raise
        return True

    async def call(self, interface: str, method: str, signature: str, body: tuple[object, ...]) -> object:
        """Call a method and give what it returns.

        Raises:
            PortalError: It failed, or did not answer in time.
        """
        address = DBusAddress(PATH, bus_name=SERVICE, interface=interface)
        return await self._reply(new_method_call(address, method, signature, body))

    async def request(
        self,
        interface: str,
        method: str,
        signature: str,
        arguments: tuple[object, ...],
        options: Options,
        *,
        timeout_s: float,
    ) -> Mapping[str, object]:
        """Make a request and wait for its answer.

        Args:
            interface: Such as `org.freedesktop.portal.Screenshot`.
            method: Its method.
            signature: Of all arguments; the last is `a{sv}`, the options.
            arguments: All but the options.
            options: The options, without `handle_token`.
            timeout_s: How long the answer may take; the user may have to be asked.

        Returns:
            The results of the answer, without their signatures.

        Raises:
            PortalError: It was cancelled, refused, not answered, or is not there.
        """
        token = self.token()
        path = self.path("request", token)
        named = {**options, "handle_token": ("s", token)}
        rule = MatchRule(type="signal", interface=_REQUEST, member="Response", path=path)
        answers: asyncio.Queue[Message] = asyncio.Queue(1)
        async with self._listening(rule, answers):
            try:
                await self.call(interface, method, signature, (*arguments, named))
                async with asyncio.timeout(timeout_s):
                    body = (await self._next(answers)).body
            except (TimeoutError, asyncio.CancelledError) as late:
                self._forget(path)
                if isinstance(late, TimeoutError):
                    raise PortalError(Why.NO_ANSWER, method) from late
                raise
        return _results(body, method)

    @asynccontextmanager
    async def signals(self, *members: tuple[str, str]) -> AsyncIterator[NextSignal]:
        """Hear signals of the portals, and that the portals have gone or come, while the block lasts.

        Args:
            members: Interface and name of each; of `OWNER_CHANGED`, only what is about the portals is heard.

        Yields:
            Waits for the next one; raises `PortalError` when the connection is lost.
        """
        queue: asyncio.Queue[Message] = asyncio.Queue(_QUEUED_SIGNALS)
        async with AsyncExitStack() as stack:
            for interface, member in members:
                rule = MatchRule(type="signal", interface=interface, member=member)
                if (interface, member) == OWNER_CHANGED:
                    rule.add_arg_condition(0, SERVICE)
                await stack.enter_async_context(self._listening(rule, queue))
            yield lambda: self._next(queue)

    async def _next(self, heard: "asyncio.Queue[Message]") -> Heard:
        coming = asyncio.ensure_future(heard.get())
        receiver = self._router._rcv_task  # noqa: SLF001 - jeepney tells of its end nowhere else
        try:
            await asyncio.wait((coming, receiver), return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                message = coming.result()
                fields = message.header.fields
                member, path = str(fields[HeaderFields.member]), str(fields[HeaderFields.path])
                return Heard(member, path, tuple(message.body))
        finally:
            coming.cancel()
        raise PortalError(Why.NO_BUS)

    @asynccontextmanager
    async def _listening(self, rule: MatchRule, queue: "asyncio.Queue[Message]") -> AsyncIterator[None]:
        await self._reply(message_bus.AddMatch(rule))
        try:
            with self._router.filter(rule, queue=queue):
                yield
        finally:
            with suppress(PortalError):
                await self._reply(message_bus.RemoveMatch(rule))

    def _forget(self, request: str) -> None:
        """Take a request back, so that no dialog stays behind; what comes of it is nobody's business."""
        address = DBusAddress(request, bus_name=SERVICE, interface=_REQUEST)
        _left_alone(self._router.send(new_method_call(address, "Close")))

    async def _reply(self, message: Message) -> object:
        with _lost_is_an_error():
            try:
                # Cancelling a call at the moment when its reply comes ends the connection of jeepney 0.9 (it
                # sets the result of the cancelled future), so that a call is never cancelled, only left.
                call = _left_alone(self._router.send_and_get_reply(message))
                async with asyncio.timeout(_CALL_TIMEOUT_S):
                    reply = await asyncio.shield(call)
            except TimeoutError as late:
                raise PortalError(Why.NO_ANSWER) from late
        if reply.header.message_type is MessageType.error:
            name = str(reply.header.fields.get(HeaderFields.error_name, ""))
            raise PortalError(Why.NO_PORTAL if name in _ABSENT else Why.REFUSED, name)
        return reply.body


@asynccontextmanager
async def open_portal(environment: Mapping[str, str] = os.environ) -> AsyncIterator[Portal]:
    """Connect to the portals and tell them who we are.

    Args:
        environment: Holds `DBUS_SESSION_BUS_ADDRESS`.

    Raises:
        PortalError: There is no session bus.
    """
    with _lost_is_an_error():
        try:
            async with asyncio.timeout(_CALL_TIMEOUT_S):
                connection = await open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"])
        except TimeoutError as late:
            raise PortalError(Why.NO_BUS) from late
    router = DBusRouter(connection)
    try:
        portal = Portal(router)
        # Portals before 1.19.4 have no registry, and it will go away again: both are fine.
        with suppress(PortalError):
            await portal.call(_REGISTRY, "Register", "sa{sv}", (APP_ID, {}))
        yield portal
    finally:
        with suppress(*_LOST):
            await router.__aexit__(None, None, None)
        with suppress(*_LOST):
            await connection.close()


async def portal_versions(
    interfaces: Mapping[str, str], environment: Mapping[str, str] = os.environ
) -> dict[str, int]:
    """Give the version of each portal, 0 for those that are not there.

    Args:
        interfaces: Names of one's own, and the interfaces.
        environment: Holds `DBUS_SESSION_BUS_ADDRESS`.
    """
    versions = dict.fromkeys(interfaces, 0)
    with suppress(PortalError):
        async with open_portal(environment) as portal:
            for name, interface in interfaces.items():
                with suppress(PortalError):
                    versions[name] = await portal.version(interface)
    return versions


def _left_alone(coroutine: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    """Start something whose failure is of interest only to those who wait for it."""
    task = asyncio.get_running_loop().create_task(coroutine)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return task


@contextmanager
def _lost_is_an_error() -> Iterator[None]:
    try:
        yield
    except _LOST as failure:
        raise PortalError(Why.NO_BUS) from failure


def _results(body: Any, method: str) -> Mapping[str, object]:
    match body:
        case (0, dict(results)):
            try:
                return {str(name): value for name, (_signature, value) in results.items()}
            except (TypeError, ValueError) as failure:
                raise PortalError(Why.NONSENSE, method) from failure
        case (1, dict()):
            raise PortalError(Why.CANCELLED, method)
        case (int(), dict()):
            raise PortalError(Why.REFUSED, method)
        case _:
            raise PortalError(Why.NONSENSE, method)
