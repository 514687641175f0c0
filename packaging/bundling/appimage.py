"""The AppDir, which runs as it lies, and the AppImage made of it where `appimagetool` is to be had.

https://docs.appimage.org/reference/appdir.html
"""

import os
import platform
import shutil
import sys
from pathlib import Path

from bundling.project import APP_ID, BUILD, DIST, NAME, ROOT, run, say, version
from bundling.tree import PLACE, lay_out

_RUN = """#!/bin/sh
# Starts the window, or `writetex` for the words of the command line: an AppImage is one file for both.
here=$(dirname "$(readlink -f "$0")")
case "${{1:-}}" in
{commands}) exec "$here/{place}/writetex" "$@" ;;
*) exec "$here/{place}/{name}" "$@" ;;
esac
"""


def build_appdir(bundle: Path) -> Path:
    """Lay the AppDir out; gives its folder."""
    root = lay_out(bundle, BUILD / "AppDir")
    sys.path.insert(0, str(ROOT))
    from writetex_desktop.cli.arguments import COMMANDS  # noqa: PLC0415 - of this checkout

    words = "|".join(name for name in COMMANDS if name != "window")
    run_file = root / "AppRun"
    run_file.write_text(_RUN.format(commands=f"{words}|--help|-h", place=PLACE, name=NAME), "utf-8")
    run_file.chmod(0o755)
    shutil.copyfile(root / f"usr/share/applications/{APP_ID}.desktop", root / f"{APP_ID}.desktop")
    shutil.copyfile(root / f"usr/share/icons/hicolor/scalable/apps/{APP_ID}.svg", root / f"{APP_ID}.svg")
    (root / ".DirIcon").symlink_to(f"{APP_ID}.svg")
    return root


def build_appimage(bundle: Path) -> Path:
    """Make the AppImage; gives its path, or that of the AppDir where its tool cannot be had.

    The tool is one file of a release of AppImage/appimagetool; the workflow fetches it and names it in
    APPIMAGETOOL. It fetches the runtime itself, or takes the one that APPIMAGE_RUNTIME names.
    """
    root = build_appdir(bundle)
    tool = os.environ.get("APPIMAGETOOL") or shutil.which("appimagetool")
    if not tool:
        say("appimagetool is not here: the AppDir is finished, and runs by its AppRun.")
        return root
    DIST.mkdir(exist_ok=True)
    target = DIST / f"{NAME}-{version()}-{platform.machine()}.AppImage"
    environment = {**os.environ, "ARCH": platform.machine(), "APPIMAGE_EXTRACT_AND_RUN": "1"}
    runtime = os.environ.get("APPIMAGE_RUNTIME")
    given = ["--runtime-file", runtime] if runtime else []
    run([tool, "--comp", "zstd", *given, str(root), str(target)], environment=environment)
    return target
