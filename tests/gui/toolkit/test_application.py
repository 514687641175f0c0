"""The application object and its loop, in processes of their own: there is one QApplication a process."""

import subprocess
import sys

import pytest

QUITTING = """
import asyncio
from PySide6.QtCore import QTimer
from writetex_desktop.ui.toolkit.application import QtApp, run

async def main() -> int:
    asked = asyncio.Event()
    app.quit_asked.connect(asked.set)
    QTimer.singleShot(0, app.quit)
    await asked.wait()
    await asyncio.sleep(0)
    print("cleaned up")
    return 3

app = QtApp(["writetex"])
raise SystemExit(run(app, main))
"""

GENERATORS = """
import asyncio
from writetex_desktop.ui.toolkit.application import QtApp, run

async def numbers():
    try:
        for number in range(9):
            yield number
            await asyncio.sleep(0)
    finally:
        print("closed")

async def main() -> int:
    async for number in numbers():
        if number == 2:
            break
    asyncio.create_task(asyncio.sleep(60))
    kept.append(numbers())
    await anext(kept[0])
    return 0

kept = []

raise SystemExit(run(QtApp(["writetex"]), main))
"""

NAMES = """
from writetex_desktop import __version__
from writetex_desktop.ui.toolkit.application import QtApp
app = QtApp(["writetex"])
assert app.applicationVersion() == __version__
print(app.applicationDisplayName(), app.quitOnLastWindowClosed(), app.windowIcon().isNull())
"""


def _run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_quitting_is_a_wish_and_clean_up_always_runs() -> None:
    ended = _run(QUITTING)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "cleaned up\n", "")


def test_streams_and_tasks_left_behind_are_ended_with_the_loop() -> None:
    ended = _run(GENERATORS)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "closed\nclosed\n", "")


@pytest.mark.parametrize("language", ["C", "de_DE.UTF-8", "zh_HK.UTF-8"])
def test_the_program_knows_its_name_in_every_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", language)
    ended = _run(NAMES)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "WriteTex False False\n"
