"""Ink from glyph runs: FreeType, what screens and papers do to a picture, scribbles that are no formula.

Nothing here knows what a formula says. Uses numpy, Pillow and FreeType; no other wing.
"""
