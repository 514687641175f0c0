r"""Which symbols look the same: one shape under several names, in several packages or sizes.

A drawing fits its box before it is looked at, so that a large operator looks like the small sign, and an
upright Greek letter like the slanted one. Such symbols are one *look*, given together by the finder and
counted as one by the measurement.
"""

from collections.abc import Iterable, Mapping

GREEK = (
    "alpha beta chi delta epsilon eta gamma iota kappa lambda mu nu omega phi pi psi rho sigma tau theta "
    "upsilon varepsilon varphi varpi varrho varsigma vartheta xi zeta"
).split()
GREEK_CAPITALS = "Delta Gamma Lambda Omega Phi Pi Psi Sigma Theta Upsilon Xi".split()
ZODIAC = (
    "Aquarius aquarius,Aries aries vernal,Cancer cancer,Capricorn capricornus,Gemini gemini,Jupiter jupiter,"
    "Leo leo,Libra libra,Mars mars male,Mercury mercury,Neptune neptune,Pisces pisces,Pluto pluto,"
    "Sagittarius sagittarius,Saturn saturn,Scorpio scorpio,Taurus taurus,Uranus uranus,Venus venus female,"
    "Virgo virgo,Sun sun astrosun,Earth earth,Smiley smiley,Frowny frownie"
).split(",")

