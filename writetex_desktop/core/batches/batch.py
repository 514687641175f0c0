"""A batch: many pictures that are read one after the other or side by side, as one value.

Paths are kept, never pixels: a batch of 10,000 pictures is a few megabytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath

from writetex_desktop.core.costs.cost import added_costs
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.money import Cost
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.reading.trust import Trust


class ItemState(StrEnum):
    """How far an item is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself."""
        return self is not ItemState.WAITING and self is not ItemState.WORKING


@dataclass(frozen=True, slots=True)
class Source:
    """Where one picture is found.

    Attributes:
        path: The file, as the user gave it or as it was found in a folder.
        page: Number of the page in a document, from 1; 0 for a picture file.
    """

    path: str = field(repr=False)
    page: int = 0

    @property
    def name(self) -> str:
        """The last part of the path, with the page of a document: `notes.pdf, 3`."""
        name = PurePath(self.path).name or self.path
        return f"{name}, {self.page}" if self.page else name


def is_document(path: str) -> bool:
    """Whether a file is one of pages, by its name."""
    return path.lower().endswith(".pdf")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item has no result: what an error says, as it is kept in a file.

    Attributes:
        message: What happened, one sentence.
        remedy: What to do about it, one sentence; empty when there is nothing.
    """

    message: str
    remedy: str = ""

    @classmethod
    def of(cls, error: WriteTexError) -> "Failure":
        """Take down what an error says."""
        return cls(error.message, error.remedy.text)


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One picture of a batch and what is known of it.

    Attributes:
        source: Where it is found.
        mode: What it holds.
        form: The form in which `output` is wanted.
        state: How far it is.
        digest: SHA-256 of the file, in hexadecimal; empty while it has not been looked at.
        recognition: The answer; also of a failed item, when it cannot be had in the form that is wanted.
        output: The answer in the form that is wanted.
        failure: Why there is none.
        trust: How far the answer can be trusted; None where nobody can say, and of what the user has edited.
    """

    source: Source
    mode: Mode = Mode.FORMULA
    form: OutputFormat = OutputFormat.RAW
    state: ItemState = ItemState.WAITING
    digest: str = ""
    recognition: Recognition | None = None
    output: str = field(default="", repr=False)
    failure: Failure | None = None
    trust: Trust | None = None

    @property
    def kind(self) -> Mode:
        """What was read, which is not always what was asked for; before it is read, that."""
        return self.mode if self.recognition is None else self.recognition.mode

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at the answer."""
        return self.trust is not None and self.trust.is_doubtful

    @property
    def latex(self) -> str:
        """What can be shown: the output, or the markup that could not be given that form."""
        return self.output or (self.recognition.markup if self.recognition is not None else "")

    def without_text(self) -> "BatchItem":
        """Leave out what stands in a file by now; what a batch counts stays: state, engine and cost."""
        answer = self.recognition
        bare = answer and replace(answer, markup="", usage=None, warnings=())
        return replace(self, digest="", recognition=bare, output="")

    def is_same_work(self, other: "BatchItem") -> bool:
        """Whether both ask for the same: the same picture by name and content, read and written alike."""
        return _work(self) == _work(other)


def _work(item: BatchItem) -> tuple[Source, str, Mode, OutputFormat]:
    return item.source, item.digest, item.mode, item.form


