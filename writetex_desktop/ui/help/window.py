"""The guide, in a window of its own."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QKeySequence,
    QPalette,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.language.languages import ENGLISH, find_language
from writetex_desktop.core.language.words import tr
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.resources import resource_path
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, topic_in_front
from writetex_desktop.ui.toolkit.views.labels import PlainLabel
from writetex_desktop.ui.toolkit.views.window_size import resize_within_screen

_MARGIN = 24
"""Logical pixels round the text."""

_LINE_PERCENT = 120.0

_ABOVE_HEADING = {2: 28, 3: 20}
"""Logical pixels above a heading, by its level."""

_CONTENTS_LEVEL = 2
"""Headings of this level stand in the list of contents."""


def guide_text(language: str) -> str:
    """Give the guide in a language that it has."""
    return resource_path("guide", f"{language}.md").read_text(encoding="utf-8")


def chapters(guide: str) -> list[str]:
    """Give the headings of a guide's chapters, in their order."""
    mark = "#" * _CONTENTS_LEVEL + " "
    return [line.removeprefix(mark) for line in guide.splitlines() if line.startswith(mark)]


def guide_file(locale: QLocale) -> Path:
    """Find the guide in the language that the user prefers most, of those there are."""
    wanted = (find_language((name,)) for name in locale.uiLanguages())
    files = (resource_path("guide", f"{each.code}.md") for each in wanted if each is not None)
    return next((file for file in files if file.is_file()), resource_path("guide", f"{ENGLISH.code}.md"))


