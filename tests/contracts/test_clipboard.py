"""What every `Clipboard` keeps to. To hold another one to it, add a maker."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from PySide6.QtGui import QGuiApplication

from tests.fakes import FakeClipboard
from tests.x11 import virtual_display
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.native.clipboard.tools import ToolClipboard
from writetex_desktop.native.session import read_session
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.ui.toolkit.clipboard import QtClipboard


@contextmanager
def _fake() -> Iterator[Clipboard]:
    yield FakeClipboard()


@contextmanager
def _tools() -> Iterator[Clipboard]:
    with virtual_display(320, 200) as display:
        environment = display.environment()
        yield ToolClipboard(read_session(environment, "linux"), environment)


@contextmanager
def _qt() -> Iterator[Clipboard]:
    system = QGuiApplication.clipboard()
    system.clear()
    yield QtClipboard(system)


MAKERS: dict[str, Callable[[], AbstractContextManager[Clipboard]]] = {
    "fake": _fake,
    "qt": _qt,
    "tools": _tools,
}


@pytest.fixture(
    params=[pytest.param(name, marks=[pytest.mark.gui] if name == "qt" else []) for name in sorted(MAKERS)]
)
def clipboard(request: pytest.FixtureRequest) -> Iterator[Clipboard]:
    if request.param == "qt":
        request.getfixturevalue("qapp")
    with MAKERS[request.param]() as made:
        yield made


async def test_a_new_clipboard_is_empty(clipboard: Clipboard) -> None:
    assert await clipboard.read() == ClipboardContent()


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
        "two lines\nwith a newline at the end\n",
        "\n  white space round it\t",
        "Größe ≥ 数式 𝔸",
        "x" * 200_000,
    ],
    ids=["formula", "lines", "white space", "signs", "long"],
)
async def test_what_was_copied_is_there_letter_for_letter(clipboard: Clipboard, text: str) -> None:
    await clipboard.copy(ClipboardContent(text))
    assert (await clipboard.read()).text == text


async def test_the_last_copy_counts(clipboard: Clipboard) -> None:
    await clipboard.copy(ClipboardContent("first"))
    await clipboard.copy(ClipboardContent("second"))
    assert (await clipboard.read()).text == "second"


async def test_what_was_read_can_be_put_back(clipboard: Clipboard) -> None:
    await clipboard.copy(ClipboardContent("before"))
    before = await clipboard.read()
    await clipboard.copy(ClipboardContent("after"))
    await clipboard.copy(before)
    assert await clipboard.read() == before
