"""Text fields that do not wait for the program that holds the clipboard.

Qt reads the clipboard on the thread of the windows at the paste keys, at a middle click and before a field's
menu is shown, and waits five seconds for each form of a program that hangs. So what would make it read is
held back until that program has answered somewhere else, and dropped when it does not.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from writetex_desktop.services.tasks import Tasks

_FIELDS: Final = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class PasteGuard(QObject):
    """Watches the field that has the focus.

    Args:
        app: The application.
        ask: Reads what would be pasted from the clipboard or, if told so, from what was marked last; raises
            `ClipboardError` when the program that holds it does not answer.
        tasks: Runs the asking, and tells its errors.
    """

    def __init__(
        self, app: QApplication, ask: Callable[[QClipboard.Mode], Coroutine[Any, Any, None]], tasks: Tasks
    ) -> None:
        super().__init__(app)
        self._ask = ask
        self._tasks = tasks
        self._passes = False
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what would read the clipboard of another program."""
        source = None if self._passes else _read_by(event)
        if source is None or _is_ours(source):
            return False
        self._tasks.spawn(self._let_pass(watched, event.clone(), source), name="ask for the clipboard")
        return True

    async def _let_pass(self, field: QObject, event: QEvent, source: QClipboard.Mode) -> None:
        await self._ask(source)
        if not isValid(field):
            return
        self._passes = True
        try:
            QCoreApplication.sendEvent(field, event)
        finally:
            self._passes = False

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        for each in _listening(old):
            each.removeEventFilter(self)
        for each in _listening(new):
            each.installEventFilter(self)


def _listening(field: QWidget | None) -> tuple[QObject, ...]:
    """Give what hears keys and mouse of a field; nothing for other widgets."""
    if not isinstance(field, _FIELDS):
        return ()
    return (field, field.viewport()) if isinstance(field, QAbstractScrollArea) else (field,)


def _read_by(event: QEvent) -> QClipboard.Mode | None:
    """Say what Qt would read because of an event."""
    match event.type():
        case QEvent.Type.ContextMenu:
            return QClipboard.Mode.Clipboard
        case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
            return QClipboard.Mode.Clipboard if event.matches(QKeySequence.StandardKey.Paste) else None
        case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
            middle = event.button() is Qt.MouseButton.MiddleButton
            return QClipboard.Mode.Selection if middle else None
        case _:
            return None


def _is_ours(source: QClipboard.Mode) -> bool:
    clipboard = QGuiApplication.clipboard()
    return clipboard.ownsClipboard() if source is QClipboard.Mode.Clipboard else clipboard.ownsSelection()
