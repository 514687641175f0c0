"""How well the shipped program reads: test pictures by other programs, measures, the samples.

Nothing of the training's drawing is used: a picture here is made by a program that training never sees.
"""
