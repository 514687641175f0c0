"""What a second program sees, run by the Python of Windows: each command prints one object of JSON.

    python.exe probes.py clipboard            every form on the clipboard, by the functions of Windows alone
    python.exe probes.py autostart on|off     switches starting with the session as the settings do
    python.exe probes.py keys keep|read|drop  keeps a secret in the key store, as the program does
    python.exe probes.py screens              the screens and their scales, as Qt tells them
    python.exe probes.py pipe                 whether the running program's pipe is there, and whose it is
    python.exe probes.py show FILE X Y        shows a picture in a window without a frame, until it is killed

https://learn.microsoft.com/windows/win32/dataxchg/clipboard-operations
"""

import asyncio
import ctypes
import json
import sys
from collections.abc import Callable
from typing import Any

_STANDARD = {
    1: "CF_TEXT",
    2: "CF_BITMAP",
    3: "CF_METAFILEPICT",
    7: "CF_OEMTEXT",
    8: "CF_DIB",
    13: "CF_UNICODETEXT",
}
_STANDARD |= {14: "CF_ENHMETAFILE", 15: "CF_HDROP", 16: "CF_LOCALE", 17: "CF_DIBV5"}
_HANDLES = frozenset((2, 3, 9, 14))
"""Forms whose handle is no memory."""

_SECRET = "of the trial"  # noqa: S105 - of nobody
_NAME = "wine-trial"


def clipboard() -> dict[str, object]:
    """Give each form's name with its size and the beginning of it."""
    windows: Any = ctypes
    user, kernel = windows.WinDLL("user32"), windows.WinDLL("kernel32")
    user.GetClipboardData.restype = kernel.GlobalLock.restype = ctypes.c_void_p
    kernel.GlobalLock.argtypes = kernel.GlobalUnlock.argtypes = kernel.GlobalSize.argtypes = (
        ctypes.c_void_p,
    )
    kernel.GlobalSize.restype = ctypes.c_size_t
    if not user.OpenClipboard(None):
        return {"error": "the clipboard cannot be opened"}
    found: dict[str, object] = {}
    form = user.EnumClipboardFormats(0)
    while form:
        found[_name_of(user, form)] = "a handle" if form in _HANDLES else _content(user, kernel, form)
        form = user.EnumClipboardFormats(form)
    user.CloseClipboard()
    return found


def _name_of(user: Any, form: int) -> str:
    if form in _STANDARD:
        return _STANDARD[form]
    name = ctypes.create_unicode_buffer(256)
    return name.value if user.GetClipboardFormatNameW(form, name, 256) else str(form)


def _content(user: Any, kernel: Any, form: int) -> dict[str, object]:
    handle = user.GetClipboardData(form)
    place = kernel.GlobalLock(handle) if handle else None
    if not place:
        return {"bytes": 0, "begins": ""}
    data = ctypes.string_at(place, kernel.GlobalSize(handle))
    kernel.GlobalUnlock(handle)
    encoding = "utf-16-le" if form == 13 else "utf-8"  # noqa: PLR2004 - CF_UNICODETEXT
    return {"bytes": len(data), "begins": data[:4000].decode(encoding, "replace").partition("\0")[0][:400]}


def autostart(word: str) -> dict[str, object]:
    """Switch starting with the session, as the settings do."""
    from writetex_desktop.composition.desktop import make_autostart  # noqa: PLC0415 - one probe, one import

    switch = make_autostart("win32")
    switch.switch(on=word == "on")
    return {"is_on": switch.is_on}


def keys(word: str) -> dict[str, object]:
    """Keep, read or drop a secret, each in a process of its own."""
    from writetex_desktop.adapters.secrets.keyring import KeyringSecrets  # noqa: PLC0415 - as above
    from writetex_desktop.core.secret import Secret  # noqa: PLC0415 - as above

    store = KeyringSecrets()

    async def do() -> dict[str, object]:
        if word == "keep":
            await store.set(_NAME, Secret(_SECRET))
        if word == "drop":
            await store.delete(_NAME)
        kept = await store.get(_NAME)
        return {"kept": kept is not None and kept.reveal() == _SECRET}

    return asyncio.run(do())


def screens() -> dict[str, object]:
    """Give the screens as Qt sees them, and what the program makes of a picture of each."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    from writetex_desktop.composition.backends import make_screen_grabber  # noqa: PLC0415 - as above
    from writetex_desktop.native.session import read_session  # noqa: PLC0415 - as above

    app = QApplication([])
    told = [[screen.name(), screen.size().toTuple(), screen.devicePixelRatio()] for screen in app.screens()]
    grabber = make_screen_grabber(read_session({}, "win32"), lambda _notice: None)

    async def pictures() -> list[list[int]]:
        await grabber.warm()
        return [[frame.bitmap.width, frame.bitmap.height] for frame in await grabber.grab()]

    found = asyncio.run(pictures())
    grabber.close()
    return {"screens": told, "pictures": found}


def pipe() -> dict[str, object]:
    """Ask whether the running program's pipe is there, and whose it is."""
    from writetex_desktop.native.instance.pipe import pipe_address  # noqa: PLC0415 - as above
    from writetex_desktop.native.instance.windows_pipes import load_pipes  # noqa: PLC0415 - as above

    pipes = load_pipes()
    opened = pipes.open(pipe_address(pipes), 2000)
    if opened is None:
        return {"there": False}
    whose = pipes.owner(opened)
    pipes.close(opened)
    return {"there": True, "ours": whose == pipes.user()}


def show(file: str, left: str, top: str) -> dict[str, object]:
    """Show a picture, one dot of it on one of the screen."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - as above
    from PySide6.QtGui import QPixmap  # noqa: PLC0415 - as above
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415 - as above

    app = QApplication([])
    label = QLabel()
    label.setWindowTitle("a formula")
    label.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    label.setStyleSheet("background: white")
    label.setPixmap(QPixmap(file))
    label.move(int(left), int(top))
    label.show()
    label.activateWindow()
    return {"status": app.exec()}


COMMANDS: dict[str, Callable[..., dict[str, object]]] = {
    "clipboard": clipboard,
    "autostart": autostart,
    "keys": keys,
    "screens": screens,
    "pipe": pipe,
    "show": show,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")
