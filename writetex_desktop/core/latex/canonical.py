r"""One way to say a formula: the form in which the embedded recogniser learns and is measured.

Two formulas that look the same in print have the same canonical tokens: spacing, delimiter sizes and
synonyms are gone, subscripts come before superscripts, every argument is braced, and words stand letter by
letter in an alphabet (`\mathrm { f o r ~ a l l }`). The normaliser is idempotent. `latex_printer` makes LaTeX
for people of it again.
"""

from collections.abc import Iterable, Sequence

from writetex_desktop.core.latex import symbols
from writetex_desktop.core.latex.parser import NotMathematicsError, parse
from writetex_desktop.core.latex.scripts import PRIME, scripts_as_one, with_primes
from writetex_desktop.core.latex.tree import Atom, Command, Environment, Node, Row, Scripts, Space, flatten

RELATIONS: frozenset[str] = frozenset(
    (
        *("=", "<", ">", ":", "\\leq", "\\geq", "\\neq", "\\equiv", "\\approx", "\\sim", "\\simeq", "\\cong"),
        *("\\to", "\\in", "\\subset", "\\subseteq", "\\supset", "\\ll", "\\gg", "\\propto", "\\Rightarrow"),
        *("\\Leftrightarrow", "\\Longrightarrow", "\\Longleftrightarrow", "\\mapsto", "\\leftarrow"),
    ),
)
"""Signs before which aligned equations are cut."""

_ARROWS = {
    "\\xrightarrow": "\\longrightarrow",
    "\\xleftarrow": "\\longleftarrow",
    "\\xmapsto": "\\longmapsto",
}
_BREAK = Atom("\\\\")
_CUT = Atom("&")
_BLANK = Atom("~")


def canonical_tokens(latex: str) -> tuple[str, ...]:
    """The canonical tokens of a formula.

    Raises:
        NotMathematicsError: The text cannot be read, or holds an environment that is not mathematics.
    """
    return flatten(canonical_row(latex))


def canonicalize(latex: str) -> str:
    """The canonical form as LaTeX, tokens parted by blanks; canonicalising it again changes nothing.

    Raises:
        NotMathematicsError: The text cannot be read, or holds an environment that is not mathematics.
    """
    return " ".join(canonical_tokens(latex))


def canonical_row(latex: str) -> Row:
    """The canonical tree of a formula.

    Raises:
        NotMathematicsError: The text cannot be read, or holds an environment that is not mathematics.
    """
    row = parse(latex)
    if _BREAK in row or _CUT in row:
        lines = tuple(tuple(_split(line, _CUT)) for line in _split(row, _BREAK))
        name = "aligned" if _CUT in row else "gathered"
        row = (Environment(name, tuple(line for line in lines if any(line))),)
    return _normalize(row)


def _split(row: Sequence[Node], separator: Atom) -> list[Row]:
    pieces: list[list[Node]] = [[]]
    for node in row:
        if node == separator:
            pieces.append([])
        else:
            pieces[-1].append(node)
    return [tuple(piece) for piece in pieces]


def _normalize(row: Sequence[Node]) -> Row:
    """A row in which every rule holds."""
    nodes: list[Node] = []
    spaced = False
    for node in scripts_as_one(row):
        if isinstance(node, Space):
            spaced = True
            continue
        for normal in _rewrite(node):
            _join(nodes, normal, spaced=spaced)
            spaced = False
    return _with_cases(_finish(node) for node in nodes)


def _rewrite(node: Node) -> Row:
    """One node by its own rules, its neighbours unseen."""
    match node:
        case Atom(sign):
            if sign in {"\\\\", "&"}:
                raise NotMathematicsError(f"`{sign}` outside a table")
            return (Atom("\\bmod"),) if sign == "\\mod" else (node,)
        case Space():
            return ()
        case Scripts(sub, sup):
            scripts = Scripts(_normalize(sub), _normalize(with_primes(sup)))
            return (scripts,) if scripts != Scripts() else ()
        case Command():
            return _rewrite_command(node)
        case Environment():
            return _rewrite_environment(node)


