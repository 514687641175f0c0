"""Letters in a face as signs of their own: Unicode's mathematical alphabets."""

import unicodedata
from collections.abc import Mapping
from typing import Final

# `SCRIPT CAPITAL P` is the sign of Weierstrass; only where the alphabet has a hole is the older sign meant.
_FACES: Final[Mapping[str, tuple[str, ...]]] = {
    "double-struck": ("DOUBLE-STRUCK", "MATHEMATICAL DOUBLE-STRUCK"),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "-tex-calligraphic": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "-tex-bold-calligraphic": ("MATHEMATICAL BOLD SCRIPT",),
    "fraktur": ("BLACK-LETTER", "MATHEMATICAL FRAKTUR"),
    "bold": ("MATHEMATICAL BOLD",),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC",),
    "sans-serif": ("MATHEMATICAL SANS-SERIF",),
    "bold-sans-serif": ("MATHEMATICAL SANS-SERIF BOLD",),
    "sans-serif-italic": ("MATHEMATICAL SANS-SERIF ITALIC",),
    "sans-serif-bold-italic": ("MATHEMATICAL SANS-SERIF BOLD ITALIC",),
    "monospace": ("MATHEMATICAL MONOSPACE",),
    "bold-script": ("MATHEMATICAL BOLD SCRIPT",),
    "bold-fraktur": ("MATHEMATICAL BOLD FRAKTUR",),
}


def in_face(letter: str, face: str) -> str:
    """Give a letter or a digit in a face of MathML; the sign itself where Unicode has none."""
    if not letter.isalnum() or not letter.isascii():
        return _greek(letter, face)
    kind = "DIGIT" if letter.isdigit() else "CAPITAL" if letter.isupper() else "SMALL"
    name = unicodedata.name(letter).rpartition(" ")[2]
    for words in _FACES.get(face, ()):
        try:
            return unicodedata.lookup(f"{words} {kind} {name}")
        except KeyError:
            continue
    return letter


def plain_letter(sign: str) -> tuple[str, str]:
    """Give the letter or digit that a sign of these alphabets is, and its face; empty for the usual one."""
    words = unicodedata.decomposition(sign).split() if len(sign) == 1 else []
    if words[:1] != ["<font>"]:
        return sign, ""
    letter = chr(int(words[1], 16))
    return next(((letter, face) for face in _FACES if in_face(letter, face) == sign), (sign, ""))


def _greek(letter: str, face: str) -> str:
    """Give a Greek letter in a bold face: `GREEK SMALL LETTER ALPHA` is there as `BOLD SMALL ALPHA`."""
    name = unicodedata.name(letter, "") if len(letter) == 1 else ""
    if not name.startswith("GREEK ") or not face.startswith("bold"):
        return letter
    bare = name.removeprefix("GREEK ").replace("LETTER ", "").replace("LUNATE ", "")
    for words in _FACES.get(face, ()):
        try:
            return unicodedata.lookup(f"{words} {bare}")
        except KeyError:
            continue
    return letter
