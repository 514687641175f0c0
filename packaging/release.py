#!/usr/bin/env python3
"""The local part of a release; `.github/workflows/release.yml` calls the rest of it.

    python3 packaging/release.py set 1.2.3      version, changelog and metainfo, to be committed
    python3 packaging/release.py ready 1.2.3    refuse what must not be released
    python3 packaging/release.py notes 1.2.3    what is new, as the release says it
    python3 packaging/release.py sums dist      write dist/SHA256SUMS
    python3 packaging/release.py key KEY.pem    make the project's key and print its public half
    python3 packaging/release.py announce 1.2.3 KEY.pem OUT.json    the signed file that programs look for

Standard library only. The version stands in `writetex_desktop/__init__.py` and nowhere else.
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bundling.project import APP_ID, HOMEPAGE, ROOT, stop, version
from news import CHANGELOG, UNRELEASED
from news import main as fold_news

INIT = ROOT / "writetex_desktop" / "__init__.py"
METAINFO = ROOT / "resources" / "desktop" / f"{APP_ID}.metainfo.xml"
UPDATES = ROOT / "resources" / "updates.toml"
SUMS = "SHA256SUMS"
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
_GREEN = frozenset(("success", "skipped", "neutral"))


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="release.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("set").add_argument("version")
    ready = kinds.add_parser("ready")
    ready.add_argument("version")
    ready.add_argument("--checks-of", metavar="OWNER/NAME", help="ask GitHub for the checks of the commit")
    ready.add_argument("--commit", default="HEAD")
    kinds.add_parser("notes").add_argument("version")
    kinds.add_parser("sums").add_argument("folder", type=Path)
    kinds.add_parser("key").add_argument("key", type=Path)
    announce = kinds.add_parser("announce")
    announce.add_argument("version")
    announce.add_argument("key", type=Path)
    announce.add_argument("out", type=Path)
    options = parser.parse_args(argv)
    if "version" in options and not _VERSION.fullmatch(options.version):
        stop(f"`{options.version}` is no version such as 1.2.3 or 1.2.3rc1.")
    commands: dict[str, Callable[[], None]] = {
        "set": lambda: set_version(options.version),
        "ready": lambda: refuse_unready(options.version, options.checks_of, options.commit),
        "notes": lambda: print(notes(CHANGELOG.read_text("utf-8"), options.version)),
        "sums": lambda: write_sums(options.folder),
        "key": lambda: print(make_key(options.key)),
        "announce": lambda: write_announcement(options.version, options.key, options.out),
    }
    commands[options.kind]()
    return 0


def set_version(wanted: str) -> None:
    """Write the version where it stands, fold the news into the changelog, and tell the app stores."""
    if fold_news([]) != 0:
        stop("A fragment of news.d does not fit; see above.")
    day = datetime.now(UTC).date().isoformat()
    INIT.write_text(INIT.read_text("utf-8").replace(f'"{version()}"', f'"{wanted}"'), "utf-8")
    CHANGELOG.write_text(released(CHANGELOG.read_text("utf-8"), wanted, day), "utf-8")
    METAINFO.write_text(with_release(METAINFO.read_text("utf-8"), wanted, day), "utf-8")


def released(changelog: str, wanted: str, day: str) -> str:
    """Give the changelog with what is not released yet under a heading of its own."""
    if f"## [{wanted}]" in changelog:
        stop(f"The changelog has version {wanted} already.")
    return changelog.replace(f"{UNRELEASED}\n", f"{UNRELEASED}\n\n## [{wanted}] - {day}\n", 1)


def with_release(metainfo: str, wanted: str, day: str) -> str:
    """Give the description for app stores with one more release, the newest first."""
    line = f'    <release version="{wanted}" date="{day}"/>\n'
    if "<releases>\n" in metainfo:
        return metainfo.replace("<releases>\n", f"<releases>\n{line}", 1)
    return metainfo.replace("</component>", f"  <releases>\n{line}  </releases>\n</component>", 1)


def notes(changelog: str, wanted: str) -> str:
    """Give what the changelog says of a version."""
    found = re.search(
        rf"^## \[{re.escape(wanted)}\][^\n]*\n(.*?)(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    if found is None or not found[1].strip():
        stop(f"The changelog says nothing of version {wanted}: run `release.py set {wanted}` first.")
    return found[1].strip()


def entries(told: str) -> list[str]:
    """Give what each entry of the changelog says, each in one line; indented lines go on with an entry."""
    found: list[str] = []
    for line in told.splitlines():
        if line.startswith("- "):
            found.append(line.removeprefix("- ").strip())
        elif found and line.startswith("  "):
            found[-1] += f" {line.strip()}"
    return found


def refuse_unready(wanted: str, repository: str | None, commit: str) -> None:
    """Stop at the first thing that forbids the release."""
    if version() != wanted:
        stop(f"This commit is of version {version()}, not {wanted}: run `release.py set {wanted}` first.")
    notes(CHANGELOG.read_text("utf-8"), wanted)
    if _git("tag", "--list", f"v{wanted}"):
        stop(f"There is a tag v{wanted} already.")
    if _git("status", "--porcelain"):
        stop("There are changes that are not committed.")
    if repository:
        full = _git("rev-parse", commit)
        answer = subprocess.run(
            [
                "gh",
                "api",
                "--paginate",
                f"repos/{repository}/commits/{full}/check-runs",
                "--jq",
                ".check_runs",
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        refuse_red([json.loads(line) for line in answer.splitlines() if line])
    print(f"Version {wanted} can be released.")


def refuse_red(pages: Sequence[Sequence[dict[str, object]]]) -> None:
    """Stop unless the tests of a commit are over and green.

    Args:
        pages: The lists of `check_runs` that GitHub gave
            (https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference).
    """
    runs = [run for page in pages for run in page if run["name"] != "ready"]
    if not runs:
        stop("Nothing has tested this commit yet.")
    red = sorted(f"{run['name']}" for run in runs if run["conclusion"] not in _GREEN)
    if red:
        stop(f"Not green: {', '.join(red)}.")


def write_sums(folder: Path) -> None:
    """Write the sums of all files of a folder, in the form that `sha256sum --check` reads."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != SUMS)
    if not files:
        stop(f"There is nothing in {folder}.")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def make_key(file: Path) -> str:
    """Make the project's key by openssl, readable for nobody else; gives its public half in base64."""
    if file.exists():
        stop(f"{file} is there already; a key is not written over.")
    file.touch(mode=0o600)
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(file)], check=True)
    return public_half(file)


