"""The window and everything that reads pictures, joined to the doors that lead to it.

It is loaded once the hotkey works, or when a door first leads here; see `composition.doors`.
"""

from datetime import UTC, datetime
from functools import partial

from writetex_desktop.adapters.computing.process import compute
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.export_file import export_file
from writetex_desktop.adapters.storage.history_file import default_path as default_history_path
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.composition.batch_page import make_batch_page
from writetex_desktop.composition.clipboard import ask_for_paste, copy_diagnostics
from writetex_desktop.composition.desktop import make_autostart
from writetex_desktop.composition.doors import Doors
from writetex_desktop.composition.endpoint_world import endpoint_world, open_page
from writetex_desktop.composition.exports import make_exports, make_saver, make_visual_check
from writetex_desktop.composition.ink.pad import make_pad, make_symbols
from writetex_desktop.composition.parts import SAMPLE, build_parts, read_file, read_text
from writetex_desktop.composition.quiet import log_only, quietly
from writetex_desktop.composition.screen_access import screen_access
from writetex_desktop.composition.serving.desk_door import DeskDoor
from writetex_desktop.composition.updating import update_world
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.native.screens import macos_access
from writetex_desktop.native.session import DisplayServer
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.history.history_service import HistoryService
from writetex_desktop.services.output.assumptions import Assumptions
from writetex_desktop.services.output.computing import Computing
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.services.output.paste_back import PasteBack
from writetex_desktop.services.reading.closest_reading import ClosestReading
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.judging import PictureJudge
from writetex_desktop.services.serving.asked_snips import AskedSnips
from writetex_desktop.ui.help.window import HelpDesk
from writetex_desktop.ui.history.presenter import HistoryPresenter, HistoryWorld
from writetex_desktop.ui.overlay.presenter import Snip
from writetex_desktop.ui.result.elsewhere import serve_menu
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.result.presenter import JobPresenter
from writetex_desktop.ui.settings.presenter import SettingsPresenter
from writetex_desktop.ui.shell.document_presenter import DocumentPresenter
from writetex_desktop.ui.shell.first_presenter import FirstPresenter
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.presenter import Presenter, Views, World
from writetex_desktop.ui.shell.screen_access_presenter import ScreenAccessPresenter
from writetex_desktop.ui.shell.update_presenter import UpdatePresenter
from writetex_desktop.ui.toolkit.paste_guard import PasteGuard
from writetex_desktop.ui.toolkit.shortcuts import Shortcuts


