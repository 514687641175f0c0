"""Files that are replaced as a whole: written beside it, flushed to the disk, renamed.

A crash at any moment leaves either the old file or the new one.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file anew, all or nothing, readable for its owner only; its folder is made if need be.

    Args:
        path: The file.
        data: What it shall hold, as a whole or in pieces, which may come from the old file itself.

    Raises:
        OSError: It could not be written; what was there before is whole.
    """
    # A link (dotfiles kept elsewhere) stays a link: what it points to is replaced.
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
