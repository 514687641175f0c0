"""Draws what the result pane shows, and says what the drawing tells of it."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.page import Block, Formula
from writetex_desktop.core.language.words import tr_marked
from writetex_desktop.core.latex.suspicion import suspicious_spots
from writetex_desktop.core.latex.syntax import check_syntax
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.reading.job import Job, Stage
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.reading.trust import DOUBT, Likeness, Trust, judged
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.output.describing import Describing
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.reading.page_preview import Drawings, PagePreview
from writetex_desktop.services.reading.preview import Preview
from writetex_desktop.services.reading.visual_check import Checks, VisualCheck, VisualVerdict
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.toolkit.views.notices import NoticeBar


class ResultDrawer:
    """Draws the latest markup of the job that is shown, compares it with the picture and checks its syntax.

    Args:
        pane: Shows the drawing, the verdict and what does not match.
        popup: Shows drawing and verdict as well, while it shows the same job.
        notices: Lose the engine's doubt once the comparison has settled it.
        notify: Tells the engine's doubt where the comparison has not.
        renderer: Draws.
        exports: Put the drawing into words.
        visual_check: Compares.
        tasks: Runs both.
        shown: Gives the job that is shown; None for markup without a picture.
        is_in_popup: Whether the popup shows the same.
    """

    def __init__(
        self,
        *,
        pane: ResultPane,
        popup: SnipPopup,
        notices: NoticeBar,
        notify: Callable[[Notice], None],
        renderer: FormulaRenderer,
        exports: ExportService,
        visual_check: VisualCheck,
        tasks: Tasks,
        shown: Callable[[], Job | None],
        is_in_popup: Callable[[], bool],
    ) -> None:
        self._pane = pane
        self._popup = popup
        self._notices = notices
        self._notify = notify
        self._awaited = 0
        self._doubts: tuple[Notice, ...] = ()
        self._trust: Trust | None = None
        self._shown = shown
        self._is_in_popup = is_in_popup
        self._mode = Mode.FORMULA
        self._checks = Checks(visual_check, tasks, self._show_verdict, self._show_silence)
        self._describing = Describing(exports, tasks, QAccessible.isActive, self._show_words)
        self._pages = PagePreview(renderer, tasks, self._show_page)
        self._preview = Preview(renderer, tasks, self._show_render, self._show_render_error)
        pane.formulas.drawings_wanted.connect(
            lambda readings: tasks.spawn(self._draw_readings(readings), name="readings of a formula")
        )

    def draw(self, markup: str, mode: Mode, *, repair: bool) -> None:
        """Draw markup in place of what was drawn before.

        Args:
            markup: It.
            mode: What it is.
            repair: Whether it may be unfinished.
        """
        self._mode = mode
        if mode.is_formula:
            self._pages.forget()
            self._preview.show(markup, repair=repair)
        else:
            self._preview.forget()
            self._checks.clear()
            self._describing.clear()
            self._pages.show(markup, mode)

    def await_verdict(self, job: Job, doubts: tuple[Notice, ...]) -> None:
        """Keep back what an engine doubts until the comparison has spoken, which takes a moment.

        Nobody is told to look at what turns out to be right a moment later.
        """
        self._awaited, self._doubts = job.id, doubts
        if not job.mode.is_formula:
            self._decide(Likeness.UNKNOWN)
        else:
            self._trust = None
            self.show_trust()

    def show_trust(self) -> None:
        """Say how far the result can be trusted, as far as that is known now."""
        self._pane.show_trust(self._trust)
        if self._is_in_popup():
            self._popup.show_trust(self._trust)

    def _decide(self, likeness: Likeness) -> None:
        """Make one verdict of what the comparison found and what the engine doubts."""
        job = self._shown()
        if job is None or job.stage is not Stage.DONE or job.recognition is None:
            return
        is_sound = check_syntax(self._pane.markup) is None
        self._trust = judged(job.recognition, likeness, is_sound=is_sound)
        self.show_trust()
        doubts, self._doubts = self._doubts, ()
        if self._trust is not Trust.SURE and self._awaited == job.id:
            for notice in doubts:
                self._notify(notice)
        self._awaited = 0
        if self._trust is Trust.SURE:
            for notice in self._notices.notices:
                if notice.message == tr_marked(DOUBT):
                    self._notices.withdraw(notice)

    def _show_silence(self) -> None:
        self._decide(Likeness.UNKNOWN)

    def _show_render(self, formula: RenderedFormula | None) -> None:
        self._pane.show_render(formula)
        self._compare(formula)
        self._describe(formula)
        self._show_problem()
        if self._is_in_popup():
            self._popup.show_render(formula)

    def _show_page(self, page: tuple[Block, ...], drawings: Drawings) -> None:
        self._pane.show_page(page, drawings)
        self._show_problem()

    async def _draw_readings(self, readings: tuple[str, ...]) -> None:
        for latex in readings:
            drawing = await self._pages.drawing(Formula(latex))
            if drawing is not None:
                self._pane.formulas.show_drawing(latex, drawing)

    def _compare(self, formula: RenderedFormula | None) -> None:
        """Have the drawing compared with the picture, once nothing streams."""
        job = self._shown()
        if formula is None or job is None or job.stage is not Stage.DONE or not job.mode.is_formula:
            self._checks.clear()
            if formula is None:
                self._show_silence()
        else:
            self._checks.show(job.bitmap, self._pane.markup)

    def _describe(self, formula: RenderedFormula | None) -> None:
        """Have the drawing put into words, once nothing streams."""
        job = self._shown()
        if formula is None or (job is not None and not job.stage.is_over):
            self._describing.clear()
        else:
            self._describing.show(self._pane.markup)

    def _show_words(self, words: str, mathml: str) -> None:
        self._pane.show_words(words, mathml)
        if self._is_in_popup():
            self._popup.show_words(words, mathml)

    def _show_verdict(self, verdict: VisualVerdict | None) -> None:
        """Show what the comparison found, and what it makes of the engine's own doubts."""
        self._pane.show_verdict(verdict)
        if verdict is not None:
            self._decide(verdict.summary)

    def _show_render_error(self, error: RenderError) -> None:
        self._checks.clear()
        self._describing.clear()
        self._pane.show_render_error(error)
        self._show_problem()
        self._show_silence()

    def _show_problem(self) -> None:
        """Say what does not match, once nothing streams; that is clearer than what the parser says of it.

        What only looks wrong is marked, and said where there is nothing worse.
        """
        job, markup = self._shown(), self._pane.markup
        if job is not None and not job.stage.is_over:
            return
        problem = None if self._mode is Mode.TEXT else check_syntax(markup)
        if problem is not None:
            self._pane.show_problem(problem)
        answer = job.recognition if job is not None else None
        is_cut = answer is not None and not answer.complete and markup == answer.markup
        self._pane.show_spots(suspicious_spots(markup, self._mode, is_cut=is_cut))
