"""What stands on the screen is in the tree that screen readers read, asked for as they ask: by AT-SPI."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.x11 import virtual_display

SYSTEM_PYTHON = "/usr/bin/python3"
REGISTRY = "/usr/libexec/at-spi-bus-launcher"
DUMP = """
import json, sys, time
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

def walk(node, found):
    if node is None:
        return
    text = ""
    try:
        held = node.get_text_iface()
        if held is not None:
            text = Atspi.Text.get_text(held, 0, -1)
    except Exception:
        pass
    if node.get_state_set().contains(Atspi.StateType.SHOWING):
        found.append([node.get_role_name(), node.get_name() or "", node.get_description() or "", text or ""])
    for at in range(node.get_child_count()):
        walk(node.get_child_at_index(at), found)

until = time.monotonic() + 60
while time.monotonic() < until:
    desktop, found = Atspi.get_desktop(0), []
    for at in range(desktop.get_child_count()):
        walk(desktop.get_child_at_index(at), found)
    if len(found) > 5:
        break
    time.sleep(0.2)
print(json.dumps(found))
"""


def _has_atspi() -> bool:
    if not (shutil.which("dbus-run-session") and Path(REGISTRY).exists() and Path(SYSTEM_PYTHON).exists()):
        return False
    asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    done = subprocess.run([SYSTEM_PYTHON, "-c", asked], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = [
    pytest.mark.gui,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not _has_atspi(), reason="needs at-spi2-core, gir1.2-atspi-2.0 and python3-gi"),
]


@pytest.fixture(scope="module")
def desktop() -> Iterator[dict[str, str]]:
    """The environment of a session with a bus for screen readers."""
    with (
        virtual_display(1280, 900, window_manager="openbox") as display,
        subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=display.environment(),
            text=True,
        ) as bus,
    ):
        assert bus.stdout is not None
        environment = display.environment(
            DBUS_SESSION_BUS_ADDRESS=bus.stdout.readline().strip(),
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
            PYTHONPATH=os.pathsep.join(path for path in sys.path if path),
        )
        registry = subprocess.Popen(
            [REGISTRY, "--launch-immediately"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield environment
        finally:
            for each in (registry, bus):
                each.terminate()
                each.wait(20)


def _seen_and_told(page: str, environment: dict[str, str]) -> tuple[list[str], list[list[str]]]:
    """Give the sentences on the screen, and role, name, description and text of every object."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.integration.desktop.spoken_window", page],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            assert program.stdout is not None
            seen: Any = json.loads(program.stdout.readline())
            asked = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
            dump = subprocess.run(
                [SYSTEM_PYTHON, "-c", DUMP],
                env=asked,
                capture_output=True,
                text=True,
                timeout=120,
                check=True,
            )
            told: Any = json.loads(dump.stdout)
        finally:
            program.terminate()
            program.wait(20)
    return seen, told


def _plain(text: str) -> str:
    return " ".join(text.replace("&", "").split())


@pytest.mark.parametrize("page", ["first", "empty", "result", "batch", "history", "pad", "settings"])
def test_every_sentence_on_the_screen_is_told(page: str, desktop: dict[str, str]) -> None:
    seen, told = _seen_and_told(page, desktop)
    assert seen
    heard = [_plain(part) for _role, *parts in told for part in parts]
    silent = [each for each in seen if not any(_plain(each) in part for part in heard)]
    assert not silent


CONTROLS = {"push button", "toggle button", "radio button", "check box", "combo box", "spin button", "entry"}


@pytest.mark.parametrize("page", ["first", "result", "settings"])
def test_no_control_is_without_a_name(page: str, desktop: dict[str, str]) -> None:
    _seen, told = _seen_and_told(page, desktop)
    assert not [each for each in told if each[0] in CONTROLS and not each[1].strip()]
