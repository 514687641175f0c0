"""A drawn formula, in the ink of the theme."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.formats.drawing.formula import FormulaPart, RenderedFormula, with_ink
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.views.difference_mark import paint_mark
from writetex_desktop.ui.toolkit.views.zoom import ZoomView

_EM_PER_FONT: Final = 1.6
"""How much larger than the window's text a formula is set; small indices stay readable."""

_STALE_OPACITY: Final = 0.45


class FormulaView(ZoomView):
    """Shows a formula on the paper of the theme; a stale one is dimmed. Its own size never depends on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formula: RenderedFormula | None = None
        self._stale = False
        self._renderer = QSvgRenderer(self)
        self._marks: tuple[FormulaPart, ...] = ()
        self._words = self._mathml = ""
        self.setAccessibleName(tr("Formula"))
        self.set_marks(())

    @property
    def formula(self) -> RenderedFormula | None:
        """What is shown."""
        return self._formula

    @property
    def em_px(self) -> float:
        """How large an em is at its natural size, in logical pixels."""
        return self.fontInfo().pixelSize() * _EM_PER_FONT

    @property
    def is_stale(self) -> bool:
        """Whether what is shown is older than the source."""
        return self._stale

    def set_formula(self, formula: RenderedFormula | None) -> None:
        """Show a formula without marks, or empty paper."""
        self._formula = formula
        self.set_marks(())
        self._load()

    def set_marks(self, marks: Sequence[FormulaPart]) -> None:
        """Mark parts of the formula; none takes the marks away."""
        self._marks = tuple(marks)
        self._describe()
        self.viewport().update()

    @property
    def mathml(self) -> str:
        """The MathML of what is shown; empty where it is not known yet."""
        return self._mathml

    def set_words(self, words: str, mathml: str) -> None:
        """Tell screen readers what the formula says, and whoever drags it out its MathML.

        Args:
            words: Nothing where they are not known yet.
            mathml: The same.
        """
        self._words, self._mathml = words, mathml
        self._describe()

    def set_stale(self, stale: bool) -> None:
        """Dim the picture while it is older than the source."""
        if stale != self._stale:
            self._stale = stale
            self.viewport().update()

    def natural_size(self) -> QSizeF:
        """The size at which the formula goes with the window's text."""
        if self._formula is None:
            return QSizeF()
        return QSizeF(self._formula.width_em, self._formula.height_em) * self.em_px

    def paint_picture(self, painter: QPainter, target: QRectF) -> None:
        """Paint the formula over its marks."""
        if self._formula is not None:
            em = target.width() / self._formula.width_em
            paper = self.palette().color(QPalette.ColorRole.Base)
            for mark in self._marks:
                place = QRectF(mark.x_em * em, mark.y_em * em, mark.width_em * em, mark.height_em * em)
                paint_mark(painter, place.translated(target.topLeft()), paper)
        painter.setOpacity(_STALE_OPACITY if self._stale else 1.0)
        self._renderer.render(painter, target)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme's ink and the size of its text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._load()

    def _describe(self) -> None:
        about = (
            tr("The formula as the source draws it, marked where it differs from the picture")
            if self._marks
            else tr("The formula as the source draws it")
        )
        self.setAccessibleDescription(
            tr("{about}: {words}", about=about, words=self._words) if self._words else about
        )

    def _load(self) -> None:
        if self._formula is not None:
            ink = self.palette().color(QPalette.ColorRole.Text).name()
            self._renderer.load(QByteArray(with_ink(self._formula, ink).encode()))
        self.picture_changed()