def public_half(file: Path) -> str:
    """Give the public half of a key: the last 32 bytes of its DER form (RFC 8410)."""
    command = ["openssl", "pkey", "-in", str(file), "-pubout", "-outform", "DER"]
    return base64.b64encode(subprocess.run(command, capture_output=True, check=True).stdout[-32:]).decode()


def write_announcement(wanted: str, key: Path, out: Path) -> None:
    """Write and sign what programs are told of a version: `writetex_desktop.core.release` reads it."""
    told = notes(CHANGELOG.read_text("utf-8"), wanted)
    published = tomllib.loads(UPDATES.read_text("utf-8"))["public_key"]
    if public_half(key) != published:
        stop(f"This is not the key of resources/{UPDATES.name}: programs would refuse what it signs.")
    page = f"{HOMEPAGE}/releases/tag/v{wanted}"
    message = json.dumps({"version": wanted, "notes": " ".join(entries(told)[:3]), "page": page}).encode()
    with tempfile.NamedTemporaryFile() as file:
        file.write(message)
        file.flush()
        command = ["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(key), "-in", file.name]
        signature = subprocess.run(command, capture_output=True, check=True).stdout
    signed = {"release": message.decode(), "signature": base64.b64encode(signature).decode()}
    out.write_text(json.dumps(signed) + "\n", "utf-8")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
