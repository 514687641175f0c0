"""Reads pages: words by two networks of the extra `pages`, formulas by the recogniser beside them."""
