"""Formulas of other programs as LaTeX."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from writetex_desktop.core.documents.docx_reading import read_docx
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.latex_text import to_latex
from writetex_desktop.core.formats.mathml.foreign import read_foreign, tex_of
from writetex_desktop.core.formats.omml.reading import read_omml
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.markup.characters import spell_out, tidy_characters


class InputFormat(StrEnum):
    """In what a formula is written that comes in; the values are the names on the command line."""

    LATEX = "latex"
    MATHML = "mathml"
    OMML = "omml"
    DOCX = "docx"
    UNICODE = "unicode"
    ASCIIMATH = "asciimath"


def _cannot_read(_source: str) -> str:
    raise ConversionError(
        tr("AsciiMath cannot be read here."),
        tr("Read it on the command line: writetex convert --from asciimath."),
    )


def to_source(data: bytes, form: InputFormat, asciimath: Callable[[str], str] = _cannot_read) -> str:
    """Give the LaTeX of what comes in; of a document its text with LaTeX in it.

    Args:
        data: It.
        form: What it is.
        asciimath: Reads AsciiMath, and gives MathML.

    Raises:
        ConversionError: It is not what it should be.
    """
    if form is InputFormat.DOCX:
        return read_docx(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConversionError(tr("The input is not text in UTF-8."), tr("Save it in UTF-8.")) from error
    try:
        return _mathml(asciimath(text)) if form is InputFormat.ASCIIMATH else _READERS[form](text)
    except RecursionError as error:
        raise ConversionError(tr("The formula is nested too deeply."), tr("Convert it in parts.")) from error


def _mathml(text: str) -> str:
    return tex_of(text) or to_latex(read_foreign(text))


_READERS: Final[Mapping[InputFormat, Callable[[str], str]]] = {
    InputFormat.LATEX: lambda text: text,
    InputFormat.MATHML: _mathml,
    InputFormat.OMML: lambda text: to_latex(read_omml(text)),
    InputFormat.UNICODE: lambda text: spell_out(tidy_characters(text)).strip(),
}
