"""From a key press to LaTeX on the clipboard, through the real program, screen, server and clipboard."""

import base64
import contextlib
import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from tests.e2e.conftest import Desktop
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.endpoints.prompt import prompt_for
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits, crop
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

pytestmark = [pytest.mark.gui, pytest.mark.timeout(180)]

LATEX = r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"
HOTKEY = ("Control_L", "Super_L", "m")
SAMPLE = Path(__file__).parent.parent.parent / "resources" / "samples" / "01-quadratic.png"
AT = (40, 60)
DARK_ENOUGH = 200
"""A white pixel under the overlay is darker than this."""


class Program:
    """The running program and what its user does."""

    def __init__(
        self, desktop: Desktop, llmock: LLMock, *arguments: str, base_url: str = "", **environment: str
    ) -> None:
        self.desktop = desktop
        self.hands = desktop.hands
        self.codec = PillowCodec()
        self.picture = self.codec.decode(SAMPLE.read_bytes())
        self.settings = {
            "WRITETEX_BASE_URL": base_url or llmock.base_url(),
            "WRITETEX_API_KEY": "sk-e2e-secret",
            "WRITETEX_MODEL": "gpt-5-mini",
        }
        # A draft would be drawn before the endpoint is asked, and these tests wait for the endpoint's answer.
        file = desktop.home / "config_home" / "writetex-desktop" / "settings.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {"version": 1}
        file.write_text(json.dumps({**kept, "show_draft": False}), "utf-8")
        self.process = desktop.start("window", *arguments, **self.settings, **environment)
        self.hands.wait_until(self.answers)
        self.hands.show_picture(*AT, self.picture.width, self.picture.height, bytes(self.picture.data))

    def answers(self) -> bool:
        """Say whether the program runs and its loop turns."""
        reply = self.tell(Request(Verb.PING))
        return bool(reply and reply.ok)

    def tell(self, request: Request) -> Any:
        return forward(request, socket_path(str(self.desktop.home / "runtime_dir"), 0))

    def overlay_is_up(self) -> bool:
        corner = Rect(AT[0] + 1, AT[1] + 1, 1, 1)
        return self.hands.pixels(corner)[0] < DARK_ENOUGH

    def press_hotkey(self) -> None:
        self.hands.tap(*HOTKEY)
        self.hands.wait_until(self.overlay_is_up)

    def drag(self) -> Bitmap:
        """Drag round the formula; gives the very pixels that were chosen."""
        region = Rect(4, 4, self.picture.width - 8, self.picture.height - 8)
        left, top = AT[0] + region.x, AT[1] + region.y
        self.hands.drag((left, top), (left + region.width, top + region.height))
        self.hands.wait_until(lambda: not self.overlay_is_up())
        return crop(self.picture, region)

    def copied(self, text: str) -> None:
        self.hands.wait_until(lambda: self.desktop.clipboard() == text)

    def asked(self, llmock: LLMock, times: int) -> None:
        self.hands.wait_until(lambda: len(llmock.requests) >= times)

    def retry(self, llmock: LLMock, text: str) -> None:
        """Press F5 until the new answer is copied: the failure may not have reached the window yet."""
        llmock.reply(text, times=None)

        def copied() -> bool:
            return self.desktop.clipboard() == text

        def pressed() -> bool:
            self.hands.tap("F5")
            with contextlib.suppress(TimeoutError):
                self.hands.wait_until(copied, timeout_s=5)
            return copied()

        self.hands.wait_until(pressed, timeout_s=60)

    def window_area(self) -> Rect:
        """Give where the window is, in device pixels."""
        window = self.desktop.window("^WriteTex$")
        assert window is not None
        place, size = window.translate_coords(self.hands.root, 0, 0), window.get_geometry()
        return Rect(-place.x, -place.y, size.width, size.height)

    def render_is_there(self) -> bool:
        """Say whether a formula is drawn in the right half of the window."""
        area = self.window_area()
        right = Rect(area.x + area.width * 6 // 10, area.y + 160, area.width * 3 // 10, 240)
        return min(self.hands.pixels(right)[::4]) < DARK_ENOUGH - 100

    def popup_is_up(self) -> bool:
        return self.desktop.window("WriteTex result") is not None

    def focus_window(self) -> None:
        self.tell(Request(Verb.SHOW))
        found: list[Any] = []

        def is_there() -> bool:
            found[:] = filter(None, [self.desktop.window("^WriteTex$")])
            return bool(found)

        self.hands.wait_until(is_there)
        # By its number: a search here as well would fail when another window, a popup, goes meanwhile.
        subprocess.run(
            ["xdotool", "windowactivate", "--sync", str(found[0].id)],
            env=self.desktop.environment(),
            check=True,
            timeout=30,
        )


@pytest.fixture
def program(desktop: Desktop, llmock: LLMock) -> Iterator[Program]:
    running = Program(desktop, llmock)
    yield running
    assert running.answers(), desktop.said()
    assert "Traceback" not in desktop.said()
    everything = desktop.said() + "".join(
        path.read_text("utf-8") for path in desktop.home.rglob("*.log") if path.is_file()
    )
    assert "sk-e2e-secret" not in everything


def sent_picture(llmock: LLMock) -> bytes:
    content = llmock.last_request.body["messages"][-1]["content"]
    url = next(part["image_url"]["url"] for part in content if part["type"] == "image_url")
    return base64.b64decode(url.partition(",")[2])


def sent_words(llmock: LLMock) -> str:
    """Give all text of the last request."""
    words = []
    for message in llmock.last_request.body["messages"]:
        content = message["content"]
        parts = content if isinstance(content, list) else [{"text": content}]
        words += [part.get("text", "") for part in parts]
    return "\n".join(words)


def test_the_hotkey_a_drag_and_the_latex_is_on_the_clipboard(program: Program, llmock: LLMock) -> None:
    llmock.reply(f"```latex\n{LATEX}\n```")
    program.press_hotkey()
    pixels = program.drag()
    program.copied(LATEX)
    assert sent_picture(llmock) == program.codec.prepare(pixels, ImageLimits()).data
    llmock.assert_resilient()


def test_the_hotkey_works_again_and_again(program: Program, llmock: LLMock) -> None:
    for latex in ("a", "b", "c"):
        llmock.reply(latex)
        program.press_hotkey()
        program.drag()
        program.copied(latex)


def test_escape_on_the_overlay_sends_nothing_and_gives_the_keyboard_back(
    program: Program, llmock: LLMock
) -> None:
    program.press_hotkey()
    program.hands.tap("Escape")
    program.hands.wait_until(lambda: not program.overlay_is_up())
    llmock.reply("z")
    program.press_hotkey()
    program.drag()
    program.copied("z")
    assert len(llmock.requests) == 1


def test_pressing_the_hotkey_twice_repeats_the_last_region(program: Program, llmock: LLMock) -> None:
    llmock.reply("a")
    program.press_hotkey()
    program.drag()
    program.copied("a")
    first = sent_picture(llmock)
    llmock.reply("b")
    program.press_hotkey()
    program.hands.tap(*HOTKEY)
    program.copied("b")
    assert sent_picture(llmock) == first


def test_the_hotkey_of_a_mode_reads_in_that_mode_and_leaves_the_one_in_force(
    desktop: Desktop, llmock: LLMock
) -> None:
    file = desktop.home / "config_home" / "writetex-desktop" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"version": 1, "mode_hotkeys": {"table": "Ctrl+Super+T"}}), "utf-8")
    program = Program(desktop, llmock)
    table = "\\begin{tabular}{c} a \\end{tabular}"
    for keys, mode, answer in (
        (("Control_L", "Super_L", "t"), Mode.TABLE, table),
        (HOTKEY, Mode.FORMULA, "b"),
    ):
        llmock.reply(answer)
        # Under load the window may be up before its hotkeys are.
        program.hands.wait_until(partial(_opens_overlay, program, keys), timeout_s=60)
        program.drag()
        program.copied(answer)
        assert prompt_for(mode) in sent_words(llmock)
    kept = json.loads(file.read_text("utf-8"))
    assert kept.get("mode", "formula") == "formula"


