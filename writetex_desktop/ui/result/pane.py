"""Crop, render and source of one formula, together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.page import Block, Grid
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.difference import differences
from writetex_desktop.core.latex.style import normalise_style
from writetex_desktop.core.latex.suspicion import Spot, merged_spots
from writetex_desktop.core.latex.syntax import SyntaxProblem
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.services.output.copying import Copied
from writetex_desktop.services.reading.page_preview import Drawings
from writetex_desktop.services.reading.visual_check import VisualVerdict
from writetex_desktop.ui.result.clipboard_state import clipboard_state
from writetex_desktop.ui.result.common_scale import CommonScale
from writetex_desktop.ui.result.earlier_reading import EarlierReading
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.footer import ResultFooter
from writetex_desktop.ui.result.hint_popup import HintPopup
from writetex_desktop.ui.result.other_readings import OtherReadings
from writetex_desktop.ui.result.page.formulas import PageFormulas
from writetex_desktop.ui.result.parser_strip import ParserStrip
from writetex_desktop.ui.result.spot_marks import SpotMarks
from writetex_desktop.ui.result.verdict_label import VerdictLabel
from writetex_desktop.ui.result.zooming import ZoomTogether
from writetex_desktop.ui.toolkit.action_button import ActionButton, sign_button
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.dragging import let_drag_out
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.page import PageView
from writetex_desktop.ui.toolkit.views.pinned import Pins
from writetex_desktop.ui.toolkit.views.progress import ProgressLine
from writetex_desktop.ui.toolkit.views.titled import titled


class ResultPane(QWidget):
    """Shows one formula from the first moment of work to its last edit; areas keep their size throughout."""

    source_edited = Signal(str)
    """The user changed the markup: the whole of it."""

    format_changed = Signal(object)
    """The user chose another `OutputFormat`."""

    copy_as_requested = Signal(object)
    """The user wants a copy in another `OutputFormat`, this once."""

    remedy_requested = Signal(object)
    """The user pressed a button beside what is wrong: a `RemedyAction`."""

    retry_with_hint_requested = Signal(str)
    """Read the picture again and mind this."""

    retry_whole_requested = Signal()
    """Read the picture again, with what was left out of it."""

    retry_with_requested = Signal(str)
    """Read the picture again with another saved endpoint: the profile's `id`."""

    input_given = Signal(object)
    """A picture or files were pasted or dropped onto the editor: an `ImageInput`."""

    formulas: PageFormulas
    """What joins the formulas of a page in picture, preview and source."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._progress = ProgressLine()
        self._crop = CropView()
        self._verdict = VerdictLabel()
        self._copied: Copied | None = None
        self._render = FormulaView()
        self._scale = CommonScale(self._crop, self._render)
        self.pins = Pins(self._render, lambda: self.markup, actions)
        self._page = PageView()
        self._drawn = QStackedWidget()
        self._drawn.addWidget(self._render)
        self._drawn.addWidget(self._page)
        self._strip = ParserStrip(actions)
        self._source = SourceEditor()
        self._zoom = ZoomTogether((self._crop, self._render, self._page), actions)
        self.formulas = PageFormulas(self._crop, self._page, self._source, actions)
        self._spots = SpotMarks(self._source, self._strip, actions)
        self._earlier = EarlierReading()
        self._others = OtherReadings(actions)
        self._hint = HintPopup(self)
        self._footer = ResultFooter(actions)
        self._working = False
        self._lay_out()
        self._connect()

    @property
    def footer(self) -> ResultFooter:
        """The row below, for those whom the rest does not concern."""
        return self._footer

    @property
    def markup(self) -> str:
        """The markup as it stands in the editor."""
        return self._source.toPlainText()

    @property
    def output_format(self) -> OutputFormat:
        """The format that is chosen."""
        return self._footer.output_format

    def show_crop(self, bitmap: Bitmap | None) -> None:
        """Show the picture that is or was read; None for a formula that was typed."""
        self._crop.set_bitmap(bitmap)
        self._scale.match(0.0)
        self._show_beside(None)
        self._earlier.hide()
        self._enable()

    def show_working(self, doing: str = "") -> None:
        """Begin a reading: the line runs, the time counts from zero, Cancel is offered.

        Args:
            doing: What is being done, as one word or a short sentence without a full stop.
        """
        self._working = True
        self._show_beside(None)
        self._earlier.hide()
        self._progress.set_running(True)
        self._footer.show_working(doing or tr("Reading…"))
        self._source.begin_reading()
        self._source.setReadOnly(True)
        self._render.set_stale(True)
        self._enable()

    def say_working(self, doing: str) -> None:
        """Say something else beside the time, such as that a retry waits."""
        self._footer.say_working(doing)

    def show_markup(self, markup: str) -> None:
        """Write the markup, streaming or whole; does not emit `source_edited`."""
        self._source.set_markup(markup)
        self._spots.show(())
        self._enable()

    def show_render(self, formula: RenderedFormula | None) -> None:
        """Show a drawing and no parser message; None shows an empty paper."""
        self._drawn.setCurrentWidget(self._render)
        self._actions.set_table_at_hand(False)
        self._render.set_formula(formula)
        self._render.set_stale(False)
        self._strip.clear()
        self._source.show_error(None)
        self._actions.set_drawing_at_hand(formula is not None)

    def show_words(self, words: str, mathml: str) -> None:
        """Tell screen readers what the drawing says, and offer its MathML to whoever drags it out."""
        self._render.set_words(words, mathml)

    def show_page(self, page: tuple[Block, ...], drawings: Drawings) -> None:
        """Show text with formulas, a table or source in place of a drawing."""
        self._drawn.setCurrentWidget(self._page)
        self.formulas.show_page(page, drawings, self.markup)
        self._actions.set_table_at_hand(any(isinstance(block, Grid) for block in page))
        self._strip.clear()
        self._source.show_error(None)
        self._actions.set_drawing_at_hand(False)

    def show_render_error(self, error: RenderError) -> None:
        """Say what the parser said; the last good drawing stays, marked as stale."""
        self._render.set_stale(True)
        self._strip.show_error(error, self.markup)
        self._source.show_error(error.position)

    def show_problem(self, problem: SyntaxProblem) -> None:
        """Say what does not match in the source, and offer to repair it."""
        self._strip.show_problem(problem, self.markup)
        self._source.show_error(problem.position)

    def show_spots(self, spots: tuple[Spot, ...]) -> None:
        """Mark what looks wrong in the source, and lead through it."""
        self._spots.show(merged_spots(spots, self.formulas.spots))

    def show_verdict(self, verdict: VisualVerdict | None) -> None:
        """Say whether picture and drawing look alike, and mark both where they do not; None says nothing."""
        self._verdict.show_verdict(verdict)
        self._crop.set_marks(verdict.differs if verdict is not None else ())
        self._render.set_marks(verdict.drawn if verdict is not None else ())
        if verdict is not None:
            self._scale.match(verdict.em_px)

    def show_trust(self, trust: Trust | None) -> None:
        """Say how far the result can be trusted, once it was compared with the picture."""
        self._footer.show_trust(trust)

    def show_done(self, recognition: Recognition, profile: str = "") -> None:
        """End a reading with its result; `profile` names who read it, where that is not the active one."""
        self._end_work()
        self._source.set_markup(recognition.markup)
        self._footer.show_recognition(recognition, profile)
        self._show_beside(recognition)
        self._enable()

    def show_stopped(self, about: str = "") -> None:
        """End a reading that was cancelled or failed; what had arrived stays."""
        self._end_work()
        self._footer.show_idle(about)
        self._enable()

    def show_clipboard(self, copied: Copied | None) -> None:
        """Say of the clipboard whether it holds what is shown, from now on and whatever changes."""
        self._copied = copied
        self._tell_clipboard()

    def set_output_format(self, output_format: OutputFormat) -> None:
        """Choose a format without telling anybody."""
        self._footer.set_format(output_format)
        self._tell_clipboard()

    def set_profiles(self, profiles: Sequence[Profile]) -> None:
        """Offer saved endpoints under Retry."""
        self._footer.set_profiles(profiles)

    def focus_copy(self) -> None:
        """Let Enter or Space copy."""
        self._footer.focus_copy()

    def focus_source(self) -> None:
        """Put the cursor into the editor."""
        self._source.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert(self, latex: str) -> None:
        """Put LaTeX at the cursor, in place of what is selected, as if it were typed."""
        self._source.insert_latex(latex)

    def zoom(self, steps: int) -> None:
        """Zoom picture and drawing together, by steps; 0 goes back to the usual size."""
        self._zoom.zoom(steps)

    def show_differences(self, before: str) -> None:
        """Show the reading before beside the new one, if they differ."""
        found = differences(before, self.markup)
        if found.count:
            self._earlier.show_reading(before, found)
            self._source.mark_differences(found.in_other)

    def _show_beside(self, recognition: Recognition | None) -> None:
        """Offer what an answer has beside its markup, and grey what it left out."""
        self._others.show_of(recognition)
        self.formulas.show_of(recognition)
        self._crop.set_left_out(recognition.left_out if recognition is not None else ())

    def _ask_for_hint(self) -> None:
        corner = self._footer.rect().topRight()
        self._hint.open_at(self._footer.mapToGlobal(corner))

    def _end_work(self) -> None:
        self._working = False
        self._progress.set_running(False)
        self._source.setReadOnly(False)

    def _tell_clipboard(self) -> None:
        self._footer.show_clipboard(clipboard_state(self._copied, self.markup, self.output_format))

    def _enable(self) -> None:
        self._tell_clipboard()
        has_markup = bool(self.markup.strip())
        if self._working:
            self._actions.set_working()
            self._actions.set_markup_at_hand(has_markup)
        else:
            self._actions.set_idle(has_picture=self._crop.has_picture, has_markup=has_markup)

    def _edited(self, markup: str) -> None:
        self._enable()
        self.source_edited.emit(markup)

    def _connect(self) -> None:
        self._source.edited.connect(self._edited)
        self._source.input_given.connect(self.input_given)
        self._strip.position_chosen.connect(self._source.show_position)
        self._strip.remedy_requested.connect(self.remedy_requested)
        self._footer.format_changed.connect(self.format_changed)
        self._footer.format_changed.connect(lambda _form: self._tell_clipboard())
        self._footer.copy_as_requested.connect(self.copy_as_requested)
        self._footer.retry_with_requested.connect(self.retry_with_requested)
        let_drag_out(self._crop, self._render, lambda: self.markup)
        self._actions.retry_with_hint.triggered.connect(self._ask_for_hint)
        self._hint.hint_given.connect(self.retry_with_hint_requested)
        self._earlier.taken.connect(self._source.replace_all)
        self._others.chosen.connect(self._source.replace_all)
        self._others.whole_requested.connect(self.retry_whole_requested)
        self._crop.left_out_clicked.connect(self.retry_whole_requested)
        self._actions.wrap_text.triggered.connect(lambda: self._source.wrap_selection("\\text{", "}"))
        self._actions.wrap_bold.triggered.connect(lambda: self._source.wrap_selection("\\mathbf{", "}"))
        self._actions.unwrap.triggered.connect(self._source.unwrap_selection)
        self._actions.tidy.triggered.connect(lambda: self._source.replace_all(normalise_style(self.markup)))

    def _lay_out(self) -> None:
        pictures = QSplitter(Qt.Orientation.Horizontal)
        pictures.setChildrenCollapsible(False)
        pictures.addWidget(titled(tr("Picture"), self._crop, self._verdict))
        pictures.addWidget(titled(tr("Preview"), self._drawn, sign_button(self._actions.pin)))
        pictures.setStretchFactor(0, 1)
        pictures.setStretchFactor(1, 1)
        # Equal halves; Qt scales them to the room there is.
        pictures.setSizes([1000, 1000])
        source = QWidget()
        column = QVBoxLayout(source)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        readings = QHBoxLayout()
        readings.setSpacing(8)
        readings.addWidget(self._earlier, 1)
        readings.addWidget(self._source, 1)
        column.addLayout(readings, 1)
        below = QHBoxLayout()
        below.addWidget(self._strip, 1)
        below.addWidget(self._others)
        below.addWidget(ActionButton(self._actions.tidy))
        column.addLayout(below)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(pictures)
        halves.addWidget(source)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 0)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 8, 16, 0)
        middle.addWidget(halves)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._progress)
        whole.addLayout(middle, 1)
        whole.addWidget(self._footer)
