"""Small programs that put WriteTex into others, by the door of docs/guide/other-programs.md.

Each folder is one host. `build.py` packs them.
"""
