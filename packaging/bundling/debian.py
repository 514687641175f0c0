"""The .deb, put together by `dpkg-deb` without root and without debhelper.

https://www.debian.org/doc/debian-policy/ch-controlfields.html
"""

import gzip
import hashlib
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

from bundling.archive import pack
from bundling.needs import missing_libraries, oldest_glibc, packages_for
from bundling.project import (
    BUILD,
    DESCRIPTION,
    DIST,
    HOMEPAGE,
    MAINTAINER,
    NAME,
    ROOT,
    SUMMARY,
    needed,
    run,
    say,
    size_of,
    version,
)
from bundling.tree import PLACE, lay_out

RECOMMENDED = ("gnome-keyring | kwalletmanager", "xclip | wl-clipboard", "fonts-noto-cjk")
_KEPT_QUIET = """
# Everything in /usr/lib/writetex-desktop is a bundle made by PyInstaller of the wheels that upstream projects
# publish. Those under the LGPL are theirs, unchanged; from others symbols were taken, from ICU some data.
embedded-library
unstripped-binary-or-object
custom-library-search-path
hardening-no-pie
hardening-no-fortify-functions
hardening-no-relro
hardening-no-bindnow
shared-library-lacks-prerequisites
library-not-linked-against-libc
executable-stack-in-shared-library
shared-library-is-executable
binary-has-unneeded-section
sharedobject-in-library-directory-missing-soname
spelling-error-in-binary
package-has-long-file-name
shell-script-fails-syntax-check
# A bundle has no Python that could compile: its byte code is the program, for the Python that it brings.
package-installs-python-bytecode
# The licences stand whole in the bundle, and the copyright file says where.
extra-license-file
copyright-without-copyright-notice
# Made for people, not for the archive.
initial-upload-closes-no-bugs
no-manual-page
"""


def build_deb(bundle: Path) -> Path:
    """Make the .deb of a bundle; gives its path in `dist`."""
    needed("dpkg-deb", "It is in Debian's package dpkg.")
    root = lay_out(bundle, BUILD / "deb")
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    _documents(root)
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_control(root, architecture), "utf-8")
    (control / "md5sums").write_text(_sums(root), "utf-8")
    for path in (control, control / "control", control / "md5sums"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"{NAME}_{version()}_{architecture}.deb"
    loose = BUILD / target.name
    run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", root, loose])
    pack(loose, target)
    loose.unlink()
    return target


def lint(package: Path) -> None:
    """Have lintian look at a .deb; stops at an error."""
    if shutil.which("lintian") is None:
        say("lintian is not installed here; the package was not looked at.")
        return
    run(["lintian", "--fail-on", "error", "--tag-display-limit", "0", package])


def _control(root: Path, architecture: str) -> str:
    major, minor = oldest_glibc(root / PLACE)
    depends = [
        f"libc6 (>= {major}.{minor})",
        *packages_for(missing_libraries(root / PLACE)),
        "ca-certificates",
    ]
    fields = {
        "Package": NAME,
        "Version": version(),
        "Section": "science",
        "Priority": "optional",
        "Architecture": architecture,
        "Installed-Size": str(size_of(root) // 1024),
        "Maintainer": MAINTAINER,
        "Homepage": HOMEPAGE,
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(RECOMMENDED),
        "Description": f"{SUMMARY}\n{textwrap.indent(textwrap.fill(DESCRIPTION, 76), ' ')}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _documents(root: Path) -> None:
    """Write what Debian wants beside every package: copyright, changelog, what lintian shall leave."""
    folder = root / "usr/share/doc" / NAME
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text("utf-8")
    parts = (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: WriteTex Desktop\nSource: {HOMEPAGE}\n"
        "Comment: What is bundled, with its licences and where its source is, stands in\n"
        f" /{PLACE}/lib/writetex_desktop/resources/LICENSES/README.md\n\n"
        f"Files: *\nCopyright: {_holder(licence)}\nLicense: Expat\n"
    )
    body = "".join(f" {line or '.'}\n" for line in licence.strip().splitlines())
    (folder / "copyright").write_text(parts + body, "utf-8")
    entry = (
        f"{NAME} ({version()}) stable; urgency=medium\n\n  * See CHANGELOG.md of the project.\n\n"
        f" -- {MAINTAINER}  Mon, 30 Nov 2026 12:00:00 +0000\n"
    )
    with (folder / "changelog.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(entry.encode())
    overrides = root / "usr/share/lintian/overrides" / NAME
    overrides.parent.mkdir(parents=True)
    lines = [line if line.startswith("#") else f"{NAME}: {line}" for line in _KEPT_QUIET.strip().splitlines()]
    overrides.write_text("\n".join(lines) + "\n", "utf-8")
    for path in (folder, *folder.iterdir(), overrides.parent.parent, overrides.parent, overrides):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _holder(licence: str) -> str:
    found = re.search(r"^Copyright \(c\) (.+)$", licence, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else "WriteTex Desktop maintainers"


def _sums(root: Path) -> str:
    files = [path for path in sorted((root / "usr").rglob("*")) if path.is_file() and not path.is_symlink()]
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in files
    )
