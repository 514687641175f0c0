r"""Formulas within Markdown: the delimiters that each reader of Markdown wants.

GitHub takes `` $`x`$ `` and a fence of `math`; only in these are `\\`, `_` and `*` never taken for Markdown
(https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions).
Obsidian takes `$x$`, but not `$ x $`, and `$$` (https://help.obsidian.md/syntax).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.formats.harmless_markdown import harmless


@dataclass(frozen=True, slots=True)
class MathStyle:
    """What stands round formulas.

    Attributes:
        inline: Before and after a formula in a line.
        display: Before and after a formula on lines of its own.
    """

    inline: tuple[str, str]
    display: tuple[str, str]


GITHUB = MathStyle(("$`", "`$"), ("```math\n", "\n```"))
OBSIDIAN = MathStyle(("$", "$"), ("$$\n", "\n$$"))

# Code comes first, for what is in it is no formula. A dollar sign opens a formula where no blank follows and
# closes one where none is before and no digit after, as in Pandoc: so that $5 and $6 stay amounts of money.
_MATH = re.compile(
    r"""
    (?P<code> ^```(?!math\b).*?^``` | (?<![$`])(?P<ticks>`++).+?(?<!`)(?P=ticks)(?!`) )
    | ^```math[^\S\n]*+\n(?P<fenced>.*?)\n```
    | \$`(?P<ticked>[^`]+)`\$
    | \\\[(?P<bracket>(?:[^\\]|\\(?![\[\]]))++)\\\]
    | \\\((?P<paren>(?:[^\\]|\\(?![()]))++)\\\)
    | (?<![\\$])\$\$(?!\s*\$)(?P<dollars>.+?)(?<!\\)\$\$
    | (?<![\\$])\$(?=[^\s$])(?P<dollar>[^$\n]*?[^\s$\\])\$(?![\d$])
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_BLANK = re.compile(r"\n[ \t]*\n")
_DISPLAYS = ("fenced", "bracket", "dollars")
_INLINES = ("ticked", "paren", "dollar")


def styled(formula: str, style: MathStyle, *, display: bool) -> str:
    """Put delimiters round one formula; one within a line comes without line breaks."""
    opening, closing = style.display if display else style.inline
    body = (
        formula.strip()
        if display
        else " ".join(line for each in formula.split("\n") if (line := each.strip()))
    )
    return f"{opening}{body}{closing}"


def restyle(text: str, style: MathStyle) -> str:
    """Give all formulas in a text the delimiters of a style; code stays as it is, the rest is harmless."""

    def put(found: re.Match[str]) -> str:
        for name in _DISPLAYS:
            # What holds the mark that would end it stays in the delimiters that it has.
            if found[name] is not None and style.display[1].strip() not in found[name]:
                return _on_its_own_lines(found, styled(found[name], style, display=True))
        for name in _INLINES:
            if found[name] is not None:
                return styled(found[name], style, display=False)
        return found[0]

    return _with_harmless_rest(text, put)


def without_harm(text: str) -> str:
    """Make a text harmless beside its code and its formulas, which stay as they are."""
    return _with_harmless_rest(text, lambda found: found[0])


def _with_harmless_rest(text: str, put: Callable[[re.Match[str]], str]) -> str:
    pieces: list[str] = []
    at = 0
    for found in _MATH.finditer(text):
        # A reader ends code and formulas at a blank line, where we may not.
        is_whole = found["fenced"] is not None or found[0].startswith("```") or not _BLANK.search(found[0])
        pieces += [harmless(text[at : found.start()]), put(found) if is_whole else harmless(found[0])]
        at = found.end()
    return "".join([*pieces, harmless(text[at:])])


def _on_its_own_lines(found: re.Match[str], block: str) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    head = "" if not before or before.endswith("\n") else "\n"
    tail = "" if not after or after.startswith("\n") else "\n"
    return f"{head}{block}{tail}"
