"""Shows the jobs in pane, popup and tray, and copies their results."""

from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError, RenderError
from writetex_desktop.core.formula import RenderedFormula
from writetex_desktop.core.job import Job, Origin, Stage
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.recognition import Mode
from writetex_desktop.core.settings import AfterSnip
from writetex_desktop.core.wrapping import wrap
from writetex_desktop.ports import FormulaRenderer, Notifier
from writetex_desktop.services.clipboard_keeper import ClipboardKeeper
from writetex_desktop.services.jobs import Jobs
from writetex_desktop.services.preview import Preview
from writetex_desktop.services.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.main_window import MainWindow
from writetex_desktop.ui.popup import SnipPopup
from writetex_desktop.ui.tray import Tray, TrayState


@dataclass(frozen=True, slots=True)
class Exporters:
    """How a drawing becomes a file's bytes."""

    png: Callable[[RenderedFormula], bytes]
    svg: Callable[[RenderedFormula], str]


class JobPresenter:
    """Follows the jobs and shows one of them: the newest, or the one that the user turned to.

    A snip by hotkey or tray is shown in the popup while the window is not in front.

    Attributes:
        shown: `id` of the job in the pane; 0 for none.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        popup: SnipPopup,
        tray: Tray,
        jobs: Jobs,
        settings: SettingsService,
        clipboard: ClipboardKeeper,
        renderer: FormulaRenderer,
        exporters: Exporters,
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self.shown = 0
        self._window = window
        self._pane = window.pane
        self._popup = popup
        self._tray = tray
        self._jobs = jobs
        self._settings = settings
        self._clipboard = clipboard
        self._exporters = exporters
        self._notifier = notifier
        self._tasks = tasks
        self._preview = Preview(renderer, tasks, self._show_render, self._show_render_error)
        self._known = 0
        self._last: Job | None = None
        self._in_popup = 0
        self._drawing: RenderedFormula | None = None
        jobs.jobs.subscribe(self._follow)

    # --- What the user asks of the job that is shown -------------------------------------------------

    def copy(self) -> None:
        """Copy the markup in the format that is chosen."""
        markup = self._pane.markup
        if markup.strip():
            self._tasks.spawn(self._copy(markup), name="copy")

    def copy_png(self) -> None:
        """Copy the drawing as pixels."""
        if self._drawing is not None:
            content = ClipboardContent(flavours={"image/png": self._exporters.png(self._drawing)})
            self._tasks.spawn(self._put(content), name="copy png")

    def copy_svg(self) -> None:
        """Copy the drawing as SVG, also as text for editors that take no pictures."""
        if self._drawing is not None:
            svg = self._exporters.svg(self._drawing)
            content = ClipboardContent(svg, {"image/svg+xml": svg.encode()})
            self._tasks.spawn(self._put(content), name="copy svg")

    def undo_copy(self) -> None:
        """Put back what other programs had on the clipboard before we copied."""
        self._tasks.spawn(self._restore_clipboard(), name="undo copy")

    def cancel(self) -> None:
        """Stop reading."""
        if self.shown:
            self._jobs.cancel(self.shown)

    def retry(self, profile: str = "") -> None:
        """Read the picture again, with the active or another profile."""
        if self.shown:
            self._jobs.retry(self.shown, profile=profile, mode=self._settings.settings.value.mode)

    def edit(self, markup: str) -> None:
        """Keep what the user typed and draw it."""
        if self.shown:
            self._jobs.edit(self.shown, markup)
        self._draw(markup, repair=False)

    def turn_to(self, job_id: int) -> None:
        """Show another job."""
        self._last = None
        self.shown = job_id
        self._show(self._jobs.job(job_id))

    # --- What the jobs tell --------------------------------------------------------------------------

    def _follow(self, jobs: tuple[Job, ...]) -> None:
        if len(jobs) > self._known:
            self._known = len(jobs)
            if self._takes_the_pane(jobs[-1]):
                self._begin(jobs[-1])
        self._show(self._jobs.job(self.shown))
        self._show_in_tray(jobs)

    def _takes_the_pane(self, job: Job) -> bool:
        """Say whether a new job is shown at once; of several files, the first is."""
        return job.origin is not Origin.FILE or self._last is None or self._last.stage.is_over

    def _begin(self, job: Job) -> None:
        self.shown = job.id
        self._last = None
        self._in_popup = 0
        after = self._settings.settings.value.after_snip
        if job.origin is Origin.SNIP and not self._window.isActiveWindow():
            if after is AfterSnip.POPUP and job.place is not None:
                self._in_popup = job.id
                self._popup.show_working(job.place, job.bitmap)
            elif after is AfterSnip.WINDOW:
                self._window.bring_to_front()

    def _show(self, job: Job) -> None:
        last, self._last = self._last, job
        if last is None or last.id != job.id:
            self._window.show_result()
            self._pane.show_crop(job.bitmap)
        if job == last:
            return
        match job.stage:
            case Stage.WORKING:
                self._show_working(job, last)
            case Stage.DONE:
                self._show_done(job, last)
            case Stage.FAILED:
                self._show_failed(job, last)
            case Stage.CANCELLED:
                self._pane.show_markup(job.text)
                self._pane.show_stopped(self._window.tr("Cancelled"))
                self._popup.close_now()
                self._draw(job.text, repair=True)

    def _show_working(self, job: Job, last: Job | None) -> None:
        if last is None or last.stage is not Stage.WORKING or last.started != job.started:
            self._window.notices.clear()
            self._pane.show_markup(job.text)
            self._pane.show_working()
        elif job.text != last.text:
            self._pane.show_markup(job.text)
            self._draw(job.text, repair=True)
        doing = job.progress or (self._window.tr("The model is thinking…") if job.thinking else "")
        if doing and not job.text:
            self._pane.say_working(doing)
            if self._in_popup == job.id:
                self._popup.say_working(doing)

    def _show_done(self, job: Job, last: Job | None) -> None:
        assert job.recognition is not None
        if last is not None and last.stage is Stage.DONE:
            return  # an edit: the editor has it already
        self._pane.show_done(job.recognition)
        if job.text != job.recognition.markup:
            self._pane.show_markup(job.text)
        self._draw(job.text, repair=False)
        if last is None:
            return  # turned back to, not finished now
        for warning in job.recognition.warnings:
            self._notifier.notify(Notice(Level.WARNING, warning))
        if self._settings.settings.value.auto_copy and job.recognition.complete:
            self._tasks.spawn(self._copy_result(job), name="copy result")
        elif self._in_popup == job.id:
            self._popup.show_done(job.recognition, None)

    def _show_failed(self, job: Job, last: Job | None) -> None:
        assert job.error is not None
        self._pane.show_markup(job.text)
        self._pane.show_stopped()
        self._draw(job.text, repair=True)
        if last is not None and last.stage is Stage.FAILED:
            return
        notice = Notice.of(job.error)
        self._window.notices.show_notice(notice)
        if self._in_popup == job.id:
            self._popup.show_failed(notice)

    def _show_in_tray(self, jobs: tuple[Job, ...]) -> None:
        if any(job.stage is Stage.WORKING for job in jobs):
            self._tray.set_state(TrayState.WORKING)
        elif jobs[-1].stage is Stage.FAILED:
            self._tray.set_state(TrayState.FAILED)
        else:
            self._tray.set_state(TrayState.IDLE)

    # --- Drawing -------------------------------------------------------------------------------------

    def _draw(self, markup: str, *, repair: bool) -> None:
        is_formula = self._last is None or self._last.mode is Mode.FORMULA
        self._preview.show(markup if is_formula else "", repair=repair)

    def _show_render(self, formula: RenderedFormula | None) -> None:
        self._drawing = formula
        self._pane.show_render(formula)
        if self._in_popup == self.shown:
            self._popup.show_render(formula)

    def _show_render_error(self, error: RenderError) -> None:
        self._pane.show_render_error(error)

    # --- Copying -------------------------------------------------------------------------------------

    async def copy_markup(self, markup: str, mode: Mode) -> None:
        """Copy markup that is not the shown job's, in the format in force.

        Raises:
            ClipboardError: The clipboard did not take it.
        """
        await self._put(ClipboardContent(wrap(markup, self._settings.settings.value.output_format, mode)))

    async def _copy(self, markup: str) -> None:
        await self._put(ClipboardContent(wrap(markup, self._settings.settings.value.output_format)))

    async def _copy_result(self, job: Job) -> None:
        assert job.recognition is not None
        output_format = self._settings.settings.value.output_format
        try:
            await self._copy(job.text)
        except ClipboardError:
            if self._in_popup == job.id:
                self._popup.show_done(job.recognition, None)
            raise
        if self._in_popup == job.id:
            self._popup.show_done(job.recognition, output_format)

    async def _put(self, content: ClipboardContent) -> None:
        await self._clipboard.copy(content)
        self._pane.show_copied()

    async def _restore_clipboard(self) -> None:
        if await self._clipboard.restore():
            self._popup.show_copy_undone()
            message = self._window.tr("The clipboard holds again what was there before.")
            self._notifier.notify(Notice(Level.INFO, message))
