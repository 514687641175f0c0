"""Windows in tests that are to have the keyboard."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot


def give_keyboard(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and ask for the keyboard until it is there.

    Once is not enough: where a window of the test before has just gone, the window manager may hand the
    keyboard to a third one after it was given.
    """
    window.show()

    def is_there() -> bool:
        if not window.isActiveWindow() or QApplication.focusWidget() is None:
            window.raise_()
            window.activateWindow()
            window.setFocus()
            return False
        return True

    for _time in range(2):
        qtbot.waitUntil(is_there)
        qtbot.wait(50)
