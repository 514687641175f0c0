"""Ink inside the PNG picture of it, so that whoever has the picture can go on writing.

A text chunk of the picture holds the InkML, packed; other programs pass over it.
https://www.w3.org/TR/png-3/#11iTXt
"""

import struct
import zlib
from collections.abc import Iterator

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.inkml import LARGEST_TEXT, format_inkml, parse_inkml

KEYWORD = b"InkML"

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD_BYTES = 8
_TAIL_BYTES = 4
# Keyword, its end, "packed", the only way of packing, and two empty names of the language.
_PREFIX = KEYWORD + b"\x00\x01\x00\x00\x00"


def with_ink(png: bytes, ink: Ink) -> bytes:
    """Put the strokes into a PNG file that shows them; what was there of the kind goes.

    Args:
        png: A whole PNG file.
        ink: The strokes.
    """
    pieces = [_SIGNATURE]
    for kind, data in _chunks(png):
        if kind == b"iTXt" and data.startswith(KEYWORD + b"\x00"):
            continue
        if kind == b"IEND":
            pieces.append(_chunk(b"iTXt", _PREFIX + zlib.compress(format_inkml(ink).encode(), 9)))
        pieces.append(_chunk(kind, data))
    return b"".join(pieces)


def ink_in(data: bytes) -> Ink | None:
    """Give the strokes that a picture file holds; None where it holds none, or none that can be read."""
    if not data.startswith(_SIGNATURE):
        return None
    try:
        for kind, content in _chunks(data):
            if kind == b"iTXt" and content.startswith(_PREFIX):
                return parse_inkml(_unpacked(content[len(_PREFIX) :]))
    except (ImageError, zlib.error, struct.error):
        return None
    return None


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, LARGEST_TEXT)
    if unpacker.unconsumed_tail:  # a small file can promise more than a machine has
        raise zlib.error("the ink is too large")
    return text


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at + _HEAD_BYTES <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + _HEAD_BYTES])
        start = at + _HEAD_BYTES
        yield kind, png[start : start + length]
        at = start + length + _TAIL_BYTES


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
