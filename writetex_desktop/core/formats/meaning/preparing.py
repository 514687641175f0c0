r"""What a formula as a whole says of its letters, put into the nodes before they are read one by one.

* A letter before a lone letter or number in parentheses, as in `\sigma(x)`, is a function wherever a
  parenthesis follows it. Before a sum, `\sigma(x+1)`, it is a factor unless it is called so elsewhere; that
  is an assumption which is told.
* A bold letter, one with an arrow and one that is transposed is a matrix or a vector.
* A raised `i`, `j` or the like that means nothing elsewhere in the formula is an index and no exponent.
* Upright letters side by side are one name: `{\rm ln}` is `ln`.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.rebuilding import every_node, rebuilt
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.formats.meaning.brackets import comma_parts, is_blank, sign_of
from writetex_desktop.core.formats.meaning.dependents import with_variables
from writetex_desktop.core.formats.meaning.names import (
    FUNCTION,
    FUNCTIONS,
    GREEK_FUNCTIONS,
    MATRIX,
    OWN_FUNCTIONS,
    constant,
    letter_of,
    refuse,
)
from writetex_desktop.core.language.words import tr

_DIGITS_IN_GROUP: Final = 3
_SERIES: Final = frozenset("∑∏⋃⋂")
_UPPER_INDICES: Final = frozenset("ijμν")
_GREEK_INDICES: Final = frozenset("αβγδκλμνρστ")
_MINUS_ONE: Final = (tree.Operator("−"), tree.Number("1"))
_TRANSPOSED: Final = tree.Operator("⊤")
_USUAL_FACTORS: Final = frozenset("abcdklmnrstxzABCKNR")
"""Letters of which nobody doubts that they are factors before a sum in parentheses."""

_CONSTANTS: Final = frozenset("deiπ")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A formula whose letters say what they are.

    Attributes:
        node: The formula; a letter's face is `FUNCTION` or `MATRIX` where it is one of these.
        factors: The letters of which it was assumed that they are factors before a parenthesis.
        dependents: The letters that were taken for functions of another, as they have primes.
    """

    node: Node
    factors: tuple[str, ...] = ()
    dependents: Mapping[str, str] = field(default_factory=dict)


