"""Formulas to try formats on: what people wrote, and what a grammar of rare constructs says."""

import gzip
import json
import os
import random
from pathlib import Path
from typing import Final

_CORPUS: Final = Path(os.environ.get("WRITETEX_FORMULAS", "/work/shared/data/formulas/train.jsonl.gz"))
"""Lines of JSON with `latex`; it is no part of the project, so that a test does without where it is not."""

_LEAVES: Final = r"""
a|x|2|10|\alpha|\Gamma|\mathbf{v}|\mathbb{R}|\mathcal{L}|\mathscr{L}|\mathrm{d}|\infty|\ell|\text{if }|x'|f''
\hbar|\mathfrak{g}|n!
"""
_WRAPPED: Final = tuple(
    r"""
    \frac{%s}{%s}
    {%s}_{%s}
    {%s}^{%s}
    \sqrt{%s}
    \sqrt[3]{%s}
    \hat{x}%s
    \overline{%s}
    \left(%s\middle|%s\right)
    \left\{%s\right\}
    \left]%s,%s\right[
    \left|%s\right|
    \underbrace{%s}_{%s}
    \overbracket{%s}
    \overset{%s}{=}
    \underset{%s}{\to}
    \binom{%s}{%s}
    \sum_{i=1}^{n}%s
    \int_0^1 %s\,dx
    \lim_{x\to0}%s
    \sin %s
    \max_{x}%s
    {}^{14}_{6}C%s
    \begin{pmatrix}%s&%s\\0&1\end{pmatrix}
    \begin{cases}%s&x>0\\%s&x\le0\end{cases}
    \left[\begin{array}{c|c}%s&%s\\1&2\end{array}\right]
    \cancel{%s}
    \boxed{%s}
    A'_{%s}
    \xrightarrow{%s}
    \left\lfloor %s\right\rfloor
    \left.%s\right|_{0}
    \prescript{a}{b}{X}%s
    \begin{smallmatrix}%s\end{smallmatrix}
    \substack{%s\\%s}
    \vec{v}\cdot %s
    \overrightarrow{AB}%s
    """.strip().splitlines()
)
_JOINTS: Final = (
    "+",
    "-",
    "=",
    r"\le ",
    "<=",
    ":=",
    r"\times ",
    ",",
    " ",
    r"\mid ",
    "|",
    ">>",
    r"\in ",
    "::",
    "(",
)


def real_formulas(count: int, seed: int = 14) -> list[str]:
    """Give so many formulas of real texts, drawn at random; none where the corpus is not there."""
    if not _CORPUS.exists():
        return []
    with gzip.open(_CORPUS, "rt", encoding="utf-8") as lines:
        formulas = [json.loads(line)["latex"] for line in lines]
    return random.Random(seed).sample(formulas, min(count, len(formulas)))


def rare_formulas(count: int, seed: int = 14) -> list[str]:
    """Give so many formulas of the grammar."""
    dice = random.Random(seed)
    return [_formula(dice, 3) for _ in range(count)]


def _formula(dice: random.Random, depth: int) -> str:
    if not depth or dice.random() < 1 / 4:
        return dice.choice(_LEAVES.strip().replace("\n", "|").split("|"))
    if dice.random() < 1 / 3:
        joint = dice.choice(_JOINTS)
        first, second = _formula(dice, depth - 1), _formula(dice, depth - 1)
        return f"{first}({second})" if joint == "(" else f"{first}{joint}{second}"
    wrapped = dice.choice(_WRAPPED).strip()
    return wrapped % tuple(_formula(dice, depth - 1) for _ in range(wrapped.count("%s")))
