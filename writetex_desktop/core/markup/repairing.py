r"""Unfinished LaTeX made whole, so that what a stream has brought so far can be drawn.

One pass over the tokens with a stack of what is open; nothing is recursive, so that depth does no harm.
"""

import re
from dataclasses import dataclass
from enum import Enum

from writetex_desktop.core.markup.commands import (
    ARGUMENTS,
    ENVIRONMENT_ARGUMENTS,
    KNOWN,
    NOT_SHOWN,
    WITH_BODY,
)

_NOT_SHOWN = "|".join(NOT_SHOWN)
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>%[^\n]*(?:\n|\Z))"
    rf"|(?P<whole>\\(?P<whole_name>{_NOT_SHOWN})(?![a-zA-Z])\s*\*?\s*(?:\[[^\[\]]*\]\s*)*\{{(?:[^{{}}\\]|\\.)*\}})"
    rf"|(?P<cut>\\(?:{_NOT_SHOWN})(?![a-zA-Z])\s*\*?\s*(?:\[[^\[\]]*(?:\]\s*|\Z))*(?:\{{[^{{}}]*)?\Z)"
    r"|(?P<begin>\\begin\s*\{(?P<opens>[^{}\\]*)\})"
    r"|(?P<end>\\end\s*\{(?P<closes>[^{}\\]*)\})"
    r"|(?P<torn>\\(?:begin|end)(?![a-zA-Z])\s*(?:\{[^{}\\]*)?)"
    r"|(?P<left>\\left(?![a-zA-Z]))"
    r"|(?P<right>\\right(?![a-zA-Z]))"
    r"|(?P<sized>\\(?:middle|[bB]igg?[lrm]?)(?![a-zA-Z]))"
    r"|(?P<row>\\\\(?:\*?\[\s*[-+\d.]*\s*[a-z]*(?:\]|\Z))?|\\cr(?![a-zA-Z]))"
    r"|(?P<command>\\(?P<name>[a-zA-Z]+)\*?)"
    r"|(?P<symbol>\\.)"
    r"|(?P<dollars>\$\$?)"
    r"|(?P<slash>\\)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_DELIMITER = re.compile(r"\s*(?:\\[a-zA-Z]+|\\[{}|]|[^\s\\{}$&%a-zA-Z0-9])")
_FORMULA_CLOSINGS = {"\\)": "\\(", "\\]": "\\["}


class _Kind(Enum):
    BRACE = "}"
    OPTION = "]"
    LEFT = "\\right."
    ENVIRONMENT = "\\end"
    FORMULA = "$"


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
    return _Repair(prefix).run()


