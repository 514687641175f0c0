"""Ink as pixels, with Pillow: what an engine of pictures is given, and what is saved.

Pillow is imported inside the functions that use it, as in `codec`.
"""

from __future__ import annotations

from writetex_desktop.core.ink.ink import Ink, at_usual_size
from writetex_desktop.core.ink.inkml import parse_inkml
from writetex_desktop.core.ink.smoothing import Curve, curves
from writetex_desktop.core.pictures.image import Bitmap

PIXELS_PER_UNIT = 1.5
"""How large a drawing is made: a digit of the pad is some sixty pixels high."""

RIM = 12.0
"""Empty paper round the strokes, in units of the paper."""

MAX_PIXELS = 2_000_000
"""A drawing of more pixels is made smaller."""

LEAST_LINE_PX = 1.6

_FINER = 3
"""How much finer lines are drawn than they are kept, which makes their edges smooth."""

_STEPS = 4
"""Straight pieces of a curve; its ends are some pixels apart."""

_SNIFFED_BYTES = 4096


def is_inkml(data: bytes) -> bool:
    """Say whether a file looks like InkML: text whose first element is `ink`."""
    head = data[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = data[:_SNIFFED_BYTES].replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    return head.startswith(b"<") and (b"<ink" in head or b":ink" in head)


def decode_inkml(data: bytes) -> Bitmap:
    """Draw an InkML file.

    Raises:
        ImageError: It is none that can be read.
    """
    return draw_ink(parse_inkml(data))


def draw_ink(ink: Ink) -> Bitmap:
    """Draw ink black on white; what a device counts in other units is brought to the usual size."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - see the module's docstring

    ink = at_usual_size(ink)
    box = ink.box
    if box is None:
        return Bitmap(1, 1, b"\xff" * 4)
    room = box.grown(RIM)
    area = room.width * room.height * PIXELS_PER_UNIT**2
    scale = PIXELS_PER_UNIT * min(1.0, (MAX_PIXELS / area) ** 0.5)
    width, height = max(1, round(room.width * scale)), max(1, round(room.height * scale))
    finer = _FINER * scale
    page = Image.new("L", (width * _FINER, height * _FINER), 255)
    pen = ImageDraw.Draw(page)
    for stroke in ink.strokes:
        for curve in curves(stroke):
            line = max(LEAST_LINE_PX * _FINER, curve.width * finer)
            places = [((x - room.left) * finer, (y - room.top) * finer) for x, y in _way(curve)]
            pen.line(places, fill=0, width=round(line))
            for x, y in places:
                pen.ellipse((x - line / 2, y - line / 2, x + line / 2, y + line / 2), fill=0)
    page = page.resize((width, height), Image.Resampling.BOX)
    return Bitmap(width, height, page.convert("RGB").tobytes("raw", "BGRX"))


def _way(curve: Curve) -> list[tuple[float, float]]:
    (x0, y0), (x1, y1), (x2, y2) = curve.start, curve.control, curve.end
    if curve.start == curve.end:
        return [curve.start]
    way = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        way.append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))
    return way
