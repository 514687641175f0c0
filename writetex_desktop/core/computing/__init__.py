"""What can be computed of a formula, and what comes of it, as values.

Nothing is computed here; it knows of nothing but errors.
"""
