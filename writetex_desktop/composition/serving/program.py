"""The programs behind `writetex serve` and `writetex mcp`: the door without a window."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.history_file import default_path as default_history_path
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.settings_file import default_path
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.composition.command_line import Teller
from writetex_desktop.composition.configuration import Configuration, read_configuration
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.composition.exports import closest, make_exports
from writetex_desktop.composition.parts import Parts, build_parts, read_picture
from writetex_desktop.composition.serving.asking import ask_desktop
from writetex_desktop.composition.serving.doorway import KeptClients, load, open_door, search
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.serving.origins import normalise_origin
from writetex_desktop.core.settings.client import Client
from writetex_desktop.services.serving.clients import Clients, new_token
from writetex_desktop.services.serving.counter import Counter, Means
from writetex_desktop.services.tasks import Tasks

TOKEN = "WRITETEX_SERVE_TOKEN"  # noqa: S105 - the name of a variable
"""Where a token for one run can be given, for scripts and services."""

SHORTEST_TOKEN = 16
"""A shorter one could be guessed by a program on this machine."""


@dataclass(frozen=True, slots=True)
class ServeOrder:
    """How the door is opened.

    Attributes:
        port: The port that is wanted; None for the settings'.
        offline: Whether no connection is opened.
        endpoint: Which endpoint, and how it is reached.
        history: Whether the token of this run may search the history.
        origins: Web pages that may ask with it.
    """

    port: int | None
    offline: bool
    endpoint: EndpointChoice
    history: bool = False
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shop:
    """What serves others, and what it is made of."""

    counter: Counter
    parts: Parts
    configuration: Configuration


@asynccontextmanager
async def _shop(order: ServeOrder, tell: Callable[[str], None]) -> AsyncIterator[_Shop]:
    """Make what serves, for as long as the block lasts."""
    teller = Teller(tell)
    tasks = Tasks(teller)
    configuration = read_configuration(teller.notify, change=order.endpoint.on, offline=order.offline)
    parts = build_parts(configuration, teller.notify, tasks)
    order.endpoint.apply(parts.settings, teller.notify)
    renderer = MathJaxRenderer(resource_dir(), definitions=parts.reading.definitions)
    history = SqliteHistory(default_history_path())
    means = Means(
        settings=parts.settings.settings,
        recognise=closest(parts.reading.recognise, renderer, parts.codec),
        offline=parts.offline,
        codec=parts.codec,
        exports=make_exports(renderer),
        clock=parts.clock,
        snip=ask_desktop,
        search=partial(search, history),
    )
    try:
        yield _Shop(Counter(means), parts, configuration)
    finally:
        renderer.close()
        await history.close()
        await parts.aclose()
        await tasks.cancel_all()


async def serve(order: ServeOrder, *, tell: Callable[[str], None], opened: Callable[[str], None]) -> None:
    """Serve until the task is cancelled.

    Args:
        order: How.
        tell: Is told notices, one line each.
        opened: Is told the address, once the door is open.

    Raises:
        StorageError: The libraries are not installed, or nobody may listen here.
        SettingsError: The token of this run or an origin is none, or the key store is out of order.
    """
    async with _shop(order, tell) as shop:
        settings = shop.parts.settings
        clients = Clients(settings, shop.configuration.secrets, KeptClients(default_path()))
        _welcome(order, clients, tell)
        wanted = order.port or settings.settings.value.serve_port
        door = await open_door(shop.counter, clients, wanted, shop.parts.clock.monotonic)
        try:
            if door.port != wanted:
                tell(
                    tr(
                        "Port {wanted} is taken by another program; this is the next that is free.",
                        wanted=wanted,
                    )
                )
            opened(f"http://127.0.0.1:{door.port}")
            await asyncio.Event().wait()
        finally:
            await door.aclose()


async def assist(order: ServeOrder, *, tell: Callable[[str], None]) -> None:
    """Serve an assistant over standard input and output, until it closes them.

    Args:
        order: How; port and rights do not count.
        tell: Is told notices, one line each.

    Raises:
        StorageError: The library is not installed.
    """
    assistants = await load("assistants", "mcp")
    async with _shop(order, tell) as shop:
        await assistants.make_server(shop.counter, read_picture).run_stdio_async()


def _welcome(order: ServeOrder, clients: Clients, tell: Callable[[str], None]) -> None:
    """Let the token of this run in: the one of the environment, or one of our own where nobody has any.

    Raises:
        SettingsError: It is too short, or an origin is none.
    """
    given = os.environ.get(TOKEN, "")
    if given and len(given) < SHORTEST_TOKEN:
        raise SettingsError(
            tr("The token in {token} is too short.", token=TOKEN), tr("Give one of 16 characters or more.")
        )
    if not given and clients.known.value and not (order.history or order.origins):
        return
    token = Secret(given) if given else new_token()
    origins = tuple(normalise_origin(origin) for origin in order.origins)
    clients.welcome(token, Client("this-run", "This run", order.history, origins))
    if not given:
        tell(f"Token of this run, which other programs send as their API key: {token.reveal()}")


@asynccontextmanager
async def _clients(tell: Callable[[str], None]) -> AsyncIterator[Clients]:
    configuration = read_configuration(Teller(tell).notify)
    yield Clients(configuration.settings, configuration.secrets)


async def make_client(
    name: str, *, history: bool, origins: tuple[str, ...], tell: Callable[[str], None]
) -> Secret:
    """Let a program in, and give its token.

    Raises:
        SettingsError: The name or an origin is none, or there is no key store that outlives this program.
    """
    async with _clients(tell) as clients:
        token = await clients.make(name, history=history, origins=origins)
        if not clients.keeps:
            await clients.revoke(clients.find(name).id)
            raise SettingsError(
                tr("There is no key store here, so that the token would be forgotten at once."),
                tr("Set {token} to a token of your own when you start `writetex serve`.", token=TOKEN),
            )
        return token


async def revoke_client(name: str, *, tell: Callable[[str], None]) -> None:
    """Let a program in no longer.

    Raises:
        SettingsError: There is none of that name, or the key store is out of order.
    """
    async with _clients(tell) as clients:
        await clients.revoke(clients.find(name).id)


async def list_clients(*, tell: Callable[[str], None]) -> tuple[Client, ...]:
    """Give the programs that have a token."""
    async with _clients(tell) as clients:
        return clients.known.value
