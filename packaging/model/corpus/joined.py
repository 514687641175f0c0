r"""Displays of several rows made of collected formulas, gathered or aligned at their relations."""

import random
import re
from collections.abc import Iterator, Sequence

_RELATION = re.compile(r"\\(?:leq?|geq?|approx|equiv|sim|to|neq?|subset|in|ll|gg|cong)(?![a-zA-Z])|[=<>]")
_UNFIT = re.compile(r"&|\\\\|\\begin|\\over(?![a-z])|\\atop|\\choose|\\right|\\left|\\tag|\\label|\n")
_LONGEST = 160
"""Characters of a formula that may be a row."""

_BREAK = " \\\\ "
_ROWS = (2, 2, 2, 3, 3, 3, 4, 4, 5, 6)


def fit(latex: str) -> bool:
    """Whether a formula can be a row of others."""
    return len(latex) < _LONGEST and not _UNFIT.search(latex)


def cut(latex: str) -> str | None:
    """The formula with `&` before its first relation outside of braces; None when it has none."""
    depth = 0
    for place, sign in enumerate(latex):
        depth += (sign == "{") - (sign == "}")
        if not depth and place and _RELATION.match(latex, place):
            return f"{latex[:place]} &{latex[place:]}"
    return None


def joined(rows: Sequence[str], count: int, chance: random.Random) -> Iterator[str]:
    """Displays of rows drawn at random.

    Args:
        rows: Formulas of one row each.
        count: How many displays.
        chance: Where the chances come from.
    """
    for _ in range(count):
        kind = chance.random()
        number = chance.choice(_ROWS)
        if kind < 0.12:
            yield "\\quad ".join(chance.choices(rows, k=min(number, 3)))
            continue
        chosen = chance.choices(rows, k=number)
        if kind < 0.35:
            yield f"\\begin{{gathered}} {_BREAK.join(chosen)} \\end{{gathered}}"
            continue
        parts = [part for row in chosen if (part := cut(row))]
        if kind > 0.6:  # a chain: all rows but the first begin with their relation
            parts = [part if not place else "&" + part.partition("&")[2] for place, part in enumerate(parts)]
        body = _BREAK.join(parts)
        if kind > 0.9:
            yield f"\\left\\{{ \\begin{{aligned}} {body} \\end{{aligned}} \\right."
        elif parts:
            yield f"\\begin{{aligned}} {body} \\end{{aligned}}"
