#!/usr/bin/env python3
"""Try what people do on bare Debian systems: the README's two commands, and the built packages.

    sudo python3 packaging/try_linux.py commands            both, as root and as a user, on each release
    sudo python3 packaging/try_linux.py commands trixie     on one
    sudo python3 packaging/try_linux.py build bookworm deb  build packages in a bare system, into `dist/`
    sudo python3 packaging/try_linux.py package DEB         install, use, upgrade, selftest, purge

Standard library only; needs root and `debootstrap`. The bare systems are kept in `.build/systems`. The last
line of what it prints is the same as JSON. The status is 0 when everything held.
"""

import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from chroots import PASSWORD, RELEASES, USER, Done, System, bare_system
from dev import QT_PACKAGES
from package_trials import try_package

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = ROOT / ".build" / "systems"
RUN = ("python3", "packaging/dev.py", "run")
TEST = ("python3", "packaging/dev.py", "test")
ASKED = {"Go on? [Y/n]": "y", f"[sudo] password for {USER}:": PASSWORD}
"""Every question that a user may be asked, with the answer; one more would wait until the time is over."""


@dataclass(frozen=True)
class Row:
    """What one try showed.

    Attributes:
        release: On which release.
        who: As whom.
        what: What was tried.
        good: Whether it went as it should.
        seconds: How long it took.
        told: What to know of it.
    """

    release: str
    who: str
    what: str
    good: bool
    seconds: float
    told: str


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="try_linux.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--systems", type=Path, default=SYSTEMS, metavar="FOLDER")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where all that was written goes")
    kinds = parser.add_subparsers(dest="kind", required=True)
    commands = kinds.add_parser("commands", help="the README's two commands")
    commands.add_argument("releases", nargs="*", metavar="RELEASE", help=" or ".join(RELEASES))
    commands.add_argument("--only", choices=("root", "user", "no-sudo"), help="as whom")
    commands.add_argument("--run-only", action="store_true", help="leave the tests out")
    commands.add_argument("--tests", default="", metavar="WORDS", help="what goes to pytest, in quotes")
    build = kinds.add_parser("build", help="build packages in a bare system")
    build.add_argument("release", choices=RELEASES)
    build.add_argument("targets", nargs="+", metavar="TARGET", help="as for build.py")
    package = kinds.add_parser("package", help="try a built .deb")
    package.add_argument("file", type=Path)
    package.add_argument("releases", nargs="*", metavar="RELEASE")
    options = parser.parse_args(argv)
    if options.kind == "build":
        return _build(options)
    tries = _commands if options.kind == "commands" else _package
    rows = []
    for release in options.releases or RELEASES:
        for row in tries(release, options):
            print(_line(row), flush=True)
            rows.append(row)
    print(json.dumps([asdict(row) for row in rows]))
    return 0 if all(row.good for row in rows) else 1


def _commands(release: str, options: argparse.Namespace) -> Iterator[Row]:
    tries = {"root": _as_root, "user": _as_user, "no-sudo": _without_sudo}
    for who, attempt in tries.items():
        if options.only in (None, who):
            with bare_system(release, options.systems) as system:
                for what, done, good, told in attempt(system, options):
                    _keep(options.log, f"{release} {who} {what}", done)
                    yield Row(release, who, what, good, round(done.seconds, 1), told)


def _build(options: argparse.Namespace) -> int:
    """Build in a bare system, so that nothing of this one gets into a package."""
    with bare_system(options.release, options.systems) as system:
        system.install("python3-venv", "binutils", "libpython3-dev", "lintian", *QT_PACKAGES)
        home = _checked_out(system, "/root", "root")
        for name in ("mathjax", "speech"):  # fetched already here; npm need not be there
            if (ROOT / "resources" / name).is_dir():
                target = system.root / home.lstrip("/") / "resources" / name
                shutil.copytree(ROOT / "resources" / name, target, dirs_exist_ok=True)
        done = system.run(["python3", "packaging/build.py", *options.targets], folder=home, timeout_s=3600)
        _keep(options.log, f"build on {options.release}", done)
        print(done.tail(40))
        built = system.root / home.lstrip("/") / "dist"
        if built.is_dir():
            shutil.copytree(built, ROOT / "dist", dirs_exist_ok=True)
    return done.status


