"""Pictures of the screens: one module a way to take them.

To add one: one file here, one line in `composition/backends.py`.
"""
