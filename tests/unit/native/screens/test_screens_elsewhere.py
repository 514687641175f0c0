"""The screens of macOS and the awareness of Windows, over stand-ins for their functions."""

import stat
from pathlib import Path

import pytest

from tests.foreign_screens import CoreGraphics, ObjectiveC, User32, mac_reader
from writetex_desktop.core.errors import CaptureError, RemedyAction
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.native.screens import macos as screen_macos
from writetex_desktop.native.screens.macos import MacosScreenGrabber, ReadArea, by_mss, by_screencapture
from writetex_desktop.native.screens.macos_access import load_screen_access
from writetex_desktop.native.screens.windows_awareness import TRUE_PIXELS, dpi_awareness
from writetex_desktop.native.windows.macos import WindowLifter

RETINA = Screen("Built-in", Rect(-15, 4, 60, 40), 2.0)
"""30 x 20 points, left of the main screen."""


def grabber(core: CoreGraphics, *ways: ReadArea) -> MacosScreenGrabber:
    return MacosScreenGrabber(lambda: (RETINA,), load_screen_access(lambda _path: core), ways)


def gives(width: int, height: int) -> ReadArea:
    async def read(_area: Rect) -> Bitmap:
        return Bitmap(width, height, bytes(width * height * 4))

    return read


async def fails(_area: Rect) -> Bitmap:
    raise CaptureError("It is gone.", "Wait.")


def command(folder: Path, script: str) -> ReadArea:
    program = folder / "screencapture"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return by_screencapture(str(program))


async def test_an_area_is_asked_for_in_points_and_comes_in_device_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    core = CoreGraphics()
    (frame,) = await grabber(core, by_mss(mac_reader(core, monkeypatch).read)).grab()
    assert core.areas == [(-15, 4, 30, 20)]
    assert frame.screen == RETINA
    assert bytes(frame.bitmap.data) == bytes(range(1, 5)) * 60 * 40, "the padding of the rows is left out"


async def test_without_the_permission_it_is_asked_for_and_nothing_is_read() -> None:
    core = CoreGraphics(is_given=False)
    for attempt in (grabber(core, fails).grab, grabber(core, fails).warm):
        with pytest.raises(CaptureError, match="see what other programs show") as failure:
            await attempt()
        assert failure.value.remedy.action is RemedyAction.OPEN_SCREEN_PERMISSION
    assert core.asked == 2
    assert core.areas == []


async def test_where_the_function_is_gone_the_command_is_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    core = CoreGraphics()
    core.gone = True
    said = tmp_path / "said"
    # A picture of 60 x 40 pixels, in a form that is written by hand.
    picture = '(printf "P5 60 40 255\\n"; head -c 2400 /dev/zero)'
    write = f'echo "$@" > {said}; for last; do :; done; {picture} > "$last"'
    reader = by_mss(mac_reader(core, monkeypatch).read)
    (frame,) = await grabber(core, reader, command(tmp_path, write)).grab()
    assert frame.screen == RETINA
    *options, file = said.read_text().split()
    assert options == ["-x", "-t", "png", "-R-15,4,30,20"]
    assert not Path(file).parent.exists(), "no picture stays on the disk"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'for last; do :; done; echo no > "$last"'])
async def test_a_command_that_gives_no_picture_is_said(tmp_path: Path, script: str) -> None:
    with pytest.raises(CaptureError) as failure:
        await grabber(CoreGraphics(), command(tmp_path, script)).grab()
    assert failure.value.remedy.text


async def test_a_command_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_macos, "TIMEOUT_S", 0.05)
    with pytest.raises(CaptureError, match="does not answer"):
        await grabber(CoreGraphics(), command(tmp_path, "exec sleep 20")).grab()


async def test_a_full_picture_is_preferred_to_a_coarse_one() -> None:
    (frame,) = await grabber(CoreGraphics(), gives(30, 20), gives(60, 40)).grab()
    assert (frame.bitmap.width, frame.screen.scale) == (60, 2.0)


async def test_a_coarse_picture_is_better_than_none_and_has_its_own_scale() -> None:
    (frame,) = await grabber(CoreGraphics(), gives(30, 20), fails).grab()
    assert (frame.screen.area, frame.screen.scale) == (Rect(-15, 4, 30, 20), 1.0)


async def test_a_picture_of_another_shape_is_not_of_this_screen() -> None:
    with pytest.raises(CaptureError):
        await grabber(CoreGraphics(), gives(60, 60)).grab()


def test_a_window_is_lifted_above_the_menu_bar_and_into_the_space_that_is_seen() -> None:
    runtime = ObjectiveC()
    WindowLifter(lambda _path: runtime)(runtime.VIEW)
    assert runtime.sent == {
        "setLevel:": 1000,
        "setCollectionBehavior:": 0b1_0101_0001,
        "setAnimationBehavior:": 2,
        "setHidesOnDeactivate:": False,
    }


@pytest.mark.parametrize(("kind", "is_true"), [(-4, True), (-3, True), (-2, False), (-1, False), (-9, False)])
def test_the_awareness_of_windows_is_named(kind: int, is_true: bool) -> None:
    assert (dpi_awareness(User32(kind)) in TRUE_PIXELS) is is_true
