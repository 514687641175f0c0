"""What a bundle needs: of the system, the libraries that it names and does not hold, and the oldest glibc.

And of its own: a library that no module and no plugin reaches is not needed, whoever put it into a wheel.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from bundling.project import needed, stop

PACKAGES = {
    "libc.so.6": "libc6",
    "libm.so.6": "libc6",
    "libdl.so.2": "libc6",
    "librt.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "libutil.so.1": "libc6",
    "libresolv.so.2": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdrm.so.2": "libdrm2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""Soname to Debian package, of all that a bundle may leave to the system."""

OPENED_BY_NAME = ("*libpython3.*", "*libpdfium.so", "*PySide6/Qt/plugins/*")
"""Libraries that no other one names: PyInstaller's loader, `ctypes` and Qt open them when they run."""

_MODULE = re.compile(r"^(?!lib)|\.(?:cpython-[^/]+|abi3)\.so")
"""The name of a program or of a module of Python, which an `import` opens."""

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
_LIBRARY = re.compile(rb"lib[\w.+-]{1,80}\.so[.\d]{0,20}")
_FILE = re.compile(r"^File: (.+)$", re.MULTILINE)


def elf_files(folder: Path) -> Iterator[Path]:
    """Give the programs and libraries of a bundle."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def missing_libraries(folder: Path) -> dict[str, list[str]]:
    """Give the sonames that a bundle needs and does not hold, with the files that need them."""
    held = {path.name for path in folder.rglob("*") if ".so" in path.name}
    found: dict[str, list[str]] = {}
    for path, names in _named(folder).items():
        for name in names:
            if name not in held:
                found.setdefault(name, []).append(path.relative_to(folder).as_posix())
    return found


def unreached_libraries(folder: Path) -> list[Path]:
    """Give the libraries of a bundle that nothing in it opens: no module of Python, no plugin, no program.

    A name that stands anywhere in a file counts as opened by it: `dlopen` leaves no other trace.
    """
    named = _named(folder)
    files: dict[str, set[Path]] = {}
    for path in folder.rglob("*"):
        if ".so" in path.name and path.is_file():
            files.setdefault(path.name, set()).add(path.resolve())
    waiting = [path for path in named if _is_opened(path.relative_to(folder.resolve()))]
    reached = set()
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            told = {name.decode() for name in _LIBRARY.findall(path.read_bytes())}
            names = {*named[path], *told}
            waiting += [each for name in names for each in files.get(name, ()) if each in named]
    return sorted(named.keys() - reached)


def packages_for(missing: dict[str, list[str]]) -> list[str]:
    """Give the Debian packages of libraries, without libc6; stops at a library that nobody has thought of."""
    unknown = {name: files for name, files in missing.items() if name not in PACKAGES}
    if unknown:
        told = "; ".join(f"{name} for {', '.join(files[:3])}" for name, files in sorted(unknown.items()))
        stop(f"Libraries of which bundling/needs.py knows no package: {told}.")
    return sorted({PACKAGES[name] for name in missing} - {"libc6"})


def oldest_glibc(folder: Path) -> tuple[int, int]:
    """Give the version of glibc that a bundle cannot do without."""
    told = _readelf("-V", list(elf_files(folder)))
    return max({(2, 17)} | {(int(a), int(b)) for a, b in _GLIBC.findall(told)})


def _is_opened(path: Path) -> bool:
    """Say whether something opens a file of a bundle by its own name."""
    names = (fnmatch(path.as_posix(), pattern) for pattern in OPENED_BY_NAME)
    return _MODULE.search(path.name) is not None or any(names)


def _named(folder: Path) -> dict[Path, list[str]]:
    """Give the libraries that each program and library of a bundle names."""
    files = list(elf_files(folder))
    pieces = _FILE.split(_readelf("-d", files))
    told = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return {path.resolve(): _NEEDED.findall(told.get(str(path), "")) for path in files}


def _readelf(option: str, files: Sequence[Path]) -> str:
    """Give what readelf says of files, of each below its name, also where there is but one."""
    needed("readelf", "Install binutils.")
    if not files:
        return ""
    done = subprocess.run(
        ["readelf", "-W", option, "/dev/null", *map(str, files)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return done.stdout
