"""The program with the window."""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from writetex_desktop.adapters.export_file import export_file
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.history_file import default_path as default_history_path
from writetex_desktop.adapters.mathjax_renderer import MathJaxRenderer
from writetex_desktop.adapters.resource_files import resource_dir
from writetex_desktop.adapters.sign_shapes import SignShapes
from writetex_desktop.adapters.sqlite_history import SqliteHistory
from writetex_desktop.composition.backends import make_paster, make_screen_grabber, window_lifter
from writetex_desktop.composition.batch_page import make_batch_page
from writetex_desktop.composition.clipboard import copy_diagnostics, leave_clipboard, make_clipboard
from writetex_desktop.composition.desktop import make_autostart
from writetex_desktop.composition.endpoint_world import endpoint_world, open_page
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.hotkeys import Hotkeys
from writetex_desktop.composition.parts import (
    SAMPLE,
    Parts,
    build_parts,
    read_file,
    read_text,
)
from writetex_desktop.composition.quiet import log_only, quietly
from writetex_desktop.composition.screen_access import screen_access
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.snip_wish import SnipWish
from writetex_desktop.native import macos_access
from writetex_desktop.native.color_scheme_portal import ColorSchemePortal
from writetex_desktop.native.instance_client import instance_address
from writetex_desktop.native.instance_protocol import Reply, Request, Verb
from writetex_desktop.native.instance_server import Claim, InstanceServer, forward_or_claim
from writetex_desktop.native.qt_screens import watch_screens
from writetex_desktop.native.session import Session, read_session
from writetex_desktop.ports import FormulaRenderer, ScreenGrabber
from writetex_desktop.services.copying import Copying
from writetex_desktop.services.history_service import HistoryService
from writetex_desktop.services.jobs import Jobs
from writetex_desktop.services.paste_back import PasteBack
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.services.visual_check import VisualCheck
from writetex_desktop.ui import qt_app
from writetex_desktop.ui.actions import Actions
from writetex_desktop.ui.garbage import MainThreadGarbage
from writetex_desktop.ui.help_window import HelpDesk
from writetex_desktop.ui.history_presenter import HistoryPresenter, HistoryWorld
from writetex_desktop.ui.job_presenter import JobPresenter
from writetex_desktop.ui.main_window import MainWindow
from writetex_desktop.ui.notifier import BarNotifier
from writetex_desktop.ui.popup import SnipPopup
from writetex_desktop.ui.presenter import Presenter, Views, World
from writetex_desktop.ui.screen_access_presenter import ScreenAccessPresenter
from writetex_desktop.ui.settings_presenter import SettingsPresenter
from writetex_desktop.ui.snipper import Snipper
from writetex_desktop.ui.theme import ThemeKeeper
from writetex_desktop.ui.tray import Tray

READY_AFTER_S = 0.2
"""Nothing is loaded ahead before what the user waits for, a window or the overlay, has been painted."""


def run_window(files: Sequence[str], *, hidden: bool, snip: Request | None, offline: bool) -> int:
    """Run until the user quits.

    Args:
        files: Absolute paths of pictures to read at once.
        hidden: Whether the window stays closed, where there is a tray.
        snip: The snip to begin with as soon as everything is up, if any.
        offline: Whether no connection is opened, whatever the settings say.

    Returns:
        The exit status.
    """
    claimed = forward_or_claim(snip or Request(Verb.SHOW), instance_address())
    if isinstance(claimed, Reply):  # another program came up between the question of the caller and now
        return 0 if claimed.ok else 1
    app = qt_app.QtApp(sys.argv[:1])
    session = read_session(os.environ, sys.platform)
    return qt_app.run(
        app, lambda: _Program(app, session, claimed, offline=offline).run(files, hidden=hidden, snip=snip)
    )


