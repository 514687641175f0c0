"""The files of a package for Linux, as they lie on the user's system: for .deb, .rpm and AppImage alike."""

import shutil
import sys
from pathlib import Path

from bundling.frozen import share_program
from bundling.manuals import write_manuals
from bundling.project import APP_ID, NAME, RESOURCES, ROOT, fresh

PLACE = f"usr/lib/{NAME}"
"""Where the bundle lies, below the root."""


def lay_out(bundle: Path, root: Path) -> Path:
    """Copy a bundle into a fresh root, with links, menu entry, icon, description, manuals and licences."""
    fresh(root)
    shutil.copytree(bundle, root / PLACE, symlinks=True)
    share_program(root / PLACE)
    (root / "usr/bin").mkdir(parents=True)
    for program in (NAME, "writetex"):
        (root / "usr/bin" / program).symlink_to(f"../lib/{NAME}/{program}")
    desktop = RESOURCES / "desktop"
    for source, place in (
        (desktop / f"{APP_ID}.desktop", "usr/share/applications"),
        (desktop / f"{APP_ID}.metainfo.xml", "usr/share/metainfo"),
        (RESOURCES / "icons" / "writetex.svg", f"usr/share/icons/hicolor/scalable/apps/{APP_ID}.svg"),
    ):
        target = root / place if place.endswith(".svg") else root / place / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    sys.path.insert(0, str(ROOT))
    from writetex_desktop.cli.arguments import parser  # noqa: PLC0415 - of this checkout

    write_manuals(root / "usr/share/man", parser())
    _set_modes(root)
    return root


def _set_modes(root: Path) -> None:
    """Make everything readable for all and nothing more, whatever the umask of the builder."""
    for path in root.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or (path.parent == root / PLACE and path.name in (NAME, "writetex"))
            path.chmod(0o755 if runs else 0o644)
