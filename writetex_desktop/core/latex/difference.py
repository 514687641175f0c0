"""Where two readings of one picture differ, word by word."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from writetex_desktop.core.latex.edits import Span, words_of

MOST_WORDS: Final = 600
"""Words that are compared each with each; the square of their number is what it costs."""

_RUN: Final = 4
"""Words in a row that make a landmark where they occur once."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What is only in one text and what is only in the other, as spans in characters; blanks do not count."""

    in_one: tuple[Span, ...]
    in_other: tuple[Span, ...]

    @property
    def count(self) -> int:
        """In how many places they differ, as far as one text shows it."""
        return max(len(self.in_one), len(self.in_other))


def differences(one: str, other: str) -> Differences:
    """Compare two texts in LaTeX: command with command, sign with sign.

    Long texts are compared between landmarks, which are runs of words that each holds once. Where more than
    `MOST_WORDS` words are between two of them, they are one difference, so that no text takes long.
    """
    words, others = _words(one), _words(other)
    ones = [one[start:end] for start, end in words]
    twos = [other[start:end] for start, end in others]
    changes = _changes(ones, twos)
    return Differences(
        tuple((words[start][0], words[end - 1][1]) for start, end, _a, _b in changes if end > start),
        tuple((others[start][0], others[end - 1][1]) for _a, _b, start, end in changes if end > start),
    )


_Change = tuple[int, int, int, int]
"""What is exchanged: start and end in one text, start and end in the other."""


def _changes(one: Sequence[str], other: Sequence[str]) -> list[_Change]:
    """Compare piece by piece: the pieces lie between runs of words that each text holds only once."""
    changes: list[_Change] = []
    start = begin = 0
    for at, there in [*_landmarks(one, other), (len(one), len(other))]:
        changes += [
            (start + a, start + b, begin + c, begin + d)
            for a, b, c, d in _piece(one[start:at], other[begin:there])
        ]
        start, begin = at, there
    return changes


def _piece(one: Sequence[str], other: Sequence[str]) -> list[_Change]:
    if one == other:
        return []
    if max(len(one), len(other)) > MOST_WORDS:
        return [(0, len(one), 0, len(other))]
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [(start, end, begin, stop) for tag, start, end, begin, stop in codes if tag != "equal"]


def _landmarks(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Give places that surely belong together, in the order of both texts; none in short ones."""
    if max(len(one), len(other)) <= MOST_WORDS:
        return []
    here, there = _places(one), _places(other)
    both = sorted((at, there[run]) for run, at in here.items() if run in there)
    # The longest chain that rises in both texts (Fredman 1975): for each length the chain that ends lowest.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_at, place) in enumerate(both):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(both[number])
        number = before[number]
    return chain[::-1]


def _places(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Give where each run of words is that occurs once."""
    runs = [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _words(source: str) -> list[Span]:
    """Give commands as they are, and every other sign on its own."""
    known = [(word.start, word.end) for word in words_of(source)]
    gaps = pairwise([(0, 0), *known, (len(source), len(source))])
    signs = [
        (place, place + 1)
        for (_start, end), (start, _end) in gaps
        for place in range(end, start)
        if not source[place].isspace()
    ]
    return sorted(known + signs)
