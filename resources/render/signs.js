// Names of signs in the packages unicode-math, stix, stmaryrd, wasysym, txfonts and cmll that MathJax does not know,
// by what they are in a formula. Source: the table of unicode-math (https://ctan.org/pkg/unicode-math) and the
// Comprehensive LaTeX Symbol List (https://ctan.org/pkg/comprehensive).
"use strict";

{
  const SIGNS = {
    ord: `
      APLboxquestion:⍰ APLboxupcaret:⍓ APLnotbackslash:⍀ Angstrom:Å Bbbeight:𝟠 Bbbfive:𝟝 Bbbfour:𝟜 Bbbnine:𝟡 Bbbone:𝟙 Bbbpi:ℼ
      Bbbseven:𝟟 Bbbsix:𝟞 Bbbthree:𝟛 Bbbtwo:𝟚 Bbbzero:𝟘 Bot:⫫ Coppa:Ϙ DH:Ð DJ:Đ Earth:♁ Eulerconst:ℇ Exclam:‼ Hermaphrodite:⚥
      Jupiter:♃ Koppa:Ϟ Mars:♂ Mercury:☿ NG:Ŋ Neptune:♆ Planckconst:ℎ Pluto:♇ PropertyLine:⅊ QED:∎ Question:⁇ Sampi:Ϡ Saturn:♄
      Stigma:Ϛ TH:Þ Uranus:♅ Venus:♀ Vvert:⦀ Yup:⅄ Zbar:Ƶ accurrent:⏦ acidfree:♾ acwopencirclearrow:↺ angdnr:⦟ angles:⦞
      angleubar:⦤ astrosun:☉ backdprime:‶ backtrprime:‷ ballotx:✗ barleftarrowrightarrowbar:↹ barovernorthwestarrow:↸
      bbrktbrk:⎶ bdtriplevdash:┆ benzenr:⏣ bigblacktriangledown:▼ bigblacktriangleup:▲ bigwhitestar:☆ blackcircledownarrow:⧭
      blackcircledrightdot:⚈ blackcircledtwodots:⚉ blackcircleulquadwhite:◕ blackdiamonddownarrow:⧪ blackinwhitediamond:◈
      blackinwhitesquare:▣ blacklefthalfcircle:◖ blackpointerleft:◄ blackpointerright:► blackrighthalfcircle:◗ blacksmiley:☻
      blanksymbol:␢ blkhorzoval:⬬ blkvertoval:⬮ blockfull:█ blockhalfshaded:▒ blocklefthalf:▌ blocklowhalf:▄ blockqtrshaded:░
      blockrighthalf:▐ blockthreeqtrshaded:▓ blockuphalf:▀ botsemicircle:◡ boxonbox:⧉ bullseye:◎ caretinsert:‸
      carriagereturn:↵ cent:¢ cirE:⧃ circlebottomhalfblack:◒ circledbullet:⦿ circledownarrow:⧬ circledrightdot:⚆ circledstar:✪
      circledtwodots:⚇ circledwhitebullet:⦾ circlelefthalfblack:◐ circlellquad:◵ circlelrquad:◶ circlerighthalfblack:◑
      circletophalfblack:◓ circleulquad:◴ circleurquad:◷ circleurquadblack:◔ circlevertfill:◍ cirscir:⧂ conictaper:⌲ coppa:ϙ
      cwopencirclearrow:↻ danger:☡ dh:ð diameter:⌀ diamondbotblack:⬙ diamondcdot:⟐ diamondleftblack:⬖ diamondrightblack:⬗
      diamondtopblack:⬘ dicei:⚀ diceii:⚁ diceiii:⚂ diceiv:⚃ dicev:⚄ dicevi:⚅ dingasterisk:✽ dj:đ dottedcircle:◌ dottedsquare:⬚
      downdasharrow:⇣ downrightcurvedarrow:⤵ downtriangleleftblack:⧨ downtrianglerightblack:⧩ downwhitearrow:⇩ dprime:″
      draftingarrow:➛ earth:♁ eighthnote:♪ elinters:⏧ emptysetoarr:⦳ emptysetoarrl:⦴ emptysetobar:⦱ emptysetocirc:⦲
      enclosecircle:⃝ enclosediamond:⃟ enclosesquare:⃞ enclosetriangle:⃤ enleadertwodots:‥ errbarblackcircle:⧳
      errbarblackdiamond:⧱ errbarblacksquare:⧯ errbarcircle:⧲ errbardiamond:⧰ errbarsquare:⧮ euro:€ fdiagovnearrow:⤯
      fdiagovrdiag:⤬ female:♀ fisheye:◉ fltns:⏥ fourvdots:⦙ gtlpar:⦠ hermitmatrix:⊹ hexagon:⎔ hexagonblack:⬣ horizbar:―
      house:⌂ hrectangle:▭ hrectangleblack:▬ hyphen:‐ hyphenbullet:⁃ hzigzag:〰 iinfin:⧜ increment:∆ inversebullet:◘
      inversewhitecircle:◙ invnot:⌐ invwhitelowerhalfcircle:◛ invwhiteupperhalfcircle:◚ koppa:ϟ laplac:⧠ leftdasharrow:⇠
      leftmoon:☾ leftwhitearrow:⇦ lgblkcircle:⬤ lgblksquare:⬛ lgwhtcircle:◯ lgwhtsquare:⬜ linefeed:↴ llarc:◟ llblacktriangle:◣
      lltriangle:◺ lrarc:◞ lrblacktriangle:◢ lrtriangle:◿ lvboxline:⎸ male:♂ mathatsign:@ mathparagraph:¶ mathperiod:.
      mathquestion:? mathsection:§ mathslash:/ mathvisiblespace:␣ mathyen:¥ mbfeight:𝟖 mbffive:𝟓 mbffour:𝟒 mbfnine:𝟗 mbfone:𝟏
      mbfsanseight:𝟴 mbfsansfive:𝟱 mbfsansfour:𝟰 mbfsansnine:𝟵 mbfsansone:𝟭 mbfsansseven:𝟳 mbfsanssix:𝟲 mbfsansthree:𝟯
      mbfsanstwo:𝟮 mbfsanszero:𝟬 mbfseven:𝟕 mbfsix:𝟔 mbfthree:𝟑 mbftwo:𝟐 mbfzero:𝟎 mdblkcircle:⚫ mdblkdiamond:⬥ mdblklozenge:⬧
      mdblksquare:◼ mdlgblkcircle:● mdlgblkdiamond:◆ mdlgblksquare:■ mdlgwhtdiamond:◇ mdlgwhtlozenge:◊ mdlgwhtsquare:□
      mdsmblkcircle:⦁ mdsmblksquare:◾ mdsmwhtcircle:⚬ mdsmwhtsquare:◽ mdwhtcircle:⚪ mdwhtdiamond:⬦ mdwhtlozenge:⬨
      mdwhtsquare:◻ measangledltosw:⦯ measangledrtose:⦮ measangleldtosw:⦫ measanglelutonw:⦩ measanglerdtose:⦪
      measanglerutone:⦨ measangleultonw:⦭ measangleurtone:⦬ measuredangleleft:⦛ measuredrightangle:⊾ medblackstar:⭑
      medwhitestar:⭐ mitBbbD:ⅅ mitBbbd:ⅆ mitBbbe:ⅇ mitBbbi:ⅈ mitBbbj:ⅉ msanseight:𝟪 msansfive:𝟧 msansfour:𝟦 msansnine:𝟫
      msansone:𝟣 msansseven:𝟩 msanssix:𝟨 msansthree:𝟥 msanstwo:𝟤 msanszero:𝟢 mtteight:𝟾 mttfive:𝟻 mttfour:𝟺 mttnine:𝟿 mttone:𝟷
      mttseven:𝟽 mttsix:𝟼 mttthree:𝟹 mtttwo:𝟸 mttzero:𝟶 nHdownarrow:⇟ nHuparrow:⇞ neovnwarrow:⤱ neovsearrow:⤮ neuter:⚲ ng:ŋ
      nvinfty:⧞ nwovnearrow:⤲ obot:⦺ obrbrak:⏠ oc:! odotslashdot:⦼ olcross:⦻ parallelogram:▱ parallelogramblack:▰ pentagon:⬠
      pentagonblack:⬟ permil:‰ perps:⫡ postalmark:〒 profline:⌒ profsurf:⌓ qprime:⁗ quarternote:♩ rangledownzigzagarrow:⍼
      rdiagovfdiag:⤫ rdiagovsearrow:⤰ revangle:⦣ revangleubar:⦥ revemptyset:⦰ rightangle:∟ rightanglemdot:⦝ rightanglesqr:⦜
      rightdasharrow:⇢ rightmoon:☽ rightpentagon:⭔ rightpentagonblack:⭓ rightwhitearrow:⇨ rvboxline:⎹ sampi:ϡ sansLmirrored:⅃
      sansLturned:⅂ seovnearrow:⤭ shift:↕ shneg:↑ shpos:↓ sinewave:∿ smallblacktriangleleft:◂ smallblacktriangleright:▸
      smalltriangleleft:◃ smalltriangleright:▹ smblkdiamond:⬩ smblklozenge:⬪ smblksquare:▪ smwhitestar:⭒ smwhtcircle:◦
      smwhtlozenge:⬫ smwhtsquare:▫ sphericalangleup:⦡ sqlozenge:⌑ squarebotblack:⬓ squarecrossfill:▩ squarehfill:▤
      squarehvfill:▦ squareleftblack:◧ squarellblack:⬕ squarellquad:◱ squarelrblack:◪ squarelrquad:◲ squareneswfill:▨
      squarenwsefill:▧ squarerightblack:◨ squaretopblack:⬒ squareulblack:◩ squareulquad:◰ squareurblack:⬔ squareurquad:◳
      squarevfill:▥ squoval:▢ standardstate:⦵ stigma:ϛ strns:⏤ subsetcirc:⟃ sun:☼ supsetcirc:⟄ th:þ thermod:⧧ threedangle:⟀
      tieinfty:⧝ topbot:⌶ topcir:⫱ topsemicircle:◠ trapezium:⏢ trianglecdot:◬ triangleleftblack:◭ triangleodot:⧊
      trianglerightblack:◮ triangles:⧌ triangleubar:⧋ trprime:‴ turnangle:⦢ turnednot:⌙ twolowline:‗ twonotes:♫ ubrbrak:⏡
      ularc:◜ ulblacktriangle:◤ ultriangle:◸ unicodecdots:⋯ unicodeellipsis:… uparrowoncircle:⦽ upbackepsilon:϶ updasharrow:⇡
      updownarrowbar:↨ uprightcurvearrow:⤴ upwhitearrow:⇧ urarc:◝ urblacktriangle:◥ urtriangle:◹ varcarriagereturn:⏎
      varclubsuit:♧ varcoppa:ϙ vardiamondsuit:♦ varheartsuit:♥ varhexagon:⬡ varhexagonblack:⬢ varhexagonlrbonds:⌬
      varlrtriangle:⊿ varspadesuit:♤ varstar:✶ viewdata:⌗ vrectangle:▯ vrectangleblack:▮ vysmblksquare:⬝ vysmwhtsquare:⬞
      vzigzag:⦚ whitearrowupfrombar:⇪ whiteinwhitetriangle:⟁ whitepointerleft:◅ whitepointerright:▻ whthorzoval:⬭
      whtvertoval:⬯ wideangledown:⦦ wideangleup:⦧ wn:?
    `,
    rel: `
      APLnotslash:⌿ Barv:⫧ Colon:∷ DDownarrow:⟱ DashV:⫥ DashVDash:⟚ Dashv:⫤ Ddownarrow:⤋ Equiv:≣ Gt:⪢ LLeftarrow:⭅ Ldsh:↲
      Longmapsfrom:⟽ Longmapsto:⟾ Lt:⪡ Mapsfrom:⤆ Mapsto:⤇ Nearrow:⇗ Not:⫬ Nwarrow:⇖ Perp:⫫ Prec:⪻ RRightarrow:⭆ Rdsh:↳
      Searrow:⇘ Succ:⪼ Swarrow:⇙ UUparrow:⟰ Uuparrow:⤊ VDash:⊫ Vbar:⫫ acwcirclearrow:⥀ acwgapcirclearrow:⟲ acwleftarcarrow:⤹
      acwoverarcarrow:⤺ acwunderarcarrow:⤻ adots:⋰ approxeqq:⩰ approxident:≋ arceq:≘ assert:⊦ asteq:⩮ bNot:⫭ backcong:≌
      bagmember:⋿ barV:⫪ bardownharpoonleft:⥡ bardownharpoonright:⥝ barleftarrow:⇤ barleftharpoondown:⥖ barleftharpoonup:⥒
      barrightarrowdiamond:⤠ barrightharpoondown:⥟ barrightharpoonup:⥛ baruparrow:⤒ barupharpoonleft:⥘ barupharpoonright:⥔
      bsimilarleftarrow:⭁ bsimilarrightarrow:⭇ bsolhsub:⟈ bumpeqq:⪮ ccwundercurvearrow:⤿ cirbot:⟟ circleonleftarrow:⬰
      circleonrightarrow:⇴ cirmid:⫯ closure:⁐ coh:⁐ congdot:⩭ csub:⫏ csube:⫑ csup:⫐ csupe:⫒ curvearrowleftplus:⤽
      curvearrowrightminus:⤼ cwcirclearrow:⥁ cwgapcirclearrow:⟳ cwrightarcarrow:⤸ cwundercurvearrow:⤾ dashV:⫣ dashVdash:⟛
      dashcolon:∹ dashleftharpoondown:⥫ dashrightharpoondown:⥭ dbkarrow:⤏ ddotseq:⩷ diamondleftarrow:⤝ diamondleftarrowbar:⤟
      disin:⋲ dotequiv:⩧ dotsim:⩪ dotsminusdots:∺ downarrowbar:⤓ downarrowbarred:⤈ downfishtail:⥿ downharpoonleftbar:⥙
      downharpoonrightbar:⥕ downharpoonsleftright:⥥ downuparrows:⇵ downupharpoonsleftright:⥯ downzigzagarrow:↯ drbkarrow:⤐
      dualmap:⧟ egsdot:⪘ elsdot:⪗ eparsl:⧣ eqdot:⩦ eqeq:⩵ eqeqeq:⩶ eqgtr:⋝ eqless:⋜ eqqgtr:⪚ eqqless:⪙ eqqsim:⩳ eqqslantgtr:⪜
      eqqslantless:⪛ equal:= equalleftarrow:⭀ equalparallel:⋕ equalrightarrow:⥱ equivDD:⩸ equivVert:⩨ equivVvert:⩩ eqvparsl:⧥
      fbowtie:⧓ forks:⫝̸ forksnot:⫝ forkv:⫙ geqqslant:⫺ gescc:⪩ gesdot:⪀ gesdoto:⪂ gesdotol:⪄ gesles:⪔ gggnest:⫸ glE:⪒ gla:⪥
      gleichstark:⧦ glj:⪤ greater:> gsime:⪎ gsiml:⪐ gtcc:⪧ gtcir:⩺ gtquest:⩼ gtrarr:⥸ hatapprox:⩯ hknearrow:⤤ hknwarrow:⤣
      hksearrow:⤥ hkswarrow:⤦ inplus:⋵ isinE:⋹ isindot:⋵ isinobar:⋷ isins:⋴ isinvb:⋸ kernelcontraction:∻ lat:⪫ late:⪭
      leftarrowapprox:⭊ leftarrowbackapprox:⭂ leftarrowbsimilar:⭋ leftarrowless:⥷ leftarrowonoplus:⬲ leftarrowplus:⥆
      leftarrowshortrightarrow:⥃ leftarrowsimilar:⥳ leftarrowsubset:⥺ leftarrowtriangle:⇽ leftarrowx:⬾ leftbkarrow:⤌
      leftcurvedarrow:⬿ leftdbkarrow:⤎ leftdbltail:⤛ leftdotarrow:⬸ leftdowncurvedarrow:⤶ leftfishtail:⥼ leftharpoondownbar:⥞
      leftharpoonsupdown:⥢ leftharpoonupbar:⥚ leftharpoonupdash:⥪ leftmodels:⊨ leftrightarrowcircle:⥈ leftrightarrowtriangle:⇿
      leftrightharpoondowndown:⥐ leftrightharpoondownup:⥋ leftrightharpoonsdown:⥧ leftrightharpoonsup:⥦
      leftrightharpoonupdown:⥊ leftrightharpoonupup:⥎ leftsquigarrow:⇜ lefttail:⤙ leftthreearrows:⬱ leftwavearrow:↜
      leqqslant:⫹ lescc:⪨ lesdot:⩿ lesdoto:⪁ lesdotor:⪃ lesges:⪓ less:< lfbowtie:⧑ lftimes:⧔ lgE:⪑ lllnest:⫷ longdashv:⟞
      longleftsquigarrow:⬳ longmapsfrom:⟻ longrightsquigarrow:⟿ lrtriangleeq:⧡ lsime:⪍ lsimg:⪏ lsqhook:⫍ ltcc:⪦ ltcir:⩹
      ltlarr:⥶ ltquest:⩻ ltrivb:⧏ mapsdown:↧ mapsup:↥ mathratio:∶ measeq:≞ midcir:⫰ mlcp:⫛ multimapboth:⧟ multimapinv:⟜
      nVleftarrow:⇺ nVleftarrowtail:⬺ nVleftrightarrow:⇼ nVrightarrow:⇻ nVrightarrowtail:⤕ nVtwoheadleftarrow:⬵
      nVtwoheadleftarrowtail:⬽ nVtwoheadrightarrow:⤁ nVtwoheadrightarrowtail:⤘ napprox:≉ nasymp:≭ nequiv:≢ neswarrow:⤢
      ngtrless:≹ ngtrsim:≵ nhpar:⫲ niobar:⋾ nis:⋼ nisd:⋺ nlessgtr:≸ nlesssim:≴ nni:∌ npreccurlyeq:⋠ nsime:≄ nsimeq:≄
      nsqsubseteq:⋢ nsqsupseteq:⋣ nsubset:⊄ nsucccurlyeq:⋡ nsupset:⊅ nvLeftarrow:⤂ nvLeftrightarrow:⤄ nvRightarrow:⤃
      nvartriangleleft:⋪ nvartriangleright:⋫ nvleftarrow:⇷ nvleftarrowtail:⬹ nvleftrightarrow:⇹ nvrightarrow:⇸
      nvrightarrowtail:⤔ nvtwoheadleftarrow:⬴ nvtwoheadleftarrowtail:⬼ nvtwoheadrightarrow:⤀ nvtwoheadrightarrowtail:⤗
      nwsearrow:⤡ parsim:⫳ partialmeetcontraction:⪣ preceqq:⪳ precneq:⪱ prurel:⊰ pullback:⟓ pushout:⟔ questeq:≟ revnmid:⫮
      rfbowtie:⧒ rftimes:⧕ rightarrowapprox:⥵ rightarrowbackapprox:⭈ rightarrowbar:⇥ rightarrowbsimilar:⭌ rightarrowdiamond:⤞
      rightarrowgtr:⭃ rightarrowonoplus:⟴ rightarrowplus:⥅ rightarrowshortleftarrow:⥂ rightarrowsimilar:⥴ rightarrowsupset:⭄
      rightarrowtriangle:⇾ rightarrowx:⥇ rightbkarrow:⤍ rightcurvedarrow:⤳ rightdbltail:⤜ rightdotarrow:⤑
      rightdowncurvedarrow:⤷ rightfishtail:⥽ rightharpoondownbar:⥗ rightharpoonsupdown:⥤ rightharpoonupbar:⥓
      rightharpoonupdash:⥬ rightimply:⥰ rightleftharpoonsdown:⥩ rightleftharpoonsup:⥨ righttail:⤚ rightthreearrows:⇶
      rightwavearrow:↝ rsqhook:⫎ rtriltri:⧎ ruledelayed:⧴ scoh:⌢ scurel:⊱ shortdowntack:⫟ shortlefttack:⫞
      shortrightarrowleftarrow:⥄ shortuptack:⫠ sime:≃ simgE:⪠ simgtr:⪞ similarleftarrow:⭉ similarrightarrow:⥲ simlE:⪟
      simless:⪝ simminussim:⩬ simneqq:≆ simrdots:⩫ sincoh:⌣ smallin:∊ smallni:∍ smeparsl:⧤ smt:⪪ smte:⪬ sqsubsetneq:⋤
      sqsupsetneq:⋥ stareq:≛ strictfi:⥼ strictif:⥽ subedot:⫃ submult:⫁ subrarr:⥹ subsetapprox:⫉ subsetdot:⪽ subsetplus:⪿
      subsim:⫇ subsub:⫕ subsup:⫓ succeqq:⪴ succneq:⪲ supdsub:⫘ supedot:⫄ suphsol:⟉ suphsub:⫗ suplarr:⥻ supmult:⫂
      supsetapprox:⫊ supsetdot:⪾ supsetplus:⫀ supsim:⫈ supsub:⫔ supsup:⫖ toea:⤨ tona:⤧ topfork:⫚ tosa:⤩ towa:⤪
      trianglelefteqslant:⊴ trianglerighteqslant:⊵ twoheaddownarrow:↡ twoheadleftarrowtail:⬻ twoheadleftdbkarrow:⬷
      twoheadmapsfrom:⬶ twoheadmapsto:⤅ twoheadrightarrowtail:⤖ twoheaduparrow:↟ twoheaduparrowcircle:⥉ typecolon:⦂
      uparrowbarred:⤉ updownarrows:⇅ updownharpoonleftleft:⥑ updownharpoonleftright:⥍ updownharpoonrightleft:⥌
      updownharpoonrightright:⥏ updownharpoonsleftright:⥮ upfishtail:⥾ upharpoonleftbar:⥠ upharpoonrightbar:⥜
      upharpoonsleftright:⥣ upin:⟒ vBar:⫨ vBarv:⫩ vDdash:⫢ varVdash:⫦ varisinobar:⋶ varisins:⋳ varniobar:⋽ varnis:⋻ vbrtri:⧐
      veeeq:≚ veeonwedge:⩙ vlongdash:⟝ wedgeq:≙
    `,
    bin: `
      Nand:⊼ Nor:⊽ Otimes:⨷ Sqcap:⩎ Sqcup:⩏ Vee:⩔ Wedge:⩓ Xor:⊻ barcap:⩃ barcup:⩂ barvee:⊽ bigslopedvee:⩗ bigslopedwedge:⩘
      blackhourglass:⧗ boxast:⧆ boxbar:◫ boxbox:⧈ boxbslash:⧅ boxcircle:⧇ boxdiag:⧄ boxempty:□ boxslash:⧄ btimes:⨲ capbarcup:⩉
      capdot:⩀ capovercup:⩇ capwedge:⩄ circledequal:⊜ circledparallel:⦷ circledvert:⦶ circlehbar:⦵ closedvarcap:⩍
      closedvarcup:⩌ closedvarcupsmashprod:⩐ commaminus:⨩ concavediamond:⟡ concavediamondtickleft:⟢ concavediamondtickright:⟣
      cupbarcap:⩈ cupdot:⊍ cupleftarrow:⊌ cupovercap:⩆ cupvee:⩅ divslash:∕ dotminus:∸ dottimes:⨰ doublebarvee:⩢ doubleplus:⧺
      dsol:⧶ dsub:⩤ eqqplus:⩱ fcmp:⨾ fracslash:⁄ hourglass:⧖ interleave:⫴ intprod:⨼ intprodr:⨽ invamp:⅋ invlazys:∾
      lozengeminus:⟠ mathplus:+ mdlgblklozenge:⧫ mdlgwhtcircle:○ merge:⧢ midbarvee:⩝ midbarwedge:⩜ minus:− minusdot:⨪
      minusfdots:⨫ minuso:⊖ minusrdots:⨬ nhVvert:⫵ obar:⌽ oblong:▯ obslash:⦸ odiv:⨸ ogreaterthan:⧁ olessthan:⧀ operp:⦹
      opluslhrim:⨭ oplusrhrim:⨮ otimeshat:⨶ otimeslhrim:⨴ otimesrhrim:⨵ parr:⅋ plusdot:⨥ pluseqq:⩲ plushat:⨣ plussim:⨦
      plussubtwo:⨧ plustrif:⨨ ringplus:⨢ rsolbar:⧷ rsub:⩥ shuffle:⧢ simplus:⨤ smashtimes:⨳ smblkcircle:• smwhtdiamond:⋄
      sslash:⫽ talloblong:⫾ threedotcolon:⫶ tieconcat:⁀ timesbar:⨱ tminus:⧿ tplus:⧾ triangleminus:⨺ triangleplus:⨹
      triangleserifs:⧍ triangletimes:⨻ tripleplus:⧻ trslash:⫻ twocaps:⩋ twocups:⩊ uminus:⩁ upand:⅋ varbarwedge:⌅
      vardoublebarwedge:⌆ varobslash:⦸ varodot:⊙ varominus:⊖ varoplus:⊕ varoslash:⊘ varotimes:⊗ varveebar:⩡ vectimes:⨯
      veedot:⟇ veedoublebar:⩣ veemidvert:⩛ veeodot:⩒ veeonvee:⩖ vysmblkcircle:∙ vysmwhtcircle:∘ wedgebar:⩟ wedgedot:⟑
      wedgedoublebar:⩠ wedgemidvert:⩚ wedgeodot:⩑ wedgeonwedge:⩕ whitesquaretickleft:⟤ whitesquaretickright:⟥ with:&
    `,
    op: `
      Bbbsum:⅀ arabichad:𞻱 arabicmaj:𞻰 bigbot:⟘ bigcupplus:⨄ bigdoublevee:⨈ bigdoublewedge:⨇ biginterleave:⫼ bigtalloblong:⫿
      bigtop:⟙ bigtriangleleft:⨞ conjquant:⨇ disjquant:⨈ fullouterjoin:⟗ leftouterjoin:⟕ modtwosum:⨊ rightouterjoin:⟖
      varprod:∏ xbsol:⧹ xsol:⧸ zcmp:⨟ zpipe:⨠ zproject:⨡
    `,
    int: `
      awint:⨑ biginterleave:⫼ cirfnint:⨐ intBar:⨎ intbar:⨍ intcap:⨙ intclockwise:∱ intcup:⨚ intlarhk:⨗ intx:⨘ lowint:⨜
      npolint:⨔ ointclockwise:∲ ointctrclockwise:∳ pointint:⨕ rppolint:⨒ scpolint:⨓ sumint:⨋ upint:⨛ varoiint:∯
      varointclockwise:∲
    `,
    open: `
      Lbag:⟅ Lbrbrak:⟬ Lparengtr:⦕ Lvzigzag:⧚ lParen:⦅ langledot:⦑ lbag:⟅ lblkbrbrak:⦗ lbracklltick:⦏ lbrackubar:⦋
      lbrackultick:⦍ lbrbrak:❲ lcurvyangle:⧼ llangle:⟪ lparenless:⦓ lvzigzag:⧘
    `,
    close: `
      Rbag:⟆ Rbrbrak:⟭ Rparenless:⦖ Rvzigzag:⧛ mathexclam:! rParen:⦆ rangledot:⦒ rbag:⟆ rblkbrbrak:⦘ rbracklrtick:⦎
      rbrackubar:⦌ rbrackurtick:⦐ rbrbrak:❳ rcurvyangle:⧽ rparengtr:⦔ rrangle:⟫ rvzigzag:⧙
    `,
    punct: `
      mathcolon:: mathcomma:, mathsemicolon:;
    `,
  };
  const ALPHABETS = {
    Bbb: "mathbb", mscr: "mathscr", mbfscr: "boldsymbol\\mathscr", mfrak: "mathfrak", mbffrak: "boldsymbol\\mathfrak",
    mbf: "mathbf", mit: "mathnormal", mbfit: "boldsymbol", mup: "mathrm", msans: "mathsf", mtt: "mathtt",
  };
  const CLASSES = {
    ord: "{SIGN}", rel: "\\mathrel{SIGN}", bin: "\\mathbin{SIGN}", op: "\\mathop{SIGN}", int: "\\mathop{SIGN}\\nolimits",
    open: "\\mathopen{SIGN}", close: "\\mathclose{SIGN}", punct: "\\mathpunct{SIGN}",
  };
  const names = {};
  for (const [prefix, command] of Object.entries(ALPHABETS)) {
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
      names[prefix + letter] = `\\${command.replace("\\", "{\\")}{${letter}}${command.includes("\\") ? "}" : ""}`;
    }
  }
  for (const [kind, table] of Object.entries(SIGNS)) {
    for (const word of table.trim().split(/\s+/)) {
      const [name, sign] = word.split(/:(.+)/u);
      names[name] = CLASSES[kind].replace("SIGN", /[&%#]/.test(sign) ? `\\${sign}` : sign);
    }
  }
  WriteTexMacros.add(names);
}
