"""The forms of text that are made of MathML, each with what makes it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.meaning import dialect
from writetex_desktop.core.formats.meaning.code import to_code
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.mathematica import to_mathematica
from writetex_desktop.core.formats.meaning.reading import Meaning, read_meaning
from writetex_desktop.core.formats.meaning.sympy import to_sympy
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.starmath import to_starmath
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode


@dataclass(frozen=True, slots=True)
class _Language:
    """A language of programs that calculate: what writes it, and what stands round a comment of it.

    Attributes:
        write: Writes an expression.
        comment: What begins and what ends a comment; empty where there are none.
    """

    write: Callable[[Expression], str]
    comment: tuple[str, str] = ("", "")

    def written(self, meaning: Meaning) -> str:
        """Write what a formula says and, as a comment behind it, what had to be assumed."""
        text = self.write(meaning.expression)
        opening, ending = self.comment
        letters = ", ".join(meaning.factors)
        said = [f"{letters} before a parenthesis was read as a factor."] if letters else []
        said += meaning.notes
        return f"{text}  {opening} {' '.join(said)}{ending}" if said and opening else text


def _code(language: dialect.Dialect, comment: str) -> _Language:
    """Give what writes in a language; `comment` begins one, and is empty where there are none."""
    return _Language(lambda expression: to_code(expression, language), (comment, ""))


_CALCULATING: Final[dict[OutputFormat, _Language]] = {
    OutputFormat.SYMPY: _Language(to_sympy, ("#", "")),
    OutputFormat.MATHEMATICA: _Language(to_mathematica, ("(*", " *)")),
    OutputFormat.PYTHON: _code(dialect.PYTHON, "#"),
    OutputFormat.MATLAB: _code(dialect.MATLAB, "%"),
    OutputFormat.JULIA: _code(dialect.JULIA, "#"),
    OutputFormat.MAPLE: _code(dialect.MAPLE, "#"),
    OutputFormat.GEOGEBRA: _code(dialect.GEOGEBRA, ""),
}

_FROM_TREE: Final[dict[OutputFormat, Callable[[Node], str]]] = {
    OutputFormat.TYPST: to_typst,
    OutputFormat.ASCIIMATH: to_asciimath,
    OutputFormat.UNICODE: to_unicode,
    OutputFormat.OMML: to_omml,
    OutputFormat.STARMATH: to_starmath,
}
"""To add a form of text: one module in core, one line here and one in `OutputFormat`."""


def from_tree(output_format: OutputFormat, node: Node, functions: AbstractSet[str] = frozenset()) -> str:
    """Write a formula in a form that is made of its tree.

    Args:
        output_format: The form; its way is `Way.TREE`.
        node: The formula.
        functions: Letters that are functions before a parenthesis, for forms that calculate.

    Raises:
        ConversionError: The form cannot carry it.
    """
    language = _CALCULATING.get(output_format)
    if language is not None:
        return language.written(read_meaning(node, functions))
    return _FROM_TREE[output_format](node)