def _package(release: str, options: argparse.Namespace) -> Iterator[Row]:
    with bare_system(release, options.systems) as system:
        for what, done, good, told in try_package(system, options.file):
            _keep(options.log, f"{release} {what}", done)
            yield Row(release, "", what, good, round(done.seconds, 1), told)


Result = tuple[str, Done, bool, str]
"""What was done, how it ended, whether that is right, and what to know of it."""


def _as_root(system: System, options: argparse.Namespace) -> Iterator[Result]:
    """With nobody to ask, as in a container."""
    system.install("python3")
    home = _checked_out(system, "/root", "root")
    yield _ran("run", system.run(RUN, folder=home))
    if not options.run_only:
        yield _tested(system.run([*TEST, *_words(options)], folder=home, timeout_s=3600))


def _as_user(system: System, options: argparse.Namespace) -> Iterator[Result]:
    """At a terminal, with sudo and a password, as on a computer of one's own."""
    system.install("python3", "sudo")
    system.add_user(may_sudo=True)
    home = _checked_out(system, f"/home/{USER}", USER)
    yield _ran("run", system.run(RUN, user=USER, folder=home, answers=ASKED))
    if not options.run_only:
        command = [*TEST, *_words(options)]
        yield _tested(system.run(command, user=USER, folder=home, answers=ASKED, timeout_s=3600))


def _without_sudo(system: System, options: argparse.Namespace) -> Iterator[Result]:  # noqa: ARG001 - as the others
    """Told what to have done, which then is enough."""
    system.install("python3")
    system.add_user(may_sudo=False)
    home = _checked_out(system, f"/home/{USER}", USER)
    done = system.run(RUN, user=USER, folder=home)
    told = next((line for line in done.output.splitlines() if "As root, run: " in line), "")
    yield "run, refused", done, done.status == 1 and "apt-get update" in told, "one line with the command"
    by_hand = system.run(["sh", "-c", told.partition("As root, run: ")[2]])
    yield "that line, as root", by_hand, by_hand.status == 0, ""
    yield _ran("run, after it", system.run(RUN, user=USER, folder=home))


def _ran(what: str, done: Done) -> Result:
    lines = done.output.splitlines()
    told = next((line for line in lines if line.endswith("read as the truth says it.")), done.tail(3))
    return what, done, done.status == 0 and told.endswith("truth says it."), told


def _tested(done: Done) -> Result:
    ends = [line.strip("= ") for line in done.output.splitlines() if " passed" in line and " in " in line]
    return "test", done, done.status == 0 and bool(ends), "; ".join(ends) or done.tail(3)


def _words(options: argparse.Namespace) -> list[str]:
    return ["--", *shlex.split(options.tests)] if options.tests else []


def _checked_out(system: System, home: str, owner: str) -> str:
    """Put a fresh checkout into a home: what is committed, and nothing that was built."""
    place = system.root / home.lstrip("/") / "writetex"
    archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE)
    with archive, tarfile.open(fileobj=archive.stdout, mode="r|") as packed:
        packed.extractall(place, filter="data")
    system.must(["chown", "-R", f"{owner}:{owner}", f"{home}/writetex"])
    return f"{home}/writetex"


def _line(row: Row) -> str:
    mark = "good" if row.good else "BAD "
    return f"{mark} {row.release:9} {row.who:8} {row.what:20} {row.seconds:7.1f} s  {row.told}"


def _keep(log: Path | None, title: str, done: Done) -> None:
    if log is not None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"\n===== {title}: status {done.status}, {done.seconds:.1f} s\n{done.output}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
