"""Where newer versions are looked for, and when that was done last."""

import json
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import replace_file

_MOST_BYTES = 4096
"""Of the file that says when it was asked last."""


@dataclass(frozen=True, slots=True)
class UpdateSource:
    """Who tells of newer versions.

    Attributes:
        address: Of the signed file.
        public_key: Ed25519 in base64; empty where this build looks for none.
    """

    address: str
    public_key: str


def read_update_source(resources: Path) -> UpdateSource:
    """Read `updates.toml`; a build may come without."""
    try:
        found = tomllib.loads((resources / "updates.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return UpdateSource("", "")
    return UpdateSource(str(found.get("address", "")), str(found.get("public_key", "")))


def asked_path() -> Path:
    """Give the place of the file that says when it was asked last."""
    return platformdirs.user_state_path("writetex-desktop", appauthor=False) / "updates.json"


def last_asked(path: Path) -> datetime | None:
    """Read it; a file that cannot be read is as good as none."""
    try:
        return datetime.fromisoformat(json.loads(read_ordinary(path, _MOST_BYTES))["asked"]).astimezone(UTC)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def keep_asked(path: Path, moment: datetime) -> None:
    """Write it; a full disk is no reason to say anything."""
    with suppress(OSError):
        replace_file(path, json.dumps({"asked": moment.isoformat()}).encode())
