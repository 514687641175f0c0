"""The forms of text that are made of MathML, each with what makes it."""

from collections.abc import Callable
from typing import Final

from writetex_desktop.core.asciimath_text import to_asciimath
from writetex_desktop.core.mathematica_text import to_mathematica
from writetex_desktop.core.mathml_expression import read_expression
from writetex_desktop.core.mathml_tree import Node, read_mathml
from writetex_desktop.core.mathml_word import CLIPBOARD_TYPES, for_word
from writetex_desktop.core.omml_text import to_omml
from writetex_desktop.core.output_format import OutputFormat
from writetex_desktop.core.sympy_text import to_sympy
from writetex_desktop.core.typst_text import to_typst
from writetex_desktop.core.unicode_text import to_unicode

__all__ = ("CLIPBOARD_TYPES", "FROM_TREE", "for_word", "read_mathml")

FROM_TREE: Final[dict[OutputFormat, Callable[[Node], str]]] = {
    OutputFormat.TYPST: to_typst,
    OutputFormat.ASCIIMATH: to_asciimath,
    OutputFormat.UNICODE: to_unicode,
    OutputFormat.OMML: to_omml,
    OutputFormat.SYMPY: lambda node: to_sympy(read_expression(node)),
    OutputFormat.MATHEMATICA: lambda node: to_mathematica(read_expression(node)),
}
"""To add a form of text: one module in core, one line here and one in `OutputFormat`."""
