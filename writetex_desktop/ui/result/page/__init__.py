"""The formulas of a page: their places in picture, preview and source, and what else they may be."""
