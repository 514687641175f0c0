r"""Formulas of several rows: matrices, cases, systems.

Inside, `@` stands for the backslash, which Python 3.11 does not take inside the braces of an f-string.
"""

from model.corpus.terms import Terms
from model.corpus.words import RELATION


class Tables(Terms):
    """Writes what stands in rows and columns."""

    def matrix(self) -> str:
        """A matrix, alone or in a product."""
        if self._maybe(0.16):
            return self._matrix_of_matrices()
        text = self._table()
        if self._maybe(0.3):
            text += self._one(("", " @cdot ", " = ", " + ", " - ", " ")) + self._table()
        if self._maybe(0.12):
            text += " = " + self._table()
        if self._maybe(0.4):
            text = f"{self.atom()} {self._one(('=', '=', '@in', '@cdot', '@det'))} {text}"
        if self._maybe(0.15):
            text += self._one((f"^{self._script()}", f" {self.atom()}"))
        return text

    def _table(self) -> str:
        size = (1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7)
        rows, columns = self._one(size), self._one(size)
        if rows * columns > 30:
            columns = 30 // rows
        table = self._filled(rows, columns)
        if rows > 2 and columns > 2 and self._maybe(0.25):
            for column in range(columns):
                table[-2][column] = "@vdots"
            for row in range(rows):
                table[row][-2] = "@cdots"
            table[-2][-2] = "@ddots"
        body = " @@ ".join(" & ".join(row) for row in table)
        kind = self._one(
            "pmatrix pmatrix bmatrix bmatrix bmatrix vmatrix Bmatrix Vmatrix matrix smallmatrix array array".split()
        )
        if kind == "array":
            left, right = self._one((("(", ")"), ("[", "]"), ("|", "|"), (".", ".")))
            places = self._one("ccclr") * columns
            if columns > 2 and self._maybe(0.5):
                places = f"{places[:-1]}|{places[-1]}"
            return f"@left{left} @begin{{array}}{{{places}}} {body} @end{{array}} @right{right}"
        return f"@begin{{{kind}}} {body} @end{{{kind}}}"

    def _filled(self, rows: int, columns: int) -> list[list[str]]:
        """Cells of one kind."""
        entry = self._one("number number atom indexed term product product sum mixed mixed".split())
        name, other = self.letter(), self.letter()

        def cell(row: int, column: int, kind: str) -> str:
            match kind:
                case "number":
                    return str(self._chance.randint(-9, 99))
                case "indexed":
                    return f"{name}_{{{row + 1}{column + 1}}}" + (
                        f" {other}_{{{column + 1}}}" if self._maybe(0.2) else ""
                    )
                case "atom":
                    return self._one(("0", "1", self.atom(), self.atom()))
                case "product":
                    pairs = [f"{self.letter()} {self.letter()}" for _ in self._some(1, 2)]
                    return self._one((" + ", " - ")).join(pairs)
                case "sum":
                    return self.sum(0)
                case "mixed":
                    return cell(row, column, self._one("number atom indexed product term".split()))
                case _:
                    return self.term(1)

        table = [[cell(row, column, entry) for column in range(columns)] for row in range(rows)]
        if self._maybe(0.12):
            for row in range(rows):
                for column in range(columns):
                    if self._maybe(0.3) and (row or column):
                        table[row][column] = ""
        return table

    def _matrix_of_matrices(self) -> str:
        """Blocks that are matrices themselves, or a matrix beside a column of unknowns."""
        kind = self._one("pmatrix bmatrix".split())
        if self._maybe(0.5):
            inner = self._one("pmatrix bmatrix matrix".split())
            blocks = [
                self._one(
                    (
                        f"@begin{{{inner}}} {self.letter()} & {self.atom()} @@ {self.number()} & {self.letter()} @end{{{inner}}}",
                        self.atom(),
                        "0",
                    )
                )
                for _ in range(4)
            ]
            return f"@begin{{{kind}}} {blocks[0]} & {blocks[1]} @@ {blocks[2]} & {blocks[3]} @end{{{kind}}}"
        rows, columns = self._chance.randint(2, 5), self._chance.randint(2, 4)
        body = " @@ ".join(" & ".join(row) for row in self._filled(rows, columns))
        name, result = self.letter(), self.letter()
        unknowns = " @@ ".join(f"{name}_{{{place + 1}}}" for place in range(columns))
        results = " @@ ".join(f"{result}_{{{place + 1}}}" for place in range(rows))
        return (
            f"@begin{{{kind}}} {body} @end{{{kind}}} @begin{{{kind}}} {unknowns} @end{{{kind}}} "
            f"= @begin{{{kind}}} {results} @end{{{kind}}}"
        )

    def cases(self) -> str:
        """A function by cases."""
        name = f"{self.letter()}{self._one(('', f'({self.letter()})', f'_{self._script()}'))} = "
        return f"{name if self._maybe(0.85) else ''}{self._distinction(1)}"

    def _distinction(self, depth: int) -> str:
        rows = []
        for _ in range(self._one((2, 2, 2, 3, 3, 4, 5))):
            value = (
                self._distinction(0)
                if depth and self._maybe(0.06)
                else self._one((self.sum(1), self.sum(1), self.number(), self.term(1)))
            )
            rows.append(
                f"{value}{self._one(('', ','))} & {self._condition()}{self._one(('', '', '', ',', '.'))}"
            )
        body = " @@ ".join(rows)
        if self._maybe(0.3):
            return f"@left@{{ @begin{{array}}{{ll}} {body} @end{{array}} @right."
        return f"@begin{{cases}} {body} @end{{cases}}"

    def _condition(self) -> str:
        test = f"{self.atom()} {self._one(RELATION[:14])} {self.atom()}"
        return self._one(
            (
                f"@text{{{self._one(('if ', 'for ', 'when ', 'where '))}}} {test}",
                f"@text{{if }} {test}",
                test,
                f"{self.atom()} {self._one(('<', '@leq'))} {test}",
                f"@text{{{self._one(('otherwise', 'otherwise', 'else', 'if even', 'if odd'))}}}",
                f"@text{{if }} {self.atom()} @text{{{self._one((' is odd', ' is even', ' and ', ' or ', ' is prime', ' divides '))}}}",
                f"@text{{{self._words(2, 5)}}}",
                f"@text{{if }} {self.letter()} @text{{ {self._words(1, 3)} }} {self.atom()}",
            )
        )

    def system(self) -> str:
        """Equations under one another."""
        count = self._one((2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8))
        deep = 1 if count < 5 else 0
        kind = self._chance.random()
        if kind < 0.2:
            body = " @@ ".join(
                f"{self.sum(deep)} {self._one(RELATION)} {self.sum(deep)}" for _ in range(count)
            )
            return f"@begin{{gathered}} {body} @end{{gathered}}"
        if kind < 0.27:
            body = " @@ ".join(
                self._one(("", "+ ", "- ", "= ")) + self.sum(1) + " + " + self.sum(1)
                for _ in range(min(count, 4))
            )
            return f"@begin{{gathered}} {body} @end{{gathered}}"
        if kind < 0.42:
            return self._linear(min(count, 5))
        if kind < 0.5:
            body = " @@ ".join(
                f"{self.sum(deep)} {self._one(RELATION[:12])} {self.sum(deep)}" for _ in range(count)
            )
            return f"@left@{{ @begin{{array}}{{{self._one('lc')}}} {body} @end{{array}} @right."
        if kind < 0.56:
            pair = [
                f"{self.atom()} &{self._one(RELATION[:12])} {self.sum(0)} & {self.atom()} &{self._one(RELATION[:12])} {self.sum(0)}"
                for _ in range(min(count, 4))
            ]
            return f"@begin{{aligned}} {' @@ '.join(pair)} @end{{aligned}}"
        rows = [f"{self.sum(deep)} &{self._one(RELATION[:12])} {self.sum(deep)}"]
        chain = self._maybe(0.5)
        for _ in range(count - 1):
            head = "" if chain or self._maybe(0.2) else self.sum(deep)
            rows.append(
                f"{head} &{self._one(RELATION[:12])} {self.sum(2 if self._maybe(0.3) and deep else deep)}"
            )
            if self._maybe(0.08):
                rows.append(f"&@quad {self._one('+-')} {self.sum(deep)}")
        body = " @@ ".join(rows) + self._one(("", "", ".", ","))
        if self._maybe(0.15):
            return f"@left@{{ @begin{{aligned}} {body} @end{{aligned}} @right."
        return f"@begin{{aligned}} {body} @end{{aligned}}"

    def _linear(self, count: int) -> str:
        """Linear equations, their terms under one another or not."""
        letters = self._one(
            ("xyzw", "abcd", "uvwt", ("x_1", "x_2", "x_3", "x_4"), ("@alpha", "@beta", "@gamma", "@delta"))
        )
        columns = self._chance.randint(2, 4)
        rows = []
        mark = self._one(("", "&"))
        for _ in range(count):
            terms = []
            for place in range(columns):
                number = self._one(
                    (
                        "",
                        "",
                        str(self._chance.randint(2, 9)),
                        str(self._chance.randint(10, 40)),
                        f"a_{{{place + 1}}}",
                    )
                )
                sign = self._one(("+", "+", "-")) if terms else self._one(("", "", "-"))
                terms.append(f"{sign} {number}{letters[place]}")
            rows.append(
                f"{' '.join(terms)} {mark}{self._one(('=', '=', '=', '@leq', '@geq'))} {self._one((self.number(), self.atom()))}"
            )
        body = f"{self._one(('', '', ','))} @@ ".join(rows)
        if not mark:
            return f"@begin{{cases}} {body} @end{{cases}}"
        if self._maybe(0.6):
            return f"@left@{{ @begin{{aligned}} {body} @end{{aligned}} @right."
        return f"@begin{{aligned}} {body} @end{{aligned}}"

    def square(self) -> str:
        """A square of maps."""
        a, b, c, d = (self.letter() for _ in range(4))
        f, g, h, k = (self._one((self.letter(), self.atom(), "")) for _ in range(4))
        down = self._one(("@downarrow", "@uparrow", f"@downarrow {h}", f"{k} @downarrow"))
        return (
            f"@begin{{array}}{{ccc}} {a} & @xrightarrow{{{f}}} & {b} @@ {down} & & {down} @@ "
            f"{c} & @xrightarrow{{{g}}} & {d} @end{{array}}"
        )
