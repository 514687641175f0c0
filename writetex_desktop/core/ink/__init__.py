"""Ink as values: strokes, what is done to them, their smooth form, and the files that hold them.

Nothing is drawn or read here. May use the ground (`errors notice secret redaction money app_id`) alone.
"""
