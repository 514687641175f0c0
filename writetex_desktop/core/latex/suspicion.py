r"""Places in an engine's answer that look like a mistake of the engine, though they can be drawn.

They are for the user to look at, nothing is changed: a box may be printed, and `\\in` may begin a line. What
surely does not belong to the picture was taken away before, by `core.markup.clean`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.language.words import mark, tr_marked
from writetex_desktop.core.markup.commands import ARGUMENTS, KNOWN
from writetex_desktop.core.reading.recognition import Mode

_UNREADABLE: Final = re.compile(
    r"\\(?:square|Box)(?![a-zA-Z])|[\ufffd\u25a1\u25fb\u2610]|\\boxed\s*+\{\s*+\??\s*+\}"
    r"|\[\s*\?+\s*\]|\?{2,}|\b(?:illegible|unreadable|unclear)\b",
    re.IGNORECASE,
)
_DOUBLED: Final = re.compile(r"(?<!\\)(?:\\\\)+([a-zA-Z]{2,})(?=[^a-zA-Z]|\Z)")
_NUMBERED: Final = re.compile(r"\\(?:tag\*?|label|eqno|leqno)(?![a-zA-Z])\s*(?:\{[^{}]*\})?")
_IN_WORDS: Final = re.compile(
    r"\\(?:text[a-z]*|mathrm|mathsf|mathtt|mbox|hbox|operatorname\*?|begin|end|ce|pu|tag\*?|label|ref|eqref|si|SI"
    r"|unit|color|textcolor)\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+\*?|%[^\n]*"
)
_WORDS: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}+(?:[ ,.:;'’-]++[A-Za-z]{2,}+){2,}+[.:!]?")
_TALK: Final = re.compile(
    r"^(?:sure|certainly|of course|here(?:['’]s| is| are)|below is|i (?:cannot|can['’]t|am unable|hope)"
    r"|i['’]m (?:sorry|unable)|as an ai|let me know|note that the (?:image|picture)"
    r"|the (?:image|picture) (?:shows|contains))\b[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_ENDING: Final = 12
"""Characters that are marked where an answer was cut off."""

_BOX: Final = mark("A box or a question mark often stands for a symbol that could not be read.")
_SLASHES: Final = mark("Two backslashes end a line; perhaps one was meant, which begins a command.")
_NUMBER: Final = mark("An equation number was not asked for; see whether it is in the picture.")
_PROSE: Final = mark("These look like words of the engine, not like something in the picture.")
_CUT: Final = mark("The answer was cut off here; what follows in the picture is missing.")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that looks wrong.

    Attributes:
        start: Offset into the markup in characters.
        end: Offset after its last character.
        message: One sentence for the user.
    """

    start: int
    end: int
    message: str


def suspicious_spots(markup: str, mode: Mode, *, is_cut: bool = False) -> tuple[Spot, ...]:
    """Find what the user should look at, in the order of the source; places do not overlap.

    Args:
        markup: The cleaned answer, or what the user made of it.
        mode: What was asked for.
        is_cut: Whether it ends where the engine was stopped: in a loop, at a limit, by a failure.
    """
    return merged_spots(_found(markup, mode, is_cut=is_cut))


def merged_spots(*spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Give places in the order of the source; of those that overlap, the first and longest."""
    found = sorted((spot for each in spots for spot in each), key=lambda spot: (spot.start, -spot.end))
    kept: list[Spot] = []
    for spot in found:
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return tuple(kept)


def _found(markup: str, mode: Mode, *, is_cut: bool) -> Iterator[Spot]:
    yield from _spots(_UNREADABLE, markup, tr_marked(_BOX))
    for each in _DOUBLED.finditer(markup):
        if each[1] in KNOWN or each[1] in ARGUMENTS or each[1] in {"begin", "end", "left", "right"}:
            yield Spot(each.start(), each.end(), tr_marked(_SLASHES))
    if mode.is_formula:
        yield from _spots(_NUMBERED, markup, tr_marked(_NUMBER))
        masked = _IN_WORDS.sub(lambda command: "\0" * len(command[0]), markup)
        yield from _spots(_WORDS, masked, tr_marked(_PROSE))
    else:
        yield from _spots(_TALK, markup, tr_marked(_PROSE))
    end = len(markup.rstrip())
    if is_cut and end:
        yield Spot(max(0, end - _ENDING), end, tr_marked(_CUT))


def _spots(pattern: re.Pattern[str], text: str, message: str) -> Iterator[Spot]:
    return (Spot(found.start(), found.end(), message) for found in pattern.finditer(text))
