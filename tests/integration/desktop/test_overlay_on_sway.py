"""The overlay in a real Wayland session: frames by grim, drags by the compositor's own pointer."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.wayland import Output, Pointer, Sway, headless_sway

SNIPS = """
import asyncio, json, sys
import qasync
from PySide6.QtWidgets import QApplication
from writetex_desktop.native.screens.qt import qt_screens
from writetex_desktop.native.screens.grim import GrimScreenGrabber
from writetex_desktop.services.reading.capture import capture
from writetex_desktop.ui.overlay.snipper import Snipper

def say(**what):
    print(json.dumps(what), flush=True)

async def main():
    snipper = Snipper()
    snipper.painted.connect(lambda: say(painted=True))
    grabber = GrimScreenGrabber(qt_screens)
    for _ in range(int(sys.argv[1])):
        found = await capture(grabber, snipper)
        if found is None:
            say(cancelled=True)
            continue
        place, bitmap = found
        region = place.region
        say(
            screen=place.screen.name,
            region=[region.x, region.y, region.width, region.height],
            pixels=bytes(bitmap.data).hex(),
        )
    snipper.close()

app = QApplication([])
app.setDesktopFileName("snipper")
loop = qasync.QEventLoop(app)
loop.run_until_complete(main())
loop.close()
"""


class Snipping:
    """The program that snips."""

    def __init__(self, sway: Sway, screens: int, process: "subprocess.Popen[str]") -> None:
        self._sway = sway
        self._screens = screens
        self.process = process

    def wait_for_overlay(self) -> None:
        """Wait until the compositor shows the overlay on every screen, which is after it was painted."""
        assert self.heard() == {"painted": True}
        self._sway.wait_for_windows("snipper", self._screens)

    def heard(self) -> dict[str, object]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the program ended"
        heard: dict[str, object] = json.loads(line)
        return heard


@contextmanager
def _snipping(sway: Sway, times: int, screens: int = 1) -> Iterator[Snipping]:
    process = subprocess.Popen(
        [sys.executable, "-c", SNIPS, str(times)], env=sway.environment(), stdout=subprocess.PIPE, text=True
    )
    try:
        yield Snipping(sway, screens, process)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def noise(tmp_path: Path) -> tuple[bytes, Path]:
    pixels = random.Random(7).randbytes(320 * 200 * 4)
    path = tmp_path / "noise.png"
    QImage(pixels, 320, 200, 320 * 4, QImage.Format.Format_RGB32).copy().save(str(path))
    return pixels, path


def _cut(pixels: bytes, region: list[int]) -> bytes:
    x, y, width, height = region
    rows = (pixels[((y + row) * 320 + x) * 4 :][: width * 4] for row in range(height))
    return b"".join(rows)


def test_drags_on_a_wayland_screen_cut_the_pixels_below_them(noise: tuple[bytes, Path]) -> None:
    pixels, path = noise
    drags = [((40, 50), (90, 80)), ((300, 190), (10, 5)), ((0, 0), (310, 190))]
    with (
        headless_sway(Output(320, 200)) as sway,
        Pointer(sway, 320, 200) as pointer,
        sway.showing("HEADLESS-1", path),
        _snipping(sway, len(drags)) as snipping,
    ):
        for start, end in drags:
            snipping.wait_for_overlay()
            pointer.drag(start, end)
            result = snipping.heard()
            x0, x1 = sorted((start[0], end[0]))
            y0, y1 = sorted((start[1], end[1]))
            region = [x0, y0, x1 - x0, y1 - y0]
            assert result["region"] == region
            if (
                start == drags[0][0]
            ):  # later frames hold the pointer, which a real screen has in a plane of its own
                cut, seen = _cut(pixels, region), bytes.fromhex(str(result["pixels"]))
                assert all(cut[channel::4] == seen[channel::4] for channel in range(3))


def test_each_screen_is_covered_and_its_scale_is_minded(noise: tuple[bytes, Path]) -> None:
    _pixels, path = noise
    with (
        headless_sway(Output(320, 200), Output(600, 450, 1.5, 320)) as sway,
        Pointer(sway, 720, 300) as pointer,
        sway.showing("HEADLESS-1", path),
        _snipping(sway, 2, screens=2) as snipping,
    ):
        snipping.wait_for_overlay()
        pointer.drag((330, 20), (430, 60))
        second = snipping.heard()
        assert (second["screen"], second["region"]) == ("HEADLESS-2", [15, 30, 150, 60])
        snipping.wait_for_overlay()
        pointer.drag((30, 20), (130, 60))
        first = snipping.heard()
        assert (first["screen"], first["region"]) == ("HEADLESS-1", [30, 20, 100, 40])


def test_the_right_button_gives_the_screen_back(noise: tuple[bytes, Path]) -> None:
    _pixels, path = noise
    with (
        headless_sway(Output(320, 200)) as sway,
        Pointer(sway, 320, 200) as pointer,
        sway.showing("HEADLESS-1", path),
        _snipping(sway, 1) as snipping,
    ):
        snipping.wait_for_overlay()
        pointer.move(20, 20)
        pointer.button(down=True, button=Pointer.RIGHT)
        pointer.button(down=False, button=Pointer.RIGHT)
        assert snipping.heard() == {"cancelled": True}


def test_a_window_that_lands_on_another_screen_shows_what_is_behind_it() -> None:
    with (
        headless_sway(Output(320, 200), Output(600, 450, 1.5, 320)) as sway,
        Pointer(sway, 720, 300) as pointer,
        _snipping(sway, 1, screens=2) as snipping,
    ):
        snipping.wait_for_overlay()
        sway.command('[app_id="snipper"] move container to output HEADLESS-1')
        sway.wait_for_windows("snipper", 1)
        pointer.drag((30, 20), (130, 60))
        found = snipping.heard()
        assert (found["screen"], found["region"]) == ("HEADLESS-1", [30, 20, 100, 40])