def _opens_overlay(program: Program, keys: tuple[str, ...]) -> bool:
    program.hands.tap(*keys)
    with contextlib.suppress(TimeoutError):
        program.hands.wait_until(program.overlay_is_up, timeout_s=10)
    return program.overlay_is_up()


def test_writetex_snip_snips_with_the_running_program_and_takes_the_last_region_again(
    program: Program, llmock: LLMock
) -> None:
    llmock.reply("s")
    assert program.desktop.run("snip").returncode == 0
    program.hands.wait_until(program.overlay_is_up)
    program.drag()
    program.copied("s")
    first = sent_picture(llmock)
    llmock.reply("again")
    assert program.desktop.run("snip", "--repeat").returncode == 0
    program.copied("again")
    assert sent_picture(llmock) == first
    refused = program.desktop.run("snip", "--profile", "Nobody")
    assert refused.returncode == 1
    assert "no saved endpoint of the name Nobody" in refused.stderr


def test_a_left_click_on_the_tray_icon_snips(program: Program, llmock: LLMock) -> None:
    llmock.reply("t")
    program.hands.click(1268, 788)
    program.hands.wait_until(program.overlay_is_up)
    program.drag()
    program.copied("t")


def test_a_picture_pasted_into_the_window_is_read(program: Program, llmock: LLMock) -> None:
    llmock.reply("p")
    with SAMPLE.open("rb") as picture:
        subprocess.run(
            ["xclip", "-selection", "clipboard", "-t", "image/png"],
            stdin=picture,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=program.desktop.environment(),
            check=True,
            timeout=20,
        )
    program.focus_window()
    program.hands.tap("Control_L", "v")
    program.copied("p")
    assert sent_picture(llmock) == program.codec.prepare(program.picture, ImageLimits()).data


