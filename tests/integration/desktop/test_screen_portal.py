"""The Screenshot portal, with one of our own on a bus of its own."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from tests.portals import (
    SCREENSHOT,
    Answer,
    Bus,
    MockPortal,
    Raw,
    Reaction,
    Refusal,
    Silence,
    mock_portal,
    private_bus,
)
from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import ScreenFrame
from writetex_desktop.native.screens.portal import PortalScreenGrabber, take_file

LEFT = Screen("L", Rect(0, 0, 40, 30), 1.0)
RIGHT = Screen("R", Rect(40, 0, 40, 60), 2.0)
"""20 x 30 logical pixels, right of the other."""


@pytest.fixture(scope="module")
def bus() -> Iterator[Bus]:
    with private_bus() as running:
        yield running


@pytest.fixture
def portal(bus: Bus) -> Iterator[MockPortal]:
    with mock_portal(bus) as running:
        yield running


def _grabber(bus: Bus, *screens: Screen, plain_timeout_s: float = 20.0) -> PortalScreenGrabber:
    return PortalScreenGrabber(
        lambda: screens or (LEFT,), bus.environment(), plain_timeout_s=plain_timeout_s, dialog_timeout_s=20.0
    )


def _png(width: int = 40, height: int = 30, *marks: tuple[int, int]) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    for x, y in marks:
        image.setPixelColor(x, y, QColor(200, 100, 50))
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(file, "PNG")  # type: ignore[call-overload]  # the annotations want bytes
    return bytes(file.data().data())


WHOLE, PIECE = _png(), _png(12, 5)


def _picture(path: Path, png: bytes = WHOLE) -> Answer:
    """As a portal does: write the picture, and tell where."""
    path.write_bytes(png)
    return Answer(0, {"uri": ("s", path.as_uri())})


def _pixel(frame: ScreenFrame, x: int, y: int) -> bytes:
    at = (y * frame.bitmap.width + x) * 4
    return bytes(frame.bitmap.data[at : at + 3])


MARK = bytes((50, 100, 200))


async def test_a_picture_comes_back_and_its_file_is_deleted(
    bus: Bus, portal: MockPortal, tmp_path: Path
) -> None:
    path = tmp_path / "Screenshot from today & co.png"
    png = _png(40, 30, (7, 9))
    portal.screenshot = lambda _options: _picture(path, png)
    (frame,) = await _grabber(bus).grab()
    assert frame.screen == LEFT
    assert not frame.is_chosen
    assert _pixel(frame, 7, 9) == MARK
    assert not path.exists()


async def test_the_program_names_itself_before_it_asks(bus: Bus, portal: MockPortal, tmp_path: Path) -> None:
    portal.screenshot = lambda _options: _picture(tmp_path / "a.png")
    await _grabber(bus).grab()
    assert portal.app_ids == [APP_ID]
    assert [method for method, _body in portal.calls] == ["Register", "Screenshot"]


async def test_a_portal_without_a_registry_is_as_good(bus: Bus, portal: MockPortal, tmp_path: Path) -> None:
    portal.has_registry = False
    portal.screenshot = lambda _options: _picture(tmp_path / "a.png")
    assert len(await _grabber(bus).grab()) == 1


async def test_the_picture_of_two_screens_is_cut_in_the_largest_scale(
    bus: Bus, portal: MockPortal, tmp_path: Path
) -> None:
    png = _png(120, 60, (79, 59), (80, 0))
    portal.screenshot = lambda _options: _picture(tmp_path / "a.png", png)
    left, right = await _grabber(bus, LEFT, RIGHT).grab()
    assert (left.screen.scale, left.bitmap.width, left.bitmap.height) == (2.0, 80, 60)
    assert (right.screen.scale, right.bitmap.width, right.bitmap.height) == (2.0, 40, 60)
    assert _pixel(left, 79, 59) == MARK
    assert _pixel(right, 0, 0) == MARK


@pytest.mark.parametrize(
    "reaction",
    [
        Answer(1),
        Answer(2),
        Refusal(),
        Refusal("org.freedesktop.portal.Error.NotAllowed"),
        Raw("s", ("what?",)),
        Raw("ua{sv}", (0, {})),
        Raw("ua{sv}", (0, {"uri": ("u", 7)})),
        Answer(0, {"uri": ("s", "https://example.org/a.png")}),
        Answer(0, {"uri": ("s", "file:///nowhere/at/all.png")}),
        Answer(0, {"uri": ("s", "file:///dev/zero")}),
    ],
    ids=[
        "permission not given",
        "ended otherwise",
        "access denied",
        "not allowed",
        "wrong types",
        "no uri",
        "uri of a wrong type",
        "uri of elsewhere",
        "no file",
        "a device",
    ],
)
async def test_where_the_plain_way_fails_the_user_picks_in_the_dialog_of_the_desktop(
    bus: Bus, portal: MockPortal, tmp_path: Path, reaction: Reaction
) -> None:
    def react(options: dict[str, Any]) -> Reaction:
        return _picture(tmp_path / "piece.png", PIECE) if options["interactive"][1] else reaction

    portal.screenshot = react
    grabber = _grabber(bus)
    (frame,) = await grabber.grab()
    assert frame.is_chosen
    assert (frame.bitmap.width, frame.bitmap.height) == (12, 5)
    await grabber.grab()
    asked = [body[1]["interactive"][1] for method, body in portal.calls if method == "Screenshot"]
    assert asked == [False, True, True], "the plain way is not tried twice"


async def test_a_portal_that_never_answers_is_given_up_and_its_request_closed(
    bus: Bus, portal: MockPortal, tmp_path: Path
) -> None:
    def react(options: dict[str, Any]) -> Reaction:
        return _picture(tmp_path / "piece.png", PIECE) if options["interactive"][1] else Silence()

    portal.screenshot = react
    (frame,) = await _grabber(bus, plain_timeout_s=0.05).grab()
    assert frame.is_chosen
    portal.wait_for("Close")


async def test_a_picture_that_does_not_fit_the_screens_is_never_cut_by_guess(
    bus: Bus, portal: MockPortal, tmp_path: Path
) -> None:
    misfit = _png(99, 60)

    def react(options: dict[str, Any]) -> Reaction:
        return _picture(tmp_path / "a.png", PIECE if options["interactive"][1] else misfit)

    portal.screenshot = react
    (frame,) = await _grabber(bus, LEFT, RIGHT).grab()
    assert frame.is_chosen


async def test_closing_the_dialog_chooses_nothing(bus: Bus, portal: MockPortal) -> None:
    portal.screenshot = lambda options: Answer(1 if options["interactive"][1] else 2)
    assert await _grabber(bus).grab() == ()


async def test_a_refused_dialog_is_an_error_with_a_remedy(bus: Bus, portal: MockPortal) -> None:
    portal.screenshot = lambda _options: Answer(2)
    with pytest.raises(CaptureError, match="refused") as failure:
        await _grabber(bus).grab()
    assert "privacy" in failure.value.remedy.text


async def test_a_portal_without_a_dialog_of_its_own_is_not_asked_for_one(
    bus: Bus, portal: MockPortal
) -> None:
    portal.versions[SCREENSHOT] = 1
    portal.screenshot = lambda _options: Answer(2)
    with pytest.raises(CaptureError, match="too old"):
        await _grabber(bus).grab()
    assert [method for method, _body in portal.calls].count("Screenshot") == 1


async def test_a_desktop_without_the_portal_is_told_with_the_package(bus: Bus, portal: MockPortal) -> None:
    del portal.versions[SCREENSHOT]
    with pytest.raises(CaptureError, match="no portal") as failure:
        await _grabber(bus).grab()
    assert "xdg-desktop-portal" in failure.value.remedy.text


async def test_a_bus_without_any_portal_is_told(bus: Bus) -> None:
    with pytest.raises(CaptureError, match="no portal"):
        await _grabber(bus).grab()


async def test_no_bus_at_all_is_told() -> None:
    for environment in ({}, {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}):
        with pytest.raises(CaptureError, match="session bus"):
            await PortalScreenGrabber(lambda: (LEFT,), environment).grab()


async def test_a_bus_that_dies_meanwhile_is_told() -> None:
    with private_bus() as dying, mock_portal(dying) as portal:
        task = asyncio.ensure_future(_grabber(dying).grab())
        await asyncio.to_thread(portal.wait_for, "Screenshot")
        dying.server.kill()
        with pytest.raises(CaptureError, match="session bus"):
            await task


async def test_cancelling_takes_the_request_back(bus: Bus, portal: MockPortal) -> None:
    task = asyncio.ensure_future(_grabber(bus).grab())
    await asyncio.to_thread(portal.wait_for, "Screenshot")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(portal.wait_for, "Close")


def test_an_older_file_is_read_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "holiday.png"
    path.write_bytes(b"mine")
    os.utime(path, (1000, 1000))
    assert take_file(path.as_uri(), 5000.0) == b"mine"
    assert path.exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"mine")
    link = tmp_path / "link.png"
    link.symlink_to(secret)
    with pytest.raises(CaptureError):
        take_file(link.as_uri(), 0.0)
    assert secret.exists()


def test_a_pipe_is_no_picture_and_nobody_waits_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(CaptureError):
        take_file(pipe.as_uri(), 0.0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_another_user_is_neither_read_nor_deleted(tmp_path: Path) -> None:
    path = tmp_path / "theirs.png"
    path.write_bytes(b"theirs")
    os.chown(path, 65534, 65534)
    with pytest.raises(CaptureError, match="not this user"):
        take_file(path.as_uri(), 0.0)
    assert path.exists()
