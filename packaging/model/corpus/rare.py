"""Signs that people meet and that the collected formulas hardly have: only the grammar can teach them.

`@` stands for the backslash, as in `words`.
"""

ARROWS = (
    "@Uparrow @Downarrow @Updownarrow @updownarrow @swarrow @nwarrow @longleftarrow @Longleftarrow "
    "@rightrightarrows @leftrightarrows @rightleftarrows @leftleftarrows @upuparrows @downdownarrows "
    "@hookleftarrow @rightarrowtail @leftarrowtail @twoheadleftarrow @leftharpoonup @leftharpoondown "
    "@rightharpoondown @upharpoonright @upharpoonleft @downharpoonright @downharpoonleft "
    "@leftrightharpoons @leftrightsquigarrow @circlearrowleft @circlearrowright @looparrowleft "
    "@looparrowright @curvearrowright @curvearrowleft @multimap @Lleftarrow @Rrightarrow @Lsh @Rsh "
    "@nrightarrow @nleftarrow @nleftrightarrow @nRightarrow @nLeftarrow @nLeftrightarrow"
).split()
LONE = (
    "@$ @bigcirc @bigstar @ddagger @P @O @AA @lozenge @blacklozenge @blacktriangle @blacktriangledown "
    "@blacktriangleleft @blacktriangleright @triangledown @spadesuit @diamondsuit @measuredangle "
    "@sphericalangle @complement @eth @digamma @varkappa @varpi @gimel @daleth @Bbbk @Finv @Game "
    "@backprime @ulcorner @urcorner @llcorner @lrcorner @surd @circledS @pounds @yen € ‰"
).split()
BIG = ("@biguplus @bigodot").split()
BINARY = (
    "@sqcap @uplus @Cap @Cup @wr @dotplus @boxplus @boxminus @boxdot @oslash @circledast @circledcirc "
    "@circleddash @bigtriangleup @bigtriangledown @barwedge @doublebarwedge @veebar @curlyvee @curlywedge "
    "@intercal @leftthreetimes @rightthreetimes @divideontimes @lessdot @gtrdot"
).split()
RELATION = (
    "@nsubseteq @nsupseteq @nparallel @nless @ngtr @nleqslant @ngeqslant @nprec @nsucc @npreceq @nsucceq "
    "@nsim @ncong @nvdash @nvDash @nVdash @ntriangleleft @ntriangleright @subseteqq @supseteqq "
    "@subsetneqq @supsetneqq @sqsubset @sqsupset @sqsupseteq @Subset @Supset @geqq @leqq @lll @ggg "
    "@lessgtr @gtrless @lesseqgtr @gtreqless @eqslantless @lneq @gneq @lneqq @gneqq @lnsim @gnsim "
    "@lessapprox @gtrapprox @preccurlyeq @succcurlyeq @curlyeqprec @curlyeqsucc @precsim @succsim "
    "@precapprox @succapprox @approxeq @backsim @backsimeq @bumpeq @Bumpeq @doteqdot @fallingdotseq "
    "@risingdotseq @triangleq @circeq @eqcirc @eqsim @between @pitchfork @frown @dashv @Vdash @Vvdash "
    "@rhd @unrhd @bowtie @backepsilon @smile"
).split()
SIGNS = (*ARROWS, *LONE, *BIG, *BINARY, *RELATION)
FUNCTIONS = (
    "arcsinh arccosh arctanh arsinh arcosh artanh arccot sech csch sinc sgn sign erf erfc Res Li Ei Si Ai Bi lcm "
    "ord vol supp conv card dist diam diag tr Tr rank rk span im coker id Id Hom Ext Tor Aut End Gal Spec Proj "
    "grad div curl rot Var Cov Corr MSE KL softmax sigmoid ReLU relu argmax argmin Re Im adj vec lb Ad ad GL SL "
    "SO SU Sp PSL wt ht ch sp St Gr Pic Div Cl Br Fr cl int ess sup const"
).split()
"""Names set upright for which LaTeX has no command."""
