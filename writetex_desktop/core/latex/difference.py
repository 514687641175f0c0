"""Where two readings of one picture differ, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from writetex_desktop.core.latex.edits import Span, words_of


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
    """Compare two texts in LaTeX: command with command, sign with sign."""
    words, others = _words(one), _words(other)
    matcher = SequenceMatcher(
        None,
        [one[start:end] for start, end in words],
        [other[start:end] for start, end in others],
        autojunk=False,
    )
    changes = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    return Differences(
        tuple((words[start][0], words[end - 1][1]) for _tag, start, end, _a, _b in changes if end > start),
        tuple((others[start][0], others[end - 1][1]) for _tag, _a, _b, start, end in changes if end > start),
    )


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
