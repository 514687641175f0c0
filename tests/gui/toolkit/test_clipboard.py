"""The clipboard as other programs see it."""

import io
import subprocess

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError, RemedyAction
from writetex_desktop.ui.toolkit.clipboard import QtClipboard

pytestmark = pytest.mark.gui


@pytest.fixture
def clipboard(qtbot: QtBot) -> QtClipboard:
    return QtClipboard(QGuiApplication.clipboard())


def seen_by_others(qtbot: QtBot, target: str) -> bytes:
    """Read the clipboard with another program, which our event loop has to serve."""
    command = ["xclip", "-selection", "clipboard", "-o", "-t", target]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        qtbot.waitUntil(lambda: program.poll() is not None, timeout=10_000)
        assert program.stdout is not None
        return program.stdout.read()


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("text", [r"\frac{1}{2}", "Ω ≤ ∞ 𝔸", "two\nlines", "x" * 20_000])
async def test_text_is_read_by_other_programs(clipboard: QtClipboard, qtbot: QtBot, text: str) -> None:
    await clipboard.copy(ClipboardContent(text))
    assert seen_by_others(qtbot, "UTF8_STRING").decode() == text


async def test_each_form_is_read_by_other_programs_byte_for_byte(
    clipboard: QtClipboard, qtbot: QtBot
) -> None:
    flavours = {"image/png": png(), "image/svg+xml": b"<svg/>", "application/mathml+xml": b"<math/>"}
    await clipboard.copy(ClipboardContent("x", flavours))
    for media_type, data in flavours.items():
        assert seen_by_others(qtbot, media_type) == data
    assert seen_by_others(qtbot, "UTF8_STRING") == b"x"


async def test_a_picture_alone_has_no_text(clipboard: QtClipboard, qtbot: QtBot) -> None:
    await clipboard.copy(ClipboardContent(flavours={"image/png": png()}))
    assert b"UTF8_STRING" not in seen_by_others(qtbot, "TARGETS")
    assert QGuiApplication.clipboard().image().width() == 3


async def test_a_picture_of_another_program_is_read_as_png(clipboard: QtClipboard) -> None:
    picture = QImage(5, 4, QImage.Format.Format_RGB32)
    picture.fill(0xFF00FF00)
    QGuiApplication.clipboard().setImage(picture)
    content = await clipboard.read()
    assert QImage.fromData(content.flavours["image/png"]).pixel(0, 0) == 0xFF00FF00
    assert content.text == ""


async def test_formatted_text_of_another_program_is_read_and_can_be_put_back(
    clipboard: QtClipboard, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setText("bold")
    data.setHtml("<b>bold</b>")
    QGuiApplication.clipboard().setMimeData(data)
    before = await clipboard.read()
    await clipboard.copy(ClipboardContent("else"))
    await clipboard.copy(before)
    assert b"<b>bold</b>" in seen_by_others(qtbot, "text/html")
    assert seen_by_others(qtbot, "UTF8_STRING") == b"bold"


async def test_what_is_taken_away_at_once_is_told(clipboard: QtClipboard, qtbot: QtBot) -> None:
    system = QGuiApplication.clipboard()

    def take_away() -> None:
        if system.text():
            system.clear()

    system.dataChanged.connect(take_away)
    try:
        with pytest.raises(ClipboardError) as caught:
            await clipboard.copy(ClipboardContent("lost"))
    finally:
        system.dataChanged.disconnect(take_away)
    assert caught.value.remedy.action is RemedyAction.COPY_AGAIN
