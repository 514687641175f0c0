"""A tree made anew with its rows changed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from writetex_desktop.core.formats.mathml.tree import (
    EMPTY,
    Enclosed,
    Fraction,
    Limits,
    Node,
    Number,
    Operator,
    Painted,
    Root,
    Row,
    Scripts,
    Space,
    Table,
    Text,
    Word,
    nodes_of,
)

Change = Callable[[tuple[Node, ...]], tuple[Node, ...]]
"""Gives what shall stand in the place of nodes side by side; their parts have been changed before."""


def rebuilt(node: Node, change: Change) -> Node:
    """Change all rows of a tree, the inner ones first; a node that stands alone is a row of one."""
    nodes = change(tuple(_with_parts(each, change) for each in nodes_of(node)))
    if isinstance(node, Row) and node != EMPTY:
        return replace(node, nodes=nodes)
    return nodes[0] if len(nodes) == 1 else Row(nodes)


def every_node(node: Node, *, in_scripts: bool = True) -> Iterator[Node]:
    """Give a node and all its parts; those in scripts and limits only if they are wanted."""
    yield node
    for part in _parts(node, in_scripts=in_scripts):
        yield from every_node(part, in_scripts=in_scripts)


def _with_parts(node: Node, change: Change) -> Node:  # noqa: PLR0911 - one case a kind of node
    match node:
        case Row():
            return rebuilt(node, change)
        case Fraction(top, bottom):
            return replace(node, top=rebuilt(top, change), bottom=rebuilt(bottom, change))
        case Root(body, index):
            return Root(rebuilt(body, change), _maybe(index, change))
        case Scripts(base, sub, sup, pre_sub, pre_sup):
            corners = (_maybe(corner, change) for corner in (sub, sup, pre_sub, pre_sup))
            return Scripts(rebuilt(base, change), *corners)
        case Limits(base, under, over):
            return Limits(rebuilt(base, change), _maybe(under, change), _maybe(over, change))
        case Table(rows):
            return replace(node, rows=tuple(tuple(rebuilt(cell, change) for cell in row) for row in rows))
        case Enclosed(notations, body):
            return Enclosed(notations, rebuilt(body, change))
        case Painted(body):
            return replace(node, body=rebuilt(body, change))
        case Word() | Number() | Operator() | Text() | Space():
            return node


def _maybe(node: Node | None, change: Change) -> Node | None:
    return rebuilt(node, change) if node is not None else None


def _parts(node: Node, *, in_scripts: bool) -> Iterator[Node]:  # noqa: C901 - one case a kind of node
    match node:
        case Row(nodes):
            yield from nodes
        case Fraction(top, bottom):
            yield from (top, bottom)
        case Root(body, index):
            yield from (body, *([index] if index is not None else []))
        case Scripts(base):
            yield base
            if in_scripts:
                corners = (node.sub, node.sup, node.pre_sub, node.pre_sup)
                yield from (corner for corner in corners if corner is not None)
        case Limits(base, under, over):
            yield base
            if in_scripts:
                yield from (part for part in (under, over) if part is not None)
        case Table(rows):
            yield from (cell for row in rows for cell in row)
        case Enclosed(_, body) | Painted(body):
            yield body
        case Word() | Number() | Operator() | Text() | Space():
            pass
