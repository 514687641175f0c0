"""Reads a page: finds its lines, tells text from displays, tables and figures, and reads each."""

from __future__ import annotations

import re
import statistics
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.display import Hurry
from writetex_desktop.adapters.recogniser.pages.ink import (
    FIGURE_EM,
    as_read,
    is_large,
    is_read,
    is_too_large,
    is_worded,
    marked,
    may_be_formula,
    without_ends,
)
from writetex_desktop.adapters.recogniser.pages.joined import parted_at_gutters
from writetex_desktop.adapters.recogniser.pages.leftovers import leftovers
from writetex_desktop.adapters.recogniser.pages.lines import EM_OVER_CORE, LineReader, SeenLine
from writetex_desktop.adapters.recogniser.pages.sheet import FINDING_EM_PX, Sheet
from writetex_desktop.adapters.recogniser.pages.tables import TableReader, find_rules
from writetex_desktop.adapters.recogniser.single import alternatives_of, printed, read_single
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.formats.page import Figure, Formula, Paragraph
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pages.columns import columns_of
from writetex_desktop.core.pages.flow import blocks_of_column, style_of
from writetex_desktop.core.pages.places import Line, Piece, Placed, ReadPage
from writetex_desktop.core.pages.regions import bullets_in, displays_in, is_over_text, is_text, stands_in_text
from writetex_desktop.core.pages.ruling import Rules, unruled_tables
from writetex_desktop.core.pictures.geometry import Box, around
from writetex_desktop.core.reading.recognition import SeenFormula

if TYPE_CHECKING:
    from collections.abc import Callable

    from writetex_desktop.adapters.recogniser.model import FormulaModel
    from writetex_desktop.adapters.recogniser.pages.networks import TextNetworks
    from writetex_desktop.core.pictures.image import EncodedImage
    from writetex_desktop.core.pictures.printed import PrintedLetter

_NUMBER = re.compile(r"[-\u2013\u2014\s]*(?:\d{1,4}|[ivxlc]{2,6})[-\u2013\u2014\s.,;:)\]]*")

WORKERS = 2
"""Lines that are read at once: the graphs run in one thread each."""

RULE_EDGE_PX = 2
"""How far the grey at the edge of a rule reaches."""

FORMULA_S = 20.0
"""Seconds for one display."""

HOPELESS = 0.55
"""Mean probability of a token below which a display is taken for a figure or for text."""

MOST_UPSCALED, MOST_REDUCED = 2.5, 0.25
"""How far a page is scaled before its lines are looked for."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands on a page before it is read.

    Attributes:
        texts: Lines of text.
        others: Lines that are none.
        scraps: Ink that no line of text accounts for.
        marked: Those of `texts` that have a bullet before them.
    """

    texts: list[SeenLine]
    others: list[SeenLine]
    scraps: list[Box]
    marked: list[SeenLine]


def has_rules(image: EncodedImage) -> bool:
    """Whether there are rules in a picture as tables have them; quick, nothing is read.

    Raises:
        RecognitionError: It is no picture, blank, or too large.
    """
    sheet = Sheet(image)
    return bool(find_rules(sheet.ink, sheet.guessed_em_px()))


class PageReader:
    """Reads pages.

    Args:
        networks: Find and read lines.
        model: Sees signs and reads formulas.
    """

    def __init__(self, networks: TextNetworks, model: FormulaModel) -> None:
        self._networks = networks
        self._model = model

    def read(
        self,
        image: EncodedImage,
        hurry: Hurry,
        on_progress: Callable[[float], None] = lambda _share: None,
        *,
        is_table: bool = False,
        printed: tuple[PrintedLetter, ...] = (),
    ) -> ReadPage:
        """Read a page.

        Args:
            image: The page.
            hurry: When to stop.
            on_progress: Is told what share is done, in the thread that reads.
            is_table: Whether all of it is one table.
            printed: Its letters, where it comes from a document that tells them.

        Raises:
            RecognitionError: There is nothing to read.
        """
        sheet = Sheet(image)
        with ThreadPoolExecutor(WORKERS, "page") as pool:
            lines = LineReader(
                self._networks, self._model, sheet, hurry, printed if sheet.is_straight else ()
            )
            reading = _Reading(self._networks, self._model, sheet, hurry, pool, on_progress, lines)
            return reading.page(is_table=is_table).moved(sheet.on_picture)


