"""How this installation is updated: by what installed it."""

from collections.abc import Mapping
from pathlib import PurePath

from writetex_desktop.core.language.words import tr


def update_way(executable: str, environment: Mapping[str, str], *, frozen: bool, platform: str) -> str:
    """Say in a sentence how a newer version is put in place of this one.

    Args:
        executable: `sys.executable`.
        environment: Such as `os.environ`.
        frozen: Whether this is a bundled program.
        platform: As in `sys.platform`.
    """
    path = PurePath(executable).as_posix()
    ways = (
        (bool(environment.get("FLATPAK_ID")), tr("Run `flatpak update`.")),
        (
            bool(environment.get("APPIMAGE")),
            tr("Download the new AppImage and put it in the place of this one."),
        ),
        (path.startswith("/nix/"), tr("Update the flake that you installed it from.")),
        (
            frozen and path.startswith("/usr/lib/"),
            tr("Download the new package and install it over this one, as you installed this one."),
        ),
        (frozen and "/Caskroom/" in path, tr("Run `brew upgrade writetex`.")),
        (
            frozen and platform == "win32",
            tr("Run the new installer, or `winget upgrade WriteTex.WriteTexDesktop`."),
        ),
        (frozen, tr("Download it and put it in the place of this one.")),
        ("/pipx/" in path, tr("Run `pipx upgrade writetex-desktop`.")),
        ("/uv/tools/" in path, tr("Run `uv tool upgrade writetex-desktop`.")),
    )
    return next((told for fits, told in ways if fits), tr("Update it as you installed it."))