class _Program:
    """Everything that lives from start to end, in the order in which it is made."""

    def __init__(self, app: qt_app.QtApp, session: Session, claimed: Claim, *, offline: bool) -> None:
        self._session = session
        self._garbage = MainThreadGarbage(app)
        self._engines_wanted = False
        actions = Actions(app)
        self._window = MainWindow(actions)
        self._tray = Tray(actions, app)
        self._notifier = BarNotifier(self._window, self._tray)
        self._tasks = Tasks(self._notifier)
        self._parts: Parts = build_parts(self._notifier.notify, self._tasks, offline=offline)
        self._renderer: FormulaRenderer = MathJaxRenderer(
            resource_dir(), definitions=self._parts.reading.definitions
        )
        self._grabber: ScreenGrabber = make_screen_grabber(session, self._notifier.notify)
        self._clipboard = make_clipboard(session)
        self._hotkeys = Hotkeys(
            session,
            settings=self._parts.settings,
            on_press=self._snip,
            notifier=self._notifier,
            tasks=self._tasks,
            clipboard=self._clipboard,
        )
        self._clipboard.can_restore.subscribe(actions.restore_clipboard.setEnabled)
        self._views = Views(
            window=self._window,
            popup=SnipPopup(),
            tray=self._tray,
            actions=actions,
            theme=ThemeKeeper(app),
            snipper=Snipper(window_lifter(session)),
        )
        self._presenter = self._present()
        self._help = HelpDesk(actions, open_page, partial(copy_diagnostics, self._clipboard), self._tasks)
        self._server = InstanceServer(claimed, self._obey)
        app.quit_asked.connect(self._presenter.quit)
        watch_screens(app, self._screens_changed)
        self._color_scheme = ColorSchemePortal()
        self._color_scheme.changed.connect(self._views.theme.set_desktop_scheme)

    async def run(self, files: Sequence[str], *, hidden: bool, snip: Request | None) -> int:
        """Run until quitting is asked for, then clean up."""
        try:
            self._screen_access.start()
            self._presenter.start(hidden=hidden or self._parts.settings.settings.value.start_hidden)
            await self._server.start()
            self._tasks.spawn(self._get_ready(), name="get ready")
            if files:
                self._presenter.open_files(tuple(Path(file) for file in files))
            if snip is not None:
                self._begin_with(snip)
            await self._presenter.quit_asked.wait()
        finally:
            await self._end()
        return 0

    def _present(self) -> Presenter:
        parts, views = self._parts, self._views
        jobs = Jobs(parts.codec, parts.reading.recognise, parts.clock, self._tasks, parts.engines.draft)
        jobs.jobs.subscribe(self._garbage.soon)
        history = self._history = HistoryService(
            store=SqliteHistory(default_history_path()),
            codec=parts.codec,
            jobs=jobs,
            settings=parts.settings,
            clock=parts.clock,
            now=lambda: datetime.now(UTC),
            export_file=export_file,
            notifier=self._notifier,
            tasks=self._tasks,
        )
        paste_back = PasteBack(make_paster(self._session), parts.settings.settings)
        shown = JobPresenter(
            window=views.window,
            popup=views.popup,
            tray=views.tray,
            jobs=jobs,
            settings=parts.settings,
            copying=Copying(self._clipboard, make_exports(self._renderer), parts.settings.settings),
            paste_back=paste_back,
            renderer=self._renderer,
            visual_check=VisualCheck(
                self._renderer,
                to_bitmap,
                parts.codec.read_ink,
                SignShapes(resource_dir() / "signs" / "signs.npz"),
            ),
            notifier=self._notifier,
            tasks=self._tasks,
        )
        HistoryPresenter(
            window=views.window,
            actions=views.actions,
            history=history,
            jobs=jobs,
            settings=parts.settings,
            world=HistoryWorld(copy=shown.copy_markup, read_text=read_text),
            notifier=self._notifier,
            tasks=self._tasks,
        )
        preferences = SettingsPresenter(
            window=views.window,
            settings=parts.settings,
            hotkeys=self._hotkeys.presenter,
            autostart=make_autostart(sys.platform),
            catalogue=parts.catalogue,
            world=endpoint_world(parts, self._clipboard),
            expenses=parts.spending.this_month,
            private=history.private,
            reading=parts.reading,
            notifier=self._notifier,
            tasks=self._tasks,
        )
        batch = self._batch = make_batch_page(
            views,
            parts,
            jobs,
            keep=history.keep,
            copy=self._clipboard.copy,
            renderer=self._renderer,
            notifier=self._notifier,
            tasks=self._tasks,
        )
        self._screen_access = ScreenAccessPresenter(
            window=views.window,
            settings=parts.settings.settings,
            edit=preferences.edit,
            access=screen_access(self._session, self._grabber),
            tasks=self._tasks,
        )
        world = World(
            grabber=self._grabber,
            codec=parts.codec,
            clock=parts.clock,
            read_file=read_file,
            sample=resource_dir() / "samples" / SAMPLE,
            in_use=self._in_use,
            spend_on=parts.spending.allow,
            paste_back=paste_back,
            open_screen_permission=lambda: open_page(macos_access.SETTINGS_URL),
        )
        return Presenter(
            views=views,
            world=world,
            jobs=jobs,
            shown=shown,
            preferences=preferences,
            hotkeys=self._hotkeys.presenter,
            batch=batch,
            settings=parts.settings,
            notifier=self._notifier,
            tasks=self._tasks,
        )

    def _snip(self, wish: SnipWish) -> None:
        self._presenter.snips.snip(wish)

    def _begin_with(self, snip: Request) -> None:
        try:
            self._obey(snip)
        except WriteTexError as error:
            self._notifier.notify(Notice.of(error))

    def _obey(self, request: Request) -> None:
        """Do what a second start asks for."""
        match request.verb:
            case Verb.SNIP:
                self._presenter.snips.snip_for(
                    request.profile, repeat=request.repeat, delay_s=request.delay_s
                )
            case Verb.OPEN:
                self._presenter.open_files(tuple(Path(file) for file in request.files))
            case Verb.PASTE:
                self._presenter.paste()
            case Verb.SETTINGS:
                self._presenter.open_settings()
            case Verb.QUIT:
                self._presenter.quit()
            case Verb.SHOW | Verb.PING:
                self._presenter.show_window()

    def _screens_changed(self) -> None:
        self._grabber.screens_changed()
        self._tasks.spawn(self._grabber.warm(), name="warm grabber", on_error=log_only)

    async def _get_ready(self) -> None:
        """Make the hotkey quick: what the overlay needs is small and is done at once."""
        await asyncio.sleep(READY_AFTER_S)
        if self._session.platform == "linux":
            self._color_scheme.start()
        self._hotkeys.watch()
        self._views.snipper.warm()
        try:
            await self._grabber.warm()
        except WriteTexError as error:
            log_only(error)
        self._tasks.spawn(self._batch.provider.follow(), name="follow batch services")

    def _in_use(self) -> None:
        """Load the engines at the first sign that somebody will want them.

        They take 60 MB and a second: too much for a program that waits in the tray since the login, and too
        slow for the moment in which the box is drawn.
        """
        if not self._engines_wanted:
            self._engines_wanted = True
            self._tasks.spawn(self._load_engines(), name="load engines")

    async def _load_engines(self) -> None:
        await asyncio.sleep(READY_AFTER_S)
        try:
            if self._parts.settings.is_configured() and not self._parts.settings.offline.value:
                recognizer = await self._parts.engines.connected()
                await recognizer.warm()
            elif self._parts.offline is not None:
                await self._parts.offline.warm()
            await self._renderer.warm()
            await self._history.start()
            if self._parts.engines.drafts and self._parts.offline is not None:
                await self._parts.offline.warm()
        except WriteTexError as error:
            log_only(error)

    async def _end(self) -> None:
        await quietly(self._history.finish())
        await self._parts.spending.aclose()  # before its tasks are cancelled
        await self._tasks.cancel_all()
        await quietly(self._history.aclose())
        self._hotkeys.close()
        await self._server.close()
        await self._parts.engines.aclose()
        await self._batch.provider.aclose()
        self._renderer.close()
        self._grabber.close()
        await leave_clipboard(self._session)
        self._views.snipper.close()
        self._views.tray.close()
        self._views.popup.close()
        self._help.close()
        self._window.hide()
