"""The door with its guards. starlette and uvicorn are imported when it is opened, and not before."""

import asyncio
import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.errors import SettingsError, StorageError
from writetex_desktop.core.history.entry import HistoryEntry, parse_search
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.client import Client
from writetex_desktop.ports.storage import HistoryStore
from writetex_desktop.services.serving import pace
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.counter import Counter
from writetex_desktop.services.serving.door import OpenDoor


class KeptClients:
    """The programs with a token as the settings file has them, read when it has changed.

    Args:
        path: The settings file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._look()

    def __call__(self) -> tuple[Client, ...] | None:
        """Give them; None where nothing has changed since the last time."""
        found = self._look()
        if found == self._seen:
            return None
        self._seen = found
        try:
            return SettingsFile(self._path).load().serve_clients
        except SettingsError:  # it was damaged and moved aside: the settings in force hold
            return None

    def _look(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (found.st_mtime_ns, found.st_size, found.st_ino)


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
    application, gate, server = [await load(name) for name in ("application", "gate", "server")]
    await clients.load()
    pages = await asyncio.to_thread(_pages)
    guards = gate.Guards(
        clients=clients,
        pace=pace.Pace(now, pace.PER_MINUTE, pace.BURST),
        wrong=pace.Pace(now, pace.WRONG_PER_MINUTE, pace.WRONG_BURST),
        open_paths=frozenset(pages),
    )
    door: OpenDoor = await server.open_server(application.make_application(counter, guards, pages), port)
    return door


def _pages() -> dict[str, tuple[str, bytes]]:
    """Give the files of the task pane for Word by their paths, with their types."""
    types = {".html": "text/html", ".js": "text/javascript", ".xml": "text/xml"}
    files = sorted((resource_dir() / "word").iterdir())
    return {f"/word/{file.name}": (types[file.suffix], file.read_bytes()) for file in files}


async def load(name: str, extra: str = "serve") -> ModuleType:
    """Import a module of the adapters in a thread: the first takes a fifth of a second.

    Args:
        name: The module.
        extra: The extra of the installation that brings its library.

    Raises:
        StorageError: The library is not installed.
    """
    try:
        return await asyncio.to_thread(importlib.import_module, f"{_ADAPTERS}.{name}")
    except ImportError as error:
        raise StorageError(
            tr("The library {value} for other programs is not installed.", value=error.name or extra),
            tr('Install it with pip install "writetex-desktop[{extra}]".', extra=extra),
        ) from error


async def search(store: HistoryStore, text: str, before: int | None, limit: int) -> tuple[HistoryEntry, ...]:
    """Search a history that nobody else in this program has open.

    Raises:
        StorageError: It is out of order.
    """
    await store.open()
    query = parse_search(text, datetime.now(UTC).astimezone().date())
    return await store.find(query, before=before, limit=limit)
