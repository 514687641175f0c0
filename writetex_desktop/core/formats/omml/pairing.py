"""Brackets as pairs, and signs that say nothing but themselves, in a row of nodes.

OMML is read by programs that parse its runs as a language of their own. LibreOffice (seen in 7.4) makes
StarMath of them: a bracket that bears a script has lost its partner there, a plus alone in an exponent wants
something beside it, `|` is an "or" and `sup` a script; each is an error, drawn as a question mark upside
down. Two means of the standard mend that and change nothing in Word: a pair of brackets is an `m:d` that does
not grow, as Word itself and pandoc write it, and a run whose signs mean nothing further is literal (`m:lit`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node

_OPENING: Final = frozenset("([{⟨⌊⌈")
_CLOSING: Final = frozenset(")]}⟩⌋⌉")
_BARS: Final = frozenset("|‖∥")
_PARALLEL: Final = "∥"
"""Two bars that may be a relation too: they open only where nothing stands before them."""

_PREFIXES: Final = frozenset("+−-±∓¬∑∏∐∫∬∭∮∯∰√∇∂∀∃")
"""Signs that want something only behind them."""

_ATOMS: Final = frozenset(",;:.!?′″‴…⋯⋮⋱∞∅°ℏℓ℘ℵℜℑ$∠△⊤⊥□◇")
"""Signs that want nothing beside them."""

_ALWAYS: Final = frozenset('|‖∣∥#%&"_^~`\\@()[]{}⟨⟩⌊⌋⌈⌉')
"""Signs that are words of StarMath's grammar, and brackets without a partner."""

_TAKEN: Final = """
    abs acute aleph and approx bar binom black blue bold boper breve check circ circle color coprod csub
    csup ddot def div divides dot downarrow drarrow equiv exists fact font forall func ge geslant grave
    green gt hat hbar iiint iint im in infinity infty int intd intersection it ital italic lambdabar
    langle lbrace lceil ldline left leslant lfloor liint lint llint lllint lline lsub lsup lt mathml
    matrix middle minusplus nabla nbold ndivides neg neq newline ni nitalic none notin nroot nsubset
    odivide odot ominus oper oplus or ortho otimes over overbrace overline overstrike owns parallel
    partial phantom plusminus prec prod prop rangle rbrace rceil rdline re red rfloor right rline rsub
    rsup sans serif set setminus sim simeq size slash sqrt stack sub subset succ sum sup supset tilde
    times to toward transl transr uminus underbrace underline underover union uoper uplus vec white
    widehat widetilde widevec wideslash widebslash wp yellow
"""
_WORDS: Final = frozenset(_TAKEN.split())
"""Names that StarMath takes for commands, in small letters; it reads large ones alike."""


_LIMITS: Final = frozenset(("lim", "limsup", "liminf"))
"""Names that StarMath wants something behind."""


@dataclass(frozen=True, slots=True)
class Flat(tree.Row):
    """A pair of brackets, its contents between them, that is no higher than they are in the source."""


def paired(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Join brackets with what stands between, a `Flat` each; its scripts are those of the last."""
    found: list[Node] = []
    opened: list[int] = []
    for node in nodes:
        sign = _bracket(node)
        start = _partner(sign, found, opened)
        if start is None:
            if isinstance(node, tree.Operator) and (sign in _OPENING or _may_open(sign, found)):
                opened.append(len(found))
            found.append(node)
            continue
        del opened[opened.index(start) :]
        inner = found[start + 1 :]
        pair = Flat((found[start], *inner, tree.Operator(sign)), is_pair=True)
        joined: Node = pair
        if isinstance(node, tree.Scripts):
            joined = tree.Scripts(pair, node.sub, node.sup)
        found[start:] = [joined]
    return tuple(found)


def is_pair(node: Node) -> bool:
    """Whether a node is a pair of brackets that was joined, with scripts or without."""
    return isinstance(node, Flat) or (isinstance(node, tree.Scripts) and isinstance(node.base, Flat))


def is_literal(nodes: Sequence[Node], at: int) -> bool:
    """Whether the sign or name at a place means nothing further: it has nothing beside it to join."""
    match nodes[at]:
        case tree.Word(sign):
            is_name = True
        case tree.Operator(sign):
            is_name = len(sign) > 1 and sign.replace(" ", "").isalpha()
        case _:
            return False
    behind = next((each for each in nodes[at + 1 :] if _is_seen(each)), None)
    if is_name:
        is_lone_limit = sign in _LIMITS and behind is None
        return is_lone_limit or sign in _ALWAYS or (len(sign) > 1 and _is_taken(sign))
    if sign in _ALWAYS or sign in _ATOMS or not sign:
        return sign in _ALWAYS
    if behind is None or (isinstance(behind, tree.Operator) and behind.text not in _ATOMS | _PREFIXES):
        return True
    before = next((each for each in reversed(nodes[:at]) if _is_seen(each)), None)
    is_met = before is not None and (not isinstance(before, tree.Operator) or before.text in _ATOMS)
    return sign not in _PREFIXES and not is_met


def _is_taken(name: str) -> bool:
    return not _WORDS.isdisjoint(name.lower().split())


def _is_seen(node: Node) -> bool:
    return not isinstance(node, tree.Space) and node not in (
        tree.EMPTY,
        tree.Operator(""),
        tree.Operator(tree.APPLICATION),
    )


def _bracket(node: Node) -> str:
    match node:
        case tree.Operator(sign, grows=False) | tree.Scripts(
            tree.Operator(sign, grows=False), _, _, None, None
        ):
            return sign if sign in _OPENING | _CLOSING | _BARS else ""
        case _:
            return ""


def _partner(sign: str, found: Sequence[Node], opened: Sequence[int]) -> int | None:
    """Tell where the bracket stands that a sign closes; bars within a pair of brackets have none outside."""
    candidates = opened if sign in _CLOSING else opened[-1:] if sign in _BARS else ()
    for start in reversed(candidates):
        opening = _bracket(found[start])
        if opening == sign if sign in _BARS else opening in _OPENING:
            return start
    return None


def _may_open(sign: str, found: Sequence[Node]) -> bool:
    if sign != _PARALLEL:
        return sign in _BARS
    before = next((each for each in reversed(found) if _is_seen(each)), None)
    return before is None or isinstance(before, tree.Operator)
