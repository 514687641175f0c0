"""The text of a Word document with its equations, as text with LaTeX in it."""

import io
import xml.etree.ElementTree as ET
import zipfile
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.latex_text import to_latex
from writetex_desktop.core.formats.omml.reading import SPACE, read_element
from writetex_desktop.core.language.words import tr

LARGEST_TEXT: Final = 50_000_000
"""Bytes of the unpacked text: a packed file can promise more than a machine has."""

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes) -> str:
    r"""Give the paragraphs, parted by blank lines; equations stand in `\\( \\)` and `\\[ \\]`.

    Raises:
        ConversionError: It is no Word document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > LARGEST_TEXT:
                raise ConversionError(tr("The document is too large."), tr("Take it apart."))
            text = archive.read("word/document.xml").decode()
        if "<!DOCTYPE" in text:
            raise _unread()
        root = ET.fromstring(text)  # noqa: S314 - without a DTD nothing grows in it
    except (zipfile.BadZipFile, KeyError, ET.ParseError, UnicodeDecodeError, OSError, RuntimeError) as error:
        raise _unread() from error
    paragraphs = (_text(each).strip() for each in root.iter(f"{_WORD}p"))
    return "\n\n".join(each for each in paragraphs if each)


def _unread() -> ConversionError:
    return ConversionError(tr("This is no Word document."), tr("Give a .docx file."))


def _text(element: ET.Element) -> str:
    written = ""
    for child in element:
        match child.tag:
            case tag if tag == f"{SPACE}oMathPara":
                formulas = (to_latex(read_element(each)) for each in child.iterfind(f"{SPACE}oMath"))
                written += "".join(f"\\[{formula}\\]" for formula in formulas)
            case tag if tag == f"{SPACE}oMath":
                written += f"\\({to_latex(read_element(child))}\\)"
            case tag if tag == f"{_WORD}t":
                written += child.text or ""
            case tag if tag in {f"{_WORD}tab", f"{_WORD}br"}:
                written += " "
            case tag if tag in {f"{_WORD}instrText", f"{_WORD}p"}:
                pass
            case _:
                written += _text(child)
    return written
