"""What is handed out for macOS: the .app in a disk image; built on macOS alone, with its own tools."""

import os
import platform
from pathlib import Path

from bundling.project import BUILD, DIST, fresh, needed, run, say, version


def build_dmg(bundle: Path) -> Path:
    """Seal the .app and put it into an image with a link to Applications; gives its path.

    Without a certificate in WRITETEX_SIGN_AS the seal is nobody's ("ad hoc"): macOS then asks the user to
    allow the program once, and forgets at every update what it may see of the screen.
    """
    needed("hdiutil", "It is part of macOS, where this is built.")
    app = bundle.parent / "WriteTex.app"
    identity = os.environ.get("WRITETEX_SIGN_AS", "")
    if not identity:
        say("There is no certificate (WRITETEX_SIGN_AS): the program is sealed as nobody's.")
    lasting = ["--options", "runtime", "--timestamp"] if identity else []
    run(["codesign", "--force", "--deep", *lasting, "--sign", identity or "-", app])
    run(["codesign", "--verify", "--deep", "--strict", app])
    folder = fresh(BUILD / "dmg")
    run(["cp", "-a", app, folder])
    (folder / "Applications").symlink_to("/Applications")
    DIST.mkdir(exist_ok=True)
    target = DIST / f"WriteTex-{version()}-{platform.machine()}.dmg"
    run(["hdiutil", "create", "-volname", "WriteTex", "-srcfolder", folder, "-ov", "-format", "ULMO", target])
    return target
