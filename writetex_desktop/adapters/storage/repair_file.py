"""What servers were found not to take, as one JSON file in the user's cache.

It holds digests in place of base URLs and model IDs, names of parameters, and days. Losing it costs one
refused request for each server that has habits of its own, so nothing is said where it cannot be read or
written.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import replace_file
from writetex_desktop.core.endpoints.wire.memory import Learnt, format_memory, parse_memory

_MOST_BYTES = 4 * 1024 * 1024
"""Ours has a few thousand; what is cut off there is no JSON, and taken for nothing."""

_log = logging.getLogger(__name__)


def repair_path() -> Path:
    """Give the file's place on this system, such as `~/.cache/writetex-desktop/servers.json`."""
    return platformdirs.user_cache_path("writetex-desktop", appauthor=False) / "servers.json"


class RepairFile:
    """Reads and writes the file.

    Args:
        path: The file; its folder is made when first needed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Learnt]:
        """Give what earlier runs learnt; nothing where the file is missing or damaged."""
        try:
            return parse_memory(read_ordinary(self._path, _MOST_BYTES).decode("utf-8"))
        except (OSError, ValueError):
            return {}

    def keep(self, known: Mapping[str, Learnt]) -> None:
        """Write what is known, beside what another run has learnt meanwhile."""
        try:
            replace_file(self._path, format_memory({**self.load(), **known}).encode())
        except OSError:
            _log.info("What the servers take could not be kept")
