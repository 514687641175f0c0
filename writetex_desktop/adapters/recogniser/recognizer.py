"""The embedded recogniser: a small model in `resources/model/`, run by onnxruntime on the processor.

Nothing here opens a socket. The model is loaded in the worker thread that first needs it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.integrity import check_files
from writetex_desktop.adapters.recogniser.choice import Reading, trusted
from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.model import HELP, FormulaModel
from writetex_desktop.adapters.recogniser.pages.networks import TextNetworks
from writetex_desktop.adapters.recogniser.pages.reader import PageReader, has_rules
from writetex_desktop.adapters.recogniser.pages.weights import find_weights
from writetex_desktop.adapters.recogniser.picture import FormulaPicture
from writetex_desktop.adapters.recogniser.single import (
    NOT_WRITTEN,
    alternatives_of,
    printed,
    read_looked,
    read_single,
)
from writetex_desktop.core.errors import RecognitionError, SentencesError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.pages.places import ReadPage
from writetex_desktop.core.pages.telling import doubts_told, has_sentences, page_markup, page_mode
from writetex_desktop.core.pictures.image import EncodedImage, as_bmp
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

    from writetex_desktop.adapters.recogniser.loaded import LoadedModel

    _Way = tuple[Callable[[RecognitionRequest, threading.Event], Reading], Callable[[], FormulaModel], str]

DEADLINE_S = 2.5
"""Seconds of the processor's time; an answer that takes longer is cut off."""

PAGE_S = 240.0
"""Seconds of the processor's time, for each thread, after which a page is not read further."""

_CUT = mark("The formula is longer than the built-in recogniser reads: what comes after is missing.")


def _nobody() -> None:
    """Nobody is told."""


OTHER_KIND = 0.9
"""Confidence below which a picture is also read as what it was not said to be: print, or handwriting."""

WRONG_KIND = 0.1
"""Confidence below which a formula is also looked at as a table."""

PLAINLY = 0.03
"""By how much clearer its signs must be then for the other to be taken."""

AS_HANDWRITING = mark("The reader of handwriting saw the signs more clearly and read this.")
AS_PRINT = mark("The reader of print saw the signs more clearly and read this.")


@dataclass(frozen=True, slots=True)
class _Found:
    """A reading, the model it is from, and what is to be said of it."""

    reading: Reading
    model: str
    warnings: tuple[str, ...] = ()


def events_of(answer: Reading, model: str, warnings: tuple[str, ...] = ()) -> Iterator[RecognizerEvent]:
    """A reading as the events of a recogniser.

    Args:
        answer: What was read.
        model: What read it.
        warnings: What is to be said of it beside.

    Raises:
        RecognitionError: It is no answer.
    """
    if answer.is_hopeless:
        raise RecognitionError(tr("The built-in recogniser cannot read this picture."), tr_marked(HELP))
    yield TextDelta(printed(answer.words))
    if not answer.complete:
        warnings += (tr_marked(_CUT),)
    if answer.confidence < DOUBTFUL:
        warnings += (tr_marked(DOUBT),)
    yield Completed(
        Engine.OFFLINE,
        model,
        complete=answer.complete,
        confidence=answer.confidence,
        warnings=warnings,
        alternatives=alternatives_of(answer),
        number=answer.number,
        left_out=answer.left_out,
    )


def _whole_picture(request: RecognitionRequest) -> EncodedImage:
    """The picture with every pixel that it had."""
    return request.image if request.bitmap is None else as_bmp(request.bitmap)


