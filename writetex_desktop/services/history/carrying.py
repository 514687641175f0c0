"""Carries the history into files."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from writetex_desktop.core.history.entry import HistoryQuery
from writetex_desktop.core.history.export import ExportForm, export_foot, export_head, export_pieces
from writetex_desktop.ports.storage import HistoryStore

PAGE = 100
"""Entries that are fetched at a time."""

ExportFile = Callable[[Path], AbstractContextManager[Callable[[str], None]]]
"""Opens a file that is written piece by piece and is there when the block has ended well."""


async def export_history(store: HistoryStore, export_file: ExportFile, path: Path, form: ExportForm) -> int:
    """Write every entry to a file, newest first; gives their number.

    Raises:
        StorageError: The history is out of order, or the file cannot be written.
    """
    number = 0
    with export_file(path) as write:
        await asyncio.to_thread(write, export_head(form))
        page = await store.find(HistoryQuery(), limit=PAGE)
        while page:
            kept = [(entry, await store.picture(entry.id)) for entry in page]
            pieces = "".join(export_pieces(kept, form, first=not number))
            await asyncio.to_thread(write, pieces)
            number += len(page)
            page = await store.find(HistoryQuery(), before=page[-1].id, limit=PAGE)
        await asyncio.to_thread(write, export_foot(form))
    return number
