"""The catalogue of providers as TOML files: ours, and one that the user may lay over it."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import replace_file
from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue, parse_toml
from writetex_desktop.core.endpoints.catalogue.merging import merge
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import InternalError, Remedy, SettingsError, StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice

FILE_NAME = "providers.toml"

_MOST_BYTES = 16 * 1024 * 1024
"""Of a list of providers; ours has a few thousand bytes."""


@dataclass(frozen=True, slots=True)
class LoadedCatalogue:
    """What was read.

    Attributes:
        catalogue: The providers.
        notices: What was wrong with the user's file, which is then left out; ours is always whole.
    """

    catalogue: Catalogue
    notices: tuple[Notice, ...] = ()


def user_catalogue_path() -> Path:
    """Give the place of the user's file, such as `~/.config/writetex-desktop/providers.toml`."""
    return platformdirs.user_config_path("writetex-desktop", appauthor=False) / FILE_NAME


def taken_catalogue_path() -> Path:
    """Give the place of a list that the user had taken, in the user's data folder."""
    return platformdirs.user_data_path("writetex-desktop", appauthor=False) / FILE_NAME


def keep_catalogue(path: Path, data: bytes | None) -> None:
    """Keep a list in place of ours; None for ours.

    Raises:
        StorageError: It could not be kept.
    """
    try:
        if data is None:
            path.unlink(missing_ok=True)
        else:
            replace_file(path, data)
    except OSError as error:
        raise StorageError(
            tr("The list of providers could not be kept."),
            tr("Make sure that {folder} can be written to.", folder=path.parent),
        ) from error


def load_catalogue(resources: Path, user_file: Path, taken_file: Path | None = None) -> LoadedCatalogue:
    """Read the catalogue, with the user's file over it if there is one.

    Args:
        resources: The program's data folder.
        user_file: The user's file, which need not be there.
        taken_file: A list that the user had taken in place of ours, which need not be there.

    Raises:
        InternalError: Our own file is missing or does not fit; the installation is not whole.
    """
    try:
        ours = _read(resources / FILE_NAME)
        catalogue = parse_catalogue(ours)
    except (OSError, ValueError, SettingsError) as error:
        raise InternalError(
            tr("The program's list of providers is damaged."), tr("Install the program anew.")
        ) from error
    if taken_file is not None:
        try:
            taken = _read(taken_file)
            catalogue, ours = parse_catalogue(taken), taken
        except FileNotFoundError:
            pass
        except (OSError, ValueError, SettingsError):
            # It fitted when it was taken; a newer program wants more, or the file was touched.
            return _without(
                catalogue,
                tr("The list of providers that you had taken cannot be used any more."),
                tr("Take it again, or the built-in one, in the settings."),
            )
    try:
        return LoadedCatalogue(parse_catalogue(merge(ours, _read(user_file))))
    except FileNotFoundError:
        return LoadedCatalogue(catalogue)
    except OSError:
        return _without(
            catalogue,
            tr("Your list of providers cannot be read."),
            tr("Make {user_file} readable for you.", user_file=user_file),
        )
    except ValueError as error:
        return _without(
            catalogue,
            tr("Your list of providers is no TOML file: {error}.", error=error),
            tr("Correct {user_file}.", user_file=user_file),
        )
    except SettingsError as error:
        return _without(catalogue, error.message, tr("Correct {user_file}.", user_file=user_file))


def _read(path: Path) -> dict[str, object]:
    """Read a TOML file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no TOML, or no UTF-8.
    """
    data = read_ordinary(path, _MOST_BYTES)
    if len(data) > _MOST_BYTES:
        raise ValueError("it is larger than 16 MB")
    return parse_toml(data)


def _without(catalogue: Catalogue, message: str, remedy: str) -> LoadedCatalogue:
    return LoadedCatalogue(catalogue, (Notice(Level.WARNING, message, Remedy(remedy)),))
