// Turns the MathJax 3.2.2 components into one function, WriteTex.convert.
//
// It runs in QuickJS after core, liteDOM, tex-base, the extensions, svg and its font (the adapter
// writetex_desktop/adapters/exporters/mathjax.py loads them) and after the other files beside it. There is no page, no
// network and no file access here; the extensions html, require, autoload and action stay out on purpose.
"use strict";

(function () {
  const { mathjax } = MathJax._.mathjax;
  const { TeX } = MathJax._.input.tex_ts;
  const { SVG } = MathJax._.output.svg_ts;
  const { TeXFont } = MathJax._.output.svg.fonts.tex_ts;
  const { SVGmo } = MathJax._.output.svg.Wrappers.mo;
  const { SerializedMmlVisitor } = MathJax._.core.MmlTree.SerializedMmlVisitor;
  const { STATE } = MathJax._.core.MathItem;
  const { CommandMap } = MathJax._.input.tex.SymbolMap;
  const { Configuration } = MathJax._.input.tex.Configuration;
  const ParseUtil = MathJax._.input.tex.ParseUtil.default;

  const PACKAGES = [
    "base", "ams", "newcommand", "configmacros", "boldsymbol", "braket", "cancel", "color", "enclose",
    "extpfeil", "mhchem", "mathtools", "amscd", "unicode", "textmacros", "textcomp", "cases", "centernot",
    "upgreek", "gensymb", "empheq", "bbox", "verb", "writetex", "writetex-letters", "writetex-tables",
    "writetex-units", "writetex-signs", "writetex-fences",
  ];

  // Sources that define something get a converter of their own, so that nothing outlives the formula.
  const DEFINES =
    /\\(?:[egx]?def|let|(?:new|renew|provide)(?:command|environment)|Declare[A-Za-z]+|definecolor|Newextarrow|(?:new|renew|use)tagform|mathtoolsset|newcases|renewcases)(?![A-Za-z])/;

  const EM_PX = 16;
  const LINE_EM = 50;

  // --- Drawing: QtSvg knows no nested svg elements, by which MathJax clips the extenders of stretched
  // --- signs. Instead of clipping a longer copy we scale the extender to the length that is wanted.

  const OVERLAP_EM = 0.1; // so that no gap shows between an extender and its neighbours

  SVGmo.prototype.addExtV = function (char, variant, above, below, top, bottom, width) {
    if (!char) return;
    const gapTop = Math.max(0, top - OVERLAP_EM);
    const gapBottom = Math.max(0, bottom - OVERLAP_EM);
    const [height, depth, charWidth] = this.getChar(char, variant);
    const length = above + below - gapTop - gapBottom;
    if (length <= 0) return;
    const stretch = length / (height + depth);
    const x = this.fixed((width - charWidth) / 2);
    const y = this.fixed(gapBottom - below + depth * stretch);
    placeGlyph(this, char, variant, `translate(${x},${y}) scale(1,${stretch.toFixed(4)})`);
  };

  SVGmo.prototype.addExtH = function (char, variant, width, left, right, offset = 0) {
    if (!char) return;
    const gapLeft = Math.max(0, left - OVERLAP_EM);
    const gapRight = Math.max(0, right - OVERLAP_EM);
    const length = width - gapLeft - gapRight;
    if (length <= 0) return;
    const [start, end] = inkOf(this, char, variant);
    const stretch = length / (end - start);
    const x = this.fixed(offset + gapLeft - start * stretch);
    placeGlyph(this, char, variant, `translate(${x},0) scale(${stretch.toFixed(4)},1)`);
  };

  // From where to where a glyph has ink, in em: the line of arrows has white at both ends of its advance.
  function inkOf(wrapper, char, variant) {
    const [, , width, { p: path }] = wrapper.getChar(char, variant);
    if (!path) return [0, width];
    const xs = [];
    for (const [, command, numbers] of `M${path}`.matchAll(/([MLHQT])([^A-Z]*)/g)) {
      const values = numbers.match(/-?[\d.]+/g).map(Number);
      xs.push(...values.filter((_, index) => command === "H" || index % 2 === 0));
    }
    return [Math.min(...xs) / 1000, Math.max(...xs) / 1000];
  }

  function placeGlyph(wrapper, char, variant, transform) {
    wrapper.addGlyph(char, variant, 0, 0, wrapper.element);
    wrapper.adaptor.setAttribute(wrapper.adaptor.lastChild(wrapper.element), "transform", transform);
  }

  // --- Commands. MathJax sets \tag in a column of a nested svg at the margin; we set it after the formula.
  // No equation is numbered here, so there is no number to leave out. Delimiters around the body are skipped.

  new CommandMap(
    "writetex-commands",
    {
      tag: "Tag", notag: "Skip", nonumber: "Skip", "[": "Skip", "]": "Skip", "(": "Skip", ")": "Skip",
      braket: "Braket", bra: ["Side", "\\langle{", "}|"], ket: ["Side", "|{", "}\\rangle"],
    },
    {
      Skip() {},
      Tag(parser, name) {
        const starred = parser.GetStar();
        const text = parser.GetArgument(name);
        const rest = parser.string.slice(parser.i);
        // A tag may be said anywhere in its line, and stands at its end.
        if (rest.trim() && !/\\\\|&|\}|\\(?:tag|end|right|cr)(?![A-Za-z])/.test(rest)) {
          readNext(parser, `${rest}\\tag${starred ? "*" : ""}{${text}}`, true);
          return;
        }
        parser.Push(parser.create("node", "mspace", [], { width: "2em" }));
        parser.PushAll(ParseUtil.internalMath(parser, starred ? text : `(${text})`));
      },
      Side(parser, name, left, right) {
        parser.GetStar();
        readNext(parser, `\\mathinner{${left}${parser.GetArgument(name)}${right}}`);
      },
      // One argument in the package braket, two in physics.
      Braket(parser, name) {
        parser.GetStar();
        const left = parser.GetArgument(name);
        const right = parser.GetNext() === "{" ? `\\mathinner|{${parser.GetArgument(name)}}` : "";
        readNext(parser, `\\mathinner{\\langle{${left}}${right}\\rangle}`);
      },
    },
  );
  Configuration.create("writetex", { handler: { macro: ["writetex-commands"] }, priority: 1 });

  function readNext(parser, text, isAll = false) {
    parser.string = text + (isAll ? "" : parser.string.slice(parser.i));
    parser.i = 0;
    ParseUtil.checkMaxMacros(parser);
  }

  // --- Errors: the parser's own words, its stable name for the error, and the place.

  class ParseFailure {
    constructor(id, message, position) {
      this.failure = { id, message, position };
    }
  }

  // Where the parser stood, as an offset into `source`. Parsers lie innermost first. A macro replaces the
  // text of its parser by the expansion and what follows, so only the rest after it is sure to be source;
  // and a digit in a script gets a space behind it.
  function placeOf(parsers, source) {
    let end = source.length;
    for (const [depth, parser] of [...parsers].reverse().entries()) {
      if (depth === 0) {
        end = startOfRest(source, parser.string.slice(parser.i));
        if (end === null) return null;
      } else {
        const start = source.lastIndexOf(parser.string, end - parser.string.length);
        if (start < 0 || !parser.string) break;
        end = start + parser.i;
      }
    }
    return end;
  }

  function startOfRest(source, rest) {
    let start = source.length;
    for (let i = rest.length - 1; i >= 0; i--) {
      if (start > 0 && rest[i] === source[start - 1]) start--;
      else if (rest[i] !== " ") return null;
    }
    return start;
  }

  function startOfCommand(message, source, end) {
    const command = /\\[A-Za-z]+$/.exec(message);
    if (!command || end === null) return end;
    const start = source.lastIndexOf(command[0], end - command[0].length);
    return start < 0 ? end : start;
  }

  function failParse(tex, error) {
    const message = error.message.replace(/\n[^]*/, "");
    const end = placeOf(tex.parseOptions.parsers, tex.latex);
    throw new ParseFailure(error.id, message, startOfCommand(message, tex.latex, end));
  }

  // --- Converters

  const adaptor = MathJax._.adaptors.liteAdaptor.liteAdaptor({ fontSize: EM_PX });
  MathJax._.handlers.html_ts.RegisterHTMLHandler(adaptor);

  function buildConverter(packages) {
    const input = new TeX({
      packages,
      macros: WriteTexMacros.commands,
      environments: WriteTexMacros.environments,
      maxMacros: 1000,
      maxBuffer: 20480,
      ams: { multlineWidth: "30em" },
      textmacros: { packages: ["text-base", "writetex-words"] },
      formatError: failParse,
    });
    const output = new SVG({ fontCache: "none", font: new TeXFont({}) });
    const document = mathjax.document("", { InputJax: input, OutputJax: output });
    const visitor = new SerializedMmlVisitor();
    const metrics = { em: EM_PX, ex: EM_PX / 2, containerWidth: LINE_EM * EM_PX };
    return (source, display, form) => {
      input.reset(); // labels and equation numbers
      if (form === "mathml") {
        return visitor.visitTree(document.convert(source, { display, ...metrics, end: STATE.CONVERT }));
      }
      return adaptor.innerHTML(document.convert(source, { display, ...metrics }));
    };
  }

  let ordinary = null;
  let withPhysics = null;

  function converterFor(source, physics) {
    const packages = [...PACKAGES, physics ? "physics" : "writetex-siunitx"];
    if (DEFINES.test(source)) return buildConverter(packages);
    if (physics) return (withPhysics ??= buildConverter(packages));
    return (ordinary ??= buildConverter(packages));
  }

  globalThis.WriteTex = {
    // Gives JSON: {"result", "unmeasured"} or {"failure": {"id", "message", "position"}}. form: "svg" or "mathml".
    convert(source, display, form, physics) {
      try {
        const result = converterFor(source, physics)(source, display, form);
        return JSON.stringify({ result, unmeasured: WriteTexLetters.takeUnmeasured() });
      } catch (error) {
        if (error instanceof ParseFailure) return JSON.stringify({ failure: error.failure });
        throw error;
      }
    },
    learn(rows) {
      WriteTexLetters.learn(JSON.parse(rows));
    },
    // Forgets the converters, which may be half-way through a formula after an interruption.
    forget() {
      ordinary = null;
      withPhysics = null;
    },
  };
})();
