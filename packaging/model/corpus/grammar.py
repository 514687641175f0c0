r"""Formulas made by a grammar: what the collected corpus is poor in, so that no sign of the vocabulary is rare.

Every formula is a string that LaTeX with amsmath and amssymb sets;
`Writer(random.Random(seed)).formula()` gives the next one. Inside, `@` stands for the backslash, which
Python 3.11 does not take inside the braces of an f-string.
"""

import random
import string
from collections.abc import Callable, Sequence

from model.corpus.constructs import Constructs
from model.corpus.words import (
    ACCENTS,
    BIG,
    BINARY,
    FUNCTIONS,
    GREEK,
    LIMITS,
    LONE,
    RELATION,
    UNITS,
    WIDE,
    WORDS,
)


class Writer(Constructs):
    """Writes formulas; the same generator state gives the same formulas."""

    def __init__(self, chance: random.Random, phrases: Sequence[str] = ()) -> None:
        super().__init__(chance, phrases)
        self._kinds: tuple[tuple[int, Callable[[], str]], ...] = (
            (4, self.arithmetic), (8, self.equation), (14, self.matrix), (10, self.cases), (18, self.system),
            (4, self.calculus), (4, self.physics), (4, self.statistics), (7, self.signs), (7, self.alphabets),
            (2, self.quantity), (3, self.trigonometry), (3, self.logic), (4, self.fractions), (3, self.roots),
            (4, self.words), (4, self.accented), (3, self.big_operators), (2, self.braces), (6, self.letters),
            (34, self.rare_signs), (4, self.alone), (3, self.deep_scripts), (5, self.labelled), (5, self.stacked),
            (4, self.named), (4, self.nested), (1, self.square),
        )  # fmt: skip

    def formula(self) -> str:
        """The next formula."""
        kinds = [kind for _, kind in self._kinds]
        return self._chance.choices(kinds, [weight for weight, _ in self._kinds])[0]().replace("@", "\\")

    def arithmetic(self) -> str:
        """Numbers and signs, with an answer."""
        pieces = [self.number()]
        for _ in self._some(1, 4):
            pieces += [self._one(("+", "-", "@times", "@cdot", "@div", "/", ":")), self.number()]
        if self._maybe(0.3):
            pieces[0] = f"@frac{{{self._chance.randint(1, 99)}}}{{{self._chance.randint(2, 99)}}}"
        if self._maybe(0.25):
            pieces[-1] = f"({pieces[-1]} {self._one(('+', '-'))} {self.number()})"
        if self._maybe(0.6):
            pieces += [self._one(("=", "=", "=", "@approx", "<", ">", "@neq", "@equiv")), self.number()]
            if self._maybe(0.15):
                pieces.append(self._one(("@%", "^{@circ}", "!", "@pmod{7}")))
        return " ".join(pieces)

    def equation(self) -> str:
        """Two sides and a relation."""
        sides = [self.sum() for _ in self._some(2, 3)]
        text = sides[0]
        for side in sides[1:]:
            text += f" {self._one(RELATION)} {side}"
        return text + self._one(("", "", "", "", ".", ",", ";"))

    def fractions(self) -> str:
        """Long and nested fractions."""
        inner = f"@frac{{{self.sum(1)}}}{{{self.sum(1)}}}"
        if self._maybe(0.4):
            inner = f"{self.atom()} + @{self._one(('frac', 'cfrac', 'dfrac'))}{{{self.atom()}}}{{{self.atom()} + {inner}}}"
        elif self._maybe(0.5):
            inner = f"@frac{{{self.sum(2)}}}{{{self.sum(2)}}}"
        return f"{self.letter()} = {inner}" if self._maybe(0.6) else inner

    def roots(self) -> str:
        """Nested roots."""
        text = self.atom()
        for _ in self._some(1, 3):
            order = f"[{self._chance.randint(3, 9)}]" if self._maybe(0.25) else ""
            text = f"@sqrt{order}{{{self._one((self.atom() + '+', self.atom() + '-', '', str(self._chance.randint(2, 9))))}{text}}}"
        return (
            f"{self.atom()} {self._one(('=', '@leq', '@approx', '+'))} {text}" if self._maybe(0.6) else text
        )

    def calculus(self) -> str:
        """Integrals, derivatives, limits, sums."""
        d = self._one(("d", "d", "@mathrm{d}", "@partial"))
        x = self._one((*"xyztusr", "@theta", "@mu"))
        differential = "@mathrm{d}" if self._maybe(0.3) else "d"
        return self._one((
            f"@int_{{{self.atom()}}}^{{{self.atom()}}} {self.sum(1)} @, {differential}{x}",
            f"@int {self.sum(1)} @, {differential}{x} = {self.sum(1)} + C",
            f"@frac{{{d} {self.letter()}}}{{{d} {x}}} = {self.sum(1)}",
            f"@frac{{{d}^2 {self.letter()}}}{{{d} {x}^2}} {self._one('+-')} {self.sum(1)} = 0",
            f"@{self._one(('iint', 'oint', 'int', 'iiint'))}_{{{self._one('SVCDR')}}} {self.term(1)} @, {differential}{x}",
            f"{self._one(LIMITS)}_{{{x} @to {self._one(('0', '@infty', 'a', '0^+', '-@infty', '1'))}}} {self.sum(1)}",
            f"{self._one(BIG[:2])}_{{{self._one('ijkn')}={self._one('01')}}}^{{{self._one(('n', '@infty', 'N', 'm', 'k-1'))}}} {self.term(1)}",
            f"@left. {self.term(1)} @right|_{{{x}=0}}",
            f"{self.letter()}({x}) = {self.sum(2)}",
            f"@nabla {self._one(('', '@cdot', '@times', '^2'))} {self.atom()} = {self.sum(1)}",
        ))  # fmt: skip

    def physics(self) -> str:
        """Formulas with the signs of physics."""
        a, b = self.atom(), self.atom()
        return self._one((
            f"@langle {a} | {b} | {self.atom()} @rangle", f"| {self._one(GREEK)} @rangle = {a} | {b} @rangle",
            f"i @hbar @frac{{@partial}}{{@partial t}} {a} = @hat{{{self._one('HTVU')}}} {b}",
            f"[ @hat{{{self._one('abpxHL')}}} , @hat{{{self._one('abpxHL')}}} ] = i @hbar {self._one(('', '@delta_{ij}'))}",
            f"@vec{{{self._one('FEBvarp')}}} = {a} @vec{{{self._one('EBvarp')}}} {self._one(('@times', '@cdot', '+'))} {b}",
            f"@mathbf{{{self._one('FEBvapJA')}}} = {a} @mathbf{{{self._one('EBvapJA')}}} @times @mathbf{{{self._one('EBrvk')}}}",
            f"@mathcal{{L}} = -@frac{{1}}{{4}} F_{{@mu@nu}} F^{{@mu@nu}} + {a}",
            f"{self._one('gRTGFA')}_{{{self._one(GREEK)}{self._one(GREEK)}}} = {self.sum(1)}",
            f"{self._one('ETV')} = @frac{{1}}{{2}} m {self._one(('v^2', '@dot{x}^2', '@omega^2 x^2', '@dot{@phi}^2'))} + {a}",
            f"@Gamma^{{{self._one(GREEK)}}}_{{{self._one(GREEK)}{self._one(GREEK)}}}", f"e^{{-{a}/{b}}}", f"e^{{i {a} {b}}} + @mathrm{{h.c.}}",
            f"{a}^@dagger {b} | 0 @rangle", f"@ddot{{{self._one('xyzq')}}} + {a} @dot{{{self._one('xyzq')}}} + @omega_0^2 x = 0",
            "@bar{@psi} ( i @gamma^@mu @partial_@mu - m ) @psi", f"@mathrm{{{self._one(('H_2O', 'CO_2', 'Na^+', 'Fe_2O_3', 'NH_4^+', 'SO_4^{2-}'))}}} @to {a}",
        ))  # fmt: skip

    def statistics(self) -> str:
        """Formulas with the signs of statistics and learning."""
        x, y = self._one("XYZxyz"), self._one("XYZxyz")
        e = self._one(("@mathbb{E}", "E", "@mathrm{E}", "@operatorname{E}"))
        return self._one((
            f"{e}[{x}] = {self.sum(1)}", f"{e} @left[ {self.sum(1)} @right]", f"P({x} = {self.atom()} | {y}) = {self.sum(1)}",
            f"{x} @sim @mathcal{{N}}(@mu, @sigma^2)", f"@operatorname{{{self._one(('Var', 'Cov', 'Corr', 'tr', 'KL', 'rank', 'sign'))}}}({x}, {y})",
            f"@hat{{{self._one(GREEK[:24])}}} = @arg@{self._one(('min', 'max'))}_{{{self._one(GREEK[:24])}}} {self.sum(1)}",
            f"@frac{{1}}{{n}} @sum_{{i=1}}^n ({x}_i - @bar{{{x}}})^2", f"@mathbb{{P}}({x} {self._one(('@leq', '>', '@in', '='))} {self.atom()})",
            f"p({self.letter()} | {self.letter()}, {self.letter()})", f"@sqrt{{@frac{{{self.atom()}}}{{n-1}}}}", f"{self.letter()}^{{@top}} {self.letter()}^{{-1}} {self.letter()}",
            f"@| {self.sum(1)} @|_{{{self._one(('2', '1', 'F', '@infty'))}}}^2", f"@frac{{@exp({self.atom()})}}{{@sum_{{j}} @exp({self.atom()}_j)}}",
            "@binom{n}{k} p^k (1-p)^{n-k}", f"H_0 : @mu = {self.number()}", f"{self.letter()} @pm {self.number()}", f"@log p({self.letter()})",
        ))  # fmt: skip

    def signs(self) -> str:
        """A few signs drawn evenly, with scripts."""
        pool = [*GREEK, *LONE, *RELATION, *BINARY, *BIG, *FUNCTIONS]
        pieces = [self._one(pool) if self._maybe(0.6) else self.atom() for _ in self._some(2, 7)]
        return " ".join(pieces)

    def letters(self) -> str:
        """Letters and digits drawn evenly, in words, powers and indices."""
        pool = string.ascii_letters + string.digits
        pieces = []
        for _ in self._some(2, 8):
            piece = self._one(pool)
            if self._maybe(0.25):
                piece += (
                    f"{self._one('_^')}{{{self._one(pool)}{self._one(pool) if self._maybe(0.3) else ''}}}"
                )
            pieces.append(piece)
        return self._one((" ", ", ", " + ", " ")).join(pieces)

    def alphabets(self) -> str:
        """Letters of the mathematical alphabets."""
        pieces = [
            self.styled() + self._one(("", "", f"_{self._script()}", f"^{self._script()}"))
            for _ in self._some(1, 5)
        ]
        return self._one((" ", ", ", " @times ", " @to ", " @otimes ", " = ")).join(pieces)

    def quantity(self) -> str:
        """A number with a unit."""
        unit = self._one(UNITS)
        if self._maybe(0.4):
            unit += self._one(("/", "@cdot ")) + self._one(UNITS)
        exponent = self._one(("", "", "^2", "^{-1}", "^{-2}", "^3"))
        text = (
            f"{self.number()} @, {self._one(('@mathrm', '@text', '@mathrm'))}{{{unit}}}{exponent}"
            if "@" not in unit
            else f"{self.number()} @, @mathrm{{{unit}}}{exponent}"
        )
        return f"{self.atom()} {self._one(('=', '@approx', '<'))} {text}" if self._maybe(0.6) else text

    def trigonometry(self) -> str:
        """Functions with and without powers and brackets."""
        pieces = []
        for _ in self._some(1, 4):
            name = self._one(FUNCTIONS)
            power = self._one(("", "", "", "^2", "^{-1}", "^n"))
            argument = self._one(
                (
                    self.letter(),
                    f"({self.sum(1)})",
                    f"{self._chance.randint(2, 9)}{self.letter()}",
                    f"@left( {self.term(1)} @right)",
                    f"@frac{{@pi}}{{{self._chance.randint(2, 12)}}}",
                )
            )
            pieces.append(f"{name}{power} {argument}")
        return self._one((" + ", " - ", " = ", " ")).join(pieces)

    def logic(self) -> str:
        """Sets, quantifiers and maps."""
        a, b, c = self.letter(), self.letter(), self.letter()
        bb = f"@mathbb{{{self._one('RNZQCFKH')}}}"
        return self._one((
            f"@forall {a} @in {b}, @exists {c} : {self.sum(1)} {self._one(RELATION)} {self.atom()}",
            f"@{{ {a} @in {bb} {self._one(('@mid', ':', '|'))} {self.sum(1)} {self._one(RELATION[:14])} {self.atom()} @}}",
            f"{a} : {b} @to {c}", f"{a} : {bb}^{{{self._one('nmkd2')}}} @to {bb}", f"{a} @mapsto {self.sum(1)}",
            f"@neg ({a} {self._one(('@wedge', '@vee', '@to', '@Rightarrow'))} {b}) {self._one(('@Leftrightarrow', '@equiv', '@iff'))} @neg {a} {self._one(('@wedge', '@vee'))} @neg {b}",
            f"{a} @xrightarrow{{{self.atom()}}} {b} @xrightarrow{{{self.atom()}}} {c}", f"0 @to {a} @to {b} @to {c} @to 0",
            f"{a} @equiv {b} @pmod{{{self._one((self.letter(), self.number()))}}}", f"{a} @bmod {b}", f"{a} @not@subset {b}", f"{a} @nmid {b}, {a} @notin {c}",
            "O(n @log n)", f"T(n) = {self.number()} T(n/2) + {self.sum(1)}", f"{a} @overset{{@mathrm{{def}}}}{{=}} {self.sum(1)}", f"{a} := {self.sum(1)}",
            f"@underset{{{a}}}{{{self._one(('@max', '@min', '@mathrm{argmax}', '@mathrm{argmin}'))}}} @; {self.sum(1)}", f"@overset{{{self._one(('@sim', '*', '!', '?', self.letter()))}}}{{{self._one(('@to', '=', '@longrightarrow'))}}} {b}",
        ))  # fmt: skip

    def words(self) -> str:
        """Words in a formula."""
        text = self._words(1, 6)
        return self._one((
            f"{self.atom()} = {self.atom()} @quad @text{{{text}}} @quad {self.atom()} {self._one(RELATION)} {self.atom()}",
            f"@text{{{text}}} {self.sum(1)}", f"{self.letter()}_{{@text{{{self._one(WORDS)}}}}} = {self.sum(1)}",
            f"@operatorname{{{self._one(WORDS)}}}({self.listing(1, 3)})", f"@mathrm{{{self._one(WORDS)}}}_{{{self.atom()}}} {self.atom()}",
            f"@text{{{text}}}", f"@frac{{@text{{{text}}}}}{{@text{{{self._one(WORDS)}}}}}", f"@mathit{{{self._one(WORDS)}}} = {self.number()}",
            f"@mathtt{{{self._one(WORDS)}}}", f"@mathbf{{{self._one(WORDS)}}} {self.atom()}", f"@mathsf{{{self._one(WORDS)}}}({self.letter()})",
        ))  # fmt: skip

    def accented(self) -> str:
        """Accents over letters and over whole expressions."""
        pieces = []
        for _ in self._some(1, 4):
            if self._maybe(0.65):
                pieces.append(
                    f"{self._one(ACCENTS)}{{{self.letter()}}}{self._one(('', '', f'_{self._script()}', f'^{self._script()}'))}"
                )
            else:
                pieces.append(
                    f"{self._one(WIDE)}{{{self.sum(0) if self._maybe(0.5) else self.letter() + self.letter()}}}"
                )
        return self._one((" + ", " = ", " ", ", ", " @cdot ")).join(pieces)

    def big_operators(self) -> str:
        """Large operators with limits, stacked ones too."""
        operator = self._one(BIG)
        low = f"_{{{self._one((self.letter() + ' @in ' + self.letter(), 'i=1', 'k=0', 'i<j', self.letter(), '@substack{' + self.letter() + ' @in ' + self.letter() + ' @@ ' + self.letter() + ' @neq ' + self.letter() + '}'))}}}"
        high = f"^{{{self._one(('n', '@infty', 'N', self.letter()))}}}" if self._maybe(0.6) else ""
        text = f"{operator}{low if self._maybe(0.9) else ''}{high} {self.term(1)}"
        return f"{self.atom()} = {text}" if self._maybe(0.4) else text

    def braces(self) -> str:
        """Braces over and under, boxes."""
        inner = self.sum(1)
        return self._one((
            f"@underbrace{{{inner}}}_{{{self._one((self.atom(), '@text{' + self._one(WORDS) + '}'))}}} {self._one(('', '+ ' + self.atom()))}",
            f"@overbrace{{{inner}}}^{{{self.atom()}}} + {self.atom()}", f"@boxed{{{inner} = {self.atom()}}}", f"@overline{{{inner}}}", f"@underline{{{inner}}}",
        ))  # fmt: skip
