"""The system's clipboard, through Qt."""

import asyncio

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMimeData
from PySide6.QtGui import QClipboard, QImage

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError, Remedy, RemedyAction

ATTEMPTS = 4
PAUSE_S = 0.05
"""On Windows another program may hold the clipboard open for a moment, and copying fails meanwhile."""

PNG = "image/png"

READ_FLAVOURS = (
    PNG,
    "image/svg+xml",
    "application/mathml+xml",
    "text/html",
    "text/rtf",
    "text/uri-list",
)
"""What is read beside the text. Others may be many and large, and making each is the other program's work."""


class QtClipboard:
    """The `Clipboard` for programs with windows; call it on the main thread.

    On X11 and Wayland what was copied is served by this program and is gone when it ends; on Wayland the
    system takes it only while one of our windows has the focus.

    Args:
        clipboard: `QGuiApplication.clipboard()`.
    """

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard

    async def copy(self, content: ClipboardContent) -> None:
        """See `Clipboard.copy`."""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(PAUSE_S)
            self._clipboard.setMimeData(_mime_data(content))
            if _holds(self._clipboard.mimeData(), content):
                return
        raise ClipboardError(
            QCoreApplication.translate("Clipboard", "The clipboard did not take what was copied."),
            Remedy(
                QCoreApplication.translate("Clipboard", "Another program may be holding it; copy again."),
                RemedyAction.COPY_AGAIN,
            ),
        )

    async def read(self) -> ClipboardContent:
        """See `Clipboard.read`: the text, a picture as PNG, and the forms of `READ_FLAVOURS`."""
        data = self._clipboard.mimeData()
        flavours = {
            media_type: bytes(data.data(media_type).data())
            for media_type in READ_FLAVOURS
            if data.hasFormat(media_type)
        }
        if data.hasImage() and not flavours.get(PNG):
            flavours[PNG] = _png(QImage(data.imageData()))
        return ClipboardContent(data.text(), flavours)


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
