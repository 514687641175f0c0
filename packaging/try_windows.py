#!/usr/bin/env python3
"""Try the program on Windows, as far as Wine is Windows: in a bare Debian with Wine, made by debootstrap.

    sudo python3 packaging/try_windows.py                 everything
    sudo python3 packaging/try_windows.py snip scales     some of it

Standard library only; needs root, `debootstrap` and PyPI. The system and the Python of Windows are kept in
`.build`. It prints a table, then the same as JSON; the status is 0 when everything held.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bundling.project import EXTRAS
from chroots import furnished, layer_on
from wine.assembly import assemble

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = ROOT / ".build" / "systems"
WINDOWS = ROOT / ".build" / "windows"
PACKAGES = (
    *("wine", "wine64", "xvfb", "xauth", "openbox", "xdotool", "xclip", "x11-utils", "x11-xserver-utils"),
    *("imagemagick", "procps", "nsis", "python3", "fonts-dejavu-core"),
)
HOURS_S = 3 * 3600.0


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="try_windows.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="what is tried; all when nothing is named")
    parser.add_argument("--systems", type=Path, default=SYSTEMS, metavar="FOLDER")
    parser.add_argument("--windows", type=Path, default=WINDOWS, metavar="FOLDER")
    parser.add_argument("--reuse", action="store_true", help="take the Python of Windows that is there")
    parser.add_argument("--patience", type=float, default=240.0, metavar="SECONDS", help="for each thing")
    options = parser.parse_args(argv)
    python = options.windows / "python"
    if not (options.reuse and python.is_dir()):
        python = assemble(ROOT, options.windows, EXTRAS)
    base = furnished("trixie", "wine", PACKAGES, options.systems)
    with layer_on(base, options.systems) as system:
        place = system.root / "trial"
        shutil.copytree(python, place / "python")
        shutil.copytree(ROOT / "packaging" / "wine", place / "wine")
        shutil.copytree(ROOT / "resources" / "samples", place / "resources" / "samples")
        (place / "packaging").mkdir()
        shutil.copy(ROOT / "packaging" / "samples.py", place / "packaging")
        # Of the same version as the Python of Windows, and quicker than it.
        system.run(["python3", "-m", "compileall", "-q", "/trial/python/site"])
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24"]
        environment = {"PATIENCE_S": str(options.patience)}
        command = [*screen, "python3", "/trial/wine/inside.py", "/trial", *options.names]
        done = system.run(command, environment=environment, timeout_s=HOURS_S)
    rows = [json.loads(line) for line in done.output.splitlines() if line.startswith('{"what"')]
    for row in rows:
        print(f"{'good' if row['good'] else 'BAD '} {row['what']:44} {row['seconds']:7.1f} s  {row['told']}")
    if done.status != 0 or not rows:
        print(done.tail(30))
    print(json.dumps(rows))
    return 0 if rows and done.status == 0 and all(row["good"] for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
