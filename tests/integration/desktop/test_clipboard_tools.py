"""The clipboard tools as the command line uses them."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from pyperclip import PyperclipException

from tests.wayland import Output, headless_sway
from tests.x11 import VirtualDisplay, virtual_display
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.native.clipboard.tools import ToolClipboard, unsupported
from writetex_desktop.native.session import Session, read_session

X11 = read_session({"DISPLAY": ":0"}, "linux")
WAYLAND = read_session({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
NO_DISPLAY = read_session({}, "linux")


@pytest.fixture(scope="module")
def display() -> Iterator[VirtualDisplay]:
    with virtual_display(320, 200) as virtual:
        yield virtual


def has(*programs: str) -> Callable[[str], bool]:
    return lambda program: program in programs


@pytest.mark.parametrize(
    ("session", "programs", "package"),
    [(X11, (), "xclip"), (X11, ("wl-copy",), "xclip"), (WAYLAND, ("xclip",), "wl-clipboard")],
)
async def test_a_missing_tool_is_said_with_its_package(
    session: Session, programs: tuple[str, ...], package: str
) -> None:
    clipboard = ToolClipboard(session, has_program=has(*programs))
    with pytest.raises(ClipboardError) as failure:
        await clipboard.copy(ClipboardContent("x"))
    assert package in failure.value.remedy.text


@pytest.mark.parametrize(
    ("session", "programs"), [(X11, ("xclip",)), (X11, ("xsel",)), (WAYLAND, ("wl-copy",))]
)
def test_any_tool_of_the_session_will_do(session: Session, programs: tuple[str, ...]) -> None:
    assert unsupported(session, has(*programs)) is None


def test_there_is_no_clipboard_without_a_display() -> None:
    obstacle = unsupported(NO_DISPLAY, has("xclip", "wl-copy"))
    assert obstacle is not None
    assert "graphical session" in obstacle.reason


async def test_a_copy_that_did_not_arrive_is_an_error(display: VirtualDisplay) -> None:
    nowhere = display.environment(DISPLAY=":64999")
    with pytest.raises(ClipboardError, match="did not take"):
        await ToolClipboard(X11, nowhere).copy(ClipboardContent("x"))


async def _shown(command: tuple[str, ...], environment: dict[str, str]) -> bytes:
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=subprocess.PIPE)
    return (await process.communicate())[0]


async def test_a_picture_alone_is_refused_by_a_tool_for_text(display: VirtualDisplay) -> None:
    with pytest.raises(ClipboardError, match="Only text"):
        await ToolClipboard(X11, display.environment(), has("xsel")).copy(
            ClipboardContent(flavours={"image/png": b"x"})
        )


async def test_a_tool_that_cannot_be_run_is_named(display: VirtualDisplay) -> None:
    with pytest.raises(ClipboardError, match="xsel could not be run"):
        await ToolClipboard(X11, display.environment(PATH="/nonexistent"), has("xsel")).read()


async def test_cancelling_a_copy_ends_its_tool(display: VirtualDisplay) -> None:
    clipboard = ToolClipboard(X11, display.environment())
    task = asyncio.create_task(clipboard.copy(ClipboardContent("x" * 5_000_000)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await clipboard.copy(ClipboardContent("after"))
    assert await clipboard.read() == ClipboardContent("after")


def test_the_text_outlives_the_program_and_holds_no_stream_of_it_open(display: VirtualDisplay) -> None:
    program = (
        "import asyncio, os\n"
        "from writetex_desktop.core.desktop.clipboard_content import ClipboardContent\n"
        "from writetex_desktop.native.clipboard.tools import ToolClipboard\n"
        "from writetex_desktop.native.session import read_session\n"
        "clipboard = ToolClipboard(read_session(os.environ, 'linux'))\n"
        "asyncio.run(clipboard.copy(ClipboardContent('x^2')))\n"
    )
    # Waits for the end of both streams, so it hangs when a tool keeps one of them.
    subprocess.run(
        [sys.executable, "-c", program],
        env=display.environment(),
        capture_output=True,
        check=True,
        timeout=30,
    )
    read = subprocess.run(
        ["xclip", "-selection", "clipboard", "-out"],
        env=display.environment(),
        capture_output=True,
        check=True,
    )
    assert read.stdout == b"x^2"


async def test_a_picture_alone_is_copied_byte_for_byte(display: VirtualDisplay) -> None:
    clipboard = ToolClipboard(X11, display.environment())
    picture = bytes(range(256)) * 40
    await clipboard.copy(ClipboardContent(flavours={"image/png": picture}))
    paste = ("xclip", "-selection", "clipboard", "-out", "-target", "image/png")
    assert await _shown(paste, display.environment()) == picture


async def test_on_wayland_text_and_pictures_are_copied_without_any_window() -> None:
    with headless_sway(Output(320, 200)) as sway:
        environment = sway.environment()
        clipboard = ToolClipboard(WAYLAND, environment)
        await clipboard.copy(ClipboardContent("\\frac{ä}{2}\n"))
        assert (await clipboard.read()).text == "\\frac{ä}{2}\n"
        await clipboard.copy(ClipboardContent(flavours={"image/png": b"\x89PNG and so on"}))
        assert b"image/png" in await _shown(("wl-paste", "--list-types"), environment)


async def test_windows_and_macos_are_reached_by_pyperclip(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = [""]
    monkeypatch.setattr("pyperclip.copy", held.append)
    monkeypatch.setattr("pyperclip.paste", lambda: held[-1].replace("\n", "\r\n"))
    clipboard = ToolClipboard(read_session({}, "win32"))
    await clipboard.copy(ClipboardContent("a\nb"))
    assert held[-1] == "a\nb"
    assert (await clipboard.read()).text == "a\r\nb"


@pytest.mark.parametrize("fault", ["refuses", "forgets"])
async def test_a_native_clipboard_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    def copy(_text: str) -> None:
        if fault == "refuses":
            raise PyperclipException("held by another program")

    monkeypatch.setattr("pyperclip.copy", copy)
    monkeypatch.setattr("pyperclip.paste", lambda: "")
    with pytest.raises(ClipboardError) as failure:
        await ToolClipboard(read_session({}, "darwin")).copy(ClipboardContent("x"))
    assert failure.value.remedy.text
