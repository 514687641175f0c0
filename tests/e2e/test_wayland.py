"""The whole loop in a real Wayland session: a key of the compositor, its pointer, its clipboard."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from tests.e2e.conftest import writetex
from tests.e2e.test_snip import SAMPLE, sent_picture
from tests.wayland import Output, Pointer, Sway, headless_sway
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import ImageLimits, crop
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

pytestmark = [pytest.mark.gui, pytest.mark.timeout(120)]

KEY = f"bindsym Mod4+Shift+m exec {writetex()} snip"


@dataclass(frozen=True, slots=True)
class Session:
    """A sway with the program in it.

    Attributes:
        sway: The compositor.
        program: The program.
        said: Its standard error.
    """

    sway: Sway
    program: subprocess.Popen[bytes]
    said: Path

    def tell(self, verb: Verb) -> bool:
        reply = forward(Request(verb), socket_path(str(self.sway.runtime_dir), 0))
        return bool(reply and reply.ok)

    def press_key(self) -> None:
        """Press the key to which sway's configuration binds `writetex snip`."""
        subprocess.run(
            ["wtype", "-M", "logo", "-M", "shift", "-k", "m"],
            env=self.sway.environment(),
            check=True,
            timeout=20,
        )

    def wait_for_copy(self, text: str) -> None:
        self.sway.wait_until(lambda: self.clipboard() == text)

    def clipboard(self) -> str:
        pasted = subprocess.run(
            ["wl-paste", "--no-newline"],
            env=self.sway.environment(),
            check=False,
            capture_output=True,
            timeout=20,
        )
        return pasted.stdout.decode()


@contextmanager
def running(*outputs: Output, home: Path, base_url: str) -> Iterator[Session]:
    for tool in ("grim", "wl-paste", "wtype"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    with headless_sway(*outputs, config=[KEY]) as sway, (home / "said").open("wb") as said:
        if not sway.is_ours:
            pytest.skip("what sway starts would belong to another user here")
        folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        environment = {
            "WRITETEX_BASE_URL": base_url,
            "WRITETEX_API_KEY": "sk-e2e-secret",
            "WRITETEX_MODEL": "gpt-5-mini",
        }
        program = subprocess.Popen(
            [writetex(), "window"], env=sway.environment(**folders, **environment), stderr=said
        )
        session = Session(sway, program, home / "said")
        try:
            sway.wait_until(lambda: session.tell(Verb.PING))
            yield session
        finally:
            program.kill()
            program.wait()


def test_a_key_of_sway_a_drag_and_the_latex_can_be_pasted_until_sway_dies(
    tmp_path: Path, llmock: LLMock
) -> None:
    codec = PillowCodec()
    picture = codec.decode(SAMPLE.read_bytes())
    region = Rect(4, 4, (picture.width - 8) // 2 * 2, (picture.height - 8) // 2 * 2)
    expected = codec.prepare(crop(picture, region), ImageLimits()).data
    one, other = "HEADLESS-1", "HEADLESS-2"
    with running(Output(1000, 800), home=tmp_path, base_url=llmock.base_url()) as session:
        sway = session.sway
        for changes, output, scale, left, (width, height) in (
            ((), one, 1, 0, (1000, 800)),
            (("output HEADLESS-1 scale 2",), one, 2, 0, (500, 400)),
            (("output HEADLESS-1 transform 90",), one, 2, 0, (400, 500)),
            (("create_output", "output HEADLESS-2 mode 1000x800 pos 400 0"), other, 1, 400, (1400, 800)),
        ):
            for change in changes:
                sway.command(change)
            latex = f"x_{{{output}}} = {scale} + {width}"
            llmock.reply(latex)
            with sway.showing(output, SAMPLE), Pointer(sway, width, height) as pointer:
                pointer.move(width - 1, height - 1)
                session.press_key()
                sway.wait_for_windows(APP_ID, 2 if output == other else 1, full_screen=True)
                start = left + region.x // scale, region.y // scale
                pointer.drag(start, (start[0] + region.width // scale, start[1] + region.height // scale))
                session.wait_for_copy(latex)
            assert sent_picture(llmock) == expected
        llmock.assert_resilient()
        session.press_key()
        sway.wait_for_windows(APP_ID, 2, full_screen=True)
        sway.server.kill()
        assert session.program.wait(20) != 0
        said = session.said.read_text("utf-8")
        assert "The display server has gone" in said
        assert "Traceback" not in said
        assert "does not support" not in said
