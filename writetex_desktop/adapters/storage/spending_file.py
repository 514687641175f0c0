"""What has been spent, as one JSON file in the user's data folder.

It holds months, hosts, model IDs, counts and amounts. Programs that run side by side each add to what is in
the file at that moment.
"""

import json
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import free_name, replace_file, sweep
from writetex_desktop.adapters.storage.file_lock import file_lock
from writetex_desktop.core.costs.spending import Expense, added
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.money import Currency, Money

_VERSION = 1
_MOST_BYTES = 64 * 1024 * 1024
"""More is read of no such file: that would be half a million models in one month."""

_PATIENCE_S = 5.0
"""How long other programs may add before we say so; nobody waits for this thread."""

_COUNTS = ("requests", "estimated", "prompt_tokens", "completion_tokens")


def spending_path() -> Path:
    """Give the file's place on this system, such as `~/.local/share/writetex-desktop/spending.json`."""
    return platformdirs.user_data_path("writetex-desktop", appauthor=False) / "spending.json"


class _Newer(Exception):  # noqa: N818 - not an error of the file
    """The file is of a newer version."""


class SpendingFile:
    """The `SpendingStore` of the program.

    Args:
        path: The file; its folder is made when first needed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[Expense, ...]:
        """See `SpendingStore.load`."""
        sweep(self._path.parent, self._path.name)
        return self._load()

    def _load(self) -> tuple[Expense, ...]:
        try:
            return _read(read_ordinary(self._path, _MOST_BYTES))
        except _Newer as error:
            raise StorageError(
                tr(
                    "The record of your costs is of a newer version of WriteTex Desktop; it is left as it is."
                ),
                tr("Update WriteTex Desktop; until then costs are not counted."),
            ) from error
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StorageError(
                tr("The record of your costs cannot be read."),
                tr("Make {path} readable for you.", path=self._path),
            ) from error
        except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError) as error:
            raise self._moved_aside() from error

    def add(self, expense: Expense) -> tuple[Expense, ...]:
        """See `SpendingStore.add`."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with file_lock(self._path, _PATIENCE_S):
                together = added(self._load(), expense)
                replace_file(self._path, _write(together))
                return together
        except TimeoutError as error:
            raise StorageError(
                tr("What this request cost could not be recorded: another program holds the record."),
                tr("End other windows of WriteTex Desktop that do not answer."),
            ) from error
        except OSError as error:
            raise StorageError(
                tr("What this request cost could not be recorded."),
                tr(
                    "Make sure that {folder} can be written to and that the disk is not full.",
                    folder=self._path.parent,
                ),
            ) from error

    def _moved_aside(self) -> StorageError:
        place = free_name(self._path)
        try:
            self._path.rename(place)
        except OSError:
            return StorageError(
                tr("The record of your costs is damaged."), tr("Delete {path}.", path=self._path)
            )
        return StorageError(
            tr("The record of your costs was damaged; it starts anew."),
            tr("The old one is kept in {place}.", place=place),
        )


def _write(expenses: tuple[Expense, ...]) -> bytes:
    document = {"version": _VERSION, "expenses": [asdict(each) for each in expenses]}
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _read(data: bytes) -> tuple[Expense, ...]:
    """Read the file.

    Raises:
        ValueError, KeyError, TypeError, InvalidOperation, RecursionError: It is not what we write.
        _Newer: It is what a newer version writes.
    """
    document = json.loads(data)
    version = document["version"]
    if isinstance(version, int) and version > _VERSION:
        raise _Newer
    if version != _VERSION:
        raise ValueError
    return tuple(_expense(each) for each in document["expenses"])


def _expense(values: dict[str, object]) -> Expense:
    counts = {name: _count(values[name]) for name in _COUNTS}
    return Expense(
        month=_text(values["month"]),
        host=_text(values["host"]),
        model=_text(values["model"]),
        cost=_money(values["cost"]),
        **counts,
    )


def _money(value: object) -> Money | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError
    amount = Decimal(_text(value["amount"]))
    if not amount.is_finite() or amount < 0:
        raise ValueError
    return Money(amount, Currency(value["currency"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError
    return value
