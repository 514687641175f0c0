"""`writetex`, `writetex window` and `writetex snip`: the window, and what speaks to it."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from writetex_desktop.cli.output import OK, say, stop
from writetex_desktop.core.language.words import tr

if TYPE_CHECKING:
    from writetex_desktop.native.instance.protocol import Request


def open_window(
    names: Sequence[str],
    *,
    hidden: bool,
    snip: bool,
    offline: bool,
    profile: str = "",
    mode: str = "",
    language: str = "",
) -> int:
    """Open the window, or bring the one to the front that is there already.

    Args:
        names: Picture files to recognise.
        hidden: Whether to start in the tray.
        snip: Whether to snip as soon as the program is up.
        offline: Whether to open no connection, whatever the settings say.
        profile: The saved endpoint that reads what is snipped; empty for the active one.
        mode: What is snipped; empty for the mode in force.
        language: Code of the language of this run; empty for what the settings say.
    """
    from pathlib import Path

    from writetex_desktop.native.instance.protocol import Request, Verb

    files = tuple(str(Path(file).absolute()) for file in names)
    if offline:
        request = Request(Verb.PING)
    elif snip:
        request = Request(Verb.SNIP, profile=profile, mode=mode)
    elif files:
        request = Request(Verb.OPEN, files=files)
    else:
        request = Request(Verb.PING if hidden else Verb.SHOW)
    status = _ask_running(request)
    if status is not None:
        return (
            status
            if not offline
            else stop(tr("WriteTex runs already."), tr("Switch on Stay offline in its window."))
        )
    first = Request(Verb.SNIP, profile=profile, mode=mode) if snip else None
    return _run(files, hidden=hidden, first=first, offline=offline, language=language)


def _run(
    files: Sequence[str], *, hidden: bool, first: "Request | None", offline: bool, language: str = ""
) -> int:
    """Be the program, from start to end."""
    obstacle = _obstacle()
    if obstacle:
        return stop(*obstacle)
    try:
        from writetex_desktop.native.qt_core import load_qt_core

        load_qt_core()
        from writetex_desktop.composition.window import run_window
    except ImportError as error:
        return _explain_import(error)
    from writetex_desktop.core.errors import WriteTexError

    try:
        return run_window(files, hidden=hidden, snip=first, offline=offline, language=language)
    except WriteTexError as error:
        return stop(error.message, error.remedy.text)


def snip(delay_s: float, *, repeat: bool = False, profile: str = "", mode: str = "") -> int:
    """Snip with the program that runs; start it if none does.

    Args:
        delay_s: Seconds to wait before.
        repeat: Whether the last region is taken again.
        profile: The saved endpoint that reads the picture; empty for the active one.
        mode: What the picture holds; empty for the mode in force.
    """
    from writetex_desktop.native.instance.protocol import Request, Verb

    status = _ask_running(Request(Verb.SNIP, delay_s, repeat=repeat, profile=profile, mode=mode))
    if status is not None:
        return status
    obstacle = _obstacle()
    if obstacle:
        return stop(*obstacle)
    import subprocess

    from writetex_desktop.core.inheritance import own_words

    program = own_words(sys.executable, frozen=getattr(sys, "frozen", False))
    if sys.platform == "win32":  # else it would end with the console it was started from
        apart = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        apart = 0
    say(tr("WriteTex was not running; it is starting, and snips when it is up."))
    subprocess.Popen(  # noqa: S603 - this very program, and no shell that would read the name
        [*program, "window", "--hidden", "--snip", "--profile", profile, *(["--mode", mode] if mode else [])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=apart,
    )
    return OK


def write() -> int:
    """Show the small window of the pad with the program that runs; start it if none does."""
    from writetex_desktop.native.instance.protocol import Request, Verb

    status = _ask_running(Request(Verb.WRITE))
    return status if status is not None else _run((), hidden=True, first=Request(Verb.WRITE), offline=False)


def _ask_running(request: "Request") -> int | None:
    """Hand a wish to the program that runs; None when none runs."""
    from writetex_desktop.native.instance.client import forward, instance_address

    reply = forward(request, instance_address())
    if reply is None:
        return None
    return OK if reply.ok else stop(reply.message, reply.remedy)


def _obstacle() -> tuple[str, str] | None:
    """Say what would end the process when Qt starts: Qt itself would abort without a word that helps."""
    from writetex_desktop.native.preflight import find_obstacle

    found = find_obstacle(os.environ, sys.platform, frozen=getattr(sys, "frozen", False))
    return (found.reason, found.remedy) if found else None


def _explain_import(error: ImportError) -> int:
    from writetex_desktop.native.preflight import find_missing_libraries

    missing = find_missing_libraries(os.environ)
    if missing is None:
        raise error
    return stop(missing.reason, missing.remedy)
