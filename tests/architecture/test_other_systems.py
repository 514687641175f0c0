"""That the program would start on Windows and macOS, as far as that can be told from Linux.

Every module of ours is imported once as it is, which loads what others wrote, and then anew with the
platform's name changed and with everything taken away that Python does not have there.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

MACOS = {"modules": ("jeepney", "Xlib"), "os": (), "socket": (), "signal": ()}
WINDOWS = {
    "modules": ("fcntl", "grp", "jeepney", "pwd", "resource", "termios", "Xlib"),
    "os": (
        *("getuid", "geteuid", "getgid", "fork", "killpg", "mkfifo", "fchmod", "setsid", "uname"),
        *("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY"),
    ),
    "socket": ("AF_UNIX",),
    "signal": ("SIGUSR1", "SIGUSR2", "SIGHUP", "SIGKILL", "SIGCHLD", "SIGPIPE"),
}
"""What Python, or our list of dependencies, lacks there."""

OF_LINUX = (
    "bus_probe",
    *("hotkeys.portal", "hotkeys.x11", "clipboard.paste_x11", "clipboard.selection_x11", "portal"),
    "screens.portal",
)
OF_SOCKETS = ("instance.socket", "instance.socket_server")
"""Modules of native/ that hold another system's ways, and that nobody may import there."""

PROGRAM = """
import importlib, json, os, pkgutil, signal, socket, sys
import writetex_desktop

lacking = set()
unix = socket.AF_UNIX

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in lacking:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

def import_all(skipped):
    for module in pkgutil.walk_packages(writetex_desktop.__path__, "writetex_desktop."):
        name = module.name.removeprefix("writetex_desktop.native.")
        if name not in {*skipped, "writetex_desktop.__main__"}:
            importlib.import_module(module.name)

import_all(())
sys.meta_path.insert(0, Lacking())
for platform, lacks, skipped in json.loads(sys.argv[1]):
    lacking.update(lacks["modules"])
    ours = "writetex_desktop."
    for name in [name for name in sys.modules if name.startswith(ours) or name.partition(".")[0] in lacking]:
        del sys.modules[name]
    for module in (os, socket, signal):
        for name in lacks[module.__name__]:
            delattr(module, name)
    sys.platform = platform
    import_all(skipped)
    strayed = [name for name in skipped if f"writetex_desktop.native.{name}" in sys.modules]
    assert not strayed, (platform, strayed)

# What follows is on Windows: a second start reaches the program that runs.
import asyncio, ctypes
from tests.foreign_pipes import Windows

windows = Windows()
ctypes.WinDLL, ctypes.get_last_error = windows.WinDLL, windows.get_last_error

from writetex_desktop.cli import main
from writetex_desktop.native.instance.client import instance_address
from writetex_desktop.native.instance.server import InstanceServer, claim

async def run():
    heard = []
    server = InstanceServer(claim(instance_address()), heard.append)
    await server.start()
    assert await asyncio.to_thread(main, ["snip", "--delay", "3"]) == 0
    assert await asyncio.to_thread(main, []) == 0
    await server.close()
    assert [str(request.verb) for request in heard] == ["snip", "show"], heard
    assert windows.pipes == {}

socket.AF_UNIX = unix  # this machine's event loop cannot do without
asyncio.run(run())
"""


@pytest.mark.timeout(180)  # 5 s of work; it loads every library there is
def test_all_can_be_imported_on_macos_and_on_windows_where_a_second_start_uses_the_pipe() -> None:
    systems = [("darwin", MACOS, OF_LINUX), ("win32", WINDOWS, OF_LINUX + OF_SOCKETS)]
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(systems)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
