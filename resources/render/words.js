// Letters and commands that LaTeX has within \text, and those of plain TeX that define or name signs.
// Runs in QuickJS after the components of MathJax.
"use strict";

(function () {
  const { CommandMap, DelimiterMap, MacroMap } = MathJax._.input.tex.SymbolMap;
  const ParseMethods = MathJax._.input.tex.ParseMethods.default;
  const { Configuration } = MathJax._.input.tex.Configuration;
  const ParseUtil = MathJax._.input.tex.ParseUtil.default;
  const TexError = MathJax._.input.tex.TexError.default;
  const BaseMethods = MathJax._.input.tex.base.BaseMethods.default;
  const { AmsMethods } = MathJax._.input.tex.ams.AmsMethods;
  const TexParser = MathJax._.input.tex.TexParser.default;
  const NewCommands = MathJax._.input.tex.newcommand.NewcommandMethods.default;

  const LETTERS = {
    AA: "\u00c5", AE: "\u00c6", DH: "\u00d0", L: "\u0141", O: "\u00d8", OE: "\u0152", P: "\u00b6", S: "\u00a7", TH: "\u00de", aa: "\u00e5",
    ae: "\u00e6", copyright: "\u00a9", dag: "\u2020", ddag: "\u2021", dh: "\u00f0", dots: "\u2026", euro: "\u20ac", i: "\u0131", j: "\u0237",
    l: "\u0142", ldots: "\u2026", o: "\u00f8", oe: "\u0153", pounds: "\u00a3", ss: "\u00df", textasciicircum: "^",
    textasciitilde: "~", textbackslash: "\\", textbar: "|", textbraceleft: "{", textbraceright: "}",
    textbullet: "\u2022", textcent: "\u00a2", textbardbl: "\u2016", textcopyright: "\u00a9", textdagger: "\u2020", textdaggerdbl: "\u2021", textdegree: "\u00b0",
    textdollar: "$", textdblquote: "\"", textellipsis: "\u2026", textemdash: "\u2014", textendash: "\u2013", texteuro: "\u20ac",
    textexclamdown: "\u00a1", textgreater: ">", textless: "<", textmu: "\u00b5", textnumero: "\u2116", textohm: "\u03a9",
    textparagraph: "\u00b6", textperiodcentered: "\u00b7", textquestiondown: "\u00bf", textquotedbl: "\"",
    textquotedblleft: "\u201c", textquotedblright: "\u201d", textquoteleft: "\u2018", textquoteright: "\u2019",
    textquotesingle: "'", textregistered: "\u00ae", textsection: "\u00a7", textsterling: "\u00a3", texttimes: "\u00d7",
    texttrademark: "\u2122", textunderscore: "_", textvisiblespace: "\u2423", textyen: "\u00a5", th: "\u00fe", LaTeX: "LaTeX",
    TeX: "TeX", LaTeXe: "LaTeX2\u03b5", KaTeX: "KaTeX", guillemotleft: "\u00ab", guillemotright: "\u00bb",
    slash: "/", degree: "\u00b0", quotedblbase: "\u201e", quotesinglbase: "\u201a", textpm: "\u00b1", textonehalf: "\u00bd",
    textrightarrow: "\u2192", textleftarrow: "\u2190", par: " ", noindent: "", newline: " ", selectfont: "", protect: "",
    footnotesize: "", normalsize: "", centering: "", relax: "", null: "", allowbreak: "", enspace: "\u2002", thinspace: "\u2009",
    "/": "", "-": "",
  };
  const MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", u: "\u0306", ".": "\u0307", "\"": "\u0308",
    r: "\u030a", H: "\u030b", v: "\u030c", d: "\u0323", c: "\u0327", k: "\u0328", b: "\u0331", t: "\u0361",
  };

  const LONGEST_LENGTH = 80;
  const LINE_EM = 34.5; // of an article

  function withMark(parser, name, mark) {
    const argument = parser.GetArgument(name);
    const dotted = { "\\i": "i", "\\j": "j" }[argument.trim()] ?? argument;
    const [first = "", ...rest] = [...dotted];
    return (first + mark).normalize("NFC") + rest.join("");
  }

  // Within \text what has no meaning of its own there is read as mathematics, if it is a sign.
  new CommandMap(
    "writetex-words",
    {
      ...Object.fromEntries(Object.keys(LETTERS).map((name) => [name, "Letter"])),
      ...Object.fromEntries(Object.keys(MARKS).map((name) => [name, "Mark"])),
      underline: "Math", overline: "Math", sout: "Math", textsubscript: "Math", textsuperscript: "Math",
      emph: "Italic", textsl: "Italic", textsc: "Plain", textup: "Plain", textmd: "Plain", textnormal: "Plain", textrm: "Plain",
      mbox: "Plain", hbox: "Plain", url: "Plain", href: "Link", ensuremath: "Math", uline: "Underline",
    },
    {
      Letter(parser, name) {
        parser.text += LETTERS[name.slice(1)];
      },
      Mark(parser, name) {
        parser.text += withMark(parser, name, MARKS[name.slice(1)]);
      },
      Plain(parser, name) {
        readText(parser, `{${parser.GetArgument(name)}}`);
      },
      Italic(parser, name) {
        readText(parser, `\\textit{${parser.GetArgument(name)}}`);
      },
      Link(parser, name) {
        parser.GetArgument(name);
        readText(parser, `{${parser.GetArgument(name)}}`);
      },
      Underline(parser, name) {
        readText(parser, `\\underline{${parser.GetArgument(name)}}`);
      },
      Math(parser, name) {
        const argument = parser.GetArgument(name);
        const inner = { "\\textsubscript": `{}_{\\text{${argument}}}`, "\\textsuperscript": `{}^{\\text{${argument}}}` }[name];
        readText(parser, `$${inner ?? `${name}{${name === "\\ensuremath" ? argument : `\\text{${argument}}`}}`}$`);
      },
    },
  );
  // Two hyphens are a dash, and three are a long one, but on a typewriter.
  new MacroMap("writetex-dashes", { "-": "Dash" }, {
    Dash(parser, sign) {
      const isTyped = parser.stack.env.mathvariant === "monospace";
      const count = isTyped ? 1 : /^-{0,2}/.exec(parser.string.slice(parser.i))[0].length + 1;
      parser.i += count - 1;
      parser.text += ["", sign, "\u2013", "\u2014"][count];
    },
  });
  Configuration.create("writetex-words", {
    parser: "text",
    handler: { character: ["writetex-dashes"], macro: ["writetex-words"] },
    fallback: { macro: readSign },
    priority: 1,
  });

  function readText(parser, source) {
    parser.string = source + parser.string.slice(parser.i);
    parser.i = 0;
    ParseUtil.checkMaxMacros(parser);
  }

  function readSign(parser, name) {
    const command = name.startsWith("\\") ? name : `\\${name}`;
    const found = parser.texParser.configuration.handlers.get("macro").lookup(command.slice(1));
    if (found && (typeof found.char === "string" || found._func?.name === "")) return readText(parser, `$${command}$`);
    throw new TexError("UndefinedControlSequence", "Undefined control sequence %1", command);
  }

  // --- In mathematics: letters of text, and commands of TeX itself

  new CommandMap(
    "writetex-signs",
    {
      P: "Letter", S: "Letter", L: "Letter", ss: "Letter", ae: "Letter", AE: "Letter", oe: "Letter", OE: "Letter",
      aa: "Letter", AA: "Letter", c: "Mark", v: "Mark", H: "Mark", k: "Mark", u: "Mark", "'": "Mark", "`": "Mark", "\"": "Mark",
      "^": "Mark", "~": "Mark", r: "Mark",
      char: "Char", newcommand: "NewCommand", renewcommand: "NewCommand", providecommand: "ProvideCommand",
      gdef: "Define", xdef: "Define", edef: "Define", global: "Nothing", long: "Nothing", relax: "Nothing",
      cancel: ["Strike", "updiagonalstrike"], bcancel: ["Strike", "downdiagonalstrike"],
      xcancel: ["Strike", "updiagonalstrike downdiagonalstrike"], sout: ["Strike", "horizontalstrike"],
      fbox: ["Box", "\\text"], framebox: ["Box", "\\text"], boxed: ["Box", "\\displaystyle"],
      operatorname: "Operator", underaccent: "UnderAccent", multicolumn: "Third", intertext: "Between", shortintertext: "Between",
      cellcolor: "Colour", rowcolor: "Colour", columncolor: "Colour", rowcolors: "Nothing",
      htmlClass: "Second", htmlId: "Second", htmlStyle: "Second", htmlData: "Second", href: "Second",
      class: "Second", style: "Second", cssId: "Second", require: "Colour", texttip: "First", mathtip: "First",
      noindent: "Nothing", qedhere: "Nothing", pause: "Nothing", index: "Gone", symbol: "Symbol", tensor: "Tensor", indices: "Indices",
      hspace: "Blank",
      hrule: "Nothing", vrule: "Nothing", hfill: "Fill", hfil: "Fill",
    },
    {
      Letter(parser, name) {
        pushWord(parser, LETTERS[name.slice(1)]);
      },
      Mark(parser, name) {
        pushWord(parser, withMark(parser, name, MARKS[name.slice(1)]));
      },
      Char(parser) {
        const found = /^\s*(?:"([0-9A-Fa-f]+)|'([0-7]+)|(\d+)|`\\?([^]))\s?/u.exec(parser.string.slice(parser.i));
        if (!found) throw new TexError("NoCharacter", "\\char must be followed by a number", "");
        parser.i += found[0].length;
        const [, hex, octal, decimal, sign] = found;
        const code = sign ? sign.codePointAt(0) : Number.parseInt(hex ?? octal ?? decimal, hex ? 16 : octal ? 8 : 10);
        if (code < 0x20 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
          throw new TexError("NoCharacter", "There is no character with this number", "");
        }
        pushWord(parser, String.fromCodePoint(code));
      },
      NewCommand(parser, name) {
        parser.GetStar();
        NewCommands.NewCommand(parser, name);
      },
      ProvideCommand(parser, name) {
        parser.GetStar();
        const start = parser.i;
        const known = /^\s*\{?\s*\\([A-Za-z]+|.)/.exec(parser.string.slice(start));
        if (known && parser.lookup("macro", known[1])) {
          parser.GetArgument(name);
          parser.GetBrackets(name);
          parser.GetBrackets(name);
          parser.GetArgument(name);
        } else NewCommands.NewCommand(parser, name);
      },
      Define(parser, name) {
        NewCommands.MacroDef(parser, name);
      },
      // MathJax leaves room round what is struck through and draws frames thicker than LaTeX does.
      Strike(parser, name, notation) {
        parser.GetBrackets(name);
        const attributes = { notation, "data-padding": "0", "data-thickness": "0.04em" };
        parser.Push(parser.create("node", "menclose", [parser.ParseArg(name)], attributes));
      },
      Box(parser, name, style) {
        parser.GetBrackets(name, "");
        parser.GetBrackets(name, "");
        const source = style === "\\text" ? `\\text{${parser.GetArgument(name)}}` : `${style} ${parser.GetArgument(name)}`;
        const inner = new TexParser(source, parser.stack.env, parser.configuration).mml();
        const attributes = { notation: "box", "data-padding": "0.3em", "data-thickness": "0.04em" };
        parser.Push(parser.create("node", "menclose", [inner], attributes));
      },
      // A name of several words is one name, as \limsup is, so that what follows keeps its distance.
      Operator(parser, name) {
        const start = parser.i;
        const isStarred = parser.GetStar();
        const words = parser.GetArgument(name).trim().split(/\s*(?:\\[,:; ]|~)\s*/);
        if (words.length > 1 && words.every((word) => /^[A-Za-z]+$/.test(word))) {
          const method = isStarred ? BaseMethods.NamedOp : BaseMethods.NamedFn;
          method(parser, name, words.join("\u2006"));
          return;
        }
        parser.i = start;
        AmsMethods.HandleOperatorName(parser, name);
      },
      Nothing() {},
      Gone(parser, name) {
        parser.GetArgument(name);
      },
      Symbol(parser, name) {
        readMath(parser, `\\char ${parser.GetArgument(name).trim()} `);
      },
      // The package tensor: indices one behind the other, be they raised or lowered.
      Tensor(parser, name) {
        parser.GetStar();
        const before = parser.GetBrackets(name, "");
        const base = parser.GetArgument(name);
        readMath(parser, `${before ? inTurn(before) : ""}{${base}}${inTurn(parser.GetArgument(name))}`);
      },
      Indices(parser, name) {
        parser.GetStar();
        readMath(parser, inTurn(parser.GetArgument(name)));
      },
      // Models that learnt from spaced-out sources write \hspace { 1 c m }.
      Blank(parser, name) {
        const rest = parser.string.slice(parser.i, parser.i + LONGEST_LENGTH);
        const found =
          /^\s*\*?\s*\{\s*(-?[\d\s.]+(?:[a-z]\s*){2})\}/.exec(rest) ??
          /^\s*\*?\s*\{\s*(-?[\d\s.]*)\\(?:text|line|column)width\s*\}/.exec(rest);
        if (found) {
          parser.i += found[0].length;
          const length = found[1].replace(/\s/g, "");
          readMath(parser, `\\mskip${/[a-z]/.test(length) ? length : `${Number(length || 1) * LINE_EM}em`} `);
          return;
        }
        parser.GetStar();
        BaseMethods.Hskip(parser, name);
      },
      // In a cell it sets the alignment; elsewhere there is nothing to fill.
      Fill(parser, name) {
        if (parser.stack.Top().isKind("array")) BaseMethods.HFill(parser, name);
      },
      UnderAccent(parser, name) {
        const accent = parser.GetArgument(name).trim();
        const base = parser.GetArgument(name);
        const signs = { "\\tilde": "\\sim", "\\hat": "\\wedge", "\\bar": "\\_", "\\dot": ".", "\\vec": "\\rightarrow" };
        const sign = signs[accent] ?? accent;
        readMath(parser, accent === "\\bar" ? `\\underline{${base}}` : `\\underset{${sign}}{${base}}`);
      },
      Second(parser, name) {
        parser.GetArgument(name);
        readMath(parser, `{${parser.GetArgument(name)}}`);
      },
      First(parser, name) {
        const first = parser.GetArgument(name);
        parser.GetArgument(name);
        readMath(parser, `{${first}}`);
      },
      Third(parser, name) {
        parser.GetArgument(name);
        parser.GetArgument(name);
        readMath(parser, `{${parser.GetArgument(name)}}`);
      },
      Colour(parser, name) {
        parser.GetBrackets(name);
        parser.GetArgument(name);
      },
      Between(parser, name) {
        readMath(parser, `\\text{${parser.GetArgument(name)}}\\\\ `);
      },
    },
  );
  Configuration.create("writetex-signs", { handler: { macro: ["writetex-signs"] }, priority: 1 });

  // Names of brackets and arrows in other dialects, behind \left and \right; as signs they are macros.
  const FENCES = {
    lang: "\u27e8", rang: "\u27e9", uarr: "\u2191", Uarr: "\u21d1", uArr: "\u21d1", darr: "\u2193", Darr: "\u21d3", dArr: "\u21d3",
    lAngle: "\u27ea", rAngle: "\u27eb", llangle: "\u27ea", rrangle: "\u27eb", lBrace: "\u2983", rBrace: "\u2984",
    lBrack: "\u27e6", rBrack: "\u27e7", llbracket: "\u27e6", rrbracket: "\u27e7", llparenthesis: "\u2987",
    rrparenthesis: "\u2988", Lbrack: "\u27e6", Rbrack: "\u27e7", lBrbrak: "\u27ec", rBrbrak: "\u27ed", Vvert: "\u2980",
    Updownarrow: "\u21d5", updownarrow: "\u2195",
  };
  new DelimiterMap(
    "writetex-fences",
    ParseMethods.delimiter,
    Object.fromEntries(Object.entries(FENCES).flatMap(([name, sign]) => [[`\\${name}`, sign], [sign, sign]])),
  );
  Configuration.create("writetex-fences", { handler: { delimiter: ["writetex-fences"] }, priority: 1 });

  function pushWord(parser, text) {
    parser.Push(parser.create("token", "mtext", { mathvariant: parser.stack.env.font ?? "normal" }, text));
  }

  function inTurn(indices) {
    return indices.replace(/\s*([_^])\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\\?[^\\{}])/g, "{}$1$2").replace(/^\{\}/, "");
  }

  function readMath(parser, source) {
    readText(parser, source);
  }
})();