def test_a_file_dropped_on_the_window_is_read(program: Program, llmock: LLMock, tmp_path: Path) -> None:
    llmock.reply("d")
    program.focus_window()
    area = program.window_area()
    middle = (area.x + area.width // 2, area.y + 300)
    said = tmp_path / "said"
    with said.open("wb") as output:
        source = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("drag_source.py")), str(SAMPLE), "1100", "100"],
            env=program.desktop.environment(),
            stdout=output,
        )
    places = itertools.cycle([(0, 0), (2, 1), (4, 2), (2, 3)])

    def wiggle_until(word: str, x: int, y: int) -> None:
        def said_so() -> bool:
            dx, dy = next(places)
            program.hands.move(x + dx, y + dy)
            return word in said.read_text("ascii")

        program.hands.wait_until(said_so)

    try:
        program.hands.wait_until(lambda: program.desktop.window("drag source") is not None)
        program.hands.move(1150, 120)
        program.hands.button(down=True)
        wiggle_until("dragging", 1160, 130)
        wiggle_until("welcome", *middle)
        program.hands.button(down=False)
        program.copied("d")
    finally:
        source.kill()
        source.wait()


def test_cancelling_closes_the_connection(program: Program, llmock: LLMock) -> None:
    llmock.pace(300).reply("a + b + c + d + e + f + g + h + i + j + k + l + m + n")
    program.press_hotkey()
    program.drag()
    program.hands.wait_until(program.popup_is_up)
    program.focus_window()
    program.hands.wait_until(program.render_is_there)
    program.hands.tap("Escape")
    program.hands.wait_until(lambda: bool(llmock.requests) and not llmock.last_request.completed)
    assert program.desktop.clipboard() == ""


@pytest.mark.parametrize("status", [401, 402, 404])
def test_a_refusal_keeps_the_crop_and_is_asked_again_only_by_the_user(
    program: Program, llmock: LLMock, status: int
) -> None:
    llmock.fail(status)
    program.press_hotkey()
    program.drag()
    program.asked(llmock, 1)
    program.focus_window()
    assert program.desktop.clipboard() == ""
    program.retry(llmock, "again")
    # A wrong path or model is followed by questions for a better one; F5 may be pressed more than once.
    first, *others = [record.status for record in llmock.requests if record.method == "POST"]
    assert first == status
    assert set(others) <= ({200, 404} if status == 404 else {200})
    assert 200 in others


def test_a_rate_limit_is_waited_for(program: Program, llmock: LLMock) -> None:
    llmock.rate_limit(times=1, retry_after=1.0).reply("late")
    program.press_hotkey()
    program.drag()
    program.copied("late")
    assert [record.status for record in llmock.requests] == [429, 200]
    llmock.assert_resilient()


def test_an_answer_that_is_cut_is_kept_and_not_copied(program: Program, llmock: LLMock) -> None:
    llmock.disconnect(after_chunks=3).reply(LATEX)
    program.press_hotkey()
    program.drag()
    program.hands.wait_until(lambda: bool(llmock.requests) and not llmock.last_request.completed)
    program.focus_window()
    assert program.desktop.clipboard() == ""
    program.retry(llmock, "whole")


