"""The words that signs, faces and accents have in AsciiMath.

Source: the table of constants at http://asciimath.org/.
"""

from typing import Final

from writetex_desktop.core.formats import greek

_UNKNOWN: Final = "ϰϖϱςΥ"

GREEK: Final = {letter: name for letter, name in greek.GREEK.items() if letter not in _UNKNOWN}
SIGNS: Final = {
    **GREEK,
    "−": "-",
    "⋅": "*",
    "·": "*",
    "∗": "**",
    "⋆": "***",
    "×": "xx",
    "÷": "-:",
    "∘": "@",
    "⊕": "o+",
    "⊗": "ox",
    "⊙": "o.",
    "∑": "sum",
    "∏": "prod",
    "∧": "^^",
    "⋀": "^^^",
    "∨": "vv",
    "⋁": "vvv",
    "∩": "nn",
    "⋂": "nnn",
    "∪": "uu",
    "⋃": "uuu",
    "∫": "int",
    "∮": "oint",
    "∂": "del",
    "∇": "grad",
    "±": "+-",
    "∅": "O/",
    "∞": "oo",
    "ℵ": "aleph",
    "∴": ":.",
    "∵": ":'",
    "∠": "/_",
    "⋯": "cdots",
    "⋮": "vdots",
    "⋱": "ddots",
    "…": "ldots",
    "⋄": "diamond",
    "□": "square",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "≺": "-<",
    "≻": ">-",
    "∈": "in",
    "∉": "!in",
    "⊂": "sub",
    "⊃": "sup",
    "⊆": "sube",
    "⊇": "supe",
    "≡": "-=",
    "≅": "~=",
    "≈": "~~",
    "∝": "prop",
    "¬": "not",
    "⇒": "=>",
    "⟹": "=>",
    "⇔": "<=>",
    "⟺": "iff",
    "∀": "AA",
    "∃": "EE",
    "⊥": "_|_",
    "⊤": "TT",
    "⊢": "|--",
    "⊨": "|==",
    "↑": "uarr",
    "↓": "darr",
    "→": "->",
    "⟶": "->",
    "↦": "|->",
    "←": "larr",
    "⟵": "larr",
    "↔": "harr",
    "⟷": "harr",
    "⇐": "lArr",
    "∖": "\\\\",
    "\\": "\\\\",
    "/": "//",
    ":=": ":=",
    "′": "'",
    "″": "''",
    "‴": "'''",
    "∣": "|",
}
NAMES: Final = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "tanh",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "coth",
        "sech",
        "csch",
        "exp",
        "log",
        "ln",
        "det",
        "dim",
        "mod",
        "gcd",
        "lcm",
        "lub",
        "glb",
        "min",
        "max",
        "lim",
        "f",
        "g",
    ]
)
FACES: Final = {
    **dict.fromkeys(("", "normal", "italic", "-tex-mathit", "-tex-oldstyle"), ""),
    "bold": "bb",
    "bold-italic": "bb",
    "double-struck": "bbb",
    "script": "cc",
    "-tex-calligraphic": "cc",
    "monospace": "tt",
    "fraktur": "fr",
    "sans-serif": "sf",
}
FACES_OF_LETTERS: Final = frozenset({"bbb", "cc", "fr"})
"""Faces in which a word is several letters."""

OVER: Final = {
    "^": "hat",
    "ˆ": "hat",
    "~": "tilde",
    "˜": "tilde",
    "¯": "bar",
    "―": "overline",
    "→": "vec",
    "˙": "dot",
    "¨": "ddot",
    "⏞": "overbrace",
    "⌢": "overarc",
}
UNDER: Final = {"―": "underline", "_": "underline", "⏟": "underbrace"}
LIMITS: Final = frozenset("∑∏⋃⋂⋁⋀") | {"lim", "max", "min"}
"""Under and over what the parser puts limits by itself."""

TAKES_WHAT_FOLLOWS: Final = NAMES - {"lim", "max", "min", "dim", "mod", "lub", "glb"}
"""After what the parser takes the next word for an argument: a fraction would begin behind it."""

RAISED_BARE: Final = frozenset("′″‴")
LEFT: Final = {"(": "(", "[": "[", "{": "{", "⟨": "(:", "": "{:", ".": "{:", "|": "|:", "∣": "|:"}
RIGHT: Final = {")": ")", "]": "]", "}": "}", "⟩": ":)", "": ":}", ".": ":}", "|": ":|", "∣": ":|"}
UNSAFE: Final = frozenset('"_^@~`#')
"""Signs that are something else to the parser, or to what looks for formulas in a page."""