SAME = """
latex2e:cdots latex2e:ldots latex2e:dots latex2e:mathellipsis latex2e:textellipsis amsmath:dotsb amsmath:dotsc amsmath:dotsm amsmath:dotso amsmath:dotsi
latex2e:cdot latex2e:cdotp latex2e:ldotp latex2e:bullet latex2e:textbullet latex2e:textperiodcentered amssymb:centerdot textcomp:textbullet textcomp:textperiodcentered wasysym:newmoon plain:.
latex2e:circ latex2e:bigcirc textcomp:textbigcircle textcomp:textopenbullet wasysym:fullmoon wasysym:ocircle latex2e:symbol-epr69x gensymb:degree textcomp:textdegree plain:o plain:O plain:0
latex2e:cap latex2e:bigcap
latex2e:cup latex2e:bigcup plain:u plain:U
latex2e:odot latex2e:bigodot wasysym:astrosun tipa:textbullseye
latex2e:oplus latex2e:bigoplus
latex2e:otimes latex2e:bigotimes
latex2e:sqcup latex2e:bigsqcup textcomp:textblank latex2e:textvisiblespace
latex2e:sqcap stmaryrd:bigsqcap
latex2e:uplus latex2e:biguplus
latex2e:vee latex2e:bigvee plain:v plain:V
latex2e:wedge latex2e:bigwedge latex2e:textasciicircum
latex2e:triangle latex2e:bigtriangleup amssymb:vartriangle latex2e:Delta plain:Delta
latex2e:bigtriangledown amssymb:triangledown
latex2e:triangleleft amssymb:vartriangleleft wasysym:lhd
latex2e:triangleright amssymb:vartriangleright wasysym:rhd
amssymb:trianglelefteq wasysym:unlhd
amssymb:trianglerighteq wasysym:unrhd
amssymb:blacktriangleleft wasysym:LHD
amssymb:blacktriangleright wasysym:RHD
latex2e:amalg latex2e:coprod
latex2e:sum latex2e:Sigma
latex2e:prod latex2e:Pi
latex2e:mid latex2e:textbar amssymb:shortmid tipa:textvertline tipa:textpipe plain:| latex2e:bar:16socis latex2e:bar:1sa4fqg
latex2e:parallel amssymb:shortparallel textcomp:textbardbl tipa:textdoublepipe tipa:textdoublevertline
amssymb:nmid amssymb:nshortmid
amssymb:nparallel amssymb:nshortparallel
latex2e:frown amssymb:smallfrown
latex2e:smile amssymb:smallsmile
latex2e:sim amssymb:thicksim latex2e:textasciitilde textcomp:texttildelow
latex2e:approx amssymb:thickapprox
latex2e:rightarrow latex2e:longrightarrow stmaryrd:shortrightarrow textcomp:textrightarrow
latex2e:leftarrow latex2e:longleftarrow stmaryrd:shortleftarrow textcomp:textleftarrow
latex2e:uparrow textcomp:textuparrow stmaryrd:shortuparrow
latex2e:downarrow textcomp:textdownarrow stmaryrd:shortdownarrow
latex2e:leftrightarrow latex2e:longleftrightarrow
latex2e:Rightarrow latex2e:Longrightarrow
latex2e:Leftarrow latex2e:Longleftarrow
latex2e:Leftrightarrow latex2e:Longleftrightarrow
latex2e:mapsto latex2e:longmapsto
stmaryrd:mapsfrom stmaryrd:longmapsfrom
stmaryrd:Mapsto stmaryrd:Longmapsto
stmaryrd:Mapsfrom stmaryrd:Longmapsfrom
latex2e:rightleftharpoons amssymb:rightleftharpoons
latexsym:leadsto amssymb:rightsquigarrow
latex2e:setminus amssymb:smallsetminus latex2e:backslash latex2e:textbackslash amssymb:diagdown
latex2e:slash amssymb:diagup textcomp:textfractionsolidus plain:/
latex2e:diamond amssymb:Diamond amssymb:lozenge latex2e:diamondsuit wasysym:wasylozenge
amssymb:square wasysym:Box wasysym:Square
latex2e:neg textcomp:textlnot
latex2e:pm textcomp:textpm
latex2e:times textcomp:texttimes plain:x plain:X
latex2e:div textcomp:textdiv
latex2e:ast latex2e:textasteriskcentered textcomp:textasteriskcentered plain:*
latex2e:dag latex2e:dagger latex2e:textdagger textcomp:textdagger
latex2e:ddag latex2e:ddagger latex2e:textdaggerdbl textcomp:textdaggerdbl
latex2e:S latex2e:mathsection latex2e:textsection textcomp:textsection
latex2e:P latex2e:mathparagraph latex2e:textparagraph textcomp:textparagraph textcomp:textpilcrow
latex2e:dollar latex2e:mathdollar latex2e:textdollar textcomp:textdollar textcomp:textdollaroldstyle
latex2e:pounds latex2e:mathsterling latex2e:textsterling textcomp:textsterling marvosym:Pfund textcomp:textlira
latex2e:copyright latex2e:textcopyright textcomp:textcopyright
amssymb:circledR latex2e:textregistered textcomp:textregistered
latex2e:texttrademark textcomp:texttrademark
latex2e:textordfeminine textcomp:textordfeminine
latex2e:textordmasculine textcomp:textordmasculine
latex2e:lbrace latex2e:textbraceleft plain:{
latex2e:rbrace latex2e:textbraceright plain:}
latex2e:lbracket plain:[
latex2e:rbracket plain:]
latex2e:langle textcomp:textlangle latex2e:textless latex2e:guilsinglleft plain:<
latex2e:rangle textcomp:textrangle latex2e:textgreater latex2e:guilsinglright plain:>
stmaryrd:llbracket textcomp:textlbrackdbl
stmaryrd:rrbracket textcomp:textrbrackdbl
latex2e:exclamation-grave latex2e:textexclamdown
latex2e:dash-dash latex2e:dash-dash-dash latex2e:dash-dash-dash-dash latex2e:textendash latex2e:textemdash textcomp:textminus textcomp:textthreequartersemdash textcomp:texttwelveudash latex2e:underscore latex2e:textunderscore latex2e:mathunderscore plain:-
textcomp:textdblhyphen textcomp:textdblhyphenchar plain:=
latex2e:hbar amssymb:hbar tipa:textcrh
latex2e:angle amssymb:angle
latex2e:emptyset amssymb:varnothing wasysym:diameter latex2e:O latex2e:o
latex2e:bot latex2e:perp
latex2e:propto amssymb:varpropto
latex2e:models amssymb:vDash
latex2e:upsilon tipa:textupsilon
latex2e:Omega gensymb:ohm
latex2e:varepsilon tipa:textepsilon
latex2e:dj tipa:textcrd
latex2e:beta tipa:textbeta
latex2e:surd textcomp:textsurd latex2e:sqrt-lbrace-rbrace
wasysym:brokenvert textcomp:textbrokenbar
wasysym:permil textcomp:textperthousand
wasysym:currency textcomp:textcurrency
wasysym:cent textcomp:textcent
latex2e:bowtie wasysym:Bowtie
wasysym:lightning stmaryrd:lightning marvosym:Lightning
marvosym:Heart latex2e:heartsuit
marvosym:Telefon wasysym:phone
marvosym:EUR marvosym:EURcr marvosym:EURdig marvosym:EURhv marvosym:EURtm textcomp:texteuro
amssymb:checkmark wasysym:checked
wasysym:XBox amssymb:boxtimes
amsmath:iint esint:iint
amsmath:iiint esint:iiint
amsmath:iiiint esint:iiiint
amsmath:idotsint esint:dotsint
latex2e:int tipa:textesh
esint:oiint esint:varoiint
bbold:mathbb-lbrace-1-rbrace dsfont:mathds-lbrace-1-rbrace
latex2e:dh amssymb:eth
latex2e:ni amssymb:backepsilon
latex2e:theta tipa:texttheta
latex2e:quotedblbase latex2e:textquotedblright
latex2e:quotesinglbase latex2e:textquoteright plain:,
textcomp:textquotestraightdblbase latex2e:textquotedbl
latex2e:prime textcomp:textquotesingle textcomp:textquotestraightbase tipa:textprimstress tipa:textsecstress plain:'
mathtools:dblcolon tipa:textlengthmark
latex2e:gamma tipa:textgamma
latex2e:chi tipa:textchi
latex2e:phi tipa:textphi
latex2e:omega tipa:textomega
latex2e:lambda tipa:textlambda
latex2e:iota tipa:textiota
latex2e:l tipa:textbarl
latex2e:th tipa:textthorn
latex2e:ampersand cmll:with
latex2e:colon plain:colon
"""
"""Same shapes, a line each."""


