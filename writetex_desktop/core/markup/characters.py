r"""Characters: what cannot be seen goes; Unicode mathematics becomes commands outside `\text{...}`."""

import html
import re
import unicodedata

from writetex_desktop.core.markup.dress import closing_brace
from writetex_desktop.core.markup.letters import spell_marks, spell_roots

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd"
    "\ufe00-\ufe0f\ud800-\udfff]"
)
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")

_ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&apos;": "'",
    "&#39;": "'",
    "&nbsp;": " ",
    "&minus;": "-",
    "&times;": "×",
}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

_COMMANDS = {
    "×": "times", "÷": "div", "±": "pm", "∓": "mp", "·": "cdot", "⋅": "cdot", "∙": "bullet", "∘": "circ",
    "≤": "leq", "≥": "geq", "≦": "leqq", "≧": "geqq", "⩽": "leqslant", "⩾": "geqslant", "≠": "neq",
    "≈": "approx", "≡": "equiv", "≅": "cong", "∼": "sim", "≃": "simeq", "∝": "propto", "≪": "ll",
    "≫": "gg", "≺": "prec", "≻": "succ", "∈": "in", "∉": "notin", "∋": "ni", "⊂": "subset", "⊃": "supset",
    "⊆": "subseteq", "⊇": "supseteq", "⊊": "subsetneq", "∪": "cup", "∩": "cap", "∖": "setminus",
    "∅": "emptyset", "⊔": "sqcup", "⊓": "sqcap", "∧": "wedge", "∨": "vee", "¬": "neg", "∀": "forall",
    "∃": "exists", "∄": "nexists", "⊢": "vdash", "⊨": "models", "⊤": "top", "⊥": "perp", "→": "to",
    "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow",
    "⟶": "longrightarrow", "⟵": "longleftarrow", "⟹": "implies", "⟸": "impliedby", "⟺": "iff",
    "↦": "mapsto", "⟼": "longmapsto", "↑": "uparrow", "↓": "downarrow", "↪": "hookrightarrow",
    "↠": "twoheadrightarrow", "⇌": "rightleftharpoons", "∑": "sum", "∏": "prod", "∐": "coprod",
    "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap", "⨁": "bigoplus",
    "⨂": "bigotimes", "∂": "partial", "∇": "nabla", "∞": "infty", "ℏ": "hbar", "ℓ": "ell", "ℜ": "Re",
    "ℑ": "Im", "ℵ": "aleph", "℘": "wp", "⊕": "oplus", "⊗": "otimes", "⊙": "odot", "⊖": "ominus",
    "†": "dagger", "‡": "ddagger", "⋆": "star", "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots",
    "∣": "mid", "∥": "parallel", "∦": "nparallel", "∤": "nmid", "‖": "|", "⟨": "langle", "⟩": "rangle",
    "〈": "langle", "〉": "rangle", "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil", "∠": "angle",
    "△": "triangle", "□": "square", "∎": "blacksquare", "◻": "square", "∴": "therefore", "∵": "because",
    "≔": "coloneqq", "≜": "triangleq", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
    "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta",
    "ι": "iota", "κ": "kappa", "ϰ": "varkappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ϖ": "varpi", "ρ": "rho", "ϱ": "varrho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega", "ı": "imath", "ȷ": "jmath", "√": "sqrt",
    "ħ": "hbar", "∆": "Delta", "µ": "mu", "⊲": "lhd", "⊳": "rhd", "⇀": "rightharpoonup",
    "⇁": "rightharpoondown", "↼": "leftharpoonup", "↽": "leftharpoondown", "⇋": "leftrightharpoons",
    "≐": "doteq", "≍": "asymp",
}  # fmt: skip

_PLAIN = {
    "−": "-", "–": "-", "‐": "-", "‑": "-", "∗": "*", "∕": "/", "⁄": "/", "′": "'", "″": "''", "‴": "'''",
    "’": "'", "‘": "`", "“": "``", "”": "''", "∶": ":", "°": "^{\\circ}", "½": "\\frac{1}{2}",
    "¼": "\\frac{1}{4}", "¾": "\\frac{3}{4}", "℃": "^{\\circ}\\mathrm{C}", "℉": "^{\\circ}\\mathrm{F}",
    "ℎ": "h", "ⅆ": "d", "ⅇ": "e", "ⅈ": "i", "ⅉ": "j",
}  # fmt: skip

_ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"), ("BOLD FRAKTUR", "mathfrak"), ("FRAKTUR", "mathfrak"),
    ("BLACK-LETTER", "mathfrak"), ("SCRIPT", "mathcal"), ("SANS-SERIF", "mathsf"),
    ("MONOSPACE", "mathtt"), ("BOLD ITALIC", "boldsymbol"), ("BOLD", "mathbf"), ("ITALIC", ""),
)  # fmt: skip
"""Words in the Unicode names of styled letters, and the command that sets that style."""

_LETTERS = "".join(
    chr(code)
    for first, last in (
        (0xAA, 0xBA),
        (0x2B0, 0x2B8),
        (0x1D2C, 0x1D6A),
        (0x1D78, 0x1DBF),
        (0x2070, 0x209C),
        (0x2C7C, 0x2C7D),
    )
    for code in range(first, last + 1)
)
_RAISED = "".join(each for each in _LETTERS if unicodedata.decomposition(each).startswith("<super>"))
_LOWERED = "".join(each for each in _LETTERS if unicodedata.decomposition(each).startswith("<sub>"))
_SCRIPTS = re.compile(f"[{_RAISED}]+|[{_LOWERED}]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_TEXT_COMMAND = re.compile(
    r"\\(?:text(?:rm|bf|it|sf|tt|normal|up|sl)?|mbox|hbox|fbox|emph|operatorname\*?|ce|tag)\s*\{"
)
_TRAILING_COMMAND = re.compile(r"\\[a-zA-Z]+$")


def tidy_characters(text: str) -> str:
    """Take out what cannot be seen, decode HTML entities and compose accents (NFC)."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _BLANKS.sub(" ", text)
    text = _ENTITY.sub(lambda found: _ENTITIES.get(found[0]) or html.unescape(found[0]), text)
    return unicodedata.normalize("NFC", text)


def spell_out(text: str) -> str:
    r"""Write Unicode mathematics as commands, `≤` as `\leq`, `x²` as `x^{2}`, but not in `\text{...}`."""
    if text.isascii():
        return text
    out: list[str] = []
    position = 0
    while found := _TEXT_COMMAND.search(text, position):
        end = closing_brace(text, found.end())
        _spell_piece(text[position : found.start()], out)
        _append(out, text[found.start() : end])
        position = end
    _spell_piece(text[position:], out)
    return "".join(out)


def _letter(character: str) -> str:
    spelled = _spelling(character)
    return f"{spelled} " if spelled.startswith("\\") else spelled


def _spell_piece(text: str, out: list[str]) -> None:
    text = spell_roots(spell_marks(text))
    position = 0
    while found := _NOT_ASCII.search(text, position):
        _append(out, text[position : found.start()])
        if scripts := _SCRIPTS.match(text, found.start()):
            position = scripts.end()
            sign = "^" if scripts[0][0] in _RAISED else "_"
            inner = "".join(map(_letter, unicodedata.normalize("NFKC", scripts[0])))
            _append(out, f"{sign}{{{inner}}}")
        else:
            position = found.end()
            _append(out, _spelling(found[0]))
    _append(out, text[position:])


def _append(out: list[str], piece: str) -> None:
    """Append with a blank where a command would swallow the letter after it."""
    if piece and piece[0].isalpha() and out and _TRAILING_COMMAND.search(out[-1]):
        out.append(" ")
    if piece:
        out.append(piece)


def _spelling(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character in _COMMANDS:
        return "\\" + _COMMANDS[character]
    plain = unicodedata.normalize("NFKC", character)
    if "\uff01" <= character <= "\uff5e":
        return plain
    name = unicodedata.name(character, "")
    if (
        len(plain) == 1
        and plain != character
        and (name.startswith("MATHEMATICAL ") or character in "ℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℭℨ")
    ):
        command = next((command for word, command in _ALPHABETS if word in name), "")
        letter = _spelling(plain) if not plain.isascii() else plain
        return f"\\{command}{{{letter}}}" if command else letter
    if unicodedata.decomposition(character).startswith("<fraction>"):
        above, _, below = plain.partition("⁄")
        return f"\\frac{{{above}}}{{{below}}}"
    return {"、": ",", "。": "."}.get(character, character)
