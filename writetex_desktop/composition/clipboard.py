"""The clipboard of the program with the window: which way is taken when, and what stays at the end."""

import contextlib

from PySide6.QtGui import QGuiApplication

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.native.clipboard import tools as clipboard_tools
from writetex_desktop.native.clipboard.tools import ToolClipboard
from writetex_desktop.native.diagnostics import run_doctor
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.services.output.clipboard_choice import ClipboardChoice
from writetex_desktop.services.output.clipboard_keeper import ClipboardKeeper
from writetex_desktop.ui.toolkit.clipboard import QtClipboard


def make_clipboard(session: Session) -> ClipboardKeeper:
    """Make the clipboard; on Wayland a window may use it only while it has the focus."""

    def window_may() -> bool:
        return (
            session.display_server is not DisplayServer.WAYLAND
            or QGuiApplication.focusWindow() is not None
            or clipboard_tools.unsupported(session) is not None
        )

    window = QtClipboard(QGuiApplication.clipboard())
    return ClipboardKeeper(ClipboardChoice(window, ToolClipboard(session), window_may))


async def copy_diagnostics(clipboard: Clipboard) -> None:
    """Put what `writetex doctor` says on the clipboard.

    Raises:
        StorageError: It could not be run.
        ClipboardError: The clipboard did not take it.
    """
    await clipboard.copy(ClipboardContent(await run_doctor()))


async def leave_clipboard(session: Session) -> None:
    """Hand what we hold on the clipboard to a tool that outlives us: on X11 it would be gone."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() and clipboard.text():
        with contextlib.suppress(ClipboardError):
            await ToolClipboard(session).copy(ClipboardContent(clipboard.text()))
