"""Show one page of the program, say as JSON what stands on it, and wait; a screen reader's dump is beside it.

Called as a program with the name of a page, since a process turns accessibility on once, when it starts.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QToolButton, QWidget

from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import Remedy, RemedyAction, RenderError
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.ui.batch.view import BatchView
from writetex_desktop.ui.history.view import HistoryView
from writetex_desktop.ui.ink.pad import InkPad
from writetex_desktop.ui.settings.dialog import SettingsDialog
from writetex_desktop.ui.shell.first_page import FirstPage
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.application import QtApp

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "01-quadratic.png"


def _window() -> MainWindow:
    window = MainWindow(Actions())
    window.set_hotkey("Ctrl+Super+M")
    return window


def _first() -> QWidget:
    window = _window()
    page = FirstPage(SAMPLE)
    page.set_hotkey("Ctrl+Super+M")
    window.show_page(page)
    return window


def _result() -> QWidget:
    window = _window()
    window.show_home(window.pane)
    window.pane.show_crop(Bitmap(40, 10, bytes(1600)))
    window.pane.show_done(Recognition("x", Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 1.0))
    window.pane.show_render_error(RenderError("Missing close brace", position=1))
    window.notices.show_notice(Notice(Level.ERROR, "It failed.", Remedy("Try again.", RemedyAction.RETRY)))
    return window


def _page(made: Callable[[Actions], QWidget]) -> QWidget:
    actions = Actions()
    window = MainWindow(actions)
    window.show_page(made(actions))
    return window


PAGES: dict[str, Callable[[], QWidget]] = {
    "first": _first,
    "empty": _window,
    "result": _result,
    "batch": lambda: _page(lambda _actions: BatchView()),
    "history": lambda: _page(HistoryView),
    "pad": lambda: _page(lambda _actions: InkPad()),
    "settings": lambda: SettingsDialog(Catalogue(())),
}


def _sentences(window: QWidget) -> Iterator[str]:
    """Everything that stands on the screen as words, as a person would read it."""
    for each in window.findChildren(QWidget):
        if not each.isVisible() or each.visibleRegion().isEmpty():
            continue
        if isinstance(each, QToolButton) and each.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        if isinstance(each, QLabel):
            yield QTextDocumentFragment.fromHtml(each.text()).toPlainText()
        elif isinstance(each, QAbstractButton):
            yield each.text().replace("&", "")
        elif isinstance(each, QComboBox):
            yield each.currentText()


if __name__ == "__main__":
    app = QtApp(sys.argv[:1])
    shown = PAGES[sys.argv[1]]()
    shown.show()

    def say() -> None:
        sys.stdout.write(json.dumps([each for each in _sentences(shown) if each.strip()]) + "\n")
        sys.stdout.flush()

    QTimer.singleShot(500, say)
    app.exec()