class _Repair:
    """The state of one pass."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._out: list[str] = []
        self._stack = [_Frame(_Kind.BRACE, "")]
        self._option_may_follow = False

    def run(self) -> str:
        while found := _TOKEN.match(self._text, self._position):
            self._position = found.end()
            option_may_follow = self._option_may_follow
            if found.lastgroup not in {"space", "comment"}:
                self._option_may_follow = False
            self._take(found, option_may_follow=option_may_follow)
        self._finish()
        return "".join(self._out)

    @property
    def _top(self) -> _Frame:
        return self._stack[-1]

    def _take(self, found: re.Match[str], *, option_may_follow: bool) -> None:
        token = found[0]
        match found.lastgroup:
            case "space" | "comment":
                self._out.append(token)
            case "whole":
                self._out.append(token)
                self._command(WITH_BODY.get(found["whole_name"], 0))
            case "cut" | "torn" | "slash":
                pass
            case "begin":
                self._out.append(token)
                name = found["opens"].strip()
                self._open(_Kind.ENVIRONMENT, f"\\end{{{name}}}", ENVIRONMENT_ARGUMENTS.get(name, 0))
            case "end":
                self._close(_Kind.ENVIRONMENT, token, f"\\end{{{found['closes'].strip()}}}")
            case "left":
                if self._delimiter(token):
                    self._open(_Kind.LEFT, _Kind.LEFT.value)
            case "right":
                self._right(token)
            case "sized":
                if self._delimiter(token):
                    self._atom()
            case "row":
                self._fill()
                self._out.append(
                    token if "[" not in token or token.endswith("]") else token[: token.index("[")]
                )
            case "command":
                self._named(token, found["name"])
            case "symbol":
                self._symbol(token)
            case "dollars":
                self._dollars(token)
            case _:
                self._sign(token, option_may_follow=option_may_follow)

    def _named(self, token: str, name: str) -> None:
        if self._position == len(self._text) and name not in KNOWN:
            return
        self._out.append(token)
        self._command(ARGUMENTS.get(name, 0))
        self._option_may_follow = name == "sqrt" or name.startswith("x")

    def _symbol(self, token: str) -> None:
        if token in {"\\(", "\\["}:
            self._out.append(token)
            self._open(_Kind.FORMULA, {"\\(": "\\)", "\\[": "\\]"}[token])
        elif token in _FORMULA_CLOSINGS:
            self._close(_Kind.FORMULA, token, token)
        else:
            self._out.append(token)
            if token not in {"\\,", "\\;", "\\:", "\\!", "\\ ", "\\>"}:
                self._atom()

    def _dollars(self, token: str) -> None:
        if any(frame.kind is _Kind.FORMULA and frame.closing == token for frame in self._stack):
            self._close(_Kind.FORMULA, token, token)
        else:
            self._out.append(token)
            self._open(_Kind.FORMULA, token)

    def _sign(self, token: str, *, option_may_follow: bool) -> None:
        match token:
            case "{":
                self._out.append(token)
                self._open(_Kind.BRACE, "}")
            case "}":
                self._close(_Kind.BRACE, token, token)
            case "[" if option_may_follow:
                self._out.append(token)
                self._stack.append(_Frame(_Kind.OPTION, "]"))
            case "]" if self._top.kind is _Kind.OPTION:
                self._fill()
                self._out.append(token)
                self._stack.pop()
            case "^" | "_":
                self._fill()
                self._out.append(token)
                self._top.pending += 1
            case "&":
                self._fill()
                self._out.append(token)
            case _:
                self._out.append(token)
                self._atom()

    def _command(self, arguments: int) -> None:
        self._atom()
        self._top.pending += arguments

    def _atom(self) -> None:
        self._top.pending = max(0, self._top.pending - 1)

    def _open(self, kind: _Kind, closing: str, pending: int = 0) -> None:
        self._stack.append(_Frame(kind, closing, pending))

    def _fill(self) -> None:
        self._out.append("{}" * self._top.pending)
        self._top.pending = 0

    def _delimiter(self, token: str) -> bool:
        r"""Take a command such as `\left` with the delimiter after it; neither, if there is none."""
        found = _DELIMITER.match(self._text, self._position)
        if not found:
            return False
        name = found[0].strip().removeprefix("\\")
        if found.end() == len(self._text) and name.isalpha() and name not in KNOWN:
            self._position = found.end()
            return False
        self._out.append(token + found[0])
        self._position = found.end()
        return True

    def _right(self, token: str) -> None:
        mark = len(self._out)
        if not self._delimiter(token):
            return
        closing = "".join(self._out[mark:])
        del self._out[mark:]
        self._close(_Kind.LEFT, closing, _Kind.LEFT.value)

    def _close(self, kind: _Kind, token: str, closing: str) -> None:
        """Close what a token closes, with everything still open in it; drop the token if there is no such thing."""
        depth = next(
            (
                index
                for index in range(len(self._stack) - 1, 0, -1)
                if self._stack[index].kind is kind and self._stack[index].closing == closing
            ),
            None,
        )
        if depth is None:
            return
        while len(self._stack) > depth + 1:
            self._pop()
        self._pop(token)

    def _pop(self, token: str | None = None) -> None:
        self._fill()
        frame = self._stack.pop()
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
