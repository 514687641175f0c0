"""That the program would start on Windows and macOS, as far as that can be told from Linux.

Every module of ours is imported once as it is, which loads what others wrote, and then anew with the
platform's name changed and with everything taken away that Python does not have there.
"""

import json
import subprocess
import sys

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

OF_LINUX = ("hotkey_portal", "hotkey_x11", "portal", "screen_portal")
OF_SOCKETS = ("instance_socket", "instance_socket_server")
"""Modules of native/ that hold another system's ways, and that nobody may import there."""

PROGRAM = """
import importlib, json, os, pkgutil, signal, socket, sys
import writetex_desktop

lacking = set()

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in lacking:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

def import_all(skipped):
    for module in pkgutil.walk_packages(writetex_desktop.__path__, "writetex_desktop."):
        if module.name.rpartition(".")[2] not in {*skipped, "__main__"}:
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
    strayed = [name for name in sys.modules if name.rpartition(".")[2] in skipped]
    assert not strayed, (platform, strayed)
"""


def test_every_module_can_be_imported_on_macos_and_on_windows() -> None:
    systems = [("darwin", MACOS, OF_LINUX), ("win32", WINDOWS, OF_LINUX + OF_SOCKETS)]
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(systems)], check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
