"""Formulas to try formats on: what people wrote, and what a grammar of rare constructs says."""

import gzip
import json
import os
import random
from pathlib import Path
from typing import Final

_CORPUS: Final = Path(os.environ.get("WRITETEX_FORMULAS", "/work/shared/data/formulas/train.jsonl.gz"))
"""Lines of JSON with `latex`; it is no part of the project, so that a test does without where it is not."""

_LEAVES: Final = (
    *(
        "a",
        "x",
        "2",
        "10",
        r"\alpha",
        r"\Gamma",
        r"\mathbf{v}",
        r"\mathbb{R}",
        r"\mathcal{L}",
        r"\mathscr{L}",
    ),
    *(r"\mathrm{d}", r"\infty", r"\ell", r"\text{if }", "x'", "f''", r"\hbar", r"\mathfrak{g}", "n!"),
)
_WRAPPED: Final = (
    *(
        r"\frac{%s}{%s}",
        "{%s}_{%s}",
        "{%s}^{%s}",
        r"\sqrt{%s}",
        r"\sqrt[3]{%s}",
        r"\hat{x}%s",
        r"\overline{%s}",
    ),
    *(r"\left(%s\middle|%s\right)", r"\left\{%s\right\}", r"\left]%s,%s\right[", r"\left|%s\right|"),
    *(
        r"\underbrace{%s}_{%s}",
        r"\overbracket{%s}",
        r"\overset{%s}{=}",
        r"\underset{%s}{\to}",
        r"\binom{%s}{%s}",
    ),
    *(
        r"\sum_{i=1}^{n}%s",
        r"\int_0^1 %s\,dx",
        r"\lim_{x\to0}%s",
        r"\sin %s",
        r"\max_{x}%s",
        r"{}^{14}_{6}C%s",
    ),
    *(r"\begin{pmatrix}%s&%s\\0&1\end{pmatrix}", r"\begin{cases}%s&x>0\\%s&x\le0\end{cases}"),
    *(r"\left[\begin{array}{c|c}%s&%s\\1&2\end{array}\right]", r"\cancel{%s}", r"\boxed{%s}", r"A'_{%s}"),
    *(r"\xrightarrow{%s}", r"\left\lfloor %s\right\rfloor", r"\left.%s\right|_{0}", r"\prescript{a}{b}{X}%s"),
    *(
        r"\begin{smallmatrix}%s\end{smallmatrix}",
        r"\substack{%s\\%s}",
        r"\vec{v}\cdot %s",
        r"\overrightarrow{AB}%s",
    ),
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
    ")",
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
        return dice.choice(_LEAVES)
    if dice.random() < 1 / 3:
        joint = dice.choice(_JOINTS)
        pair = {"(": ")", ")": ""}.get(joint)
        first, second = _formula(dice, depth - 1), _formula(dice, depth - 1)
        return (
            f"{first} {second}" if pair == "" else f"{first}({second})" if pair else f"{first}{joint}{second}"
        )
    wrapped = dice.choice(_WRAPPED)
    return wrapped % tuple(_formula(dice, depth - 1) for _ in range(wrapped.count("%s")))
