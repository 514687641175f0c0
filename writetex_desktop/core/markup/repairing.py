r"""Unfinished LaTeX made whole, so that what a stream has brought so far can be drawn.

One pass over the tokens with a stack of what is open; nothing is recursive, so that depth does no harm.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from writetex_desktop.core.markup.commands import (
    ARGUMENTS,
    ENVIRONMENT_ARGUMENTS,
    KNOWN,
    WITH_BODY,
)

_NOT_SHOWN = "|".join(WITH_BODY)
_CUT = rf"\\(?:{_NOT_SHOWN})(?![a-zA-Z])\s*+\*?\s*+(?:\[[^\[\]]*+(?:\]\s*+|\Z))*+(?:\{{[^{{}}]*+)?"
_CUT_ALONE = re.compile(_CUT)
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>%[^\n]*(?:\n|\Z))"
    rf"|(?P<whole>\\(?P<whole_name>{_NOT_SHOWN})(?![a-zA-Z])\s*+\*?\s*+(?:\[[^\[\]]*+\]\s*+)*+"
    r"\{(?:[^{}\\%]|\\(?!(?:left|right|begin|end)(?![a-zA-Z])).)*\})"
    rf"|(?P<cut>{_CUT}\Z)"
    r"|(?P<begin>\\begin\s*\{(?P<opens>[^{}\\]*)\})"
    r"|(?P<end>\\end\s*\{(?P<closes>[^{}\\]*)\})"
    r"|(?P<torn>\\(?:begin|end)(?![a-zA-Z])\s*(?:\{[^{}\\]*)?)"
    r"|(?P<left>\\left(?![a-zA-Z]))"
    r"|(?P<right>\\right(?![a-zA-Z]))"
    r"|(?P<sized>\\(?:middle|[bB]igg?[lrm]?)(?![a-zA-Z]))"
    r"|(?P<row>\\\\(?:\*?\[\s*+[-+\d.]*+\s*+[a-z]*+(?:\]|\Z))?|\\cr(?![a-zA-Z]))"
    r"|(?P<command>\\(?P<name>[a-zA-Z]+)\*?)"
    r"|(?P<symbol>\\.)"
    r"|(?P<dollars>\$\$?)"
    r"|(?P<slash>\\)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_DELIMITER = re.compile(
    r"\s*(?:\\(?!(?:begin|end|left|right|middle)(?![a-zA-Z]))[a-zA-Z]+|\\[{}|]|[^\s\\{}$&%a-zA-Z0-9])"
)
_OPTION = re.compile(r"\s*\[")
_FORMULAS = {"\\(": "\\)", "\\[": "\\]"}
_SPACES = frozenset(("\\,", "\\;", "\\:", "\\!", "\\ ", "\\>"))


class _Kind(Enum):
    BRACE = "}"
    OPTION = "]"
    LEFT = "\\right."
    ENVIRONMENT = "\\end"
    FORMULA = "$"


_BOUNDS = frozenset((_Kind.BRACE, _Kind.FORMULA))
"""What an inner formula is sought in: up to the group that it stands in."""


@dataclass(slots=True)
class _Frame:
    """Something that is open: how it is closed, and how many arguments the last command in it still lacks."""

    kind: _Kind
    closing: str
    pending: int = 0


def repair(prefix: str) -> str:
    r"""Make a piece of LaTeX whole: a finished formula stays as it is, to the letter.

    A command that has only begun goes; missing arguments become `{}`; open groups, `\left`, environments and
    inner formulas are closed; a closing without its opening goes.

    Args:
        prefix: Any beginning of a formula; anything else is taken, too.

    Returns:
        Markup whose groups, `\left ... \right` and environments match. It may still hold what a renderer
        does not know.
    """
    prefix = _without_torn_end(prefix)
    # What is left out may leave another piece without its end: the second pass finds it, or nothing.
    while (whole := _Repair(prefix).run()) != prefix:
        prefix = whole
    return whole


def _without_torn_end(text: str) -> str:
    """Drop commands at the end that have only begun; here, as a pass for each would take long for many."""
    end = len(text)
    while (start := text.rfind("\\", 0, end)) >= 0:
        name = text[start + 1 : end]
        slashes = start
        while slashes and text[slashes - 1] == "\\":
            slashes -= 1
        begun = name.isascii() and name.isalpha() and name not in KNOWN
        if (start - slashes) % 2 or not (begun or _CUT_ALONE.fullmatch(text, start, end)):
            break
        end = start
    return text[:end]


class _Repair:
    """The state of one pass."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._out: list[str] = []
        self._stack = [_Frame(_Kind.BRACE, "")]
        self._open_now: Counter[tuple[_Kind, str]] = Counter()
        self._bounds = [self._stack[0]]
        self._handlers: dict[str, Callable[[re.Match[str]], None]] = {
            "space": self._copy,
            "comment": self._copy,
            "whole": self._whole,
            "cut": self._drop,
            "torn": self._drop,
            "slash": self._drop,
            "begin": self._begin,
            "end": self._end,
            "left": self._left,
            "right": self._right,
            "sized": self._sized,
            "row": self._row,
            "command": self._named,
            "symbol": self._symbol,
            "dollars": self._dollars,
            "sign": self._sign,
        }

    def run(self) -> str:
        while found := _TOKEN.match(self._text, self._position):
            self._position = found.end()
            # Every alternative of the pattern is one named group, so that there always is a last one.
            self._handlers[str(found.lastgroup)](found)
        self._finish()
        return "".join(self._out)

    @property
    def _top(self) -> _Frame:
        return self._stack[-1]

    def _copy(self, found: re.Match[str]) -> None:
        self._out.append(found[0])

    def _drop(self, found: re.Match[str]) -> None:
        """Leave out what has only begun."""

    def _whole(self, found: re.Match[str]) -> None:
        self._out.append(found[0])
        self._command(WITH_BODY.get(found["whole_name"], 0))

    def _begin(self, found: re.Match[str]) -> None:
        self._out.append(found[0])
        name = found["opens"].strip()
        self._open(_Kind.ENVIRONMENT, f"\\end{{{name}}}", ENVIRONMENT_ARGUMENTS.get(name, 0))

    def _end(self, found: re.Match[str]) -> None:
        self._close(_Kind.ENVIRONMENT, found[0], f"\\end{{{found['closes'].strip()}}}")

    def _left(self, found: re.Match[str]) -> None:
        if delimiter := self._delimiter():
            self._out.append(found[0] + delimiter)
            self._open(_Kind.LEFT, _Kind.LEFT.value)

    def _right(self, found: re.Match[str]) -> None:
        if delimiter := self._delimiter():
            self._close(_Kind.LEFT, found[0] + delimiter, _Kind.LEFT.value)

    def _sized(self, found: re.Match[str]) -> None:
        if delimiter := self._delimiter():
            self._out.append(found[0] + delimiter)
            self._atom()

    def _row(self, found: re.Match[str]) -> None:
        self._fill()
        breaking, bracket, skip = found[0].partition("[")
        self._out.append(found[0] if skip.endswith("]") or not bracket else breaking)

    def _named(self, found: re.Match[str]) -> None:
        name = found["name"]
        if self._position == len(self._text) and name not in KNOWN:
            return
        self._out.append(found[0])
        self._command(ARGUMENTS.get(name, 0))
        takes_option = name == "sqrt" or name.startswith("x")
        if takes_option and (option := _OPTION.match(self._text, self._position)):
            self._position = option.end()
            self._out.append(option[0])
            self._open(_Kind.OPTION, _Kind.OPTION.value)

    def _symbol(self, found: re.Match[str]) -> None:
        symbol = found[0]
        if symbol in _FORMULAS:
            self._out.append(symbol)
            self._open(_Kind.FORMULA, _FORMULAS[symbol])
        elif symbol in _FORMULAS.values():
            self._close(_Kind.FORMULA, symbol, symbol)
        else:
            self._out.append(symbol)
            if symbol not in _SPACES:
                self._atom()

    def _dollars(self, found: re.Match[str]) -> None:
        dollars = found[0]
        match self._formula():
            case "":
                self._out.append(dollars)
                self._open(_Kind.FORMULA, dollars)
            case closing if closing == dollars:
                self._close(_Kind.FORMULA, dollars, dollars)
            case "$":
                self._close(_Kind.FORMULA, "$", "$")
                self._out.append("$")
                self._open(_Kind.FORMULA, "$")
            case _:
                # A formula within a formula, without a group such as that of `\\text` round it, is none.
                pass

    def _formula(self) -> str:
        """The closing of the formula that the present place is in, within the innermost group; or empty."""
        frame = self._bounds[-1]
        return frame.closing if frame.kind is _Kind.FORMULA else ""

    def _sign(self, found: re.Match[str]) -> None:
        match sign := found[0]:
            case "{":
                self._out.append(sign)
                self._open(_Kind.BRACE, "}")
            case "}":
                self._close(_Kind.BRACE, sign, sign)
            case "]" if self._top.kind is _Kind.OPTION:
                self._pop(sign)
            case "^" | "_":
                self._fill()
                self._out.append(sign)
                self._top.pending += 1
            case "&":
                self._fill()
                self._out.append(sign)
            case _:
                self._out.append(sign)
                self._atom()

    def _command(self, arguments: int) -> None:
        self._atom()
        self._top.pending += arguments

    def _atom(self) -> None:
        self._top.pending = max(0, self._top.pending - 1)

    def _open(self, kind: _Kind, closing: str, pending: int = 0) -> None:
        self._stack.append(_Frame(kind, closing, pending))
        self._open_now[kind, closing] += 1
        if kind in _BOUNDS:
            self._bounds.append(self._stack[-1])

    def _fill(self) -> None:
        if self._top.pending:
            self._out.append("{}" * self._top.pending)
            self._top.pending = 0

    def _delimiter(self) -> str:
        r"""Take the delimiter that a command such as `\left` stands before; empty if it has not come."""
        found = _DELIMITER.match(self._text, self._position)
        if not found:
            return ""
        self._position = found.end()
        name = found[0].strip().removeprefix("\\")
        torn = found.end() == len(self._text) and name.isalpha() and name not in KNOWN
        return "" if torn else found[0]

    def _close(self, kind: _Kind, token: str, closing: str) -> None:
        """Close what a token closes, with all that is open in it; drop the token if it closes nothing."""
        if not self._open_now[kind, closing]:
            return
        while self._top.kind is not kind or self._top.closing != closing:
            self._pop()
        self._pop(token)

    def _pop(self, token: str | None = None) -> None:
        self._fill()
        frame = self._stack.pop()
        self._open_now[frame.kind, frame.closing] -= 1
        if frame.kind in _BOUNDS:
            self._bounds.pop()
        if token is None and frame.closing == self._out[-1] == "$":
            # Closed at once it would be read as the other sign, `$$`.
            self._out.pop()
        else:
            self._out.append(frame.closing if token is None else token)
        if frame.kind is not _Kind.OPTION:
            self._atom()

    def _finish(self) -> None:
        # A comment up to the end of the text would swallow what is appended.
        if (len(self._stack) > 1 or self._top.pending) and self._ends_in_comment():
            self._out.append("\n")
        while len(self._stack) > 1:
            self._pop()
        self._fill()

    def _ends_in_comment(self) -> bool:
        return bool(self._out) and self._out[-1].startswith("%") and not self._out[-1].endswith("\n")
