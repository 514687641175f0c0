"""The panel that finds a symbol: paper for one symbol, and the likeliest commands beside it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.signs import SymbolGuess
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.ink.canvas import InkCanvas
from writetex_desktop.ui.ink.paper import Paper, Rules
from writetex_desktop.ui.ink.symbol_words import guess_words, package_words
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.views.labels import PlainLabel
from writetex_desktop.ui.toolkit.views.titled import titled
from writetex_desktop.ui.toolkit.views.window_size import resize_within_screen

_PICTURE_PX: Final = 32
_GUESS = Qt.ItemDataRole.UserRole


class SymbolPanel(QWidget):
    """Takes a drawing of one symbol and shows what it may be; what is chosen goes out as a signal."""

    drawn = Signal(object)
    """The drawing is another one: an `Ink`."""

    chosen = Signal(object)
    """The user took a `SymbolGuess`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(tr("Find a symbol"))
        self.canvas = InkCanvas()
        self.list = QListWidget()
        self._about = PlainLabel()
        self._clear = QPushButton(tr("&Draw anew"))
        self._insert = QPushButton(tr("&Insert"))
        self._make()
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Ask for room for a symbol and ten rows."""
        return QSize(640, 480)

    @property
    def guesses(self) -> tuple[SymbolGuess, ...]:
        """What is offered, the likeliest first."""
        return tuple(self.list.item(row).data(_GUESS) for row in range(self.list.count()))

    def show_guesses(self, guesses: Sequence[SymbolGuess]) -> None:
        """Offer commands, the likeliest first, which is chosen already."""
        self.list.clear()
        for number, guess in enumerate(guesses):
            item = QListWidgetItem(_blank(), guess_words(guess))
            item.setData(_GUESS, guess)
            item.setToolTip(
                tagless(
                    tr(
                        "{share} % likely; press {key} to insert",
                        share=round(guess.confidence * 100),
                        key=(number + 1) % 10,
                    )
                )
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, guess_words(guess))
            self.list.addItem(item)
        if guesses:
            self.list.setCurrentRow(0)
        self._tell()

    def show_picture(self, guess: SymbolGuess, formula: RenderedFormula) -> None:
        """Draw a symbol beside its command, if that is still offered."""
        ink = self.palette().color(QPalette.ColorRole.Text).name()
        renderer = QSvgRenderer(QByteArray(with_ink(formula, ink).encode()))
        scale = self.devicePixelRatioF()
        drawn = QPixmap(round(_PICTURE_PX * scale), round(_PICTURE_PX * scale))
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        em = min(
            _PICTURE_PX * 0.62,
            *(_PICTURE_PX / side for side in (formula.width_em, formula.height_em) if side),
        )
        width, height = formula.width_em * em, formula.height_em * em
        painter = QPainter(drawn)
        renderer.render(painter, QRectF((_PICTURE_PX - width) / 2, (_PICTURE_PX - height) / 2, width, height))
        painter.end()
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_GUESS) == guess:
                item.setIcon(QIcon(drawn))

    def say(self, sentence: str, level: Level = Level.INFO) -> None:
        """Say something in one line."""
        self._about.setText(sentence)
        palette = self._about.palette()
        plain = self.palette().color(QPalette.ColorRole.PlaceholderText)
        colour = plain if level is Level.INFO else level_colour(level, self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self._about.setPalette(palette)

    def open_beside(self, widget: QWidget) -> None:
        """Come up over a window, empty."""
        self.clear()
        resize_within_screen(self, self.sizeHint())
        place = widget.window().frameGeometry().center()
        self.move(place.x() - self.width() // 2, place.y() - self.height() // 2)
        self.show()
        self.raise_()
        self.activateWindow()
        self.canvas.setFocus()

    def clear(self) -> None:
        """Take an empty paper."""
        self.canvas.set_ink(Ink())
        self.canvas.show_all()
        self.show_guesses(())
        self.drawn.emit(Ink())

    def event(self, event: QEvent) -> bool:
        """Claim Escape and the digits."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a row by its digit or the current one by Enter, draw anew, or go away."""
        digit = event.text() if event.text().isdecimal() else ""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.list.currentRow())
        elif digit:
            self._take((int(digit) - 1) % 10)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.list.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _take(self, row: int) -> None:
        if 0 <= row < self.list.count():
            self.chosen.emit(self.list.item(row).data(_GUESS))

    def _tell(self) -> None:
        """Say of the current row what its command needs."""
        row = self.list.currentRow()
        self._insert.setEnabled(row >= 0)
        if row < 0:
            self.say(tr("Draw one symbol. Its commands come up as you draw."))
            return
        guess: SymbolGuess = self.list.item(row).data(_GUESS)
        needed = package_words(guess)
        self.say(
            tr("{command} {needed}.", command=guess.command, needed=needed)
            if needed
            else tr("{command} needs no package.", command=guess.command)
        )

    def _make(self) -> None:
        self.canvas.set_paper(Paper(Rules.NONE))
        self.canvas.set_pen_width(4.0)
        self.canvas.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.canvas.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.canvas.setAccessibleName(tr("Paper for one symbol"))
        self.canvas.ink_changed.connect(self.drawn)
        self.canvas.left.connect(self.hide)
        self.list.setAccessibleName(tr("Commands that it may be"))
        self.list.setIconSize(QSize(_PICTURE_PX, _PICTURE_PX))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _row: self._tell())
        self.list.itemClicked.connect(lambda item: self.chosen.emit(item.data(_GUESS)))
        self._clear.setIcon(icon(IconName.RUBBER))
        self._clear.setToolTip(tr("Take an empty paper (Backspace)"))
        self._clear.clicked.connect(lambda: self.clear())
        self._insert.setIcon(icon(IconName.INSERT))
        self._insert.setToolTip(tr("Put the command at the cursor of the source (Enter)"))
        self._insert.clicked.connect(lambda: self._take(self.list.currentRow()))
        self._about.setWordWrap(True)
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._about.setMinimumHeight(self._about.fontMetrics().lineSpacing() * 2)
        self._tell()

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(8)
        halves.addWidget(titled(tr("Draw here"), self.canvas), 4)
        halves.addWidget(titled(tr("It may be"), self.list), 5)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._insert)
        foot.addWidget(self._clear)
        foot.addWidget(self._about, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        whole.addLayout(halves, 1)
        whole.addLayout(foot)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._clear.setIcon(icon(IconName.RUBBER, self.palette()))
            self._insert.setIcon(icon(IconName.INSERT, self.palette()))
            self._tell()


def _blank() -> QIcon:
    blank = QPixmap(_PICTURE_PX, _PICTURE_PX)
    blank.fill(Qt.GlobalColor.transparent)
    return QIcon(blank)
