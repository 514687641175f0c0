"""Whether a key was ever put into the system's key store, as a word in a file of the data folder."""

from contextlib import suppress
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import replace_file

_USED, _UNUSED = "used", "unused"
_LONGEST = 16


def key_mark_path() -> Path:
    """Give the file's place on this system, such as `~/.local/share/writetex-desktop/key-store`."""
    return platformdirs.user_data_path("writetex-desktop", appauthor=False) / "key-store"


class KeyMark:
    """Remembers it across runs.

    Args:
        path: The file; its folder is made when first needed.
        has_profiles: Whether there were profiles when the program started: those of a version that kept no
            mark may have keys.
    """

    def __init__(self, path: Path, *, has_profiles: bool) -> None:
        self._path = path
        self._has_profiles = has_profiles
        self._is_used: bool | None = None

    def is_used(self) -> bool:
        """Say whether a key may be in the key store."""
        if self._is_used is None:
            word = ""
            with suppress(OSError):
                word = read_ordinary(self._path, _LONGEST).decode("utf-8", "replace").strip()
            self._is_used = word == _USED or (word != _UNUSED and self._has_profiles)
            if not word and not self._is_used:
                self._write(_UNUSED)
        return self._is_used

    def mark_used(self) -> None:
        """Remember that a key was put there."""
        if not self._is_used:
            self._write(_USED)
        self._is_used = True

    def _write(self, word: str) -> None:
        # Where nothing can be written, no settings are kept either.
        with suppress(OSError):
            replace_file(self._path, word.encode())
