"""Matrices and derivations as OMML, with the lines between their cells."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.omml.elements import add, close_place, put_option, put_run

Fill = Callable[[ET.Element, Node], None]

SIDES: Final = ("hideTop", "hideBot", "hideLeft", "hideRight")


def put_lines(parent: ET.Element, table: tree.Table, fill: Fill) -> None:
    """Put the lines of a derivation; an ampersand in it marks the places that are aligned."""
    lines = add(parent, "eqArr")
    for row in table.rows:
        line = add(lines, "e")
        for at, cell in enumerate(row):
            if at:
                put_run(line, "&", "normal")
            start = len(line)
            fill(line, cell)
            _join(line[start:] if at else [])
        close_place(line)


def _join(written: Sequence[ET.Element]) -> None:
    """Let the sign behind a mark of alignment be one between two sides, as it is in the whole line."""
    for options in (found for element in written[:1] for found in element.findall("m:rPr")):
        for literal in options.findall("m:lit"):
            options.remove(literal)


def put_matrix(
    parent: ET.Element, table: tree.Table, fill: Fill, brackets: tuple[str, str] = ("", "")
) -> None:
    """Put a matrix between brackets.

    An upright line between columns becomes a bar between two matrices, as high as the brackets; a level one a
    border below the cells of a row.
    """
    rules = table.rules or tree.Rules((), (), is_framed=False, is_dashed=False)
    if rules.is_framed:
        parent = add(add(parent, "borderBox"), "e")
    if not rules.columns and brackets == ("", ""):
        _put_columns(parent, table, range(table.width), rules.rows, fill)
        return
    pair = add(parent, "d")
    options = add(pair, "dPr")
    put_option(options, "begChr", brackets[0])
    if rules.columns:
        put_option(options, "sepChr", "|")
    put_option(options, "endChr", brackets[1])
    for start, end in pairwise((0, *rules.columns, table.width)):
        _put_columns(add(pair, "e"), table, range(start, end), rules.rows, fill)


def _put_columns(
    parent: ET.Element, table: tree.Table, columns: range, lines: Sequence[int], fill: Fill
) -> None:
    matrix = add(parent, "m")
    groups = add(add(matrix, "mPr"), "mcs")
    aligned = [table.aligned[at] if at < len(table.aligned) else "center" for at in columns]
    for side, same in groupby(aligned):
        options = add(add(groups, "mc"), "mcPr")
        put_option(options, "count", str(len(list(same))))
        put_option(options, "mcJc", side)
    for number, row in enumerate(table.rows, 1):
        cells = add(matrix, "mr")
        for at in columns:
            cell = add(cells, "e")
            place = _bordered_below(cell) if number in lines else cell
            if at < len(row):
                fill(place, row[at])
            close_place(place)


def _bordered_below(cell: ET.Element) -> ET.Element:
    box = add(cell, "borderBox")
    options = add(box, "borderBoxPr")
    for side in SIDES:
        if side != "hideBot":
            put_option(options, side, "1")
    return add(box, "e")