class HelpWindow(QWidget):
    """Shows the guide with its contents and a search.

    Args:
        text: The guide, in Markdown.
        open_page: Opens an address in the browser.
    """

    diagnostics_requested = Signal()
    """Copy what `writetex doctor` says."""

    def __init__(self, text: str, open_page: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("WriteTex Help"))
        self._text = text
        self.diagnostics = QPushButton(tr("Copy &diagnostics"))
        self.diagnostics.setToolTip(
            tr("What works on this machine and why the rest does not, as text without anything private")
        )
        self.diagnostics.clicked.connect(lambda: self.diagnostics_requested.emit())
        self._open_page = open_page
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the guide"))
        self.search.setAccessibleName(tr("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find_first)
        self.search.returnPressed.connect(self.find_next)
        self._found = PlainLabel(tr("Not found"))
        self._found.hide()
        self.contents = QListWidget()
        self.contents.setAccessibleName(tr("Contents"))
        self.contents.setWordWrap(True)
        self.contents.setSpacing(2)
        self.contents.currentRowChanged.connect(self._go_to)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(tr("Guide"))
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        # Links can be reached with Tab and followed with Return.
        self.browser.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._headings: list[QTextBlock] = []
        self._lay_out()
        self._show_text()
        resize_within_screen(self, self.sizeHint())
        QShortcut(QKeySequence.StandardKey.Find, self, self._start_search)
        QShortcut(QKeySequence.StandardKey.FindNext, self, self.find_next)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)

    def sizeHint(self) -> QSize:
        """Ask for room in which a line has some ninety letters."""
        return QSize(980, 700)

    def show_diagnosing(self) -> None:
        """Say that the machine is being looked at."""
        self.diagnostics.setEnabled(False)
        self.diagnostics.setText(tr("Looking…"))

    def show_diagnosed(self, *, copied: bool) -> None:
        """Say that the clipboard has what was found, or offer to look again."""
        self.diagnostics.setEnabled(True)
        self.diagnostics.setText(tr("Diagnostics copied") if copied else tr("Copy &diagnostics"))

    def show_topic(self, topic: HelpTopic) -> None:
        """Go to the chapter about something; in every language it stands at the same place."""
        self.contents.setCurrentRow(-1)
        self.contents.setCurrentRow(chapters(guide_text(ENGLISH.code)).index(topic.value))

    def find_next(self) -> None:
        """Go to the next place with the words searched for, from the top again after the last."""
        words = self.search.text()
        if not words:
            self._found.hide()
            return
        found = self.browser.find(words)
        if not found:
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
            found = self.browser.find(words)
        self._found.setVisible(not found)

    def changeEvent(self, event: QEvent) -> None:
        """Colour links and tables anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            place = self.browser.verticalScrollBar().value()
            self._show_text()
            self.browser.verticalScrollBar().setValue(place)
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self.contents.setMaximumWidth(320)
        split = QSplitter()
        split.addWidget(self.contents)
        split.addWidget(self.browser)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 740])
        split.setChildrenCollapsible(False)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self._found)
        top.addWidget(self.diagnostics)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(split, 1)

    def _show_text(self) -> None:
        document = self.browser.document()
        self.browser.setMarkdown(self._text)
        document.setDocumentMargin(_MARGIN)
        _dress(document, self.palette())
        blocks = _blocks(document)
        self._headings = [each for each in blocks if each.blockFormat().headingLevel() == _CONTENTS_LEVEL]
        if self.contents.count() != len(self._headings):
            self.contents.clear()
            self.contents.addItems([each.text() for each in self._headings])

    def _go_to(self, row: int) -> None:
        if row < 0:
            return
        top = self.browser.document().documentLayout().blockBoundingRect(self._headings[row]).top()
        self.browser.verticalScrollBar().setValue(round(top) - _MARGIN // 2)

    def _start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _find_first(self) -> None:
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        self.find_next()

    def _follow(self, url: QUrl) -> None:
        self._open_page(url.toString())


class HelpDesk(QObject):
    """Opens the guide when it is asked for.

    Args:
        actions: Has the action.
        open_page: Opens an address in the browser.
        copy_diagnostics: Puts what `writetex doctor` says on the clipboard; takes seconds.
        tasks: Runs that.
    """

    def __init__(
        self,
        actions: Actions,
        open_page: Callable[[str], object],
        copy_diagnostics: Callable[[], Coroutine[Any, Any, None]],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._open_page = open_page
        self._copy_diagnostics = copy_diagnostics
        self._tasks = tasks
        self.window: HelpWindow | None = None
        self._file: Path | None = None
        # In the settings and every other window too.
        actions.help.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        actions.help.triggered.connect(lambda: self.open())

    def open(self) -> None:
        """Show the guide, in front, at the chapter about what was in front before."""
        topic = topic_in_front()
        file = guide_file(QLocale())
        if self.window is not None and file != self._file:  # the language was changed meanwhile
            self.close()
        if self.window is None:
            self._file = file
            self.window = HelpWindow(file.read_text(encoding="utf-8"), self._open_page)
            self.window.diagnostics_requested.connect(self._diagnose)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.window.browser.setFocus()
        if topic is not None:
            self.window.show_topic(topic)

    def _diagnose(self) -> None:
        if self.window is not None:
            self._tasks.spawn(self._copied(self.window), name="diagnostics")

    async def _copied(self, window: HelpWindow) -> None:
        window.show_diagnosing()
        copied = False
        try:
            await self._copy_diagnostics()
            copied = True
        finally:
            window.show_diagnosed(copied=copied)

    def close(self) -> None:
        """Take the window away."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    blocks: list[QTextBlock] = []
    block = document.begin()
    while block.isValid():
        blocks.append(block)
        block = block.next()
    return blocks


def _dress(document: QTextDocument, palette: QPalette) -> None:
    """Give lines, headings, code and tables the room that Markdown does not say."""
    for block in _blocks(document):
        look = QTextBlockFormat()
        level = block.blockFormat().headingLevel()
        if level > 1:
            look.setTopMargin(_ABOVE_HEADING[level])
        if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
            look.setBackground(palette.color(QPalette.ColorRole.AlternateBase))
        else:
            look.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(block).mergeBlockFormat(look)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            table = frame.format()
            table.setCellPadding(6)
            table.setCellSpacing(0)
            table.setBorder(1)
            table.setBorderCollapse(True)
            table.setTopMargin(12)
            table.setBottomMargin(12)
            frame.setFormat(table)
