"""Debug symbols and tables of names: libraries carry them for who builds against them, and we do not.

What `strip` gives is taken only where it saves something, and where every segment still lies as the loader
wants it: `strip` spoils files that `patchelf` changed before (https://github.com/NixOS/patchelf/issues/10).
"""

import shutil
import struct
import subprocess
from fnmatch import fnmatch
from pathlib import Path

from bundling.needs import elf_files
from bundling.project import needed

UNCHANGED = (
    *("PySide6/*.so*", "shiboken6/*.so*", "*libheif*", "*libde265*"),
    *("libglib*", "libgthread*", "libgcrypt*", "libgpg-error*", "libsystemd*"),
)
"""Libraries under the LGPL, by their paths in the bundle: handed out as their makers published them."""

CHANGED = ("*libicu*",)
"""Beside them, and under another licence."""

LEAST_SAVED = 64 * 1024
"""Bytes below which a library is left as its makers published it."""

_ELF64_LITTLE = b"\x7fELF\x02\x01"
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_LOAD = 1


def strip_symbols(folder: Path, workshop: Path) -> int:
    """Take the symbols out of all libraries of a bundle; gives how many bytes that saved.

    Args:
        folder: The bundle.
        workshop: A folder for files on the way.
    """
    program = needed("strip", "Install binutils.")
    workshop.mkdir(parents=True, exist_ok=True)
    less = workshop / "stripped"
    saved = 0
    for path in elf_files(folder):
        if ".so" not in path.name or stays_unchanged(path.relative_to(folder).as_posix()):
            continue  # a program of PyInstaller carries its archive behind the last section
        before = path.stat()
        command = [program, "--strip-unneeded", "-o", str(less), str(path)]
        done = subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            continue
        gain = before.st_size - less.stat().st_size
        if gain >= LEAST_SAVED and is_loadable(less.read_bytes()):
            shutil.copyfile(less, path)
            saved += gain
    less.unlink(missing_ok=True)
    return saved


def stays_unchanged(name: str) -> bool:
    """Say whether a library, by its path in the bundle, is handed out byte for byte as it was published."""
    inner = name.removeprefix("lib/")
    return any(fnmatch(inner, each) for each in UNCHANGED) and not any(
        fnmatch(inner, each) for each in CHANGED
    )


def is_loadable(data: bytes) -> bool:
    """Say whether each segment of an ELF file lies within it, at the place in a page that its address has.

    See "Program Header" of https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html.
    """
    if not data.startswith(_ELF64_LITTLE) or len(data) < _HEADER.size:
        return False
    _, _, _, _, _, start, _, _, _, size, count, *_ = _HEADER.unpack_from(data)
    loaded = 0
    for number in range(count):
        kind, _, offset, address, _, length, _, align = _SEGMENT.unpack_from(data, start + number * size)
        if kind != _LOAD:
            continue
        loaded += 1
        if offset + length > len(data) or (align > 1 and (address - offset) % align):
            return False
    return loaded > 0
