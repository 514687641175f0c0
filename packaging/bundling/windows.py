"""What is handed out for Windows: a folder in a zip, and an installer for one user.

The bundle is made by PyInstaller on Windows; NSIS, which makes the installer, runs anywhere.
"""

import shutil
from pathlib import Path

from bundling.project import DIST, ROOT, needed, run, version


def build_zip(bundle: Path) -> Path:
    """Pack the folder that runs where it is unpacked; gives the archive."""
    DIST.mkdir(exist_ok=True)
    name = f"WriteTex-{version()}-portable"
    archive = shutil.make_archive(str(DIST / name), "zip", bundle.parent, bundle.name)
    return Path(archive)


def build_setup(bundle: Path) -> Path:
    """Make the installer; gives its path."""
    nsis = needed("makensis", "Install NSIS (Debian has it as nsis).")
    DIST.mkdir(exist_ok=True)
    target = DIST / f"WriteTex-{version()}-setup.exe"
    script = ROOT / "packaging" / "recipes" / "windows" / "installer.nsi"
    defined = [f"-DVERSION={_numbers()}", f"-DBUNDLE={bundle}", f"-DOUT={target}"]
    run([nsis, "-V2", *defined, script])
    return target


def _numbers() -> str:
    """Give the version as Windows wants it: three numbers."""
    return ".".join([*version().split("+")[0].split("-")[0].split("."), "0", "0"][:3])
