r"""Brackets that grow where what they hold is tall, and only there.

`\left( x \right)` prints as `(x)` does, but for a space too much before it; `(\frac{a}{b})` wants the tall
ones. What lies between, such as a root or an accent, is left as it was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_TALL: Final = frozenset(
    (
        *("\\frac", "\\dfrac", "\\cfrac", "\\binom", "\\dbinom", "\\sum", "\\prod", "\\coprod", "\\int"),
        *("\\iint", "\\iiint", "\\oint", "\\bigcup", "\\bigcap", "\\bigoplus", "\\bigotimes", "\\overbrace"),
        *("\\underbrace", "\\overset", "\\underset", "\\stackrel", "\\substack", "\\displaystyle"),
    )
)
_FLAT: Final = re.compile(
    r"[a-zA-Z0-9+\-=<>,;:!.'*/()\[\]]|\\(?:,|;|:|!|left|right|quad|alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta"
    r"|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|(?:var)?phi|chi|psi|omega|[GDTLXPSUO][a-z]+"
    r"|infty|partial|nabla|cdot|cdots|ldots|dots|times|pm|mp|leq?|geq?|neq?|in|to|ell|hbar|sin|cos|tan|log|ln|exp)"
)
_ROUND: Final = {"(": ")", "[": "]"}
_PLAIN: Final = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "\\langle": "\\rangle"}
"""Delimiters that open by themselves, and what closes them; a bar does not say which of both it does."""

_MOST_LEVELS: Final = 20
"""Brackets within brackets; real formulas have four or five."""

_SIZED: Final = re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)\Z")
_COMMAND: Final = re.compile(r"\\[a-zA-Z]+\*?\Z")


@dataclass(slots=True)
class _Group:
    """What is open within one pair of braces, or one cell: where `(` and `[` stand, unmatched."""

    open: list[int] = field(default_factory=list)


def with_fitting_brackets(tokens: list[str]) -> list[str]:
    r"""Add `\left` and `\right` where brackets hold something tall, and take them away where nothing is.

    Args:
        tokens: The words of a formula, without blanks; braces match.
    """
    dropped = {
        at
        for left, right in _innermost(_sized_pairs(tokens))
        if _PLAIN.get(tokens[left + 1]) == tokens[right + 1]
        and not (left and _takes_brackets(tokens[left - 1]))
        and _is_flat(tokens[left + 2 : right])
        for at in (left, right)
    }
    added = {
        at: word
        for start, end in _innermost(_round_pairs(tokens))
        if _is_tall(tokens[start + 1 : end])
        for at, word in ((start, "\\left"), (end, "\\right"))
    }
    out: list[str] = []
    for at, word in enumerate(tokens):
        if at in added:
            out.append(added[at])
        if at not in dropped:
            out.append(word)
    return out


def _innermost(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the pairs that hold at most `_MOST_LEVELS` levels, so that no word is looked at more often.

    Args:
        pairs: Where they begin and end, in the order of their ends.
    """
    inside: list[tuple[int, int]] = []
    for start, end in pairs:
        height = 1
        while inside and inside[-1][0] > start:
            height = max(height, inside.pop()[1] + 1)
        inside.append((start, height))
        if height <= _MOST_LEVELS:
            yield start, end


def _sized_pairs(tokens: list[str]) -> list[tuple[int, int]]:
    """Give where each `left` and its `right` stand."""
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for at, word in enumerate(tokens[:-1]):
        if word == "\\left":
            waiting.append(at)
        elif word == "\\right" and waiting:
            pairs.append((waiting.pop(), at))
    return pairs


def _round_pairs(tokens: list[str]) -> list[tuple[int, int]]:
    """Give the brackets of ordinary size that match, within one group and one cell."""
    pairs: list[tuple[int, int]] = []
    groups = [_Group()]
    for at, word in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        if word == "{" or word.startswith("\\begin{") or word == "\\left":
            groups.append(_Group())
        elif (word == "}" or word.startswith("\\end{") or word == "\\right") and len(groups) > 1:
            groups.pop()
        elif word == "&" or word.startswith("\\\\"):
            groups[-1].open.clear()
        elif word in {"(", "[", ")", "]"} and not _SIZED.match(before):
            here = groups[-1].open
            if word in _ROUND:
                here.append(at)
            elif here and _ROUND[tokens[here[-1]]] == word:
                start = here.pop()
                if not (start and _takes_brackets(tokens[start - 1])):
                    pairs.append((start, at))
            else:
                here.clear()  # a half-open interval, or a bracket that stands alone
    return pairs


def _takes_brackets(word: str) -> bool:
    r"""Whether brackets after a word may be an argument of it, as in `\sqrt[3]`, `\\[2pt]` and `\qty(x)`."""
    return word.startswith("\\\\") or bool(_COMMAND.match(word) and not _FLAT.fullmatch(word))


def _is_tall(tokens: list[str]) -> bool:
    """Whether something tall stands between brackets, and not only in a script."""
    depth = 0
    skipped = -1
    for at, word in enumerate(tokens):
        if word in {"{", "\\left"} or word.startswith("\\begin{"):
            depth += 1
            if word == "{" and skipped < 0 and at and tokens[at - 1] in {"^", "_"}:
                skipped = depth
        elif word in {"}", "\\right"} or word.startswith("\\end{"):
            if skipped == depth:
                skipped = -1
            depth -= 1
        if skipped < 0 and (word in _TALL or word.startswith("\\begin{")):
            return True
    return False


def _is_flat(tokens: list[str]) -> bool:
    """Whether nothing but letters, signs, their scripts and brackets that match stands between brackets."""
    waiting: list[str] = []
    for word in tokens:
        if not _FLAT.fullmatch(word) and word not in {"^", "_"}:
            return False
        if word in _ROUND:
            waiting.append(_ROUND[word])
        elif word in {")", "]"} and (not waiting or waiting.pop() != word):
            return False
    return not waiting