class _Reading:
    """One page being read."""

    def __init__(  # noqa: PLR0917 - what one page is read with
        self,
        networks: TextNetworks,
        model: FormulaModel,
        sheet: Sheet,
        hurry: Hurry,
        pool: ThreadPoolExecutor,
        on_progress: Callable[[float], None],
        lines: LineReader,
    ) -> None:
        self._networks = networks
        self._model = model
        self._sheet = sheet
        self._hurry = hurry
        self._pool = pool
        self._tell = on_progress
        self._lines = lines
        self._figures: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def page(self, *, is_table: bool) -> ReadPage:
        """Read it."""
        cores, em_px = self._cores()
        self._tell(0.15)
        tables = self._tables(cores, em_px, is_table=is_table)
        boxes = [table.box.grown(0.3 * em_px) for table in tables]
        seen = self._seen(
            [core for core in cores if not any(box.holds_middle_of(core) for box in boxes)], em_px
        )
        if not is_table:
            loose = self._loose_tables(seen, cores, em_px)
            tables += loose
            seen = [line for line in seen if not any(table.box.holds_middle_of(line.box) for table in loose)]
        self._tell(0.6)
        em_px = statistics.median(line.em_px for line in seen) if seen else em_px
        parts = self._parts(seen, em_px, tables)
        columns = columns_of(
            [
                *(without_ends(line.box) for line in parts.texts),
                *parts.scraps,
                *(table.box for table in tables),
            ],
            em_px,
        )
        read = self._pool.map(self._lines.read, parts.texts)
        lines = {
            number: marked(line) if parts.texts[number] in parts.marked else line
            for number, line in enumerate(read)
        }
        self._tell(0.8)
        style = style_of(list(lines.values()), self._sheet.width, self._sheet.height)
        blocks: list[Placed] = []
        for column in columns:
            blocks += blocks_of_column(self._items(column, parts, lines, tables, em_px), style)
        self._tell(1.0)
        if not blocks:
            raise RecognitionError(
                tr("There is nothing to read in the picture."), tr("Snip a part with text in it.")
            )
        return ReadPage(self._sheet.width, self._sheet.height, tuple(blocks), self._figures)

    def _tables(self, cores: list[Box], em_px: float, *, is_table: bool) -> list[Placed]:
        """Read the tables: those with rules, or all there is."""
        found = find_rules(self._sheet.ink, em_px, cores)
        self._sheet.erase(
            rule.grown(RULE_EDGE_PX) for each in found for rule in (*each.lying, *each.standing)
        )
        if is_table and not found and cores:
            found = [Rules(around(cores).grown(0.6 * em_px), ())]
        return self._read_tables(found, cores, em_px)

    def _loose_tables(self, seen: list[SeenLine], cores: list[Box], em_px: float) -> list[Placed]:
        """Read the tables that have no rules."""
        found = unruled_tables([(without_ends(line.box), line.text) for line in seen], em_px)
        return self._read_tables([Rules(box, ()) for box in found], cores, em_px)

    def _read_tables(self, found: list[Rules], cores: list[Box], em_px: float) -> list[Placed]:
        ink = self._sheet.ink
        reader = TableReader(ink, cores, em_px, lambda core: self._lines.read(self._lines.see(core, em_px)))
        return [table for table in self._pool.map(reader.table, found) if table is not None]

    def _cores(self) -> tuple[list[Box], float]:
        """Find the lines, and the size of the text."""
        guessed = self._sheet.guessed_em_px()
        cores, told = self._found(guessed)
        if cores and not 0.6 < told / guessed < 1.8:  # noqa: PLR2004 - near enough to find lines
            cores, told = self._found(told)
        return parted_at_gutters(cores, self._sheet.ink, told), told

    def _found(self, em_px: float) -> tuple[list[Box], float]:
        factor = min(MOST_UPSCALED, max(MOST_REDUCED, FINDING_EM_PX / em_px))
        found = self._networks.lines(self._sheet.for_finding(factor))
        cores = [
            Box(*(edge / factor for edge in (box.left, box.top, box.right, box.bottom))) for box in found
        ]
        cores = [core for core in cores if core.width > core.height]
        return cores, statistics.median(core.height for core in cores) * EM_OVER_CORE if cores else em_px

    def _seen(self, cores: list[Box], em_px: float) -> list[SeenLine]:
        usual = statistics.median(core.height for core in cores) if cores else 1.0

        def see(core: Box) -> SeenLine | None:
            if self._hurry.cancelled.is_set():
                return None
            size = core.height / usual
            return self._lines.see(core, em_px * (size if not 0.8 < size < 1.25 else 1.0))  # noqa: PLR2004

        return [line for line in self._pool.map(see, cores) if line is not None]

    def _parts(self, seen: list[SeenLine], em_px: float, tables: list[Placed]) -> _Parts:
        texts = [line for line in seen if is_text(line.words, line.text_share)]
        told = [line.box for line in texts]
        texts += [
            line for line in seen if line not in texts and stands_in_text(line.box, line.words, told, em_px)
        ]
        others = [line for line in seen if line not in texts]
        boxes = [line.box for line in texts]
        covered = [table.box.grown(0.4 * em_px) for table in tables]
        scraps = [
            box
            for box in leftovers(self._sheet.ink, boxes, em_px)
            if not any(table.holds_middle_of(box) for table in covered)
        ]
        bulleted = bullets_in(scraps, boxes, em_px)
        marked = [texts[number] for number in bulleted.values()]
        scraps = [box for number, box in enumerate(scraps) if number not in bulleted]
        narrow = [without_ends(box) for box in boxes]
        columns = [
            around(narrow[number] for number in column)
            for column in columns_of(narrow, em_px)
            if len(column) > 1
        ]
        groups, absorbed = displays_in(scraps, boxes, columns, em_px)
        others += [line for at, line in enumerate(texts) if at in absorbed]
        texts = [line for at, line in enumerate(texts) if at not in absorbed]
        displays = [around(scraps[at] for at in group) for group in groups]
        boxes = [line.box for line in texts]
        displays = [box for box in displays if is_large(box, em_px) and not is_over_text(box, boxes)]
        return _Parts(texts, others, displays, marked)

    def _items(
        self, column: list[int], parts: _Parts, lines: dict[int, Line], tables: list[Placed], em_px: float
    ) -> list[Line | Placed]:
        """The lines and displays of a column from top to bottom."""
        count = len(parts.texts)
        last = count + len(parts.scraps)
        displays = [parts.scraps[number - count] for number in column if count <= number < last]
        read = dict(
            zip(displays, self._pool.map(lambda box: self._display(box, parts, em_px), displays), strict=True)
        )
        items: list[Line | Placed] = []
        for number in column:
            if number < count:
                items.append(lines[number])
            elif number >= last:
                items.append(tables[number - last])
            else:
                items += read[parts.scraps[number - count]]
        return items

    def _display(self, box: Box, parts: _Parts, em_px: float) -> list[Line | Placed]:
        """Read ink that is no text: a formula, a line after all, or a figure."""
        inside = [line for line in parts.others if box.grown(0.3 * em_px).holds_middle_of(line.box)]
        if self._hurry.cancelled.is_set():
            return []
        if (
            inside
            and box.height < 2 * em_px
            and all(_NUMBER.fullmatch(line.text) or is_worded(line) for line in inside)
        ):
            return [as_read(line) for line in inside]
        if may_be_formula(box, em_px):
            found = self._formula(box.grown(0.25 * em_px), em_px)
            if found is not None:
                return [found]
        if box.height < 2 * em_px and inside and any(is_read(line) for line in inside):
            return [self._lines.read(line) for line in inside]
        if box.height >= FIGURE_EM * em_px and box.width >= FIGURE_EM * em_px:
            return [self._figure(box.grown(0.2 * em_px))]
        return []

    def _formula(self, box: Box, em_px: float) -> Line | Placed | None:
        hurry = Hurry(min(self._hurry.deadline, self._hurry.now() + FORMULA_S), self._hurry.cancelled)
        try:
            reading = read_single(self._model, self._sheet.cut(box), hurry)
            if reading.sureness < HOPELESS:
                return None
            if is_too_large(box, reading.words, em_px):
                return None
            latex = printed(reading.words)
            others = alternatives_of(reading)
        except RecognitionError:
            return None
        if not reading.number and _NUMBER.fullmatch(latex):
            return Line(box, (Piece(latex, box, confidence=reading.confidence),), em_px)
        tag = f" \\tag{{{reading.number}}}" if reading.number else ""
        tagged = tuple(replace(other, markup=other.markup + tag) for other in others)
        seen = SeenFormula(latex + tag, (box,), reading.confidence, tagged)
        return Placed(Paragraph((Formula(seen.latex, display=True),)), box, (seen,))

    def _figure(self, box: Box) -> Placed:
        with self._lock:
            name = f"figure-{len(self._figures) + 1}.png"
            self._figures[name] = self._sheet.cut(box).data
        return Placed(Figure(name), box)
