"""The detector, the reader and both as one recogniser: layers and shapes, no data and no losses.

Uses torch, and of the other wings the size of the model's text (`drawing.augment`).
"""
