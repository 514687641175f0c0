"""How a bundle of the program is made: what goes in, what is cut out, and the forms it is handed out in.

Called by `packaging/build.py`; the standard library alone, but for PyInstaller in an environment of its own.
"""
