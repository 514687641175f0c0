r"""Commands that a document or the user defines: found in a source, and written for the preview.

What is read is what papers define most: `\newcommand` and its kin, `\def` with plain arguments, and
`\DeclareMathOperator` (https://ctan.org/pkg/amsopn). What cannot be taken apart is left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_MACROS: Final = 120
LONGEST_MACRO: Final = 300
"""Characters of one definition; longer ones typeset titles and tables, not formulas."""

_LONGEST_BODY: Final = 10 * LONGEST_MACRO
"""Characters between braces with all their blanks; a definition that holds others is not read for each."""

_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_MOST_ARGUMENTS: Final = 9
_DEFINES: Final = re.compile(
    r"\\(?:(?P<command>(?:new|renew|provide)command|DeclareRobustCommand)|(?P<operator>DeclareMathOperator))"
    r"(?P<star>\*?)\s*(?:\{\s*\\(?P<braced>[a-zA-Z]+)\s*\}|\\(?P<bare>[a-zA-Z]+))\s*"
    r"|\\[egx]?def\s*\\(?P<defined>[a-zA-Z]+)(?P<parameters>(?:#[1-9])*)\s*(?=\{)"
)
_ARGUMENTS: Final = re.compile(r"\[\s*([1-9])\s*\]\s*(?:\[([^\[\]{}]*)\]\s*)?")
_COMMENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_COMMAND: Final = re.compile(r"\\([a-zA-Z]+)")


@dataclass(frozen=True, slots=True)
class Macro:
    """A command.

    Attributes:
        name: Without backslash.
        body: What it stands for, with `#1` for the first argument.
        arguments: How many it takes, 0 to 9.
        default: What the first one is where it is left out; None where it cannot be.
    """

    name: str
    body: str
    arguments: int = 0
    default: str | None = None


def macros_in(source: str) -> tuple[Macro, ...]:
    """Find what a source defines, in its order; of two definitions of a name the later one holds."""
    source = without_comments(source)
    found: dict[str, Macro] = {}
    groups = _groups(source)
    for start in _DEFINES.finditer(source):
        macro = _read(source, start, groups)
        if macro is not None and len(format_macro(macro)) <= LONGEST_MACRO:
            found.pop(macro.name, None)
            found[macro.name] = macro
    return tuple(found.values())[:MOST_MACROS]


def format_macro(macro: Macro) -> str:
    r"""Write a definition as a line of LaTeX, by `\newcommand`; `macros_in` reads it back."""
    arguments = f"[{macro.arguments}]" if macro.arguments else ""
    default = "" if macro.default is None else f"[{macro.default}]"
    return f"\\newcommand{{\\{macro.name}}}{arguments}{default}{{{macro.body}}}"


def definitions_for(latex: str, macros: Iterable[Macro]) -> str:
    """Write the definitions that a formula needs, those that they need among them, in their order.

    Returns:
        LaTeX to be put before the formula; nothing where it uses none of them.
    """
    known = {each.name: each for each in macros}
    needed: set[str] = set()
    waiting = _COMMAND.findall(latex)
    while waiting:
        name = waiting.pop()
        if name in known and name not in needed:
            needed.add(name)
            waiting += _COMMAND.findall(known[name].body)
    return "".join(format_macro(each) for each in known.values() if each.name in needed)


def without_comments(source: str) -> str:
    """Leave out what TeX does not read."""
    return _COMMENT.sub(r"\1", source)


def _read(source: str, start: re.Match[str], groups: Mapping[int, int]) -> Macro | None:
    position = start.end()
    if start["defined"]:
        body = _group(source, position, groups)
        count = start["parameters"].count("#")
        return None if body is None else _fitting(Macro(start["defined"], body, count))
    name = start["braced"] or start["bare"]
    count, default = 0, None
    if start["command"] and (arguments := _ARGUMENTS.match(source, position)):
        count, default, position = int(arguments[1]), arguments[2], arguments.end()
    body = _group(source, position, groups)
    if body is None:
        return None
    if start["operator"]:
        body = f"\\operatorname{start['star']}{{{body}}}"
    return _fitting(Macro(name, body, count, default))


def _groups(source: str) -> dict[int, int]:
    """Give where each group begins and where it ends, in one pass over all of them."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for brace in _BRACES.finditer(source):
        if brace[0] == "{":
            waiting.append(brace.start())
        elif brace[0] == "}" and waiting:
            ends[waiting.pop()] = brace.start()
    return ends


def _group(source: str, position: int, groups: Mapping[int, int]) -> str | None:
    """Give what stands in the braces that open at a position; None where none do, or they hold very much."""
    end = groups.get(position)
    if end is None or end - position > _LONGEST_BODY:
        return None
    return " ".join(source[position + 1 : end].split())


def _fitting(macro: Macro) -> Macro | None:
    """Leave out what uses arguments that it does not have, or is about itself and would never end."""
    used = {int(each) for each in re.findall(r"#(\d)", macro.body)}
    if used - set(range(1, macro.arguments + 1)) or macro.name in _COMMAND.findall(macro.body):
        return None
    return macro
