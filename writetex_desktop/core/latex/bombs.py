r"""Definitions that grow beyond all measure when they are used, or that call themselves.

`\def\b{\a\a}`, `\def\c{\b\b}` and so on double with each line; with an argument, `\a{\a{\a{x}}}` does so when
`\a` prints its argument eight times. What a source would grow to is computed, not tried: its tokens are gone
through once, and each definition is weighed once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MOST_CHARS: Final = 100_000
"""What definitions may grow to; a page of text has 3000 signs."""

_TOKEN: Final = re.compile(
    r"\\(?P<how>[egx]?def|(?:re)?newcommand|providecommand|DeclareRobustCommand)(?![a-zA-Z@])\*?\s{0,3}"
    r"\{?\s{0,3}\\(?P<defined>[a-zA-Z@]+)\s{0,3}\}?(?P<head>[^{}\\]{0,100})(?=\{)"
    r"|\\(?P<used>[a-zA-Z@]+)|\\.|#++(?P<argument>[1-9])?|(?P<brace>[{}])|[^\\#{}]+|.",
    re.DOTALL,
)
_COUNT: Final = re.compile(r"\[(\d)\]")


@dataclass(frozen=True, slots=True)
class Bomb:
    """A definition that is no definition.

    Attributes:
        name: Of the command, without backslash.
        position: Offset of its definition in characters.
    """

    name: str
    position: int


@dataclass(slots=True)
class _Macro:
    """A definition: the tokens of its body, and what it comes to once that is known."""

    name: str
    position: int
    arguments: int = 0
    tokens: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0
    size: int = 0
    """Characters that it prints without its arguments."""
    times: int = 0
    """How often it prints its arguments, at most."""


def bombs_in(markup: str) -> Iterator[Bomb]:
    """Find the definitions of a source that would grow without end, and the uses that would.

    The work grows with the length of the source and not faster.
    """
    outside, macros = _read(markup)
    if not macros:
        return
    known: dict[str, _Macro] = {}
    for macro in macros:
        known[macro.name] = macro  # of two definitions the later one is what stays
    bombs: dict[str, int] = {}
    for macro in _in_order_of_use(macros, known, bombs):
        culprit = _weigh(macro, known)
        if macro.name not in bombs and culprit:
            bombs[macro.name] = macro.position
    culprit = _weigh(outside, known)
    if culprit and culprit not in bombs:
        bombs[culprit] = known[culprit].position
    yield from (Bomb(name, position) for name, position in bombs.items())


def _read(markup: str) -> tuple[_Macro, list[_Macro]]:
    """Take a source apart: what stands outside definitions, and the definitions in their order."""
    outside = _Macro("", 0)
    macros: list[_Macro] = []
    inside = [outside]
    opening: _Macro | None = None
    for found in _TOKEN.finditer(markup):
        here = inside[-1]
        if found["defined"]:
            head = found["head"]
            count = _COUNT.search(head)
            opening = _Macro(found["defined"], found.start(), int(count[1]) if count else head.count("#"))
            macros.append(opening)
        elif found["brace"] == "{" and opening is not None:
            inside.append(opening)
            opening = None
        elif found["brace"] == "}" and not here.depth and len(inside) > 1:
            inside.pop()
        elif found["brace"]:
            here.depth += 1 if found["brace"] == "{" else -1
            here.depth = max(0, here.depth)
            here.tokens.append(("brace", found["brace"]))
        elif found["used"]:
            here.tokens.append(("used", found["used"]))
        elif found["argument"]:
            here.tokens.append(("argument", found["argument"]))
        else:
            here.tokens.append(("text", found[0]))
    return outside, macros


def _in_order_of_use(
    macros: list[_Macro], known: dict[str, _Macro], bombs: dict[str, int]
) -> Iterator[_Macro]:
    """Give each definition after those that it uses; those that use themselves are bombs."""
    done: set[int] = set()
    for first in macros:
        waiting = [(first, iter(first.tokens))]
        above = {first.name}
        while waiting and id(waiting[0][0]) not in done:
            macro, rest = waiting[-1]
            used = next((known[text] for kind, text in rest if kind == "used" and text in known), None)
            if used is None:
                waiting.pop()
                above.discard(macro.name)
                done.add(id(macro))
                yield macro
            elif used.name in above:
                bombs.setdefault(used.name, used.position)
            elif id(used) not in done:
                waiting.append((used, iter(used.tokens)))
                above.add(used.name)


def _weigh(macro: _Macro, known: dict[str, _Macro]) -> str:
    """Compute what a definition comes to; gives the command by which it grows beyond measure, or nothing."""
    times = 1
    groups: list[int] = []
    pending: list[tuple[int, str]] = []
    prints: dict[str, int] = {}
    culprit = ""
    for kind, text in macro.tokens:
        if kind == "brace" and text == "{":
            groups.append(times)
            times, by = pending.pop() if pending else (times, "")
            culprit = culprit or (by if times > MOST_CHARS else "")
        elif kind == "brace":
            times = groups.pop() if groups else 1
        elif kind == "argument":
            prints[text] = min(prints.get(text, 0) + times, MOST_CHARS + 1)
            pending.clear()
        elif kind == "text":
            macro.size += times * len(text)
            if text.strip():
                pending.clear()
        elif used := known.get(text):
            if pending and used.arguments and pending[-1][0] > times:
                culprit = culprit or pending[-1][1]  # `\a\a x`: the first prints the second over and over
            macro.size += times * (used.size + len(text))
            each = min(times * max(used.times, 1), MOST_CHARS + 1)
            pending = [(each, used.name)] * used.arguments
        else:
            macro.size += times * len(text)
            pending.clear()
        if macro.size > MOST_CHARS:
            culprit = culprit or (text if kind == "used" and text in known else macro.name)
            macro.size = MOST_CHARS + 1
    macro.times = max(prints.values(), default=0)
    return culprit
