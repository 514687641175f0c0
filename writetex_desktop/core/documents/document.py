"""Results on their way into a file: blocks, and what each formula is in the language of the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from writetex_desktop.core.formats.page import (
    Block,
    Figure,
    Formula,
    Grid,
    Listing,
    Paragraph,
    Role,
    Run,
    Words,
)
from writetex_desktop.core.formats.page_text import page_of
from writetex_desktop.core.formats.wrapping import formula_body, holds_several
from writetex_desktop.core.language.words import mark
from writetex_desktop.core.reading.recognition import Mode


class DocumentForm(StrEnum):
    """The forms of the file; the values are the endings of its name."""

    DOCX = "docx"
    ODT = "odt"
    LATEX = "tex"
    MARKDOWN = "md"
    TYPST = "typ"
    HTML = "html"
    NOTEBOOK = "ipynb"

    @property
    def label(self) -> str:
        """What people call it, in English."""
        return _LABELS[self]

    @property
    def is_binary(self) -> bool:
        """Whether the file is no text."""
        return self in {DocumentForm.DOCX, DocumentForm.ODT}


_LABELS: Final = {
    DocumentForm.DOCX: mark("Word document"),
    DocumentForm.ODT: mark("OpenDocument text"),
    DocumentForm.LATEX: mark("LaTeX document"),
    DocumentForm.MARKDOWN: "Markdown",
    DocumentForm.TYPST: mark("Typst document"),
    DocumentForm.HTML: mark("Web page"),
    DocumentForm.NOTEBOOK: mark("Jupyter notebook"),
}


def document_form(name: str) -> DocumentForm | None:
    """Tell the form by the ending of a file's name; None for one that is not known."""
    ending = name.rpartition(".")[2].lower()
    return DocumentForm(ending) if ending in set(DocumentForm) else None


@dataclass(frozen=True, slots=True)
class DocumentWish:
    """A file that the user wants.

    Attributes:
        path: Where.
        form: What.
        is_numbered: Whether the displayed formulas are numbered.
    """

    path: Path
    form: DocumentForm
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    r"""What stands in parentheses beside a displayed formula.

    Attributes:
        text: A number, or what `\tag` says.
        is_counted: Whether it is the next one, so that the reader of the file may count anew.
    """

    text: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Document:
    """What goes into a file.

    Attributes:
        blocks: In their order.
        formulas: Each formula in the language of the file: OMML, MathML, Typst or LaTeX; one that is missing
            stands as its LaTeX.
        numbers: The numbers of the displayed formulas, by the place of the block.
        definitions: The user's own commands that its formulas need, as LaTeX.
        pictures: The figures' files as PNG, by the names that the blocks give.
    """

    blocks: tuple[Block, ...]
    formulas: Mapping[Formula, str]
    numbers: Mapping[int, Number]
    definitions: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


_TAG: Final = re.compile(
    r"\s*\\(?:tag\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}|label\s*\{[^{}]*\}|(?:notag|nonumber)(?![a-zA-Z]))"
)
_LINES: Final = re.compile(r"\\\\|\\begin")


def blocks_of(results: Iterable[tuple[str, Mode]]) -> tuple[Block, ...]:
    """Give the blocks of results, each a markup and what it is; a displayed formula is one of its own."""
    return tuple(block for markup, mode in results for block in _blocks(markup, mode))


def numbered(blocks: Iterable[Block], *, count: bool) -> tuple[tuple[Block, ...], dict[int, Number]]:
    r"""Take the numbers out of displayed formulas of one line, and number the others.

    Args:
        blocks: What `blocks_of` gives.
        count: Whether formulas without a `\tag` are numbered, from 1.

    Returns:
        The blocks without their tags, and the number of each by its place.
    """
    made: list[Block] = []
    numbers: dict[int, Number] = {}
    counted = 0
    for at, block in enumerate(blocks):
        formula = displayed(block)
        if formula is None:
            made.append(block)
            continue
        tag = "" if _LINES.search(formula.latex) else "".join(_TAG.findall(formula.latex))
        if tag:
            numbers[at] = Number(tag, is_counted=False)
        elif count:
            counted += 1
            numbers[at] = Number(str(counted), is_counted=True)
        # A number that is counted here takes the place of what LaTeX would count.
        bare = _TAG.sub("", formula.latex) if at in numbers else formula.latex
        made.append(Paragraph((replace(formula, latex=bare),)))
    return tuple(made), numbers


def displayed(block: Block) -> Formula | None:
    """Give the formula of a paragraph that is one displayed formula and nothing else."""
    match block:
        case Paragraph((Formula(_, True) as formula,), 0):
            return formula
        case _:
            return None


def _blocks(markup: str, mode: Mode) -> Iterator[Block]:
    body = formula_body(markup) if mode.is_formula else ""
    if body and not holds_several(body):
        yield Paragraph((Formula(body, display=True),))
        return
    for block in page_of(markup, Mode.TEXT if mode.is_formula else mode):
        match block:
            case Paragraph():
                yield from _parted(block)
            case Grid() | Listing() | Figure():
                yield block


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Give displayed formulas paragraphs of their own."""
    if paragraph.level or paragraph.role is not Role.TEXT:
        yield paragraph
        return
    line: list[Run] = []
    for run in paragraph.runs:
        if isinstance(run, Formula) and run.display:
            if said := _trimmed(line):
                yield Paragraph(said)
            yield Paragraph((replace(run, latex=formula_body(run.latex)),))
            line = []
        else:
            line.append(run)
    if said := _trimmed(line):
        yield Paragraph(said)


def _trimmed(line: Sequence[Run]) -> tuple[Run, ...]:
    """Take the blanks at both ends away; nothing where there was nothing else."""
    runs = list(line)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if runs and isinstance(words := runs[end], Words):
            text = strip(words.text)
            runs[end : len(runs) if end else 1] = [Words(text)] if text else []
    return tuple(runs)
