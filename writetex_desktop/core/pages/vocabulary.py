"""What the signs of a line are to a sentence: names of functions, operators, punctuation."""

import re
from typing import Final

_FUNCTIONS = """
    sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp det dim ker deg arg gcd lim
    max min sup inf Pr hom mod sgn tr rank diag Var Cov limsup liminf Re Im Hom End Aut id GL SL SO SU
"""
NAMES: Final = frozenset(_FUNCTIONS.split())
"""Names of functions, which are printed upright."""

_SHORT = """
    am an as at be by do go he if in is it me my no of on or so to up us we
    da du er es ob um wo zu  de en et il la le ne ou se un  al di el lo su un
"""
SHORT_WORDS: Final = frozenset(_SHORT.split())
"""Words of two letters in whatever type they are set; no product of two variables is as common."""

_RELATIONS = """
    approx asymp cap cdot circ cong cup div equiv geq geqslant gg gtrsim hookrightarrow in leftarrow
    Leftarrow leftrightarrow Leftrightarrow leq leqslant lesssim ll longmapsto longrightarrow Longrightarrow
    mapsto mp neq ni notin ominus oplus otimes perp pm prec preceq propto rightarrow Rightarrow setminus sim
    simeq sqcup sqsubseteq subset subseteq subsetneq succ succeq supset supseteq supsetneq times to triangle
    vdash vee wedge models rtimes ltimes nmid
"""
OPERATORS: Final = frozenset((*"=<>+:-", *(f"\\{name}" for name in _RELATIONS.split())))
"""Signs that want something on both sides, so that a blank beside them parts nothing."""

LARGE: Final = frozenset(
    ("\\sum", "\\prod", "\\coprod", "\\int", "\\oint", "\\bigcup", "\\bigcap", "\\bigoplus", "\\bigotimes")
)
"""Signs that want something behind them."""

UPRIGHT: Final = ("\\mathrm{", "\\mathsf{", "\\mathtt{")
"""How the classes of upright letters begin."""

BOLD: Final = ("\\mathbf{", "\\boldsymbol{")
"""How those of bold letters begin."""

ACCENTS: Final = frozenset(
    f"\\{name}{{"
    for name in ("acute", "bar", "breve", "check", "ddot", "dot", "grave", "hat", "mathring", "tilde", "vec")
)
"""Accents, which languages have too."""

NEUTRAL: Final = ACCENTS | {
    *".,;:!?'()[]-/%&\"*",
    "''",
    "'''",
    "\\#",
    "\\%",
    "\\&",
    "\\S",
    "\\dagger",
    "\\cdot",
    "\\bullet",
    "unknown",
}
"""Signs that stand in sentences as well as in formulas."""

ALONE: Final = frozenset((*"-+*/|:", "\\bullet", "\\cdot", "\\sim", "\\dagger", "\\square", "\\to"))
"""Signs that alone are no formula."""

EDGES: Final = frozenset((*'.,;:!?"', "''", "'''"))
"""Punctuation."""

CLOSING: Final = {")": "(", "]": "["}
"""Brackets and what they close."""

CHINESE: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Letters and punctuation of Chinese and Japanese."""
