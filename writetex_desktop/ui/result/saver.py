"""Saves the result that is shown as a document."""

from collections.abc import Callable

from writetex_desktop.core.documents.document import DocumentWish
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


def save_from(pane: ResultPane, mode: Callable[[], Mode], saver: DocumentSaver) -> None:
    """Let the pane's menu save what it shows.

    Args:
        pane: What shows the result.
        mode: Says what it is.
        saver: Saves it.
    """

    def save(wish: DocumentWish) -> None:
        if pane.markup.strip():
            saver.save(wish, [(pane.markup, mode())])

    pane.save_requested.connect(save)
