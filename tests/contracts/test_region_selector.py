"""What every `RegionSelector` holds to; a user in front of the overlay does what is wished."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import qasync
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import FakeRegionSelector
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame, Selection
from writetex_desktop.native.screens.qt import qt_screens
from writetex_desktop.ports.screens import RegionSelector
from writetex_desktop.ui.overlay.snipper import Snipper

pytestmark = pytest.mark.gui

Wish = Callable[[Rect | None], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """A selector and the way to tell its user what to choose next."""

    selector: RegionSelector
    wish: Wish


class FakeUser:
    """Tells the fake what to choose."""

    def __init__(self) -> None:
        self.region: Rect | None = None
        self.selector = FakeRegionSelector(self.choose)

    def wish(self, region: Rect | None) -> None:
        self.region = region

    def choose(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        return None if self.region is None else Selection(frames[0], self.region)


class OverlayUser:
    """Drags on the overlay, or presses Escape, as soon as it is painted."""

    def __init__(self) -> None:
        self.region: Rect | None = None
        self.selector = Snipper()
        self.selector.painted.connect(self.act)

    def wish(self, region: Rect | None) -> None:
        self.region = region

    def act(self) -> None:
        window = next(iter(self.selector._windows.values()))
        if self.region is None:
            QTest.keyClick(window, Qt.Key.Key_Escape)
            return
        start, end = QPoint(self.region.x, self.region.y), QPoint(self.region.right, self.region.bottom)
        held = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(window, Qt.MouseButton.LeftButton, held, start)
        QTest.mouseMove(window, end)
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, held, end)


@pytest.fixture(params=["fake", "overlay"])
def subject(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Subject]:
    if request.param == "fake":
        fake = FakeUser()
        yield Subject(fake.selector, fake.wish)
    else:
        user = OverlayUser()
        yield Subject(user.selector, user.wish)
        user.selector.close()


def frame_of(screen: Screen) -> ScreenFrame:
    width, height = screen.area.width, screen.area.height
    return ScreenFrame(screen, Bitmap(width, height, bytes(width * height * 4)))


@pytest.fixture
def frames(qapp: QApplication) -> tuple[ScreenFrame, ...]:
    return tuple(frame_of(screen) for screen in qt_screens())


@pytest.fixture
def select(
    qapp: QApplication, subject: Subject, frames: tuple[ScreenFrame, ...]
) -> Callable[[Rect | None], Selection | None]:
    """Lets the user choose something, or nothing."""

    def run(region: Rect | None) -> Selection | None:
        subject.wish(region)
        with qasync.QEventLoop(qapp) as loop:
            selection: Selection | None = loop.run_until_complete(
                asyncio.wait_for(subject.selector.select(frames), 20)
            )
            return selection

    return run


Select = Callable[[Rect | None], Selection | None]


def test_a_selection_holds_one_of_the_frames_and_the_region(
    select: Select, frames: tuple[ScreenFrame, ...]
) -> None:
    assert select(Rect(20, 30, 200, 100)) == Selection(frames[0], Rect(20, 30, 200, 100))


def test_choosing_nothing_gives_none(select: Select) -> None:
    assert select(None) is None


def test_one_selection_leaves_nothing_over_for_the_next(select: Select) -> None:
    chosen = [select(region) for region in (Rect(20, 30, 200, 100), None, Rect(5, 6, 70, 80))]
    assert [each and each.region for each in chosen] == [Rect(20, 30, 200, 100), None, Rect(5, 6, 70, 80)]


def test_the_region_chosen_last_is_given_for_new_frames_that_still_hold_it(
    select: Select, subject: Subject, frames: tuple[ScreenFrame, ...]
) -> None:
    assert subject.selector.last(frames) is None
    region = Rect(20, 30, 200, 100)
    select(region)
    select(None)
    screen = frames[0].screen
    again = frame_of(screen)
    assert subject.selector.last((again,)) == Selection(again, region)
    smaller = Screen(screen.name, Rect(screen.area.x, screen.area.y, 150, 150), screen.scale)
    assert subject.selector.last((frame_of(smaller),)) is None
