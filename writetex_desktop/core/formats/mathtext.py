r"""A formula for Matplotlib's mathtext, which draws a part of LaTeX without a LaTeX.

The commands are those that Matplotlib 3.11 draws, of those that LaTeX with amsmath knows; a test asks it
where it is installed. It has no environments, no line breaks and no sizes of brackets but
`\left` and `\right` (https://matplotlib.org/stable/users/explain/text/mathtext.html).
"""

import re
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.symbols import SYNONYMS

_SIGN_NAMES: Final = """
    AA AE Bumpeq Cap Cup Delta Doteq Downarrow Finv Game Gamma H Im Join L Lambda Leftarrow Leftrightarrow
    Lleftarrow Longleftarrow Longleftrightarrow Longrightarrow Lsh O OE Omega P Phi Pi Psi Re Rightarrow
    Rrightarrow Rsh S Sigma Subset Supset Theta Uparrow Updownarrow Upsilon Vdash Vert Vvdash Xi aa acute ae
    aleph alpha amalg angle approx approxeq ast asymp backepsilon backprime backsim backsimeq backslash bar
    barwedge because beta beth between bigcap bigcirc bigcup bigodot bigoplus bigotimes bigsqcup bigstar
    bigtriangledown bigtriangleup biguplus bigvee bigwedge blacksquare blacktriangle blacktriangledown
    blacktriangleleft blacktriangleright bot bowtie boxdot boxminus boxplus boxtimes breve bullet bumpeq c
    cap cdot cdotp cdots check checkmark chi circ circeq circlearrowleft circlearrowright circledR circledS
    circledast circledcirc circleddash clubsuit colon coloneq complement cong coprod copyright cup
    curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft curvearrowright dag dagger daleth
    dashleftarrow dashrightarrow dashv ddag ddagger ddddot dddot ddot ddots degree delta diamond diamondsuit
    digamma div divideontimes dot doteq doteqdot dotplus dots doublebarwedge downarrow downdownarrows
    downharpoonleft downharpoonright ell emptyset epsilon eqcirc eqcolon eqdef eqsim eqslantgtr eqslantless
    equiv eta eth exists fallingdotseq flat forall frown gamma geq geqq geqslant gg ggg gimel gnapprox gneqq
    gnsim grave gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim hat hbar heartsuit hookleftarrow
    hookrightarrow hslash i iiiint iiint iint imageof imath in infty int intercal iota jmath k kappa l
    lambda langle lbrace lbrack lceil ldots leadsto leftarrow leftarrowtail leftharpoondown leftharpoonup
    leftleftarrows leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow leftthreetimes leq
    leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lgroup lhd ll llcorner lll
    lnapprox lneqq lnsim longleftarrow longleftrightarrow longmapsto longrightarrow looparrowleft
    looparrowright lrcorner ltimes maltese mapsto measuredangle mho mid models mp mu multimap nLeftarrow
    nLeftrightarrow nRightarrow nVDash nVdash nabla natural ncong ne nearrow neg neq nexists ngeq ngtr ni
    nleftarrow nleftrightarrow nleq nless nmid not notin nparallel nprec nrightarrow nsim nsubseteq nsucc
    nsupseteq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nvDash nvdash nwarrow o odot
    oe oiiint oiint oint omega ominus oplus origof oslash otimes overarc overleftarrow overleftrightarrow
    parallel partial perp perthousand phi pi pitchfork pm prec precapprox preccurlyeq preceq precnapprox
    precnsim precsim prime prod propto psi quad rangle ratio rbrace rbrack rceil rfloor rgroup rhd rho
    rightarrow rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons
    rightrightarrows rightsquigarrow rightthreetimes risingdotseq rtimes searrow setminus sharp sigma sim
    simeq slash smallsetminus smile spadesuit sphericalangle sqcap sqcup sqsubset sqsubseteq sqsupset
    sqsupseteq ss star subset subseteq subseteqq subsetneq subsetneqq succ succapprox succcurlyeq succeq
    succnapprox succnsim succsim sum supset supseteq supseteqq supsetneq supsetneqq swarrow tau
    textasciiacute textasciicircum textasciitilde textexclamdown textquestiondown textquotedblleft
    textquotedblright therefore theta thickspace tilde times to top triangle triangledown triangleleft
    trianglelefteq triangleq triangleright trianglerighteq twoheadleftarrow twoheadrightarrow ulcorner
    underbar unlhd unrhd uparrow updownarrow upharpoonleft upharpoonright uplus upsilon upuparrows urcorner
    vDash varepsilon varkappa varnothing varphi varpi varpropto varrho varsigma vartheta vartriangle
    vartriangleleft vartriangleright vdash vdots vec vee veebar vert wedge widebar widehat widetilde wp wr
    xi yen zeta
"""
_BUILDER_NAMES: Final = """
    frac dfrac binom sqrt overline underline underset overset operatorname substack left right middle phantom
    mathrm mathbf mathcal mathbb mathfrak mathit mathsf mathtt mathscr mathbfit text boldsymbol hspace
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log
    max min Pr sec sin sinh sup tan tanh widebar widehat widetilde enspace qquad quad thinspace vert Vert not
"""
SIGNS: Final = frozenset(_SIGN_NAMES.split())
"""What is one sign, or an accent with what it stands on."""

BUILDERS: Final = frozenset(_BUILDER_NAMES.split())
"""What takes arguments, and the names of functions."""

_REWRITTEN: Final = {
    **{f"{size}{side}": "" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")},
    **dict.fromkeys(("lvert", "rvert"), "|"),
    **dict.fromkeys(("lVert", "rVert"), "\\|"),
    **dict.fromkeys(("displaystyle", "textstyle", "limits", "nolimits"), ""),
    "to": "\\rightarrow",
    "tfrac": "\\frac",
    "stackrel": "\\overset",
}
"""What mathtext draws by another name, or without: sizes and places change the looks alone."""

_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_MARKS: Final = frozenset(" !,/:;>|{}$%#_'\"`^~.")


def to_mathtext(latex: str) -> str:
    """Write a formula, without delimiters and in one line, as mathtext draws it.

    Raises:
        ConversionError: Mathtext cannot draw it; the message names the command.
    """
    written = _COMMAND.sub(_checked, " ".join(latex.split()))
    if "&" in written:
        raise _cannot("&")
    return written.strip()


def _checked(found: re.Match[str]) -> str:
    name = found[1]
    if name in _REWRITTEN:
        return _REWRITTEN[name]
    if name in SIGNS or name in BUILDERS or name in _MARKS:
        return found[0]
    other = SYNONYMS.get(found[0], "")
    if other[1:] in SIGNS or (other and other[0] != "\\"):
        return other
    raise _cannot(found[0])


def _cannot(what: str) -> ConversionError:
    return ConversionError(
        tr("Matplotlib cannot draw {what} without LaTeX.", what=what),
        tr("Use another format, or usetex in Matplotlib."),
    )
