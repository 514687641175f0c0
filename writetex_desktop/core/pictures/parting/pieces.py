"""Where a long row of signs can be cut, so that its pieces can be read one after the other."""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.signs import Sign, rule_pairs

PIECE_SIGNS = 32
"""How many signs a piece has, about."""

SHORTEST_PIECE = 10
"""How many it has at least."""

RELATIONS = frozenset(
    [
        "=",
        "<",
        ">",
        "\\leq",
        "\\geq",
        "\\neq",
        "\\equiv",
        "\\approx",
        "\\sim",
        "\\simeq",
        "\\cong",
        "\\to",
        "\\in",
        "\\subset",
        "\\subseteq",
        "\\supset",
        "\\ll",
        "\\gg",
        "\\propto",
        "\\Rightarrow",
        "\\Leftrightarrow",
        "\\Longrightarrow",
        "\\Longleftrightarrow",
        "\\mapsto",
        "\\leftarrow",
        "\\leqslant",
        "\\geqslant",
        "\\longrightarrow",
        "\\prec",
        "\\succ",
        "\\preceq",
        "\\succeq",
    ]
)
"""Signs before which a row is best cut."""

_SIGNS = frozenset("+ - \\pm \\mp".split())  # noqa: SIM905 - a list of words
_OPEN = frozenset("( [ \\{ \\langle \\lfloor \\lceil (^ [^ \\{^ \\lfloor^ \\lceil^".split())  # noqa: SIM905
_CLOSE = frozenset(") ] \\} \\rangle \\rfloor \\rceil )^ ]^ \\}^ \\rfloor^ \\rceil^".split())  # noqa: SIM905
_FULL_EM = 0.5
"""Width of a relation or a plus that is no script."""


def pieces_of(signs: Sequence[Sign], row: Band) -> list[Band]:
    """Cut a row before relations and signs that stand in no bracket, under no bar and alone in their column.

    Args:
        signs: All signs of a picture.
        row: The numbers of those of the row.

    Returns:
        The pieces from left to right; the row alone where it is short or cannot be cut.
    """
    if len(row) < 2 * PIECE_SIGNS * 3 // 4:
        return [row]
    order = sorted(row, key=lambda number: signs[number].left)
    cuts = _cuts(signs, order)
    pieces: list[Band] = []
    start = 0
    while len(order) - start > PIECE_SIGNS * 5 // 4:
        wanted = start + PIECE_SIGNS
        able = [
            (abs(place - wanted) + (0 if relation else PIECE_SIGNS // 4), place)
            for place, relation in cuts
            if place >= start + SHORTEST_PIECE and place <= len(order) - SHORTEST_PIECE
        ]
        if not able:
            break
        _, end = min(able)
        pieces.append(tuple(sorted(order[start:end])))
        start = end
    pieces.append(tuple(sorted(order[start:])))
    return pieces


def _cuts(signs: Sequence[Sign], order: Sequence[int]) -> list[tuple[int, bool]]:
    """Places in the order before which the row can be cut, and whether a relation stands there."""
    some = [signs[number] for number in order]
    bars = [(some[first].left, some[last].right) for first, last in rule_pairs(some)]
    cuts: list[tuple[int, bool]] = []
    depth = 0
    reached = some[0].right if some else 0.0
    for place, sign in enumerate(some):
        if sign.name in _OPEN:
            depth += 1
        elif sign.name in _CLOSE:
            depth = max(0, depth - 1)
        plain = sign.name in RELATIONS or sign.name in _SIGNS
        if plain and place and not depth and sign.right - sign.left >= _FULL_EM:
            free = reached <= sign.left + 0.08 and not any(left < sign.centre < right for left, right in bars)
            after = some[place + 1].left if place + 1 < len(some) else sign.right
            if free and after >= sign.right - 0.08:
                cuts.append((place, sign.name in RELATIONS))
        reached = max(reached, sign.right)
    return cuts
