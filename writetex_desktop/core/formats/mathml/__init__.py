"""Presentation MathML as a tree, from which the text forms are written; and MathML as Word wants it."""
