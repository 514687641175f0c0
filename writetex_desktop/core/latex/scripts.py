"""Scripts and primes of one nucleus, however they were written one after the other."""

from collections.abc import Iterable, Sequence
from typing import Final

from writetex_desktop.core.latex.tree import Atom, Node, Row, Scripts, Space

PRIME: Final = Atom("'")
_PRIMED: Final = Scripts(sup=(PRIME,))


def with_primes(row: Row) -> Row:
    """A superscript whose first signs are primes has them as signs, not as superscripts of nothing."""
    signs = 0
    primes = 0
    while signs < len(row) and (row[signs] in (_PRIMED, PRIME) or isinstance(row[signs], Space)):
        primes += not isinstance(row[signs], Space)
        signs += 1
    return (PRIME,) * primes + row[signs:]


def scripts_as_one(row: Sequence[Node]) -> Iterable[Node]:
    """Join scripts that follow one another, all of a run at once; one by one would cost its square."""
    run: list[Scripts] = []
    for node in row:
        if isinstance(node, Scripts):
            run.append(node)
            continue
        if isinstance(node, Space) and run:
            continue
        yield from _joined(run)
        run = []
        yield node
    yield from _joined(run)


def _joined(run: list[Scripts]) -> Row:
    if len(run) < 2:  # noqa: PLR2004 - one is one already
        return tuple(run)
    sup = tuple(inner for each in run for inner in with_primes(each.sup))
    primes = tuple(inner for inner in sup if inner == PRIME)
    others = tuple(inner for inner in sup if inner != PRIME)
    return (Scripts(tuple(inner for each in run for inner in each.sub), primes + others),)
