"""Endless repetition: how a model that has lost its way shows itself."""

from dataclasses import dataclass

_LIMITS = ((30, 12), (200, 8))
"""Longest unit in characters, and how many times in a row it is too many."""

_LEAST_CHARACTERS = 60
"""A shorter run is left alone: `{cccccccccccc}` and a row of noughts are honest."""

_LEAST_DIGITS = 400
"""Digits are printed in long rows: a fraction to a hundred places, pi to a few lines."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of text that repeats up to the end: it starts at `start`, its unit has `unit` characters."""

    start: int
    unit: int


def is_repeating(text: str) -> bool:
    """Say whether a text ends in a loop that will not end by itself, so that the stream is better stopped.

    A unit of up to 30 characters twelve times in a row, or of up to 200 characters eight times.
    """
    return _trailing_run(text) is not None


def cut_repetition(text: str) -> str:
    """Keep one unit of a loop at the end of a text."""
    run = _trailing_run(text)
    return text if run is None else text[: run.start + run.unit]


def _trailing_run(text: str) -> _Run | None:
    end = len(text)
    if end < _LEAST_CHARACTERS:
        return None
    for unit in range(1, min(_LIMITS[-1][0], end // _LIMITS[-1][1]) + 1):
        # Most units fail at the first comparison, so that a text without a loop costs next to nothing.
        if text[end - unit : end] != text[end - 2 * unit : end - unit]:
            continue
        start = end - unit
        while start > 0 and text[start - 1] == text[start - 1 + unit]:
            start -= 1
        count = (end - start) // unit
        least = next(times for longest, times in _LIMITS if unit <= longest)
        shortest = _LEAST_DIGITS if text[end - unit : end].isdigit() else _LEAST_CHARACTERS
        if count >= least and end - start >= shortest:
            return _Run(start, unit)
    return None
