r"""Commands and environments that mathematics, tables, drawings, units and chemistry need.

None of them reads or writes a file, runs a program, reaches a net or changes how the rest is read. The
first table is the renderer's own (`tests/integration/formats/test_mathjax_corpus.py`
holds it to MathJax); the others are from the manuals of pgf/TikZ, pgfplots, booktabs, multirow,
siunitx, mhchem and chemfig (https://ctan.org).
"""

_RENDERER = """
    above abovewithdelims Aboxed abs absolutevalue acomm acos acosecant acosine acot acotangent acsc acute
    adjustlimits admat aleph allowbreak alpha amalg ampere And ang angle anticommutator antidiagonalmatrix
    approx approxeq arccos arccosecant arccosine arccot arccotangent arccsc arcsec arcsecant arcsin arcsine
    arctan arctangent arg array arraystretch ArrowBetweenLines Arrowvert arrowvert asec asecant asin asine
    ast asymp atan atangent atop atopwithdelims backepsilon backprime backsim backsimeq backslash bar
    barwedge Bbb Bbbk bbFont bbm bbox bcancel because begin beta beth between bf Big big bigcap bigcirc
    bigcup Bigg bigg Biggl biggl Biggm biggm Biggr biggr Bigl bigl Bigm bigm bigodot bigoplus bigotimes Bigr
    bigr bigskip bigsqcup bigstar bigtimes bigtriangledown bigtriangleup biguplus bigvee bigwedge binom
    blacklozenge blacksquare blacktriangle blacktriangledown blacktriangleleft blacktriangleright bm bmod
    bmqty boldmath boldsymbol bot bowtie Box boxdot boxed boxminus boxplus boxtimes Bqty bqty Bra bra brace
    bracevert brack Braket braket breve buildrel bullet Bumpeq bumpeq cal cancel cancelto Cap cap cases cdot
    cdotp cdots ce celsius centercolon centerdot centering centernot centerOver centi cfrac check checkmark
    chi choose circ circeq circlearrowleft circlearrowright circledast circledcirc circleddash circledR
    circledS cite clap class cline clubsuit colon Colonapprox colonapprox Coloneq coloneq Coloneqq coloneqq
    Colonsim colonsim color colorbox comm commutator complement cong coprod copyright cos cosecant cosh
    cosine cot cotangent coth cp cr cramped crampedclap crampedllap crampedrlap crampedsubstack cross
    crossproduct csc csch cssId cubed Cup cup curl curlyeqprec curlyeqsucc curlyvee curlywedge
    curvearrowleft curvearrowright dag Dagger dagger daleth dashleftarrow dashrightarrow dashv dbinom
    dblcolon dd ddag ddagger ddddot dddot ddot ddots DeclareMathOperator DeclarePairedDelimiter
    DeclarePairedDelimiters DeclarePairedDelimitersX DeclarePairedDelimitersXPP DeclarePairedDelimiterX
    DeclarePairedDelimiterXPP DeclareRobustCommand def definecolor deg degree Delta delta derivative det
    determinant dfrac diagdown diagonalmatrix diagup Diamond diamond diamondsuit diffd differential digamma
    dim displaylines displaymath displaystyle div divergence divideontimes divsymbol dmat dot Doteq doteq
    doteqdot dotplus dotproduct dots dotsb dotsc dotsi dotsm dotso doublebarwedge doublecap doublecup
    Downarrow downarrow downdownarrows downharpoonleft downharpoonright dv dyad edef ell emph empheqbigl
    empheqbiglangle empheqbiglbrace empheqbiglbrack empheqbiglceil empheqbiglfloor empheqbiglparen
    empheqbiglVert empheqbiglvert empheqbigr empheqbigrangle empheqbigrbrace empheqbigrbrack empheqbigrceil
    empheqbigrfloor empheqbigrparen empheqbigrVert empheqbigrvert empheql empheqlangle empheqlbrace
    empheqlbrack empheqlceil empheqlfloor empheqlparen empheqlVert empheqlvert empheqr empheqrangle
    empheqrbrace empheqrbrack empheqrceil empheqrfloor empheqrparen empheqrVert empheqrvert emptyset enclose
    end enspace ensuremath epsilon eqalign eqalignno eqcirc Eqcolon eqcolon eqno Eqqcolon eqqcolon eqref
    eqsim eqslantgtr eqslantless equiv erf eta eth ev eval evaluated exists exp expectationvalue exponential
    expval fallingdotseq fbox fcolorbox fderivative fdv Finv flalign flat flatfrac footnotesize forall frac
    frak framebox frown functionalderivative Game Gamma gamma gcd gdef ge genfrac geq geqq geqslant gets gg
    ggg gggtr giga gimel gnapprox gneq gneqq gnsim grad gradient gradientnabla gram grave gt gtrapprox
    gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq hat hbar hbox hdashline heartsuit hertz hfil hfill
    hfilll hline hom hookleftarrow hookrightarrow hphantom hskip hslash hspace Huge huge hypcosecant
    hypcosine hypcotangent hypsecant hypsine hyptangent i iddots identitymatrix idotsint iff iiiint iiint
    iint Im imaginary imat imath impliedby implies in inf infty injlim innerproduct int intercal intop iota
    ip it j jmath Join joule kappa kelvin ker kern Ket ket Ketbra ketbra kilo l label Lambda lambda land
    lang langle laplacian LARGE Large large LaTeX lbrace lbrack lceil ldotp ldots le leadsto left Leftarrow
    leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows Leftrightarrow leftrightarrow
    leftrightarrows leftrightharpoons leftrightsquigarrow leftroot leftthreetimes leq leqalignno leqno leqq
    leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lg lgroup lhd lim liminf limits
    limsup ll llap llcorner Lleftarrow lll llless lmoustache ln lnapprox lneq lneqq lnot lnsim log logarithm
    Longleftarrow longleftarrow Longleftrightarrow longleftrightarrow longleftrightarrows
    longLeftrightharpoons longmapsto Longrightarrow longrightarrow longRightleftharpoons
    longrightleftharpoons looparrowleft looparrowright lor lower lozenge lparen lrcorner Lsh lt ltimes lVert
    lvert lvertneqq maltese mapsto mathbb mathbbm mathbf mathbfcal mathbffrak mathbfit mathbfscr mathbfsf
    mathbfsfit mathbfsfup mathbfup mathbin mathcal mathchoice mathclap mathclose mathds mathfrak mathinner
    mathit mathllap mathmakebox mathmbox mathnormal mathop mathopen mathord mathpunct mathrel mathring
    mathrlap mathrm mathscr mathsf mathsfit mathsfup mathstrut mathtoolsset mathtt mathup matrix
    matrixdeterminant matrixel matrixelement matrixquantity max mbox mdet measuredangle medskip mega mel
    meter metre mho micro mid middle milli min minCDarrowheight minCDarrowwidth mit mkern mmlToken mod
    models mole MoveEqLeft moveleft moveright mp mqty mskip mspace MTFlushSpaceAbove MTFlushSpaceBelow
    MTThinColon mu multimap nabla nano natural naturallogarithm ncong ndownarrow ne nearrow neg negmedspace
    negthickspace negthinspace neq newcommand NewDocumentCommand newenvironment Newextarrow newline
    newtagform newton nexists ngeq ngeqq ngeqslant ngtr ni nLeftarrow nleftarrow nLeftrightarrow
    nleftrightarrow nleq nleqq nleqslant nless nmid nobreak nobreakspace nolimits nonscript nonumber norm
    normalsize not notag notChar notin nparallel nprec npreceq nRightarrow nrightarrow nshortmid
    nshortparallel nsim nsubseteq nsubseteqq nsucc nsucceq nsupseteq nsupseteqq ntriangleleft
    ntrianglelefteq ntriangleright ntrianglerighteq nu num nuparrow nVDash nVdash nvDash nvdash nwarrow O o
    odot ohm oiiint oiint oint oldstyle Omega omega omicron ominus op operatorname oplus order ordinarycolon
    oslash otimes outerproduct over overbrace overbracket overgroup overleftarrow overleftrightarrow
    overline overparen overrightarrow overset overunderset overwithdelims owns parallel partial
    partialderivative pascal paulimatrix pb pderivative pdv per perp perthousand phantom Phi phi Pi pi
    pitchfork pm pmat pmatrix pmb pmod Pmqty pmqty pod poissonbracket pounds pqty Pr prec precapprox
    preccurlyeq preceq precnapprox precneqq precnsim precsim prescript prime principalvalue Probability prod
    projlim propto protect providecommand Psi psi pu PV pv qall qand qas qassume qc qcc qcomma qelse qeven
    qfor qgiven qif qin qinteger qlet qodd qor qotherwise qq qqtext qquad qsince qthen qty quad quantity
    qunless qusing raise raisebox rang rangle rank rbrace rbrack rceil Re real ref refeq renewcommand
    renewenvironment renewtagform Res Residue restriction rfloor rgroup rhd rho right Rightarrow rightarrow
    rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
    rightsquigarrow rightthreetimes risingdotseq rlap rm rmoustache root rparen Rrightarrow Rsh rtimes Rule
    rule rVert rvert S sb sbmqty scr scriptscriptstyle scriptsize scriptstyle searrow sec secant sech second
    Set set setlength setminus sf sharp shortmid shortparallel shortvdotswithin shoveleft shoveright SI si
    sideset Sigma sigma sim simeq sin sine sinh skew slash small smallfrown smallint smallmatrixquantity
    smallsetminus smallskip smallsmile smash smdet smile smqty sout sp Space space spadesuit sphericalangle
    splitdfrac splitfrac sPmqty spmqty sqcap sqcup sqrt sqsubset sqsubseteq sqsupset sqsupseteq square
    squared stackbin stackrel star strut style subequations Subset subset subseteq subseteqq subsetneq
    subsetneqq substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sup
    Supset supset supseteq supseteqq supsetneq supsetneqq surd svmqty swarrow symbb symbf symbfcal symbffrak
    symbfit symbfscr symbfsf symbfsfit symbfsfup symbfup symcal symfrak symit symnormal symrm symscr symsf
    symsfit symsfup symtt symup tabular tag tan tangent tanh tau tbinom TeX text textacutedbl textasciiacute
    textasciibreve textasciicaron textasciicircum textasciidieresis textasciimacron textasciitilde
    textasteriskcentered textbackslash textbaht textbar textbardbl textbf textbigcircle textblank textborn
    textbraceleft textbraceright textbrokenbar textbullet textcelsius textcent textcentoldstyle textcircledP
    textclap textcolonmonetary textcolor textcompwordmark textcopyleft textcopyright textcurrency textdagger
    textdaggerdbl textdegree textdied textdiscount textdiv textdivorced textdollar textdollaroldstyle
    textdong textdownarrow texteightoldstyle textellipsis textemdash textendash textestimated texteuro
    textexclamdown textfiveoldstyle textflorin textfouroldstyle textfractionsolidus textgravedbl textgreater
    textguarani textinterrobang textinterrobangdown textit textlangle textlbrackdbl textleftarrow textless
    textlira textllap textlnot textlquill textmarried textmho textminus textmu textmusicalnote textnaira
    textnineoldstyle textnormal textnumero textohm textonehalf textoneoldstyle textonequarter
    textonesuperior textopenbullet textordfeminine textordmasculine textparagraph textperiodcentered
    textpertenthousand textperthousand textpeso textpm textquestiondown textquotedblleft textquotedblright
    textquoteleft textquoteright textrangle textrbrackdbl textrecipe textreferencemark textregistered
    textrightarrow textrlap textrm textrquill textsection textservicemark textsevenoldstyle textsf
    textsixoldstyle textsterling textstyle textsuperscript textsurd textthreeoldstyle textthreequarters
    textthreesuperior texttildelow texttimes texttrademark texttt texttwooldstyle texttwosuperior
    textunderscore textup textuparrow textvisiblespace textwon textyen textzerooldstyle tfrac therefore
    Theta theta thickapprox thicksim thinspace tilde times Tiny tiny to top Tr tr Trace trace triangle
    triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq tripledash tt
    twoheadleftarrow twoheadrightarrow u ulcorner unboldmath underbar underbrace underbracket undergroup
    underleftarrow underleftrightarrow underline underparen underrightarrow underset unicode unit unlhd
    unrhd upalpha Uparrow uparrow upbeta upchi Updelta updelta Updownarrow updownarrow upepsilon upeta
    Upgamma upgamma upharpoonleft upharpoonright upiota upkappa Uplambda uplambda uplus upmu upnu Upomega
    upomega upomicron Upphi upphi Uppi uppi Uppsi uppsi uprho uproot Upsigma upsigma Upsilon upsilon uptau
    Uptheta uptheta upuparrows Upupsilon upupsilon upvarepsilon upvarphi upvarpi upvarrho upvarsigma
    upvartheta Upxi upxi upzeta urcorner usetagform utilde v va var varDelta varepsilon varGamma variation
    varinjlim varkappa varLambda varliminf varlimsup varnothing varOmega varPhi varphi varPi varpi
    varprojlim varpropto varPsi varrho varSigma varsigma varsubsetneq varsubsetneqq varsupsetneq
    varsupsetneqq varTheta vartheta vartriangle vartriangleleft vartriangleright varUpsilon varXi vb vbox
    vcentcolon vcenter Vdash vDash vdash vdot vdots vdotswithin vec vectorarrow vectorbold vectorunit vee
    veebar verb Vert vert vline vmqty vnabla volt vphantom vqty vspace vu Vvdash watt wedge widehat
    wideparen widetilde wp wr xcancel xdef xhookleftarrow xhookrightarrow Xi xi xLeftarrow xleftarrow
    xleftharpoondown xleftharpoonup xLeftrightarrow xleftrightarrow xLeftrightharpoons xleftrightharpoons
    xlongequal xmapsto xmat xmathstrut xmatrix xRightarrow xrightarrow xrightharpoondown xrightharpoonup
    xRightleftharpoons xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow yen zeromatrix zeta
    zmat
"""
_DRAWING = """
    addlegendentry addlegendimage addplot ar arc arrow arrows axis axispath breakforeach calc cbezier circle
    clip closedcycle colorlet controls coordinate ctikzset cycle dar dashbox dlar drar draw edge ellipse
    endpgfonlayer fboxrule fboxsep fill filldraw foreach graph grid groupplot lar legend let line
    linethickness makebox multiput n ncline nextgroupplot node nopagecolor oval p pagecolor parabola path
    pgfdeclarelayer pgfextra pgfkeys pgflinewidth pgfmathcos pgfmathparse pgfmathrandom pgfmathrandominteger
    pgfmathresult pgfmathsetcount pgfmathsetlength pgfmathsetmacro pgfmathsin pgfmathtruncatemacro pgfnode
    pgfonlayer pgfpatharc pgfpathcircle pgfpathclose pgfpathcurveto pgfpathlineto pgfpathmoveto
    pgfpathrectangle pgfplotsextra pgfplotsset pgfpoint pgfpointorigin pgfpointxy pgfsetarrows pgfsetcolor
    pgfsetdash pgfsetfillcolor pgfsetlayers pgfsetlinewidth pgfsetstrokecolor pgftext pgftransformrotate
    pgftransformscale pgftransformshift pgfusepath pic plot polygon polyline psarc psaxes pscircle pscurve
    psdot psdots psellipse psframe psline psplot pspolygon psset put qbezier rar rectangle reflectbox
    resizebox rotatebox rput scalebox scoped selectcolor shade shadedraw shortstack spy subnode
    tdplotsetmaincoords tdplotsetrotatedcoords tdplotsinandcos thicklines thinlines tikz tikzmark tikzmath
    tikzset tikzstyle tkzAxeXY tkzDefMidPoint tkzDefPoint tkzDefPoints tkzDrawCircle tkzDrawLine
    tkzDrawPoint tkzDrawPoints tkzDrawPolygon tkzDrawSegment tkzDrawSegments tkzGetPoint tkzGrid tkzInit
    tkzInterLL tkzLabelAngle tkzLabelPoint tkzLabelPoints tkzLabelSegment tkzMarkAngle tkzMarkRightAngle
    tkzMarkSegment uar ular unitlength uput urar useasboundingbox usetikzlibrary vector x xyC xymatrix xyR y
"""
_TABLES = """
    aboverulesep addlinespace arraybackslash arraycolsep arrayrulecolor arrayrulewidth autoref backslashbox
    belowrulesep bigstrut Block Body bottomrule caption captionof cdashline Cdots cellcolor cmidrule
    cmidrulewidth CodeAfter CodeBefore columncolor columnsep columnwidth crcr Cref cref Ddots diagbox
    doublerulesep doublerulesepcolor endfirsthead endfoot endhead endlastfoot extrarowheight firsthline
    footnotemark halign hborder hdottedline heavyrulewidth hhline Hline hsize Iddots lasthline Ldots
    lightrulewidth linewidth makecell midrule morecmidrules multicolumn multirow multirowcell multispan
    newcolumntype NiceMatrixOptions noalign omit pageref raggedleft raggedright rothead rowcolor rowcolors
    SetCell SetColumn SetColumns SetHline SetHlines SetRow SetRows SetTblrInner SetVline SetVlines slashbox
    span specialrule SubMatrix tabcolsep tablenotes tabskip tabularnewline tabulinesep textheight textwidth
    thead tnote toprule toprulewidth valign vborder Vdots Xcline Xhline
"""
_TEXT = """
    a AA aa abovedisplayshortskip abovedisplayskip abstract accent acrlong acrshort addtocounter addtolength
    AE ae alert allowdisplaybreaks Alph alph appendix arabic author B b baselineskip baselinestretch
    begingroup belowdisplayshortskip belowdisplayskip bfseries bgroup BibTeX binoppenalty blindtext break C
    c chapter char citeauthor citep citet citeyear cleaders cleardoublepage clearpage columnbreak D d
    dashuline date delimiter description DH dh discretionary displaybreak displaywidth DJ dj dotfill
    dotuline egroup em endgroup enquote enskip enumerate epsilonup euro f figref fnsymbol fontdimen
    fontfamily fontseries fontshape fontsize footnote footnotetext foreignlanguage G gls glsadd glspl H h
    hangafter hangindent hfuzz hologo hrule hrulefill hss hyphenation ignorespaces indent index intertext
    invisible item itemize itshape jot k L labelenumi labelitemi LaTeXe leaders leading leavevmode lefteqn
    lemmaref linebreak linespread lipsum looseness lowercase lstinline M MakeLowercase maketitle
    MakeUppercase marginpar mathaccent mathchar mathsurround mdseries medmuskip newpage NG ng nocite
    noindent nolinebreak nopagebreak normalfont null nulldelimiterspace number numberwithin OE oe only
    onslide P pagebreak par paragraph parbox parindent parskip part pause penalty phantomsection popQED
    pushQED qed qedhere qedsymbol r radical refstepcounter relax relpenalty rmfamily Roman roman
    romannumeral ruby sc scriptspace scshape section selectfont selectlanguage setcounter sffamily
    shortintertext sl slshape SS ss stepcounter subfigref subparagraph subsection subsubsection symbol T t
    tableofcontents temporal texorpdfstring textcircled textlf textmd textquote textsc textsl textsubscript
    TH th theenumi theequation thickmuskip thinmuskip thmref title today ttfamily U uline uncover unskip
    uppercase upshape usefont uwave value vfil vfill vfuzz visible vrule vskip vss vtop xleaders xout
"""
_UNITS = """
    A angstrom arcminute arcsecond astronomicalunit atomicmassunit atto barn becquerel bel bohr candela
    clight cm complexnum complexqty coulomb cubic dalton day dB deca deci decibel DeclareSIUnit
    degreeCelsius deka electronmass electronvolt elementarycharge eV exa F farad femto g GeV GHz gibi GPa
    gray hartree hectare hecto henry hour Hz J K katal keV kg kHz kibi kilogram kJ km kN knot kohm kPa kV kW
    kWh liter litre lumen lux m mA mebi MeV mg MHz minute MJ mL ml mm mmHg mmol Mohm mol MPa ms mV MW mW N
    nauticalmile neper nF nicefrac nm ns numlist numrange of Pa percent peta pF pico planckbar ps qtylist
    qtyrange quecto quetta radian raiseto ronna ronto s sfrac siemens sievert SIlist SIrange sisetup
    steradian tablenum tebi tera tesla TeV tonne tothe uA uF ug um unitfrac us V W weber yocto yotta zepto
    zetta
"""
_CHEMISTRY = """
    aq aqueous bond box cee cf ch Charge charge chemabove chembelow chembond chemdown chemfig chemformula
    chemleft chemmove chemname chemrel chemright chemsetup chemsign chemup chlewis cip cis definesubmol
    enthalpy entropy gas gibbs hetero hflipnext isotope iupac iupacname Ka Kb Kw Lewis lewis liquid lqd
    merge newman nuclide orbital ox pH phase pKa pOH polymerdelim printatom redefinesubmol schemedebug
    schemestart schemestop setatomsep setbondoffset setbondstyle setchemfig setchemrel setcrambond
    setdoublesep sld solid state subscheme tert trans vflipnext
"""
_ENVIRONMENTS = """
    abstract adjustbox algorithm algorithm2e algorithmic align alignat aligned alignedat appendix array
    axiom axis block Bmatrix bmatrix BNiceArray bNiceArray BNiceMatrix bNiceMatrix booktabs bprooftree breqn
    Bsmallmatrix bsmallmatrix cases CD center chemfigure circuitikz CJK claim column columns conjecture
    corollary crampedsubarray darray dcases definition dependency description dgroup displaymath
    displayquote dmath document doublespace drcases dsubarray empheq enumerate eqnarray equation example
    exercise fbox figure flalign flalignat flushleft flushright footnotesize forest frame framed gather
    gathered groupplot IEEEeqnarray itemize landscape Large large lemma letter lgathered loglogaxis
    longtable longtblr lrbox lstlisting math matrix mdframed minipage multicols multline multlined NiceArray
    NiceMatrix NiceTabular NiceTabularX note numcases onehalfspace otherlanguage pgfonlayer pgfpicture
    picture pmatrix pNiceArray pNiceMatrix polaraxis postscript problem proof prooftree proposition
    psmallmatrix pspicture quotation quote raggedleft raggedright rcases remark rgathered rotate rotatebox
    savebox scheme scnumcases scope semilogxaxis semilogyaxis shaded sideways singlespace small smallmatrix
    smithchart solution spacing split spreadlines subarray subequations subfigure subnumcases subtable
    supertabular tabbing table tablenotes tabular tabularx tabulary talltblr tblr tcolorbox ternaryaxis
    thebibliography theorem threeparttable tikzcd tikzfadingfrompicture tikzpicture tiny titlepage turn
    verbatim verse Vmatrix vmatrix VNiceArray vNiceArray VNiceMatrix vNiceMatrix Vsmallmatrix vsmallmatrix
    wrapfigure wraptable xalignat xltabular xxalignat
"""

COMMANDS: frozenset[str] = frozenset(
    name for table in (_RENDERER, _DRAWING, _TABLES, _TEXT, _UNITS, _CHEMISTRY) for name in table.split()
)
"""Names without backslash and without star."""

ENVIRONMENTS: frozenset[str] = frozenset(_ENVIRONMENTS.split())
"""Names without star."""
