#!/usr/bin/env python3
"""Set the machine up, then run, test, check or measure WriteTex Desktop.

    python3 packaging/dev.py run     install what is missing, recognise the samples, open the window
    python3 packaging/dev.py test    the same for every test; words after `--` go to pytest
    python3 packaging/dev.py check   format, lint, types, layers, dependencies, dead code
    python3 packaging/dev.py bench   the table of tests/benchmarks

Standard library only, safe to call again and again. Python 3.11 or later; an older one, such as macOS's own,
looks for a newer one. On Windows the first word is `py`. System packages are installed with
apt-get on Debian and Ubuntu (as root or through sudo, after a question unless `--yes` is given); macOS and
Windows need none.
"""

from __future__ import annotations  # for the older Python that looks for a newer one

import argparse
import hashlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, NoReturn

ON_LINUX = sys.platform == "linux"
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
EXTRAS = "serve,pages"
"""What is optional for others and there for whoever works on the program."""

# What the PySide6-Essentials wheel links against but does not bundle (Debian 12, Ubuntu 22.04 and later).
QT_PACKAGES = (
    *("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libgssapi-krb5-2"),
    *("libxkbcommon-x11-0", "libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0"),
    *("libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xfixes0"),
    *("libxcb-xkb1", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
    *("xclip", "fonts-dejavu-core"),
)
TEST_PARTS = {
    "With programs and servers": ("tests/integration",),
    "Architecture and units": ("tests/architecture", "tests/unit"),
    "Faults": ("tests/faults",),
}
"""Folders of tests that run at the same time as all others, in sessions of their own: most tests wait more
than they work, and the whole takes half the time on two cores."""

TEST_PACKAGES = (
    *("xvfb", "xauth", "openbox", "xdotool", "x11-utils", "x11-xserver-utils", "trayer", "imagemagick"),
    *("gnome-keyring", "dbus", "dbus-x11", "procps", "desktop-file-utils", "appstream"),
    *("sway", "grim", "wl-clipboard", "wtype", "strace", "i3-wm"),
    *("xserver-xorg-core", "xserver-xorg-video-dummy"),
    *("binutils", "man-db"),  # what builds packages reads libraries, and its manuals are read
    *("at-spi2-core", "gir1.2-atspi-2.0", "python3-gi"),
)


def main(argv: Sequence[str]) -> int:
    """Parse the command line and do what it says; gives the exit status."""
    own, passed_on = _split_at_dashes(argv)
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("run", "test", "check", "bench"))
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    options = parser.parse_args(own)
    yes = options.yes or bool(os.environ.get("CI"))
    use_newer_python()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # Windows' consoles and files may lack signs of mathematics
    if options.command == "run":
        return run(yes=yes)
    if options.command == "check":
        return check(yes=yes)
    command = test if options.command == "test" else bench
    return command(passed_on, yes=yes)


def run(*, yes: bool) -> int:
    """Install the app, recognise the samples and, where there is a display, open the window."""
    install_system(QT_PACKAGES, yes=yes)
    install_python(groups=())
    status = subprocess.call([str(PYTHON), str(ROOT / "packaging" / "samples.py")], cwd=ROOT)
    if ON_LINUX and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        say("There is no display here, so no window is opened.")
        return status
    say("Opening the window; choose Quit in the tray or the menu to end it.")
    return subprocess.call([str(PYTHON), "-m", "writetex_desktop"], cwd=ROOT)


def test(arguments: Sequence[str], *, yes: bool) -> int:
    """Run every test on an X server, window manager, session bus and key ring of its own."""
    install_system([*QT_PACKAGES, *TEST_PACKAGES], yes=yes)
    install_python(groups=("test",))
    pytest = [str(PYTHON), "-m", "pytest"]
    if arguments:
        return in_test_session([*pytest, *arguments])
    told = {}
    with ThreadPoolExecutor(len(TEST_PARTS)) as pool:
        for name, folders in TEST_PARTS.items():
            command = [*pytest, "-p", "no:cacheprovider", *folders]
            told[name] = pool.submit(_told_in_test_session, command)
        beside = [folder for folders in TEST_PARTS.values() for folder in folders]
        statuses = [in_test_session([*pytest, *(f"--ignore={folder}" for folder in beside)])]
        for name, part in told.items():
            status, output = part.result()
            statuses.append(status)
            say(f"{name}, meanwhile:\n{output}".rstrip())
    return next((status for status in statuses if status), 0)


