r"""Reads LaTeX mathematics into a tree, with what does not show in print left out.

It knows what people write in formulas and snips, not TeX: no definitions, no boxes, no conditionals.
"""

import re

from writetex_desktop.core.latex import symbols
from writetex_desktop.core.latex.tree import Atom, Command, Environment, Node, Row, Scripts, Space

MAX_DEPTH = 40
"""Groups inside groups before the parser gives up, far below Python's own limit."""

_TOKEN = re.compile(
    r"\\(?:begin|end)\s*\{[a-zA-Z]+\*?\}|\\(?:operatorname|hspace|tag)\*|\\[a-zA-Z]+|\\.|\s+|%[^\n]*\n?|.",
    re.DOTALL,
)
_SIGNS_IN_TEXT = frozenset(("\\&", "\\%", "\\#", "\\$", "\\_"))
_NOT_IN_TEXT = frozenset("{}'`^_&\\")
_WRAPPERS = (("\\[", "\\]"), ("\\(", "\\)"), ("$$", "$$"), ("$", "$"))


class NotMathematicsError(ValueError):
    """The text is not LaTeX mathematics that the parser can read."""


def parse(latex: str) -> Row:
    """Read a formula, with or without its dollar signs.

    Raises:
        NotMathematicsError: Braces or environments do not balance, or groups nest too deeply.
    """
    text = latex.strip()
    for opening, closing in _WRAPPERS:
        if text.startswith(opening) and text.endswith(closing) and len(text) >= len(opening) + len(closing):
            text = text[len(opening) : len(text) - len(closing)]
            break
    parser = _Parser(_TOKEN.findall(text))
    row = parser.row(until=frozenset(), depth=0)
    if not parser.at_end:
        raise NotMathematicsError(f"`{parser.peek()}` closes nothing")
    return row


