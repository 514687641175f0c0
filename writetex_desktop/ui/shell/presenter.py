"""Joins the views to the services: every way in by the window, and the settings."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QMimeData

from writetex_desktop.core.desktop.hotkey import format_hotkey
from writetex_desktop.core.errors import ImageError, Remedy, RemedyAction
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.wrapping import formula_body
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.edits import is_latex
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.output.paste_back import PasteBack
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.presenter import BatchPresenter
from writetex_desktop.ui.overlay.presenter import Snip
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.result.presenter import JobPresenter
from writetex_desktop.ui.settings.editor import SettingsEditor
from writetex_desktop.ui.settings.presenter import SettingsPresenter
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.shell.tray_menu import MOST_RECENT
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.format_names import fill_menu
from writetex_desktop.ui.toolkit.image_input import (
    ImageInput,
    NoPicture,
    PictureBitmap,
    PictureBytes,
    PictureFiles,
    PlainText,
    read_mime,
)
from writetex_desktop.ui.toolkit.views.labels import name_among_words


@dataclass(frozen=True, slots=True)
class Views:
    """Everything that is seen."""

    window: MainWindow
    popup: SnipPopup
    tray: Tray
    actions: Actions


@dataclass(frozen=True, slots=True)
class World:
    """What the presenter needs of the outside, chosen by `composition`.

    Attributes:
        codec: Reads picture files.
        read_file: Gives the bytes of a file; called in a thread.
        pasted: Reads what is on the clipboard.
        sample: The picture of "Try the sample".
        open_screen_permission: Opens the system's page where programs are let see the screen.
        paste_back: Pastes results into the application that the user came from.
        spend_on: Lifts the monthly limit for the rest of the month.
        open_ink: Opens a file of ink on the pad.
        in_use: Is called whenever the user turns to the program; what is slow to load begins to load.
    """

    codec: ImageCodec
    read_file: Callable[[Path], bytes]
    pasted: Callable[[], Awaitable[QMimeData]]
    sample: Path
    open_ink: Callable[[Path], None]
    in_use: Callable[[], None]
    open_screen_permission: Callable[[], object]
    spend_on: Callable[[], None]
    paste_back: PasteBack


class Presenter:
    """Obeys the views."""

    def __init__(
        self,
        *,
        views: Views,
        world: World,
        jobs: Jobs,
        shown: JobPresenter,
        preferences: SettingsPresenter,
        batch: BatchPresenter,
        settings: SettingsService,
        editor: SettingsEditor,
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._views = views
        self._world = world
        self._jobs = jobs
        self._shown = shown
        self._preferences = preferences
        self._batch = batch
        self._settings = settings
        self._editor = editor
        self._notifier = notifier
        self._tasks = tasks
        self._terms_told = False
        self._connect()
        settings.settings.subscribe(self._apply)
        settings.offline.subscribe(views.window.set_offline)
        self._apply(settings.settings.value)
        views.window.set_offline(settings.offline.value)

    # --- Ways in -------------------------------------------------------------------------------------

    def read_snip(self, snip: Snip) -> None:
        """Read what was snipped."""
        mode = Mode(snip.mode) if snip.mode else self._settings.settings.value.mode
        job = self._jobs.start(snip.bitmap, Origin.SNIP, mode, place=snip.place, profile=snip.profile)
        if snip.came_from is not None:
            self._world.paste_back.bind(job.id, snip.came_from)

    def open_files(self, paths: tuple[Path, ...]) -> None:
        """Read a picture file; several, a folder or a document are a batch, which waits for a word."""
        if len(paths) == 1 and paths[0].suffix.lower() == ".inkml":
            self._world.open_ink(paths[0])
            return
        self.show_window()
        if self._batch.takes(paths):
            self._batch.open(paths)
        elif paths:
            self._tasks.spawn(self._open(paths[0]), name="open file")

    def take(self, given: ImageInput) -> None:
        """Read what was pasted or dropped."""
        match given:
            case PictureFiles(paths):
                self.open_files(paths)
            case PictureBitmap(bitmap):
                self._start(bitmap, Origin.PASTE)
            case PictureBytes(data):
                self._tasks.spawn(self._decode(data, Origin.PASTE), name="paste")
            case PlainText(text) if is_latex(text):
                self._shown.write(formula_body(text))
            case PlainText() | NoPicture():
                self._notifier.notify(
                    Notice(
                        Level.INFO,
                        tr(
                            "There is neither a picture nor LaTeX on the clipboard. "
                            "Copy a picture, a picture file or a formula first."
                        ),
                    )
                )

    def paste(self) -> None:
        """Read the picture on the clipboard."""
        self.show_window()
        self._tasks.spawn(self._paste(), name="paste")

    def _write(self) -> None:
        self.show_window()
        self._shown.write("")

    def show_window(self) -> None:
        """Bring the window to the front."""
        self._world.in_use()
        self._views.window.bring_to_front()

    def open_settings(self) -> None:
        """Show the settings dialog."""
        self._preferences.open()

    async def _paste(self) -> None:
        self.take(read_mime(await self._world.pasted()))

    async def _open(self, path: Path) -> None:
        try:
            await self._decode(await asyncio.to_thread(self._world.read_file, path), Origin.FILE)
        except ImageError as error:
            # It may stand over the result of another picture: it says whose it is.
            notice = Notice.of(error)
            named = tr("{name}: {message}", name=name_among_words(path.name), message=notice.message)
            self._notifier.notify(replace(notice, message=named))

    async def _decode(self, data: bytes, origin: Origin) -> None:
        self._start(await in_thread(lambda: self._world.codec.decode(data)), origin)

    def _start(self, bitmap: Bitmap, origin: Origin) -> None:
        self._jobs.start(bitmap, origin, self._settings.settings.value.mode)

    async def _try_sample(self) -> None:
        data = await asyncio.to_thread(self._world.read_file, self._world.sample)
        await self._decode(data, Origin.SAMPLE)

    # --- Settings ------------------------------------------------------------------------------------

    def _apply(self, settings: Settings) -> None:
        views = self._views
        views.window.set_hotkey(format_hotkey(settings.hotkey) if settings.hotkey else "")
        views.window.set_mode(settings.mode)
        views.window.set_profiles(
            settings.profiles, settings.active_profile, elsewhere=self._settings.is_overridden()
        )
        views.window.pane.set_output_format(settings.format_for(self._shown.mode))
        views.popup.set_stay(settings.popup_s, keyboard=settings.popup_keyboard and not settings.paste_back)
        views.tray.menu.set_format(settings.format_for(settings.mode))
        self._tell_terms(settings)

    def _tell_terms(self, settings: Settings) -> None:
        """Say who pays, once an endpoint is set up and until the user says that it is understood.

        It goes to the window alone: it can wait until somebody looks there.
        """
        if settings.terms_seen or self._terms_told or not self._settings.is_configured():
            return
        self._terms_told = True
        window = self._views.window
        message = tr(
            "Each picture is sent to the endpoint you chose; its provider bills you under its own terms."
        )
        remedy = Remedy(
            tr("Read about costs, terms and warranty in the settings."),
            RemedyAction.OPEN_ENDPOINT_SETTINGS,
        )
        window.notices.show_notice(Notice(Level.INFO, message, remedy))

    def _choose_profile(self, profile: str) -> None:
        self._editor.edit(lambda settings: replace(settings, active_profile=profile))

    def _choose_usual_format(self, output_format: OutputFormat) -> None:
        self._editor.edit(lambda settings: settings.with_format(settings.mode, output_format))

    def _show_recent(self, jobs: tuple[Job, ...]) -> None:
        done = ((job.id, job.text) for job in reversed(jobs) if job.stage is Stage.DONE and job.text.strip())
        self._views.tray.menu.show_recent(tuple(islice(done, MOST_RECENT)))

    def _choose_format(self, output_format: OutputFormat) -> None:
        mode = self._shown.mode
        self._editor.edit(lambda settings: settings.with_format(mode, output_format))
        self._shown.copy()

    # --- Remedies and the end ------------------------------------------------------------------------

    def do(self, action: RemedyAction) -> None:
        """Do what the button of a notice is for."""
        match action:
            case RemedyAction.RETRY:
                self._retry()
            case (
                RemedyAction.OPEN_ENDPOINT_SETTINGS
                | RemedyAction.OPEN_NETWORK_SETTINGS
                | RemedyAction.CHOOSE_CA_FILE
                | RemedyAction.CHOOSE_CLIENT_CERTIFICATE
            ):
                self._preferences.open_endpoint()
            case RemedyAction.OPEN_SNIPPING_SETTINGS:
                self._preferences.open_snipping()
            case RemedyAction.OPEN_SCREEN_PERMISSION:
                self._world.open_screen_permission()
            case RemedyAction.COPY_AGAIN:
                self._shown.copy()
            case RemedyAction.REPAIR:
                self._shown.repair()
            case RemedyAction.SPEND_ON:
                self._world.spend_on()
                self._retry()
            case RemedyAction.ASK_ENDPOINT:
                self._shown.retry(self._settings.settings.value.active_profile)
            case RemedyAction.GO_ONLINE | RemedyAction.OPEN_RELEASE:
                self._take_away_notice(online=action is RemedyAction.GO_ONLINE)

    def _take_away_notice(self, *, online: bool) -> None:
        """Take away a notice whose remedy is done by this, or by `UpdatePresenter`."""
        if online:
            self._editor.stay_offline(False)
        self._views.window.notices.clear()

    def _retry(self) -> None:
        """Go on with what the notice was about: the batch that was stopped, or the picture that is shown."""
        if not self._batch.go_on():
            self._shown.retry()

    def _close_window(self) -> None:
        """Leave the program in the tray; without one the window must stay within reach."""
        if self._views.tray.is_available:
            self._views.window.hide()
        else:
            self._views.window.showMinimized()

    def _tray_came(self) -> None:
        """Let a window that was only minimised for lack of a tray go into it."""
        if self._views.window.isMinimized():
            self._views.window.hide()

    def _edit_result(self) -> None:
        self._views.popup.close_now()
        self._views.window.bring_to_front()
        self._views.window.pane.focus_source()

    def _connect(self) -> None:
        views, shown = self._views, self._shown
        actions, window, popup = views.actions, views.window, views.popup
        actions.paste.triggered.connect(lambda: self.paste())
        actions.sample.triggered.connect(lambda: self._tasks.spawn(self._try_sample(), name="sample"))
        actions.copy.triggered.connect(lambda: shown.copy())
        actions.copy_png.triggered.connect(lambda: shown.copy_as(OutputFormat.PNG))
        actions.copy_svg.triggered.connect(lambda: shown.copy_as(OutputFormat.SVG))
        actions.restore_clipboard.triggered.connect(lambda: shown.undo_copy())
        actions.write.triggered.connect(lambda: self._write())
        actions.cancel.triggered.connect(lambda: shown.cancel())
        actions.retry.triggered.connect(lambda: shown.retry())
        actions.copy_table.triggered.connect(lambda: shown.copy_table(markdown=False))
        actions.copy_table_markdown.triggered.connect(lambda: shown.copy_table(markdown=True))
        actions.previous_result.triggered.connect(lambda: shown.turn(-1))
        actions.next_result.triggered.connect(lambda: shown.turn(1))
        actions.show_window.triggered.connect(lambda: self.show_window())
        actions.settings.triggered.connect(lambda: self.open_settings())
        actions.keys.triggered.connect(lambda: self._preferences.open_keys())
        window.input_given.connect(self.take)
        window.profile_chosen.connect(self._choose_profile)
        window.remedy_requested.connect(self.do)
        window.close_requested.connect(self._close_window)
        window.pane.source_edited.connect(shown.edit)
        window.pane.format_changed.connect(self._choose_format)
        window.pane.copy_as_requested.connect(shown.copy_as)
        window.pane.remedy_requested.connect(self.do)
        window.pane.retry_with_requested.connect(shown.retry)
        window.pane.retry_with_hint_requested.connect(lambda hint: shown.retry(hint=hint))
        window.pane.retry_whole_requested.connect(lambda: shown.retry(whole=True))
        window.wait.retry_requested.connect(shown.retry)
        popup.cancel_requested.connect(shown.cancel)
        popup.undo_copy_requested.connect(shown.undo_copy)
        popup.copy_as_requested.connect(shown.copy_as)
        popup.edit_requested.connect(self._edit_result)
        views.tray.available_changed.connect(self._tray_came)
        views.tray.menu.recent_chosen.connect(shown.copy_job)
        views.tray.menu.offer_formats(lambda menu: fill_menu(menu, self._choose_usual_format))
        self._jobs.jobs.subscribe(self._show_recent)
        popup.retry_requested.connect(lambda: shown.retry())
        popup.remedy_requested.connect(self.do)
