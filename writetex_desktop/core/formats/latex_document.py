"""The frame of a LaTeX document that prints formulas wherever there is LaTeX."""

import re
from typing import Final

LATEX_HEAD = (
    "\\documentclass{article}\n"
    "\\usepackage{amsmath,amssymb,bm,mathtools}\n"
    "% Chemistry and drawings need these, which not everybody has.\n"
    "\\IfFileExists{mhchem.sty}{\\usepackage[version=4]{mhchem}}{}\n"
    "\\IfFileExists{tikz.sty}{\\usepackage{tikz}}{}\n"
    "\\begin{document}\n\n"
)
"""What stands before formulas that are to be printed."""

LATEX_FOOT = "\n\\end{document}\n"
"""What stands after them."""

_PACKAGES: Final = {
    "siunitx": r"\\(?:SI|si|qty|unit|num|ang|numrange|qtyrange|SIrange)(?![a-zA-Z])",
    "physics": r"\\(?:d[vd]|pdv|fdv|abs|norm|eval|order|comm|acomm|grad|curl|laplacian|expval|mel|ev|Tr|"
    r"vb|va|vu|vdot|cross|ketbra|dyad|outerproduct|innerproduct|principalvalue|flatfrac)(?![a-zA-Z])",
    "braket": r"\\(?:bra|ket|braket|Bra|Ket|Braket|set|Set)(?![a-zA-Z])",
    "cancel": r"\\[bx]?cancel(?:to)?(?![a-zA-Z])",
    "mathrsfs": r"\\mathscr(?![a-zA-Z])",
    "bbm": r"\\mathbbm(?![a-zA-Z])",
    "dsfont": r"\\mathds(?![a-zA-Z])",
    "upgreek": r"\\up(?:alpha|beta|gamma|delta|mu|nu|xi|pi|rho|sigma|tau|phi|psi|omega|theta|lambda|eta)"
    r"(?![a-zA-Z])",
    "gensymb": r"\\(?:degree|celsius|micro|ohm|perthousand)(?![a-zA-Z])",
    "xcolor": r"\\(?:(?:text|define)?color|f?colorbox)(?![a-zA-Z])",
    "graphicx": r"\\includegraphics(?![a-zA-Z])",
    "amscd": r"\\begin\{CD\}",
    "multirow": r"\\multirow(?![a-zA-Z])",
    "booktabs": r"\\(?:top|mid|bottom)rule(?![a-zA-Z])",
    "circuitikz": r"\\begin\{circuitikz\}",
    "tikz-cd": r"\\begin\{tikzcd\}",
}
"""Packages that a source needs where it uses one of their commands."""


def latex_head(body: str, definitions: str = "") -> str:
    """Give what stands before a document's text: `LATEX_HEAD` with the packages that the text needs.

    Args:
        body: The text.
        definitions: The user's own commands, which stand behind the packages.
    """
    names = [name for name, used in _PACKAGES.items() if re.search(used, body + definitions)]
    if "physics" in names and "braket" in names:
        names.remove("braket")  # physics has these too, and both define them
    loaded = "".join(f"\\usepackage{{{name}}}\n" for name in names)
    own = definitions.replace("\\newcommand", "\n\\newcommand").lstrip("\n")
    own = f"{own}\n" if own else ""
    # Names as ForestGreen must be asked for before any package loads the colours.
    first = "\\PassOptionsToPackage{dvipsnames}{xcolor}\n" if "xcolor" in names else ""
    return first + LATEX_HEAD.replace("\\begin{document}", f"{loaded}{own}\\begin{{document}}")
