"""The way to the clipboard is chosen at each copy."""

import pytest

from tests.fakes import FakeClipboard
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.services.output.clipboard_choice import ClipboardChoice

THING = ClipboardContent("x^2", {"text/html": b"<math/>"})


async def test_a_window_with_the_focus_copies_every_form() -> None:
    window, tool = FakeClipboard(), FakeClipboard()
    await ClipboardChoice(window, tool, lambda: True).copy(THING)
    assert (window.content, tool.content) == (THING, ClipboardContent())


async def test_without_the_focus_the_tool_copies_and_reads() -> None:
    window, tool = FakeClipboard(), FakeClipboard()
    choice = ClipboardChoice(window, tool, lambda: False)
    await choice.copy(THING)
    assert window.content == ClipboardContent()
    assert await choice.read() == THING


async def test_a_tool_that_fails_is_told() -> None:
    with pytest.raises(ClipboardError):
        await ClipboardChoice(FakeClipboard(), FakeClipboard(broken=True), lambda: False).copy(THING)
