"""Passive views that several pages share: pictures, drawings, text with formulas, notices, progress."""
