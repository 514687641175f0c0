"""Joins the pad and the finder of symbols to the parts of the program; concrete classes are named here."""