DRAWN = """
latex2e:Lambda latex2e:wedge tipa:textturnv
latex2e:DH latex2e:DJ
latex2e:Omega tipa:textscomega
plain:g tipa:textg tipa:textscriptg
plain:a tipa:textscripta
latex2e:ominus tipa:textbaro
amssymb:neq latex2e:neq tipa:textdoublebarslash
latex2e:dag marvosym:Cross
latex2e:ddag tipa:textdoublebarpipe
latex2e:rightarrow marvosym:MVRightarrow
amssymb:ll latex2e:guillemotleft
amssymb:gg latex2e:guillemotright
textcomp:textcentoldstyle wasysym:cent
latex2e:parallel textcomp:textquotestraightdblbase latex2e:textquotedbl
latex2e:rangle tipa:textrptr
latex2e:langle tipa:textlptr
latex2e:upsilon tipa:textscriptv
"""
"""Signs that print tells apart by a serif, a weight or a slope, and a line of a pen does not."""

SMALL_CAPITALS = "abeghijlnruy"


def rules() -> Iterable[list[str]]:
    """The sets of names with one look, which may overlap."""
    yield from (line.split() for line in SAME.strip().splitlines())
    yield from ([f"latex2e:{name}", f"upgreek:up{name}", f"plain:{name}"] for name in GREEK)
    yield from ([f"latex2e:{name}", f"upgreek:Up{name.lower()}", f"plain:{name}"] for name in GREEK_CAPITALS)
    for line in ZODIAC:
        first, *others = line.split()
        yield [f"marvosym:{first}", *(f"wasysym:{name}" for name in others)]
    for name in ("in", "int", "leq", "neq", "nabla", "partial", "infty", "forall", "exists", "prod", "sum", "subset",
                 "rightarrow", "leftarrow", "times", "div", "pm", "cap", "cup", "cdot", "ldots", "geq"):  # fmt: skip
        yield [f"latex2e:{name}", f"amssymb:{name}", f"plain:{name}"]
    yield from ([f"plain:{letter}", f"plain:{letter.upper()}"] for letter in "cksuvwxzop")


def looks(names: Iterable[str]) -> dict[str, str]:
    """For each of some names the first name of its look."""
    return _joined(names, rules())


def drawn_looks(names: Iterable[str]) -> dict[str, str]:
    """For each of some names the first name of all that a pen draws like it; the network scores more looks."""
    lines = [line.split() for line in DRAWN.strip().splitlines()]
    lines += [[f"tipa:textsc{letter}", f"plain:{letter.upper()}"] for letter in SMALL_CAPITALS]
    return _joined(names, [*rules(), *lines])


def _joined(names: Iterable[str], lines: Iterable[list[str]]) -> dict[str, str]:
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for line in lines:
        known = [root(name) for name in line if name in parent]
        for name in known[1:]:
            parent[root(name)] = root(known[0])
    return {name: root(name) for name in parent}


def members(look_of: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of each look."""
    found: dict[str, list[str]] = {}
    for name, look in look_of.items():
        found.setdefault(look, []).append(name)
    return found
