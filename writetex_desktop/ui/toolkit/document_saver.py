"""Saves results as documents, and says what came of it."""

from collections.abc import Sequence

from writetex_desktop.core.documents.document import DocumentWish
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.output.documents import DocumentFiles
from writetex_desktop.services.tasks import Tasks


class DocumentSaver:
    """Saves for the result, the history and the batch.

    Args:
        documents: Writes the files.
        notifier: Where the user is told.
        tasks: Where it runs.
    """

    def __init__(self, documents: DocumentFiles, notifier: Notifier, tasks: Tasks) -> None:
        self._documents = documents
        self._notifier = notifier
        self._tasks = tasks

    def save(self, wish: DocumentWish, results: Sequence[tuple[str, Mode]]) -> None:
        """Save results, each a markup and what it is; nothing is written where there are none."""
        if results:
            self._tasks.spawn(self._save(wish, results), name="save document")

    async def _save(self, wish: DocumentWish, results: Sequence[tuple[str, Mode]]) -> None:
        problems = await self._documents.save(wish, results)
        sentence = tr("The document was saved as {name}.")
        message = " ".join((sentence.format(name=wish.path.name), *problems))
        self._notifier.notify(Notice(Level.WARNING if problems else Level.INFO, message))