class OfflineRecognizer:
    """The `Recognizer` that needs no network; it reads formulas and, with the extra `pages`, text and tables.

    Args:
        folder: Where the graphs and `model.json` lie.
        on_rest: Is called when the model has been let go, because nobody wanted it for a while.
        rest_after_s: How long that is.
        sums: What its files must be; None for files that are just being tried out.
        hand: The model of handwriting; None where there is none.
    """

    def __init__(
        self,
        folder: Path,
        on_rest: Callable[[], None] = _nobody,
        rest_after_s: float = DISUSE_S,
        sums: Mapping[str, str] | None = SUMS["model"],
        hand: LoadedModel | None = None,
    ) -> None:
        self._hand = hand
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
        is_open = request.mode is Mode.AUTO
        if is_open:
            request = replace(request, mode=Mode.FORMULA)
        if request.mode in {Mode.TEXT, Mode.TABLE}:
            with self._disuse.use():
                try:
                    page = await asyncio.to_thread(self._read_page, request, cancelled)
                finally:
                    cancelled.set()
            for event in self._page_events(page, request.mode):
                yield event
            return
        if request.mode is not Mode.FORMULA and (request.mode is not Mode.HANDWRITING or self._hand is None):
            raise RecognitionError(
                tr("The built-in recogniser reads formulas, text, tables and handwriting only."),
                tr("Choose one of these modes, or use an endpoint for this picture."),
            )
        with self._disuse.use(), self._hand.use() if self._hand else nullcontext():
            try:
                found = await asyncio.to_thread(self._read_whatever, request, cancelled)
            finally:
                cancelled.set()
        events = (
            self._page_events(found, Mode.FORMULA)
            if isinstance(found, ReadPage)
            else events_of(found.reading, found.model, found.warnings)
        )
        for event in events:
            if is_open and isinstance(event, Completed):
                yield replace(event, mode=event.mode or Mode.FORMULA)
            else:
                yield event

    def _read_whatever(self, request: RecognitionRequest, cancelled: threading.Event) -> _Found | ReadPage:
        """Read a formula, and as a page what is none and has sentences or a table in it."""
        found: _Found | None = None
        try:
            found = self._read_either(request, cancelled)
            if request.mode is not Mode.FORMULA or found.reading.confidence >= WRONG_KIND:
                return found
            wrong = RecognitionError(tr("The built-in recogniser cannot read this picture."), tr_marked(HELP))
        except RecognitionError as error:
            wrong = error
        if found is not None and found.reading.is_hopeless:
            found = None
        if request.mode is Mode.FORMULA and self.reads_pages and not cancelled.is_set():
            with contextlib.suppress(RecognitionError):
                if found is None or has_rules(_whole_picture(request)):
                    page = self._read_page(request, cancelled)
                    is_table = page_mode(page, Mode.FORMULA) is Mode.TABLE
                    if is_table or (found is None and has_sentences(page)):
                        return page
        if found is None:
            raise wrong
        return found

    @property
    def reads_pages(self) -> bool:
        """Whether the networks for text are installed."""
        return find_weights() is not None

    def _page_events(self, page: ReadPage, asked: Mode) -> Iterator[RecognizerEvent]:
        mode = page_mode(page, asked)
        markup = page_markup(page, mode)
        if not markup:
            raise RecognitionError(
                tr("There is nothing to read in the picture."), tr("Snip a part with text in it.")
            )
        yield TextDelta(markup)
        formulas = page.formulas
        doubtful = sum(formula.is_doubtful for formula in formulas)
        yield Completed(
            Engine.OFFLINE,
            self._load().name,
            confidence=page.confidence,
            warnings=() if not doubtful else (doubts_told(doubtful, len(formulas)),),
            mode=mode,
            formulas=formulas,
        )

    def _read_page(self, request: RecognitionRequest, cancelled: threading.Event) -> ReadPage:
        model = self._load()
        reader = PageReader(self._load_networks(), model)
        hurry = Hurry.within(PAGE_S, cancelled)
        printed = () if request.bitmap is None else request.bitmap.printed
        is_table = request.mode is Mode.TABLE
        return reader.read(_whole_picture(request), hurry, is_table=is_table, printed=printed)

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

    def _read_either(self, request: RecognitionRequest, cancelled: threading.Event) -> _Found:
        """Read a picture as what it was said to be, or as the other where that is plainly right."""
        ways: list[_Way] = [(self._read, self._load, AS_PRINT)]
        if self._hand is not None:
            ways.append((self._read_hand, self._hand.load, AS_HANDWRITING))
        if request.mode is Mode.HANDWRITING:
            ways.reverse()
        (read, load, _), *others = ways
        found: _Found | None = None
        wrong: RecognitionError | None = None
        try:
            found = _Found(read(request, cancelled), load().name)
        except SentencesError:
            raise
        except RecognitionError as error:
            wrong = error
        if found is None or found.reading.confidence < OTHER_KIND:
            for read, load, warning in others:
                with contextlib.suppress(RecognitionError):
                    other = read(request, cancelled)
                    if found is None or other.clearness > found.reading.clearness + PLAINLY:
                        found = _Found(other, load().name, (tr_marked(warning),))
        if found is None:
            assert wrong is not None
            raise wrong
        return found

    def _read_hand(self, request: RecognitionRequest, cancelled: threading.Event) -> Reading:
        """Read a handwritten picture."""
        assert self._hand is not None
        model = self._hand.load()
        hurry = Hurry.within(DEADLINE_S, cancelled)
        picture = FormulaPicture(request.plain_image, is_written=True)
        return trusted(read_looked(model, picture, hurry, refusal=NOT_WRITTEN).reading, model.trust)

    def _read(self, request: RecognitionRequest, cancelled: threading.Event) -> Reading:
        model = self._load()
        # What loading takes, once, on a busy machine, is not taken from the time to read.
        hurry = Hurry.within(DEADLINE_S, cancelled)
        plain = request.plain_image
        answer = read_single(model, plain, hurry, is_whole=request.whole, has_reader=self.reads_pages)
        return answer if plain is not request.image else replace(answer, left_out=())
