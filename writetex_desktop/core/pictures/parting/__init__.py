"""Which ink and which signs of a picture are the formula, and where rows and pieces of it can be cut.

No picture is decoded and nothing is read here. Uses values of `pictures` alone.
"""
