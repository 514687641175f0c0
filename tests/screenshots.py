"""Takes the screenshots of the README: `dev.py`-like session, real program, real server on loopback.

.venv/bin/python -m tests.screenshots docs/images
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llmock.pytest_plugin import LLMock
from llmock.testing import LLMockServer

from tests.x11 import Hands, VirtualDisplay, virtual_display
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.settings.settings import AfterSnip, Profile, Settings, Theme
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

SAMPLES = Path(__file__).parent.parent / "resources" / "samples"
HOTKEY = ("Control_L", "Super_L", "m")
LATEX = r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"
EULER = r"e^{i\pi} + 1 = 0"
BATCH = 15
"""Pictures in the folder of samples; each is read within a second."""

SETTLE_S = 2.5
"""Animations and late paints end within it."""


@contextmanager
def _program(display: VirtualDisplay, folder: Path, server: LLMock, theme: Theme) -> Iterator[Path]:
    for name in ("config", "data", "state", "cache", "runtime"):
        (folder / name).mkdir(mode=0o700)
    profile = Profile("openai", "OpenAI", server.base_url(), "gpt-5-mini")
    settings = Settings(
        profiles=(profile,),
        active_profile="openai",
        theme=theme,
        after_snip=AfterSnip.NOTHING,
        terms_seen=True,
    )
    SettingsFile(folder / "config" / "writetex-desktop" / "settings.json").update(lambda _: settings)
    folders = {
        f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("config", "data", "state", "cache")
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "writetex_desktop"],
        env=display.environment(
            XDG_RUNTIME_DIR=str(folder / "runtime"),
            **folders,
        ),
    )
    path = socket_path(str(folder / "runtime"), os.getuid())
    while True:
        reply = forward(Request(Verb.PING), path)
        if reply is not None and reply.ok:
            break
        time.sleep(0.1)  # noqa: TID251 - a person waits
    try:
        yield Path(path)
    finally:
        forward(Request(Verb.QUIT), path)
        program.wait(20)


def _take(display: VirtualDisplay, target: Path, window: str = "root") -> None:
    time.sleep(SETTLE_S)  # noqa: TID251 - a photograph of what stands still
    command = ["import", "-window", window, str(target)]
    subprocess.run(command, env=display.environment(), check=True)


def main(folder: Path) -> None:
    """Take them all."""
    codec = PillowCodec()
    sample = codec.decode((SAMPLES / "01-quadratic.png").read_bytes())
    server = LLMock(LLMockServer().start())
    for theme in (Theme.LIGHT, Theme.DARK):
        with (
            virtual_display(1660, 900, window_manager="openbox") as display,
            Hands(display.name) as hands,
            tempfile.TemporaryDirectory() as home,
            _program(display, Path(home), server, theme) as path,
        ):
            _take(display, folder / f"empty-{theme.value}.png", "WriteTex")
            hands.show_picture(10, 40, sample.width, sample.height, bytes(sample.data))
            server.reply(LATEX)
            hands.tap(*HOTKEY)
            time.sleep(SETTLE_S)  # noqa: TID251
            hands.move(14, 44)
            hands.button(down=True)
            hands.move(100, 80)
            hands.move(10 + sample.width - 4, 40 + sample.height - 4)
            _take(display, folder / f"overlay-{theme.value}.png")
            hands.button(down=False)
            _take(display, folder / f"result-{theme.value}.png", "WriteTex")
            for number in range(BATCH):
                server.reply((LATEX, EULER)[number % 2])
            forward(Request(Verb.OPEN, files=(str(SAMPLES),)), str(path))
            time.sleep(SETTLE_S)  # noqa: TID251
            hands.tap("Return")
            time.sleep(BATCH)  # noqa: TID251
            _take(display, folder / f"batch-{theme.value}.png", "WriteTex")
            hands.tap("Escape")
            server.fail(401)
            hands.tap("F5")
            _take(display, folder / f"error-{theme.value}.png", "WriteTex")
            forward(Request(Verb.SETTINGS), str(path))
            _take(display, folder / f"settings-{theme.value}.png", "Settings")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
