"""The signs that the embedded recogniser sees in a picture, as values: what each is and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

_END_ABOVE, _END_BELOW = "^", "_"


@dataclass(frozen=True, slots=True)
class Sign:
    r"""One sign; lengths in ems of the text, from the upper left corner of the picture.

    Attributes:
        name: Its likeliest class, named by the LaTeX that draws it: `x`, `\mathbf{B`, `\sum`, `rule<` for the
            left end of a rule, `\{^` for the upper end of a tall brace.
        left: Its left edge.
        top: Its upper edge.
        right: Its right edge.
        bottom: Its lower edge.
        share: Probability of that class.
        chance: Probability that there is a sign at all.
    """

    name: str
    left: float
    top: float
    right: float
    bottom: float
    share: float = 1.0
    chance: float = 1.0

    @property
    def height(self) -> float:
        """From its upper to its lower edge."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2

    @property
    def letter(self) -> str:
        r"""The sign without its alphabet: `B` of `\mathbf{B`."""
        alphabet, brace, letter = self.name.partition("{")
        return letter if brace and letter and alphabet.startswith(("\\math", "\\bold")) else self.name


def tall_pairs(signs: Sequence[Sign]) -> list[tuple[int, int]]:
    """Upper and lower ends, by their numbers, that belong to one tall delimiter or standing rule."""
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for number, sign in enumerate(signs):
        if not sign.name.endswith(_END_ABOVE) or len(sign.name) == 1:
            continue
        wanted = sign.name[:-1] + _END_BELOW
        below = [
            (other.top, place)
            for place, other in enumerate(signs)
            if other.name == wanted
            and place not in taken
            and other.top > sign.top
            and abs(other.centre - sign.centre) < 0.5  # noqa: PLR2004 - half an em
        ]
        if below:
            pairs.append((number, min(below)[1]))
            taken.add(pairs[-1][1])
    return pairs


def rule_pairs(signs: Sequence[Sign]) -> list[tuple[int, int]]:
    """Left and right ends, by their numbers, that belong to one lying rule."""
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for number, sign in enumerate(signs):
        if sign.name != "rule<":
            continue
        right = [
            (other.left, place)
            for place, other in enumerate(signs)
            if other.name == "rule>"
            and place not in taken
            and other.left > sign.left
            and abs(other.middle - sign.middle) < 0.12  # noqa: PLR2004 - an eighth of an em
        ]
        if right:
            pairs.append((number, min(right)[1]))
            taken.add(pairs[-1][1])
    return pairs
