import subprocess
import sys

import pytest

from tests.x11 import virtual_display
from writetex_desktop.native import preflight


def _has(*programs: str) -> preflight.Loads:
    return lambda program: program in programs


def test_nothing_is_in_the_way_on_a_display_that_answers() -> None:
    with virtual_display(640, 480) as display:
        assert preflight.find_obstacle({"DISPLAY": display.name}, "linux", frozen=False) is None


def test_a_missing_display_is_said_before_qt_can_abort() -> None:
    obstacle = preflight.find_obstacle({}, "linux", frozen=False)
    assert obstacle is not None
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in obstacle.reason
    assert "\n" not in str(obstacle)


def test_a_display_that_does_not_answer_is_named() -> None:
    obstacle = preflight.find_obstacle({"DISPLAY": ":64999"}, "linux", frozen=False)
    assert obstacle is not None
    assert obstacle.reason == "The display :64999 cannot be reached."


def test_a_library_missing_on_the_quick_look_is_said_with_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = {"libxcb-cursor.so.0", "libEGL.so.1"}
    monkeypatch.setattr(preflight, "_loads", lambda library: library not in absent)
    obstacle = preflight.find_obstacle({"DISPLAY": ":0"}, "linux", frozen=False)
    assert obstacle is not None
    assert all(library in obstacle.reason for library in absent)


def test_a_bundled_program_brings_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "_loads", lambda _library: False)
    assert preflight.find_obstacle({"DISPLAY": ":0"}, "linux", frozen=True) is None


@pytest.mark.parametrize("qt_platform", ["offscreen", "offscreen:size=800x600", "minimal", "vnc"])
def test_a_platform_without_a_display_needs_none(qt_platform: str) -> None:
    assert preflight.find_obstacle({"QT_QPA_PLATFORM": qt_platform}, "linux", frozen=False) is None


def test_one_platform_of_a_list_that_works_is_enough() -> None:
    assert preflight.find_obstacle({"QT_QPA_PLATFORM": "xcb;offscreen"}, "linux", frozen=False) is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_not_checked(platform: str) -> None:
    assert preflight.find_obstacle({}, platform, frozen=False) is None


def test_a_bundled_program_still_needs_a_session_but_no_libraries() -> None:
    assert preflight.find_obstacle({}, "linux", frozen=True) is not None
    assert preflight.find_obstacle({"DISPLAY": ":64999"}, "linux", frozen=True) is None


def test_a_wayland_session_tries_wayland_and_then_xwayland() -> None:
    assert preflight.qt_platforms({"WAYLAND_DISPLAY": "wayland-0"}) == ("wayland", "xcb")
    assert preflight.qt_platforms({"DISPLAY": ":0"}) == ("xcb",)
    assert preflight.qt_platforms({"QT_QPA_PLATFORM": "wayland-egl;xcb:a=b"}) == ("wayland-egl", "xcb")


def test_missing_libraries_are_named_all_at_once_with_one_command() -> None:
    absent = {"libGL.so.1", "libxcb-cursor.so.0", "libglib-2.0.so.0", "libgthread-2.0.so.0"}
    obstacle = preflight.find_missing_libraries({"DISPLAY": ":0"}, lambda library: library not in absent)
    assert obstacle is not None
    assert all(library in obstacle.reason for library in absent)
    assert "apt-get install libgl1 libglib2.0-0 libxcb-cursor0" in obstacle.remedy
    assert "\n" not in str(obstacle)


def test_libraries_of_another_platform_are_not_asked_for() -> None:
    asked: list[str] = []

    def loads(library: str) -> bool:
        asked.append(library)
        return True

    assert preflight.find_missing_libraries({"DISPLAY": ":0"}, loads) is None
    assert "libxcb-cursor.so.0" in asked
    assert "libwayland-client.so.0" not in asked


@pytest.mark.parametrize(
    ("programs", "is_root", "command"),
    [
        (("apt-get", "dnf"), False, "sudo apt-get install libegl1 libgl1"),
        (("apt-get",), True, "apt-get install libegl1 libgl1"),
        (("dnf",), False, "sudo dnf install 'libEGL.so.1()(64bit)' 'libGL.so.1()(64bit)'"),
        (("zypper",), True, "zypper install 'libEGL.so.1()(64bit)' 'libGL.so.1()(64bit)'"),
        ((), True, ""),
    ],
)
def test_the_command_is_that_of_the_distribution(
    programs: tuple[str, ...], is_root: bool, command: str
) -> None:
    given = preflight.install_command(
        ["libGL.so.1", "libEGL.so.1"], ["libgl1", "libegl1"], has_program=_has(*programs), is_root=is_root
    )
    assert given == command


def test_the_check_needs_nothing_but_the_standard_library() -> None:
    program = (
        "import sys; import writetex_desktop.native.preflight;"
        "print([m for m in ('PySide6', 'mss', 'Xlib', 'pyperclip') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"
