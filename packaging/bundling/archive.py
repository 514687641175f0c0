"""A .deb packed tighter than `dpkg-deb` does: xz with the filter for programs and a larger dictionary.

`dpkg-deb` knows neither; what reads a .deb has liblzma, which knows both (xz(1), "--x86"). A .deb is an
archive of `ar` with three members: https://manpages.debian.org/deb.5, https://manpages.debian.org/ar.5.
"""

import lzma
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

MAGIC = b"!<arch>\n"
_HEAD = 60
_DICTIONARY = 64 << 20
"""Bytes: what `xz -9` takes, and what unpacking holds in memory."""

FILTERS: Sequence[Mapping[str, int]] = (
    {"id": lzma.FILTER_X86},
    {
        "id": lzma.FILTER_LZMA2,
        "preset": 9 | lzma.PRESET_EXTREME,
        "dict_size": _DICTIONARY,
    },
)


def pack(loose: Path, target: Path) -> None:
    """Pack the members of an archive whose members are not packed; the same files give the same bytes.

    Args:
        loose: A .deb by `dpkg-deb -Znone`.
        target: Where the packed one goes.
    """
    with target.open("wb") as file:
        file.write(MAGIC)
        for name, head, content in members(loose.read_bytes()):
            if name.endswith(".tar"):
                packed = lzma.compress(content, filters=[dict(each) for each in FILTERS])
                _add(file.write, f"{name}.xz", head, packed)
            else:
                _add(file.write, name, head, content)


def members(archive: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Give the members of an `ar` archive: name, head (60 bytes) and content.

    Raises:
        ValueError: It is none.
    """
    if not archive.startswith(MAGIC):
        told = "not an archive of ar"
        raise ValueError(told)
    place = len(MAGIC)
    while place + _HEAD <= len(archive):
        head = archive[place : place + _HEAD]
        size = int(head[48:58])
        begin = place + _HEAD
        yield head[:16].decode("ascii").rstrip(" /"), head, archive[begin : begin + size]
        place = begin + size + size % 2


def _add(write: Callable[[bytes], object], name: str, head: bytes, content: bytes) -> None:
    """Write a member under a head that tells its name and size; the rest of the head is that of before."""
    write(f"{name:<16}".encode("ascii") + head[16:48] + f"{len(content):<10}".encode("ascii") + head[58:])
    write(content + b"\n" * (len(content) % 2))