class _Parser:
    """A recursive descent over the tokens of one formula."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [sign for sign in tokens if not sign.startswith("%")]
        self._place = 0

    @property
    def at_end(self) -> bool:
        return self._place >= len(self._tokens)

    def peek(self) -> str:
        if self.at_end:
            raise NotMathematicsError("the formula ends in the middle")
        return self._tokens[self._place]

    def next(self) -> str:
        sign = self.peek()
        self._place += 1
        return sign

    def skip_blanks(self) -> None:
        while not self.at_end and self.peek().isspace():
            self._place += 1

    def accept(self, sign: str) -> bool:
        self.skip_blanks()
        if not self.at_end and self.peek() == sign:
            self._place += 1
            return True
        return False

    def row(self, until: frozenset[str], depth: int) -> Row:
        """Everything up to one of `until`, which is left for the caller; to the end if it is empty."""
        if depth > MAX_DEPTH:
            raise NotMathematicsError("groups nest too deeply")
        nodes: list[Node] = []
        while True:
            self.skip_blanks()
            if self.at_end:
                if until:
                    raise NotMathematicsError("a group is not closed")
                return tuple(nodes)
            sign = self.peek()
            if sign in until:
                return tuple(nodes)
            if sign == "}" or sign.startswith("\\end"):
                if until:
                    raise NotMathematicsError(f"`{sign}` where a group is open")
                return tuple(nodes)
            if sign in symbols.SWITCHES:
                self.next()
                rest = self.row(until, depth + 1)
                return (*nodes, Command(symbols.SWITCHES[sign], (rest,)))
            if sign in symbols.INFIX:
                self.next()
                below = self.row(until, depth + 1)
                return (_infix(symbols.INFIX[sign], tuple(nodes), below),)
            nodes += self.item(depth)

    def group(self, depth: int) -> Row:
        """What stands between braces, the opening one already read."""
        row = self.row(frozenset("}"), depth + 1)
        self.next()
        return row

    def argument(self, depth: int) -> Row:
        """A group in braces or the next item."""
        self.skip_blanks()
        if self.accept("{"):
            return self.group(depth)
        if self.peek() in {"}", "&", "\\\\", "_", "^"} or self.peek().startswith("\\end"):
            raise NotMathematicsError(f"`{self.peek()}` where an argument should be")
        if depth > MAX_DEPTH:
            raise NotMathematicsError("groups nest too deeply")
        return self.item(depth + 1)

    def raw_group(self) -> str:
        """The text between braces as it stands."""
        if not self.accept("{"):
            self.skip_blanks()
            return self.next()
        depth = 1
        pieces: list[str] = []
        while True:
            sign = self.next()
            depth += (sign == "{") - (sign == "}")
            if not depth:
                return "".join(pieces)
            pieces.append(sign)

    def option(self, depth: int) -> Row:
        """What stands between square brackets, if they come next."""
        if not self.accept("["):
            return ()
        row = self.row(frozenset("]"), depth + 1)
        self.next()
        return row

    def item(self, depth: int) -> Row:  # noqa: C901, PLR0911, PLR0912 - the grammar, one line for each kind of sign
        """The next construct."""
        sign = self.next()
        sign = symbols.COMMAND_SYNONYMS.get(sign, symbols.SYNONYMS.get(sign, sign))
        if sign == "{":
            return self.group(depth)
        if sign in {"_", "^"}:
            row = self.argument(depth)
            return (Scripts(sub=row),) if sign == "_" else (Scripts(sup=row),)
        if sign == "'":
            return (Scripts(sup=(Atom("'"),)),)
        if sign in symbols.SPACES:
            return (Space(),)
        if sign in symbols.SIZED:
            if self.accept("."):
                return ()
            return (
                (Atom("\\langle"),) if self.accept("<") else (Atom("\\rangle"),) if self.accept(">") else ()
            )
        if sign in symbols.DROPPED:
            return ()
        if sign in symbols.DROPPED_WITH_ARGUMENT:
            self.raw_group()
            return (Space(),) if sign.startswith("\\hspace") else ()
        if sign == "\\textcolor":
            self.raw_group()
            return self.argument(depth)
        if sign in symbols.TRANSPARENT:
            return self.argument(depth)
        if sign == "\\not":
            return self._negation(depth)
        if sign in symbols.MACROS and symbols.MACROS[sign] != sign:
            return parse(symbols.MACROS[sign])
        if sign in symbols.BRACKETED:
            left, right = symbols.BRACKETED[sign]
            return (Atom(left), *self.argument(depth), Atom(right))
        if sign in symbols.TEXT_COMMANDS:
            return _words(symbols.TEXT_COMMANDS[sign], self.raw_group(), depth)
        if sign in symbols.ONE_ARGUMENT or sign in symbols.TWO_ARGUMENTS:
            return (self._command(sign, depth),)
        if sign.startswith("\\begin"):
            return self._environment(sign[sign.index("{") + 1 : -1], depth)
        return (Atom(sign),)

    def _negation(self, depth: int) -> Row:
        """A stroke through the sign after it; through anything else it is not read."""
        self.skip_blanks()
        if self.at_end or self.peek() in {"}", "&", "\\\\", "_", "^", "]"} or self.peek().startswith("\\end"):
            return ()
        negated = self.argument(depth)
        if len(negated) != 1 or not isinstance(negated[0], Atom):
            return negated
        known = symbols.NEGATIONS.get(negated[0].sign, "")
        if known and not known.startswith("\\not\\"):
            return (Atom(known),)
        return (Atom("\\not"), *negated)

    def _command(self, name: str, depth: int) -> Command:
        option = self.option(depth) if name in symbols.WITH_OPTION else ()
        if name == "\\substack":
            return Command(name, (self._stack(depth),))
        count = 2 if name in symbols.TWO_ARGUMENTS else 1
        return Command(name, tuple(self.argument(depth) for _ in range(count)), option)

    def _stack(self, depth: int) -> Row:
        if not self.accept("{"):
            return self.argument(depth)
        nodes = self.row(frozenset("}"), depth + 1)
        self.next()
        return nodes

    def _environment(self, name: str, depth: int) -> Row:
        plain = name.removesuffix("*")
        if plain in symbols.WITH_COLUMNS:
            self.option(depth)
            self.raw_group()
        rows: list[tuple[Row, ...]] = []
        cells: list[Row] = []
        ends = frozenset(("&", "\\\\", "\\cr", f"\\end{{{name}}}"))
        while True:
            cells.append(self.row(ends, depth + 1))
            sign = self.next()
            if sign == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if sign.startswith("\\end"):
                break
            if not self.at_end and self.peek() == "*":
                self.next()
            if not self.at_end and self.peek() == "[":
                self.option(depth)
        while rows and not any(rows[-1]):
            rows.pop()
        if plain in symbols.TRANSPARENT_ENVIRONMENTS:
            return tuple(node for cells_ in rows for cell in cells_ for node in cell)
        return (Environment(plain, tuple(rows)),)


def _infix(name: str, above: Row, below: Row) -> Node:
    if name == "\\substack":
        return Command(name, ((*above, Atom("\\\\"), *below),))
    return Command(name, (above, below))


def _words(alphabet: str, text: str, depth: int) -> Row:
    """Words with the blanks between them kept as `~`, and the formulas among them."""
    if depth > MAX_DEPTH:
        raise NotMathematicsError("groups nest too deeply")
    nodes: list[Node] = []
    for number, piece in enumerate(text.split("$")):
        if number % 2:
            nodes += parse(piece)
            continue
        letters: list[Node] = []
        for sign in _TOKEN.findall(piece):
            if sign.isspace() or sign in symbols.SPACES:
                letters.append(Atom("~"))
            elif sign in _SIGNS_IN_TEXT or (len(sign) == 1 and sign not in _NOT_IN_TEXT):
                letters.append(Atom(sign))
        nodes.append(Command(alphabet, (tuple(letters),)))
    return tuple(nodes)
