# ruff: noqa: E501, SIM905 - these are tables
r"""The words of LaTeX mathematics that the canonical form knows: what is the same sign, what takes arguments.

Sources: "Short Math Guide for LaTeX" (https://mirrors.ctan.org/info/short-math-guide/short-math-guide.pdf) and the
tables of amsmath and amssymb.
"""

from writetex_desktop.core.markup.spellings import SPELLINGS

_SIGNS: dict[str, str] = {
    "\\le": "\\leq", "\\ge": "\\geq", "\\ne": "\\neq", "\\rightarrow": "\\to", "\\gets": "\\leftarrow",
    "\\land": "\\wedge", "\\lor": "\\vee", "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lbrack": "[", "\\rbrack": "]",
    "\\Vert": "\\|", "\\lVert": "\\|", "\\rVert": "\\|", "\\parallel": "\\|", "\\vert": "|", "\\lvert": "|",
    "\\rvert": "|", "\\mid": "|", "\\dots": "\\ldots", "\\dotsc": "\\ldots", "\\dotso": "\\ldots",
    "\\dotsb": "\\cdots", "\\dotsm": "\\cdots", "\\dotsi": "\\cdots", "\\colon": ":", "\\lt": "<", "\\gt": ">",
    "\\prime": "'", "\\empty": "\\emptyset", "\\ast": "*", "\\implies": "\\Longrightarrow",
    "\\impliedby": "\\Longleftarrow", "\\iff": "\\Longleftrightarrow", "\\lnot": "\\neg", "\\dag": "\\dagger",
    "\\ddag": "\\ddagger", "\\bot": "\\perp", "\\backslash": "\\setminus", "\\Box": "\\square",
    "\\leadsto": "\\rightsquigarrow", "\\owns": "\\ni", "\\slash": "/", "\\And": "\\&", "\\cdotp": "\\cdot",
    "\\centerdot": "\\cdot", "\\mit": "\\mathit", "\\image": "\\Im", "\\hslash": "\\hbar", "\\restriction": "\\upharpoonright",
    "\\doublecap": "\\Cap", "\\doublecup": "\\Cup", "\\thickapprox": "\\approx", "\\thicksim": "\\sim",
    "\\varpropto": "\\propto", "\\smallsetminus": "\\setminus", "\\vartriangle": "\\triangle",
    "\\triangleleft": "\\lhd", "\\triangleright": "\\rhd", "\\vartriangleleft": "\\lhd",
    "\\vartriangleright": "\\rhd", "\\trianglelefteq": "\\unlhd", "\\trianglerighteq": "\\unrhd", "\\cr": "\\\\",
    "\\omicron": "o", "\\shortmid": "|", "\\nshortmid": "\\nmid", "\\S": "\\S", "\\P": "\\P",
}  # fmt: skip

SYNONYMS: dict[str, str] = {
    **{
        f"\\{name}": _SIGNS.get(standard, standard)
        for name, standard in SPELLINGS.items()
        if standard[-1].isalpha() and name not in {"bold", "Bbb"}
    },
    **_SIGNS,
}
"""Spellings that look the same in print, and the one that stands for them all."""

NEGATIONS: dict[str, str] = {
    "=": "\\neq", "\\in": "\\notin", "\\subset": "\\not\\subset", "\\exists": "\\nexists", "|": "\\nmid",
    "\\leq": "\\nleq", "\\geq": "\\ngeq", "<": "\\nless", ">": "\\ngtr", "\\sim": "\\nsim", "\\cong": "\\ncong",
    "\\subseteq": "\\nsubseteq", "\\supseteq": "\\nsupseteq", "\\|": "\\nparallel", "\\to": "\\nrightarrow",
    "\\leftarrow": "\\nleftarrow", "\\equiv": "\\not\\equiv",
}  # fmt: skip
r"""What `\not` makes of the sign after it; a value of two commands stays `\not` and the sign."""

