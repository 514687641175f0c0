"""What a formula says, read from its MathML, for programs that calculate: SymPy, Mathematica.

How it looks is not kept here. May use `formats.mathml`.
"""
