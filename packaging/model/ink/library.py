"""Finds a drawing for a sign of a formula: the same hand for its letters, anybody's for its symbols."""

import random
from collections import defaultdict

import numpy as np

from model.ink.places import DRAWINGS
from model.ink.skeleton import Stroke

GREEK = frozenset(
    "alpha beta chi delta epsilon eta gamma iota kappa lambda mu nu omega phi pi psi rho sigma tau theta "
    "upsilon varepsilon varphi varpi varrho varsigma vartheta xi zeta".split()
)
PACKAGES = ("latex2e", "amssymb", "amsmath", "latexsym", "wasysym", "stmaryrd")
FURTHER = {
    "\\to": ("latex2e:rightarrow", "latex2e:longrightarrow", "plain:rightarrow"),
    "\\leftarrow": ("latex2e:leftarrow", "latex2e:longleftarrow", "plain:leftarrow"),
    "\\longrightarrow": ("latex2e:longrightarrow",),
    "\\{": ("latex2e:lbrace", "plain:{"), "\\}": ("latex2e:rbrace", "plain:}"),
    "\\|": ("latex2e:parallel",), "|": ("latex2e:mid", "plain:|"),
    "[": ("latex2e:lbracket", "plain:["), "]": ("latex2e:rbracket", "plain:]"),
    "<": ("plain:<", "latex2e:textless"), ">": ("plain:>", "latex2e:textgreater"),
    "/": ("plain:/", "latex2e:slash"), "*": ("plain:*", "latex2e:ast"), ":": ("plain:colon", "latex2e:colon"),
    "-": ("plain:-", "latex2e:textendash"), "\\dots": ("latex2e:ldots", "plain:ldots"),
    "\\%": ("plain:%", "latex2e:percent"), "\\&": ("plain:&", "latex2e:ampersand"), "\\#": ("latex2e:hash",),
    "\\$": ("latex2e:dollar",), "\\square": ("amssymb:square", "wasysym:Box"), "\\lhd": ("wasysym:lhd",),
    "\\rhd": ("wasysym:rhd",), "\\unlhd": ("wasysym:unlhd",), "\\unrhd": ("wasysym:unrhd",),
    "\\Sigma": ("latex2e:Sigma", "upgreek:Upsigma", "plain:Sigma"),
    "\\rightsquigarrow": ("amssymb:rightsquigarrow", "latexsym:leadsto"),
}  # fmt: skip
"""Drawings of signs that are called otherwise in the data."""

NOT_OF_MATHNOTE = frozenset(("epsilon", "phi", "dot", "sqrt"))
"""Names in that data that do not say which of two shapes is meant."""

ALPHABETS = {
    "\\mathbb{": "dsfont:mathds-lbrace-{}-rbrace",
    "\\mathcal{": "amssymb:mathcal-lbrace-{}-rbrace",
    "\\mathfrak{": "amssymb:mathfrak-lbrace-{}-rbrace",
}
LETTER_HANDS = ("fonts", "mathnote")
MIXED = 0.08
"""Chance that a letter is of another hand than the rest."""


def drawing_names(sign: str) -> tuple[str, ...]:
    """The names in the data under which a sign's drawings may be."""
    if sign in FURTHER:
        return FURTHER[sign]
    if sign.startswith("\\mathrm{"):
        return (f"plain:{sign[8:]}",)
    for begin, name in ALPHABETS.items():
        if sign.startswith(begin):
            return (name.format(sign.removeprefix(begin)),)
    if sign.startswith("\\"):
        bare = sign[1:]
        names = [f"{package}:{bare}" for package in PACKAGES]
        if bare.lower() in GREEK:
            names.append(f"upgreek:up{bare}" if bare.islower() else f"upgreek:Up{bare.lower()}")
        if bare not in NOT_OF_MATHNOTE:
            names.append(f"plain:{bare}")
        return tuple(names)
    return (f"plain:{sign}",) if len(sign) == 1 else ()


class Library:
    """All drawings, by symbol and by hand.

    Args:
        test: Whether to give those kept for the test.
    """

    def __init__(self, *, test: bool) -> None:
        with np.load(DRAWINGS) as data:
            points, stroke_ends, drawing_ends = data["points"], data["stroke_ends"], data["drawing_ends"]
            names, labels = data["names"].tolist(), data["labels"]
            sources, hands, kept = data["sources"].tolist(), data["hands"].tolist(), data["test"]
        self._strokes = np.split(points, stroke_ends[:-1])
        self._starts, self._ends = [0, *drawing_ends[:-1].tolist()], drawing_ends.tolist()
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_hand: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number in np.nonzero(kept == test)[0].tolist():
            name = names[labels[number]]
            hand = hands[number] if sources[number] == "fonts" else sources[number]
            if hand == "mathnote" and name.startswith("plain:") and test:
                continue  # its only writer is trained on
            if hand not in ("detexify", "bhmsds"):
                self._by_hand[hand, name].append(number)
            if sources[number] == "bhmsds" and test:
                continue
            self._by_name[name].append(number)
        self.hands = sorted({hand for hand, _ in self._by_hand})

    def knows(self, sign: str) -> bool:
        """Whether there is a drawing of a sign."""
        return any(self._by_name.get(name) for name in drawing_names(sign))

    def find(self, sign: str, hand: str, chance: random.Random) -> list[Stroke]:
        """Strokes of a sign, of a hand if it has the sign.

        Raises:
            LookupError: Nobody has drawn it.
        """
        names = [name for name in drawing_names(sign) if self._by_name.get(name)]
        if not names:
            raise LookupError(sign)
        own = [number for name in names for number in self._by_hand.get((hand, name), ())]
        if own and chance.random() > MIXED:
            number = chance.choice(own)
        else:
            number = chance.choice(self._by_name[chance.choice(names)])
        return self._strokes[self._starts[number] : self._ends[number]]
