"""Where the program's data files lie."""

import importlib.resources
import sys
from pathlib import Path

from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.language.words import tr

_PACKAGE = "writetex_desktop"


def resource_dir() -> Path:
    """Find the folder `resources/`: of a frozen program, of an installed package, or of a checkout.

    Raises:
        InternalError: There is none; the installation is not whole.
    """
    for folder in _candidates():
        if (folder / "render").is_dir():
            return folder
    raise InternalError(tr("The program's data files are missing."), tr("Install the program anew."))


def _candidates() -> list[Path]:
    if getattr(sys, "frozen", False):
        # PyInstaller unpacks to _MEIPASS; cx_Freeze keeps data beside the program, under lib/.
        home = Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
        return [home / _PACKAGE / "resources", home / "lib" / _PACKAGE / "resources"]
    package = Path(str(importlib.resources.files(_PACKAGE)))
    return [package / "resources", package.parent / "resources"]
