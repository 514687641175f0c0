"""How markup is wrapped when it is copied."""

from enum import StrEnum


class OutputFormat(StrEnum):
    """The forms in which a formula can be copied; the values are the names on the command line."""

    RAW = "raw"
    INLINE = "inline"
    """`$...$`"""
    DISPLAY = "display"
    """`$$...$$`"""
    PAREN = "paren"
    r"""`\\(...\\)`"""
    BRACKET = "bracket"
    r"""`\\[...\\]`"""
    EQUATION = "equation"
    ALIGN = "align"
