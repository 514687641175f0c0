"""ICU's data in a bundle: 32 MB, of which Qt opens the rules of sorting and the tables of signs.

Qt has numbers, dates and names of places from tables of its own, and finds words by itself; of ICU it calls
collation and the case of letters (https://doc.qt.io/qt-6/qcollator.html). What the rest of the data is for,
such as names of currencies or code pages, is left out of a library that is built anew.

The form of the data: https://github.com/unicode-org/icu/blob/main/icu4c/source/common/ucmndata.h.
"""

import re
import struct
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

from bundling.project import needed, run

LEFT_OUT = (
    "*.cnv",
    *(f"{folder}/*" for folder in ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")),
)
"""Patterns of what no call of Qt's reaches: code pages, breaks, names of everything, transliteration."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:_\w+)?\.res")
"""The tables of one language: dates, numbers. Without one ICU takes the root's, and Qt asks for none."""

_MAGIC = b"CmnD"
_MAGIC_AT = 12
_ENTRY = struct.Struct("<II")
_ALIGNED = 16
_SOURCE = """\
.section .rodata
.global {symbol}
.type {symbol}, %object
.balign 16
{symbol}:
.incbin "{data}"
.size {symbol}, .-{symbol}
.section .note.GNU-stack, "", %progbits
"""


def shrink_icu(folder: Path, workshop: Path) -> int:
    """Build the library of ICU's data of a bundle anew, without what is not asked for.

    Args:
        folder: The bundle.
        workshop: A folder for files on the way.

    Returns:
        How many bytes that saved.
    """
    saved = 0
    for path in sorted(folder.rglob("libicudata.so.*")):
        if not path.is_symlink():
            before = path.stat().st_size
            rebuild(path, path, workshop)
            saved += before - path.stat().st_size
    return saved


def rebuild(library: Path, target: Path, workshop: Path) -> None:
    """Write a library with less data, of the same name and symbol, by the assembler and the linker.

    Args:
        library: A `libicudata.so.N` of little-endian data.
        target: Where it goes; may be the same.
        workshop: A folder for files on the way.
    """
    for program in ("as", "ld"):
        needed(program, "Install binutils.")
    workshop.mkdir(parents=True, exist_ok=True)
    content = library.read_bytes()
    start = content.index(_MAGIC) - _MAGIC_AT
    header, entries = unpacked(content[start:])
    data, source, compiled = (workshop / f"icu.{suffix}" for suffix in ("dat", "s", "o"))
    data.write_bytes(packed(header, {name: each for name, each in entries.items() if is_kept(name)}))
    number = library.name.rpartition(".")[2]
    source.write_text(_SOURCE.format(symbol=f"icudt{number}_dat", data=data), "utf-8")
    run(["as", "-o", compiled, source])
    run(
        [
            "ld",
            "-shared",
            "-soname",
            library.name,
            "-z",
            "noexecstack",
            "-o",
            workshop / library.name,
            compiled,
        ]
    )
    target.write_bytes((workshop / library.name).read_bytes())


def is_kept(name: str) -> bool:
    """Say whether a piece of the data stays, by its name such as `icudt73l/coll/de.res`."""
    inner = name.partition("/")[2]
    return not any(fnmatch(inner, pattern) for pattern in LEFT_OUT) and not _LOCALE.fullmatch(inner)


def unpacked(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Take ICU's data apart; gives its header and the pieces by name, in their order."""
    size = int.from_bytes(data[:2], "little")
    body = data[size:]
    count = int.from_bytes(body[:4], "little")
    table = [_ENTRY.unpack_from(body, 4 + _ENTRY.size * number) for number in range(count)]
    ends = [*(place for _name, place in table[1:]), len(body)]
    return data[:size], {
        body[name : body.index(b"\0", name)].decode("ascii"): body[place:end]
        for (name, place), end in zip(table, ends, strict=True)
    }


def packed(header: bytes, entries: Mapping[str, bytes]) -> bytes:
    """Put pieces together again: ICU finds one by halving the list of names, so they keep their order."""
    names = b"".join(name.encode("ascii") + b"\0" for name in entries)
    place = 4 + _ENTRY.size * len(entries)
    table, body, named = [], [], place
    place = -(-(place + len(names)) // _ALIGNED) * _ALIGNED
    first = place
    for name, piece in entries.items():
        whole = piece + b"\0" * (-len(piece) % _ALIGNED)
        table.append(_ENTRY.pack(named, place))
        body.append(whole)
        named += len(name) + 1
        place += len(whole)
    head = len(entries).to_bytes(4, "little") + b"".join(table) + names
    return header + head.ljust(first, b"\0") + b"".join(body)
