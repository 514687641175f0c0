r"""What a result must not do to the document into which it is pasted.

A picture can carry instructions: text in it that a model copies, or is talked into writing. Nothing of it is
run here, the renderer knows none of these commands; but a LaTeX run of the user's may obey them.

Source: S. Checkoway, H. Shacham, E. Rescorla, "Are text-only data formats safe?", LEET 2010
(https://www.usenix.org/legacy/event/leet10/tech/full_papers/Checkoway.pdf).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_RUNS: Final = "can run programs on the computer"
_READS: Final = "reads files of the computer into the document"
_WRITES: Final = "writes files"
_CHANGES: Final = "changes how everything after it is read"

_EFFECTS: Final = {
    **dict.fromkeys(("write18", "ShellEscape", "directlua", "latelua", "luaexec", "pyc", "pythontex"), _RUNS),
    **dict.fromkeys(("input", "include", "openin", "read", "readline", "InputIfFileExists"), _READS),
    **dict.fromkeys(("verbatiminput", "lstinputlisting", "includegraphics", "includepdf"), _READS),
    **dict.fromkeys(("write", "openout", "immediate", "newwrite", "special"), _WRITES),
    **dict.fromkeys(("catcode", "csname", "scantokens", "everymath", "everydisplay", "everypar"), _CHANGES),
    **dict.fromkeys(("lccode", "uccode", "mathcode", "usepackage", "RequirePackage"), _CHANGES),
}

_COMMAND: Final = re.compile(r"\\(?:(write\s*18)|([a-zA-Z@]+))|(\^\^[0-9a-fA-F@-_]{1,2})")
_DEFINITION: Final = re.compile(
    r"\\(?:[egx]?def|(?:re)?newcommand\*?|providecommand\*?)\s*\{?\\([a-zA-Z@]+)\}?(?:\[\d\])?[^{}]*(?=\{)"
)
_USE: Final = re.compile(r"\\([a-zA-Z@]+)")

BOMB_CHARS: Final = 100_000
"""What definitions may grow to; a page of text has 3000 signs."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A command that should not be in a result.

    Attributes:
        command: As it is written.
        effect: What it does, as the rest of a sentence.
        position: Offset into the markup in characters.
    """

    command: str
    effect: str
    position: int


def find_dangers(markup: str) -> tuple[Danger, ...]:
    """Give the dangerous commands of a result, in their order, each command once."""
    found = {danger.command: danger for danger in reversed((*_commands(markup), *_bombs(markup)))}
    return tuple(sorted(found.values(), key=lambda danger: danger.position))


def danger_warning(markup: str) -> str:
    """Give a sentence about the dangerous commands of a result; empty when there are none."""
    dangers = find_dangers(markup)
    if not dangers:
        return ""
    first, *others = dangers
    also = f" (also: {', '.join(danger.command for danger in others)})" if others else ""
    return (
        f"The result holds {first.command}, which {first.effect} when a document with it is compiled{also}. "
        "Remove it unless you know why it is there."
    )


def _commands(markup: str) -> Iterator[Danger]:
    for match in _COMMAND.finditer(markup):
        if match[1]:
            yield Danger("\\write18", _RUNS, match.start())
        elif match[3] and not _is_superscript(markup, match.start()):
            yield Danger("^^", _CHANGES, match.start())
        elif match[2] in _EFFECTS:
            yield Danger(f"\\{match[2]}", _EFFECTS[match[2]], match.start())


def _is_superscript(markup: str, position: int) -> bool:
    r"""Whether `^^` stands where nobody hides a sign: before a brace it is only a slip."""
    return markup[position + 2 : position + 3] in {"{", "\\", ""}


def _bombs(markup: str) -> Iterator[Danger]:
    """Find definitions that call themselves, or that grow beyond all measure."""
    bodies: dict[str, str] = {}
    places: dict[str, int] = {}
    for match in _DEFINITION.finditer(markup):
        name = match[1]
        bodies[name] = _group(markup, match.end())
        places.setdefault(name, match.start())
    for name in bodies:
        if _size(name, bodies, ()) > BOMB_CHARS:
            yield Danger(f"\\{name}", "is defined by means of itself or grows without end", places[name])


def _group(markup: str, start: int) -> str:
    depth = 0
    for at in range(start, len(markup)):
        depth += {"{": 1, "}": -1}.get(markup[at], 0)
        if depth == 0:
            return markup[start + 1 : at]
    return markup[start + 1 :]


def _size(name: str, bodies: dict[str, str], above: tuple[str, ...]) -> int:
    """How long a macro is when it is written out, up to a little more than `BOMB_CHARS`."""
    if name in above or len(above) > len(bodies):
        return BOMB_CHARS + 1
    total = len(bodies[name])
    for use in _USE.finditer(bodies[name]):
        if use[1] in bodies:
            total += _size(use[1], bodies, (*above, name))
        if total > BOMB_CHARS:
            break
    return total
