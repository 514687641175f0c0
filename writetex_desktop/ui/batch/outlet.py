"""Takes results out of a batch: to the clipboard, into tables and into documents."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from writetex_desktop.core.batches.batch import BatchItem
from writetex_desktop.core.batches.table import TableForm, table_pieces
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.documents.document import DocumentWish
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.output.export import ExportOptions, ExportService
from writetex_desktop.ui.batch.words import pictures
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


class BatchOutlet:
    """Gives results the form that is wanted, and says when they are there.

    Args:
        exports: Gives the form.
        copy: Puts something on the clipboard.
        export_file: Opens a file that the user wants written.
        saver: Saves results as a document.
        notifier: Is told what was done.
    """

    def __init__(
        self,
        exports: ExportService,
        copy: Callable[[ClipboardContent], Coroutine[Any, Any, None]],
        export_file: Callable[[Path], AbstractContextManager[Callable[[str], None]]],
        saver: DocumentSaver,
        notifier: Notifier,
    ) -> None:
        self._exports = exports
        self._copy = copy
        self._export_file = export_file
        self._saver = saver
        self._notifier = notifier

    async def copy(self, items: Sequence[BatchItem], settings: Settings) -> None:
        """Copy what was read, in the formats that the settings name."""
        options = ExportOptions(dpi=settings.image_dpi, template=settings.template)
        texts = []
        for item in items:
            if item.recognition is not None:
                wanted = settings.format_for(item.kind)
                content = await self._exports.export(item.latex, item.kind, wanted, options)
                texts.append(content.text or item.latex)
        if texts:
            await self._copy(ClipboardContent("\n\n".join(texts)))
            told = tr("Copied: {pictures}.", pictures=pictures(len(texts)))
            self._notifier.notify(Notice(Level.INFO, told))

    async def export(self, items: Sequence[BatchItem], path: Path, form: TableForm) -> None:
        """Write all items to a table."""

        def write_all() -> None:
            with self._export_file(path) as write:
                for piece in table_pieces(items, form):
                    write(piece)

        await asyncio.to_thread(write_all)
        told = tr("{pictures} were written to {name}.", pictures=pictures(len(items)), name=path.name)
        self._notifier.notify(Notice(Level.INFO, told))

    def save(self, items: Sequence[BatchItem], wish: DocumentWish) -> None:
        """Write what was read into a document."""
        self._saver.save(wish, [(item.latex, item.kind) for item in items if item.recognition is not None])
