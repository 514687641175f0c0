"""Draws glyph runs with FreeType, at any size and weight, and says which glyph is where.

The picture is ink: 0 for paper, 255 for full ink, rows from the top.
"""

import contextlib
import ctypes
from dataclasses import dataclass
from pathlib import Path

import freetype
import numpy as np
from numpy.typing import NDArray

RULE_FONT = -1


@dataclass(frozen=True, slots=True)
class Face:
    """A font's outlines and the bending of one TeX font.

    Attributes:
        program: File name of the Type 1 program.
        size_pt: Size at which TeX uses it.
        slant: Shear.
        extend: Factor of width.
        encoding: Glyph names for the codes; empty for the program's own.
    """

    program: str
    size_pt: float
    slant: float
    extend: float
    encoding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a run is drawn.

    Attributes:
        scale: Pixels per point.
        weight_px: Outlines grow by this many pixels in all (negative: shrink).
        hinting: Whether FreeType fits outlines to the pixel grid.
        shift: Sub-pixel shift of the whole, x and y in pixels.
        rule_px: Added to the thickness of rules, in pixels.
    """

    scale: float
    weight_px: float = 0.0
    hinting: bool = False
    shift: tuple[float, float] = (0.0, 0.0)
    rule_px: float = 0.0


class Outlines:
    """Opens fonts on demand and draws their glyphs; one for each process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faces: dict[str, freetype.Face] = {}
        self._indices: dict[tuple[str, tuple[str, ...], int], tuple[int, str]] = {}
        self._sizes: dict[str, int] = {}

    def _face(self, program: str) -> freetype.Face:
        if program not in self._faces:
            face = freetype.Face(str(self._folder / program))
            with contextlib.suppress(freetype.FT_Exception):  # it has another encoding of its own
                face.select_charmap(freetype.FT_ENCODING_ADOBE_CUSTOM)
            self._faces[program] = face
        return self._faces[program]

    def glyph(self, font: Face, code: int) -> tuple[int, str]:
        """Index and name of the glyph that a code stands for; index 0 is no glyph."""
        key = (font.program, font.encoding[code : code + 1], code)
        if key not in self._indices:
            face = self._face(font.program)
            if font.encoding:
                name = font.encoding[code] if code < len(font.encoding) else ".notdef"
                index = face.get_name_index(name.encode())
            else:
                index = face.get_char_index(code)
                name = face.get_glyph_name(index).decode("latin-1") if index else ".notdef"
            self._indices[key] = (index, name)
        return self._indices[key]

    def box(self, font: Face, code: int) -> tuple[float, float, float, float] | None:
        """A glyph's left, top, right and bottom in ems from its origin, y downwards; None if it is blank."""
        index, _ = self.glyph(font, code)
        if not index:
            return None
        face = self._face(font.program)
        face.load_glyph(index, freetype.FT_LOAD_NO_SCALE)
        outline = face.glyph.outline
        if font.slant or font.extend != 1.0:
            matrix = freetype.FT_Matrix(round(font.extend * 65536), round(font.slant * 65536), 0, 65536)
            freetype.FT_Outline_Transform(ctypes.byref(outline._FT_Outline), ctypes.byref(matrix))  # noqa: SLF001
        edges = outline.get_bbox()
        em = face.units_per_EM
        if edges.xMax <= edges.xMin or edges.yMax <= edges.yMin:
            return None
        return edges.xMin / em, -edges.yMax / em, edges.xMax / em, -edges.yMin / em

    def draw(
        self, font: Face, code: int, x: float, y: float, style: Style
    ) -> tuple[int, int, NDArray[np.uint8]] | None:
        """One glyph with its origin at (x, y) pixels: left, top and its ink; None when it draws nothing."""
        index, _ = self.glyph(font, code)
        if not index:
            return None
        face = self._face(font.program)
        size = max(1, round(font.size_pt * style.scale * 64))
        if self._sizes.get(font.program) != size:
            face.set_char_size(size, size, 72, 72)
            self._sizes[font.program] = size
        flags = (
            freetype.FT_LOAD_TARGET_LIGHT | freetype.FT_LOAD_FORCE_AUTOHINT
            if style.hinting
            else freetype.FT_LOAD_NO_HINTING
        )
        face.load_glyph(index, flags | freetype.FT_LOAD_NO_BITMAP)
        outline = face.glyph.outline
        pointer = ctypes.byref(outline._FT_Outline)  # noqa: SLF001 - freetype-py wraps too little of it
        if font.slant or font.extend != 1.0:
            matrix = freetype.FT_Matrix(round(font.extend * 65536), round(font.slant * 65536), 0, 65536)
            freetype.FT_Outline_Transform(pointer, ctypes.byref(matrix))
        if style.weight_px:
            strength = round(style.weight_px * 64)
            freetype.FT_Outline_Embolden(pointer, strength)
            freetype.FT_Outline_Translate(pointer, -strength // 2, -strength // 2)
        left, top = int(np.floor(x)), int(np.floor(y))
        down = 0 if style.hinting else round((y - top) * 64)
        freetype.FT_Outline_Translate(pointer, round((x - left) * 64), -down)
        face.glyph.render(freetype.FT_RENDER_MODE_NORMAL)
        bitmap = face.glyph._FT_GlyphSlot.contents.bitmap  # noqa: SLF001 - `bitmap.buffer` copies byte by byte
        if not bitmap.width or not bitmap.rows:
            return None
        raw = np.frombuffer(ctypes.string_at(bitmap.buffer, bitmap.rows * bitmap.pitch), np.uint8)
        ink = raw.reshape(bitmap.rows, bitmap.pitch)[:, : bitmap.width]
        slot = face.glyph._FT_GlyphSlot.contents  # noqa: SLF001
        return left + slot.bitmap_left, top - slot.bitmap_top, ink


def draw_run(
    outlines: Outlines,
    fonts: list[Face],
    glyphs: NDArray[np.float64],
    rules: NDArray[np.float64],
    style: Style,
) -> tuple[NDArray[np.uint8], int, int]:
    """The ink of a formula, cut close, and where its left and upper edges lie, in pixels from the origin.

    Args:
        outlines: The opened fonts.
        fonts: What the font numbers of the glyphs mean.
        glyphs: Font number, code, x and y in points, one row a glyph.
        rules: x and y of the lower left corner, width and height in points, one row a rule.
        style: How to draw.
    """
    placed: list[tuple[int, int, NDArray[np.uint8]]] = []
    for font, code, x, y in glyphs:
        drawn = outlines.draw(
            fonts[int(font)],
            int(code),
            x * style.scale + style.shift[0],
            y * style.scale + style.shift[1],
            style,
        )
        if drawn is not None:
            placed.append(drawn)
    placed += [_rule(rule, style) for rule in rules]
    if not placed:
        return np.zeros((1, 1), np.uint8), 0, 0
    left, top = min(item[0] for item in placed), min(item[1] for item in placed)
    width = max(item[0] + item[2].shape[1] for item in placed) - left
    height = max(item[1] + item[2].shape[0] for item in placed) - top
    ink = np.zeros((height, width), np.uint8)
    for x0, y0, piece in placed:
        target = ink[y0 - top : y0 - top + piece.shape[0], x0 - left : x0 - left + piece.shape[1]]
        np.maximum(target, piece, out=target)
    return ink, left, top


def _rule(rule: NDArray[np.float64], style: Style) -> tuple[int, int, NDArray[np.uint8]]:
    """A rule with its edges anti-aliased, or snapped to pixels when hinting is on."""
    x, y, width, height = rule
    x0, x1 = x * style.scale + style.shift[0], (x + width) * style.scale + style.shift[0]
    y1 = y * style.scale + style.shift[1]
    y0 = y1 - height * style.scale
    thick = max(style.weight_px + style.rule_px, 0.15 - min(y1 - y0, x1 - x0))
    if y1 - y0 < x1 - x0:
        y0, y1 = y0 - thick / 2, y1 + thick / 2
    else:
        x0, x1 = x0 - thick / 2, x1 + thick / 2
    if style.hinting:
        y0 = round(y0)
        y1 = y0 + max(1, round(y1 - y0))
    return (
        int(np.floor(x0)),
        int(np.floor(y0)),
        np.outer(_coverage(y0, y1), _coverage(x0, x1) * 255).astype(np.uint8),
    )


def _coverage(low: float, high: float) -> NDArray[np.float64]:
    edges = np.arange(int(np.floor(low)), int(np.ceil(high)) + 1)
    return np.clip(np.minimum(edges[1:], high) - np.maximum(edges[:-1], low), 0, 1)
