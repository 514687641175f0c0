"""Files that ship with the program are the ones that were built for it.

A graph of a network is a program: a damaged one answers nonsense, and a foreign one answers what its maker
wants.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.language.words import tr


def check_files(folder: Path, sums: Mapping[str, str]) -> None:
    """See that every file that has a fingerprint is there and is the right one.

    It takes some 30 ms for all of the recogniser, so call it in a worker thread.

    Args:
        folder: Such as `resources/model`.
        sums: SHA-256 by the name of a file, such as `fingerprints.SUMS["model"]`.

    Raises:
        InternalError: One is missing or is another.
    """
    for name, expected in sums.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise InternalError(
                tr("A file of the built-in recogniser is missing."), tr("Install the program anew.")
            ) from error
        if found != expected:
            raise InternalError(
                tr("A file of the built-in recogniser is not the one that belongs to this program."),
                tr("Install the program anew."),
            )
