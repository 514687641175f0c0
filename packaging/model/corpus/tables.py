r"""Formulas of several rows: matrices, cases, systems.

Inside, `@` stands for the backslash, which Python 3.11 does not take inside the braces of an f-string.
"""

from model.corpus.terms import Terms
from model.corpus.words import RELATION


class Tables(Terms):
    """Writes what stands in rows and columns."""

    def matrix(self) -> str:
        """A matrix, alone or in a product."""
        rows, columns = self._chance.randint(1, 4), self._chance.randint(1, 4)
        entry = self._one(("number", "atom", "indexed", "term"))
        name = self.letter()

        def cell(row: int, column: int) -> str:
            match entry:
                case "number":
                    return str(self._chance.randint(-9, 99))
                case "indexed":
                    return f"{name}_{{{row + 1}{column + 1}}}"
                case "atom":
                    return self._one(("0", "1", self.atom(), self.atom()))
                case _:
                    return self.term(1)

        table = [[cell(row, column) for column in range(columns)] for row in range(rows)]
        if rows > 2 and columns > 2 and self._maybe(0.3):
            for column in range(columns):
                table[-2][column] = "@vdots"
            for row in range(rows):
                table[row][-2] = "@cdots"
            table[-2][-2] = "@ddots"
        body = " @@ ".join(" & ".join(row) for row in table)
        kind = self._one(
            (
                "pmatrix",
                "pmatrix",
                "bmatrix",
                "bmatrix",
                "vmatrix",
                "Bmatrix",
                "Vmatrix",
                "matrix",
                "smallmatrix",
                "array",
            )
        )
        if kind == "array":
            text = f"@left( @begin{{array}}{{{self._one('ccl') * columns}}} {body} @end{{array}} @right)"
        else:
            text = f"@begin{{{kind}}} {body} @end{{{kind}}}"
        if self._maybe(0.4):
            text = f"{self.atom()} {self._one(('=', '=', '@in', '@cdot', '@det'))} {text}"
        if self._maybe(0.15):
            text += self._one((f"^{self._script()}", f" {self.atom()}"))
        return text

    def cases(self) -> str:
        """A function by cases."""
        rows = [
            f"{self.sum(1)}{self._one(('', ','))} & "
            + self._one(
                (
                    f"@text{{{self._one(('if ', 'for ', 'when ', 'where '))}}} {self.atom()} {self._one(RELATION[:14])} {self.atom()}",
                    f"{self.atom()} {self._one(RELATION[:14])} {self.atom()}",
                    f"@text{{{self._one(('otherwise', 'else', 'if even', 'if odd'))}}}",
                    f"@text{{if }} {self.atom()} @text{{{self._one((' is odd', ' is even', ' and ', ' or '))}}}",
                )
            )
            for _ in self._some(2, 4)
        ]
        body = " @@ ".join(rows)
        kind = self._one(("cases", "cases", "array"))
        inner = f"@begin{{cases}} {body} @end{{cases}}"
        if kind == "array":
            inner = f"@left@{{ @begin{{array}}{{ll}} {body} @end{{array}} @right."
        return f"{self.letter()}{self._one(('', f'({self.letter()})', f'_{self._script()}'))} = {inner}"

    def system(self) -> str:
        """Equations under one another."""
        if self._maybe(0.25):
            body = " @@ ".join(f"{self.sum(1)} {self._one(RELATION)} {self.sum(1)}" for _ in self._some(2, 3))
            return f"@begin{{gathered}} {body} @end{{gathered}}"
        first = f"{self.sum(1)} &{self._one(RELATION[:12])} {self.sum(1)}"
        rows = [first]
        for _ in self._some(1, 3):
            head = "" if self._maybe(0.5) else self.sum(1)
            rows.append(f"{head} &{self._one(RELATION[:12])} {self.sum(2 if self._maybe(0.3) else 1)}")
        tail = self._one(("", "", ".", ","))
        body = " @@ ".join(rows) + tail
        if self._maybe(0.25):
            return f"@left@{{ @begin{{aligned}} {body} @end{{aligned}} @right."
        return f"@begin{{aligned}} {body} @end{{aligned}}"
