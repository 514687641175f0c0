r"""Commands as `repair` must know them: which exist, how many arguments they need.

Sources: "Short Math Guide for LaTeX" (https://mirrors.ctan.org/info/short-math-guide/short-math-guide.pdf)
and the commands of MathJax 3 (https://docs.mathjax.org/en/v3.2/input/tex/macros/index.html).
"""

_TWO = """
    frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel cancelto prescript SI qty braket
    ketbra dv
"""
_ONE = """
    sqrt text textrm textbf textit textsf texttt textnormal textup mbox hbox mathrm mathbf mathbb mathcal
    mathfrak mathscr mathsf mathit mathtt mathbbm mathop mathbin mathrel mathord mathopen mathclose
    mathpunct mathinner boldsymbol bm pmb operatorname overline underline overbrace underbrace overbracket
    underbracket overparen underparen overgroup undergroup hat widehat tilde widetilde bar vec dot ddot
    dddot ddddot check breve acute grave mathring overrightarrow overleftarrow overleftrightarrow
    underrightarrow underleftarrow underleftrightarrow xrightarrow xleftarrow xleftrightarrow xRightarrow
    xLeftarrow xLeftrightarrow xmapsto xhookrightarrow xhookleftarrow xrightharpoonup xleftharpoonup
    xrightleftharpoons substack boxed fbox pmod pod cancel bcancel xcancel sout phantom hphantom vphantom
    smash ce pu ensuremath utilde si unit num ang abs norm ket bra vb SI qty braket ketbra dv pdv
"""

ARGUMENTS: dict[str, int] = {**dict.fromkeys(_ONE.split(), 1), **dict.fromkeys(_TWO.split(), 2)}
"""How many arguments a command cannot do without; names without the backslash.

Those that take one or two (`\\dv`, `\\braket`) stand with one.
"""

WITH_BODY: dict[str, int] = {
    **dict.fromkeys(("hspace", "vspace", "mspace", "hskip", "kern", "mkern", "label", "tag", "color"), 0),
    **dict.fromkeys(("url", "ref", "eqref", "cite", "require"), 0),
    **dict.fromkeys(("textcolor", "colorbox", "rule", "raisebox", "class", "cssId", "style", "href"), 1),
    **dict.fromkeys(("fcolorbox", "sideset"), 2),
}
"""Commands whose first argument means nothing until it is whole, and how many arguments follow it.

They are left out while the first is not whole.
"""

ENVIRONMENT_ARGUMENTS: dict[str, int] = {
    **dict.fromkeys(
        ("array", "tabular", "subarray", "alignat", "alignat*", "alignedat", "xalignat", "xalignat*"), 1
    ),
    "tabular*": 2,
}
r"""How many arguments `\begin` of an environment takes beyond its name."""

_GREEK = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi
    pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma Gamma Delta Theta
    Lambda Xi Pi Sigma Upsilon Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma
    varUpsilon varPhi varPsi varOmega
"""
_OPERATORS = """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln
    log max min Pr sec sin sinh sup tan tanh bmod mod injlim projlim varinjlim varprojlim varliminf
    varlimsup sum prod coprod int iint iiint iiiint oint oiint idotsint bigcup bigcap bigsqcup bigoplus
    bigotimes bigodot biguplus bigvee bigwedge limits nolimits grad curl div laplacian Tr tr
"""
_RELATIONS = """
    le leq leqq leqslant lt ge geq geqq geqslant gt ne neq approx approxeq equiv cong sim simeq propto
    varpropto ll lll gg ggg prec preceq succ succeq in notin ni owns subset supset subseteq supseteq
    subsetneq supsetneq sqsubset sqsubseteq sqsupset sqsupseteq vdash dashv Vdash vDash models perp
    parallel nparallel mid nmid asymp doteq triangleq coloneqq eqqcolon vcentcolon coloneq bowtie smile
    frown nleq ngeq nless ngtr ncong nsim nsubseteq nsupseteq lesssim gtrsim lessgtr gtrless lessapprox
    gtrapprox between pitchfork because therefore not
"""
_ARROWS = """
    to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow
    longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow mapsto longmapsto
    uparrow downarrow updownarrow Uparrow Downarrow Updownarrow hookrightarrow hookleftarrow nearrow
    searrow swarrow nwarrow rightharpoonup rightharpoondown leftharpoonup leftharpoondown
    rightleftharpoons leftrightharpoons leadsto rightsquigarrow twoheadrightarrow twoheadleftarrow iff
    implies impliedby circlearrowleft circlearrowright curvearrowright nrightarrow nleftarrow
    nLeftrightarrow nRightarrow upharpoonright upharpoonleft restriction
"""
_SIGNS = """
    times div pm mp cdot cdotp centerdot ast star circ bullet oplus ominus otimes oslash odot dagger dag
    ddagger ddag cap cup Cap Cup uplus sqcap sqcup vee lor wedge land setminus smallsetminus wr amalg
    diamond bigtriangleup bigtriangledown triangleleft triangleright lhd rhd unlhd unrhd ltimes rtimes
    bigcirc barwedge dotplus boxplus boxtimes boxdot infty partial nabla hbar hslash ell Re Im wp aleph
    beth gimel daleth imath jmath i j emptyset varnothing forall exists nexists neg lnot top bot angle
    measuredangle sphericalangle triangle vartriangle Box square blacksquare Diamond lozenge blacklozenge
    bigstar prime backprime flat natural sharp clubsuit diamondsuit heartsuit spadesuit surd degree eth
    mho complement checkmark S P pounds copyright ldots cdots vdots ddots iddots dots dotsc dotsb dotsm
    dotsi dotso colon backslash vert Vert lvert rvert lVert rVert langle rangle lceil rceil lfloor rfloor
    lbrace rbrace lbrack rbrack lgroup rgroup lmoustache rmoustache ulcorner urcorner llcorner lrcorner
    LaTeX TeX
"""
_LAYOUT = """
    quad qquad enspace enskip space thinspace medspace thickspace negthinspace negmedspace negthickspace
    hfill displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag hline over choose atop brace
    brack cr newline bf rm it cal sf tt frak mit boldmath null relax strut mathstrut allowbreak nobreak
    tiny scriptsize small normalsize large Large LARGE huge Huge R Z N Q C RR ZZ NN QQ CC
"""

KNOWN: frozenset[str] = frozenset(
    name
    for names in (_GREEK, _OPERATORS, _RELATIONS, _ARROWS, _SIGNS, _LAYOUT, _ONE, _TWO)
    for name in names.split()
)
"""Commands that may stand last in a text and be whole; any other is the beginning of one."""
