"""The door with its guards. starlette and uvicorn are imported when it is opened, and not before."""

import asyncio
import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.history.entry import HistoryEntry, parse_search
from writetex_desktop.core.language.words import tr
from writetex_desktop.ports.storage import HistoryStore
from writetex_desktop.services.serving import pace
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.counter import Counter
from writetex_desktop.services.serving.door import OpenDoor

_ADAPTERS = "writetex_desktop.adapters.serving"


async def open_door(counter: Counter, clients: Clients, port: int, now: Callable[[], float]) -> OpenDoor:
    """Open it.

    Args:
        counter: Serves.
        clients: Know who may ask.
        port: The port that is wanted; where it is taken, the next that is free.
        now: Seconds since some moment.

    Raises:
        StorageError: The libraries are not installed, or nobody may listen here.
        SettingsError: The key store is locked or out of order.
    """
    application, gate, server = [await _load(name) for name in ("application", "gate", "server")]
    await clients.load()
    guards = gate.Guards(
        clients=clients,
        pace=pace.Pace(now, pace.PER_MINUTE, pace.BURST),
        wrong=pace.Pace(now, pace.WRONG_PER_MINUTE, pace.WRONG_BURST),
    )
    door: OpenDoor = await server.open_server(application.make_application(counter, guards, {}), port)
    return door


async def _load(name: str) -> ModuleType:
    """Import a module of the adapters in a thread: the first takes a fifth of a second."""
    try:
        return await asyncio.to_thread(importlib.import_module, f"{_ADAPTERS}.{name}")
    except ImportError as error:
        raise StorageError(
            tr(
                "The library {value} for the door to other programs is not installed.",
                value=error.name or "starlette",
            ),
            tr('Install it with pip install "writetex-desktop[serve]".'),
        ) from error


async def search(store: HistoryStore, text: str, before: int | None, limit: int) -> tuple[HistoryEntry, ...]:
    """Search a history that nobody else in this program has open.

    Raises:
        StorageError: It is out of order.
    """
    await store.open()
    query = parse_search(text, datetime.now(UTC).astimezone().date())
    return await store.find(query, before=before, limit=limit)
