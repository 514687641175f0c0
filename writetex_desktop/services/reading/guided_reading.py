"""Readings that mind what the user wants every time: instructions, commands, a document.

The document is read at each picture, so that what was written there a moment ago counts; nothing watches it
between.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import cast

from writetex_desktop.core.errors import StorageError, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.document_context import DocumentContext, DocumentKind, read_document
from writetex_desktop.core.reading.guidance import Guidance
from writetex_desktop.core.reading.macros import Macro, definitions_for, macros_in
from writetex_desktop.core.reading.recognition import (
    EngineChoice,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.snip_flow import Recognise


class GuidedReading:
    """Asks as another does, with the user's wishes.

    Args:
        ask: Asks the engine.
        settings: Say what the user wants.
        read: Gives the bytes of a file; called in a thread.
    """

    def __init__(self, ask: Recognise, settings: Observable[Settings], read: Callable[[Path], bytes]) -> None:
        self._ask = ask
        self._settings = settings
        self._read = read
        self._document: DocumentContext | None = None
        self._earlier: dict[str, tuple[Macro, ...]] = {}

    async def recognise(
        self, request: RecognitionRequest, *, profile: str = ""
    ) -> AsyncIterator[RecognitionEvent]:
        """Read a picture; see `services.reading.snip_flow.Recognise`.

        A document that cannot be read is left out, and the answer says so among its warnings.
        """
        settings = self._settings.value
        warnings: tuple[str, ...] = ()
        if profile or settings.engine is not EngineChoice.OFFLINE:
            guidance, warnings = await self._guidance(request.mode)
            request = replace(request, guidance=guidance)
        events = cast("AsyncGenerator[RecognitionEvent, None]", self._ask(request, profile=profile))
        async with aclosing(events):
            async for event in events:
                if warnings and isinstance(event, Recognition):
                    yield replace(event, warnings=(*event.warnings, *warnings))
                else:
                    yield event

    async def look(self, mode: Mode) -> Guidance:
        """Give what would be sent now, so that the user can see it; the preview knows its commands then.

        Raises:
            StorageError: The document cannot be read.
        """
        settings = self._settings.value
        document = await self._read_document(settings.document_in_use) if settings.document_in_use else None
        self._document = document
        return Guidance(settings.instructions_for(mode), settings.macros, document)

    async def know(self, document: str) -> None:
        """Learn the commands of a document that went along earlier, so that answers with them can be drawn.

        Nothing is learnt of one that is gone by now.
        """
        if document and document not in self._earlier:
            self._earlier[document] = ()
            with contextlib.suppress(StorageError):
                self._earlier[document] = (await self._read_document(document)).macros

    def definitions(self, latex: str) -> str:
        """Write the definitions that a formula needs to be drawn: the document's and the user's own."""
        earlier = (macro for macros in self._earlier.values() for macro in macros)
        macros = self._document.macros if self._document is not None else ()
        return definitions_for(latex, (*earlier, *macros, *macros_in(self._settings.value.macros)))

    async def _read_document(self, document: str) -> DocumentContext:
        data = await asyncio.to_thread(self._read, Path(document))
        return read_document(data, DocumentKind.of(document))

    async def _guidance(self, mode: Mode) -> tuple[Guidance, tuple[str, ...]]:
        try:
            return await self.look(mode), ()
        except WriteTexError as error:
            settings = self._settings.value
            without = Guidance(settings.instructions_for(mode), settings.macros)
            return without, (
                tr(
                    "{problem} The picture was read without it. {remedy}",
                    problem=error.message,
                    remedy=error.remedy.text,
                ),
            )
