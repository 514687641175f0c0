r"""What an editor knows of LaTeX: its words, what matches what, and how to wrap, unwrap and complete.

Positions are offsets into the source in characters (code points).
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from writetex_desktop.core.markup.commands import ARGUMENTS, KNOWN

_WORD: Final = re.compile(
    r"(?P<comment>%[^\n]*)"
    r"|(?P<environment>\\(?:begin|end)\s*\{[^{}\n]*\})"
    r"|(?P<delimiter>\\(?:left|right)(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\[^a-zA-Z\s]|[^\s\\{}%&])?)"
    r"|(?P<command>\\[a-zA-Z]+\*?|\\(?=\n|\Z)|\\[^a-zA-Z\n])"
    r"|(?P<brace>[{}])"
    r"|(?P<bracket>[()\[\]])"
    r"|(?P<mark>[\^_&$])"
)
_PARTNER: Final = {"{": "}", "(": ")", "[": "]"}
_OPENING: Final = {closing: opening for opening, closing in _PARTNER.items()}
_TYPED: Final = re.compile(r"\\([a-zA-Z]+)\Z")
_FIRST: Final = """
    frac sqrt sum int alpha beta gamma delta epsilon varepsilon theta lambda mu pi rho sigma phi varphi omega
    partial infty left right begin end cdot times leq geq neq approx in to rightarrow Rightarrow mathbb mathbf
    mathrm mathcal text operatorname hat bar vec tilde overline prod lim sin cos log exp quad ldots
    cdots nabla
"""


class WordKind(Enum):
    """What a word of the source is."""

    COMMENT = auto()
    ENVIRONMENT = auto()
    DELIMITER = auto()
    COMMAND = auto()
    BRACE = auto()
    BRACKET = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the source that is more than a letter: where it stands and what it is."""

    start: int
    end: int
    kind: WordKind
    text: str


Span = tuple[int, int]
"""Start, and end after the last character."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A source after an edit, and what is selected in it."""

    source: str
    start: int
    end: int


_TELLING = re.compile(r"\\[A-Za-z]|[\^_=$]")

MOST_PASTED = 100_000
"""Characters; a longer text is a document and no formula."""


def is_latex(text: str) -> bool:
    """Say whether copied text is meant as LaTeX: it has a command, a script, a dollar or an equals sign."""
    return len(text) <= MOST_PASTED and _TELLING.search(text) is not None


def words_of(source: str) -> tuple[Word, ...]:
    """Give the words of a source, or of one line of it."""
    return tuple(
        Word(found.start(), found.end(), WordKind[str(found.lastgroup).upper()], found[0])
        for found in _WORD.finditer(source)
    )


def pairs_of(source: str) -> tuple[tuple[Word, Word], ...]:
    r"""Give what opens and what closes it: braces, brackets, `\left` and `\right`, `\begin` and `\end`."""
    pairs: list[tuple[Word, Word]] = []
    waiting = _Waiting()
    for word in words_of(source):
        if _opens(word):
            waiting.push(word)
        elif _closes(word) and (opening := waiting.partner_of(word)):
            pairs.append((opening, word))
    return tuple(pairs)


class _Waiting:
    """What has been opened: levels of what must match, and in each the brackets, which may stand alone."""

    def __init__(self) -> None:
        self._levels: list[tuple[Word | None, list[Word], Counter[str]]] = [(None, [], Counter())]

    def push(self, word: Word) -> None:
        """Add what opens."""
        if word.kind is not WordKind.BRACKET:
            self._levels.append((word, [], Counter()))
            return
        _opening, brackets, counts = self._levels[-1]
        brackets.append(word)
        counts[word.text] += 1

    def partner_of(self, word: Word) -> Word | None:
        """Give what a word closes, and forget what was opened since; what must match is not looked past."""
        opening, brackets, counts = self._levels[-1]
        if word.kind is not WordKind.BRACKET:
            if opening is None or not _match(opening, word):
                return None
            self._levels.pop()
            return opening
        wanted = _OPENING[word.text]
        if not counts[wanted]:
            return None
        while brackets[-1].text != wanted:
            counts[brackets.pop().text] -= 1
        counts[wanted] -= 1
        return brackets.pop()


