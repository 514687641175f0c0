r"""Constructs and signs that the collected formulas are poor in: rare signs, single signs, labels, deep scripts.

Inside, `@` stands for the backslash, which Python 3.11 does not take inside the braces of an f-string.
"""

import string

from model.corpus import rare
from model.corpus.tables import Tables
from model.corpus.words import ACCENTS, BIG, BINARY, FUNCTIONS, GREEK, LONE, RELATION, WIDE


class Constructs(Tables):
    """Writes what only a grammar can teach."""

    def rare_signs(self) -> str:
        """Rare signs where they belong: between things, over things, alone among letters."""
        kind = self._chance.random()
        if kind < 0.3:
            sides = [self._one((self.atom(), self.letter(), self.sum(0))) for _ in self._some(2, 5)]
            text = sides[0]
            for side in sides[1:]:
                text += f" {self._one((*rare.RELATION, *rare.ARROWS))} {side}"
            return text
        if kind < 0.45:
            pieces = [self.atom()]
            for _ in self._some(1, 4):
                pieces += [self._one(rare.BINARY), self.atom()]
            return " ".join(pieces)
        if kind < 0.5:
            return f"{self._one(rare.BIG)}_{{{self._one('ijk')}={self._one('01')}}}^{{{self.letter()}}} {self.term(1)}"
        if kind < 0.56:
            return (
                f"{self.number()} {self._one(('€', '@$', '@pounds', '@yen', '‰', '@%'))}"
                if self._maybe(0.5)
                else f"{self._one(('€', '@$', '@pounds', '@yen'))} {self.number()}"
            )
        pool = self._one((rare.LONE, rare.SIGNS))
        pieces = [self._one(pool) if self._maybe(0.7) else self.atom() for _ in self._some(2, 7)]
        return self._one((" ", " ", ", ")).join(pieces)

    def alone(self) -> str:
        """One sign, one number, one word; now and then with a script or an accent."""
        sign = self._one(
            (
                self._one(string.ascii_letters), self._one(string.digits), self._one(GREEK), self.number(), self.styled(), self.styled(),
                self._one((*LONE, *RELATION, *BINARY, *BIG, *FUNCTIONS)), self._one(rare.SIGNS), self._one(".,;:!?()[]/|"),
            )
        )  # fmt: skip
        kind = self._chance.random()
        if kind < 0.6:
            return sign
        if kind < 0.75:
            return f"{sign}_{{{self._one(string.ascii_lowercase + string.digits)}}}"
        if kind < 0.9:
            return f"{sign}^{{{self._one((*string.ascii_lowercase, *string.digits, '-1', '@prime', '*'))}}}"
        return f"{self._one(ACCENTS)}{{{self.letter()}}}"

    def deep_scripts(self) -> str:
        """Scripts of scripts."""

        def script(depth: int) -> str:
            inner = self._one(
                (
                    self.letter(),
                    self.number(),
                    self.letter() + self._one("+-") + self._one("123n"),
                    f"-{self.letter()}",
                )
            )
            if depth and self._maybe(0.75):
                inner = (
                    self._one((self.letter(), str(self._chance.randint(2, 9)), self.letter()))
                    + self._one("^^_")
                    + f"{{{script(depth - 1)}}}"
                )
                if self._maybe(0.25):
                    inner += self._one((" + ", "", "-")) + self.letter()
            return inner

        pieces = []
        for _ in self._some(1, 3):
            base = self._one(
                (
                    self.letter(),
                    self.letter(),
                    "e",
                    "2",
                    "10",
                    self._one(BIG[:3]),
                    f"@left( {self.sum(0)} @right)",
                )
            )
            piece = f"{base}{self._one('^^_')}{{{script(2)}}}"
            if self._maybe(0.3) and "_{" in piece[: len(base) + 2]:
                piece += f"^{{{script(1)}}}"
            pieces.append(piece)
        return self._one((" = ", " + ", " ", " - ", " @cdot ")).join(pieces)

    def labelled(self) -> str:
        """Braces and arrows with labels."""
        pieces = []
        for _ in self._some(1, 3):
            label = self._one(
                (
                    self.atom(),
                    self.number(),
                    f"@text{{{self._words(1, 3)}}}",
                    f"{self.letter()} @text{{ {self._words(1, 2)}}}",
                    self.sum(0),
                )
            )
            inner = self._one(
                (
                    self.sum(1),
                    self.sum(0),
                    f"{self.letter()} + @cdots + {self.letter()}",
                    self.listing(2, 4),
                    "1 + 1 + @cdots + 1",
                )
            )
            pieces.append(
                self._one(
                    (
                        f"@underbrace{{{inner}}}_{{{label}}}",
                        f"@overbrace{{{inner}}}^{{{label}}}",
                        f"@underbrace{{{inner}}}",
                        f"@overbrace{{{inner}}}",
                        f"{self.letter()} @xrightarrow{{{label}}} {self.letter()}",
                        f"{self.letter()} @xleftarrow{{{label}}} {self.letter()}",
                        f"{self.letter()} @xrightarrow[{self.atom()}]{{{label}}} {self.letter()}",
                        f"{self.letter()} @overset{{{label}}}{{{self._one(('@to', '@longrightarrow', '@leftarrow', '@Rightarrow', '@rightleftharpoons'))}}} {self.letter()}",
                        f"@underbrace{{@overbrace{{{self.sum(0)}}}^{{{self.atom()}}} + {self.atom()}}}_{{{label}}}",
                    )
                )
            )
        return self._one((" = ", " + ", " ", ", ")).join(pieces)

    def stacked(self) -> str:
        """Things over and under things, accents over several."""
        pieces = []
        for _ in self._some(1, 3):
            relation = self._one(("=", "=", "@sim", "@to", "@leq", "@approx", "@equiv", "<"))
            over = self._one(
                (
                    "!",
                    "?",
                    "@text{def}",
                    "@mathrm{d}",
                    "(1)",
                    "*",
                    "@sim",
                    ".",
                    self.letter(),
                    self.atom(),
                    "@text{" + self._words(1, 2) + "}",
                )
            )
            pieces.append(
                self._one(
                    (
                        f"{self.atom()} @overset{{{over}}}{{{relation}}} {self.atom()}", f"{self.atom()} @underset{{{over}}}{{{relation}}} {self.atom()}",
                        f"{self.atom()} @underset{{{self.atom()}}}{{@overset{{{over}}}{{{relation}}}}} {self.atom()}", f"{self.atom()} @doteq {self.atom()}",
                        f"{self._one((*WIDE, '@overleftrightarrow'))}{{{self._one((self.letter() + self.letter(), self.letter() + self.letter() + self.letter(), self.sum(1), self.atom()))}}}",
                        f"@dddot{{{self.letter()}}}", f"@overset{{@circ}}{{{self.letter()}}}", f"@underset{{{self.sum(0)}}}{{@text{{{self._words(1, 1)}}}}} {self.atom()}",
                        f"{self._one(ACCENTS)}{{{self._one(ACCENTS)}{{{self.letter()}}}}}", f"@overline{{{self._one(WIDE)}{{{self.letter()}{self.letter()}}} + {self.atom()}}}",
                        f"{self._one(BIG)}_{{@substack{{{' @@ '.join(self.letter() + self._one(RELATION[:12]) + self.number() for _ in self._some(2, 3))}}}}} {self.atom()}",
                        f"{self.letter()}{self._one(('′′′', ''))}".replace("′", "'"), f"{self.letter()}@hbar {self.letter()}",
                    )
                )
            )  # fmt: skip
        return self._one((" = ", " + ", " ", ", ")).join(pieces)

    def named(self) -> str:
        """Functions that have a name of letters but no command, and words in a line."""
        pieces = []
        for _ in self._some(1, 3):
            name = self._one(
                (
                    f"@operatorname{{{self._one(rare.FUNCTIONS)}}}",
                    f"@operatorname{{{self._one(rare.FUNCTIONS)}}}",
                    self._one(FUNCTIONS),
                )
            )
            pieces.append(
                f"{name}{self._one(('', '', '^2', '^{-1}', '_' + self._script()))} {self._one((self.letter(), self.bracket(self.sum(1)), self.atom()))}"
            )
        text = self._one((" + ", " = ", " ", " - ", ", ")).join(pieces)
        if self._maybe(0.3):
            return f"{self.sum(0)} @quad @text{{{self._words(1, 4)}}} @quad {text}"
        return text

    def nested(self) -> str:
        """Fractions in fractions and roots in both."""

        def deep(depth: int) -> str:
            if not depth:
                return self._one((self.atom(), self.sum(0), self.number()))
            kind = self._chance.random()
            if kind < 0.65:
                return f"@{self._one(('frac', 'frac', 'cfrac', 'dfrac'))}{{{deep(depth - 1 if self._maybe(0.5) else 0)}}}{{{deep(depth - 1)}}}"
            if kind < 0.85:
                return f"@sqrt{self._one(('', '', '[3]', '[n]'))}{{{deep(depth - 1)}}}"
            return f"{self.atom()} {self._one('+-')} {deep(depth - 1)}"

        text = deep(self._chance.randint(2, 4))
        return (
            f"{self._one((self.letter(), self.sum(0)))} {self._one(('=', '=', '@approx', '+', '@leq'))} {text}"
            if self._maybe(0.6)
            else text
        )
