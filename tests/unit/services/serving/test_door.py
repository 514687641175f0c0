"""The door of the running program is open exactly while the settings say so."""

import asyncio
from dataclasses import dataclass, replace

from tests.fakes import FakeNotifier
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.serving.door import DoorKeeper, DoorState
from writetex_desktop.services.tasks import Tasks


@dataclass
class FakeDoor:
    port: int
    is_open: bool = True

    async def aclose(self) -> None:
        await asyncio.sleep(0)
        self.is_open = False


class World:
    def __init__(self, *, serve: bool, fails: bool = False) -> None:
        self.settings = Observable(Settings(serve=serve))
        self.doors: list[FakeDoor] = []
        self.notifier = FakeNotifier()
        self.fails = fails
        self.keeper = DoorKeeper(self.settings, self.open_door, Tasks(self.notifier))

    async def open_door(self, port: int) -> FakeDoor:
        await asyncio.sleep(0)
        if self.fails:
            raise StorageError("The library starlette is not installed.", "Install it.")
        self.doors.append(FakeDoor(port))
        return self.doors[-1]

    def set(self, **changes: object) -> None:
        self.settings.set(replace(self.settings.value, **changes))  # type: ignore[arg-type]  # checked there

    async def settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    @property
    def open_ports(self) -> list[int]:
        return [door.port for door in self.doors if door.is_open]


async def test_it_is_opened_moved_and_shut_as_the_settings_say() -> None:
    world = World(serve=False)
    world.keeper.follow()
    await world.settle()
    assert world.open_ports == []
    world.set(serve=True)
    await world.settle()
    assert world.open_ports == [50906]
    assert world.keeper.state.value == DoorState("http://127.0.0.1:50906")
    world.set(serve_port=50999)
    await world.settle()
    assert world.open_ports == [50999]
    world.set(serve=False)
    await world.settle()
    assert world.open_ports == []
    assert world.keeper.state.value == DoorState()


async def test_who_changes_his_mind_quickly_gets_what_he_wanted_last() -> None:
    world = World(serve=True)
    world.keeper.follow()
    for port in range(50910, 50920):
        world.set(serve_port=port)
    await world.settle()
    assert world.open_ports == [50919]
    await world.keeper.aclose()
    world.set(serve_port=50906)
    await world.settle()
    assert world.open_ports == []


async def test_why_it_cannot_be_opened_is_told_once_and_shown() -> None:
    world = World(serve=True, fails=True)
    world.keeper.follow()
    await world.settle()
    assert "starlette" in world.keeper.state.value.problem
    assert "Install it." in world.keeper.state.value.problem
    assert len(world.notifier.notices) == 1
    world.fails = False
    world.set(serve=False)
    world.set(serve=True)
    await world.settle()
    assert world.keeper.state.value.problem == ""
