r"""What commands do beyond setting type: what is known of them, and what their names give away.

Sources: the primitives of TeX, e-TeX, pdfTeX and LuaTeX (https://ctan.org/pkg/tex-primitive-ref), the LaTeX
kernel, and packages that read, write, run or link (https://ctan.org).
"""

import re
from typing import Final

from writetex_desktop.core.language.words import mark
from writetex_desktop.core.latex.harmless import COMMANDS
from writetex_desktop.core.markup.commands import ARGUMENTS, KNOWN

RUNS: Final = mark("can run programs on the computer")
READS: Final = mark("reads files of the computer into the document")
WRITES: Final = mark("writes files")
CHANGES: Final = mark("changes how everything after it is read")
LINKS: Final = mark("makes a link that may lead anywhere")
TELLS: Final = mark("tells things about the computer")
STOPS: Final = mark("can stop the run, or keep it busy without end")

_EFFECTS: Final = {
    name: effect
    for effect, names in (
        (RUNS, "ShellEscape directlua latelua luaexec luadirect py pyc pys pyb sage sagestr asy octave"),
        (RUNS, "tikzexternalize epstopdfsetup Sexpr jl"),
        (READS, "InputIfFileExists IfFileExists pgfimage pgfuseimage psfig epsfig epsfbox font bibliography"),
        (READS, "externaldocument graphicspath setmainfont setmathfont fontspec pdfximage pdfrefximage"),
        (WRITES, "immediate newwrite special shipout wlog message typeout outer pdfliteral pdfobj"),
        (TELLS, "jobname meaning show showthe showbox currfilename currfiledir pdffilemoddate"),
        (TELLS, "pdffilesize pdfmdfivesum"),
        (CHANGES, "futurelet catcode lccode uccode mathcode delcode sfcode chardef"),
        (CHANGES, "mathchardef countdef dimendef skipdef toksdef muskipdef csname endcsname"),
        (CHANGES, "expandafter noexpand scantokens scantextokens tokenize afterassignment aftergroup"),
        (CHANGES, "ExplSyntaxOn makeatletter usepackage RequirePackage documentclass LoadClass everymath"),
        (
            CHANGES,
            "everydisplay everypar everycr everyjob output escapechar endlinechar",
        ),
        (CHANGES, "newlinechar obeylines AtBeginDocument AtEndDocument AddToHook ActivateGenericHook"),
        (CHANGES, "preto appto apptocmd pretocmd patchcmd robustify csuse csdef letcs swapnumbers"),
        (CHANGES, "luacode toks count dimen skip advance multiply divide defineshorthand MakeShortVerb"),
        (STOPS, "loop repeat batchmode nonstopmode scrollmode errorstopmode errmessage dump stop bye"),
        (STOPS, "endinput tracingall tracingmacros primitive holdinginserts pausing interactionmode"),
        (LINKS, "href url nolinkurl hyperref hyperlink hypertarget Hurl path urldef pdfstartlink"),
    )
    for name in names.split()
}
_STEMS: Final = (
    (
        RUNS,
        re.compile(
            r"write18|shell|exec|^system|system(?:call|command|now)|(?:^|[^a-z])lua|python|perl$|^sage|octave|gnuplot"
            r"|minted|^asy|externali[sz]e|javascript|spawn|^run(?:cmd|code|prog)|popen"
            r"|^(?:py|jl|js|sym|R|m)[a-z]*(?:code|block|console)$",
            re.IGNORECASE,
        ),
    ),
    (
        READS,
        re.compile(
            r"input|includ|import(?!an)|openin|^read(?!y)|(?<![hp])read$|load|(?<!pro)file|graphics?$|listing|csv"
            r"|pdfpage|standalone|media(?!n)|movie|resource|verbatimtab|^DTL",
            re.IGNORECASE,
        ),
    ),
    (
        WRITES,
        re.compile(
            r"(?<!re)write|openout|closeout|output|typeout|VerbatimOut|filecontents|scontents|dump",
            re.IGNORECASE,
        ),
    ),
    (
        LINKS,
        re.compile(
            r"href|(?<!c)url$|^url|hyper(?:ref|link|target|image|include|setup|base|def)|launch|pdfannot|^Acro",
            re.IGNORECASE,
        ),
    ),
    (
        CHANGES,
        re.compile(
            r"catcode|(?:math|del|lc|uc|sf)code$|^e?every[a-z]+|^if[a-z]{2,}$|^glet$|csname$|^[egx]?toks"
            r"|^expanded$|globaldefs|luafunction|^[egx]def$|^New[A-Z]|^Renew[A-Z]|^Provide[A-Z]|^Declare"
            r"[A-Z]|^new(?:if|count|dimen|skip|toks|box|read|write|help|insert|theorem|environment|language)"
            r"|^renewenv|^(?:renew|provide)?document(?:command|env)|AtBegin|AtEnd|^Before|^After[A-Z]|Hook"
            r"|^pgfkeysdef|^pdf[a-z]{3,}|^luatex|^XeTeX|^the(?:catcode|toks)|Catcodes?$|scantok",
        ),
    ),
)

_STRUCTURE: Final = """
    item section subsection chapter document begin end if else fi the par def edef input maketitle title
    author label ref cite footnote emph textbf textit caption centering includegraphics usepackage
    sum int lim sin cos tan log exp max min not
"""
_OFTEN_SET: Final = frozenset(("norm", "unit", "epsilon", "emptyset"))
_SHORT: Final = 3
"""Characters; names of so few are the first that authors take for their own."""

RELIED_ON: Final = frozenset(_STRUCTURE.split()) | {
    name for name in (*KNOWN, *ARGUMENTS) if len(name) > _SHORT and name not in _OFTEN_SET
}
"""Commands that the rest of a document relies on, so that giving them another meaning changes it."""


def effect_of(name: str) -> str:
    """Say what a command or an environment does or could do, by its name.

    Args:
        name: Without backslash and without star.

    Returns:
        The rest of a sentence; nothing when it is known to be harmless, or when nothing tells against it.
    """
    if name in COMMANDS:
        return ""
    if name in _EFFECTS:
        return _EFFECTS[name]
    bare = name.strip("@")
    if bare != name and bare in _EFFECTS:
        return _EFFECTS[bare]
    named = next((effect for effect, stem in _STEMS if stem.search(bare)), "")
    return named or (CHANGES if "@" in name else "")