def test_a_server_that_is_down_is_survived(desktop: Desktop, llmock: LLMock) -> None:
    program = Program(desktop, llmock, base_url="http://127.0.0.1:9/v1")
    program.press_hotkey()
    program.drag()
    program.hands.wait_until(program.popup_is_up)
    assert program.answers()
    assert program.desktop.clipboard() == ""
    assert not llmock.requests


def test_offline_the_whole_way_from_key_to_clipboard_opens_no_socket_of_the_network(
    desktop: Desktop, llmock: LLMock
) -> None:
    seen, traced = desktop.home / "seen", desktop.home / "traced"
    watched = (sys.executable, "-m", "tests.offline_watch", str(seen))
    desktop.command = (*tracer(traced), *watched)
    program = Program(desktop, llmock, "--offline")
    program.press_hotkey()
    program.drag()
    program.hands.wait_until(lambda: desktop.clipboard() != "")
    program.tell(Request(Verb.SETTINGS))  # its first page looks for models and for servers of this machine
    program.hands.wait_until(lambda: desktop.window("Settings") is not None)
    program.tell(Request(Verb.QUIT))
    assert program.process.wait(30) == 0
    assert seen.read_text("utf-8") == ""
    assert "AF_INET" not in (traced.read_text("utf-8") if traced.exists() else "")
    assert not llmock.requests


def tracer(log: Path) -> tuple[str, ...]:
    """Give what writes down the sockets that the libraries open without Python; nothing where it may not."""
    # Not what the program starts: the tool that keeps the clipboard outlives it.
    options = ("-f", "-qq", "-b", "execve", "-e", "trace=socket,connect", "-o", str(log))
    command = ("strace", *options)
    may = shutil.which("strace") and subprocess.run([*command, "true"], check=False).returncode == 0
    return command if may else ()


def test_a_second_start_shows_the_window_of_the_first(desktop: Desktop, llmock: LLMock) -> None:
    program = Program(desktop, llmock, "--hidden")
    assert program.desktop.window("^WriteTex$") is None
    assert desktop.run().returncode == 0
    program.hands.wait_until(lambda: desktop.window("^WriteTex$") is not None)


def test_closing_the_window_keeps_the_tray_and_quitting_leaves_the_clipboard(
    program: Program, llmock: LLMock
) -> None:
    llmock.reply("kept")
    program.press_hotkey()
    program.drag()
    program.copied("kept")
    program.focus_window()
    program.hands.tap("Alt_L", "F4")
    program.hands.wait_until(lambda: program.desktop.window("^WriteTex$") is None)
    assert program.answers()
    program.tell(Request(Verb.QUIT))
    assert program.process.wait(30) == 0
    assert program.desktop.clipboard() == "kept"
    running = Program(program.desktop, llmock)
    program.process = running.process


def test_writetex_snip_starts_the_program_when_none_runs(desktop: Desktop, llmock: LLMock) -> None:
    done = desktop.run("snip", WRITETEX_BASE_URL=llmock.base_url(), WRITETEX_MODEL="m")
    assert done.returncode == 0
    assert "starting" in done.stderr
    path = socket_path(str(desktop.home / "runtime_dir"), 0)
    desktop.hands.wait_until(lambda: forward(Request(Verb.PING), path) is not None)
    forward(Request(Verb.QUIT), path)


def test_recognize_prints_the_markup_and_needs_no_display(desktop: Desktop, llmock: LLMock) -> None:
    llmock.reply(LATEX)
    done = desktop.run(
        "recognize",
        str(SAMPLE),
        "missing.png",
        "--json",
        DISPLAY="",
        WRITETEX_BASE_URL=llmock.base_url(),
        WRITETEX_API_KEY="sk-e2e-secret",
        WRITETEX_MODEL="gpt-5-mini",
    )
    assert done.returncode == 1
    read, missing = (json.loads(line) for line in done.stdout.splitlines())
    assert (read["latex"], read["engine"], read["model"]) == (LATEX, "endpoint", "gpt-5-mini")
    assert read["usage"]["prompt_tokens"] > 0
    assert missing["file"] == "missing.png"
    assert missing["remedy"]
