r"""Which token may come next, so that what the embedded recogniser writes is well formed by construction.

Its tokens are those of the canonical form with each opening brace joined to what stands before it: `\frac{`,
`_{`, `}{` (from a first argument to a second), `]{` (from a root's order to what it is of).
"""

from dataclasses import dataclass, field

from writetex_desktop.core.latex import symbols

END = "<end>"
MAX_DEPTH = 12
"""Arguments and tables inside one another; real formulas rarely reach six."""

_TWO = frozenset(name + "{" for name in symbols.TWO_ARGUMENTS)
_ALPHABETS = frozenset(name + "{" for name in symbols.ALPHABETS)
_SCRIPTS = ("_{", "^{")
_NO_SPECIAL = frozenset(("<pad>", "<start>"))


@dataclass(slots=True)
class _Frame:
    """Something open: what opened it, how much is in it, which scripts the last thing in it has."""

    opened_by: str
    content: int = 0
    scripts: str = ""


@dataclass(slots=True)
class FormulaSyntax:
    """The state of a formula that is being written from left to right."""

    _open: list[_Frame] = field(default_factory=lambda: [_Frame("")])

    def copy(self) -> "FormulaSyntax":
        """The same state, to go on from in another way."""
        return FormulaSyntax([_Frame(frame.opened_by, frame.content, frame.scripts) for frame in self._open])

    def allows(self, word: str) -> bool:  # noqa: C901, PLR0911 - the syntax, one line a rule
        """Whether the formula may go on with this token; `END` ends it."""
        top = self._open[-1]
        if top.opened_by == "\\sqrt" and not top.content:
            return word == "["
        if word in _NO_SPECIAL:
            return False
        if word == END:
            return len(self._open) == 1 and top.content > 0
        if word == "}{":
            return top.opened_by in _TWO and top.content > 0
        if word == "]{":
            return top.opened_by == "\\sqrt" and top.content > 1
        if word == "}":
            return _is_argument(top.opened_by) and top.opened_by not in _TWO and top.content > 0
        if word.startswith("\\end{"):
            return top.opened_by == "\\begin" + word[len("\\end") :] and top.content > 0
        if word == "&":
            return top.opened_by.startswith("\\begin{") and top.opened_by != "\\begin{gathered}"
        if word == "\\\\":
            return top.opened_by.startswith("\\begin{") or (
                top.opened_by == "\\substack{" and top.content > 0
            )
        if word == "~":
            return top.opened_by in _ALPHABETS and top.content > 0
        if word in _SCRIPTS and word in top.scripts:
            return False
        if word == "_{" and "^{" in top.scripts:
            return False
        return len(self._open) <= MAX_DEPTH or not _opens(word)

    def take(self, word: str) -> None:
        """Go on with a token that is allowed."""
        top = self._open[-1]
        if word == "}{":
            self._open[-1] = _Frame("}{")
            return
        if word == "]{":
            self._open[-1] = _Frame("\\sqrt{")
            return
        if word == "}" or word.startswith("\\end{"):
            closed = self._open.pop()
            top = self._open[-1]
            if closed.opened_by in _SCRIPTS:
                top.scripts += closed.opened_by
                return
            top.scripts = ""
            return
        top.content += 1
        if word not in _SCRIPTS:
            top.scripts = ""
        if _opens(word):
            self._open.append(_Frame(word))

    def closing(self) -> list[str]:
        """The tokens that close what is open, innermost first; an empty argument stays empty."""
        words: list[str] = []
        for frame in reversed(self._open[1:]):
            if frame.opened_by.startswith("\\begin{"):
                words.append("\\end" + frame.opened_by[len("\\begin") :])
            elif frame.opened_by == "\\sqrt":
                words += (["["] if not frame.content else []) + ["]{", "}"]
            elif frame.opened_by in _TWO:
                words += ["}{", "}"]
            else:
                words.append("}")
        return words


def _is_argument(opened_by: str) -> bool:
    return opened_by.endswith("{")


def _opens(word: str) -> bool:
    """Whether a token opens an argument or a table."""
    return word == "\\sqrt" or word.startswith("\\begin{") or (word.endswith("{") and word != "\\{")
