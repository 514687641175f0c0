"""What a bundle borrows from the system that it was built on: libraries of Debian, and their licences.

PyInstaller lays them at the top of the bundle. Debian keeps what a package's makers and licences are in
its `copyright` file (https://www.debian.org/doc/debian-policy/ch-docs.html#copyright-information).
"""

import re
import shutil
import subprocess
from pathlib import Path

from bundling.needs import elf_files
from bundling.project import stop

LICENCES = "writetex_desktop/resources/LICENSES/system"
"""Below the folder of libraries: one file a package."""

NEVER = ("libreadline.so", "libgdbm.so", "libhistory.so")
"""Under the GPL without an exception: whoever links it publishes all under the GPL."""

DOCUMENTS = Path("/usr/share/doc")
_OWNER = re.compile(r"^([^\s:]+)(?::\w+)?: /(?:usr/)?lib/", re.MULTILINE)


def borrowed(libraries: Path) -> list[Path]:
    """Give the libraries of a bundle that lie at its top, as files of their own.

    Raises:
        SystemExit: One is among them that must not be handed out with the rest.
    """
    found = [
        path for path in elf_files(libraries) if path.parent == libraries and path.name.startswith("lib")
    ]
    forbidden = [path.name for path in found if path.name.startswith(NEVER)]
    if forbidden:
        stop(f"The bundle has libraries under the GPL: {', '.join(forbidden)}. Cut what needs them.")
    return found


def add_licences(libraries: Path) -> list[str]:
    """Lay the licences of what was borrowed into a bundle; gives the names of Debian's packages.

    Elsewhere than on Debian nothing is done: Windows and macOS have nothing to lend.
    """
    names = [path.name for path in borrowed(libraries)]
    if shutil.which("dpkg-query") is None:
        return []
    owners: set[str] = set()
    for name in names:
        done = subprocess.run(
            ["dpkg-query", "--search", f"*/{name}"], capture_output=True, text=True, check=False
        )
        owners.update(_OWNER.findall(done.stdout)[:1])
    target = libraries / LICENCES
    target.mkdir(parents=True, exist_ok=True)
    for owner in sorted(owners):
        shutil.copyfile(DOCUMENTS / owner / "copyright", target / f"{owner}.txt")
    return sorted(owners)
