"""The settings as one JSON file in the user's configuration folder.

A file that cannot be used is moved aside, never overwritten.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.storage.atomic_file import replace_file
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.settings.codec import (
    MIGRATIONS,
    VERSION_NAME,
    Document,
    decode,
    encode,
    migrate,
    newest_version,
    unknown,
)
from writetex_desktop.core.settings.settings import Settings


def default_path() -> Path:
    """Give the file's place on this system, such as `~/.config/writetex-desktop/settings.json`."""
    return platformdirs.user_config_path("writetex-desktop", appauthor=False) / "settings.json"


class SettingsFile:
    """The `SettingsStore` of the program.

    Args:
        path: The file; its folder is made when first needed.
        migrations: For tests; see `core.settings.codec.MIGRATIONS`.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Callable[[Document], Document]] = MIGRATIONS,
    ) -> None:
        self._path = path
        self._migrations = migrations

    def load(self) -> Settings:
        """See `SettingsStore.load`."""
        try:
            document = _read(self._path)
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            raise SettingsError(
                "The settings file cannot be read.",
                f"Make {self._path} readable for you.",
            ) from error
        except SettingsError as error:
            raise self._moved_aside(error) from error
        try:
            return decode(migrate(document, self._migrations))
        except SettingsError as error:
            raise self._moved_aside(error) from error

    def save(self, settings: Settings) -> None:
        """See `SettingsStore.save`. Entries of the file that we do not know are kept."""
        document = {
            VERSION_NAME: newest_version(self._migrations),
            **encode(settings),
            **self._unknown_entries(),
        }
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        try:
            replace_file(self._path, text.encode())
        except OSError as error:
            raise SettingsError(
                "The settings could not be saved.",
                f"Make sure that {self._path.parent} can be written to and that the disk is not full.",
            ) from error

    def _unknown_entries(self) -> Document:
        try:
            return unknown(_read(self._path))
        except (OSError, SettingsError):
            return {}

    def _moved_aside(self, problem: SettingsError) -> SettingsError:
        """Move the file out of the way and give the error that says where it is now."""
        place = _free_name(self._path)
        try:
            self._path.rename(place)
        except OSError:
            return SettingsError(
                f"{problem.message} The standard settings are in use.",
                f"Delete or correct {self._path}.",
            )
        return SettingsError(
            f"{problem.message} The standard settings are in use.",
            f"{problem.remedy.text} Your old settings are kept in {place}.",
        )


def _read(path: Path) -> Document:
    """Read a file.

    Raises:
        OSError: It cannot be read.
        SettingsError: It is not what we write.
    """
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise SettingsError("The settings file is damaged.", "Set them anew.") from error
    if not isinstance(document, dict):
        raise SettingsError("The settings file is damaged.", "Set them anew.")
    return document


def _free_name(path: Path) -> Path:
    """Give a name beside a file that is not taken."""
    number = 1
    while (place := path.with_name(f"{path.stem}.unusable-{number}{path.suffix}")).exists():
        number += 1
    return place