DROPPED: frozenset[str] = frozenset((
    "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\nonumber", "\\notag", "\\limits",
    "\\nolimits", "\\hfill", "\\allowbreak", "\\noindent", "\\hline", "\\protect", "\\/", "\\-", "\\null", "\\relax",
    "\\displaylimits", "\\boldmath", "\\unboldmath", "\\tiny", "\\scriptsize", "\\footnotesize", "\\small",
    "\\normalsize", "\\large", "\\Large", "\\LARGE", "\\huge", "\\Huge", "\\strut", "\\mathstrut", "\\centering",
    "\\smallskip", "\\medskip", "\\bigskip", "\\break", "\\nobreak", "\\left", "\\right", "\\middle", "\\big",
    "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\biggl", "\\biggr", "\\Biggl", "\\Biggr",
    "\\bigm", "\\Bigm", "\\biggm", "\\Biggm", "\\scshape", "\\upshape", "\\itshape", "\\bfseries", "\\rmfamily",
))  # fmt: skip
"""Commands that change size, breaking or spacing only."""

SIZED: frozenset[str] = frozenset(
    name for name in DROPPED if name.lower().startswith("\\big") or name in {"\\left", "\\right", "\\middle"}
) - {"\\bigskip"}
"""Commands that size the delimiter after them; the delimiter `.` after one is nothing."""

SPACES: frozenset[str] = frozenset((
    "\\,", "\\;", "\\:", "\\!", "\\ ", "\\>", "~", "\\quad", "\\qquad", "\\enspace", "\\space", "\\thinspace",
    "\\medspace", "\\thickspace", "\\negthinspace", "\\negmedspace", "\\negthickspace", "\\enskip",
))  # fmt: skip

DROPPED_WITH_ARGUMENT: frozenset[str] = frozenset((
    "\\tag", "\\tag*", "\\label", "\\phantom", "\\hphantom", "\\vphantom", "\\hspace", "\\hspace*", "\\vspace",
    "\\color", "\\mspace", "\\ref", "\\eqref", "\\nocite",
))  # fmt: skip

TRANSPARENT: frozenset[str] = frozenset((
    "\\mathop", "\\mathrel", "\\mathbin", "\\mathord", "\\mathopen", "\\mathclose", "\\mathpunct", "\\mathinner",
    "\\ensuremath", "\\smash", "\\mathstrut", "\\mathrlap", "\\mathllap", "\\mathclap", "\\rlap", "\\llap",
    "\\mathnormal",
))  # fmt: skip
"""Commands that print their argument as it is."""

ONE_ARGUMENT: frozenset[str] = frozenset((
    "\\sqrt", "\\mathrm", "\\mathbf", "\\mathcal", "\\mathbb", "\\mathfrak", "\\mathscr", "\\mathsf", "\\mathit",
    "\\mathtt", "\\boldsymbol", "\\overline", "\\underline", "\\hat", "\\tilde", "\\bar", "\\widehat", "\\widetilde",
    "\\vec", "\\overrightarrow", "\\overleftarrow", "\\overleftrightarrow", "\\dot", "\\ddot", "\\dddot", "\\check",
    "\\breve", "\\acute", "\\grave", "\\mathring", "\\overbrace", "\\underbrace", "\\pmod", "\\substack", "\\boxed",
    "\\xrightarrow", "\\xleftarrow", "\\xmapsto", "\\widecheck",
))  # fmt: skip

TWO_ARGUMENTS: frozenset[str] = frozenset(("\\frac", "\\binom", "\\overset", "\\underset"))

WITH_OPTION: frozenset[str] = frozenset(("\\sqrt", "\\xrightarrow", "\\xleftarrow", "\\xmapsto"))

COMMAND_SYNONYMS: dict[str, str] = {
    "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\dbinom": "\\binom", "\\tbinom": "\\binom",
    "\\stackrel": "\\overset", "\\buildrel": "\\overset", "\\operatorname": "\\mathrm", "\\operatorname*": "\\mathrm", "\\operatornamewithlimits": "\\mathrm",
    "\\bm": "\\boldsymbol", "\\pmb": "\\boldsymbol", "\\bold": "\\mathbf", "\\Bbb": "\\mathbb", "\\frak": "\\mathfrak",
    "\\symbf": "\\mathbf", "\\symbb": "\\mathbb", "\\mathds": "\\mathbb", "\\Vec": "\\vec", "\\widebar": "\\overline",
    "\\fbox": "\\boxed", "\\pod": "\\pmod", "\\mathbfit": "\\boldsymbol", "\\mathup": "\\mathrm",
}  # fmt: skip

