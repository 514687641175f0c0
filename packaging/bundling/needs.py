"""What a bundle needs of the system: the libraries that it names and does not hold, and the oldest glibc."""

import re
import subprocess
from collections.abc import Iterator
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

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")


def elf_files(folder: Path) -> Iterator[Path]:
    """Give the programs and libraries of a bundle."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def missing_libraries(folder: Path) -> dict[str, list[str]]:
    """Give the sonames that a bundle needs and does not hold, with the files that need them."""
    needed("readelf", "Install binutils.")
    files = list(elf_files(folder))
    held = {path.name for path in folder.rglob("*") if ".so" in path.name}
    found: dict[str, list[str]] = {}
    for path in files:
        for name in _NEEDED.findall(_readelf("-d", path)):
            if name not in held:
                found.setdefault(name, []).append(path.relative_to(folder).as_posix())
    return found


def packages_for(missing: dict[str, list[str]]) -> list[str]:
    """Give the Debian packages of libraries, without libc6; stops at a library that nobody has thought of."""
    unknown = {name: files for name, files in missing.items() if name not in PACKAGES}
    if unknown:
        told = "; ".join(f"{name} for {', '.join(files[:3])}" for name, files in sorted(unknown.items()))
        stop(f"Libraries of which bundling/needs.py knows no package: {told}.")
    return sorted({PACKAGES[name] for name in missing} - {"libc6"})


def oldest_glibc(folder: Path) -> tuple[int, int]:
    """Give the version of glibc that a bundle cannot do without."""
    found = {(2, 17)}
    for path in elf_files(folder):
        found |= {(int(a), int(b)) for a, b in _GLIBC.findall(_readelf("-V", path))}
    return max(found)


def _readelf(option: str, path: Path) -> str:
    done = subprocess.run(
        ["readelf", "-W", option, str(path)], capture_output=True, text=True, errors="replace", check=False
    )
    return done.stdout
