"""Which chapter of the guide belongs to what is on the screen."""

from enum import StrEnum
from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

from writetex_desktop.ui.toolkit.paged_window import PagedWindow

_PROPERTY: Final = "help_topic"


class HelpTopic(StrEnum):
    """Chapters of the guide, by their English heading; in every language they stand at the same places."""

    COSTS = "Costs, terms and warranty"
    FIELDS = "Get the three fields"
    NOTATION = "Your notation and your document"
    RESULT = "Check the result"
    BY_HAND = "Write by hand"
    BATCH = "Many pictures at once"
    HISTORY = "History, private mode and the clipboard"
    PASTING = "Pasting into other programs"
    COMPUTE = "Compute"
    ENGINES = "Engines and staying offline"
    HOTKEYS = "Hotkeys on each desktop"


def set_help_topic(page: QWidget, topic: HelpTopic | None) -> None:
    """Say which chapter explains a page and everything on it; None for none of its own."""
    page.setProperty(_PROPERTY, topic.value if topic is not None else None)


def topic_in_front() -> HelpTopic | None:
    """Give the chapter about where the keyboard is, else about the page that is shown; None for no one's."""
    at = QApplication.focusWidget()
    while at is not None:
        if topic := at.property(_PROPERTY):
            return HelpTopic(topic)
        at = at.parentWidget()
    window = QApplication.activeWindow()
    if isinstance(window, PagedWindow):
        page = window.pages.currentWidget()
        topic = page.property(_PROPERTY) if page is not None else None
        return HelpTopic(topic) if topic else None
    return None
