// Tables as LaTeX's package `array` has them: `@{..}`, `!{..}`, `>{..}`, `<{..}`, `*{n}{..}`, `p{..}` among the
// columns, and \multicolumn. MathJax 3 passes over all of it (https://github.com/mathjax/MathJax/issues/2771).
//
// The source of such a table is written anew with what its preamble puts into the cells. Runs in QuickJS after
// the components of MathJax.
//
// Also which brackets behind \begin{..} are an option of the environment.
"use strict";

(function () {
  const { EnvironmentMap } = MathJax._.input.tex.SymbolMap;
  const { Configuration } = MathJax._.input.tex.Configuration;
  const ParseMethods = MathJax._.input.tex.ParseMethods.default;
  const ParseUtil = MathJax._.input.tex.ParseUtil.default;
  const BaseMethods = MathJax._.input.tex.base.BaseMethods.default;
  const TexError = MathJax._.input.tex.TexError.default;
  const TexParser = MathJax._.input.tex.TexParser.default;

  const MOST_COLUMNS = 200; // of `*{n}{..}`
  const TOKEN = /\\(begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\[^]|[{}&]|%[^\n]*\n?/g;
  const RULES = /^(?:\s*\\(?:hline|hdashline|toprule|midrule|bottomrule|(?:cline|cmidrule)(?:\([lr]+\))?\s*\{[^{}]*\}))+/;
  const ARRAY_GAP = 1;
  const LONGEST_OPTION = 60;

  // --- The preamble

  // Gives columns {align, before, after}, and for each gap (before, between and behind them) {line, material, kind}.
  function readPreamble(text, columns = [], gaps = [{}]) {
    let before = "";
    const scan = new Scanner(text);
    while (!scan.isDone()) {
      const sign = scan.next();
      const gap = gaps[gaps.length - 1];
      if ("lcrpmbXSsd".includes(sign)) {
        if ("pmb".includes(sign)) scan.group();
        if ("Ssd".includes(sign)) scan.optional();
        const align = "lpmbX".includes(sign) ? "l" : "rSsd".includes(sign) ? "r" : "c";
        columns.push({ align, before, after: "" });
        gaps.push({});
        before = "";
      } else if (sign === "|" || sign === ":") {
        gap.line = sign;
      } else if (sign === "@" || sign === "!") {
        gap.material = (gap.material ?? "") + scan.group();
        gap.kind = sign;
      } else if (sign === ">") {
        before += scan.group();
      } else if (sign === "<") {
        const material = scan.group();
        if (columns.length) columns[columns.length - 1].after = material + columns[columns.length - 1].after;
      } else if (sign === "*") {
        const count = Math.min(Number.parseInt(scan.group(), 10) || 0, MOST_COLUMNS);
        const inner = scan.group();
        for (let n = 0; n < count && columns.length < MOST_COLUMNS; n++) readPreamble(inner, columns, gaps);
      } else if (/\S/.test(sign)) {
        throw new TexError("IllegalColumn", "A column of the kind %1 is not known here", sign);
      }
    }
    return { columns, gaps };
  }

  class Scanner {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }
    isDone() {
      return this.at >= this.text.length;
    }
    next() {
      return this.text[this.at++];
    }
    optional() {
      const found = /^\s*\[[^\]]*\]/.exec(this.text.slice(this.at));
      if (found) this.at += found[0].length;
    }
    group() {
      while (/\s/.test(this.text[this.at] ?? "")) this.at++;
      if (this.text[this.at] !== "{") return this.next() ?? "";
      const start = this.at + 1;
      let depth = 0;
      for (; this.at < this.text.length; this.at++) {
        if (this.text[this.at] === "\\") this.at++;
        else if (this.text[this.at] === "{") depth++;
        else if (this.text[this.at] === "}" && --depth === 0) return this.text.slice(start, this.at++);
      }
      return this.text.slice(start);
    }
  }

  // How wide blanks are that are put between columns; null for what is more than blanks.
  function blankEm(material) {
    const widths = { "\\quad": 1, "\\qquad": 2, "\\,": 0.17, "\\:": 0.22, "\\;": 0.28, "~": 0.33, "\\ ": 0.33, "\\!": -0.17 };
    let rest = material.trim();
    let em = 0;
    while (rest) {
      const found = /^(?:\\h(?:space|skip)\*?\s*\{?\s*(-?[\d.]+)\s*(em|pt|ex|cm|mm|in)\s*\}?|\\q?quad(?![A-Za-z])|\\[,:;! ]|~|\{\}|\\extracolsep\s*\{[^{}]*\}|\\hfill?)\s*/.exec(rest);
      if (!found) return null;
      const perEm = { em: 1, ex: 0.43, pt: 0.1, cm: 2.85, mm: 0.285, in: 7.2 }[found[2]] ?? 0;
      em += found[1] ? Number(found[1]) * perEm : (widths[found[0].trim()] ?? 0);
      rest = rest.slice(found[0].length);
    }
    return em;
  }

  // --- The body

  // Where the environment ends that was begun before `start`: [start of \end, behind it]; null if it does not.
  function endOf(source, start) {
    let depth = 0;
    TOKEN.lastIndex = start;
    for (let found; (found = TOKEN.exec(source)); ) {
      if (found[1] === "begin") depth++;
      if (found[1] === "end" && depth-- === 0) return [found.index, TOKEN.lastIndex];
    }
    return null;
  }

  // Rows: {cells, end}, where `end` is what ends the row in the source.
  function rowsOf(body) {
    const rows = [];
    let cells = [];
    let depth = 0;
    let start = 0;
    TOKEN.lastIndex = 0;
    for (let found; (found = TOKEN.exec(body)); ) {
      const token = found[0];
      if (found[1] === "begin" || token === "{") depth++;
      else if (found[1] === "end" || token === "}") depth--;
      else if (depth === 0 && token === "&") {
        cells.push(body.slice(start, found.index));
        start = TOKEN.lastIndex;
      } else if (depth === 0 && (token === "\\\\" || token === "\\cr" || token === "\\tabularnewline")) {
        cells.push(body.slice(start, found.index));
        const gap = /^\*?\s*\[\s*-?[\d.]+\s*[a-z]+\s*\]/.exec(body.slice(TOKEN.lastIndex));
        const end = "\\\\" + (gap ? gap[0] : " ");
        TOKEN.lastIndex += gap ? gap[0].length : 0;
        rows.push({ cells, end });
        cells = [];
        start = TOKEN.lastIndex;
      }
    }
    cells.push(body.slice(start));
    rows.push({ cells, end: "" });
    return rows;
  }

  function spanOf(cell) {
    const found = /^\s*\\multicolumn\s*/.exec(cell);
    if (!found) return { span: 1, content: cell, isSpan: false };
    const scan = new Scanner(cell.slice(found[0].length));
    const span = Math.max(1, Math.min(Number.parseInt(scan.group(), 10) || 1, MOST_COLUMNS));
    scan.group();
    return { span, content: `{${scan.group()}}${scan.text.slice(scan.at)}`, isSpan: true };
  }

  function writeRow({ cells, end }, columns, materials) {
    const rules = RULES.exec(cells[0])?.[0] ?? "";
    cells = [cells[0].slice(rules.length), ...cells.slice(1)];
    if (cells.length === 1 && !cells[0].trim()) return rules + cells[0] + end;
    const written = [];
    let column = 0;
    if (materials[0] !== undefined) written.push(materials[0]);
    for (const cell of cells) {
      const { span, content, isSpan } = spanOf(cell);
      const { before = "", after = "" } = (!isSpan && columns[column]) || {};
      written.push(`${before} ${content} ${after}`);
      for (let n = 1; n < span; n++) {
        if (materials[column + n] !== undefined) written.push("");
        written.push("");
      }
      column += span;
      if (materials[column] !== undefined) written.push(materials[column]);
    }
    return `${rules} ${written.join("&")}${end}`;
  }

  function readArray(parser, begin, style) {
    const placement = parser.GetBrackets(`\\begin{${begin.getName()}}`);
    const preamble = readPreamble(parser.GetArgument(`\\begin{${begin.getName()}}`));
    const spacings = [];
    const materials = {};
    let align = "";
    preamble.gaps.forEach((gap, at) => {
      const last = preamble.columns.length;
      const blank = gap.material === undefined ? null : blankEm(gap.material);
      align += gap.line ?? "";
      if (gap.material !== undefined && blank === null) {
        materials[at] = `{}${gap.material}{}`;
        align += "c";
        const side = gap.kind === "@" ? 0 : ARRAY_GAP / 2;
        if (at > 0) spacings.push(side);
        if (at < last) spacings.push(side);
      } else if (at > 0 && at < last) {
        spacings.push(blank === null ? ARRAY_GAP : blank + (gap.kind === "!" ? ARRAY_GAP : 0));
      }
      if (at < last) align += preamble.columns[at].align;
    });
    const isRewritten =
      Object.keys(materials).length > 0 || preamble.columns.some(({ before, after }) => before || after);
    // The end is looked for only where it is needed: tables in tables would be gone through once a level.
    const mayBeRewritten = isRewritten || parser.string.includes("\\multicolumn", parser.i);
    const place = mayBeRewritten ? endOf(parser.string, parser.i) : null;
    const body = place && parser.string.slice(parser.i, place[0]);
    if (body && (isRewritten || body.includes("\\multicolumn"))) {
      const rows = rowsOf(body).map((row) => writeRow(row, preamble.columns, materials));
      parser.string = rows.join("") + parser.string.slice(place[0]);
      parser.i = 0;
      ParseUtil.checkMaxMacros(parser);
    }
    const spacing = spacings.some((em) => em !== ARRAY_GAP) ? spacings.map((em) => `${em}em`).join(" ") : null;
    // With no columns at all, as the package physics writes \mqty, MathJax would take the first cell for them.
    const array = BaseMethods.Array(parser, begin, null, null, align || "c", spacing, null, style);
    return ParseUtil.setArrayAlign(array, placement);
  }

  new EnvironmentMap("writetex-arrays", ParseMethods.environment, { array: ["Read"], darray: ["Read", null, "D"] }, {
    Read: readArray,
  });

  // MathJax puts the brace of numcases beside the first row and the rows into phantoms, which no reader of MathML
  // understands; but for its numbers it is `cases`, with text in the second column.
  function readNumberedCases(parser, name) {
    const left = parser.GetArgument(`\\begin{${name}}`);
    const place = endOf(parser.string, parser.i);
    if (!place) throw new TexError("EnvMissingEnd", "Missing \\end{%1}", name);
    const rows = rowsOf(parser.string.slice(parser.i, place[0])).map(({ cells: [value, ...words], end }) =>
      words.length ? `${value}&\\text{${words.join("&").trim()}}${end}` : value + end,
    );
    parser.string = `{${left}}\\begin{cases}${rows.join("")}\\end{cases}${parser.string.slice(place[1])}`;
    parser.i = 0;
    ParseUtil.checkMaxMacros(parser);
  }

  new EnvironmentMap(
    "writetex-numcases",
    (parser, name, read) => read(parser, name),
    { numcases: ["Read"], subnumcases: ["Read"] },
    { Read: readNumberedCases },
  );
  Configuration.create("writetex-tables", {
    handler: { environment: ["writetex-arrays", "writetex-numcases"] },
    priority: 1,
  });

  // --- Options

  // MathJax takes any bracket behind \begin{align} and the like for a place and drops it, be it on the next line:
  // a derivation that begins with the commutator [x, p] lost it. LaTeX has such an option for few environments.
  const PLACE = /^\s*\[\s*[tcb]?\s*\]/;
  const LENGTH = /^\s*\[\s*(?:[tcb]?\s*\]|-?[\d.]+\s*(?:[a-z]{2}|\\[a-zA-Z]+)\s*\])/;
  const OPTIONS = {
    ...Object.fromEntries(["aligned", "gathered", "alignedat", "lgathered", "rgathered", "array", "darray"].map((name) => [name, PLACE])),
    multlined: LENGTH,
  };
  const NONE = /^(?!)/;
  for (const name of ["align", "alignat", "flalign", "gather", "multline", "eqnarray", "xalignat", "xxalignat"]) {
    OPTIONS[name] = OPTIONS[`${name}*`] = NONE;
  }
  const { GetBrackets } = TexParser.prototype;

  TexParser.prototype.GetBrackets = function (name, otherwise) {
    const option = OPTIONS[/^\\begin\{(.*)\}$/.exec(name)?.[1]];
    if (option && !option.test(this.string.slice(this.i, this.i + LONGEST_OPTION))) return otherwise;
    return GetBrackets.call(this, name, otherwise);
  };
})();
