"""PySide6: passive views and their presenters, a wing for each page of the window.

`toolkit` lies below all, `shell` above; the wings between know nothing of each other.
"""
