"""`writetex doctor` on the machines that it is for, run as the user runs it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.portals import SHORTCUTS, Answer, mock_portal, private_bus
from tests.wayland import Output, headless_sway
from tests.x11 import Hands, virtual_display

Record = dict[str, dict[str, dict[str, str]]]


def _doctor(environment: Mapping[str, str], home: Path, *options: str) -> Record:
    ended = subprocess.run(
        [sys.executable, "-m", "writetex_desktop", "doctor", "--json", *options],
        env={
            "XDG_RUNTIME_DIR": str(home),
            **environment,
            "XDG_DATA_HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_STATE_HOME": str(home),
            "WRITETEX_API_KEY": "sk-proj-very-secret",
            "WRITETEX_BASE_URL": "https://user:pass@example.org/v1",
            "WRITETEX_MODEL": "some-model",
        },
        check=True,
        capture_output=True,
        text=True,
    )
    said = ended.stdout + ended.stderr
    assert "secret" not in said
    assert "pass" not in said
    assert str(home) not in said
    return {
        topic: {each["name"]: each for each in findings}
        for topic, findings in json.loads(ended.stdout).items()
    }


def test_on_x11_every_probe_is_run_and_timed(tmp_path: Path) -> None:
    with virtual_display(320, 200) as display, Hands(display.name) as hands:
        hands.show_picture(0, 0, 20, 20, bytes((9, 9, 9, 0)) * 400)
        environment = display.environment(DBUS_SESSION_BUS_ADDRESS="")
        xclip = ["xclip", "-selection", "clipboard"]
        subprocess.run(xclip, input=b"mine", env=environment, stdout=subprocess.DEVNULL, check=True)
        found = _doctor(environment, tmp_path)
        assert (
            subprocess.run([*xclip, "-o"], env=environment, capture_output=True, check=True).stdout == b"mine"
        )
    assert found["capture"]["mss"]["state"] == "taken"
    assert found["capture"]["mss"]["detail"].startswith("screens: 1, read in ")
    assert found["hotkey"]["x11"]["state"] == "taken"
    assert found["hotkey"]["Ctrl+Super+M"]["detail"] == "can be had"
    assert found["clipboard"]["tool"]["detail"].startswith("copied, read back and restored in ")
    assert found["engine"]["built-in"]["detail"].endswith(" ms")
    assert found["session"]["desktop entry"]["remedy"].startswith("Run `writetex install-desktop`")
    assert found["renderer"]["mathjax"]["detail"].endswith(" ms")
    assert found["endpoint"]["set up"]["state"] == "taken"
    assert found["tray"]["icon"]["state"] == "skipped"
    assert found["program"]["runs"]["detail"] == "no"
    assert "portal" not in found


def test_a_black_screen_is_recognised(tmp_path: Path) -> None:
    with virtual_display(320, 200) as display:
        found = _doctor(display.environment(DBUS_SESSION_BUS_ADDRESS=""), tmp_path)
    assert "black" in found["capture"]["mss"]["detail"]
    assert found["capture"]["mss"]["remedy"]


def test_on_sway_the_way_of_each_thing_is_named_with_what_to_paste(
    tmp_path: Path,
) -> None:
    with headless_sway(Output(320, 200)) as sway, private_bus() as bus, mock_portal(bus) as portal:
        del portal.versions[SHORTCUTS]
        found = _doctor({**sway.environment(), **bus.environment()}, tmp_path)
    assert found["screen"]["mss"]["state"] == "skipped"
    assert found["screen"]["grim"]["state"] == "taken"
    assert found["screen"]["portal"]["state"] == "spare"
    assert found["portal"]["screenshot"]["detail"] == "version 2"
    assert found["portal"]["hotkeys"]["state"] == "skipped"
    assert found["hotkey"]["by the desktop"]["remedy"].startswith("bindsym ")


def test_a_portal_that_refuses_is_told_and_brings_no_dialog_up(tmp_path: Path) -> None:
    with headless_sway(Output(320, 200)) as sway, private_bus() as bus, mock_portal(bus) as portal:
        portal.screenshot = lambda _options: Answer(2)
        environment = {**sway.environment(XDG_CURRENT_DESKTOP="GNOME"), **bus.environment()}
        found = _doctor(environment, tmp_path)
        asked = [body[1]["interactive"][1] for method, body in portal.calls if method == "Screenshot"]
    assert "refused" in found["capture"]["portal"]["detail"]
    assert asked == [False]


def test_without_a_display_it_answers_all_the_same(tmp_path: Path) -> None:
    found = _doctor({"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}, tmp_path, "--connect")
    assert found["window"]["Qt"]["state"] == "skipped"
    assert "capture" not in found
    assert found["endpoint"]["reach"]["state"] == "skipped"
    assert found["endpoint"]["vision"]["detail"] == "not tried, since the step before failed"
    assert found["renderer"]["mathjax"]["state"] == "taken"
