"""What other people's package managers read: recipes with version, sizes and sums filled in."""

import hashlib
import re
from pathlib import Path

from bundling.project import DIST, HOMEPAGE, ROOT, SUMMARY, fresh, say, version

RECIPES = ROOT / "packaging" / "recipes"
FILLED = ("arch/PKGBUILD", "nix/flake.nix", "winget/WriteTex.WriteTexDesktop.yaml", "macos/writetex.rb")
"""The recipes of `packaging/recipes` that name files of a release."""

_SUM = re.compile(r"@SHA256:([^@]+)@")
_UNKNOWN = "0" * 64


def downloads() -> str:
    """Give the address below which the files of this version lie."""
    return f"{HOMEPAGE}/releases/download/v{version()}"


def build_manifests() -> Path:
    """Write all of them into `dist/manifests`; gives the folder."""
    target = fresh(DIST / "manifests")
    for name in FILLED:
        text = (RECIPES / name).read_text("utf-8")
        place = target / Path(name).name
        place.write_text(filled(text, DIST), "utf-8")
    return target


def filled(text: str, folder: Path) -> str:
    """Fill in a recipe; a file that was not built here gets a sum of zeros, and that is said.

    Args:
        text: The recipe, with words between `@`.
        folder: Where the files of the release lie.
    """
    for word, value in {
        "VERSION": version(),
        "SUMMARY": SUMMARY,
        "HOMEPAGE": HOMEPAGE,
        "DOWNLOADS": downloads(),
    }.items():
        text = text.replace(f"@{word}@", value)
    return _SUM.sub(lambda found: _sum(folder / found[1]), text)


def _sum(file: Path) -> str:
    if not file.is_file():
        say(f"{file.name} was not built here: its sum stands as zeros.")
        return _UNKNOWN
    return hashlib.sha256(file.read_bytes()).hexdigest()
