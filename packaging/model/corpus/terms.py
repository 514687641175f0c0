r"""The parts of formulas: numbers, letters, scripts, terms, brackets, sums.

Inside, `@` stands for the backslash, which Python 3.11 does not take inside the braces of an f-string.
"""

import random
import string
from collections.abc import Sequence

from model.corpus.words import ACCENTS, BINARY, FUNCTIONS, GREEK, LONE, WORDS


class Terms:
    """Writes parts of formulas; the same generator state gives the same parts.

    Args:
        chance: Where all chances come from.
        phrases: Runs of words of real sentences, beside the words of the grammar.
    """

    def __init__(self, chance: random.Random, phrases: Sequence[str] = ()) -> None:
        self._chance, self._phrases = chance, phrases

    def _one(self, options: Sequence[str]) -> str:
        return self._chance.choice(options)

    def _maybe(self, probability: float) -> bool:
        return self._chance.random() < probability

    def _words(self, low: int, high: int) -> str:
        """Words with blanks between, from a sentence where there are any."""
        count = self._chance.randint(low, high)
        if self._phrases and self._maybe(0.7):
            return " ".join(self._one(self._phrases).split()[:count])
        return " ".join(self._one(WORDS) for _ in range(count))

    def _some(self, low: int, high: int) -> range:
        return range(self._chance.randint(low, high))

    def number(self) -> str:
        """A number as people write it."""
        chance = self._chance
        kind = chance.random()
        if kind < 0.45:
            return str(chance.randint(0, 9))
        if kind < 0.75:
            return str(chance.randint(10, 9999))
        if kind < 0.9:
            return f"{chance.randint(0, 99)}.{chance.randint(0, 999)}"
        if kind < 0.95:
            return f"{chance.randint(1, 999)},{chance.randint(0, 999):03d}"
        return f"{chance.randint(1, 9)}.{chance.randint(0, 99)} @times 10^{{{chance.randint(-30, 30)}}}"

    def letter(self) -> str:
        """A letter of some alphabet."""
        kind = self._chance.random()
        if kind < 0.5:
            return self._one(string.ascii_lowercase)
        if kind < 0.72:
            return self._one(string.ascii_uppercase)
        if kind < 0.88:
            return self._one(GREEK)
        return self.styled()

    def styled(self) -> str:
        """A letter in a mathematical alphabet."""
        upper, lower = string.ascii_uppercase, string.ascii_lowercase
        return self._one((
            f"@mathbb{{{self._one(upper)}}}", f"@mathbb{{{self._one('RNZQCEPFHKT')}}}",
            f"@mathcal{{{self._one(upper)}}}", f"@mathcal{{{self._one(upper)}}}",
            f"@mathbf{{{self._one(upper + lower)}}}", f"@mathbf{{{self._one(lower)}}}",
            f"@mathfrak{{{self._one(upper + lower)}}}", f"@mathscr{{{self._one(upper)}}}",
            f"@mathrm{{{self._one(upper + lower)}}}", f"@mathsf{{{self._one(upper + lower)}}}",
            f"@boldsymbol{{{self._one([*GREEK, *lower, *upper])}}}", f"@boldsymbol{{{self._one(GREEK)}}}", f"@mathtt{{{self._one(upper + lower)}}}",
            f"@mathrm{{{self._one(('d', 'e', 'i', 'T', 'H'))}}}",
        ))  # fmt: skip

    def atom(self) -> str:
        """A letter or number, with scripts now and then."""
        kind = self._chance.random()
        base = self.number() if kind < 0.25 else self.letter()
        if kind < 0.25:
            return base
        if self._maybe(0.06):
            base = f"{self._one(ACCENTS)}{{{base}}}"
        if self._maybe(0.22):
            base += f"_{self._script()}"
        if self._maybe(0.2):
            base += self._one(("'", "'", "''", "'''")) if self._maybe(0.15) else f"^{self._script()}"
        return base

    def _script(self) -> str:
        kind = self._chance.random()
        if kind < 0.3:
            return f"{{{self._chance.randint(0, 9)}}}"
        if kind < 0.6:
            return f"{{{self._one(string.ascii_lowercase)}}}"
        if kind < 0.75:
            return f"{{{self.letter()}{self._one(('+', '-', ',', '', '='))}{self._one((str(self._chance.randint(0, 9)), self.letter()))}}}"
        if kind < 0.82:
            return f"{{@mathrm{{{self._one(WORDS)}}}}}"
        if kind < 0.9:
            return self._one(
                (
                    "{-1}",
                    "{*}",
                    "{@dagger}",
                    "{@prime}",
                    "{@circ}",
                    "{+}",
                    "{-}",
                    "{@top}",
                    "{@perp}",
                    "{@infty}",
                    "{@ast}",
                    "{(n)}",
                    "{@pm}",
                )
            )
        return f"{{{self.letter()}{self.letter()}}}"

    def term(self, depth: int = 2) -> str:
        """A product, fraction, root, bracket or function."""
        chance = self._chance
        kind = chance.random()
        if depth <= 0 or kind < 0.42:
            return self.atom()
        if kind < 0.52:
            return self.atom() + self.atom()
        if kind < 0.64:
            return f"{self._one(('@frac', '@frac', '@frac', '@dfrac', '@tfrac'))}{{{self.sum(depth - 1)}}}{{{self.sum(depth - 1)}}}"
        if kind < 0.7:
            order = f"[{self._one(('3', '4', 'n', 'k', 'm'))}]" if self._maybe(0.25) else ""
            return f"@sqrt{order}{{{self.sum(depth - 1)}}}"
        if kind < 0.84:
            return self.bracket(self.sum(depth - 1)) + (f"^{self._script()}" if self._maybe(0.35) else "")
        if kind < 0.9:
            return f"{self._one(FUNCTIONS)}{self._one((' ', '^2 ', '^{-1} ', '_2 ', ' ', ' '))}{self._one((self.atom(), self.bracket(self.sum(depth - 1))))}"
        if kind < 0.93:
            return f"@binom{{{self.atom()}}}{{{self.atom()}}}"
        if kind < 0.96:
            return self._one(LONE)
        return self.letter() + self.bracket(self.listing(1, 3))

    def bracket(self, inner: str) -> str:
        """Something between delimiters, sized in one of the ways people size them."""
        left, right = self._chance.choices(
            (("(", ")"), ("[", "]"), ("@{", "@}"), ("|", "|"), ("@|", "@|"), ("@langle", "@rangle"), ("@lfloor", "@rfloor"),
             ("@lceil", "@rceil"), ("[", ")"), ("(", "]")),
            (50, 14, 8, 8, 4, 6, 3, 3, 2, 2),
        )[0]  # fmt: skip
        if self._maybe(0.5) or len(inner) > 12:
            return f"@left{left} {inner} @right{right}"
        return f"{left} {inner} {right}"

    def sum(self, depth: int = 2) -> str:
        """Terms with signs between them."""
        pieces = [self._one(("", "", "", "-")) + self.term(depth)]
        for _ in self._some(0, 2):
            pieces += [self._one(BINARY if self._maybe(0.3) else ("+", "-")), self.term(depth)]
        return " ".join(pieces)

    def listing(self, low: int, high: int) -> str:
        """Things with commas between them."""
        items = [self.atom() for _ in self._some(low, high)]
        if len(items) > 1 and self._maybe(0.2):
            items.insert(-1, self._one(("@ldots", "@dots", "@cdots")))
        return self._one((",", ", ", ",@,", ";" if self._maybe(0.2) else ",")).join(items)
