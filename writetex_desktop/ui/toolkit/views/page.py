"""Text with formulas, tables and source, as a page."""

import html
from collections.abc import Collection
from typing import Final, assert_never

from PySide6.QtCore import QEvent, QRect, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPalette, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.formats.page import (
    Block,
    Figure,
    Formula,
    Grid,
    Listing,
    Paragraph,
    Role,
    Run,
    Words,
)
from writetex_desktop.core.language.words import tr
from writetex_desktop.services.reading.page_preview import Drawings
from writetex_desktop.ui.toolkit.views.formulas_in_text import FormulasInText

_MARGIN: Final = 16
_EM_PER_FONT: Final = 1.1
_INSET: Final = 24
"""Pixels that an item is set in."""

_SIDES: Final = {"l": "left", "c": "center", "r": "right"}
_BORDER: Final = '<table border="1" cellspacing="0" cellpadding="6" style="border-collapse: collapse">'


class PageView(QTextBrowser):
    """Shows a page in the colours of the theme; formulas are pictures in the flow of the text."""

    formula_clicked = Signal(int)
    """The user clicked on a formula that can be clicked: its number, in reading order from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: tuple[Block, ...] = ()
        self._drawings: Drawings = {}
        self._zoom = 1.0
        self._shown = 0
        self._links: frozenset[int] = frozenset()
        self._doubtful: frozenset[int] = frozenset()
        self.setAccessibleName(tr("Preview"))
        self.setAccessibleDescription(tr("The text or the table as the source gives it"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        # Tab goes on through the window and not through fifty formulas: F8 leads to those that are doubtful.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.anchorClicked.connect(lambda url: self.formula_clicked.emit(int(url.fragment())))
        self._formulas = FormulasInText(self.document(), self)

    def show_page(
        self,
        page: tuple[Block, ...],
        drawings: Drawings,
        links: Collection[int] = (),
        doubtful: Collection[int] = (),
    ) -> None:
        """Show a page; formulas without a drawing stand as their source.

        Args:
            page: It.
            drawings: Its formulas.
            links: Numbers of the formulas that can be clicked, in reading order from 0.
            doubtful: Numbers of those that are marked as doubtful.
        """
        self._page, self._drawings = page, drawings
        self._links, self._doubtful = frozenset(links), frozenset(doubtful)
        self._load()

    def show_formula(self, number: int) -> None:
        """Scroll to a formula that can be clicked, unless it is to be seen."""
        place = self.place_of(number)
        seen = QRect(self.viewport().mapToGlobal(self.viewport().rect().topLeft()), self.viewport().size())
        if not seen.contains(place):
            self.scrollToAnchor(_anchor(number))

    def place_of(self, number: int) -> QRect:
        """Where a formula that can be clicked is to be seen, in global coordinates; null where it is not."""
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                fragment = fragments.fragment()
                if fragment.charFormat().anchorHref() == f"#{number}":
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(fragment.position())
                    start = self.cursorRect(cursor)
                    cursor.setPosition(fragment.position() + fragment.length())
                    place = start.united(self.cursorRect(cursor))
                    return QRect(self.viewport().mapToGlobal(place.topLeft()), place.size())
                fragments += 1
            block = block.next()
        return QRect()

    def set_zoom(self, zoom: float) -> None:
        """Show it larger or smaller."""
        self._zoom = zoom
        self._load()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme's colours and the size of its text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange}:
            self._load()

    def _load(self) -> None:
        place = self.verticalScrollBar().value()
        self.document().clear()
        self._formulas.clear(self.palette().color(QPalette.ColorRole.Base))
        self._shown = 0
        self.setHtml(
            f'<div style="font-size: {self._text_pixels()}px">{"".join(map(self._block, self._page))}</div>'
        )
        self.verticalScrollBar().setValue(place)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(runs, level):
                tag = f"h{level}" if level else "p"
                mark = "\u2022" if block.mark in {"-", "*", "+"} else block.mark
                shown = f"{html.escape(mark)}&nbsp;&nbsp;" if mark else ""
                inset = (
                    f' style="margin-left: {_INSET * (block.depth + 1)}px"' if block.role is Role.ITEM else ""
                )
                return f"<{tag}{inset}>{shown}{self._flow(runs)}</{tag}>"
            case Grid(rows):
                cells = (
                    "".join(
                        f'<td colspan="{span.columns}" rowspan="{span.rows}" '
                        f'align="{_SIDES[block.alignment[column]]}">{self._flow(runs)}</td>'
                        for runs, column, span in block.cells(at)
                    )
                    for at in range(len(rows))
                )
                return _BORDER + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
            case Figure(_, description):
                return f"<p><i>{html.escape(description or tr('A picture stands here.'))}</i></p>"
            case Listing(source, language) if language != "latex":
                return f"<pre>{html.escape(source)}</pre>"
            case Listing(source):
                why = tr("This is shown as source, since drawing it takes a LaTeX installation.")
                return f"<p><i>{html.escape(why)}</i></p><pre>{html.escape(source)}</pre>"
        assert_never(block)

    def _flow(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        match run:
            case Words(text):
                return html.escape(text)
            case Formula():
                number, self._shown = self._shown, self._shown + 1
                return self._formula(run, number)
        assert_never(run)

    def _formula(self, formula: Formula, number: int) -> str:
        drawing = self._drawings.get(formula)
        is_marked = number in self._doubtful
        if drawing is None:
            shown = f"<code>{html.escape(formula.latex)}</code>"
        else:
            shown = self._picture(formula, drawing, is_marked=is_marked)
        if number in self._links:
            ink = self.palette().color(QPalette.ColorRole.Text).name()
            style = f"text-decoration: none; color: {ink}"
            shown = f'<a name="{_anchor(number)}" href="#{number}" style="{style}">{shown}</a>'
        return f'<div align="center">{shown}</div>' if formula.display and drawing is not None else shown

    def _picture(self, formula: Formula, drawing: RenderedFormula, *, is_marked: bool) -> str:
        em = self.fontInfo().pixelSize() * _EM_PER_FONT * self._zoom
        size = QSizeF(max(1, round(drawing.width_em * em)), max(1, round(drawing.height_em * em)))
        font = QFont(self.font())
        font.setPixelSize(self._text_pixels())
        return self._formulas.add(
            with_ink(drawing, self.palette().color(QPalette.ColorRole.Text).name()),
            size,
            0 if formula.display else round(drawing.depth_em * em),
            text=QFontMetrics(font),
            ratio=self.devicePixelRatioF(),
            is_marked=is_marked,
        )

    def _text_pixels(self) -> int:
        return round(self.fontInfo().pixelSize() * self._zoom)


def _anchor(number: int) -> str:
    return f"formula-{number}"
