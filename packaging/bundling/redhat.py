"""The .rpm, for Fedora, openSUSE and their like.

https://rpm-software-management.github.io/rpm/manual/spec.html
"""

import textwrap
from pathlib import Path

from bundling.needs import missing_libraries
from bundling.project import (
    BUILD,
    DESCRIPTION,
    DIST,
    HOMEPAGE,
    NAME,
    SUMMARY,
    fresh,
    needed,
    run,
    version,
)
from bundling.tree import PLACE, lay_out

_SPEC = """# The libraries of the bundle are its own: neither offered to others nor asked of them.
%global __provides_exclude_from ^/{place}/.*$
%global __requires_exclude_from ^/{place}/.*$
%global debug_package %{{nil}}
%global __os_install_post %{{nil}}
%global __brp_check_rpaths %{{nil}}

Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: MIT
URL: {homepage}
AutoReqProv: no
{requires}
Requires: ca-certificates
Recommends: google-noto-sans-cjk-fonts

%description
{description}

%install
cp -a {tree}/. %{{buildroot}}/

%files
/{place}
/usr/bin/{name}
/usr/bin/writetex
/usr/share/applications/*.desktop
/usr/share/metainfo/*.xml
/usr/share/icons/hicolor/scalable/apps/*.svg
/usr/share/man/man1/writetex*.1.gz
"""


def build_rpm(bundle: Path) -> Path:
    """Make the .rpm of a bundle; gives its path in `dist`."""
    needed("rpmbuild", "Install the package rpm (Debian) or rpm-build (Fedora).")
    root = lay_out(bundle, BUILD / "rpm" / "tree")
    top = fresh(BUILD / "rpm" / "top")
    spec = BUILD / "rpm" / f"{NAME}.spec"
    spec.write_text(spec_text(root), "utf-8")
    run(["rpmbuild", "-bb", "--define", f"_topdir {top}", "--define", "_binary_payload w19.zstdio", spec])
    (built,) = top.rglob("*.rpm")
    DIST.mkdir(exist_ok=True)
    return built.rename(DIST / built.name)


def spec_text(root: Path) -> str:
    """Write the recipe; the libraries that the system has to bring are named by their soname."""
    libraries = sorted(name for name in missing_libraries(root / PLACE) if not name.startswith("ld-linux"))
    return _SPEC.format(
        name=NAME,
        version=version().replace("-", "~"),
        summary=SUMMARY,
        homepage=HOMEPAGE,
        requires="\n".join(f"Requires: {name}()(64bit)" for name in libraries),
        description=textwrap.fill(DESCRIPTION, 78),
        place=PLACE,
        tree=root,
    )
