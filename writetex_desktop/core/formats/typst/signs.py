"""The names that signs, faces and accents have in Typst.

Source: https://typst.app/docs/reference/symbols/sym/; names that differ between its versions are left out.
"""

from typing import Final

from writetex_desktop.core.formats.greek import GREEK

_ALTERNATIVES: Final = {
    "ε": "epsilon",
    "ϑ": "theta.alt",
    "ϰ": "kappa.alt",
    "ϖ": "pi.alt",
    "ϱ": "rho.alt",
    "ς": "sigma.alt",
}
_VERSIONS_DIFFER: Final = "ϵφϕ"
SIGNS: Final = {
    **{letter: name for letter, name in GREEK.items() if letter not in _VERSIONS_DIFFER},
    **_ALTERNATIVES,
    "−": "-",
    "±": "plus.minus",
    "×": "times",
    "⋅": "dot.op",
    "·": "dot.op",
    "÷": "div",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≪": "<<",
    "≫": ">>",
    "≈": "approx",
    "≡": "equiv",
    "∼": "tilde.op",
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "⇔": "<=>",
    "↦": "|->",
    "⟶": "-->",
    "⟹": "==>",
    "∑": "sum",
    "∏": "product",
    "∫": "integral",
    "∬": "integral.double",
    "∭": "integral.triple",
    "∮": "integral.cont",
    "∂": "partial",
    "∇": "nabla",
    "∞": "infinity",
    "…": "dots.h",
    "⋯": "dots.h.c",
    "⋮": "dots.v",
    "⋱": "dots.down",
    "∈": "in",
    "∉": "in.not",
    "∀": "forall",
    "∃": "exists",
    "⊂": "subset",
    "⊆": "subset.eq",
    "⊃": "supset",
    "∪": "union",
    "∗": "*",
    "′": "'",
    "″": "''",
    "‴": "'''",
}
NAMES: Final = frozenset(
    [
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "csch",
        "ctg",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "hom",
        "id",
        "im",
        "inf",
        "ker",
        "lg",
        "lim",
        "liminf",
        "limsup",
        "ln",
        "log",
        "max",
        "min",
        "mod",
        "Pr",
        "sec",
        "sech",
        "sin",
        "sinc",
        "sinh",
        "sup",
        "tan",
        "tanh",
        "tg",
        "tr",
    ]
)
ESCAPED: Final = frozenset('#$_^&/"\\`@~√∛∜')
JOINING: Final = frozenset("-<>=:!|~.*[]")
"""Of these signs two or three side by side may be a shorthand for another one."""

BRACES: Final = frozenset("⏞⏟⎴⎵⏜⏝⌢⌣")
STRIKES: Final = {
    frozenset({"updiagonalstrike"}): "",
    frozenset({"downdiagonalstrike"}): "inverted: #true, ",
    frozenset({"updiagonalstrike", "downdiagonalstrike"}): "cross: #true, ",
    frozenset({"horizontalstrike"}): "angle: #90deg, ",
    frozenset({"verticalstrike"}): "angle: #0deg, ",
}
FRAMES: Final = {
    frozenset({"box"}): "box(stroke: 0.5pt",
    frozenset({"roundedbox"}): "box(stroke: 0.5pt, radius: 3pt",
    frozenset({"circle"}): "ellipse(stroke: 0.5pt",
}
SIDES: Final = frozenset({"left", "right", "top", "bottom"})
LIMITS: Final = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀⨆⨄")
NAMES_WITH_LIMITS: Final = frozenset(
    {"lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "limsup", "liminf"}
)
WITH_CORNERS: Final = frozenset("∫∬∭∮∯∰∂∇∞∀∃∅+−-±∓×÷·⋅∗∘|‖¬√∠†‡⋆")
"""Operators that have their scripts at their corners anyway."""

PRIMES: Final = {"′": "'", "″": "''", "‴": "'''"}
CLOSE_UP: Final = frozenset(")]}⌋⌉⟩,;:")
SPACES: Final = ((2.0, "wide"), (1.0, "quad"), (0.2, "med"), (0.01, "thin"))
"""From which width in em, and the name."""

FACES: Final = {
    "normal": "upright",
    "bold": "upright(bold",
    "italic": "italic",
    "bold-italic": "bold",
    "double-struck": "bb",
    "script": "scr",
    "-tex-calligraphic": "cal",
    "-tex-mathit": "italic",
    "bold-script": "bold(scr",
    "-tex-bold-calligraphic": "bold(cal",
    "fraktur": "frak",
    "bold-fraktur": "bold(frak",
    "sans-serif": "sans",
    "bold-sans-serif": "bold(sans",
    "sans-serif-italic": "sans",
    "sans-serif-bold-italic": "bold(sans",
    "monospace": "mono",
}
OVER: Final = {
    **dict.fromkeys("^ˆ", "hat"),
    **dict.fromkeys("~˜", "tilde"),
    **dict.fromkeys("¯‾", "macron"),
    "―": "overline",
    "→": "arrow",
    "←": "arrow.l",
    "↔": "arrow.l.r",
    "˙": "dot",
    "¨": "dot.double",
    "⃛": "dot.triple",
    "⃜": "dot.quad",
    "´": "acute",
    "`": "grave",
    "ˇ": "caron",
    "˘": "breve",
    "˚": "circle",
    "⏞": "overbrace",
    "⎴": "overbracket",
    "⌢": "overparen",
    "⏜": "overparen",
}
UNDER: Final = {
    "―": "underline",
    "_": "underline",
    "⏟": "underbrace",
    "⎵": "underbracket",
    "⌣": "underparen",
}
PAIRS: Final = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|": "|", "‖": "‖", "⟦": "⟧"}