def _rewrite_command(node: Command) -> Row:
    name = node.name
    if name == "\\substack":
        return _rewrite_stack(node.args[0])
    if name in symbols.ALPHABETS:
        return _rewrite_alphabet(name, node.args[0])
    args = tuple(_normalize(argument) for argument in node.args)
    option = _normalize(node.option)
    if name in symbols.ONE_ARGUMENT and not args[0]:
        return _rewrite_empty(name, args, option)
    match name:
        case "\\pmod":
            return (Atom("("), Atom("\\bmod"), *args[0], Atom(")"))
        case "\\overset" | "\\underset" if not args[0]:
            return args[1]
        case _:
            return (Command(_accent(name, args[0]), args, option),)


def _rewrite_stack(content: Row) -> Row:
    """Lines under one another; one alone is no stack."""
    lines = [line for line in map(_normalize, _split(content, _BREAK)) if line]
    if len(lines) <= 1:
        return lines[0] if lines else ()
    stacked: list[Node] = list(lines[0])
    for line in lines[1:]:
        stacked += [_BREAK, *line]
    return (Command("\\substack", (tuple(stacked),)),)


def _rewrite_empty(name: str, args: tuple[Row, ...], option: Row) -> Row:
    """A command over nothing: an arrow is still an arrow, anything else is gone."""
    if name not in _ARROWS:
        return ()
    return (Command(name, args, option),) if option else (Atom(_ARROWS[name]),)


def _accent(name: str, argument: Row) -> str:
    """The narrow accent over one sign, the wide one over several; any other command as it is."""
    if name not in symbols.NARROW_TO_WIDE and name not in symbols.WIDE_TO_NARROW:
        return name
    inner = argument
    if len(inner) == 1 and isinstance(inner[0], Command) and inner[0].name in symbols.ALPHABETS:
        inner = inner[0].args[0]
    if len(inner) == 1 and isinstance(inner[0], Atom):
        return symbols.WIDE_TO_NARROW.get(name, name)
    return symbols.NARROW_TO_WIDE.get(name, name)


def _rewrite_alphabet(name: str, content: Row) -> Row:
    inner: list[Node] = []
    for node in content:
        if isinstance(node, Space) or node == _BLANK:
            inner.append(_BLANK)
            continue
        for normal in _rewrite(node):
            if isinstance(normal, Command) and normal.name == name:
                inner += normal.args[0]
            else:
                _join(inner, normal, spaced=False)
    if name == "\\mathrm":
        return _distribute(inner)
    row = _trim([_finish(node) for node in inner])
    if name == "\\mathit" and len(row) == 1 and isinstance(row[0], Atom):
        return row
    return (Command(name, (row,)),) if row else ()


def _trim(nodes: Sequence[Node]) -> Row:
    """Without blanks at the ends, and at most one between two words."""
    kept: list[Node] = []
    for node in nodes:
        if node == _BLANK and (not kept or kept[-1] == _BLANK):
            continue
        kept.append(node)
    if kept and kept[-1] == _BLANK:
        kept.pop()
    return tuple(kept)


def _distribute(nodes: Sequence[Node]) -> Row:
    """Upright type as it shows: only letters look different for it, so only letters stay inside."""
    result: list[Node] = []
    word: list[Node] = []

    def flush() -> None:
        if any(_is_letter(node) for node in word):
            result.append(Command("\\mathrm", (tuple(word),)))
        word.clear()

    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        hyphen = node == Atom("-") and word and _is_letter(word[-1]) and _is_letter(following)
        if _is_letter(node) or node == _BLANK or hyphen:
            word.append(node)
            continue
        flush()
        match node:
            case Scripts(sub, sup):
                result.append(Scripts(_normalize(_distribute(sub)), _normalize(_distribute(sup))))
            case Command(name, args, option) if name not in symbols.ALPHABETS:
                result.append(
                    Command(name, tuple(_normalize(_distribute(argument)) for argument in args), option)
                )
            case _:
                result.append(node)
    flush()
    return tuple(result)


def _is_letter(node: Node | None) -> bool:
    return isinstance(node, Atom) and len(node.sign) == 1 and node.sign.isalpha()


