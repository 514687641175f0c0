"""Reads DVI files into glyph runs: which glyph of which font stands where, and which rules are drawn.

Source of the format: D. E. Knuth, "DVItype" (https://mirrors.ctan.org/info/knuth-pdf/texware/dvitype.pdf),
sections 13-20, and "TFtoPL" for the widths in TFM files. Virtual fonts must have been expanded by `dvicopy`
before.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SP_PER_PT = 65536


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font at a size, in scaled points (65536 to the point)."""

    name: str
    size_sp: int


@dataclass(slots=True)
class Page:
    """What one page draws; coordinates in scaled points, y downwards, from the page's reference point.

    Attributes:
        number: The first of TeX's page counters.
        glyphs: Font number in the document, character code, x and y of the glyph's origin.
        rules: x and y of the lower left corner, width and height.
    """

    number: int
    glyphs: list[tuple[int, int, int, int]] = field(default_factory=list)
    rules: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A parsed DVI file."""

    fonts: dict[int, FontUse]
    pages: list[Page]


def char_widths(tfm: bytes) -> dict[int, int]:
    """Widths of a TFM file's characters, in 2^-20 of the font's size."""
    _, lh, first, last, width_count = struct.unpack(">5H", tfm[:10])
    info = 24 + 4 * lh
    count = last - first + 1
    table = info + 4 * count
    widths = struct.unpack(f">{width_count}i", tfm[table : table + 4 * width_count])
    return {first + place: widths[tfm[info + 4 * place]] for place in range(count) if tfm[info + 4 * place]}


def parse_dvi(data: bytes, find_tfm: Callable[[str], Path]) -> Document:
    """Read a DVI file whose pages nest no specials that matter.

    Raises:
        ValueError: An opcode that is not in the format.
    """
    reader = _Reader(data, find_tfm)
    return Document(reader.fonts, list(reader.pages()))


class _Reader:
    """Executes the opcodes of one file."""

    def __init__(self, data: bytes, find_tfm: Callable[[str], Path]) -> None:
        self._data = data
        self._find_tfm = find_tfm
        self.fonts: dict[int, FontUse] = {}
        self._widths: dict[int, dict[int, int]] = {}

    def _define(self, place: int, size: int) -> int:
        data = self._data
        number = int.from_bytes(data[place : place + size], "big")
        place += size
        _, scale, _, area, length = struct.unpack(">IiiBB", data[place : place + 14])
        place += 14
        name = data[place + area : place + area + length].decode("ascii")
        if number not in self.fonts:
            self.fonts[number] = FontUse(name, scale)
            widths = char_widths(self._find_tfm(name).read_bytes())
            self._widths[number] = {code: width * scale >> 20 for code, width in widths.items()}
        return place + area + length

    def pages(self) -> Iterator[Page]:  # noqa: C901, PLR0912, PLR0915 - one branch for each family of opcodes
        data = self._data
        place = 15 + data[14]
        h = v = w = x = y = z = font = 0
        stack: list[tuple[int, int, int, int, int, int]] = []
        page = Page(0)

        def number(size: int) -> int:
            return int.from_bytes(data[place + 1 : place + 1 + size], "big", signed=True)

        while True:
            code = data[place]
            if code < 128:
                page.glyphs.append((font, code, h, v))
                h += self._widths[font].get(code, 0)
                place += 1
            elif code in {128, 133}:
                char = data[place + 1]
                page.glyphs.append((font, char, h, v))
                if code == 128:
                    h += self._widths[font].get(char, 0)
                place += 2
            elif code in {132, 137}:
                height, width = struct.unpack(">ii", data[place + 1 : place + 9])
                if height > 0 and width > 0:
                    page.rules.append((h, v, width, height))
                if code == 132:
                    h += width
                place += 9
            elif code == 139:
                page = Page(struct.unpack(">i", data[place + 1 : place + 5])[0])
                h = v = w = x = y = z = font = 0
                stack.clear()
                place += 45
            elif code == 140:
                yield page
                place += 1
            elif code == 141:
                stack.append((h, v, w, x, y, z))
                place += 1
            elif code == 142:
                h, v, w, x, y, z = stack.pop()
                place += 1
            elif 143 <= code <= 146:
                h += number(code - 142)
                place += code - 141
            elif 147 <= code <= 151:
                w = number(code - 147) if code > 147 else w
                h += w
                place += code - 146
            elif 152 <= code <= 156:
                x = number(code - 152) if code > 152 else x
                h += x
                place += code - 151
            elif 157 <= code <= 160:
                v += number(code - 156)
                place += code - 155
            elif 161 <= code <= 165:
                y = number(code - 161) if code > 161 else y
                v += y
                place += code - 160
            elif 166 <= code <= 170:
                z = number(code - 166) if code > 166 else z
                v += z
                place += code - 165
            elif 171 <= code <= 234:
                font = code - 171
                place += 1
            elif 235 <= code <= 238:
                size = code - 234
                font = int.from_bytes(data[place + 1 : place + 1 + size], "big")
                place += 1 + size
            elif 239 <= code <= 242:
                size = code - 238
                place += 1 + size + int.from_bytes(data[place + 1 : place + 1 + size], "big")
            elif 243 <= code <= 246:
                place = self._define(place + 1, code - 242)
            elif code == 138:
                place += 1
            elif code == 248:
                return
            else:
                raise ValueError(f"opcode {code} at byte {place}")
