"""Files that are replaced as a whole: written beside it, flushed to the disk, renamed.

A crash at any moment leaves either the old file or the new one. What was written beside it carries the number
of its program in its name and is locked while it is written, so that the next program can sweep away what a
killed one left behind, and nothing else.
"""

import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from writetex_desktop.adapters.ordinary_file import ordinary_file

_OWNED = re.compile(r"\.writetex-(\d+)-[a-z0-9_]+\.tmp")
_FORMER = re.compile(r"\.(.+)\.[a-z0-9_]{8}")
"""How temporary files of earlier versions were called, after the file that they were for."""

_FORMER_AGE_S = 60.0
"""After which one of those is nobody's: it took milliseconds to write one."""


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
    with replacement(path) as file:
        file.writelines((data,) if isinstance(data, bytes) else data)


@contextmanager
def replacement(path: Path, *, private: bool = True) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of another when the block ends well.

    Args:
        path: The file to be replaced, no link; its folder is there.
        private: Whether only its owner may read it; it may be read by those who might read the old one, or
            any new one, otherwise.

    Raises:
        OSError: It could not be written; what was there before is whole.
    """
    # The name of the file itself would be too long beside ours where it is as long as can be.
    temporary = path.with_name(f".writetex-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(temporary, flags, 0o600 if private else 0o666)
    try:
        if not private and path.exists():
            with suppress(OSError):
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # a file system without locks; the number in the name has to do
                _lock(file)
            yield file
            file.flush()
            os.fsync(file.fileno())
            if sys.platform != "win32":
                temporary.replace(path)
        if sys.platform == "win32":  # an open file cannot be renamed there
            temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def free_name(path: Path) -> Path:
    """Give a name beside a file that is not taken, for one that cannot be used and is moved aside."""
    number = 1
    while (place := path.with_name(f"{path.stem}.unusable-{number}{path.suffix}")).exists():
        number += 1
    return place


def sweep(folder: Path, *names: str) -> None:
    """Delete what killed programs left half-written in a folder; others' work in progress is left alone.

    Args:
        folder: Where to look; it need not be there.
        names: Files whose copies of earlier versions, which bore no number, are looked for as well.
    """
    try:
        found = [each for each in folder.iterdir() if each.name.startswith(".")]
    except OSError:
        return
    for each in found:
        with suppress(OSError):
            if _is_left_behind(each, names):
                each.unlink()


def _is_left_behind(place: Path, names: tuple[str, ...]) -> bool:
    owned = _OWNED.fullmatch(place.name)
    if owned is None:
        former = _FORMER.fullmatch(place.name)
        return (
            former is not None
            and former[1] in names
            and place.is_file()
            and time.time() - place.stat().st_mtime > _FORMER_AGE_S
        )
    if int(owned[1]) == os.getpid() or _lives(int(owned[1])):
        return False
    with ordinary_file(place) as file:
        _lock(file)  # a number of another container says nothing here; the lock does
    return True


def _lock(file: IO[bytes]) -> None:
    """Lock a file until it is closed; on Windows nobody can rename or delete an open one anyway.

    Raises:
        OSError: Another program has it.
    """
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lives(number: int) -> bool:
    if os.name == "nt":  # asking a process there may end it; the open file says enough
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