def partners_at(source: str, position: int) -> tuple[Span, Span] | None:
    """Give the two that belong together when the cursor stands at one of them; the innermost."""
    touching = [pair for pair in pairs_of(source) if any(word.start <= position <= word.end for word in pair)]
    if not touching:
        return None
    one, other = min(touching, key=lambda pair: pair[1].end - pair[0].start)
    return (one.start, one.end), (other.start, other.end)


def wrapped(source: str, start: int, end: int, before: str, after: str) -> Edited:
    """Put something round a selection, which stays selected."""
    return Edited(
        source[:start] + before + source[start:end] + after + source[end:],
        start + len(before),
        end + len(before),
    )


def unwrapped(source: str, start: int, end: int) -> Edited | None:
    r"""Take away what stands round a selection: braces with their command, brackets, an environment.

    Returns:
        The edit; None when nothing stands round it, or when its command has further arguments.
    """
    around = [pair for pair in pairs_of(source) if pair[0].end <= start and end <= pair[1].start]
    if not around:
        return None
    one, other = max(around, key=lambda pair: pair[0].start)
    first = one.start
    if one.kind is WordKind.BRACE:
        command = re.search(r"\\([a-zA-Z]+)\*?\s*\Z", source[:first])
        if command is not None and ARGUMENTS.get(command[1]) == 1:
            first = command.start()
        elif (command is not None and command[1] in ARGUMENTS) or source[:first].endswith("}"):
            return None
    inner = source[one.end : other.start]
    strip = len(inner) - len(inner.lstrip()) if one.kind is not WordKind.BRACE else 0
    gap = " " if re.search(r"\\[a-zA-Z]+\Z", source[:first]) and inner[:1].isalpha() else ""
    moved = one.end + strip - first - len(gap)
    inner = inner if one.kind is WordKind.BRACE else inner.strip()
    whole = source[:first] + gap + inner + source[other.end :]
    last = first + len(gap) + len(inner)
    return Edited(whole, min(max(first, start - moved), last), min(max(first, end - moved), last))


def typed_command(source: str, position: int) -> str:
    """Give the letters of the command that is being typed before the cursor, or nothing."""
    found = _TYPED.search(source, 0, position)
    return found[1] if found is not None else ""


def ends_in_command(source: str) -> bool:
    """Say whether a letter put behind a source would change its last command."""
    return bool(_TYPED.search(source))


def completions(typed: str) -> tuple[str, ...]:
    """Give the commands that begin so, without backslash: the usual ones first, then by length and letter."""
    usual = {name: rank for rank, name in enumerate(_FIRST.split())}
    fitting = [name for name in KNOWN | usual.keys() if name.startswith(typed) and name.isalpha()]
    return tuple(sorted(fitting, key=lambda name: (usual.get(name, len(usual)), len(name), name)))


def arguments_of(command: str) -> int:
    """Say how many arguments in braces a command cannot do without."""
    return ARGUMENTS.get(command, 0)


def _opens(word: Word) -> bool:
    return word.text in _PARTNER or (word.text.startswith(("\\begin", "\\left")) and word.kind in _LARGE)


def _closes(word: Word) -> bool:
    return word.text in _PARTNER.values() or (
        word.text.startswith(("\\end", "\\right")) and word.kind in _LARGE
    )


_LARGE: Final = (WordKind.ENVIRONMENT, WordKind.DELIMITER)


def _match(one: Word, other: Word) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is WordKind.ENVIRONMENT:
        return one.text.partition("{")[2] == other.text.partition("{")[2]
    return one.kind is WordKind.DELIMITER or _PARTNER[one.text] == other.text
