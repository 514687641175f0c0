"""The system's clipboard, through Qt."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Final, Protocol

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QClipboard, QImage

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.desktop.clipboard_forms import PICTURES, content_of, forms_to_keep
from writetex_desktop.core.errors import ClipboardError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr

ATTEMPTS = 4
PAUSE_S = 0.05
"""On Windows another program may hold the clipboard open for a moment, and copying fails meanwhile."""

PATIENCE_S: Final = 0.5
"""When no further form is asked for, where Qt itself waits for the program that made them."""

PNG = "image/png"


class OthersContent(Protocol):
    """Reads what another program holds, where that can be done without waiting for it on this thread."""

    def __call__(self, *, for_pasting: bool) -> Awaitable[ClipboardContent]:
        """Read what is worth keeping, or what could be recognised.

        Raises:
            ClipboardError: The program does not answer in time.
        """
        ...


class QtClipboard:
    """The `Clipboard` for programs with windows; call it on the main thread.

    On X11 and Wayland what was copied is served by this program and is gone when it ends; on Wayland the
    system takes it only while one of our windows has the focus.

    Args:
        clipboard: `QGuiApplication.clipboard()`.
        others: Reads what is not ours; None where Qt does.
    """

    def __init__(self, clipboard: QClipboard, others: OthersContent | None = None) -> None:
        self._clipboard = clipboard
        self._others = others

    async def copy(self, content: ClipboardContent) -> None:
        """See `Clipboard.copy`."""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(PAUSE_S)
            self._clipboard.setMimeData(_mime_data(content))
            # What another program has copied meanwhile is not looked at: it may hang.
            ours = self._others is None or self._clipboard.ownsClipboard()
            if ours and _holds(self._clipboard.mimeData(), content):
                return
        raise ClipboardError(
            tr("The clipboard did not take what was copied."),
            Remedy(
                tr("Another program may be holding it; copy again."),
                RemedyAction.COPY_AGAIN,
            ),
        )

    async def read(self) -> ClipboardContent:
        """See `Clipboard.read`: the text, a picture, and what `forms_to_keep` names beside them.

        Raises:
            ClipboardError: The program that copied last does not answer.
        """
        if self._others is not None and not self._clipboard.ownsClipboard():
            return await self._others(for_pasting=False)
        data = self._clipboard.mimeData()
        forms = _read(data, forms_to_keep(data.formats()))
        if data.hasImage() and not any(form in forms for form in PICTURES):
            forms[PNG] = _png(QImage(data.imageData()))
        return ClipboardContent(data.text(), content_of(forms).flavours)

    async def pasted(self) -> QMimeData:
        """Read what is there in order to recognise it.

        Raises:
            ClipboardError: The program that copied last does not answer.
        """
        if self._others is not None and not self._clipboard.ownsClipboard():
            return _mime_data(await self._others(for_pasting=True))
        return self._clipboard.mimeData()


def _read(data: QMimeData, forms: tuple[str, ...]) -> dict[str, bytes]:
    """Read forms until one has taken too long: it is another program that makes each of them."""
    began = time.monotonic()
    read = {}
    for form in forms:
        read[form] = bytes(data.data(form).data())
        if time.monotonic() - began > PATIENCE_S:
            break
    return read


def _mime_data(content: ClipboardContent) -> QMimeData:
    data = QMimeData()
    if content.text:
        data.setText(content.text)
    for media_type, flavour in content.flavours.items():
        data.setData(media_type, flavour)
    if PNG in content.flavours:
        # Programs on Windows and macOS ask for the system's own form of a picture, which Qt makes of this.
        data.setImageData(QImage.fromData(content.flavours[PNG]))
    return data


def _holds(data: QMimeData, content: ClipboardContent) -> bool:
    """Whether what is read back is what was put there; Windows writes line ends of its own."""
    if data.text().replace("\r\n", "\n") != content.text.replace("\r\n", "\n"):
        return False
    return all(
        bytes(data.data(media_type).data()) == flavour for media_type, flavour in content.flavours.items()
    )


def _png(image: QImage) -> bytes:
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(file, "PNG")  # type: ignore[call-overload]  # the annotations want bytes, the function text
    return bytes(file.data().data())