def prepare(node: Node, told: AbstractSet[str] = frozenset()) -> Prepared:
    """Put what the whole formula says of its letters into the nodes.

    Args:
        node: The formula.
        told: Letters that are functions before a parenthesis, as the user said.

    Raises:
        ConversionError: A raised sign may be an exponent or an index, or a transpose or an exponent.
    """
    node, dependents = with_variables(rebuilt(_without_full_stop(node), _with_names))
    rows = [each.nodes if isinstance(each, tree.Row) else (each,) for each in every_node(node)]
    calls = [(letter, inner) for row in rows for letter, inner in _calls(row)]
    functions = {letter for letter, inner in calls if _is_lone(inner)} - {"π"}
    functions |= told
    free = _free_letters(node)
    matrices = {each for each in map(_matrix_letter, every_node(node)) if each}
    if any(_is_sure_transpose(each, free) for each in every_node(node)):
        matrices |= {each for each in free if each.isascii() and each.isupper()} - functions

    def marked(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(_told(nodes, at, functions, matrices, free) for at in range(len(nodes)))

    known = functions | OWN_FUNCTIONS | GREEK_FUNCTIONS.keys() | _USUAL_FACTORS
    doubtful = dict.fromkeys(letter for letter, inner in calls if letter not in known | _letters(inner))
    return Prepared(rebuilt(node, marked), tuple(doubtful), dependents)


def _told(nodes: tuple[Node, ...], at: int, functions: set[str], matrices: set[str], free: set[str]) -> Node:
    node = nodes[at]
    letter = letter_of(node)
    _check_behind(nodes, at)
    if isinstance(node, tree.Scripts) and node.sup is not None:
        node = _with_checked_script(node, matrices, free)
    if letter in functions and _called_with(nodes, at) is not None:
        return _with_face(node, FUNCTION)
    if isinstance(node, tree.Word) and node.text in matrices:
        return replace(node, variant=MATRIX)
    return node


def _with_face(node: Node, face: str) -> Node:
    match node:
        case tree.Word(_, "" | "normal" | "italic"):
            return replace(node, variant=face)
        case tree.Scripts(tree.Word(_, "" | "normal" | "italic") as base):
            return replace(node, base=replace(base, variant=face))
        case _:
            return node


def _with_names(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out blanks, and make one name of upright letters side by side."""
    kept: list[Node] = []
    start = 0
    for node in (each for each in _with_whole_numbers(nodes) if not is_blank(each)):
        if not _is_upright(node):
            start = len(kept) + 1
        kept.append(node)
        name = "".join(each.text for each in kept[start:] if isinstance(each, tree.Word))
        if len(name) > 1 and (name in FUNCTIONS or not (set(name) <= _CONSTANTS or name.isupper())):
            kept[start:] = [tree.Word(name, "normal")]
    return tuple(kept)


def _with_whole_numbers(nodes: tuple[Node, ...]) -> list[Node]:
    """Make one number of its groups of three digits, which thin blanks part: `12 345.678`.

    Raises:
        ConversionError: Two numbers stand side by side that are no such groups.
    """
    whole: list[Node] = []
    for node in nodes:
        before = next((at for at in range(len(whole) - 1, -1, -1) if not is_blank(whole[at])), -1)
        match (whole[before] if before >= 0 else None, node):
            case (tree.Number(first), tree.Number(more)):
                if before == len(whole) - 1 or not _is_grouped(first, more):
                    raise refuse(tr("A number beside a number"))
                whole[before:] = [tree.Number(first + more)]
            case _:
                whole.append(node)
    return whole


def _is_grouped(first: str, more: str) -> bool:
    """Whether digits go on behind a thin blank: three at a time, and behind the point perhaps fewer."""
    if "." in first:
        return more.isdigit() and len(first.partition(".")[2]) % 3 == 0
    return len(more.partition(".")[0]) == _DIGITS_IN_GROUP and first.isdigit()


def _without_tag(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out the number of an equation, which stands at its end."""
    match nodes:
        case (*formula, tree.Space(), tree.Text(tag)) if (
            formula and tag.startswith("(") and tag.endswith(")")
        ):
            return tuple(formula)
        case _:
            return nodes


def _is_upright(node: Node) -> bool:
    return (
        isinstance(node, tree.Word)
        and node.variant == "normal"
        and node.text.isascii()
        and node.text.isalpha()
    )


def _without_full_stop(node: Node) -> Node:
    """Leave out the full stop of a sentence that ends with a number."""
    *before, last = _without_tag(nodes_of(node)) or (tree.EMPTY,)
    if isinstance(last, tree.Number) and last.text.endswith("."):
        last = tree.Number(last.text.removesuffix("."))
    return tree.Row((*before, last)) if before else last


# --- Functions and factors -----------------------------------------------------------------------------


def _calls(nodes: Sequence[Node]) -> Iterator[tuple[str, Sequence[Node]]]:
    """Give each letter before a parenthesis, with what stands in this."""
    for at, node in enumerate(nodes):
        inner = _called_with(nodes, at)
        if inner is not None and letter_of(node):
            yield letter_of(node), inner


def _called_with(nodes: Sequence[Node], at: int) -> Sequence[Node] | None:
    """What stands in the parentheses behind a node; None where there are none."""
    behind = nodes[at + 1] if at + 1 < len(nodes) else None
    match behind:
        case tree.Row((tree.Operator("("), *inner, _)) if tree.is_fenced(behind):
            return inner
        case tree.Operator("("):
            depth = 0
            for end in range(at + 1, len(nodes)):
                sign = sign_of(nodes[end])
                depth += (sign in tree.OPENING) - (sign in tree.CLOSING)
                if depth == 0:
                    return nodes[at + 2 : end]
        case _:
            pass
    return None


def _check_behind(nodes: Sequence[Node], at: int) -> None:
    """See to it that brackets behind a letter hold no place in a list and no argument of an inverse."""
    behind = nodes[at + 1 : at + 4]
    match behind:
        case [tree.Operator("["), inner, tree.Operator("]")] if letter_of(nodes[at]) and _is_lone([inner]):
            raise refuse(tr("A place in a list"))
        case _:
            pass
    match nodes[at : at + 2]:
        case [tree.Scripts(_, None, tree.Operator("∘" | "°")), tree.Word("C" | "F")]:
            raise refuse(tr("A temperature"))
        case _:
            pass
    match nodes[at]:
        case tree.Scripts(tree.Word(), None, sup, None, None) if (
            sup is not None and nodes_of(sup) == _MINUS_ONE and _is_lone(_called_with(nodes, at) or ())
        ):
            raise refuse(tr("An inverse function"))
        case _:
            pass


def _is_lone(inner: Sequence[Node]) -> bool:
    """Whether letters or numbers stand in parentheses, each alone between commas."""
    parts = comma_parts(inner)
    return bool(inner) and all(
        len(part) == 1 and (letter_of(part[0]) or isinstance(part[0], tree.Number)) for part in parts
    )


def _letters(nodes: Sequence[Node]) -> set[str]:
    return {each.text for node in nodes for each in every_node(node) if isinstance(each, tree.Word)}


# --- Matrices and indices ------------------------------------------------------------------------------


def _matrix_letter(node: Node) -> str:
    """The letter of a matrix or a vector where it is seen to be one; empty for other nodes."""
    match node:
        case tree.Word(text, variant) if variant.startswith("bold") and len(text) == 1:
            return text
        case tree.Limits(tree.Word(text), None, tree.Operator("→")):
            return text
        case tree.Scripts(tree.Word(text), _, sup, None, None) if _is_transpose(sup) and (
            text.isupper() or sup != tree.Word("T")
        ):
            return text
        case _:
            return ""


def _is_transpose(sup: Node | None) -> bool:
    """Whether what is raised may stand for a transpose."""
    match sup:
        case tree.Operator("⊤") | tree.Word("⊤" | "T"):
            return True
        case _:
            return False


def _is_sure_transpose(node: Node, free: set[str]) -> bool:
    return isinstance(node, tree.Scripts) and _is_transpose(node.sup) and "T" not in free


def _free_letters(node: Node) -> set[str]:
    """The letters that stand outside of scripts, and those that count in sums."""
    letters = _letters([each for each in every_node(node, in_scripts=False) if isinstance(each, tree.Word)])
    for each in every_node(node):
        match each:
            case tree.Limits(tree.Operator(sign), under) | tree.Scripts(tree.Operator(sign), under) if (
                sign in _SERIES and under is not None
            ):
                letters |= _letters(nodes_of(under)[:1])
            case _:
                pass
    return letters


def _with_checked_script(node: tree.Scripts, matrices: set[str], free: set[str]) -> Node:
    """See to it that what is raised is an exponent or a transpose for sure."""
    letter = letter_of(node.base)
    match node.sup:
        case tree.Operator("⊤") | tree.Word("⊤"):
            return replace(node, sup=_TRANSPOSED)
        case tree.Word("T", variant) if variant not in {"", "italic"}:
            return replace(node, sup=_TRANSPOSED)
        case tree.Word("T") if "T" not in free and (letter in matrices or _is_bracket(node.base)):
            return replace(node, sup=_TRANSPOSED)
        case _:
            pass
    if not letter or letter == "e" or (isinstance(node.base, tree.Word) and constant(node.base)):
        return node
    match node.sup:
        case tree.Word("T") if "T" not in free:
            raise refuse(tr("A raised T, which may be a transpose or an exponent,"))
        case tree.Row((tree.Operator("("), inner, tree.Operator(")"))) if _is_lone([inner]):
            raise refuse(tr("A script in parentheses"))
        case tree.Word() | tree.Row() as raised if _is_upper_index(nodes_of(raised), free):
            raise refuse(tr("An upper index"))
        case _:
            return node


def _is_bracket(node: Node) -> bool:
    match node:
        case tree.Operator(")" | "]"):
            return True
        case tree.Row():
            return tree.is_fenced(node)
        case _:
            return False


def _is_upper_index(raised: Sequence[Node], free: set[str]) -> bool:
    letters = {each.text for each in raised if isinstance(each, tree.Word)}
    if not all(isinstance(each, tree.Word) for each in raised) or letters & free:
        return False
    return letters <= _UPPER_INDICES or (len(raised) > 1 and letters <= _GREEK_INDICES)
