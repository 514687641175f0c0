r"""Names of signs in other dialects of LaTeX, and LaTeX's own: `\infin` of Wikipedia is `\infty`.

Wikipedia's texvc, KaTeX and HTML's entities have names of their own, which models that learnt from web pages
emit; a LaTeX document with amsmath and amssymb knows none of them. Cleaner, canonical form and renderer share
this table.

Sources: https://www.mediawiki.org/wiki/Extension:Math/Syntax (texvc's list of redundant commands) and
https://katex.org/docs/supported.html.
"""

import re
from typing import Final

SPELLINGS: Final[dict[str, str]] = {
    **{
        name: f"\\{standard}"
        for name, standard in (
            pair.split(":")
            for pair in [
                "infin:infty",
                "rarr:rightarrow",
                "Rarr:Rightarrow",
                "rArr:Rightarrow",
                "larr:leftarrow",
                "Larr:Leftarrow",
                "lArr:Leftarrow",
                "harr:leftrightarrow",
                "Harr:Leftrightarrow",
                "hArr:Leftrightarrow",
                "lrarr:leftrightarrow",
                "Lrarr:Leftrightarrow",
                "lrArr:Leftrightarrow",
                "uarr:uparrow",
                "Uarr:Uparrow",
                "uArr:Uparrow",
                "darr:downarrow",
                "Darr:Downarrow",
                "dArr:Downarrow",
                "isin:in",
                "exist:exists",
                "empty:emptyset",
                "sdot:cdot",
                "plusmn:pm",
                "lang:langle",
                "rang:rangle",
                "alef:aleph",
                "alefsym:aleph",
                "bull:bullet",
                "clubs:clubsuit",
                "hearts:heartsuit",
                "diamonds:diamondsuit",
                "spades:spadesuit",
                "image:Im",
                "real:Re",
                "sect:S",
                "sub:subset",
                "sube:subseteq",
                "supe:supseteq",
                "thetasym:vartheta",
                "weierp:wp",
                "Dagger:ddagger",
                "minuso:ominus",
            ]
        )
    },
    **{
        name: f"\\mathbb{{{letter}}}"
        for name, letter in (
            pair.split(":")
            for pair in [
                "R:R",
                "N:N",
                "Z:Z",
                "Q:Q",
                "C:C",
                "reals:R",
                "Reals:R",
                "natnums:N",
                "cnums:C",
                "Complex:C",
            ]
        )
    },
    **{
        name: f"\\mathrm{{{letter}}}"
        for name, letter in (
            pair.split(":")
            for pair in [
                "Alpha:A",
                "Beta:B",
                "Epsilon:E",
                "Zeta:Z",
                "Eta:H",
                "Iota:I",
                "Kappa:K",
                "Mu:M",
                "Nu:N",
                "Omicron:O",
                "Rho:P",
                "Tau:T",
                "Chi:X",
            ]
        )
    },
    "bold": "\\mathbf",
    "Bbb": "\\mathbb",
    "hdots": "\\ldots",
    "lBrack": "\\llbracket",
    "rBrack": "\\rrbracket",
    "operatornamewithlimits": "\\operatorname*",
}
"""Names without the backslash, and what stands for them in LaTeX with amsmath, amssymb and stmaryrd."""

_AUTHORS: Final = frozenset("RNZQC")

_DEFINING: Final = re.compile(
    r"\\(?:[egx]?def|let|(?:re)?newcommand\*?|providecommand\*?|Declare[A-Za-z]+\*?)\s*+\{?\s*+\\([A-Za-z]+)"
)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)(\s*)|\\[^A-Za-z]", re.DOTALL)


def with_standard_spelling(markup: str) -> str:
    r"""Write the names of other dialects as LaTeX has them.

    Names that the text defines itself stay, and so do `\R`, `\N` and their like: authors define these in
    their preambles, and an engine that was told the user's macros is to use them.

    >>> with_standard_spelling(r"x\isin\reals")
    'x\\in\\mathbb{R}'
    """
    own = _AUTHORS.union(_DEFINING.findall(markup))

    def put(found: re.Match[str]) -> str:
        standard = SPELLINGS.get(found[1] or "")
        if standard is None or found[1] in own:
            return found[0]
        follows = found.string[found.end() : found.end() + 1]
        # A name must not run into a letter behind it; what ends with a brace cannot.
        is_parted = standard[-1].isalpha() and not found[2] and follows.isalpha()
        return standard + (found[2] or (" " if is_parted else ""))

    return _COMMAND.sub(put, markup)
