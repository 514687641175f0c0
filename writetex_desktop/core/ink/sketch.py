"""A drawing that is being worked on: what was done can be undone, stroke by stroke."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from writetex_desktop.core.ink.ink import Ink, Stroke

Numbered = tuple[tuple[int, Stroke], ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: strokes that went, with their numbers before, and strokes that came, with theirs after."""

    gone: Numbered
    come: Numbered

    @property
    def undoing(self) -> "Edit":
        """The change that takes this one back."""
        return Edit(self.come, self.gone)

    def applied(self, ink: Ink) -> Ink:
        """Make the change."""
        unwanted = {number for number, _ in self.gone}
        strokes = [stroke for number, stroke in enumerate(ink.strokes) if number not in unwanted]
        for number, stroke in self.come:
            strokes.insert(number, stroke)
        return Ink(tuple(strokes))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing with its past and its future; each change gives a new one.

    Only what changed is kept, so that thousands of strokes can be undone to the empty paper.

    Attributes:
        ink: The drawing as it is now.
        done: The changes that led here, oldest first.
        undone: The changes that were taken back, the next to be made again last.
    """

    ink: Ink = field(default_factory=Ink)
    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return bool(self.undone)

    def drawn(self, stroke: Stroke) -> "Sketch":
        """Add a stroke."""
        return self._after(Edit((), ((len(self.ink.strokes), stroke),)))

    def changed(self, ink: Ink) -> "Sketch":
        """Put another drawing in place of this one; nothing happens where it is the same."""
        if ink == self.ink:
            return self
        return self._after(_difference(self.ink.strokes, ink.strokes))

    def undo(self) -> "Sketch":
        """Take the last change back; nothing happens where there is none."""
        if not self.done:
            return self
        last = self.done[-1]
        return Sketch(last.undoing.applied(self.ink), self.done[:-1], (*self.undone, last))

    def redo(self) -> "Sketch":
        """Make the change again that was taken back last; nothing happens where there is none."""
        if not self.undone:
            return self
        following = self.undone[-1]
        return Sketch(following.applied(self.ink), (*self.done, following), self.undone[:-1])

    def _after(self, edit: Edit) -> "Sketch":
        return Sketch(edit.applied(self.ink), (*self.done, edit), ())


def _difference(before: Sequence[Stroke], after: Sequence[Stroke]) -> Edit:
    """Give the change from one row of strokes to another, where most of them stay in their order."""
    gone: list[tuple[int, Stroke]] = []
    come: list[tuple[int, Stroke]] = []
    at = 0
    remaining = {id(stroke) for stroke in after}
    for number, stroke in enumerate(before):
        if id(stroke) not in remaining:
            gone.append((number, stroke))
            continue
        while at < len(after) and after[at] is not stroke:
            come.append((at, after[at]))
            at += 1
        if at == len(after):  # it stands before others in the new order: it went and came again
            gone.append((number, stroke))
            continue
        at += 1
    come += [(number, after[number]) for number in range(at, len(after))]
    return Edit(tuple(gone), tuple(come))
