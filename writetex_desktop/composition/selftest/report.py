"""What the selftest found, as values and as the object that it prints."""

import importlib.metadata
import platform
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from writetex_desktop import __version__
from writetex_desktop.core.errors import WriteTexError

VERSIONED: Final = ("PySide6-Essentials", "onnxruntime", "openai", "pillow")


class Outcome(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    """This machine or this package does not have it, and that is no fault."""


class AbsentError(Exception):
    """What is to be checked is not there, and need not be; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried.

    Attributes:
        name: What it is called; scripts know it.
        outcome: How it ended.
        seconds: How long it took.
        detail: What was seen, or what went wrong.
    """

    name: str
    outcome: Outcome
    seconds: float
    detail: str


async def checked(name: str, check: Callable[[], Awaitable[str]]) -> Check:
    """Try one thing; whatever it raises is a line of the report, and the others are tried all the same.

    Args:
        name: What it is called.
        check: Tries it and says what was seen; raises whatever it wants.
    """
    started = time.perf_counter()
    try:
        outcome, detail = Outcome.PASSED, await check()
    except AbsentError as absent:
        outcome, detail = Outcome.SKIPPED, str(absent)
    except WriteTexError as error:
        outcome, detail = Outcome.FAILED, f"{error.message} {error.remedy.text}".strip()
    except Exception as fault:  # noqa: BLE001 - a package that is not whole fails in any way there is
        outcome, detail = Outcome.FAILED, f"{type(fault).__name__}: {fault}"
    return Check(name, outcome, round(time.perf_counter() - started, 3), detail)


def as_record(checks: Sequence[Check]) -> dict[str, object]:
    """Give the report as the object that is printed as JSON."""
    return {
        "program": "writetex-desktop",
        "version": __version__,
        "passed": all(each.outcome is not Outcome.FAILED for each in checks),
        "bundled": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "system": platform.platform(),
        "libraries": {name: _version(name) for name in VERSIONED},
        "checks": {
            each.name: {"outcome": each.outcome.value, "seconds": each.seconds, "detail": each.detail}
            for each in checks
        },
    }


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
