"""The page of the first start: three questions, each answered at once, and all of them can be left."""

from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr, tr_marked, without_key
from writetex_desktop.ui.settings.page import choice, choose, fine_print
from writetex_desktop.ui.toolkit.language import offered_languages
from writetex_desktop.ui.toolkit.views.labels import MarkedLabel, PlainLabel

_WIDTH: Final = 560
_COLUMNS: Final = 2
_TARGETS: Final = (
    OutputFormat.WORD,
    OutputFormat.DOCS,
    OutputFormat.OBSIDIAN,
    OutputFormat.TYPST,
)
"""Where many people paste, besides LaTeX; every other format is in the box below a result."""


class FirstPage(QWidget):
    """Asks where formulas go, who reads them and whether the hotkey works.

    What is answered holds from then on; Done and Escape do the same.

    Args:
        sample: A picture of a formula to try the hotkey on.
    """

    format_chosen = Signal(object)
    """Formulas are pasted where this `OutputFormat` is understood."""

    language_chosen = Signal(str)
    """The program shall speak the language of this code; empty for the system's."""

    remedy_requested = Signal(object)
    """The user wants to set up an endpoint or another hotkey: a `RemedyAction`."""

    left = Signal()
    """The user has seen enough."""

    def __init__(self, sample: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = PlainLabel(tr("Three questions, and it is ready"))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        heading.setFont(font)
        heading.setWordWrap(True)
        self._language = choice(
            ("", tr("System language")), *((each.code, each.name) for each in offered_languages())
        )
        self._language.setAccessibleName(without_key(tr("&Language")))
        self._language.currentIndexChanged.connect(
            lambda _row: self.language_chosen.emit(self._language.currentData())
        )
        self._targets = QButtonGroup(self)
        self._press = MarkedLabel()
        self._press.setWordWrap(True)
        self._done = QPushButton(tr("&Done"))
        self._done.setDefault(True)
        self._done.clicked.connect(lambda: self.left.emit())
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(heading, 1)
        top.addWidget(self._language)
        column.addLayout(top)
        column.addWidget(fine_print(tr("Answer what you like; all of it is in the settings too.")))
        column.addSpacing(8)
        column.addWidget(_question(tr("Where do you paste formulas?")))
        column.addWidget(self._made_targets())
        column.addSpacing(8)
        column.addWidget(_question(tr("Who reads the pictures?")))
        offline = PlainLabel(tr("Working offline. Add your own endpoint for hard formulas."))
        column.addLayout(self._line(offline, tr("Add your endpoint…"), RemedyAction.OPEN_ENDPOINT_SETTINGS))
        column.addSpacing(8)
        column.addWidget(_question(tr("Does the hotkey work?")))
        column.addLayout(self._line(self._press, tr("Another hotkey…"), RemedyAction.OPEN_SNIPPING_SETTINGS))
        column.addWidget(_picture(sample), 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(self._done, 0, Qt.AlignmentFlag.AlignRight)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 16, 32, 16)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 8)
        row.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        self.set_hotkey("")

    def take_focus(self) -> None:
        """Put the keyboard on the usual answer; with a focus proxy Tab would leave out what stands before."""
        self._done.setFocus()

    def set_format(self, output_format: OutputFormat) -> None:
        """Check where formulas go without telling anybody; nothing where it is not among the answers."""
        self._targets.setExclusive(False)  # or one that was checked would stay so
        for button in self._targets.buttons():
            button.setChecked(self._targets.id(button) == _number(output_format))
        self._targets.setExclusive(True)

    def set_language(self, code: str) -> None:
        """Choose a language without telling anybody."""
        choose(self._language, code)

    def set_hotkey(self, hotkey: str) -> None:
        """Ask for the hotkey.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        if hotkey:
            asked = tr(
                "Press {hotkey} now and drag a box round this formula.", hotkey=f"<b>{escape(hotkey)}</b>"
            )
        else:
            asked = tr("No hotkey is set: choose one.")
        self._press.setText(asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _made_targets(self) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(tr("Where do you paste formulas?"))
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        names = {OutputFormat.RAW: tr("LaTeX editors, Overleaf")}
        names |= {each: tr_marked(each.row.label) for each in _TARGETS}
        for place, (output_format, name) in enumerate(names.items()):
            button = QRadioButton(name)
            self._targets.addButton(button, _number(output_format))
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        grid.setColumnStretch(_COLUMNS, 1)
        formats = tuple(OutputFormat)
        self._targets.idClicked.connect(lambda number: self.format_chosen.emit(formats[number]))
        return holder

    def _line(self, text: PlainLabel | MarkedLabel, name: str, action: RemedyAction) -> QHBoxLayout:
        text.setWordWrap(True)
        button = QPushButton(name)
        button.clicked.connect(lambda: self.remedy_requested.emit(action))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(text, 1)
        row.addWidget(button)
        return row


class _Paper(PlainLabel):
    """A picture on paper, whatever the theme: it is to be snipped as it would stand in a document."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self.setPixmap(picture)
        self.setMargin(8)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("A formula to try the hotkey on"))
        self._whiten()

    def changeEvent(self, event: QEvent) -> None:
        """Stay white in a dark theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._whiten()

    def _whiten(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.white)
        self.setPalette(palette)


def _picture(sample: Path) -> QWidget:
    return _Paper(QPixmap(str(sample)))


def _question(text: str) -> PlainLabel:
    label = PlainLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setWordWrap(True)
    return label


def _number(output_format: OutputFormat) -> int:
    return tuple(OutputFormat).index(output_format)
