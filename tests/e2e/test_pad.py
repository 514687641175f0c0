"""From strokes of the mouse on the pad to LaTeX on the clipboard, and from the history back to the ink."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Desktop
from tests.e2e.test_history import put_on_clipboard
from writetex_desktop.core.ink.inkml import parse_inkml
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

pytestmark = [pytest.mark.gui, pytest.mark.timeout(240)]

INK = Path(__file__).parent.parent.parent / "resources" / "samples" / "20-by-hand.inkml"
FORMULA = "x^2+x^2"
PAD = "^WriteTex pad$"
OWN_TITLE = "^WriteTex$"
CORNER = (60, 140)
"""Where on the pad's window the drawing begins, in pixels: below its bar, on the paper."""

PEN_PX = 6

RED = slice(2, None, 4)
DARK = 110
"""A pixel of ink is darker than this in red; the paper's squares and the brown marks of doubt are lighter."""


class PadHands:
    """The hands of a person who writes on the pad."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.hands = desktop.hands
        self.ink = parse_inkml(INK.read_text("utf-8"))

    def tell(self, verb: Verb) -> object:
        return forward(Request(verb), socket_path(str(self.desktop.home / "runtime_dir"), 0))

    def area(self, name: str) -> Rect | None:
        """Where a window is; None while it is not there."""
        window = self.desktop.window(name)
        if window is None:
            return None
        place, size = window.translate_coords(self.hands.root, 0, 0), window.get_geometry()
        return Rect(-place.x, -place.y, size.width, size.height)

    def drawn(self, name: str) -> tuple[int, int]:
        """How wide and tall is what is dark on the paper of a window; nothing for an empty one."""
        area = self.area(name)
        assert area is not None
        tall = 200 if name == PAD else 460
        paper = Rect(area.x + 30, area.y + 120, area.width // 2, tall)
        red = self.hands.pixels(paper)[RED]
        dark = [divmod(place, paper.width) for place, level in enumerate(red) if level < DARK]
        if not dark:
            return 0, 0
        rows, columns = [row for row, _ in dark], [column for _, column in dark]
        return max(columns) - min(columns), max(rows) - min(rows)

    def write(self) -> None:
        """Write the formula, the mouse at every point; the next stroke begins when the last is seen."""
        area = self.area(PAD)
        assert area is not None
        left, top = area.x + CORNER[0], area.y + CORNER[1]
        for stroke in self.ink.strokes:
            places = [(left + round(point.x), top + round(point.y)) for point in stroke.points]
            self.hands.move(*places[0])
            self.hands.button(down=True)
            for place in places[1:]:
                self.hands.move(*place)
            self.hands.button(down=False)
            end = Rect(places[-1][0] - 2, places[-1][1] - 2, 5, 5)
            self.hands.wait_until(lambda end=end: min(self.hands.pixels(end)[RED]) < DARK)  # type: ignore[misc]

    def copied(self, *keys: str) -> str:
        """Press keys until they have copied the formula: until then what is drawn may be unread in part."""

        def there() -> bool:
            self.hands.tap(*keys)
            bare = self.desktop.clipboard().translate(str.maketrans("", "", " {}"))
            return bare.lower() == FORMULA

        self.hands.wait_until(there, timeout_s=60)
        return self.desktop.clipboard()


def is_like(drawn: tuple[int, int], wanted: tuple[float, float]) -> bool:
    """Whether what is on the paper has a size, with the thickness of the pen."""
    return all(abs(one - other) <= PEN_PX for one, other in zip(drawn, wanted, strict=True))


def test_what_is_written_on_the_pad_is_on_the_clipboard_and_its_ink_comes_back_from_the_history(
    desktop: Desktop,
) -> None:
    desktop.start("write")
    pad = PadHands(desktop)
    pad.hands.wait_until(lambda: pad.area(PAD) is not None, timeout_s=60)
    pad.hands.wait_until(lambda: pad.drawn(PAD) == (0, 0), timeout_s=60)
    pad.write()
    said = pad.copied("Control_L", "Shift_L", "Return")
    box = pad.ink.box
    assert box is not None
    assert is_like(pad.drawn(PAD), (box.width, box.height))
    pad.hands.tap("Control_L", "Delete")
    pad.hands.wait_until(lambda: pad.drawn(PAD) == (0, 0))
    pad.hands.tap("Escape")
    pad.hands.wait_until(lambda: pad.area(PAD) is None)
    pad.tell(Verb.SHOW)
    pad.hands.wait_until(lambda: pad.area(OWN_TITLE) is not None)
    put_on_clipboard(desktop, "of another program")
    pad.hands.tap("Control_L", "h")

    def is_listed() -> bool:
        # The list is filled a moment after the page is there; until then the key means nothing.
        pad.hands.tap("Return")
        return desktop.clipboard() == said

    pad.hands.wait_until(is_listed, timeout_s=60)
    pad.hands.tap("Control_L", "Return")
    pad.hands.wait_until(lambda: is_like(pad.drawn(OWN_TITLE), (box.width, box.height)), timeout_s=60)
    assert "Traceback" not in desktop.said()
