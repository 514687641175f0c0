"""A .deb on a bare system: installed, tried by its own selftest, upgraded, purged."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from chroots import USER, Done, System

PACKAGE = "writetex-desktop"
RIG = ("xvfb", "xauth", "openbox", "dbus", "gnome-keyring", "xclip", "procps")
"""What stands for the desktop of a user."""

SESSION = (
    "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
    "openbox >/dev/null 2>&1 & "
)
_APT = ("apt-get", "-qy", "--no-install-recommends")
_OURS = ("usr", "etc", "opt", "var/lib/writetex-desktop")
_OF_OTHERS = (
    "etc/ca-certificates",
    "etc/ssl/certs/",
    "usr/local/share/ca-certificates",
    "usr/share/mime/",
    "usr/share/applications/mimeinfo.cache",
    "usr/share/icons/hicolor/icon-theme.cache",
)
"""What the system itself writes anew whenever any package comes or goes."""

Result = tuple[str, Done, bool, str]


def try_package(system: System, package: Path) -> Iterator[Result]:
    """Install an older version of it, use that, upgrade, let it try itself twice, and purge it."""
    system.install(*RIG)
    system.add_user(may_sudo=False)
    before = _files(system)
    older = _older(system, package)
    yield _plain("install, older", system.run([*_APT, "install", older]))
    shutil.copy(package, system.root / "root" / package.name)
    yield _used(system)
    kept = _of_user(system)
    yield _plain("upgrade", system.run([*_APT, "install", f"/root/{package.name}"]))
    for who in ("root", USER):
        yield _tried_itself(system, who)
    yield _used_again(system, kept)
    done = system.run(["apt-get", "-qy", "purge", PACKAGE])
    left = sorted(_files(system) - before - _by_others(system))
    yield "purge", done, done.status == 0 and not left, ", ".join(left[:5]) or "nothing is left"
    yield "the user's files", done, _of_user(system) == kept, "still there"


def _in_session(system: System, command: str, who: str) -> Done:
    """Run a line of shell on a screen with a window manager and a key ring."""
    inner = ["dbus-run-session", "--", "sh", "-c", f"{SESSION} {command}"]
    return system.run(["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", *inner], user=who, timeout_s=300)


def _tried_itself(system: System, who: str) -> Result:
    done = _in_session(system, f"{PACKAGE} --selftest", who)
    try:
        told = json.loads(done.output[done.output.index("{\n") : done.output.rindex("}") + 1])
    except ValueError:
        return f"selftest, {who}", done, False, done.tail(4)
    checks = told["checks"]
    failed = [f"{name}: {each['detail']}" for name, each in checks.items() if each["outcome"] == "failed"]
    skipped = [name for name, each in checks.items() if each["outcome"] == "skipped"]
    complaints = [line for line in done.output.splitlines() if "onnxruntime" in line and "[W:" in line]
    failed += complaints[:1]  # a library says so when it misses another one, and goes on
    passed = f"{len(checks) - len(skipped)} passed" + (f", skipped {', '.join(skipped)}" if skipped else "")
    good = done.status == 0 and told["passed"] and told["bundled"] and not complaints
    return f"selftest, {who}", done, good, "; ".join(failed) or passed


_SAMPLE = f"/usr/lib/{PACKAGE}/lib/writetex_desktop/resources/samples/02-euler.png"
_READ = f"""
timeout -s TERM 180 {PACKAGE} --offline {_SAMPLE} & P=$!
kept() {{ cat "$HOME/.local/share/{PACKAGE}/history/history.db"* 2>/dev/null | grep -ao "e^{{i" | wc -l; }}
before=$(kept)
for i in $(seq 400); do sleep 0.3; [ "$(kept)" -gt "$before" ] && break; done
sleep 1; kill $P; wait $P
"""
"""Opens a picture in the window, waits until the history has it, and ends the program as a log-out does."""


def _used(system: System) -> Result:
    """Let the user read a picture, so that there are settings and a history."""
    folder = system.root / "home" / USER / ".config" / PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    system.must(["chown", "-R", f"{USER}:{USER}", f"/home/{USER}/.config"])
    done = _in_session(system, _READ, USER)
    entries = _entries(system)
    return "use, older", done, entries == 1, f"{entries} entry in the history"


def _used_again(system: System, kept: dict[str, str]) -> Result:
    done = _in_session(system, _READ, USER)
    entries = _entries(system)
    lost = sorted(kept.keys() - _of_user(system).keys())
    good = entries > 1 and not lost
    return "use, upgraded", done, good, f"{entries} entries in the history; files lost: {lost or 'none'}"


def _entries(system: System) -> int:
    file = system.root / "home" / USER / ".local/share" / PACKAGE / "history" / "history.db"
    if not file.is_file():
        return 0
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def _of_user(system: System) -> dict[str, str]:
    home = system.root / "home" / USER
    files = (path for path in home.rglob("*") if path.is_file() and PACKAGE in path.as_posix())
    return {path.relative_to(home).as_posix(): "" for path in files}


def _older(system: System, package: Path) -> str:
    """Pack the same files once more as a version before; gives its path in the system."""
    name = "older.deb"
    folder = system.root / "root" / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(folder)], check=True)
    control = folder / "DEBIAN" / "control"
    lines = control.read_text("utf-8").splitlines()
    changed = ["Version: 0.0.1" if line.startswith("Version:") else line for line in lines]
    control.write_text("\n".join(changed) + "\n", "utf-8")
    target = system.root / "root" / name
    command = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(folder), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)
    return f"/root/{name}"


def _files(system: System) -> set[str]:
    """Give what lies where packages put things; the lists of dpkg too."""
    there = [f"/{each}" for each in _OURS if (system.root / each).exists()]
    found = system.must(["find", *there, "-xdev"])
    info = system.must(["find", "/var/lib/dpkg/info", "-name", f"{PACKAGE}*"])
    return {line.lstrip("/") for line in (found + info).splitlines()}


def _by_others(system: System) -> set[str]:
    """Give what other packages have brought meanwhile, which came with ours and stay until `autoremove`."""
    listed = system.must(["sh", "-c", "cat /var/lib/dpkg/info/*.list; find /etc/alternatives"])
    named = {line.lstrip("/") for line in listed.splitlines()}
    return named | {each for each in _files(system) if each.startswith(_OF_OTHERS)}


def _plain(what: str, done: Done) -> Result:
    return what, done, done.status == 0, "" if done.status == 0 else done.tail(3)
