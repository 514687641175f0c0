"""Formulas as files: SVG, PNG and MathML."""
