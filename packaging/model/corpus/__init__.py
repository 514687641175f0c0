"""Formulas and their print: strings, canonical targets, LaTeX's glyph runs, the signs in them.

No picture is drawn here. Uses `drawing.raster` for the outlines' boxes, LaTeX's programs, and the
program's canonical form.
"""
