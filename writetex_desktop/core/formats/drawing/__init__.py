"""A drawn formula, and what its SVG must be before QtSvg can paint it."""
