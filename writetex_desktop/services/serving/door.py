"""The door of the running program: opened and shut as the settings say."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks


class OpenDoor(Protocol):
    """A door that is open."""

    @property
    def port(self) -> int:
        """The port at which it listens."""
        ...

    async def aclose(self) -> None:
        """Shut it."""
        ...


@dataclass(frozen=True, slots=True)
class DoorState:
    """How the door is.

    Attributes:
        address: Where other programs find it; empty while it is shut.
        problem: Why it is shut though it should be open, and what to do; empty for nothing.
    """

    address: str = ""
    problem: str = ""


class DoorKeeper:
    """Keeps the door as the settings say.

    Args:
        settings: Say whether it is open, and at which port.
        open_door: Opens it at a port, or the next that is free.
        tasks: Runs what takes time.

    Attributes:
        state: How it is.
    """

    def __init__(
        self, settings: Observable[Settings], open_door: Callable[[int], Awaitable[OpenDoor]], tasks: Tasks
    ) -> None:
        self.state: Observable[DoorState] = Observable(DoorState())
        self._settings = settings
        self._open_door = open_door
        self._tasks = tasks
        self._door: OpenDoor | None = None
        self._wanted = 0
        self._turn = asyncio.Lock()

    def follow(self) -> None:
        """Open it if the settings say so, and obey them from now on."""
        self._settings.subscribe(self._obey)
        self._obey(self._settings.value)

    async def aclose(self) -> None:
        """Shut it for good."""
        self._wanted = -1
        async with self._turn:
            await self._shut()

    def _obey(self, settings: Settings) -> None:
        wanted = settings.serve_port if settings.serve else 0
        if wanted != self._wanted and self._wanted >= 0:
            self._wanted = wanted
            self._tasks.spawn(self._turn_to(wanted), name="door for other programs")

    async def _turn_to(self, port: int) -> None:
        async with self._turn:
            if port != self._wanted:  # the user went on
                return
            await self._shut()
            if not port:
                self.state.set(DoorState())
                return
            try:
                self._door = await self._open_door(port)
            except WriteTexError as error:
                self.state.set(DoorState(problem=f"{error.message} {error.remedy.text}".rstrip()))
                raise
            self.state.set(DoorState(f"http://127.0.0.1:{self._door.port}"))

    async def _shut(self) -> None:
        door, self._door = self._door, None
        if door is not None:
            await door.aclose()
