"""The settings as one JSON file in the user's configuration folder.

A file that cannot be used is moved aside, never overwritten.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import free_name, replace_file, sweep
from writetex_desktop.adapters.storage.file_lock import file_lock
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr
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

MOST_BYTES = 16 * 1024 * 1024
"""More is read of no settings file; ours has a few thousand bytes."""

_PATIENCE_S = 1.0
"""How long another program may write before we say so: it takes milliseconds."""


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
        sweep(self._path.parent, self._path.name)
        try:
            document = _read(self._path)
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            raise SettingsError(
                tr("The settings file cannot be read."),
                tr("Make {path} readable for you.", path=self._path),
            ) from error
        except SettingsError as error:
            raise self._moved_aside(error) from error
        try:
            return decode(migrate(document, self._migrations))
        except SettingsError as error:
            raise self._moved_aside(error) from error

    def update(self, edit: Callable[[Settings | None], Settings]) -> None:
        """See `SettingsStore.update`. Entries of the file that we do not know are kept."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with file_lock(self._path, _PATIENCE_S):
                before, others = self._there()
                document = {
                    VERSION_NAME: newest_version(self._migrations),
                    **encode(edit(before)),
                    **others,
                }
                text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
                replace_file(self._path, text.encode("utf-8", "replace"))
        except TimeoutError as error:
            raise SettingsError(
                tr("The settings could not be saved: another program holds them."),
                tr("End other windows of WriteTex Desktop that do not answer, and try again."),
            ) from error
        except OSError as error:
            raise SettingsError(
                tr("The settings could not be saved."),
                tr(
                    "Make sure that {folder} can be written to and that the disk is not full.",
                    folder=self._path.parent,
                ),
            ) from error

    def _there(self) -> tuple[Settings | None, Document]:
        """Read what other programs may have saved meanwhile; what cannot be used is moved aside."""
        try:
            document = _read(self._path)
            return decode(migrate(document, self._migrations)), unknown(document)
        except FileNotFoundError:
            return None, {}
        except SettingsError as error:
            self._moved_aside(error)
            return None, {}

    def _moved_aside(self, problem: SettingsError) -> SettingsError:
        """Move the file out of the way and give the error that says where it is now."""
        place = free_name(self._path)
        try:
            self._path.rename(place)
        except OSError:
            return SettingsError(
                tr("{message} The standard settings are in use.", message=problem.message),
                tr("Delete or correct {path}.", path=self._path),
            )
        return SettingsError(
            tr("{message} The standard settings are in use.", message=problem.message),
            tr("{remedy} Your old settings are kept in {place}.", remedy=problem.remedy.text, place=place),
        )


def _read(path: Path) -> Document:
    """Read a file.

    Raises:
        OSError: It cannot be read.
        SettingsError: It is not what we write.
    """
    try:
        document = json.loads(read_ordinary(path, MOST_BYTES))
    except (ValueError, RecursionError) as error:
        raise SettingsError(tr("The settings file is damaged."), tr("Set them anew.")) from error
    if not isinstance(document, dict):
        raise SettingsError(tr("The settings file is damaged."), tr("Set them anew."))
    return document
