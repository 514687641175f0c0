"""One item of a batch, larger: its picture, its drawing, its source."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.batches.batch import BatchItem
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.page import Block
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.visible import tagless
from writetex_desktop.services.reading.page_preview import Drawings
from writetex_desktop.ui.batch.words import state_words
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.dragging import let_drag_out
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.labels import PlainLabel, name_among_words
from writetex_desktop.ui.toolkit.views.latex_highlighter import LatexHighlighter
from writetex_desktop.ui.toolkit.views.page import PageView

_MARGIN = 8


class BatchDetail(QWidget):
    """Shows the item that is selected; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._title.setContentsMargins(_MARGIN, _MARGIN // 2, _MARGIN, _MARGIN // 2)
        self._crop = CropView()
        self._render = FormulaView()
        self._page = PageView()
        self._drawn = QStackedWidget()
        self._drawn.addWidget(self._render)
        self._drawn.addWidget(self._page)
        self._source = QPlainTextEdit()
        self._source.setReadOnly(True)
        self._source.setTabChangesFocus(True)
        self._source.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._source.document().setDocumentMargin(_MARGIN)
        self._source.setAccessibleName(tr("LaTeX source"))
        self._colours = LatexHighlighter(self._source.document(), self.palette())
        let_drag_out(self._crop, self._render, lambda: self.source)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        for part, stretch in ((self._crop, 3), (self._drawn, 3), (self._source, 2)):
            parts.addWidget(part)
            parts.setStretchFactor(parts.count() - 1, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(parts, 1)

    @property
    def source(self) -> str:
        """The text that is shown."""
        return self._source.toPlainText()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._crop.has_picture

    def show_item(self, item: BatchItem) -> None:
        """Show the text of an item, or why there is none."""
        self._title.setText(f"{name_among_words(item.source.name)} · {state_words(item)}")
        self._title.setToolTip(tagless(item.source.path))
        failure = item.failure
        text = f"{failure.message}\n{failure.remedy}".rstrip() if failure is not None else item.latex
        if text != self.source:
            self._source.setPlainText(text)
        self._drawn.setCurrentWidget(self._render if item.kind.is_formula else self._page)

    def show_crop(self, bitmap: Bitmap | None) -> None:
        """Show the picture of the item, or none."""
        self._crop.set_bitmap(bitmap)

    def show_render(self, formula: RenderedFormula | None) -> None:
        """Show how the formula is drawn, or empty paper."""
        self._render.set_formula(formula)

    def show_page(self, page: tuple[Block, ...], drawings: Drawings) -> None:
        """Show the text or the table."""
        self._page.show_page(page, drawings)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colours.set_palette(self.palette())
