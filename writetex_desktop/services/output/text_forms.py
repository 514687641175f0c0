"""The forms of text that are made of MathML, each with what makes it."""

from collections.abc import Callable
from typing import Final

from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.meaning import dialect
from writetex_desktop.core.formats.meaning.code import to_code
from writetex_desktop.core.formats.meaning.mathematica import to_mathematica
from writetex_desktop.core.formats.meaning.reading import Meaning, read_meaning
from writetex_desktop.core.formats.meaning.sympy import to_sympy
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.starmath import to_starmath
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode


def _with_assumptions(written: str, meaning: Meaning, comment: tuple[str, str]) -> str:
    """Say behind what is written what had to be assumed, as a comment of its language."""
    if not meaning.factors:
        return written
    letters = ", ".join(meaning.factors)
    return f"{written}  {comment[0]} {letters} before a parenthesis was read as a factor.{comment[1]}"


def _sympy(node: Node) -> str:
    meaning = read_meaning(node)
    return _with_assumptions(to_sympy(meaning.expression), meaning, ("#", ""))


def _mathematica(node: Node) -> str:
    meaning = read_meaning(node)
    return _with_assumptions(to_mathematica(meaning.expression), meaning, ("(*", " *)"))


def _code(language: dialect.Dialect, comment: str) -> Callable[[Node], str]:
    """Give what writes in a language; `comment` begins one, and is empty where there are none."""

    def write(node: Node) -> str:
        meaning = read_meaning(node)
        written = to_code(meaning.expression, language)
        return _with_assumptions(written, meaning, (comment, "")) if comment else written

    return write


FROM_TREE: Final[dict[OutputFormat, Callable[[Node], str]]] = {
    OutputFormat.TYPST: to_typst,
    OutputFormat.ASCIIMATH: to_asciimath,
    OutputFormat.UNICODE: to_unicode,
    OutputFormat.OMML: to_omml,
    OutputFormat.STARMATH: to_starmath,
    OutputFormat.SYMPY: _sympy,
    OutputFormat.MATHEMATICA: _mathematica,
    OutputFormat.PYTHON: _code(dialect.PYTHON, "#"),
    OutputFormat.MATLAB: _code(dialect.MATLAB, "%"),
    OutputFormat.JULIA: _code(dialect.JULIA, "#"),
    OutputFormat.MAPLE: _code(dialect.MAPLE, "#"),
    OutputFormat.GEOGEBRA: _code(dialect.GEOGEBRA, ""),
}
"""To add a form of text: one module in core, one line here and one in `OutputFormat`."""