TEXT_COMMANDS: dict[str, str] = {
    "\\text": "\\mathrm", "\\textrm": "\\mathrm", "\\mbox": "\\mathrm", "\\hbox": "\\mathrm", "\\textnormal": "\\mathrm",
    "\\textup": "\\mathrm", "\\textbf": "\\mathbf", "\\textit": "\\mathit", "\\emph": "\\mathit", "\\textsl": "\\mathit",
    "\\textsf": "\\mathsf", "\\texttt": "\\mathtt",
}  # fmt: skip
"""Commands whose argument is words, in which a blank counts, and the alphabet they are set in."""

SWITCHES: dict[str, str] = {
    "\\bf": "\\mathbf", "\\rm": "\\mathrm", "\\cal": "\\mathcal", "\\it": "\\mathit", "\\sf": "\\mathsf",
    "\\tt": "\\mathtt", "\\sl": "\\mathit", "\\frak": "\\mathfrak", "\\mathversion": "\\mathbf",
}  # fmt: skip
"""Commands that set the rest of their group in an alphabet."""

ALPHABETS: frozenset[str] = frozenset((
    "\\mathrm", "\\mathbf", "\\mathcal", "\\mathbb", "\\mathfrak", "\\mathscr", "\\mathsf", "\\mathit", "\\mathtt",
    "\\boldsymbol",
))  # fmt: skip

NARROW_TO_WIDE: dict[str, str] = {
    "\\bar": "\\overline", "\\hat": "\\widehat", "\\tilde": "\\widetilde", "\\vec": "\\overrightarrow",
    "\\check": "\\widecheck",
}  # fmt: skip
"""An accent over one sign, and the same accent over several."""

WIDE_TO_NARROW: dict[str, str] = {wide: narrow for narrow, wide in NARROW_TO_WIDE.items()}

OPERATORS: frozenset[str] = frozenset(
    "\\" + name
    for name in (
        "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log "
        "max min Pr sec sin sinh sup tan tanh"
    ).split()
)
"""Function names that LaTeX has a command for."""

MACROS: dict[str, str] = {
    **{f"\\{name}": standard for name, standard in SPELLINGS.items() if standard.endswith("}")},
    "\\R": "\\mathbb{R}", "\\Z": "\\mathbb{Z}", "\\N": "\\mathbb{N}", "\\Q": "\\mathbb{Q}", "\\C": "\\mathbb{C}",
    "\\H": "\\mathbb{H}", "\\reals": "\\mathbb{R}", "\\argmin": "\\mathrm{arg~min}", "\\argmax": "\\mathrm{arg~max}",
    "\\limsup": "\\limsup", "\\tr": "\\mathrm{tr}", "\\cosec": "\\mathrm{cosec}", "\\coloneqq": ":=",
    "\\coloneq": ":=", "\\iint": "\\int\\int", "\\iiint": "\\int\\int\\int", "\\LaTeX": "\\mathrm{LaTeX}",
    "\\doteq": "\\overset{.}{=}",
}  # fmt: skip
"""Short names written out."""

BRACKETED: dict[str, tuple[str, str]] = {
    "\\ket": ("|", "\\rangle"), "\\bra": ("\\langle", "|"), "\\braket": ("\\langle", "\\rangle"),
    "\\abs": ("|", "|"), "\\norm": ("\\|", "\\|"),
}  # fmt: skip
"""Commands that put their argument between two delimiters."""

INFIX: dict[str, str] = {"\\over": "\\frac", "\\choose": "\\binom", "\\atop": "\\substack"}

MATRICES: dict[str, tuple[str, str]] = {
    "matrix": ("", ""), "array": ("", ""), "smallmatrix": ("", ""), "tabular": ("", ""), "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"), "Bmatrix": ("\\{", "\\}"), "vmatrix": ("|", "|"), "Vmatrix": ("\\|", "\\|"),
    "psmallmatrix": ("(", ")"), "bsmallmatrix": ("[", "]"),
}  # fmt: skip
"""Environments that are a matrix between two delimiters."""

ALIGNMENTS: frozenset[str] = frozenset((
    "align", "aligned", "split", "alignat", "alignedat", "eqnarray", "flalign",
))  # fmt: skip

GATHERINGS: frozenset[str] = frozenset(("gather", "gathered", "multline", "multlined"))

CASES: frozenset[str] = frozenset(("cases", "dcases", "numcases"))

TRANSPARENT_ENVIRONMENTS: frozenset[str] = frozenset(
    ("equation", "math", "displaymath", "subequations", "document")
)

WITH_COLUMNS: frozenset[str] = frozenset(("array", "tabular", "alignat", "alignedat"))
"""Environments with an argument that says how many columns there are."""
