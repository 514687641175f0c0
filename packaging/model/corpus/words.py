"""What the grammar chooses from: letters, signs and words of LaTeX.

`@` stands for the backslash, which Python 3.11 does not take inside the braces of an f-string.
"""

GREEK = (
    "@alpha @beta @gamma @delta @epsilon @varepsilon @zeta @eta @theta @vartheta @iota @kappa @lambda @mu @nu @xi "
    "@pi @rho @varrho @sigma @varsigma @tau @upsilon @phi @varphi @chi @psi @omega @Gamma @Delta @Theta "
    "@Lambda @Xi @Pi @Sigma @Upsilon @Phi @Psi @Omega"
).split()
BINARY = (
    "+ - + - + - @cdot @times @pm @mp @div * / @circ @bullet @star @cap @cup @wedge @vee @oplus @otimes @odot "
    "@setminus @sqcup @boxtimes @diamond @dagger @ominus @amalg @ltimes @rtimes"
).split()
RELATION = (
    "= = = = = = = < > @leq @geq @neq @equiv @approx @sim @simeq @cong @to @in @notin @ni @subset @subseteq "
    "@supset @supseteq @subsetneq @ll @gg @propto @perp @mapsto @longmapsto @longrightarrow @leftarrow "
    "@leftrightarrow @Rightarrow @Leftrightarrow @Longrightarrow @Longleftrightarrow @rightsquigarrow "
    "@hookrightarrow @prec @preceq @succ @succeq @vdash @models @vDash @nmid @| @lesssim @gtrsim "
    "@leqslant @geqslant @rightharpoonup @rightleftharpoons @twoheadrightarrow @Leftarrow @uparrow @downarrow "
    "@nearrow @searrow @triangleleft @asymp @supsetneq @longleftrightarrow @nleq @ngeq @unlhd @lhd @sqsubseteq"
).split()
LONE = (
    "@infty @partial @nabla @hbar @ell @emptyset @varnothing @forall @exists @nexists @neg @top @perp @aleph "
    "@Re @Im @wp @angle @triangle @square @sharp @flat @natural @imath @jmath @vdots @ddots @cdots @ldots "
    "@Diamond @clubsuit @heartsuit @% @# @& @therefore @because @checkmark @blacksquare @S @beth @mho"
).split()
BIG = "@sum @prod @int @oint @bigcup @bigcap @bigoplus @bigotimes @coprod @bigvee @bigwedge @bigsqcup".split()
FUNCTIONS = (
    "@sin @cos @tan @cot @sec @csc @sinh @cosh @tanh @coth @arcsin @arccos @arctan @log @ln @exp @det @dim @ker "
    "@deg @arg @gcd @Pr @hom @lg"
).split()
LIMITS = "@lim @max @min @sup @inf @limsup @liminf".split()
ACCENTS = "@hat @bar @tilde @vec @dot @ddot @check @breve @acute @grave @mathring".split()
WIDE = "@overline @widehat @widetilde @overrightarrow @underline @overleftarrow".split()
WORDS = (
    "if and or for all otherwise where such that is with then else odd even when any some not of the in else const true false "
    "subject to minimize maximize as sign rank span tr diag Var Cov Hom Spec Aut End Gal Ker Im id grad div curl rot max min "
    "loss train test model data error rate time mass force energy input output total mean median new old def eff ext int "
    "left right up down high low free bound in out abs rel ref obs pred exp"
).split()
UNITS = "m s kg cm mm km Hz MHz GHz eV MeV GeV J W V A K mol N Pa rad L min h C F T Wb lm cd dB nm fm ms ns".split()
