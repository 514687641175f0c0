#!/usr/bin/env python3
"""Build what people install.

    python3 packaging/build.py wheel        the wheel
    python3 packaging/build.py sdist        the source
    python3 packaging/build.py bundle       the folder that all the following hold: PyInstaller's, cut down
    python3 packaging/build.py deb          for Debian and Ubuntu
    python3 packaging/build.py rpm          for Fedora and openSUSE
    python3 packaging/build.py appdir       one folder that runs as it lies
    python3 packaging/build.py appimage     the same as one file, where appimagetool is to be had
    python3 packaging/build.py zip          for Windows, unpacked where one likes
    python3 packaging/build.py setup        for Windows, as an installer for one user
    python3 packaging/build.py dmg          for macOS
    python3 packaging/build.py manifests    for Arch, Nix, winget and Homebrew, of what lies in dist/
    python3 packaging/build.py tar          the same folder for any Linux, unpacked where one likes

Standard library only; what builds is installed into `.build/venv`, with the pinned versions. The result lies
in `dist/`. Build Linux packages on the oldest system they are for: `try_linux.py build` does, in a bare one.
"""

import argparse
import shutil
import sys
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bundling.appimage import build_appdir, build_appimage
from bundling.debian import build_deb, lint
from bundling.frozen import bundle, environment
from bundling.macos import build_dmg
from bundling.manifests import build_manifests
from bundling.project import BUILD, DIST, NAME, ROOT, run, say, size_mb, version
from bundling.redhat import build_rpm
from bundling.windows import build_setup, build_zip


def main(argv: Sequence[str]) -> int:
    """Build what is asked for; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="+", choices=TARGETS, metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--reuse", action="store_true", help="take the bundle that was built last")
    options = parser.parse_args(argv)
    made = Bundled(reuse=options.reuse)
    for target in options.targets:
        path = TARGETS[target](made)
        say(f"{path.relative_to(ROOT)}: {size_mb(path)} MB")
    return 0


class Bundled:
    """The bundle, made when it is first wanted, and once."""

    def __init__(self, *, reuse: bool) -> None:
        last = BUILD / "bundle" / NAME
        self._folder = last if reuse and last.is_dir() else None

    def folder(self) -> Path:
        """Give it."""
        if self._folder is None:
            self._folder = bundle()
        return self._folder


def _wheel(_bundled: Bundled) -> Path:
    return _by_hatchling("wheel", "*.whl")


def _sdist(_bundled: Bundled) -> Path:
    return _by_hatchling("sdist", "*.tar.gz")


def _by_hatchling(kind: str, pattern: str) -> Path:
    target = BUILD / kind
    shutil.rmtree(target, ignore_errors=True)
    run([environment(), "-m", "hatchling", "build", "-t", kind, "-d", target])
    (built,) = target.glob(pattern)
    DIST.mkdir(exist_ok=True)
    return Path(shutil.copy2(built, DIST))


def _deb(bundled: Bundled) -> Path:
    package = build_deb(bundled.folder())
    lint(package)
    return package


def _tar(bundled: Bundled) -> Path:
    DIST.mkdir(exist_ok=True)
    target = DIST / f"{NAME}-{version()}-{sys.platform}.tar.xz"
    with tarfile.open(target, "w:xz") as packed:
        packed.add(bundled.folder(), f"{NAME}-{version()}")
    return target


def _bundle(bundled: Bundled) -> Path:
    return bundled.folder()


TARGETS: dict[str, Callable[[Bundled], Path]] = {
    "wheel": _wheel,
    "sdist": _sdist,
    "bundle": _bundle,
    "deb": _deb,
    "rpm": lambda bundled: build_rpm(bundled.folder()),
    "appdir": lambda bundled: build_appdir(bundled.folder()),
    "appimage": lambda bundled: build_appimage(bundled.folder()),
    "zip": lambda bundled: build_zip(bundled.folder()),
    "setup": lambda bundled: build_setup(bundled.folder()),
    "dmg": lambda bundled: build_dmg(bundled.folder()),
    "manifests": lambda _bundled: build_manifests(),
    "tar": _tar,
}
"""What can be built, and who builds it."""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
