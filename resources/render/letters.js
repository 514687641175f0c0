// Letters that MathJax's own font lacks: words of other scripts, currency signs, emoji.
//
// MathJax sets them sign by sign at a guessed width, in the order in which they were typed. Here a stretch of them
// is one piece of text, whose width and height Python measures with the fonts of the system: it is asked for what
// is not known yet, and the formula is then drawn anew. Runs in QuickJS after the components of MathJax.
"use strict";

globalThis.WriteTexLetters = (function () {
  const { SVG } = MathJax._.output.svg_ts;
  const { SVGTextNode } = MathJax._.output.svg.Wrappers.TextNode;
  const { Configuration } = MathJax._.input.tex.Configuration;
  const { Other } = MathJax._.input.tex.base.BaseConfiguration;
  const NodeUtil = MathJax._.input.tex.NodeUtil.default;
  const { getRange } = MathJax._.core.MmlTree.OperatorDictionary;

  const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})/u;
  const EMOJI_MORE = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u200d\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}])/u;
  const LETTER = /^[\p{L}\p{M}]$/u;
  const MATH_LETTER = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]$/u;
  const WORD_MORE = /^[\p{L}\p{M}\u200c\u200d]$/u;

  // --- Drawing: stretches of letters as one piece of text

  const MOST_MEASURES = 2000; // a long session with many words must not grow without end
  const measures = new Map();
  let unmeasured = new Map();

  function keyOf(text, variant, font) {
    const [family, italic, bold] = font.getCssFont(variant);
    return JSON.stringify([text, family, Boolean(italic), Boolean(bold)]);
  }

  function measured(wrapper, text, variant) {
    const key = keyOf(text, variant, wrapper.font);
    const known = measures.get(key);
    if (known) return known;
    unmeasured.set(key, true);
    return { w: 0.6 * [...text].length, h: 0.75, d: 0.2 };
  }

  // Parts a text: arrays are signs of MathJax's font, strings are stretches of text. Blanks, digits and marks
  // between letters of other scripts belong to the stretch, so that words written from right to left stay in order.
  function piecesOf(wrapper, text, variant) {
    const chars = wrapper.remappedText(text, variant);
    const isUnknown = (char) => Boolean(wrapper.getVariantChar(variant, char)[3].unknown);
    if (!chars.some(isUnknown)) return null;
    const pieces = [];
    let known = [];
    let at = 0;
    while (at < chars.length) {
      if (!isUnknown(chars[at])) {
        known.push(chars[at++]);
        continue;
      }
      if (known.length) pieces.push(known);
      known = [];
      const end = endOfStretch(chars, at, isUnknown);
      pieces.push(String.fromCodePoint(...chars.slice(at, end)).replace(/\u00a0/g, " "));
      at = end;
    }
    if (known.length) pieces.push(known);
    return pieces;
  }

  function endOfStretch(chars, start, isUnknown) {
    const sign = (at) => String.fromCodePoint(chars[at]);
    if (EMOJI.test(sign(start))) {
      let end = start + 1;
      while (end < chars.length && EMOJI_MORE.test(sign(end))) end++;
      return end;
    }
    let end = start + 1;
    for (let at = end; at < chars.length; at++) {
      if (EMOJI.test(sign(at))) break;
      if (isUnknown(chars[at])) end = at + 1;
      else if (LETTER.test(sign(at))) break;
    }
    return end;
  }

  const computeKnown = SVGTextNode.prototype.computeBBox;
  SVGTextNode.prototype.computeBBox = function (bbox, recompute) {
    const variant = this.parent.variant;
    const pieces = variant === "-explicitFont" ? null : piecesOf(this, this.node.getText(), variant);
    if (!pieces) return computeKnown.call(this, bbox, recompute);
    bbox.empty();
    for (const piece of pieces) {
      const boxes = typeof piece === "string"
        ? [measured(this, piece, variant)]
        : piece.map((char) => {
            const [h, d, w] = this.getVariantChar(variant, char);
            return { h, d, w };
          });
      for (const { w, h, d } of boxes) {
        bbox.w += w;
        bbox.h = Math.max(bbox.h, h);
        bbox.d = Math.max(bbox.d, d);
      }
    }
    bbox.clean();
  };

  const drawKnown = SVGTextNode.prototype.toSVG;
  SVGTextNode.prototype.toSVG = function (parent) {
    const variant = this.parent.variant;
    const pieces = variant === "-explicitFont" ? null : piecesOf(this, this.node.getText(), variant);
    if (!pieces) return drawKnown.call(this, parent);
    let x = 0;
    this.element = this.adaptor.append(parent, this.svg("g", { "data-mml-node": "text" }));
    for (const piece of pieces) {
      if (typeof piece === "string") {
        const text = this.jax.unknownText(piece, variant);
        this.place(x, 0, text);
        this.adaptor.append(this.element, text);
        x += measured(this, piece, variant).w;
      } else {
        for (const char of piece) x += this.placeChar(char, x, 0, this.element, variant);
      }
    }
  };

  // --- Parsing: letters outside of \text

  const ACCENTS = {
    "\u0300": "`", "\u0301": "\u00b4", "\u0302": "^", "\u0303": "~", "\u0304": "\u00af", "\u0305": "\u00af",
    "\u0306": "\u02d8", "\u0307": "\u02d9", "\u0308": "\u00a8", "\u030a": "\u02da", "\u030c": "\u02c7",
    "\u20d6": "\u2190", "\u20d7": "\u2192", "\u20db": "\u20db", "\u20dc": "\u20dc",
  };

  function readOther(parser, char) {
    if (char.codePointAt(0) < 0x80) return Other(parser, char);
    if (char in ACCENTS && parser.stack.Prev(true)) return putAccent(parser, ACCENTS[char]);
    if (EMOJI.test(char) && !getRange(char)) {
      return pushText(parser, char + take(parser, EMOJI_MORE));
    }
    if (LETTER.test(char) && !MATH_LETTER.test(char)) {
      const word = char + take(parser, WORD_MORE, (next) => !MATH_LETTER.test(next));
      if ([...word].length > 1) return pushText(parser, word);
    }
    const range = getRange(char);
    if (range && /^m[ion]$/.test(range[3])) return Other(parser, char);
    const isOperator = /^[\p{Sm}\p{P}]$/u.test(char);
    const variant = parser.stack.env.font ?? (LETTER.test(char) ? null : "normal");
    const attributes = variant && !isOperator ? { mathvariant: variant } : {};
    parser.Push(parser.create("token", isOperator ? "mo" : "mi", attributes, char));
  }

  function take(parser, pattern, isWanted = () => true) {
    let taken = "";
    while (parser.i < parser.string.length) {
      const next = String.fromCodePoint(parser.string.codePointAt(parser.i));
      if (!pattern.test(next) || !isWanted(next)) break;
      taken += next;
      parser.i += next.length;
    }
    return taken;
  }

  function pushText(parser, text) {
    const variant = parser.stack.env.font;
    const attributes = variant ? { mathvariant: variant } : {};
    parser.Push(parser.create("token", "mtext", attributes, text));
  }

  function putAccent(parser, sign) {
    const base = parser.stack.Prev();
    const accent = parser.create("token", "mo", { accent: true, mathaccent: true, stretchy: false }, sign);
    const over = parser.create("node", "munderover");
    NodeUtil.setChild(over, 0, base);
    NodeUtil.setChild(over, 1, null);
    NodeUtil.setChild(over, 2, accent);
    parser.Push(parser.create("node", "TeXAtom", [over]));
  }

  Configuration.create("writetex-letters", { fallback: { character: readOther }, priority: 1 });

  return {
    // What was drawn at a guessed size since the last call: lists of text, family, italic and bold.
    takeUnmeasured() {
      const keys = [...unmeasured.keys()].map((key) => JSON.parse(key));
      unmeasured = new Map();
      return keys;
    },
    // Takes a list of [text, family, italic, bold, width, height, depth] in em.
    learn(rows) {
      if (measures.size > MOST_MEASURES) measures.clear();
      for (const [text, family, italic, bold, w, h, d] of rows) {
        measures.set(JSON.stringify([text, family, italic, bold]), { w, h, d });
      }
    },
  };
})();
