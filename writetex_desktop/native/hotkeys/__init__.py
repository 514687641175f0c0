"""Global hotkeys: one module a way to have them, and the desktop's own shortcuts where there is none.

To add one: one file here, one line in `composition/backends.py`.
"""
