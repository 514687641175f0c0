// The package xcolor's mixtures, as red!50!blue, and its models HTML and cmyk.
//
// MathJax knows the models rgb, RGB and gray and the names of dvips, and takes every other name for one of
// CSS, as KaTeX does; names are mixed as xcolor has them. Values: https://ctan.org/pkg/xcolor, section 2.4; mixtures: section 2.3.
"use strict";

(function () {
  const { ColorModel } = MathJax._.input.tex.color.ColorUtil;
  const { COLORS } = MathJax._.input.tex.color.ColorConstants;
  const TexError = MathJax._.input.tex.TexError.default;

  const BASE = {
    red: "ff0000", green: "00ff00", blue: "0000ff", cyan: "00ffff", magenta: "ff00ff", yellow: "ffff00",
    black: "000000", white: "ffffff", gray: "808080", darkgray: "404040", lightgray: "bfbfbf", brown: "bf8040",
    lime: "bfff00", olive: "808000", orange: "ff8000", pink: "ffbfbf", purple: "bf0040", teal: "008080",
    violet: "800080",
  };

  const parsed = ColorModel.prototype.normalizeColor;
  ColorModel.prototype.normalizeColor = function (model, value) {
    if (model === "HTML" && /^\s*[0-9A-Fa-f]{6}\s*$/.test(value)) return `#${value.trim().toLowerCase()}`;
    if (model === "cmyk") {
      const parts = value.split(",").map(Number);
      if (parts.length === 4 && parts.every((part) => part >= 0 && part <= 1)) {
        return hex(parts.slice(0, 3).map((part) => 255 * (1 - Math.min(1, part + parts[3]))));
      }
      throw new TexError("ModelArg1", "Color values for the %1 model require 4 numbers", "cmyk");
    }
    return parsed.call(this, model, value);
  };

  const named = ColorModel.prototype.getColorByName;
  ColorModel.prototype.getColorByName = function (name) {
    const told = name.trim();
    if (!told.includes("!")) return named.call(this, told);
    const [first, ...others] = told.replace(/^-/, "").split("!");
    let mixed = valueOf(this, first);
    for (let at = 0; mixed && at < others.length; at += 2) {
      const share = Number(others[at]) / 100;
      const other = valueOf(this, others[at + 1] || "white");
      if (!other || !(share >= 0 && share <= 1)) return named.call(this, told);
      mixed = mixed.map((part, index) => share * part + (1 - share) * other[index]);
    }
    return mixed ? hex(mixed) : named.call(this, told);
  };

  function valueOf(model, name) {
    const known = model.userColors.get(name) ?? (BASE[name] ? `#${BASE[name]}` : COLORS.get(name) ?? "");
    const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(known);
    return found ? found.slice(1).map((part) => Number.parseInt(part, 16)) : null;
  }

  function hex(parts) {
    return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
  }
})();
