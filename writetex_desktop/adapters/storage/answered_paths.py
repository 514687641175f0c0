"""Where interfaces answered, as one JSON file in the user's data folder: base URLs, and nothing secret."""

import json
from contextlib import suppress
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import replace_file

_MOST = 200
"""Base URLs that are kept, the latest."""

_MOST_BYTES = 1024 * 1024
"""Ours has a few thousand; what is cut off there is no JSON, and taken for nothing."""


def answered_paths_path() -> Path:
    """Give the file's place on this system, such as `~/.local/share/writetex-desktop/paths.json`."""
    return platformdirs.user_data_path("writetex-desktop", appauthor=False) / "paths.json"


def load_answered_paths(path: Path) -> dict[str, str]:
    """Read what was found; nothing where the file cannot be read, for it is found again."""
    try:
        document = json.loads(read_ordinary(path, _MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {name: value for name, value in document.items() if isinstance(value, str)}


def save_answered_path(path: Path, base_url: str, answered: str) -> None:
    """Add what was found to what is in the file at that moment; a full disk is no reason to stop."""
    kept = load_answered_paths(path)
    kept.pop(base_url, None)
    kept[base_url] = answered
    with suppress(OSError):
        replace_file(path, json.dumps(dict(list(kept.items())[-_MOST:]), indent=1).encode())
