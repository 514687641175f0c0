r"""One style for the source of a formula, that looks as before.

What changes is what print does not show, or hardly: blanks, needless braces, spellings of operators
(`\operatorname{sin}` is `\sin`), the upright d of integrals, brackets that grow where what they hold is tall
and only there. Text and unknown commands stay as they are, to the letter.
"""

import re
from typing import Final

from writetex_desktop.core.latex.brackets import with_fitting_brackets

_TOKEN: Final = re.compile(
    r"%[^\n]*\n?"
    r"|\\(?:text(?:rm|bf|it|sf|tt|normal|up)?|mbox|hbox|ce|pu|tag|label|ref|eqref|cite|hspace|vspace|color"
    r"|operatorname|mathrm|SI|si|num|unit|verb)\*?(?![a-zA-Z])"
    r"|\\[a-zA-Z]+|\\\\\*?(?:\[[^\]\n]*\])?|\\.|\s+|.",
    re.DOTALL,
)
_VERBATIM: Final = re.compile(
    r"\\(?:text(?:rm|bf|it|sf|tt|normal|up)?|mbox|hbox|ce|pu|tag|label|ref|eqref|cite|hspace|vspace|color"
    r"|textcolor|operatorname|mathrm|SI|si|num|unit|begin|end)\*?"
)
_OPERATORS: Final = frozenset(
    (
        *(
            "arccos",
            "arcsin",
            "arctan",
            "arg",
            "cos",
            "cosh",
            "cot",
            "coth",
            "csc",
            "deg",
            "dim",
            "exp",
            "hom",
        ),
        *("ker", "lg", "ln", "log", "sec", "sin", "sinh", "tan", "tanh"),
    )
)
_OPERATOR: Final = re.compile(r"\\(operatorname\*?|mathrm)\{\s*([a-zA-Z]+)\s*\}\Z")
_LIMITS: Final = frozenset(("det", "gcd", "inf", "lim", "max", "min", "sup"))
"""Operators with their limits below, as `operatorname*` sets them."""

_NAMED: Final = frozenset(
    ("argmax", "argmin", "diag", "lcm", "rank", "sgn", "supp", "Cov", "Tr", "Var", "tr")
)
"""Operators that LaTeX has no command for, and that nobody means as a unit."""
_RELATIONS: Final = frozenset(
    (
        *("=", "<", ">", "\\leq", "\\geq", "\\neq", "\\le", "\\ge", "\\ne", "\\equiv", "\\approx", "\\sim"),
        *(
            "\\simeq",
            "\\cong",
            "\\in",
            "\\notin",
            "\\subset",
            "\\subseteq",
            "\\to",
            "\\rightarrow",
            "\\mapsto",
        ),
        *("\\Rightarrow", "\\Leftrightarrow", "\\iff", "\\implies", "\\propto", "\\ll", "\\gg", "\\mid"),
    )
)
_BINARY: Final = frozenset(
    ("+", "-", "\\pm", "\\mp", "\\times", "\\cdot", "\\cup", "\\cap", "\\oplus", "\\otimes")
)
_IN_ROMAN: Final = frozenset(
    ("arccos", "arcsin", "arctan", "cos", "cosh", "cot", "exp", "ln", "log", "sin", "sinh", "tan", "tanh")
)
"""Operators that nobody means as a unit or a name when they stand upright."""

_OPENING: Final = frozenset(("", "{", "(", "[", "^", "_", "&", ",", ";"))
_SPACED: Final = _RELATIONS | _BINARY
_INTEGRALS: Final = {"\\int": 1, "\\oint": 1, "\\iint": 2, "\\iiint": 3}
"""How many variables each runs over."""

_UPRIGHT_D: Final = "\\mathrm{d}"
_VARIABLE: Final = re.compile(
    r"[a-zA-Z]|\\(?:alpha|beta|gamma|epsilon|varepsilon|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|varphi"
    r"|psi|omega|Omega|Gamma|Sigma)"
)
_AFTER_D: Final = frozenset(
    ("", "}", ")", "]", "&", "=", "+", "-", ",", ".", ";", "<", ">", "\\,", "\\;", "\\right", "d")
)


def normalise_style(latex: str) -> str:
    """Write a formula in one style; applied again it changes nothing.

    Args:
        latex: The body of a formula. One that cannot be taken apart, as with braces that do not match, is
            given back as it is.
    """
    tokens = _tokens(latex)
    if tokens is None:
        return latex
    words = _unbraced([_operator(token) for token in tokens])
    return _written(_with_upright_d(with_fitting_brackets(words)))


