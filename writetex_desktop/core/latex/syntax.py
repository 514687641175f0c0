r"""Whether the braces, the `\left ... \right` and the environments of LaTeX match, and how to make them."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.markup.commands import ARGUMENTS

_TWO: Final = 2
_COMMAND_BEFORE: Final = re.compile(r"\\([a-zA-Z]+)\s*\Z")
_BRACKET: Final = r"\\(?!(?:left|right|begin|end)(?![a-zA-Z]))[a-zA-Z]+|\\[^a-zA-Z\s]|[^\s\\{}%&]"
_TOKEN: Final = re.compile(
    rf"%[^\n]*|\\(begin|end)\s*\{{([^{{}}]*)\}}|\\(left|right)(?![a-zA-Z])\s*({_BRACKET})?|\\.|[{{}}]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """The first thing that does not match.

    Attributes:
        message: One sentence.
        position: Where it is noticed, as an offset into the source in characters.
        repaired: The whole source with everything made to match.
    """

    message: str
    position: int
    repaired: str


@dataclass(frozen=True, slots=True)
class _Open:
    """Something that waits for its end; `kind` is `{`, `left` or the name of an environment."""

    kind: str
    position: int

    @property
    def closing(self) -> str:
        if self.kind == "{":
            return "}"
        return "\\right." if self.kind == "left" else f"\\end{{{self.kind}}}"

    @property
    def opening(self) -> str:
        if self.kind == "{":
            return "{"
        return "\\left" if self.kind == "left" else f"\\begin{{{self.kind}}}"


def check_syntax(markup: str) -> SyntaxProblem | None:
    """Find the first thing that does not match.

    Args:
        markup: LaTeX: a formula, a table or a drawing; not prose, in which a brace is only a sign.

    Returns:
        The problem with the repaired source, for which this function gives None; None when all is well.
    """
    problem = _check(markup)
    if problem is None:
        return None
    better = _before_second_argument(markup, problem.position)
    if better and _check(better) is None:
        return replace(problem, repaired=better)
    return problem


def _check(markup: str) -> SyntaxProblem | None:
    checker = _Checker(markup)
    for found in _TOKEN.finditer(markup):
        checker.take(found)
    return checker.result()


def _before_second_argument(markup: str, position: int) -> str:
    r"""Close a first argument before the second one, as in `\frac{a + \sqrt{b}{c}`.

    Args:
        markup: The source.
        position: Where the brace is that is never closed.

    Returns:
        The source with a brace more; empty where this is no such case.
    """
    command = _COMMAND_BEFORE.search(markup, 0, position)
    if command is None or markup[position] != "{" or ARGUMENTS.get(command[1]) != _TWO:
        return ""
    depth = 0
    last, before = -1, ""
    for found in _TOKEN.finditer(markup, position + 1):
        if found[0] == "{" and depth == 0 and before == "}":
            last = found.start()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        before = found[0] if markup[found.end() : found.end() + 1] in {"{", ""} else ""
    return f"{markup[:last]}}}{markup[last:]}" if last >= 0 else ""


class _Checker:
    """Goes through the source once, notes the first problem and writes what is right."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._written: list[str] = []
        self._copied = 0
        self._open: list[_Open] = []
        self._waiting: Counter[str] = Counter()
        self._first: tuple[str, int] | None = None

    def take(self, found: re.Match[str]) -> None:
        """Go on to a token."""
        self._written.append(self._markup[self._copied : found.start()])
        self._copied = found.end()
        kind = found[1] or found[3] or found[0]
        match kind:
            case "{" | "left" | "begin":
                self._push(_Open(found[2] if kind == "begin" else kind, found.start()))
                self._write(found)
            case "}" | "right" | "end":
                self._close("{" if kind == "}" else "left" if kind == "right" else found[2], found)
            case _:
                self._written.append(found[0])

    def _close(self, kind: str, found: re.Match[str]) -> None:
        if not self._waiting[kind]:
            self._close_nothing(found)
            return
        while self._open[-1].kind != kind:
            missing = self._popped()
            self._note(
                tr("{opening} is not closed before {found}.", opening=missing.opening, found=found[0]),
                missing.position,
            )
            self._written.append(missing.closing)
        self._popped()
        self._write(found)

    def _push(self, opened: _Open) -> None:
        self._open.append(opened)
        self._waiting[opened.kind] += 1

    def _popped(self) -> _Open:
        opened = self._open.pop()
        self._waiting[opened.kind] -= 1
        return opened

    def _write(self, found: re.Match[str]) -> None:
        """Write a token; one of a pair of brackets that lacks its bracket gets an invisible one."""
        if found[3] and not found[4]:
            self._note(tr("{strip} lacks its bracket.", strip=found[0].strip()), found.start())
            self._written.append(f"\\{found[3]}.")
        else:
            self._written.append(found[0])

    def _close_nothing(self, found: re.Match[str]) -> None:
        """Leave out what closes nothing; the end of an environment may only have the wrong name."""
        innermost = self._open[-1].kind if self._open else ""
        if found[1] and innermost not in {"", "{", "left"}:
            self._note(
                tr("\\begin{{{innermost}}} is closed by {found}.", innermost=innermost, found=found[0]),
                found.start(),
            )
            self._written.append(self._popped().closing)
            return
        self._note(tr("{found} closes nothing.", found=found[0]), found.start())
        if found[3]:
            # The bracket itself may be meant.
            self._written.append("" if found[4] in {None, "."} else found[4])

    def _note(self, message: str, position: int) -> None:
        if self._first is None:
            self._first = message, position

    def _end_line(self) -> None:
        """See to it that what is added at the end is neither in a comment nor behind a lone backslash."""
        last_line = "".join(self._written).rpartition("\n")[2]
        if re.search(r"(?<!\\)(?:\\\\)*(?:%|\\\Z)", last_line):
            self._written.append("\n")

    def result(self) -> SyntaxProblem | None:
        """Close what is open, and give the first problem."""
        self._written.append(self._markup[self._copied :])
        if self._open:
            self._end_line()
        for missing in reversed(self._open):
            self._written.append(missing.closing)
        if self._open:
            self._note(
                tr("{opening} is never closed.", opening=self._open[0].opening), self._open[0].position
            )
        if self._first is None:
            return None
        return SyntaxProblem(*self._first, repaired="".join(self._written))