class Desk:
    """Everything that the doors lead to, in the order in which it is made.

    Args:
        doors: The doors, and what they share.

    Attributes:
        window: The window.
        presenter: Obeys it.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._parts = build_parts(doors.configuration, doors.notifier.notify, doors.tasks, doors.garbage.soon)
        self._renderer: FormulaRenderer = MathJaxRenderer(
            resource_dir(), definitions=self._parts.reading.definitions
        )
        doors.clipboard.can_restore.subscribe(doors.actions.restore_clipboard.setEnabled)
        self.window = MainWindow(doors.actions)
        self._views = Views(self.window, SnipPopup(), doors.tray, doors.actions)
        self.presenter = self._present()
        self._help = HelpDesk(
            doors.actions, open_page, partial(copy_diagnostics, doors.clipboard), doors.tasks
        )
        doors.notifier.attach(self.window.notices)
        if doors.session.display_server is DisplayServer.X11:
            PasteGuard(doors.app, ask_for_paste, doors.tasks)

    def show_window(self) -> None:
        """Bring the window to the front."""
        self.presenter.show_window()

    def read_snip(self, snip: Snip) -> None:
        """Read what was snipped."""
        self.presenter.read_snip(snip)

    def write_by_hand(self, target: PasteTarget | None = None) -> None:
        """Show the small window of the pad; `target` is where a formula is pasted."""
        self._doors.in_use()
        self._pad.show_own_window(target)

    @property
    def asked(self) -> AskedSnips:
        """Snips that other programs ask for."""
        return self._door.asked

    def follow(self) -> None:
        """Open the door if it is wanted, and follow what was handed to batch services in an earlier run."""
        self._door.keeper.follow()
        self._doors.tasks.spawn(self._batch.provider.follow(), name="follow batch services")

    async def load_engines(self) -> None:
        """Load what reads and draws."""
        parts = self._parts
        try:
            if parts.settings.is_configured() and not parts.settings.offline.value:
                recognizer = await parts.engines.connected()
                await recognizer.warm()
            elif parts.offline is not None:
                await parts.offline.warm()
            await self._renderer.warm()
            await self._history.start()
            if parts.engines.drafts and parts.offline is not None:
                await parts.offline.warm()
        except WriteTexError as error:
            log_only(error)
        self._doors.garbage.soon()  # reading the files takes twice what stays

    async def finish(self) -> None:
        """Keep what is still to be kept, before the tasks are cancelled."""
        await self._pad.finish()
        await quietly(self._history.finish())
        await self._parts.spending.aclose()

    async def aclose(self) -> None:
        """Close every connection and file, and take the windows away."""
        await self._door.aclose()
        await quietly(self._history.aclose())
        await self._parts.engines.aclose()
        await self._batch.provider.aclose()
        self._renderer.close()
        self._views.popup.close()
        self.window.pane.pins.close_all()
        self._help.close()
        self._pad.close()
        self._symbols.close()
        self.window.hide()

    def _present(self) -> Presenter:
        doors, parts, views = self._doors, self._parts, self._views
        notifier, tasks = doors.notifier, doors.tasks
        visual_check = make_visual_check(self._renderer, parts.codec)
        recognise = ClosestReading(parts.reading.recognise, lambda: visual_check).recognise
        jobs = Jobs(parts.codec, recognise, parts.clock, tasks, parts.engines.draft)
        jobs.jobs.subscribe(doors.garbage.soon)
        history = self._history = HistoryService(
            store=SqliteHistory(default_history_path()),
            codec=parts.codec,
            jobs=jobs,
            settings=parts.settings,
            clock=parts.clock,
            now=lambda: datetime.now(UTC),
            export_file=export_file,
            notifier=notifier,
            tasks=tasks,
            judge=PictureJudge(visual_check).judge,
        )
        self._door = DeskDoor(
            parts=parts,
            recognise=recognise,
            secrets=doors.configuration.secrets,
            snips=doors.snips,
            jobs=jobs,
            history=history,
            renderer=self._renderer,
            clipboard=doors.clipboard,
            tasks=tasks,
        )
        paste_back = PasteBack(doors.paster, parts.settings.settings)
        exports = make_exports(self._renderer)
        copying = Copying(doors.clipboard, exports, parts.settings.settings)
        assumptions = Assumptions()
        shown = JobPresenter(
            window=views.window,
            pane=views.window.pane,
            wait=views.window.wait,
            actions=views.actions,
            popup=views.popup,
            show_activity=views.tray.set_state,
            jobs=jobs,
            settings=parts.settings,
            copying=copying,
            exports=exports,
            assumptions=assumptions,
            paste_back=paste_back,
            renderer=self._renderer,
            visual_check=visual_check,
            notifier=notifier,
            tasks=tasks,
        )
        saver = make_saver(self._renderer, parts.reading.definitions, notifier, tasks)
        serve_menu(
            views.window.pane,
            lambda: shown.mode,
            lambda: shown.shown,
            copying=copying,
            saver=saver,
            computing=Computing(exports, compute),
            assumptions=assumptions,
            renderer=self._renderer,
            settings=parts.settings.settings,
            tasks=tasks,
        )
        history.private.subscribe(views.window.set_private)
        symbols = self._symbols = make_symbols(parts, self._renderer, lambda: views.window, tasks)
        views.actions.find_symbol.triggered.connect(lambda: symbols.find(shown.insert))
        pad = self._pad = make_pad(
            parts,
            views.window,
            renderer=self._renderer,
            copying=copying,
            paster=doors.paster,
            keep=history.keep,
            insert=shown.insert,
            symbols=symbols,
            actions=views.actions,
            in_use=doors.in_use,
            do=lambda action: self.presenter.do(action),  # noqa: PLW0108 - it is made below
            tasks=tasks,
        )
        HistoryPresenter(
            window=views.window,
            actions=views.actions,
            history=history,
            jobs=jobs,
            settings=parts.settings,
            world=HistoryWorld(
                copy=shown.copy_markup, read_text=read_text, saver=saver, open_ink=pad.open_ink
            ),
            notifier=notifier,
            tasks=tasks,
        )
        document = DocumentPresenter(
            chip=views.window.document,
            settings=parts.settings.settings,
            edit=doors.editor.edit,
            reading=parts.reading,
            open_settings=lambda: preferences.open_instructions(),  # noqa: PLW0108 - it is made below
            tasks=tasks,
        )
        preferences = SettingsPresenter(
            window=views.window,
            settings=parts.settings,
            editor=doors.editor,
            hotkeys=doors.hotkeys.presenter,
            autostart=make_autostart(doors.session.platform),
            catalogue=parts.catalogue,
            world=endpoint_world(parts, doors.clipboard),
            expenses=parts.spending.this_month,
            private=history.private,
            attach_instructions=document.attach,
            attach_programs=self._door.attach,
            notifier=notifier,
            tasks=tasks,
            shortcuts=Shortcuts(views.actions, dict(pad.pad.actions_.named())),
        )
        batch = self._batch = make_batch_page(
            views,
            parts,
            jobs,
            keep=history.keep,
            copy=doors.clipboard.copy,
            saver=saver,
            renderer=self._renderer,
            visual_check=visual_check,
            recognise=recognise,
            notifier=notifier,
            tasks=tasks,
        )
        access = ScreenAccessPresenter(
            window=views.window,
            settings=parts.settings.settings,
            edit=doors.editor.edit,
            access=screen_access(doors.session, doors.grabber),
            tasks=tasks,
        )
        FirstPresenter(
            window=views.window,
            settings=parts.settings.settings,
            edit=doors.editor.edit,
            sample=resource_dir() / "samples" / SAMPLE,
            then=access.start,
        ).start()
        UpdatePresenter(
            window=views.window,
            settings=parts.settings.settings,
            edit=doors.editor.edit,
            world=update_world(parts.settings.settings, parts.settings.offline, open_page),
            notifier=notifier,
            tasks=tasks,
        ).start()
        world = World(
            codec=parts.codec,
            read_file=read_file,
            pasted=doors.pasted,
            sample=resource_dir() / "samples" / SAMPLE,
            open_ink=pad.open_file,
            in_use=doors.in_use,
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
            batch=batch,
            settings=parts.settings,
            editor=doors.editor,
            notifier=notifier,
            tasks=tasks,
        )
