// Numbers and units in the manner of siunitx: \num, \unit, \qty, \ang and their older names and ranges.
// Source: its manual, https://mirrors.ctan.org/macros/latex/contrib/siunitx/siunitx.pdf; the defaults are its own
// (a negative power after \per, digits in groups of three from five digits on).
//
// Runs in QuickJS after the components of MathJax. \qty is a pair of brackets in the package physics; the braces
// tell which, so that it stands in a package of its own.
"use strict";

(function () {
  const { CommandMap } = MathJax._.input.tex.SymbolMap;
  const { Configuration } = MathJax._.input.tex.Configuration;
  const ParseUtil = MathJax._.input.tex.ParseUtil.default;
  const TexError = MathJax._.input.tex.TexError.default;

  const UNITS = {
    ampere: "A", angstrom: "\\unicode{xC5}", arcminute: "'", arcsecond: "''", astronomicalunit: "au", atm: "atm",
    bar: "bar", barn: "b", becquerel: "Bq", bel: "B", bit: "bit", byte: "B", calorie: "cal", candela: "cd", celsius: "{}^\\circ C",
    coulomb: "C", dalton: "Da", day: "d", decibel: "dB", degree: "{}^\\circ", degreeCelsius: "{}^\\circ C",
    electronvolt: "eV", farad: "F", gram: "g", gray: "Gy", hectare: "ha", henry: "H", hertz: "Hz", hour: "h",
    joule: "J", katal: "kat", kelvin: "K", kilogram: "kg", knot: "kn", liter: "L", litre: "L", lumen: "lm", lux: "lx",
    meter: "m", metre: "m", mmHg: "mmHg", minute: "min", mole: "mol", molar: "M", neper: "Np", newton: "N",
    ohm: "\\Omega", pascal: "Pa", percent: "\\%", radian: "rad", second: "s", siemens: "S", sievert: "Sv",
    steradian: "sr", tesla: "T", tonne: "t", volt: "V", watt: "W", weber: "Wb", kWh: "kW\\,h", amu: "u", Da: "Da",
    mmHg: "mmHg", byte: "B", bohr: "a_0", clight: "c_0", planckbar: "\\hbar", electronmass: "m_e", elementarycharge: "e",
  };
  // Abbreviations: a unit with the signs of the prefixes that siunitx has one for.
  const ABBREVIATED = {
    A: "p n u m k", C: "n u m", F: "f p n u m", H: "f p n u m", Hz: "m k M G T", J: "u m k", K: "", N: "m k M",
    Pa: "k M G", T: "u m", V: "p n u m k", W: "n u m k M G", bit: "k M G T", dB: "", eV: "m k M G T", g: "f p n u m k",
    h: "", l: "u m h", L: "u m h", m: "p n u m c d k", mol: "f p n u m k", ohm: "m k M", s: "a f p n u m",
  };
  for (const [unit, signs] of Object.entries(ABBREVIATED)) {
    for (const sign of ["", ...signs.split(" ")]) {
      UNITS[sign + unit] ??= (sign === "u" ? "\\unicode{xB5}" : sign) + (UNITS[unit] ?? unit);
    }
  }
  const PREFIXES = {
    quecto: "q", ronto: "r", yocto: "y", zepto: "z", atto: "a", femto: "f", pico: "p", nano: "n",
    micro: "\\unicode{xB5}", milli: "m", centi: "c", deci: "d", deca: "da", deka: "da", hecto: "h", kilo: "k",
    mega: "M", giga: "G", tera: "T", peta: "P", exa: "E", zetta: "Z", yotta: "Y", ronna: "R", quetta: "Q", kibi: "Ki",
    mebi: "Mi", gibi: "Gi", tebi: "Ti",
  };
  const LEAST_GROUPED = 5;

  // --- Units

  function unit(source, options) {
    if (!/\\[A-Za-z]/.test(source)) return literal(source);
    const isFraction = /per-mode\s*=\s*\{?\s*(symbol|fraction)/.test(options);
    const above = [];
    const below = [];
    let next = { prefix: "", power: "", isBelow: false };
    const scan = /\\([A-Za-z]+)\s*(?:\{([^{}]*)\})?|([_^])\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\S))|([^\s\\{}~._^]+)|[\s~.{}_^]/g;
    const last = () => [...above, ...below].sort((one, other) => one.at - other.at).at(-1);
    let count = 0;
    const put = (symbol) => {
      (next.isBelow ? below : above).push({ symbol: next.prefix + symbol, power: next.power, at: count++ });
      next = { prefix: "", power: "", isBelow: false };
    };
    for (let found; (found = scan.exec(source)); ) {
      const [, name, argument, script, group, sign, plain] = found;
      if (plain) put(plain);
      else if (script === "^" && last()) last().power = group ?? sign;
      else if (script === "_" && last()) last().symbol += `_{${group ?? sign}}`;
      else if (!name) continue;
      else if (name === "per") next.isBelow = true;
      else if (name in PREFIXES) next.prefix += PREFIXES[name];
      else if (name === "square") next.power = "2";
      else if (name === "cubic") next.power = "3";
      else if (name === "raiseto") next.power = argument ?? "";
      else if (name === "squared" || name === "cubed" || name === "tothe") {
        if (last()) last().power = { squared: "2", cubed: "3" }[name] ?? argument ?? "";
      } else if (name === "of") {
        if (last()) last().symbol += `_{${argument ?? ""}}`;
      } else if (name in UNITS) put(UNITS[name]);
      else throw new TexError("UndefinedControlSequence", "Undefined control sequence %1", `\\${name}`);
    }
    const write = (one, sign) => {
      const power = sign ? (one.power ? `-${one.power}` : "-1") : one.power;
      return `\\mathrm{${one.symbol}}${power ? `^{${power}}` : ""}`;
    };
    if (isFraction && below.length) {
      const under = below.map((one) => write(one, "")).join("\\,");
      return `${above.map((one) => write(one, "")).join("\\,") || "1"}/${below.length > 1 ? `(${under})` : under}`;
    }
    return [...above.map((one) => write(one, "")), ...below.map((one) => write(one, "-"))].join("\\,");
  }

  function literal(source) {
    return `\\mathrm{${source.trim().replace(/\s*[.~]\s*/g, "\\,").replace(/%/g, "\\%")}}`;
  }

  // --- Numbers

  const product = (text) => text.split(/\s*x\s*/);

  function number(source) {
    const factors = product(source);
    if (factors.length > 1) return factors.map(number).join("\\times ");
    const parts = /^\s*([^eEdD]*?)\s*[eEdD]\s*([+-]?\d+)\s*$/.exec(source);
    if (parts) return `${number(parts[1])}${parts[1] ? "\\times" : ""} 10^{${parts[2].replace(/^\+/, "")}}`;
    return source
      .replace(/\+-|\\pm/g, "\\pm ")
      .replace(/(\d+)(?:[.,](\d+))?/g, (_, whole, rest) => {
        const left = whole.length >= LEAST_GROUPED ? whole.replace(/\B(?=(?:\d{3})+$)/g, "\\,") : whole;
        if (rest === undefined) return left;
        return `${left}.${rest.length >= LEAST_GROUPED ? rest.replace(/(\d{3})(?=\d)/g, "$1\\,") : rest}`;
      });
  }

  function angle(source) {
    const parts = source.split(";").map((part) => part.trim());
    if (parts.length === 1) return `{${number(parts[0])}}^\\circ`;
    return parts.map((part, at) => (part ? `{${number(part)}}${["^\\circ", "'", "''"][at] ?? ""}` : "")).join("");
  }

  // A unit that only divides has no 1 behind a number.
  const quantity = (value, symbol) => symbol.startsWith("1/") ? `{${number(value)}}${symbol.slice(1)}` : `{${number(value)}}${/^\\mathrm\{(?:\\%|\{\}\^\\circ)\}$/.test(symbol) ? "" : "\\,"}${symbol}`;

  function listed(parts) {
    if (parts.length < 2) return parts.join("");
    return `${parts.slice(0, -1).join(", ")}\\text{ and }${parts.at(-1)}`;
  }

  // --- Commands

  const complex = (text) => number(text).replace(/[ij]/g, "\\mathrm{i}");
  const split = (text) => text.split(";").map((part) => part.trim());
  const METHODS = {
    Number: (parser, name) => number(options(parser, name).get()),
    Unit: (parser, name) => {
      const { text, get } = options(parser, name);
      return unit(get(), text);
    },
    Quantity: (parser, name) => {
      const { text, get } = options(parser, name);
      const value = get();
      // What stands before the number, such as a currency.
      const before = parser.GetBrackets(name, "") ?? "";
      return `${before}${quantity(value, unit(get(), text))}`;
    },
    Angle: (parser, name) => angle(options(parser, name).get()),
    NumberProduct: (parser, name) => number(options(parser, name).get()),
    QuantityProduct: (parser, name) => {
      const { text, get } = options(parser, name);
      const values = product(get());
      const symbol = unit(get(), text);
      return values.map((value) => quantity(value, symbol)).join("\\times ");
    },
    Complex: (parser, name) => complex(options(parser, name).get()),
    ComplexQuantity: (parser, name) => {
      const { text, get } = options(parser, name);
      const value = complex(get());
      return `(${value})\\,${unit(get(), text)}`;
    },
    NumberRange: (parser, name) => {
      const { get } = options(parser, name);
      return `{${number(get())}}\\text{ to }{${number(get())}}`;
    },
    QuantityRange: (parser, name) => {
      const { text, get } = options(parser, name);
      const [first, last] = [get(), get()];
      const symbol = unit(get(), text);
      return `${quantity(first, symbol)}\\text{ to }${quantity(last, symbol)}`;
    },
    NumberList: (parser, name) => listed(split(options(parser, name).get()).map((each) => `{${number(each)}}`)),
    QuantityList: (parser, name) => {
      const { text, get } = options(parser, name);
      const values = split(get());
      const symbol = unit(get(), text);
      return listed(values.map((value) => quantity(value, symbol)));
    },
  };

  function options(parser, name) {
    return { text: parser.GetBrackets(name, "") ?? "", get: () => parser.GetArgument(name) };
  }

  const commands = Object.fromEntries(
    Object.entries(METHODS).map(([method, written]) => [
      method,
      (parser, name) => {
        parser.string = written(parser, name) + parser.string.slice(parser.i);
        parser.i = 0;
        ParseUtil.checkMaxMacros(parser);
      },
    ]),
  );
  new CommandMap(
    "writetex-units",
    {
      num: "Number", si: "Unit", unit: "Unit", units: "Unit", SI: "Quantity", ang: "Angle", numrange: "NumberRange",
      SIrange: "QuantityRange", qtyrange: "QuantityRange", numlist: "NumberList", SIlist: "QuantityList",
      qtylist: "QuantityList", numproduct: "NumberProduct", qtyproduct: "QuantityProduct", complexnum: "Complex",
      complexqty: "ComplexQuantity", DeclareSIUnit: "Skip", sisetup: "SkipOne",
    },
    {
      ...commands,
      Skip(parser, name) {
        parser.GetBrackets(name, "");
        parser.GetArgument(name);
        parser.GetArgument(name);
      },
      SkipOne(parser, name) {
        parser.GetArgument(name);
      },
    },
  );
  Configuration.create("writetex-units", { handler: { macro: ["writetex-units"] }, priority: 1 });

  new CommandMap("writetex-siunitx", { qty: "Quantity" }, {
    Quantity(parser, name) {
      const start = parser.i;
      parser.GetBrackets(name, "");
      const isQuantity = parser.GetNext() === "{" && parser.GetArgument(name) !== "" && /^\s*(?:\[[^\]]*\]\s*)?\{/.test(parser.string.slice(parser.i));
      parser.i = start;
      if (!isQuantity) throw new TexError("UndefinedControlSequence", "Undefined control sequence %1", name);
      commands.Quantity(parser, name);
    },
  });
  Configuration.create("writetex-siunitx", { handler: { macro: ["writetex-siunitx"] }, priority: 1 });
})();
