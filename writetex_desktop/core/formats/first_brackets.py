r"""Brackets that are the first sign of a derivation, such as the commutator of `\begin{align} [x, p] &= i`.

LaTeX takes a bracket for an option right behind `\begin{aligned}` and its like; MathJax 3, which Obsidian,
GitHub and Jupyter read with, takes one behind `\begin{align}` too, and on the next line. What is in it is not
shown then.
"""

import re
from typing import Final

_NAMES: Final = (
    r"(?:(?:align|flalign|gather|multline|eqnarray)\*?|aligned|gathered|multlined)\}"
    r"|(?:alignat\*?|alignedat)\}\s*+\{\d++\}"
)
_OPTION: Final = r"\[\s*+(?:[tcb]?|-?[\d.]++\s*+(?:[a-z]{2}|\\[a-zA-Z]++))\s*+\]"
_FIRST: Final = re.compile(rf"(\\begin\s*+\{{(?:{_NAMES})\s*+)(?!{_OPTION})(?=\[)")


def with_first_brackets(latex: str) -> str:
    """Put an empty group before such a bracket, which keeps it; a place or a width stays an option."""
    return _FIRST.sub(r"\1{}", latex)