def bench(arguments: Sequence[str], *, yes: bool) -> int:
    """Print the table of measured figures."""
    install_system([*QT_PACKAGES, *TEST_PACKAGES], yes=yes)
    install_python(groups=("test",))
    return in_test_session([str(PYTHON), "-m", "tests.benchmarks", *arguments])


def check(*, yes: bool) -> int:
    """Run the linters, the types, the layer contracts and the searches for what nobody uses."""
    install_system(QT_PACKAGES, yes=yes)
    install_python(groups=("test", "lint"))
    commands = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        *(_mypy_for(platform) for platform in ("win32", "darwin")),
        ("lint-imports",),
        ("deptry", "."),
        ("vulture",),
        ("python", "packaging/translations.py", "check"),
    )
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = list(pool.map(_passes, commands))
    failed = [" ".join(command) for command, good in zip(commands, passed) if not good]  # noqa: B905 - 3.9 too
    if failed:
        say(f"Not clean: {'; '.join(failed)}.")
        return 1
    say("All checks passed.")
    return 0


def _mypy_for(platform: str) -> tuple[str, ...]:
    # The tests are for Linux; what ships is checked as each system's Python would have it.
    cache = f".mypy_cache/{platform}"
    return ("mypy", "--platform", platform, "--cache-dir", cache, "writetex_desktop", "packaging")


def _passes(command: Sequence[str]) -> bool:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [str(BIN / f"{command[0]}{EXE}"), *command[1:]],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    say(f"$ {' '.join(command)}\n{done.stdout}".rstrip())
    return done.returncode == 0


def _told_in_test_session(command: Sequence[str]) -> tuple[int, str]:
    """Run a command in a session of its own; gives its status and what it wrote."""
    with tempfile.TemporaryFile("w+b") as told:
        status = in_test_session(command, told)
        told.seek(0)
        return status, told.read().decode(errors="replace")


def in_test_session(command: Sequence[str], output: IO[bytes] | None = None) -> int:
    """Run a command with folders of its own and, on Linux, in a desktop session of its own.

    The session is an Xvfb screen with openbox on a private session bus with an unlocked key ring; nothing of
    the user's own session or configuration is touched. What is written goes to `output`, if one is given.
    """
    with tempfile.TemporaryDirectory(prefix="writetex-test-") as folder:
        environment = _private_folders(Path(folder))
        if ON_LINUX:
            inner = (
                "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
                'openbox >/dev/null 2>&1 & "$@"; status=$?; kill %1 2>/dev/null; exit $status'
            )
            screen = "-screen 0 1920x1080x24 -nolisten tcp"
            session = ["dbus-run-session", "--", "bash", "-c", inner, "bash"]
            command = ["xvfb-run", "-a", "-s", screen, *session, *command]
        errors = None if output is None else subprocess.STDOUT
        return subprocess.call(command, cwd=ROOT, env=environment, stdout=output, stderr=errors)


def _private_folders(folder: Path) -> dict[str, str]:
    folders = {
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "XDG_RUNTIME_DIR": "runtime",
    }
    # Without byte code on disk every start of the program compiles two hundred modules anew.
    foreign = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "PYTHONDONTWRITEBYTECODE")
    ours = ("WRITETEX_", "OPENAI_")
    environment = {
        name: value for name, value in os.environ.items() if name not in foreign and not name.startswith(ours)
    }
    for variable, name in folders.items():
        (folder / name).mkdir(mode=0o700)
        environment[variable] = str(folder / name)
    return {**environment, "LANGUAGE": "en"}  # the tests compare what is said in English


# --- Setting up -----------------------------------------------------------------------------------


