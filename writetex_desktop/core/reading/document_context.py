r"""What a document tells about the formulas in it: the commands it defines and what it says last.

The document is a LaTeX, Markdown or Typst file of the user's. Of it goes along, when the user asks for it:
definitions and packages for mathematics, and the lines before its end, which is where one writes. All of it
is bounded, and comments are left out: they are not part of what the document says.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePath
from typing import Final

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.macros import Macro, format_macro, macros_in, without_comments

LARGEST_DOCUMENT: Final = 2_000_000
"""Bytes; a book has about one million."""

MOST_LINES: Final = 40
MOST_CHARACTERS: Final = 2_000
"""What goes along of the end of a document; the same holds for the characters of its definitions."""

SUFFIXES: Final = (".tex", ".ltx", ".sty", ".md", ".markdown", ".typ")
"""How the files are called that are offered."""

_PACKAGES: Final = frozenset(
    (
        *("amsmath", "amssymb", "bbm", "bm", "braket", "cancel", "diffcoeff", "dsfont", "esint", "mathdots"),
        *("mathrsfs", "mathtools", "mhchem", "nicematrix", "physics", "physics2", "siunitx", "stmaryrd"),
        *("tensor", "tikz-cd", "unicode-math"),
    )
)
_USEPACKAGE: Final = re.compile(r"\\(?:usepackage|RequirePackage)\s*+(?:\[[^\]\\]*+\])?\s*+\{([^}\\]*+)\}")
_BEGIN: Final = re.compile(r"\\begin\s*\{document\}")
_END: Final = re.compile(r"\\end\s*\{document\}")
_LET: Final = re.compile(r"^#let\s+.+$", re.MULTILINE)
_TYPST_COMMENT: Final = re.compile(r"(?<![:/])//[^\n]*+")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


class DocumentKind(Enum):
    """In what a document is written."""

    LATEX = auto()
    MARKDOWN = auto()
    TYPST = auto()

    @classmethod
    def of(cls, name: str) -> "DocumentKind":
        """Tell it from a file's name; what is not known is taken for LaTeX."""
        suffix = PurePath(name).suffix.lower()
        if suffix == ".typ":
            return cls.TYPST
        return cls.MARKDOWN if suffix in {".md", ".markdown"} else cls.LATEX


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What goes along of a document.

    Attributes:
        definitions: Lines with the packages and commands that matter to formulas.
        ending: What stands before its end.
        macros: The commands, for the preview.
    """

    definitions: str
    ending: str
    macros: tuple[Macro, ...] = ()


def read_document(data: bytes, kind: DocumentKind) -> DocumentContext:
    """Take from a file what goes along.

    Args:
        data: The whole file.
        kind: In what it is written.

    Raises:
        StorageError: It is too large, or is no text.
    """
    if len(data) > LARGEST_DOCUMENT:
        raise StorageError(
            tr("The document is too large to go along."),
            tr("Choose the chapter that you write on; 2 MB is the limit."),
        )
    if b"\0" in data:
        raise StorageError(
            tr("The document is no text file."),
            tr("Choose a LaTeX, Markdown or Typst file."),
        )
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if kind is DocumentKind.TYPST:
        text = _TYPST_COMMENT.sub("", _without(text, "/*", "*/"))
        return DocumentContext(_first([line.rstrip() for line in _LET.findall(text)]), _ending(text))
    if kind is DocumentKind.MARKDOWN:
        text = _without(text, "<!--", "-->")
        macros = macros_in(text)
        return DocumentContext(_first([format_macro(each) for each in macros]), _ending(text), macros)
    text = without_comments(text)
    begin = _BEGIN.search(text)
    macros = macros_in(text[: begin.start()] if begin else text)
    lines = [*_packages(text[: begin.start()] if begin else text), *map(format_macro, macros)]
    body = text[begin.end() :] if begin else text
    end = _END.search(body)
    return DocumentContext(_first(lines), _ending(body[: end.start()] if end else body), macros)


def _without(text: str, opening: str, closing: str) -> str:
    """Leave out what stands between two marks; what is not closed stays."""
    pieces: list[str] = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        pieces.append(text[position:start])
        position = end + len(closing)
    return "".join((*pieces, text[position:]))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # what old LaTeX was written in; every byte is a letter there


def _packages(preamble: str) -> list[str]:
    named = [name.strip() for found in _USEPACKAGE.findall(preamble) for name in found.split(",")]
    known = [name for name in dict.fromkeys(named) if name in _PACKAGES]
    return [f"\\usepackage{{{','.join(known)}}}"] if known else []


def _first(lines: list[str]) -> str:
    """Join as many lines as there is room for."""
    kept: list[str] = []
    room = MOST_CHARACTERS
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)


def _ending(text: str) -> str:
    """Give the last lines, as many as there is room for; a line that is too long loses its beginning."""
    lines = _BLANK_LINES.sub("\n\n", text).strip().split("\n")[-MOST_LINES:]
    ending = "\n".join(lines)
    if len(ending) <= MOST_CHARACTERS:
        return ending
    cut = ending[-MOST_CHARACTERS:]
    return cut.partition("\n")[2] or cut
