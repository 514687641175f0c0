"""Colours of formulas: read from MathML, and taken away for what has none."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from writetex_desktop.core.formats.drawing.colours import colour_value
from writetex_desktop.core.formats.mathml.rebuilding import every_node, rebuilt
from writetex_desktop.core.formats.mathml.tree import EMPTY, Enclosed, Node, Painted, Space, Table, nodes_of


def in_colours_of(node: Node, element: ET.Element) -> Node:
    """Put what was read from an element of MathML in the colours that the element says."""
    ink, paper = (colour_value(element.get(name, "")) for name in ("mathcolor", "mathbackground"))
    return painted(node, ink, paper)


def painted(node: Node, ink: str, paper: str = "") -> Node:
    """Put something in colours; blanks have none, and lines of a derivation are coloured cell by cell.

    Args:
        node: What it is.
        ink: As in `Painted`.
        paper: As in `Painted`.
    """
    if not (ink or paper) or node == EMPTY or isinstance(node, Space):
        return node
    match node:
        case Enclosed(body=body) if body == EMPTY:
            return node
        case Table(rows, is_lines=True):
            cells = tuple(tuple(painted(cell, ink, paper) for cell in row) for row in rows)
            return replace(node, rows=cells)
        case Painted(body, inner_ink, inner_paper):
            return Painted(body, inner_ink or ink, inner_paper or paper)
        case _:
            return Painted(node, ink, paper)


def is_painted(node: Node) -> bool:
    """Whether a colour is in it."""
    return any(isinstance(each, Painted) for each in every_node(node))


def unpainted(node: Node) -> Node:
    """Give the same without colours."""
    return rebuilt(node, _opened) if is_painted(node) else node


def in_colours(latex: str, ink: str, paper: str) -> str:
    """Put LaTeX in colours, by the package xcolor; `ink` and `paper` are as in `Painted`, in capitals."""
    inked = f"\\textcolor[HTML]{{{ink}}}{{{latex}}}" if ink else latex
    return f"\\colorbox[HTML]{{{paper}}}{{${inked}$}}" if paper else inked


def _opened(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(
        part for node in nodes for part in (nodes_of(node.body) if isinstance(node, Painted) else (node,))
    )