@dataclass(frozen=True, slots=True)
class Totals:
    """A batch in numbers.

    Attributes:
        states: How many items are in each state; those that none is in are there too.
        costs: What was spent, one for each currency; estimates where the server told no tokens.
        unpriced: Answers of an endpoint whose cost is not known.
        doubtful: Answers that somebody should look at.
    """

    states: Mapping[ItemState, int]
    costs: tuple[Cost, ...]
    unpriced: int
    doubtful: int = 0

    @property
    def count(self) -> int:
        """All items."""
        return sum(self.states.values())

    @property
    def over(self) -> int:
        """Items that are over, one way or the other."""
        return sum(count for state, count in self.states.items() if state.is_over)

    @property
    def looked_at(self) -> int:
        """Items that an engine has answered or refused; those that were cancelled are not."""
        return self.over - self.states[ItemState.CANCELLED]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Many items in their order; an item is named by its place, from 0. Every change makes a new batch.

    Two batches are equal only if they are the same object: comparing 10,000 items at each change is waste.
    """

    items: tuple[BatchItem, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing waits and nothing is being read."""
        return all(item.state.is_over for item in self.items)

    @property
    def totals(self) -> Totals:
        """Count what there is."""
        # `list.count` compares identities; a `Counter` would hash 10,000 members of an enumeration, 10 ms.
        states = [item.state for item in self.items]
        answers = [item.recognition for item in self.items if item.recognition is not None]
        paid = [answer for answer in answers if answer.engine is Engine.ENDPOINT]
        costs = [answer.cost for answer in paid if answer.cost is not None]
        return Totals(
            {state: states.count(state) for state in ItemState},
            added_costs(costs),
            len(paid) - len(costs),
            sum(item.is_doubtful for item in self.items),
        )

    def next_doubtful(self, after: int, step: int) -> int | None:
        """Give the place of the next answer that somebody should look at, round and round; None for none.

        Args:
            after: The place from where it is looked for.
            step: 1 for the next, -1 for the one before.
        """
        count = len(self.items)
        places = ((after + step * far) % count for far in range(1, count + 1))
        return next((at for at in places if self.items[at].is_doubtful), None)

    def waiting(self) -> tuple[int, ...]:
        """Give the places of the items that wait, in their order."""
        return self.places_of(ItemState.WAITING)

    def places_of(self, state: ItemState) -> tuple[int, ...]:
        """Give the places of the items in a state, in their order."""
        return tuple(at for at, item in enumerate(self.items) if item.state is state)

    def with_item(self, at: int, item: BatchItem) -> "Batch":
        """Put an item in place of another."""
        items = list(self.items)
        items[at] = item
        return Batch(tuple(items))

    def added(self, more: "Batch") -> "Batch":
        """Put the items of another batch behind these."""
        return Batch((*self.items, *more.items))

    def merged(self, others: Iterable[BatchItem]) -> "Batch":
        """Put items in place of those of the same source and mode, new ones behind the others."""
        new = {(item.source, item.mode): item for item in others}
        kept = tuple(new.pop((item.source, item.mode), item) for item in self.items)
        return Batch((*kept, *new.values()))

    def edited(self, at: int, markup: str) -> "Batch":
        """Keep what the user made of an answer."""
        item = self.items[at]
        assert item.recognition is not None
        recognition = replace(item.recognition, markup=markup)
        return self.with_item(at, replace(item, recognition=recognition, output=markup, trust=None))

    def in_modes(self, mode: Mode, page_mode: Mode) -> "Batch":
        """Say of the items that wait what they hold: a picture, and the page of a document."""
        return Batch(
            tuple(
                replace(item, mode=page_mode if item.source.page else mode)
                if item.state is ItemState.WAITING
                else item
                for item in self.items
            )
        )

    def begun(self, at: int) -> "Batch":
        """Begin to read an item."""
        return self.with_item(at, replace(self.items[at], state=ItemState.WORKING))

    def finished(
        self, at: int, recognition: Recognition, *, output: str, trust: Trust | None = None
    ) -> "Batch":
        """Keep the answer to an item, and how far it can be trusted."""
        before = self.items[at]
        item = replace(before, state=ItemState.DONE, recognition=recognition, output=output, trust=trust)
        return self.with_item(at, item)

    def failed(self, at: int, failure: Failure, *, recognition: Recognition | None = None) -> "Batch":
        """Keep why an item has no result, and the markup that could not be given its form."""
        item = replace(self.items[at], state=ItemState.FAILED, recognition=recognition, failure=failure)
        return self.with_item(at, item)

    def cancelled(self) -> "Batch":
        """Cancel all that is not over."""
        return Batch(
            tuple(
                item if item.state.is_over else replace(item, state=ItemState.CANCELLED)
                for item in self.items
            )
        )

    def retried(self, places: Iterable[int] | None = None) -> "Batch":
        """Let items wait again: those at the given places, or all that failed or were cancelled."""
        wanted = None if places is None else frozenset(places)
        return Batch(
            tuple(
                BatchItem(item.source, item.mode, item.form)
                if item.state in {ItemState.FAILED, ItemState.CANCELLED} and (wanted is None or at in wanted)
                else item
                for at, item in enumerate(self.items)
            )
        )
