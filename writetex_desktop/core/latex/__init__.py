"""LaTeX as a language: words, parser, tree, printer, canonical form.

And what is checked and edited in a source. Other languages live in `formats`, what models put round the
source in `markup`. May use the ground, `reading` and `markup`.
"""
