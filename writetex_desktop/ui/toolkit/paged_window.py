"""A window of pages, of which one is shown: all that a page's presenter knows of the main window."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from writetex_desktop.ui.toolkit.views.notices import NoticeBar


class PagedWindow(QMainWindow):
    """Shows a home, and in its place other pages for a while.

    Attributes:
        notices: Where a page tells the user things.
        pages: All pages, for whoever lays the window out.
    """

    came_to_front = Signal()
    """The user works in the window from now on."""

    def __init__(self) -> None:
        super().__init__()
        self.notices = NoticeBar()
        self.pages = QStackedWidget()
        self._home: QWidget = self.pages

    def show_home(self, page: QWidget) -> None:
        """Show a page, to which `leave_page` leads from now on."""
        self._home = page
        self.show_page(page)

    def shows(self, page: QWidget) -> bool:
        """Say whether a page is the one that is shown."""
        return self.pages.currentWidget() is page

    def show_page(self, page: QWidget) -> None:
        """Show another page until `leave_page`, or until there is a new home."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def leave_page(self) -> None:
        """Show the home again."""
        self.pages.setCurrentWidget(self._home)
        self._home.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Tell when the window becomes the active one."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_to_front.emit()

    def bring_to_front(self) -> None:
        """Show the window and ask the system to put it in front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
