"""The build hook: fetch MathJax into `resources/mathjax/`, and what speaks formulas into `resources/speech/`.

MathJax 3.2.2 is never committed (docs/adr/0003). Its prebuilt component files come from the build-only
dependency `sphinx-mathjax-offline`, whose files are byte for byte those of the npm package `mathjax@3.2.2`
(folder `es5/`); each one is checked against `mathjax.sha256` beside this file. A wheel then takes the
folder in through `force-include`; an editable install finds it in the checkout.

Speech Rule Engine and what it stands on come from npm (docs/adr/0043), whose client asks the registry that it
is set up for. Where there is no npm, or no network, the build goes on without them, and the program says so.

The translations are compiled from `translations/` by `translations.py` (docs/adr/0062).

Hatchling calls it (https://hatch.pypa.io/latest/plugins/build-hook/custom/). It also runs by itself:
`python packaging/hatch_build.py` fills the folder when `sphinx-mathjax-offline` is installed.
"""

import hashlib
import importlib.metadata
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = Path(__file__).resolve().parent.parent
_SUMS = Path(__file__).resolve().parent / "mathjax.sha256"
_SPEECH_SUMS = Path(__file__).resolve().parent / "speech.sha256"
_SPEECH_PACKAGES = {
    "speech-rule-engine@4.1.2": {"lib/": "", "LICENSE": "LICENSE"},
    "@xmldom/xmldom@0.9.8": {"lib/": "xmldom/", "LICENSE": "xmldom/LICENSE"},
    "wicked-good-xpath@1.3.0": {"dist/wgxpath.install-node.js": "xpath.js", "LICENSE": "xpath.LICENSE"},
}
"""The packages, and where their files go; what is not in `speech.sha256` stays away."""

_NPM_TIMEOUT_S = 300
_SOURCE_DISTRIBUTION = "sphinx-mathjax-offline"


def read_sums(path: Path) -> dict[str, str]:
    """Read a list in the form of `sha256sum`: file path to hexadecimal sum."""
    lines = path.read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def fetch_mathjax(source: Path, target: Path, sums: Mapping[str, str]) -> None:
    """Copy the listed files, and make the target folder hold nothing else.

    Nothing is written when the target is already right, so that parallel builds do not disturb each other.

    Raises:
        ValueError: A file of the source is not the one that was reviewed.
    """
    if target.is_dir() and _sums_of(target) == dict(sums):
        return
    wrong = [name for name, digest in sums.items() if _sum_of(source / name) != digest]
    if wrong:
        raise ValueError(f"These MathJax files are not those of packaging/mathjax.sha256: {', '.join(wrong)}")
    shutil.rmtree(target, ignore_errors=True)
    for name in sums:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def fetch_speech(target: Path, sums: Mapping[str, str]) -> str:
    """Fetch the listed files from npm, unless they are there; gives what went wrong, or nothing.

    Raises:
        ValueError: A file is not the one that was reviewed.
    """
    if target.is_dir() and _sums_of(target) == dict(sums):
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    with tempfile.TemporaryDirectory() as folder:
        try:
            words = [npm, "pack", "--silent", *_SPEECH_PACKAGES]
            subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=_NPM_TIMEOUT_S)
        except (subprocess.SubprocessError, OSError):
            return "npm could not fetch the packages"
        found = {name: data for archive in Path(folder).glob("*.tgz") for name, data in _unpacked(archive)}
    wrong = [
        name for name, digest in sums.items() if hashlib.sha256(found.get(name, b"")).hexdigest() != digest
    ]
    if wrong:
        raise ValueError(f"These files are not those of packaging/speech.sha256: {', '.join(wrong)}")
    shutil.rmtree(target, ignore_errors=True)
    for name in sums:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(found[name])
    return ""


def _unpacked(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Give the files of a package of npm under the names that they get here."""
    places = next(
        places
        for package, places in _SPEECH_PACKAGES.items()
        if archive.name.startswith(package.rpartition("@")[0].lstrip("@").replace("/", "-"))
    )
    with tarfile.open(archive) as packed:
        for member in packed:
            inner = member.name.removeprefix("package/")
            for source, place in places.items():
                file = packed.extractfile(member) if inner.startswith(source) else None
                if file is not None:
                    yield (place + inner.removeprefix(source) if source.endswith("/") else place), file.read()


def _sums_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sum_of(path) for path in files}


def _sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _installed_source() -> Path:
    distribution = importlib.metadata.distribution(_SOURCE_DISTRIBUTION)
    return Path(str(distribution.locate_file(_SOURCE_DISTRIBUTION))) / "static" / "mathjax"


def _fetch_into(root: Path) -> None:
    subprocess.run([sys.executable, str(root / "packaging" / "translations.py"), "compile"], check=True)
    problem = fetch_speech(root / "resources" / "speech", read_sums(_SPEECH_SUMS))
    if problem:
        print(f"Formulas will not be spoken: {problem}.")
    fetch_mathjax(_installed_source(), root / "resources" / "mathjax", read_sums(_SUMS))


class MathJaxHook(BuildHookInterface[Any]):
    """Fills `resources/mathjax/` before a wheel (ordinary or editable) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Fetch the files; a source distribution goes without them and its own build fetches them."""
        if self.target_name == "wheel":
            _fetch_into(Path(self.root))


if __name__ == "__main__":
    _fetch_into(_ROOT)
    print("resources/mathjax is complete.")
