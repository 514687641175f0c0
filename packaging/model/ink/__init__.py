"""Handwriting: drawings of symbols, the finder of symbols, formulas as if written by hand.

Uses the data of `shared/data/handwriting`, and all other wings.
"""