def _rewrite_environment(node: Environment) -> Row:
    name = node.name
    if name in symbols.MATRICES:
        left, right = symbols.MATRICES[name]
        matrix = Environment("matrix", _cells(node.rows))
        if not matrix.rows:
            return ()
        return (*((Atom(left),) if left else ()), matrix, *((Atom(right),) if right else ()))
    if name in symbols.CASES:
        cases = Environment("cases", _cells(node.rows))
        return (cases,) if cases.rows else ()
    if name not in symbols.ALIGNMENTS and name not in symbols.GATHERINGS:
        raise NotMathematicsError(f"`{name}` is not an environment of mathematics that we know")
    rows = node.rows
    if name == "eqnarray":
        rows = tuple(
            (cells[0], _pick(cells, 1) + _pick(cells, 2), *cells[3:]) if len(cells) > 1 else cells
            for cells in rows
        )
    rows = tuple(row for row in (_shift_relations(row) for row in _cells(rows)) if any(row))
    if len(rows) < 2:  # noqa: PLR2004 - one row is no table
        return _normalize(tuple(inner for cells in rows for cell in cells for inner in cell))
    if name in symbols.GATHERINGS or all(len(cells) < 2 for cells in rows):  # noqa: PLR2004
        return (
            Environment(
                "gathered",
                tuple((_normalize(tuple(inner for cell in cells for inner in cell)),) for cells in rows),
            ),
        )
    return (Environment("aligned", rows),)


def _pick(cells: tuple[Row, ...], column: int) -> Row:
    return cells[column] if column < len(cells) else ()


def _cells(rows: tuple[tuple[Row, ...], ...]) -> tuple[tuple[Row, ...], ...]:
    """The rows with their cells normalised; rows of nothing at the end are no rows."""
    normal = [tuple(_normalize(cell) for cell in cells) for cells in rows]
    while normal and not any(normal[-1]):
        normal.pop()
    return tuple(normal)


def _shift_relations(cells: tuple[Row, ...]) -> tuple[Row, ...]:
    """A relation at the end of one cell moves to the start of the next."""
    shifted = list(cells)
    for column in range(len(shifted) - 1):
        while shifted[column] and isinstance(last := shifted[column][-1], Atom) and last.sign in RELATIONS:
            shifted[column] = shifted[column][:-1]
            shifted[column + 1] = _normalize((last, *shifted[column + 1]))
    return tuple(shifted)


def _join(nodes: list[Node], node: Node, *, spaced: bool) -> None:
    """Append a node, melting it into the one before where the two are one in print."""
    last = nodes[-1] if nodes else None
    match last, node:
        case Scripts(sub, sup), Scripts(more_sub, more_sup):
            primes = tuple(inner for inner in sup + more_sup if inner == PRIME)
            others = tuple(inner for inner in sup + more_sup if inner != PRIME)
            nodes[-1] = Scripts(_normalize(sub + more_sub), _normalize(primes + others))
        case Command(name, (left,), ()), Command(same, (right,), ()) if (
            name == same and name in symbols.ALPHABETS
        ):
            blank = (_BLANK,) if spaced and name == "\\mathrm" else ()
            melted = [*left, *blank]
            for inner in right:
                _join(melted, inner, spaced=False)
            nodes[-1] = Command(name, (tuple(melted),))
        case Atom("."), Atom(".") if len(nodes) > 1 and nodes[-2] == Atom("."):
            nodes[-2:] = [Atom("\\ldots")]
        case _:
            nodes.append(node)


def _finish(node: Node) -> Node:
    """Upright words with their outer blanks gone, and as operators where LaTeX has a name for them."""
    if not isinstance(node, Command) or node.name != "\\mathrm":
        return node
    row = _trim(node.args[0])
    word = "".join(inner.sign for inner in row if isinstance(inner, Atom))
    if "\\" + word in symbols.OPERATORS:
        return Atom("\\" + word)
    if word == "mod":
        return Atom("\\bmod")
    return Command("\\mathrm", (row,))


def _with_cases(nodes: Iterable[Node]) -> Row:
    """A matrix with a brace on its left alone is a distinction of cases."""
    row = list(nodes)
    place = 0
    while place + 1 < len(row):
        table = row[place + 1]
        closed = place + 2 < len(row) and row[place + 2] == Atom("\\}")
        if (
            row[place] == Atom("\\{")
            and isinstance(table, Environment)
            and table.name == "matrix"
            and not closed
        ):
            row[place : place + 2] = [Environment("cases", table.rows)]
        place += 1
    return tuple(row)
