"""The program on Windows, as far as Wine is Windows: what `try_windows.py` copies into a system with Wine.

`inside.py` is run by that system's Python and drives; `probes.py` is run by the Windows Python under Wine and
is the second program that judges. Wine 10 is that of Debian 13; what it lacks stands in `assembly.py`.
"""
