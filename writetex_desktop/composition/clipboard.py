"""The clipboard of the program with the window: which way is taken when, and what stays at the end."""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.desktop.clipboard_forms import content_of, forms_to_keep, forms_to_paste
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.native.clipboard import tools as clipboard_tools
from writetex_desktop.native.clipboard.tools import ToolClipboard
from writetex_desktop.native.diagnostics import run_doctor
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.services.output.clipboard_choice import ClipboardChoice
from writetex_desktop.services.output.clipboard_keeper import ClipboardKeeper
from writetex_desktop.ui.toolkit.clipboard import QtClipboard


@dataclass(frozen=True, slots=True)
class Clipboards:
    """The clipboard as it is used.

    Attributes:
        kept: Copies, and can put back what was there before.
        pasted: Reads what is to be recognised.
    """

    kept: ClipboardKeeper
    pasted: Callable[[], Awaitable[QMimeData]]


def make_clipboard(session: Session) -> Clipboards:
    """Make the clipboard; on Wayland a window may use it only while it has the focus."""

    def window_may() -> bool:
        return (
            session.display_server is not DisplayServer.WAYLAND
            or QGuiApplication.focusWindow() is not None
            or clipboard_tools.unsupported(session) is not None
        )

    others = _read_others if QGuiApplication.platformName() == "xcb" else None
    window = QtClipboard(QGuiApplication.clipboard(), others)
    return Clipboards(
        ClipboardKeeper(ClipboardChoice(window, ToolClipboard(session), window_may)), window.pasted
    )


async def ask_for_paste(source: QClipboard.Mode) -> None:
    """Read, beside Qt, what a text field would paste.

    Raises:
        ClipboardError: The program that holds it does not answer.
    """
    from writetex_desktop.native.clipboard import selection_x11  # noqa: PLC0415 - as below

    is_marked = source is QClipboard.Mode.Selection
    selection = selection_x11.PRIMARY if is_marked else selection_x11.CLIPBOARD
    await selection_x11.X11Selection().read(forms_to_paste, selection=selection)


async def _read_others(*, for_pasting: bool) -> ClipboardContent:
    # It is wanted at the first result or paste, not before the hotkey works.
    from writetex_desktop.native.clipboard.selection_x11 import PICTURE_S, X11Selection  # noqa: PLC0415

    choose, more_s = (forms_to_paste, PICTURE_S) if for_pasting else (forms_to_keep, 0.0)
    return content_of(await X11Selection().read(choose, more_s=more_s))


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
