"""WriteTex Desktop: snip a formula on the screen, get its LaTeX on the clipboard."""

__version__ = "0.1.0"