def _tokens(latex: str) -> list[str] | None:
    """Give the words without blanks, what must not be touched as one of them; None when it cannot be told."""
    tokens: list[str] = []
    position = 0
    depth = 0
    while found := _TOKEN.match(latex, position):
        token, position = found[0], found.end()
        if token.startswith(("%", "\\verb")) or token in {"$", "\\", "@"}:
            return None
        if token.isspace():
            continue
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            return None
        if _VERBATIM.fullmatch(token):
            argument = _argument(latex, position)
            if argument is None:
                return None
            tokens.append(token + latex[argument[0] : argument[1]])
            position = argument[1]
        else:
            tokens.append(token)
    return tokens if depth == 0 else None


def _argument(latex: str, position: int) -> tuple[int, int] | None:
    """Give where the braces after a command begin and end."""
    start = position
    while start < len(latex) and latex[start].isspace():
        start += 1
    if latex[start : start + 1] != "{":
        return None
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(latex, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return start, found.end()
    return None


def _operator(token: str) -> str:
    found = _OPERATOR.match(token)
    if found is None:
        return token
    command, name = found.groups()
    if command == "mathrm" and name in _NAMED:
        return f"\\operatorname{{{name}}}"
    names = {"mathrm": _IN_ROMAN, "operatorname": _OPERATORS, "operatorname*": _LIMITS}[command]
    return f"\\{name}" if name in names else token


def _with_upright_d(tokens: list[str]) -> list[str]:
    """Set the d upright that ends an integral, with a thin space before it.

    One d is taken for each integral sign, where a variable follows and then nothing that could belong to it;
    a thin space before it tells that it is one wherever it stands.
    """
    out: list[str] = []
    waiting = 0
    for number, word in enumerate(tokens):
        variable, after = [*tokens[number + 1 : number + 3], "", ""][:2]
        last = out[-1] if out else ""
        if word in _INTEGRALS:
            waiting += _INTEGRALS[word]
        elif word == _UPRIGHT_D:
            waiting -= 1
        elif word == "d" and waiting > 0 and _VARIABLE.fullmatch(variable) and last not in {"^", "_"}:
            told = last == "\\,"
            if told or (after in _AFTER_D and last and last not in _OPENING and last not in _INTEGRALS):
                waiting -= 1
                out += [] if told or _ends_limits(out) else ["\\,"]
                word = _UPRIGHT_D  # noqa: PLW2901 - the same word in another form
        out.append(word)
    return out


def _ends_limits(tokens: list[str]) -> bool:
    """Whether the words end with an integral sign and its limits."""
    end = len(tokens)
    while end:
        if tokens[end - 1] in _INTEGRALS:
            return True
        if tokens[end - 1] == "}":
            depth = 0
            while end:
                end -= 1
                depth += {"}": 1, "{": -1}.get(tokens[end], 0)
                if not depth:
                    break
        else:
            end -= 1
        if not end or tokens[end - 1] not in {"^", "_"}:
            return False
        end -= 1
    return False


def _unbraced(tokens: list[str]) -> list[str]:
    """Take braces away round a single letter or digit that is a script."""
    out: list[str] = []
    number = 0
    while number < len(tokens):
        token = tokens[number]
        if (
            token in {"^", "_"}
            and tokens[number + 1 : number + 2] == ["{"]
            and tokens[number + 3 : number + 4] == ["}"]
            and len(tokens[number + 2]) == 1
            and tokens[number + 2].isalnum()
            and tokens[number + 2].isascii()
        ):
            out += [token, tokens[number + 2]]
            number += 4
        else:
            out.append(token)
            number += 1
    return out


def _written(tokens: list[str]) -> str:
    """Join the words, with blanks where they help to read or are needed."""
    out: list[str] = []
    scripts: list[bool] = []
    before = last = ""
    for word in tokens:
        unary = last in {"+", "-"} and (
            before in _OPENING or before in _RELATIONS or before.startswith("\\\\")
        )
        bare_script = before in {"^", "_"} and last not in {"{", ""}
        if _needs_blank(last, word):
            out.append(" ")
        elif last.startswith("\\\\"):
            out.append("\n")
        elif (bare_script and word[0].isalnum()) or (
            not unary and _wants_blank(last, word, in_script=any(scripts))
        ):
            out.append(" ")
        if word == "{":
            scripts.append(last in {"^", "_"})
        elif word == "}":
            scripts.pop()
        out.append(word)
        before, last = last, word
    return "".join(out)


def _needs_blank(last: str, word: str) -> bool:
    """Say whether two words would be another one without a blank between them."""
    return re.search(r"\\[a-zA-Z]+\Z", last) is not None and word[0].isalpha()


def _wants_blank(last: str, word: str, *, in_script: bool) -> bool:
    if not last or "^" in {last, word} or "_" in {last, word}:
        return False
    if last in {"{", "(", "[", "\\left", "\\right"} or word in {
        "{",
        "}",
        ")",
        "]",
        ",",
        "\\right",
    }:
        return False
    if "&" in {last, word} or word.startswith(("\\\\", "\\end{")) or last.startswith("\\begin{"):
        return True
    return not in_script and (word in _SPACED or last in _SPACED or last == ",")
