"""The frame of a LaTeX document that prints formulas wherever there is LaTeX."""

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
