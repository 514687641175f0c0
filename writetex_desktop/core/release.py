"""A newer version of the program, as a small signed file tells of it."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any, Final

MOST_NOTES: Final = 600
"""Signs of what is new that are shown."""

_VERSION: Final = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:(a|b|rc)(\d{1,4}))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Release:
    """A version that can be had.

    Attributes:
        version: Such as `1.2.3`.
        notes: What is new, in a few words.
        page: Where it can be had; begins with https://.
    """

    version: str
    notes: str
    page: str


def split_signed(data: bytes) -> tuple[bytes, bytes]:
    """Take the file apart: what was signed, byte for byte, and its signature.

    The file is one JSON object: `release`, itself JSON in a string, and `signature`, Ed25519 in base64.

    Raises:
        ValueError: It is no such file.
    """
    try:
        outer: Any = json.loads(data)
        return str(outer["release"]).encode(), base64.b64decode(outer["signature"], validate=True)
    except (KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise ValueError("This is no signed word of a release.") from error


def read_release(signed: bytes) -> Release:
    """Read what was signed.

    Raises:
        ValueError: It names no version, or a page that is not https.
    """
    try:
        found: Any = json.loads(signed)
        release = Release(str(found["version"]), str(found["notes"])[:MOST_NOTES], str(found["page"]))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("This is no word of a release.") from error
    if not _VERSION.match(release.version) or not release.page.startswith("https://"):
        raise ValueError("This is no word of a release.")
    return release


def is_newer(version: str, than: str) -> bool:
    """Say whether one version comes after another; what is no version of ours comes after none."""
    one, other = _order(version), _order(than)
    return one is not None and other is not None and one > other


def _order(version: str) -> tuple[int, int, int, str, int] | None:
    found = _VERSION.match(version)
    if found is None:
        return None
    major, minor, patch, kind, number = found.groups()
    # `a`, `b` and `rc` come in the order of the alphabet, and before the version itself.
    return int(major), int(minor), int(patch), kind or "~", int(number or 0)
