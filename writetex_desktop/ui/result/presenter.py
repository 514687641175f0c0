"""Shows the jobs in pane, popup and tray, and copies their results."""

from collections.abc import Callable

from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr_marked
from writetex_desktop.core.latex.syntax import check_syntax
from writetex_desktop.core.markup.kind import kind_of
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.reading.trust import DOUBT
from writetex_desktop.core.settings.settings import AfterSnip
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.output.assumptions import Assumptions
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.paste_back import PasteBack
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.visual_check import VisualCheck
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.copier import ResultCopier
from writetex_desktop.ui.result.drawer import ResultDrawer
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.result.wait_bar import WaitBar
from writetex_desktop.ui.result.words import activity, doing, ending, failure, warnings
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.activity import Activity
from writetex_desktop.ui.toolkit.paged_window import PagedWindow


class JobPresenter:
    """Follows the jobs and shows one of them: the newest, or the one that the user turned to.

    A snip by hotkey or tray is shown in the popup while the window is not in front.

    Attributes:
        shown: `id` of the job in the pane; 0 for none.
    """

    def __init__(
        self,
        *,
        window: PagedWindow,
        pane: ResultPane,
        wait: WaitBar,
        actions: Actions,
        popup: SnipPopup,
        show_activity: Callable[[Activity], None],
        jobs: Jobs,
        settings: SettingsService,
        copying: Copying,
        exports: ExportService,
        assumptions: Assumptions,
        paste_back: PasteBack,
        renderer: FormulaRenderer,
        visual_check: VisualCheck,
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self.shown = 0
        self._window = window
        self._pane = pane
        self._wait = wait
        self._actions = actions
        self._popup = popup
        self._show_activity = show_activity
        self._jobs = jobs
        self._settings = settings
        self._copier = ResultCopier(window=window, pane=pane, popup=popup, copying=copying, notifier=notifier)
        self._assumptions = assumptions
        self._paste_back = paste_back
        self._notifier = notifier
        self._tasks = tasks
        self._drawer = ResultDrawer(
            pane=pane,
            popup=popup,
            notices=window.notices,
            notify=notifier.notify,
            renderer=renderer,
            exports=exports,
            visual_check=visual_check,
            tasks=tasks,
            shown=lambda: self._last,
            is_in_popup=lambda: self.shown > 0 and self._in_popup == self.shown,
        )
        self._known = 0
        self._last: Job | None = None
        self._in_popup: int = 0
        self._before_retry = ""
        window.came_to_front.connect(popup.give_way)
        jobs.jobs.subscribe(self._follow)

    # --- What the user asks of the job that is shown -------------------------------------------------

    @property
    def mode(self) -> Mode:
        """What the shown picture holds, or the next one where none is shown."""
        mode = self._last.mode if self._last is not None else self._settings.settings.value.mode
        return kind_of(self._pane.markup, mode)

    def copy(self) -> None:
        """Copy the markup in the format that is chosen."""
        self.copy_as(self._settings.settings.value.format_for(self.mode))

    def copy_as(self, output_format: OutputFormat) -> None:
        """Copy the markup in another format."""
        markup = self._pane.markup
        if markup.strip():
            functions = self._assumptions.functions(self.shown)
            self._tasks.spawn(self._copier.copy(markup, self.mode, output_format, functions), name="copy")

    def copy_job(self, job_id: int) -> None:
        """Copy the result of one of the jobs, in the format in force."""
        job = self._jobs.job(job_id)
        self._tasks.spawn(self.copy_markup(job.text, job.mode), name="copy recent")

    def copy_table(self, *, markdown: bool) -> None:
        """Copy the cells: as a pipe table, or as spreadsheets and documents take them (TSV with HTML)."""
        self._tasks.spawn(self._copier.copy_table(self._pane.markup, markdown=markdown), name="copy table")

    def repair(self) -> None:
        """Make braces, brackets and environments match."""
        problem = check_syntax(self._pane.markup)
        if problem is not None:
            self._pane.show_markup(problem.repaired)
            self.edit(problem.repaired)

    def undo_copy(self) -> None:
        """Put back what other programs had on the clipboard before we copied."""
        self._tasks.spawn(self._copier.restore(), name="undo copy")

    def cancel(self) -> None:
        """Stop reading."""
        if self.shown:
            self._jobs.cancel(self.shown)

    def retry(self, profile: str = "", hint: str = "", *, whole: bool = False) -> None:
        """Read the picture again: with the active or another profile, minding a hint, all that is in it."""
        if self.shown:
            self._before_retry = self._pane.markup
            mode = self._settings.settings.value.mode
            self._jobs.retry(self.shown, profile=profile, mode=mode, hint=hint, whole=whole)

    def turn(self, step: int) -> None:
        """Show the job so many before or after the shown one, if there is one."""
        count = len(self._jobs.jobs.value)
        at = (self.shown or count + 1) + step  # what was written without a picture comes after all
        if 1 <= at <= count:
            self.turn_to(at)

    def write(self, markup: str) -> None:
        """Show LaTeX that was typed or pasted, without a picture; an empty text is an empty editor."""
        self.shown = 0
        self._assumptions.forget(0)
        self._last = None
        self._before_retry = ""
        self._window.notices.clear()
        self._window.show_home(self._pane)
        self._wait.clear()
        self._pane.show_crop(None)
        self._pane.show_stopped()
        self._pane.show_markup(markup)
        self._actions.set_neighbours(before=bool(self._jobs.jobs.value), after=False)
        self._drawer.draw(markup, self.mode, repair=False)
        self._pane.focus_source()

    def insert(self, latex: str) -> None:
        """Put LaTeX at the cursor of the editor and show it; into an empty one where there is nothing yet."""
        if not self.shown and not self._pane.markup.strip():
            self.write("")
        self._window.show_home(self._pane)
        self._window.bring_to_front()
        self._pane.insert(latex)

    def edit(self, markup: str) -> None:
        """Keep what the user typed and draw it."""
        if self.shown:
            self._jobs.edit(self.shown, markup)
        self._drawer.draw(markup, self.mode, repair=False)

    def turn_to(self, job_id: int) -> None:
        """Show another job."""
        self._last = None
        self._before_retry = ""
        self.shown = job_id
        self._show(self._jobs.job(job_id))

    # --- What the jobs tell --------------------------------------------------------------------------

    def _follow(self, jobs: tuple[Job, ...]) -> None:
        if len(jobs) > self._known:
            self._known = len(jobs)
            if self._takes_the_pane(jobs[-1]):
                self._begin(jobs[-1])
        if self.shown:
            self._show(self._jobs.job(self.shown))
        self._show_activity(activity(jobs))

    def _takes_the_pane(self, job: Job) -> bool:
        """Say whether a new job is shown at once; of several files, the first is."""
        return job.origin is not Origin.FILE or self._last is None or self._last.stage.is_over

    def _begin(self, job: Job) -> None:
        self.shown = job.id
        self._last = None
        self._in_popup = 0
        self._before_retry = ""
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
            self._window.show_home(self._pane)
            self._wait.clear()
            self._pane.show_crop(job.bitmap)
            self._pane.set_output_format(self._settings.settings.value.format_for(job.mode))
        self._actions.set_neighbours(before=job.id > 1, after=job.id < len(self._jobs.jobs.value))
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
                self._pane.show_stopped(ending(job))
                self._popup.close_now()
                self._drawer.draw(job.text, self.mode, repair=True)

    def _show_working(self, job: Job, last: Job | None) -> None:
        if last is None or last.stage is not Stage.WORKING or last.started != job.started:
            self._window.notices.clear()
            self._wait.clear()
            self._pane.show_markup(job.text)
            self._pane.show_working()
        elif job.shown != last.shown:
            self._pane.show_markup(job.shown)
            self._drawer.draw(job.shown, self.mode, repair=True)
        if last is None or doing(job) != doing(last):
            self._pane.say_working(doing(job))
            if self._in_popup == job.id:
                self._popup.say_working(doing(job))

    def _show_done(self, job: Job, last: Job | None) -> None:
        assert job.recognition is not None
        if last is not None and last.stage is Stage.DONE:
            return  # an edit: the editor has it already
        self._pane.show_done(job.recognition, self._profile_of(job))
        self._pane.set_output_format(self._settings.settings.value.format_for(job.mode))
        if job.text != job.recognition.markup:
            self._pane.show_markup(job.text)
        before, self._before_retry = self._before_retry, ""
        if before.strip() and last is not None:
            self._pane.show_differences(before)
        self._drawer.draw(job.text, self.mode, repair=False)
        if last is None:
            self._drawer.await_verdict(job, ())
            return  # turned back to, not finished now
        told = warnings(job.recognition, self._settings.settings.value)
        for notice in told:
            if notice.message != tr_marked(DOUBT):
                self._notifier.notify(notice)
        self._drawer.await_verdict(job, tuple(each for each in told if each.message == tr_marked(DOUBT)))
        if self._settings.settings.value.auto_copy and job.recognition.complete:
            self._tasks.spawn(self._copy_result(job), name="copy result")
        elif self._in_popup == job.id:
            self._popup.show_done(job.recognition, None, self._profile_of(job))
            self._drawer.show_trust()

    def _profile_of(self, job: Job) -> str:
        """Name the profile that was asked for this job alone; nothing where it was the active one."""
        profiles = self._settings.settings.value.profiles
        return next((each.name for each in profiles if each.id == job.profile), "")

    def _show_failed(self, job: Job, last: Job | None) -> None:
        assert job.error is not None
        self._pane.show_markup(job.text)
        self._pane.show_stopped(ending(job))
        self._drawer.draw(job.text, self.mode, repair=True)
        if last is not None and last.stage is Stage.FAILED:
            return
        notice = failure(job)
        self._window.notices.show_notice(notice)
        self._show_wait(job, is_new=last is not None)
        if self._in_popup == job.id:
            self._popup.show_failed(notice)
            if self._window.isActiveWindow():
                self._popup.give_way()

    def _show_wait(self, job: Job, *, is_new: bool) -> None:
        """Count until the next try, and offer who could be asked meanwhile, when a limit was reached."""
        error = job.error
        if isinstance(error, EndpointError) and error.fault in {
            Fault.RATE_LIMITED,
            Fault.DAILY_LIMIT,
        }:
            settings = self._settings.settings.value
            asked = job.profile or settings.active_profile
            others = [each for each in settings.profiles if each.id != asked]
            # Of a job that was turned back to, nobody knows how much of its wait is over.
            counted = error.retry_after_s if is_new and error.fault is Fault.RATE_LIMITED else None
            self._wait.show_wait(counted, others)

    # --- Copying -------------------------------------------------------------------------------------

    async def copy_markup(self, markup: str, mode: Mode) -> None:
        """Copy markup that is not the shown job's, in the format in force.

        Raises:
            ConversionError: The format cannot carry it.
            RenderError: It cannot be parsed.
            ClipboardError: The clipboard did not take it.
        """
        await self._copier.copy(markup, mode, self._settings.settings.value.format_for(mode))

    async def _copy_result(self, job: Job) -> None:
        assert job.recognition is not None
        output_format = self._settings.settings.value.format_for(job.mode)
        copied: OutputFormat | None = None
        try:
            await self._copier.copy_unasked(job.text, job.mode, output_format)
            copied = output_format
        finally:
            if self._in_popup == job.id:
                self._popup.show_done(job.recognition, copied, self._profile_of(job))
                self._drawer.show_trust()
        await self._paste_back.deliver(job)
