"""The bundle: PyInstaller's folder, with what is declared in `cuts.txt` taken out of it."""

import os
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from glob import escape
from pathlib import Path

from bundling.borrowed import add_licences
from bundling.halves import halve_networks
from bundling.icu import shrink_icu
from bundling.needs import unreached_libraries
from bundling.project import BUILD, EXTRAS, NAME, ROOT, fresh, run, say, size_mb
from bundling.symbols import strip_symbols

HERE = Path(__file__).resolve().parent
LIBRARIES = "lib"
"""The folder of the bundle that holds everything but the two programs."""

_ENVIRONMENT = BUILD / "venv"
_BIN = _ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")


def environment() -> Path:
    """Make the environment that bundles are built in, with the pinned versions; gives its Python."""
    python = _BIN / ("python.exe" if os.name == "nt" else "python")
    if not python.exists():
        run([sys.executable, "-m", "venv", _ENVIRONMENT])
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-compile",
    ]
    pip += ["-c", ROOT / "packaging" / "constraints.txt"]
    run([*pip, "pip"])
    run([*pip, "--group", "build", f"{ROOT}[{','.join(EXTRAS)}]"])
    run([python, "-m", "pip", "uninstall", "--quiet", "--yes", NAME])  # the checkout itself is bundled
    return python


def bundle() -> Path:
    """Make the bundle; gives its folder."""
    python = environment()
    run([python, ROOT / "packaging" / "hatch_build.py"])  # what is fetched and compiled at build time
    target = fresh(BUILD / "bundle")
    work = BUILD / "pyinstaller"
    command: list[str | Path] = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", target, "--workpath", work, HERE / "writetex.spec"]
    run(command, environment={**os.environ, "WRITETEX_BUILD_ICON": _icon(python)})
    folder = target / NAME
    before = size_mb(folder)
    share_program(folder)
    gone = cut(folder / LIBRARIES, patterns((HERE / "cuts.txt").read_text("utf-8")))
    if sys.platform == "linux":
        gone += cut_unreached(folder)
        saved = strip_symbols(folder, BUILD / "symbols")
        say(f"Symbols of {saved / 1e6:.1f} MB were taken out.")
        saved = shrink_icu(folder, BUILD / "icu")
        say(f"Of ICU's data {saved / 1e6:.1f} MB were left out.")
        say(f"Licences of {len(add_licences(folder / LIBRARIES))} packages of the system were added.")
    saved = halve_networks(folder / LIBRARIES)
    say(f"Networks were written anew in 16 bits, {saved / 1e6:.1f} MB smaller.")
    after = size_mb(folder)
    say(f"The bundle has {after} MB; {len(gone)} files, {before - after:.1f} MB in all, were cut.")
    return folder


def cut_unreached(folder: Path) -> list[str]:
    """Take the libraries out of a bundle that nothing in it opens; gives the names of what went."""
    libraries = folder / LIBRARIES
    names = [path.relative_to(libraries.resolve()).as_posix() for path in unreached_libraries(folder)]
    for name in names:
        say(f"Nothing opens {name}.")
    return cut(libraries, [escape(name) for name in names])


def share_program(folder: Path) -> None:
    """Make one file of the two programs where they are the same, but for their names.

    Each holds all of our byte code. Elsewhere than on Linux they differ in whether they have a console.
    """
    if sys.platform == "linux":
        (folder / "writetex").unlink(missing_ok=True)
        os.link(folder / NAME, folder / "writetex")


def _icon(python: Path) -> str:
    """Draw the icon in the form that this system's programs carry; gives its path, or nothing on Linux."""
    suffix = {"win32": ".ico", "darwin": ".icns"}.get(sys.platform)
    if suffix is None:
        return ""
    target = BUILD / f"{NAME}{suffix}"
    run([python, HERE / "draw_icon.py", ROOT / "resources" / "icons" / "writetex.svg", target])
    return str(target)


def patterns(text: str) -> list[str]:
    """Give the patterns of a list of cuts, without its comments."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def cut(folder: Path, wanted: Sequence[str]) -> list[str]:
    """Take out of a folder what a pattern names, and the links that lead nowhere then; gives their names.

    A pattern that names a folder takes out all that it holds; `*` goes over slashes, as `fnmatch` has it.
    """
    gone = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if any(fnmatch(name, pattern) or fnmatch(name, f"{pattern}/*") for pattern in wanted):
            path.unlink()
            gone.append(name)
    for path in _files(folder):
        if path.is_symlink() and not path.exists():
            path.unlink()
            gone.append(path.relative_to(folder).as_posix())
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            path.rmdir()
    return gone


def _files(folder: Path) -> Iterator[Path]:
    yield from [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]
