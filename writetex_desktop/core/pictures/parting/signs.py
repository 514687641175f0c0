"""The signs that the embedded recogniser sees in a picture, as values: what each is and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

_END_ABOVE, _END_BELOW = "^", "_"

_ENDS = ("^", "_", "~", "<", ">")

_GROWING = frozenset(
    (
        *("(", ")", "[", "]", "\\{", "\\}", "|", "\\|", "/", "\\backslash", "\\mid", "\\langle", "\\rangle"),
        *("\\lfloor", "\\rfloor", "\\lceil", "\\rceil", "\\sqrt{"),
    )
)

FLAT_EM = 0.2
"""What is lower than this is nothing but a stroke."""

ON_RULE_EM = 0.06
"""How far the middle of a piece of a rule may be from the middle of the rule."""

SAME_PLACE_EM = 0.16
"""How far apart the middles of two sights of one standing stroke are at most."""

SAME_STROKE = 0.7
"""Share of the longer of two lying strokes that both cover, if they are one."""

PARTS_EM = 1.1
"""How far from a bar the middle of what it divides is at most, for a bar no longer than a minus."""

SAME_SHARE = 0.5
"""Share of the shorter of the two that the other covers at least."""


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
    def grows(self) -> bool:
        """Whether it is as tall as what it holds, so that its height does not tell how large the text is."""
        return self.name in _GROWING or (len(self.name) > 1 and self.name[-1] in _ENDS)

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


def seen_twice(signs: Sequence[Sign]) -> set[int]:
    """The numbers of those that are another sight of a stroke which is among the others.

    A tall delimiter is seen whole, or by its ends; sometimes both ways, or one end more than once. A piece of
    a lying rule is sometimes seen as a minus, a minus as a short rule, a piece of a tall bracket's stem as an
    end of a standing rule.
    """
    doubles = _pieces_of_rules(signs) | _pieces_of_stems(signs)
    doubles |= _strokes_seen_as_rules(signs) | _over_both_ends(signs)
    ends = [number for number, sign in enumerate(signs) if is_end(sign)]
    for number in sorted(ends, key=lambda end: -signs[end].chance):
        if any(
            signs[other].name == signs[number].name and _is_over(signs[other], signs[number])
            for other in ends
            if other != number and other not in doubles and _rank(signs, other) > _rank(signs, number)
        ):
            doubles.add(number)
    for number, sign in enumerate(signs):
        if sign.name not in _GROWING:
            continue
        its = [
            end
            for end in ends
            if end not in doubles and signs[end].name[:-1] == sign.name and _is_over(sign, signs[end])
        ]
        upper = [signs[end].chance for end in its if signs[end].name.endswith(_END_ABOVE)]
        lower = [signs[end].chance for end in its if signs[end].name.endswith(_END_BELOW)]
        if upper and lower and max(upper) + max(lower) > 2 * sign.chance:
            doubles.add(number)
        else:
            doubles.update(its)
    return doubles


def _pieces_of_rules(signs: Sequence[Sign]) -> set[int]:
    rules = [(signs[left], signs[right]) for left, right in rule_pairs(signs)]
    return {
        number
        for number, sign in enumerate(signs)
        if sign.name not in ("rule<", "rule>")
        and sign.height < FLAT_EM
        and any(
            left.left < sign.left
            and sign.right < right.right
            and abs(sign.middle - (left.middle + right.middle) / 2) < ON_RULE_EM
            and sign.chance < min(left.chance, right.chance)
            for left, right in rules
        )
    }


def _over_both_ends(signs: Sequence[Sign]) -> set[int]:
    r"""What is also seen as the two ends of one sign, both more surely: the h of an $\hbar$."""
    return {
        number
        for upper, lower in tall_pairs(signs)
        for number, sign in enumerate(signs)
        if number not in {upper, lower}
        and sign.name == signs[upper].name[:-1].removeprefix("\\")
        and sign.chance < min(signs[upper].chance, signs[lower].chance)
        and abs(sign.centre - signs[upper].centre) < SAME_PLACE_EM
        and signs[upper].top <= sign.middle <= signs[lower].bottom
    }


def _strokes_seen_as_rules(signs: Sequence[Sign]) -> set[int]:
    """Of a minus and a rule in one place the rule where it parts nothing, and the minus where it does."""
    doubles: set[int] = set()
    for first, last in rule_pairs(signs):
        left, right = signs[first].left, signs[last].right
        middle = (signs[first].middle + signs[last].middle) / 2
        same = [
            number
            for number, sign in enumerate(signs)
            if sign.name == "-"
            and abs(sign.middle - middle) < ON_RULE_EM
            and min(right, sign.right) - max(left, sign.left)
            > SAME_STROKE * max(right - left, sign.right - sign.left)
        ]
        if same:
            over, under = (
                any(
                    left <= sign.centre <= right and 0 < side * (sign.middle - middle) <= PARTS_EM
                    for number, sign in enumerate(signs)
                    if number not in {first, last, *same}
                )
                for side in (-1, 1)
            )
            doubles.update(same if over and under else (first, last))
    return doubles


def _pieces_of_stems(signs: Sequence[Sign]) -> set[int]:
    stems = [
        (signs[upper], signs[lower])
        for upper, lower in tall_pairs(signs)
        if not signs[upper].name.startswith("rule")
    ]
    return {
        number
        for number, sign in enumerate(signs)
        if sign.name in ("rule^", "rule_")
        and any(
            min(upper.left, lower.left) - SAME_PLACE_EM
            < sign.centre
            < max(upper.right, lower.right) + SAME_PLACE_EM
            and upper.middle < sign.middle < lower.middle
            for upper, lower in stems
        )
    }


def is_end(sign: Sign) -> bool:
    """Whether it is the upper or the lower end of something tall."""
    return len(sign.name) > 1 and sign.name.endswith((_END_ABOVE, _END_BELOW)) and sign.name[:-1] in _GROWING


def _rank(signs: Sequence[Sign], number: int) -> tuple[float, int]:
    return signs[number].chance, -number


def _is_over(one: Sign, other: Sign) -> bool:
    """Whether two sights are of one standing stroke."""
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    near = abs(one.centre - other.centre) <= SAME_PLACE_EM
    return near and common >= SAME_SHARE * min(one.height, other.height)


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
