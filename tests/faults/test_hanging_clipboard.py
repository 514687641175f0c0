"""A program that holds the clipboard and does not answer takes nothing with it but what it holds.

Qt waits five seconds for each form, so that a test here would run into its limit where Qt asked.
"""

import asyncio
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from Xlib import X

from tests.e2e.conftest import Desktop, session
from tests.foreign_clipboards import hanging_owner
from tests.x11 import Hands, virtual_display
from writetex_desktop.core.desktop.clipboard_forms import content_of, forms_to_keep, forms_to_paste
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.native.clipboard.selection_x11 import X11Selection
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

SAMPLE = Path(__file__).parent.parent.parent / "resources" / "samples" / "01-quadratic.png"


@pytest.mark.parametrize("choose", [forms_to_keep, forms_to_paste])
@pytest.mark.parametrize(
    ("offers", "asked"),
    [((), "TARGETS"), (("UTF8_STRING", "text/html"), "UTF8_STRING")],
    ids=["deaf", "half"],
)
async def test_one_that_hangs_is_given_up_at_the_first_form_it_leaves_unanswered(
    choose: Callable[..., tuple[str, ...]], offers: tuple[str, ...], asked: str
) -> None:
    with virtual_display(320, 200) as display, hanging_owner(display.name, offers=offers) as questions:
        with pytest.raises(ClipboardError, match="does not answer"):
            await X11Selection(display.name).read(choose)
        assert questions[-1] == asked
        assert len(questions) == (2 if offers else 1)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("UTF8_STRING", "Größe ≥ 数式".encode()),
        ("text/html", b"<b>bold</b>"),
        ("image/png", os.urandom(3_000_000)),
        ("text/uri-list", b"file:///tmp/a.png\r\n"),
    ],
)
def test_what_xclip_holds_is_read_byte_for_byte(form: str, data: bytes) -> None:
    with virtual_display(320, 200) as display:
        copy = ["xclip", "-selection", "clipboard", "-target", form]
        subprocess.run(copy, input=data, env=display.environment(), check=True)
        with Hands(display.name) as hands:
            clipboard = hands.display.intern_atom("CLIPBOARD")
            hands.wait_until(lambda: hands.display.get_selection_owner(clipboard) != X.NONE)
        read = asyncio.run(_kept(display.name))
    assert read == {form: data}
    content = content_of(read)
    assert (content.text.encode() or next(iter(content.flavours.values()))) == data


def test_nobody_holds_nothing() -> None:
    with virtual_display(320, 200) as display:
        assert not asyncio.run(_kept(display.name))


async def _kept(display_name: str) -> Mapping[str, bytes]:
    return await X11Selection(display_name).read(forms_to_keep)


def _answers(desktop: Desktop, verb: Verb, *files: str) -> bool:
    path = socket_path(str(desktop.home / "runtime_dir"), os.getuid())
    reply = forward(Request(verb, files=files), path)
    return reply is not None and reply.ok


def test_the_window_goes_on_while_the_program_that_copied_last_hangs(tmp_path: Path) -> None:
    with session(tmp_path, "openbox", panel=True) as desktop:
        desktop.start("window", "--offline")
        desktop.hands.wait_until(lambda: _answers(desktop, Verb.PING))
        with hanging_owner(desktop.display.name) as asked:
            assert _answers(desktop, Verb.PASTE)
            desktop.hands.wait_until(lambda: bool(asked))
            assert _answers(desktop, Verb.PING)
            assert _answers(desktop, Verb.OPEN, str(SAMPLE))
            desktop.hands.wait_until(lambda: len(asked) == 2)
            assert _answers(desktop, Verb.PING)
        desktop.hands.wait_until(lambda: r"\frac" in desktop.clipboard())
        assert asked == ["TARGETS", "TARGETS"]
