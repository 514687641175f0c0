"""Where the program's log goes, and what never gets into it.

Every line passes `Redaction` on its way out, so that no caller has to remember it: lines of the HTTP
libraries below a warning and lines that speak of an authorisation header are dropped, known keys, URL
queries and pictures are blotted out, and tracebacks come without the values of variables.
"""

import contextlib
import errno
import logging
import os
import sys
import textwrap
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

import platformdirs

from writetex_desktop.core.redaction import redact
from writetex_desktop.core.secret import Secret

MAX_BYTES = 512 * 1024
"""Size of the log file; one older file of that size is kept beside it."""

TALKATIVE = ("httpx", "httpx2", "httpcore", "httpcore2", "openai", "keyring", "PIL", "asyncio", "qasync")
"""Loggers that say at DEBUG and INFO what must not be kept: URLs, headers, bodies."""

TELLING = (AttributeError, ImportError, NameError, TypeError)
"""Errors whose message speaks of code and not of data."""

MAX_FRAMES = 20

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class Redaction(logging.Formatter):
    """Formats log records and takes out of the whole line, traceback included, what must not be seen."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)
        self._secrets: frozenset[Secret] = frozenset()

    def hide(self, secret: Secret) -> None:
        """Blot a key out of every line from now on; may be called from any thread."""
        self._secrets |= {secret}

    def format(self, record: logging.LogRecord) -> str:
        """Give the redacted line, with the traceback as `format_error` tells it."""
        # Another formatter may have left its own traceback in the record, so both fields are emptied.
        plain = logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None})
        text = super().format(plain)
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text}\n{format_error(record.exc_info[1])}"
        return self.clean(text)

    def clean(self, text: str) -> str:
        """Give any text without what must not be seen."""
        return redact(text, [secret.reveal() for secret in self._secrets])


class _Discretion(logging.Filter):
    """Drops what no blotting makes fit to be kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Give whether the record may pass."""
        if record.name.partition(".")[0] in TALKATIVE and record.levelno < logging.WARNING:
            return False
        return "authorization" not in record.getMessage().lower()


def log_path() -> Path:
    """Give the log file's place on this system."""
    return platformdirs.user_log_path("writetex-desktop", appauthor=False) / "writetex.log"


def keep_libraries_quiet() -> None:
    """Let no library write to standard error, for a program that keeps no log."""
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


def set_up_logging(*, level: int, path: Path | None, stream: TextIO | None = None) -> Redaction:
    """Send the log to a file and, above its level, to standard error.

    Args:
        level: Of what goes to standard error, such as `logging.WARNING`; the file holds INFO and above, or
            DEBUG when that is asked for here.
        path: The file, see `log_path`; None for none. Nothing is kept where it cannot be written.
        stream: In place of standard error.

    Returns:
        The redaction; `hide` each key as it becomes known.
    """
    # A record that cannot be written, as on a full disk, would be shouted to standard error with its raw
    # arguments; and a library's warning would go there past the redaction.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    redaction = Redaction()
    discretion = _Discretion()
    root = logging.getLogger()
    for old in (each for each in root.handlers[:] if isinstance(each.formatter, Redaction)):
        root.removeHandler(old)
        old.close()
    handlers: list[logging.Handler] = []
    target = stream or sys.stderr
    if target is not None:  # pythonw on Windows has no standard error
        terminal = logging.StreamHandler(target)
        terminal.setLevel(level)
        handlers.append(terminal)
    if path is not None:
        with contextlib.suppress(OSError):
            handlers.append(_file_handler(path, min(level, logging.INFO)))
    for handler in handlers:
        handler.setFormatter(redaction)
        handler.addFilter(discretion)
        root.addHandler(handler)
    root.setLevel(min((handler.level for handler in handlers), default=logging.WARNING))
    return redaction


def _file_handler(path: Path, level: int) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_fifo() or path.is_socket():  # opening one would wait for who reads it
        raise OSError(errno.EINVAL, "no ordinary file")
    handler = _PrivateFile(
        path, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace", delay=False
    )
    handler.setLevel(level)
    return handler


class _PrivateFile(RotatingFileHandler):
    """A log that only its owner reads, also when it has just begun anew."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        with contextlib.suppress(OSError):
            Path(self.baseFilename).chmod(0o600)
        return stream


def format_error(error: BaseException) -> str:
    """Give a traceback that tells places and kinds of errors, oldest first.

    Messages repeat what a function was given (a URL, a file name, an answer), so they are told only for
    errors that speak of code.
    """
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in chain:
        chain.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\nled to\n".join(_format_one(link) for link in reversed(chain))


def _format_one(error: BaseException) -> str:
    lines = [
        f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-MAX_FRAMES)
    ]
    told = f": {error}" if isinstance(error, TELLING) else ""
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}{told}")
    if isinstance(error, BaseExceptionGroup):
        lines += ["  of\n" + textwrap.indent(format_error(part), "  ") for part in error.exceptions]
    return "\n".join(lines)


def _short(file: str) -> str:
    """Give a source file's place from its package on, without where it is installed."""
    parts = Path(file).parts
    for anchor in ("site-packages", "writetex_desktop"):
        if anchor in parts:
            at = len(parts) - 1 - parts[::-1].index(anchor)
            return os.path.join(*parts[at + (anchor == "site-packages") :])  # noqa: PTH118 - text, not a place
    return os.path.join(*parts[-2:])  # noqa: PTH118 - text, not a place
