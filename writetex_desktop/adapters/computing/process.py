"""Asks SymPy in a child process, which is ended when it takes too long."""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from writetex_desktop.core.computing.task import Answer, Wish
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.inheritance import own_words
from writetex_desktop.core.language.words import tr
from writetex_desktop.services.programs import run_program

ORDER: Final = "compute-apart"
"""The word on our own command line that makes a process of the program the one that computes."""

TIME_S: Final = 15.0
"""What one answer may take; most take two seconds, nearly all of it to load SymPy."""


async def compute(wish: Wish, *, time_s: float = TIME_S) -> Answer:
    """Have one thing computed; to cancel it ends the process.

    Raises:
        ConversionError: SymPy is not installed, took too long, or could not compute it.
    """
    try:
        ended = await run_program(
            *own_words(sys.executable, frozen=getattr(sys, "frozen", False)),
            ORDER,
            environment=os.environ,
            time_s=time_s,
            given=json.dumps(asdict(wish)).encode(),
        )
    except TimeoutError as error:
        raise ConversionError(
            tr("The computation took too long and was stopped."), tr("Take the formula apart.")
        ) from error
    except OSError as error:
        raise _stopped() from error
    return _answer(ended.written)


def _answer(written: bytes) -> Answer:
    told: Any = None
    with suppress(ValueError, RecursionError):
        told = json.loads(written)
    if not isinstance(told, dict):
        raise _stopped()
    if "missing" in told:
        raise ConversionError(
            tr("To compute, WriteTex needs SymPy, which is not installed."),
            tr("Run `pip install writetex-desktop[compute]`."),
        )
    if "problem" in told:
        raise ConversionError(str(told["problem"]), tr("Change the formula, or choose another letter."))
    try:
        points = tuple((float(x), float(y)) for x, y in told.get("points", ()))
    except (TypeError, ValueError, OverflowError) as error:
        raise _stopped() from error
    return Answer(str(told.get("latex", "")), str(told.get("text", "")), points)


def _stopped() -> ConversionError:
    return ConversionError(
        tr("The computation needed too much memory or time and was stopped."), tr("Take the formula apart.")
    )
