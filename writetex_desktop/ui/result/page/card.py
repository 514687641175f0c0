"""What was read of one formula of a page, beside what else it may be."""

from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QVBoxLayout, QWidget

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Alternative
from writetex_desktop.ui.toolkit.views.labels import PlainLabel, menu_line

_WIDEST: Final = 480
"""Width of a picture in the card at most, in logical pixels."""

_LARGEST: Final = 3.0
"""How far the cut-out is enlarged at most."""

_HEIGHT: Final = 56
"""What a formula of one line is shown at, about."""

_EM_PER_FONT: Final = 1.4


class FormulaCard(QFrame):
    """A popup: the formula as it was printed, its readings as they are drawn, and the way to its source.

    Esc and a click elsewhere close it; Tab goes through the readings.
    """

    chosen = Signal(str)
    """The user prefers this reading: its LaTeX."""

    source_requested = Signal()
    """The user wants to mend the formula by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(tr("Other readings"))
        self._buttons: dict[str, QToolButton] = {}
        self._cut = PlainLabel()
        self._cut.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cut.setAccessibleName(tr("Picture"))
        self._readings = QVBoxLayout()
        self._readings.setSpacing(4)
        self._edit = QPushButton(tr("Edit"))
        self._edit.clicked.connect(self._mend)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._cut)
        column.addLayout(self._readings)
        column.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignRight)

    def open_at(self, place: QRect, cut: QImage, latex: str, readings: tuple[Alternative, ...]) -> None:
        """Show it below a place, or above where there is no room.

        Args:
            place: Of the formula, in global coordinates.
            cut: Its pixels.
            latex: What stands in the source, which is one of the readings or the user's own.
            readings: What was read, the surest first.
        """
        self._show_cut(cut)
        for button in self._buttons.values():
            self._readings.removeWidget(button)
            button.deleteLater()
        self._buttons = {each.markup: self._button(each, is_taken=each.markup == latex) for each in readings}
        self.adjustSize()
        self.move(self._corner(place))
        self.show()
        taken = self._buttons.get(latex)
        (taken or self._edit).setFocus(Qt.FocusReason.PopupFocusReason)

    def show_drawing(self, latex: str, drawing: RenderedFormula) -> None:
        """Show a reading as it is drawn, in place of its LaTeX."""
        button = self._buttons.get(latex)
        if button is None:
            return
        em = self.fontInfo().pixelSize() * _EM_PER_FONT
        em *= min(1.0, _WIDEST / max(1.0, drawing.width_em * em))
        size = QSize(max(1, round(drawing.width_em * em)), max(1, round(drawing.height_em * em)))
        image = QImage(size * self.devicePixelRatioF(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        ink = self.palette().color(QPalette.ColorRole.ButtonText).name()
        QSvgRenderer(QByteArray(with_ink(drawing, ink).encode())).render(painter, QRectF(image.rect()))
        painter.end()
        button.setIcon(QIcon(QPixmap.fromImage(image)))
        button.setIconSize(size)
        button.setText(button.text().rpartition("\t")[2])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.adjustSize()

    def _show_cut(self, cut: QImage) -> None:
        ratio = self.devicePixelRatioF()
        width, height = max(1, cut.width()) / ratio, max(1, cut.height()) / ratio
        factor = min(_LARGEST, _WIDEST / width, max(1.0, _HEIGHT / height))
        size = QSize(round(width * factor * ratio), round(height * factor * ratio))
        how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        pixels = QPixmap.fromImage(cut.scaled(size, *how))
        pixels.setDevicePixelRatio(ratio)
        self._cut.setPixmap(pixels)

    def _button(self, reading: Alternative, *, is_taken: bool) -> QToolButton:
        button = QToolButton()
        share = self.locale().toString(round(100 * reading.confidence))
        text = tr("{reading}\t{share} %").format(reading=menu_line(reading.markup), share=share)
        button.setText(text)
        button.setAccessibleName(text.replace("\t", ", "))
        button.setToolTip(tr("Put this reading into the editor"))
        button.setCheckable(True)
        button.setChecked(is_taken)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._choose(reading.markup))
        self._readings.addWidget(button)
        return button

    def _corner(self, place: QRect) -> QPoint:
        """Where the card does not hide the formula and is on the screen."""
        room = self.screen().availableGeometry()
        x = min(max(room.left(), place.center().x() - self.width() // 2), room.right() - self.width())
        below = place.bottom() + 8
        above = place.top() - 8 - self.height()
        return QPoint(x, below if below + self.height() <= room.bottom() else max(room.top(), above))

    def _choose(self, latex: str) -> None:
        self.hide()
        self.chosen.emit(latex)

    def _mend(self) -> None:
        self.hide()
        self.source_requested.emit()
