"""That the program would start on Windows and macOS, as far as that can be told from Linux.

Every module of ours is imported once as it is, which loads what others wrote, and then anew with the
platform's name changed and with everything taken away that Python does not have there.
"""

import json
import subprocess
import sys

import pytest

ELSEWHERE = {
    "win32": {
        "modules": ("fcntl", "grp", "jeepney", "pwd", "resource", "termios", "Xlib"),
        "os": (
            *("getuid", "geteuid", "getgid", "fork", "killpg", "mkfifo", "fchmod", "setsid", "uname"),
            *("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY"),
        ),
        "socket": ("AF_UNIX",),
        "signal": ("SIGUSR1", "SIGUSR2", "SIGHUP", "SIGKILL", "SIGCHLD", "SIGPIPE"),
    },
    "darwin": {"modules": ("jeepney", "Xlib"), "os": (), "socket": (), "signal": ()},
}
"""What Python, or our list of dependencies, lacks on a system."""

ONLY_OF = {
    "win32": {"instance_socket", "instance_socket_server"},
    "darwin": set[str](),
}
"""Modules of native/ that hold another system's ways, beside Linux's, and are never imported there."""

LINUX = {"hotkey_portal", "hotkey_x11", "portal", "screen_portal"}

PROGRAM = """
import importlib, json, os, pkgutil, signal, socket, sys
import writetex_desktop

platform, lacks, skipped = sys.argv[1], json.loads(sys.argv[2]), set(json.loads(sys.argv[3]))

def import_all():
    for module in pkgutil.walk_packages(writetex_desktop.__path__, "writetex_desktop."):
        if module.name.rpartition(".")[2] not in {*skipped, "__main__"}:
            importlib.import_module(module.name)

import_all()
for name in [name for name in sys.modules if name.startswith("writetex_desktop.")]:
    del sys.modules[name]
for name in [name for name in sys.modules if name.partition(".")[0] in lacks["modules"]]:
    del sys.modules[name]

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in lacks["modules"]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Lacking())
for module in (os, socket, signal):
    for name in lacks[module.__name__]:
        delattr(module, name)
sys.platform = platform
import_all()
print(json.dumps(sorted(name for name in sys.modules if name.rpartition(".")[2] in skipped)))
"""


@pytest.mark.parametrize("platform", sorted(ELSEWHERE))
def test_every_module_can_be_imported_on_another_system(platform: str) -> None:
    skipped = sorted(LINUX | ONLY_OF[platform])
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, platform, json.dumps(ELSEWHERE[platform]), json.dumps(skipped)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
