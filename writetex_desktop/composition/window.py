"""The program with the window: first its doors, then, once they are open, the desk they lead to."""

import asyncio
import importlib
import logging
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtDBus import QDBusConnection

from writetex_desktop.composition.doors import Doors
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.notice import Notice
from writetex_desktop.native.ending import EndSignals, end_within
from writetex_desktop.native.heap import tame_heap
from writetex_desktop.native.instance.client import instance_address
from writetex_desktop.native.instance.protocol import Reply, Request, Verb
from writetex_desktop.native.instance.server import Claim, InstanceServer, forward_or_claim
from writetex_desktop.native.session import Session, read_session
from writetex_desktop.services.disuse import DISUSE_S
from writetex_desktop.services.first_use import FirstUse
from writetex_desktop.ui.toolkit import application as qt_app

if TYPE_CHECKING:
    from writetex_desktop.composition.desk import Desk

READY_AFTER_S = 0.2
"""Nothing is loaded ahead before what the user waits for, a window or the overlay, has been painted."""

_BUS = "DBUS_SESSION_BUS_ADDRESS"

_log = logging.getLogger(__name__)

ENDED_LATE = 1
"""Exit status of a program whose clean-up was cut short."""


def run_window(
    files: Sequence[str], *, hidden: bool, snip: Request | None, offline: bool, language: str = ""
) -> int:
    """Run until the user quits.

    Args:
        files: Absolute paths of pictures to read at once.
        hidden: Whether the window stays closed, where there is a tray.
        snip: The snip to begin with as soon as everything is up, if any.
        offline: Whether no connection is opened, whatever the settings say.
        language: Code of the language of this run; empty for what the settings say.

    Returns:
        The exit status.
    """
    signals = EndSignals()
    claimed = forward_or_claim(snip or Request(Verb.SHOW), instance_address())
    if isinstance(claimed, Reply):  # another program came up between the question of the caller and now
        return 0 if claimed.ok else 1
    tame_heap()
    session = read_session(os.environ, sys.platform)
    app = _application(session)

    async def program() -> int:
        whole = _Program(app, session, claimed, signals, offline=offline, language=language)
        return await whole.run(files, hidden=hidden, snip=snip)

    return qt_app.run(app, program)


def _application(session: Session) -> qt_app.QtApp:
    """Make the application; without the session bus where something hangs there that Qt would wait for.

    There is no icon in a panel then, and what the desktop prefers is not known. Portals are asked later, and
    in a way of our own.
    """
    address = os.environ.get(_BUS, "")
    if session.platform != "linux" or not _is_silent(address):
        return qt_app.QtApp(sys.argv[:1])
    _log.warning("The panel or a portal of the desktop does not answer; the program starts without them.")
    os.environ[_BUS] = "disabled:"
    try:
        app = qt_app.QtApp(sys.argv[:1])
        QDBusConnection.sessionBus()  # Qt tries it once, and never again
    finally:
        os.environ[_BUS] = address
    return app


def _is_silent(address: str) -> bool:
    if sys.platform == "win32":
        return False
    else:  # noqa: RET505 - mypy reads one branch on each system
        from writetex_desktop.native.bus_probe import has_silent_service  # noqa: PLC0415 - no Windows

        return has_silent_service(address)


class _Program:
    """Everything that lives from start to end."""

    def __init__(
        self,
        app: qt_app.QtApp,
        session: Session,
        claimed: Claim,
        signals: EndSignals,
        *,
        offline: bool,
        language: str = "",
    ) -> None:
        self._loaded_at = -math.inf
        self._desk = FirstUse(self._make_desk)
        self._doors = Doors(app, session, self._desk, self._in_use, offline=offline, language=language)
        self._server = InstanceServer(claimed, self._obey)
        signals.tell(self._doors.presenter.quit)

    async def run(self, files: Sequence[str], *, hidden: bool, snip: Request | None) -> int:
        """Run until quitting is asked for, then clean up."""
        doors = self._doors
        try:
            doors.presenter.start(hidden=hidden or doors.settings.settings.value.start_hidden)
            await self._server.start()
            doors.tasks.spawn(self._get_ready(), name="get ready")
            if files:
                self._desk().presenter.open_files(tuple(Path(file) for file in files))
            if snip is not None:
                self._begin_with(snip)
            await doors.presenter.quit_asked.wait()
        finally:
            end_within(ENDED_LATE)
            await self._end()
        return 0

    def _make_desk(self) -> "Desk":
        # A third of a second that the hotkey does not wait for.
        from writetex_desktop.composition.desk import Desk  # noqa: PLC0415

        return Desk(self._doors)

    def _begin_with(self, snip: Request) -> None:
        try:
            self._obey(snip)
        except WriteTexError as error:
            self._doors.notifier.notify(Notice.of(error))

    def _obey(self, request: Request) -> str | None:
        """Do what a second start asks for; gives what it shall be told, if anything."""
        match request.verb:
            case Verb.SNIP if request.form:
                wish = {"format": request.form, "profile": request.profile, "repeat": request.repeat}
                return self._desk().asked.begin({**wish, "delay_s": request.delay_s})
            case Verb.FETCH:
                return self._desk().asked.fetch(request.ticket)
            case Verb.SNIP:
                self._doors.snips.snip_for(
                    request.profile, repeat=request.repeat, delay_s=request.delay_s, mode=request.mode
                )
            case Verb.WRITE:
                self._desk().write_by_hand()
            case Verb.OPEN:
                self._desk().presenter.open_files(tuple(Path(file) for file in request.files))
            case Verb.PASTE:
                self._desk().presenter.paste()
            case Verb.SETTINGS:
                self._desk().presenter.open_settings()
            case Verb.QUIT:
                self._doors.presenter.quit()
            case Verb.SHOW | Verb.PING:
                self._desk().show_window()
        return None

    async def _get_ready(self) -> None:
        """Make the first use of everything quick, in the order in which it is likely to be wanted."""
        await asyncio.sleep(READY_AFTER_S)
        await self._doors.warm()
        await self._load_desk()
        self._desk().follow()

    async def _load_desk(self) -> None:
        """Load the desk beside the hotkey: what takes long is done in a thread."""
        await asyncio.to_thread(importlib.import_module, "writetex_desktop.composition.desk")
        self._desk()

    def _in_use(self) -> None:
        """Load the engines at the first sign that somebody will want them.

        They take 60 MB and a second: too much for a program that waits in the tray since the login, and too
        slow for the moment in which the box is drawn. They are let go again when nobody has wanted them for
        a while, and loaded again at the next sign.
        """
        now = self._doors.clock.monotonic()
        if now - self._loaded_at >= DISUSE_S:
            self._loaded_at = now
            self._doors.tasks.spawn(self._load_engines(), name="load engines")

    async def _load_engines(self) -> None:
        await asyncio.sleep(READY_AFTER_S)
        await self._load_desk()
        await self._desk().load_engines()

    async def _end(self) -> None:
        desk = self._desk.made
        if desk is not None:
            await desk.finish()
        await self._doors.tasks.cancel_all()
        await self._doors.leave_clipboard()
        if desk is not None:
            await desk.aclose()
        await self._server.close()
        await self._doors.aclose()
