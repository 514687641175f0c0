"""Joins a formula's place in the picture, in the preview and in the source."""

from PySide6.QtCore import QObject, QRect, Signal

from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.page import Block
from writetex_desktop.core.latex.suspicion import Spot
from writetex_desktop.core.pages.tracing import TracedFormula, doubtful_spots, trace
from writetex_desktop.core.reading.recognition import Alternative, Recognition
from writetex_desktop.services.reading.page_preview import Drawings
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.page.card import FormulaCard
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.page import PageView


class PageFormulas(QObject):
    """Marks the doubtful formulas of a page wherever they are to be seen, and opens what else they may be.

    Where the cursor of the source goes, the picture and the preview follow.

    Args:
        crop: The picture.
        page: The preview.
        source: The source.
        actions: Whose "other readings" opens the formula at the cursor.
    """

    drawings_wanted = Signal(object)
    """The LaTeX of readings that are to be drawn, as a tuple."""

    def __init__(self, crop: CropView, page: PageView, source: SourceEditor, actions: Actions) -> None:
        super().__init__(page)
        self._crop = crop
        self._page = page
        self._source = source
        self._actions = actions
        self._answer: Recognition | None = None
        self._formulas: tuple[TracedFormula, ...] = ()
        self._open = 0
        self._card = FormulaCard(page)
        crop.place_clicked.connect(lambda number: self._open_card(number, in_picture=True))
        page.formula_clicked.connect(lambda number: self._open_card(number, in_picture=False))
        source.cursorPositionChanged.connect(self._follow)
        actions.other_readings.triggered.connect(self._open_at_cursor)
        self._card.chosen.connect(self._take)
        self._card.source_requested.connect(self._select)

    def show_of(self, recognition: Recognition | None) -> None:
        """Follow an answer that tells its formulas one by one; None and any other follow nothing."""
        self._answer = recognition if recognition is not None and recognition.formulas else None
        self._formulas = ()
        self._crop.set_places(())
        if self._answer is not None:
            self._actions.other_readings.setEnabled(True)

    def show_page(self, page: tuple[Block, ...], drawings: Drawings, markup: str) -> None:
        """Show a page with its marks.

        Args:
            page: It.
            drawings: Its formulas.
            markup: Its source.
        """
        self._formulas = () if self._answer is None else trace(markup, self._answer.formulas)
        links = [number for number, each in enumerate(self._formulas) if each.seen is not None]
        doubtful = [number for number, each in enumerate(self._formulas) if each.is_doubtful]
        self._crop.set_places([each.seen.boxes if each.seen else () for each in self._formulas], doubtful)
        self._page.show_page(page, drawings, links, doubtful)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The doubtful formulas as places of the source."""
        return doubtful_spots(self._formulas)

    def show_drawing(self, latex: str, drawing: RenderedFormula) -> None:
        """Show a reading as it is drawn."""
        self._card.show_drawing(latex, drawing)

    def _follow(self) -> None:
        """Show the formula at the cursor of the source in the picture and in the preview."""
        number = self._at_cursor()
        seen = self._formulas[number].seen if number is not None else None
        self._crop.show_place(number if seen is not None else None)
        if number is not None and seen is not None:
            self._page.show_formula(number)

    def _at_cursor(self) -> int | None:
        at = self._source.position
        return next((n for n, each in enumerate(self._formulas) if each.start <= at <= each.end), None)

    def _open_at_cursor(self) -> None:
        """Open the formula at the cursor, or the first one that can be opened."""
        at_hand = [number for number, each in enumerate(self._formulas) if each.seen is not None]
        number = self._at_cursor()
        if at_hand:
            self._open_card(number if number in at_hand else at_hand[0], in_picture=False)

    def _open_card(self, number: int, *, in_picture: bool) -> None:
        each = self._formulas[number]
        if each.seen is None:
            return
        self._open = number
        self._select()
        place = self._crop.place_of(number) if in_picture else self._page.place_of(number)
        read = Alternative(each.seen.latex, each.seen.confidence)
        readings = (read, *each.seen.alternatives)
        self._card.open_at(_or_middle(place, self._page), self._crop.cut(number), each.latex, readings)
        self.drawings_wanted.emit(tuple(reading.markup for reading in readings))

    def _select(self) -> None:
        each = self._formulas[self._open]
        self._source.select(each.start, each.end)

    def _take(self, latex: str) -> None:
        each = self._formulas[self._open]
        if latex != each.latex:
            self._source.replace(each.start, each.end, latex)


def _or_middle(place: QRect, view: PageView) -> QRect:
    """A place, or the middle of a view where it is scrolled away."""
    seen = QRect(view.mapToGlobal(view.rect().topLeft()), view.size())
    return place if not place.isNull() else QRect(seen.center(), seen.center())
