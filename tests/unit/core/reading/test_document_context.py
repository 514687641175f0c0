"""What goes along of the user's document."""

import pytest

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.reading.document_context import (
    LARGEST_DOCUMENT,
    MOST_CHARACTERS,
    MOST_LINES,
    DocumentKind,
    read_document,
)

PAPER = rb"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath, bm} % \usepackage{physics}
\newcommand{\vect}[1]{\bm{#1}}
\begin{document}
% a private remark
Let $\vect{v}$ be a vector.

The next equation is
\end{document}
left over
"""


def test_a_paper_gives_its_definitions_and_its_end_without_comments() -> None:
    context = read_document(PAPER, DocumentKind.LATEX)
    assert context.definitions == "\\usepackage{amsmath,bm}\n\\newcommand{\\vect}[1]{\\bm{#1}}"
    assert context.ending == "Let $\\vect{v}$ be a vector.\n\nThe next equation is"
    assert [each.name for each in context.macros] == ["vect"]


def test_typst_and_markdown_give_theirs() -> None:
    typst = read_document(b"#let f(x) = $bold(x)$ // mine\n= T\nhttps://a.example\n", DocumentKind.TYPST)
    assert typst.definitions == "#let f(x) = $bold(x)$"
    assert typst.ending.endswith("https://a.example")
    notes = read_document(b"$$\\def\\R{\\mathbb{R}}$$\n<!-- mine -->\nText\n", DocumentKind.MARKDOWN)
    assert notes.definitions == "\\newcommand{\\R}{\\mathbb{R}}"
    assert "mine" not in notes.ending


def test_the_kind_is_told_by_the_name() -> None:
    names = ("a.tex", "b.MD", "c.typ", "d")
    assert [DocumentKind.of(name).name for name in names] == ["LATEX", "MARKDOWN", "TYPST", "LATEX"]


def test_what_goes_along_of_a_long_document_is_bounded() -> None:
    lines = b"\n".join(b"\\newcommand{\\a%s}{x}" % bytes([97 + n % 26, 97 + n // 26]) for n in range(600))
    body = b"\n".join(b"line %d of many" % n for n in range(5000))
    context = read_document(lines + b"\\begin{document}" + body, DocumentKind.LATEX)
    assert len(context.definitions) <= MOST_CHARACTERS
    assert len(context.ending.split("\n")) == MOST_LINES
    assert context.ending.endswith("line 4999 of many")
    one_line = read_document(b"x" * 50_000, DocumentKind.MARKDOWN)
    assert one_line.ending == "x" * MOST_CHARACTERS


@pytest.mark.parametrize("data", [b"a\0b", b"x" * (LARGEST_DOCUMENT + 1)])
def test_a_file_that_cannot_go_along_is_said_with_a_remedy(data: bytes) -> None:
    with pytest.raises(StorageError) as failure:
        read_document(data, DocumentKind.LATEX)
    assert failure.value.remedy.text


def test_old_encodings_and_line_ends_are_read() -> None:
    assert read_document("für\r\nalle".encode("latin-1"), DocumentKind.LATEX).ending == "für\nalle"