def install_system(packages: Sequence[str], *, yes: bool) -> None:
    """Install Debian packages that are missing; does nothing where there is no apt-get."""
    if not ON_LINUX or shutil.which("apt-get") is None:
        return
    wanted = [*packages, *(["python3-venv"] if not _has_ensurepip() else [])]
    missing = [package for package in wanted if not _is_installed(package)]
    if not missing:
        return
    is_root = os.geteuid() == 0  # type: ignore[attr-defined,unused-ignore]  # not on Windows
    # A fresh machine updates itself in its first minutes and holds the lock meanwhile.
    patience = ["-o", "DPkg::Lock::Timeout=300"]
    update = ["apt-get", "update"]
    install = ["apt-get", "install", "-y", *patience, "--no-install-recommends", *missing]
    by_hand = f"{' '.join(update)} && {' '.join(install)}"
    if not is_root and shutil.which("sudo") is None:
        stop(f"These system packages are missing. As root, run: {by_hand}")
    say(f"Installing system packages: {' '.join(missing)}")
    if not yes and not _agreed(is_root=is_root):
        stop(f"Nothing was installed. As root, run: {by_hand}")
    # sudo hands on no environment, and a package that asks something would ask it into the log, for ever.
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive"]
    prefix = quietly if is_root else ["sudo", *quietly]
    log = Path(tempfile.gettempdir()) / f"writetex-apt-{os.getpid()}.log"
    say("This takes a minute or two, and says nothing meanwhile.")
    for command in (update, install):
        with log.open("ab") as output:
            # sudo reads its password from the terminal all the same.
            status = subprocess.call(
                [*prefix, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        if status != 0:
            hint = "" if _has_network() else " There seems to be no network."
            stop(f"`{' '.join(command)}` failed; {log} says why.{hint}")
    log.unlink()


def _agreed(*, is_root: bool) -> bool:
    """Ask whether to go on; where nobody can be asked root may, as in a container."""
    if not sys.stdin.isatty():
        say("There is no terminal to ask at; --yes says that nothing shall be asked.")
        return is_root
    return input("Go on? [Y/n] ").strip().lower() in ("", "y", "yes")


def _has_network() -> bool:
    """Say whether there is a way out of this machine, without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(_ANYWHERE)  # of a datagram socket: looks for a route, and that is all
        except OSError:
            return False
    return True


_ANYWHERE = ("192.0.2.1", 9)
"""An address that is nobody's (RFC 5737)."""


def _has_ensurepip() -> bool:
    return subprocess.call([sys.executable, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) == 0


def _is_installed(package: str) -> bool:
    # Debian 13 renamed some libraries (libglib2.0-0t64); the new package says that it provides the old name.
    query = ["dpkg-query", "-W", "-f", "${Status}\n", package, f"{package}t64"]
    done = subprocess.run(query, capture_output=True, text=True, check=False)
    return "install ok installed" in done.stdout


def use_newer_python() -> None:
    """Start again with a newer Python where this one is too old, as macOS's own is."""
    if sys.version_info >= (3, 11):  # noqa: UP036 - an older one may well call this script
        return
    for minor in range(14, 10, -1):  # type: ignore[unreachable]
        newer = shutil.which(f"python3.{minor}")
        if newer is not None:
            raise SystemExit(subprocess.call([newer, *sys.argv]))
    stop("Python 3.11 or later is needed: install it from python.org or with your package manager.")


def install_python(groups: Sequence[str]) -> None:
    """Make `.venv` and install the app, editable, with groups and `EXTRAS`; skipped when nothing changed."""
    stamp = VENV / f"writetex-{'-'.join(['app', *groups])}.stamp"
    sources = [ROOT / "pyproject.toml", CONSTRAINTS, ROOT / "packaging" / "hatch_build.py"]
    state = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text("ascii") == state:
        _call([str(PYTHON), str(ROOT / "packaging" / "translations.py"), "compile"])
        return
    if not PYTHON.exists():
        say(f"Making {VENV.relative_to(ROOT)}.")
        _call([sys.executable, "-m", "venv", str(VENV)])
    say("Installing the app" + (f" with {', '.join(groups)}" if groups else "") + ".")
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "-c",
        str(CONSTRAINTS),
    ]
    _call([*pip, "pip"])
    options = [word for group in groups for word in ("--group", group)]
    _call([*pip, *options, "--editable", f"{ROOT}[{EXTRAS}]"])
    stamp.write_text(state, "ascii")


def _call(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    status = subprocess.call(command, cwd=ROOT, env=environment)
    if status != 0:
        hint = "" if _has_network() else " There seems to be no network."
        stop(f"`{' '.join(command)}` failed with status {status}.{hint}")


def _split_at_dashes(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    words = list(argv)
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def say(sentence: str) -> None:
    """Tell what is being done."""
    print(f"[dev] {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    """Say why it cannot go on, and end."""
    print(f"[dev] {sentence}", file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
