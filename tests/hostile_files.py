"""Documents and pictures that take a decoder down, made here from what the formats allow."""

import struct
import zlib


def _pdf(*objects: bytes) -> bytes:
    """Make a document of objects, of which the first is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (more, len(data), data)


def two_pages(second: bytes, *others: bytes, resources: bytes = b"") -> bytes:
    """Make a document whose first page is a red square, and whose second page is worse.

    Args:
        second: The stream of the second page.
        others: Objects from number 7 on.
        resources: What the second page may name.
    """
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents %d 0 R /Resources << %s >> >>"
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        page % (5, b""),
        page % (6, resources),
        _stream(b"1 0 0 rg 0 0 100 100 re f"),
        second,
        *others,
    )


def form_bomb(depth: int = 10, times: int = 10) -> bytes:
    """Make a page that draws a form ten times, which draws one ten times, and so on: 10^10 drawings."""
    first = 7
    forms = [
        _stream(
            b"/F Do " * times if level < depth - 1 else b"0 0 9 9 re f",
            b"/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources << /XObject << /F %d 0 R >> >>"
            % (first + level + 1),
        )
        for level in range(depth)
    ]
    return two_pages(_stream(b"/F Do " * times), *forms, resources=b"/XObject << /F 7 0 R >>")


def stroke_bomb(strokes: int = 3_000_000) -> bytes:
    """Make a page of so many crossing strokes, in a few kilobytes."""
    data = zlib.compress(b"0 0 m 200 300 l 200 0 l 0 300 l S\n" * strokes, 9)
    return two_pages(_stream(data, b"/Filter /FlateDecode"))


def stream_bomb(megabytes: int = 900) -> bytes:
    """Make a page whose stream is one megabyte here and nearly a gigabyte once it is unpacked."""
    packer = zlib.compressobj(9)
    piece = b" " * (1 << 20)
    data = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    return two_pages(_stream(data, b"/Filter /FlateDecode"))


def png(width: int, height: int, *, depth: int = 8, kind: int = 6) -> bytes:
    """Make a PNG file of one black line on white; kind 6 is colour with transparency, 0 is grey."""
    size = depth // 8 * {0: 1, 2: 3, 6: 4}[kind]
    white, black = b"\xff" * size, b"\x00" * size
    if kind == 6:
        black = b"\x00" * (size * 3 // 4) + b"\xff" * (size // 4)
    rows = zlib.compressobj(6)
    data = b""
    for number in range(height):
        row = b"\x00" + (black if number % 1000 == 500 else white) * width
        data += rows.compress(row)
    data += rows.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
