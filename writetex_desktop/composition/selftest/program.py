"""The order of the selftest: what needs no window first, then, where Qt can come up, the windows."""

import asyncio
import os
import sys
from functools import partial

from writetex_desktop.composition.selftest import engines, reading
from writetex_desktop.composition.selftest.report import Check, Outcome, checked
from writetex_desktop.native.preflight import find_missing_libraries, find_obstacle
from writetex_desktop.native.session import read_session

ON_SCREEN = ("window", "snip", "clipboard")
"""The checks that need a screen."""


def run_selftest() -> tuple[Check, ...]:
    """Try everything; gives what was seen, in the order in which it was tried."""
    obstacle = find_obstacle(os.environ, sys.platform, frozen=getattr(sys, "frozen", False))
    if obstacle is not None:
        return _shut_out(f"{obstacle.reason} {obstacle.remedy}")
    try:
        return _with_windows()
    except ImportError as error:
        missing = find_missing_libraries(os.environ) if sys.platform == "linux" else None
        why = f"{missing.reason} {missing.remedy}" if missing else f"Qt cannot be loaded: {error}"
        return _shut_out(why)


def _shut_out(why: str) -> tuple[Check, ...]:
    shut = [Check(name, Outcome.FAILED, 0.0, why) for name in ON_SCREEN]
    return (*asyncio.run(_without_windows()), *shut)


async def _without_windows() -> list[Check]:
    return [
        await checked("libraries", engines.libraries),
        await checked("resources", engines.resources),
        await checked("certificates", engines.certificates),
        await checked("offline", reading.formula),
        await checked("page", reading.page),
        await checked("ink", reading.ink),
        await checked("render", engines.rendering),
        await checked("speech", engines.speech),
        await checked("compute", engines.computing),
        await checked("keys", engines.key_store),
        await checked("history", engines.history),
    ]


def _with_windows() -> tuple[Check, ...]:
    from writetex_desktop.composition.selftest import screen  # noqa: PLC0415 - needs Qt, which may be missing
    from writetex_desktop.ui.toolkit import application  # noqa: PLC0415 - as above

    session = read_session(os.environ, sys.platform)
    app = application.QtApp(sys.argv[:1])
    found: list[Check] = []

    async def program() -> int:
        found.extend(await _without_windows())
        found.append(await checked("window", screen.window))
        found.append(await checked("snip", partial(screen.snip, session)))
        found.append(await checked("clipboard", partial(screen.clipboard, session)))
        return 0

    application.run(app, program)
    return tuple(found)
