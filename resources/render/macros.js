// Commands and environments that recognised formulas use and MathJax does not know.
// The form is MathJax's own: name -> body, or [body, number of arguments].
// https://docs.mathjax.org/en/v3.2/input/tex/macros.html
"use strict";

globalThis.WriteTexMacros = {
  commands: {
    // Bold and blackboard letters
    bm: ["{\\boldsymbol{#1}}", 1],
    bbm: ["\\mathbb{#1}", 1],
    mathbbm: ["\\mathbb{#1}", 1],
    mathds: ["\\mathbb{#1}", 1],
    boldmath: "",
    unboldmath: "",

    // Signs
    dag: "\\dagger",
    ddag: "\\ddagger",
    Dagger: "\\ddagger",
    iddots: "\\mathinner{\\kern1mu\\raise1pt{.}\\kern2mu\\raise4pt{.}\\kern2mu\\raise7pt{.}\\kern1mu}",
    lang: "\\langle",
    rang: "\\rangle",
    oiint: "\\mathop{\\unicode{x222F}}\\nolimits",
    oiiint: "\\mathop{\\unicode{x2230}}\\nolimits",
    slash: "/",
    vcentcolon: "\\mathrel{:}",
    vline: "|",

    // Letters of text
    copyright: "\\unicode{xA9}",
    i: "\\unicode{x131}",
    j: "\\unicode{x237}",
    l: "\\unicode{x142}",
    O: "\\unicode{xD8}",
    o: "\\unicode{xF8}",
    pounds: "\\unicode{xA3}",
    textregistered: "\\unicode{xAE}",

    // Accents, strokes and scripts
    overgroup: ["\\overset{\\frown}{#1}", 1],
    overparen: ["\\overset{\\frown}{#1}", 1],
    sb: "_",
    sout: ["\\enclose{horizontalstrike}{#1}", 1],
    sp: "^",
    textsuperscript: ["{}^{\\text{#1}}", 1],
    underbar: ["\\underline{#1}", 1],
    undergroup: ["\\underset{\\smile}{#1}", 1],
    underparen: ["\\underset{\\smile}{#1}", 1],
    utilde: ["\\underset{\\sim}{#1}", 1],
    wideparen: ["\\overset{\\frown}{#1}", 1],

    // References and numbers
    cite: ["[\\text{#1}]", 1],
    eqno: ["\\qquad #1", 1],
    leqno: ["\\qquad #1", 1],

    // Layout that has no meaning in a single formula
    allowbreak: "",
    arraystretch: "",
    bigskip: "",
    centering: "",
    cline: ["", 1],
    ensuremath: ["#1", 1],
    footnotesize: "\\small",
    medskip: "",
    nobreak: "",
    nobreakspace: "~",
    protect: "",
    raisebox: ["\\raise{#1}{\\text{#2}}", 2],
    setlength: ["", 2],
    smallskip: "",
    vbox: ["{#1}", 1],
    vspace: ["", 1],

    // Units in the manner of siunitx; glue.js knows the commands that set numbers
    ang: ["{#1}^\\circ", 1],
    si: ["{\\mathrm{#1}}", 1],
    unit: ["{\\mathrm{#1}}", 1],
    ampere: "A",
    celsius: "{}^\\circ C",
    centi: "c",
    cubed: "^3",
    giga: "G",
    gram: "g",
    hertz: "Hz",
    joule: "J",
    kelvin: "K",
    kilo: "k",
    mega: "M",
    meter: "m",
    metre: "m",
    micro: "\\unicode{xB5}",
    milli: "m",
    mole: "mol",
    nano: "n",
    newton: "N",
    pascal: "Pa",
    per: "/",
    second: "s",
    squared: "^2",
    volt: "V",
    watt: "W",
  },
  environments: {
    displaymath: ["", ""],
    flalign: ["\\begin{align}", "\\end{align}"],
    "flalign*": ["\\begin{align*}", "\\end{align*}"],
    subequations: ["", ""],
    tabular: ["\\begin{array}{#1}", "\\end{array}", 1],
    "tabular*": ["\\begin{array}{#1}", "\\end{array}", 1],
  },
};
