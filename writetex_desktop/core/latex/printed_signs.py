"""Which signs the tokens of a formula print: what was read is held against what was seen."""

from collections import Counter
from collections.abc import Iterable

from writetex_desktop.core.latex.symbols import OPERATORS

_SPELLED = {
    **{operator: Counter(operator[1:]) for operator in OPERATORS},
    "\\bmod": Counter("mod"),
    "\\ldots": Counter({".": 3}),
    "\\vdots": Counter({".": 3}),
    "\\ddots": Counter({".": 3}),
    "\\cdots": Counter({"\\cdot": 3}),
    "\\binom{": Counter("()"),
    "\\begin{cases}": Counter({"\\{": 1}),
}


def printed_signs(words: Iterable[str]) -> Counter[str]:
    r"""Count the signs, named by the tokens that print them alone: `\sin` prints s, i and n.

    Args:
        words: Tokens of canonical LaTeX as the recogniser's vocabulary has them (`\frac{`, `x`). What groups
            or places and prints nothing of its own is counted by its own name.
    """
    signs: Counter[str] = Counter()
    for word in words:
        signs.update(_SPELLED.get(word, (word,)))
    return signs
