r"""Takes away what cannot stand alone: a power of nothing, a table of one cell.

The recogniser cannot tell a lone `2` from a power, since there is nothing beside it by which to judge.
Tokens are those of the recogniser: canonical LaTeX with each opening brace joined to what stands before it.
"""

from collections.abc import Sequence

_SCRIPTS = ("^{", "_{")
_TABLE = ("\\begin{matrix}", "\\end{matrix}")
_ORDER = frozenset(("&", "\\\\"))


def bare(words: Sequence[str]) -> tuple[str, ...]:
    """The tokens without a script or a table of one cell round all of them."""
    words = tuple(words)
    while len(words) > 2:  # noqa: PLR2004 - what opens and what closes
        script = words[0] in _SCRIPTS and words[-1] == "}" and _is_one(words[1:-1])
        table = (words[0], words[-1]) == _TABLE and not _ORDER.intersection(words)
        if not (script and set(words[1:-1]) != {"'"}) and not table:
            break
        words = words[1:-1]
    return words


def _is_one(words: Sequence[str]) -> bool:
    """Whether every argument that begins in the tokens ends in them."""
    depth = 0
    for word in words:
        if word == "}":
            depth -= 1
        elif word.endswith("{") and word not in {"\\{", "}{", "]{"}:
            depth += 1
        if depth < 0:
            return False
    return depth == 0
