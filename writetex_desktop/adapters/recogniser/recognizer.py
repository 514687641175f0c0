"""The embedded recogniser: a small model in `resources/model/`, run by onnxruntime on the processor.

Nothing here opens a socket. The model is loaded in the worker thread that first needs it.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.adapters.recogniser.choice import Reading
from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.model import HELP, FormulaModel
from writetex_desktop.adapters.recogniser.pages.networks import TextNetworks
from writetex_desktop.adapters.recogniser.pages.reader import PageReader
from writetex_desktop.adapters.recogniser.pages.weights import find_weights
from writetex_desktop.adapters.recogniser.single import alternatives_of, printed, read_single
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.pages.places import ReadPage
from writetex_desktop.core.pages.telling import doubts_told, page_markup
from writetex_desktop.core.pictures.image import as_bmp
from writetex_desktop.core.reading.recognition import (
    DOUBTFUL,
    Completed,
    Engine,
    Mode,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
)
from writetex_desktop.core.reading.trust import DOUBT
from writetex_desktop.services.disuse import DISUSE_S, Disuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from pathlib import Path

DEADLINE_S = 2.5
"""An answer that takes longer is cut off."""

HOPELESS = 0.6
"""Mean probability of a token below which the answer is no answer: a long formula that is mostly right is
hardly sure as a whole, but its tokens are."""

PAGE_S = 60.0
"""Seconds after which a page is not read further."""

_CUT = mark("The formula is longer than the built-in recogniser reads: what comes after is missing.")


def _nobody() -> None:
    """Nobody is told."""


class OfflineRecognizer:
    """The `Recognizer` that needs no network; it reads formulas and, with the extra `pages`, text and tables.

    Args:
        folder: Where the graphs and `model.json` lie.
        on_rest: Is called when the model has been let go, because nobody wanted it for a while.
        rest_after_s: How long that is.
        sums: What its files must be; None for files that are just being tried out.
    """

    def __init__(
        self,
        folder: Path,
        on_rest: Callable[[], None] = _nobody,
        rest_after_s: float = DISUSE_S,
        sums: Mapping[str, str] | None = SUMS["model"],
    ) -> None:
        self._sums = sums
        self._folder = folder
        self._on_rest = on_rest
        self._disuse = Disuse(self._rest, rest_after_s)
        self._model: FormulaModel | None = None
        self._networks: TextNetworks | None = None
        self._loading = threading.Lock()

    async def warm(self) -> None:
        """Load the model in a worker thread.

        Raises:
            InternalError: The model is missing or broken.
        """
        with self._disuse.use():
            await asyncio.to_thread(self._load)

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        r"""See `Recognizer.recognize`.

        The answer comes in one piece: whether a bracket is `(` or `\\left(` depends on what follows it, and
        the whole takes a fraction of a second.
        """
        cancelled = threading.Event()
        if request.mode in {Mode.TEXT, Mode.TABLE}:
            with self._disuse.use():
                try:
                    page = await asyncio.to_thread(self._read_page, request, cancelled)
                finally:
                    cancelled.set()
            for event in self._page_events(page, request.mode):
                yield event
            return
        if request.mode is not Mode.FORMULA:
            raise RecognitionError(
                tr("The built-in recogniser reads printed formulas, text and tables only."),
                tr("Choose one of these modes, or use an endpoint for this picture."),
            )
        with self._disuse.use():
            try:
                answer = await asyncio.to_thread(self._read, request, cancelled)
            finally:
                cancelled.set()
        if answer.sureness < HOPELESS:
            raise RecognitionError(tr("The built-in recogniser cannot read this picture."), HELP)
        yield TextDelta(printed(answer.words))
        warnings: tuple[str, ...] = () if answer.complete else (tr_marked(_CUT),)
        if answer.confidence < DOUBTFUL:
            warnings += (tr_marked(DOUBT),)
        yield Completed(
            Engine.OFFLINE,
            self._load().name,
            complete=answer.complete,
            confidence=answer.confidence,
            warnings=warnings,
            alternatives=alternatives_of(answer),
            number=answer.number,
            left_out=answer.left_out,
        )

    @property
    def reads_pages(self) -> bool:
        """Whether the networks for text are installed."""
        return find_weights() is not None

    def _page_events(self, page: ReadPage, mode: Mode) -> Iterator[RecognizerEvent]:
        markup = page_markup(page, mode)
        if not markup:
            raise RecognitionError(
                tr("There is nothing to read in the picture."), tr("Snip a part with text in it.")
            )
        yield TextDelta(markup)
        doubtful = sum(doubt.is_doubtful for doubt in page.doubts)
        yield Completed(
            Engine.OFFLINE,
            self._load().name,
            confidence=page.confidence,
            warnings=() if not doubtful else (doubts_told(doubtful, len(page.doubts)),),
        )

    def _read_page(self, request: RecognitionRequest, cancelled: threading.Event) -> ReadPage:
        model = self._load()
        reader = PageReader(self._load_networks(), model)
        hurry = Hurry(time.monotonic() + PAGE_S, cancelled)
        bitmap = request.bitmap
        image = request.image if bitmap is None else as_bmp(bitmap)
        return reader.read(image, hurry, is_table=request.mode is Mode.TABLE)

    def _load_networks(self) -> TextNetworks:
        with self._loading:
            if self._networks is None:
                weights = find_weights()
                if weights is None:
                    raise RecognitionError(
                        tr("Text and tables cannot be read here: the reader of pages is not installed."),
                        tr(
                            'Install it with pipx install --force "writetex-desktop[pages]", '
                            "or use an endpoint for this picture."
                        ),
                    )
                self._networks = TextNetworks(weights)
            return self._networks

    def _rest(self) -> None:
        self._model = self._networks = None
        self._on_rest()

    def _load(self) -> FormulaModel:
        with self._loading:
            if self._model is None:
                if self._sums is not None:
                    check_files(self._folder, self._sums)
                self._model = FormulaModel(self._folder)
            return self._model

    def _read(self, request: RecognitionRequest, cancelled: threading.Event) -> Reading:
        model = self._load()
        # What loading takes, once, on a busy machine, is not taken from the time to read.
        hurry = Hurry(time.monotonic() + DEADLINE_S, cancelled)
        plain = request.plain_image
        answer = read_single(model, plain, hurry, is_whole=request.whole)
        return answer if plain is not request.image else replace(answer, left_out=())
