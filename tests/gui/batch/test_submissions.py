"""The provider's batch service on the page of batches, by keyboard alone and over a restart."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.fakes import FakeClock, FakeNotifier
from tests.gui.batch.submission_desk import make_provider
from tests.submission_world import PROFILE, Reader, World
from writetex_desktop.core.batches.batch import Batch, BatchItem, Source
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import RecognitionEvent, RecognitionRequest
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.batches.batch import BatchService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.submission_strip import SubmissionStrip

pytestmark = pytest.mark.gui


class Desk:
    """One run of the program: a table, the strip above it, and the world outside that stays."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.notifier = FakeNotifier()
        self.tasks = Tasks(self.notifier)
        self.kept: list[str] = []
        self.arrivals = 0
        self.service = BatchService(Reader(), _nobody, FakeClock(), self.tasks)
        self.provider = make_provider(
            world,
            self.service,
            notifier=self.notifier,
            tasks=self.tasks,
            on_arrival=self.arrive,
            kept=self.kept,
        )
        self.strip = SubmissionStrip()
        self.provider.attach(self.strip)
        self.strip.show()

    def arrive(self) -> None:
        self.arrivals += 1

    async def settle(self) -> None:
        """Let what was asked for come to its end, and the offer be looked at again."""
        while self.tasks._running:
            await asyncio.wait(self.tasks._running)
        await self.provider._offer()

    async def load(self, *names: str) -> None:
        self.service.load(Batch(tuple(BatchItem(Source(name)) for name in names)))
        await self.settle()

    async def click(self, name: str) -> None:
        (button,) = (each for each in self.strip.findChildren(QPushButton) if _name(each) == name)
        assert button.isEnabled()
        QTest.keyClick(button, Qt.Key.Key_Space)
        await self.settle()

    @property
    def states(self) -> str:
        return " ".join(item.state for item in self.service.batch.value.items)


def _nobody(request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
    raise AssertionError(f"nothing is read one by one here: {request} {profile}")


def _name(button: QPushButton) -> str:
    return button.text().replace("&", "") if button.isVisible() else ""


def at_desk(app: QApplication, world: World, act: Callable[[Desk], Awaitable[None]]) -> None:
    async def main() -> None:
        desk = Desk(world)
        try:
            await act(desk)
        finally:
            await desk.tasks.cancel_all()
            desk.strip.hide()
            desk.strip.deleteLater()

    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(asyncio.wait_for(main(), 50))


def test_pictures_are_offered_handed_in_and_come_back_after_a_restart(qapp: QApplication) -> None:
    world = World()

    async def hand_in(desk: Desk) -> None:
        await desk.load("a.png", "bad.png", "b.png")
        assert desk.strip.lines == ("Through the provider's batch service: ≈ $0.015; may take hours.",)
        await desk.click("Hand in")
        assert desk.states == "working failed working"
        assert "2 pictures handed in." in desk.notifier.notices[-1].message
        assert not desk.strip.isVisible()
        await desk.world.submissions.look()
        (line,) = desk.strip.lines
        assert line.startswith("2 pictures at api.example.com since ")
        assert line.endswith(": waiting to begin.")
        assert desk.arrivals

    at_desk(qapp, world, hand_in)
    world.restarted()
    world.remote.finish("batch-0")

    async def fetch(desk: Desk) -> None:
        following = asyncio.ensure_future(desk.provider.follow())
        while not desk.kept:
            await asyncio.wait_for(asyncio.sleep(0.01), 10)
        assert desk.states == "done done"
        assert (
            desk.notifier.notices[-1].message
            == "The batch service is through with 2 pictures; the page Batch shows them."
        )
        (line,) = desk.strip.lines
        assert line.endswith(": the results are here.")
        following.cancel()
        await desk.click("Remove")
        assert desk.strip.lines == ()
        assert world.store.load() == ()

    at_desk(qapp, world, fetch)


def test_what_the_provider_does_not_take_waits_again_and_the_reason_is_told(qapp: QApplication) -> None:
    world = World()

    async def act(desk: Desk) -> None:
        await desk.load("a.png")
        world.remote.error = EndpointError("The key is wrong.", fault=Fault.BAD_KEY)
        await desk.click("Hand in")
        assert desk.states == "waiting"
        assert desk.notifier.notices[-1].message == "The key is wrong."
        world.remote.error = None
        await desk.click("Hand in")
        await desk.world.submissions.look()
        await desk.click("Cancel")
        assert desk.strip.lines[-1].endswith(": being cancelled.")

    at_desk(qapp, world, act)


def test_nothing_is_offered_where_there_is_no_batch_service(qapp: QApplication) -> None:
    world = World()
    world.restarted(Settings((Profile("q", "Q", "https://other.example/v1", "n"), PROFILE), "q"))

    async def act(desk: Desk) -> None:
        await desk.load("a.png")
        assert not desk.strip.isVisible()

    at_desk(qapp, world, act)
