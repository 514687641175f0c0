r"""From the names of the data to LaTeX: `amssymb:mathcal-lbrace-A-rbrace` is `\mathcal{A}`."""

import unicodedata

from writetex_desktop.core.markup.characters import spell_out

ORDER = ("plain", "latex2e", "amssymb", "amsmath", "mathtools", "stmaryrd", "latexsym", "mathrsfs", "dsfont", "bbold",
         "esint", "wasysym", "textcomp", "gensymb", "upgreek", "marvosym", "tipa")  # fmt: skip
"""Packages, the best known first."""

SPELLED = {
    "lbrace": "\\{", "rbrace": "\\}", "lbracket": "[", "rbracket": "]", "ampersand": "\\&", "hash": "\\#",
    "dollar": "\\$", "percent": "\\%", "underscore": "\\_", "slash": "/", "exclamation-grave": "!`",
    "dash-dash": "--", "dash-dash-dash": "---", "dash-dash-dash-dash": "----", "bar:16socis": "|", "bar:1sa4fqg": "\\|",
    "symbol-epr69x": "\\mathring{}", "sqrt-lbrace-rbrace": "\\sqrt{}", "c-lbrace-c-rbrace": "\\c{c}",
    "not-approx": "\\not\\approx", "not-equiv": "\\not\\equiv", "not-sim": "\\not\\sim", "not-simeq": "\\not\\simeq",
}  # fmt: skip
LETTERED = frozenset(
    "Delta Gamma Omega Phi Pi Psi Sigma alpha beta delta epsilon gamma lambda mu omega phi pi psi sigma theta cap cup "
    "div exists forall geq in infty int ldots leftarrow leq nabla neq partial pm prod rightarrow sqrt subset sum times "
    "cdot".split()
)
"""Commands among the names of the plain symbols."""

BASE = frozenset("leq geq ll gg neq hbar angle rightleftharpoons".split())
"""What the data has of amssymb and LaTeX knows by itself; also `\\mathcal`."""

TEXT_PACKAGES = frozenset(("tipa", "textcomp", "marvosym", "skull", "cmll"))
MATH_OF_WASYSYM = frozenset("Bowtie Box LHD RHD lhd rhd unlhd unrhd ocircle".split())
TEXT = frozenset("AA AE DH DJ L NG O OE SS TH aa ae dh dj l ng o oe ss th quotedblbase quotesinglbase guillemotleft "
                 "guillemotright guilsinglleft guilsinglright c-lbrace-c-rbrace exclamation-grave dash-dash dash-dash-dash "
                 "dash-dash-dash-dash".split())  # fmt: skip


def parted(name: str) -> tuple[str, str]:
    """The package and the symbol of a name of the data."""
    before, _, symbol = name.partition(":")
    return before, symbol


def command(name: str) -> str:
    """What is written in a source."""
    before, symbol = parted(name)
    if before == "plain":
        if symbol == "colon":
            return ":"
        if symbol in {"{", "}", "%", "&"}:
            return f"\\{symbol}"
        return f"\\{symbol}" if symbol in LETTERED else symbol
    if symbol in SPELLED:
        return SPELLED[symbol]
    return "\\" + symbol.replace("-lbrace-", "{").replace("-rbrace", "}")


def package(name: str) -> str:
    """The package that is needed; empty for none."""
    before, symbol = parted(name)
    if before in ("plain", "latex2e") or symbol in BASE or symbol.startswith("mathcal-"):
        return ""
    return before


def is_text(name: str) -> bool:
    """Whether it stands in text and not in mathematics."""
    before, symbol = parted(name)
    if before == "wasysym":
        return symbol not in MATH_OF_WASYSYM
    return before in TEXT_PACKAGES or symbol.startswith("text") or (before == "latex2e" and symbol in TEXT)


def popularity(name: str) -> tuple[bool, int, bool, int, str]:
    """The order of symbols that look the same: letters last, then by package; commands of text after others."""
    before, symbol = parted(name)
    place = ORDER.index(before) if before in ORDER else len(ORDER)
    return command(name).isalnum(), place, symbol.startswith("text"), len(symbol), symbol


def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in (*range(0xA1, 0x600), *range(0x2000, 0x2C00), *range(0x1D400, 0x1D7FF)):
        sign = chr(code)
        told = unicodedata.name(sign, "")
        letter = not told.startswith("MATHEMATICAL ") or unicodedata.normalize("NFKC", sign) != sign
        spelled = spell_out(sign).strip() if told and letter else sign
        if spelled.startswith("\\"):
            found.setdefault(spelled, told.lower())
    return found


NAMES = _names()


def reader_name(told: str) -> str:
    """What Unicode calls a command's sign; empty where it has no name but its command."""
    return NAMES.get(told, "")
