"""What every `Autostart` keeps to. To hold another one to it, add a maker."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeAutostart
from writetex_desktop.native.login.macos import LaunchAgent
from writetex_desktop.native.login.windows import RunKey
from writetex_desktop.native.login.xdg import XdgAutostart
from writetex_desktop.ports.session import Autostart

COMMAND = ("/opt/Write Tex/writetex-desktop", "--hidden")


class MemoryRegistry:
    """Values in memory, with what stands in the Run key of every machine."""

    def __init__(self) -> None:
        self.values = {"OneDrive": "onedrive.exe /background"}

    def read(self, name: str) -> str | None:
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        self.values[name] = value

    def delete(self, name: str) -> None:
        self.values.pop(name, None)


MAKERS: dict[str, Callable[[Path], Autostart]] = {
    "fake": lambda _home: FakeAutostart(),
    "macos": lambda home: LaunchAgent(home, COMMAND),
    "windows": lambda _home: RunKey(MemoryRegistry(), COMMAND),
    "xdg": lambda home: XdgAutostart({}, home, COMMAND),
}


@pytest.fixture(params=sorted(MAKERS))
def autostart(request: pytest.FixtureRequest, tmp_path: Path) -> Autostart:
    return MAKERS[request.param](tmp_path)


def test_at_first_it_is_off(autostart: Autostart) -> None:
    assert not autostart.is_on


def test_it_can_be_switched_on_and_off_again_and_again(autostart: Autostart) -> None:
    for on in (True, True, False, False, True):
        autostart.switch(on=on)
        assert autostart.is_on == on
