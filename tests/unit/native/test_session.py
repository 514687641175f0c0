from pathlib import PurePath

import pytest

from writetex_desktop.native.session import DisplayServer, Session, read_session


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", DisplayServer.X11),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}, "linux", DisplayServer.X11),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "tty"}, "linux", DisplayServer.X11),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": ""}, "linux", DisplayServer.X11),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", DisplayServer.WAYLAND),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "linux", DisplayServer.WAYLAND),
        ({}, "linux", DisplayServer.NONE),
        ({"DISPLAY": ""}, "linux", DisplayServer.NONE),
        ({"DISPLAY": ":0"}, "darwin", DisplayServer.NATIVE),
        ({}, "win32", DisplayServer.NATIVE),
    ],
)
def test_the_display_server_is_told_from_the_environment(
    environment: dict[str, str], platform: str, expected: DisplayServer
) -> None:
    assert read_session(environment, platform).display_server is expected


def test_a_full_session_is_read_whole() -> None:
    environment = {
        "DISPLAY": ":0",
        "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
        "XDG_RUNTIME_DIR": "/run/user/1000",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
    }
    assert read_session(environment, "linux") == Session(
        platform="linux",
        display_server=DisplayServer.X11,
        desktop=("ubuntu", "gnome"),
        runtime_dir=PurePath("/run/user/1000"),
        has_bus=True,
    )


def test_a_bare_session_has_nothing() -> None:
    assert read_session({}, "linux") == Session("linux", DisplayServer.NONE)


def test_a_relative_runtime_directory_is_ignored() -> None:
    assert read_session({"XDG_RUNTIME_DIR": "run"}, "linux").runtime_dir is None
