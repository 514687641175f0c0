r"""Unicode letters with marks, and roots: `x̂` is `\hat{x}`, `√(x+1)` is `\sqrt{x+1}`."""

import re
import unicodedata
from typing import Final

from writetex_desktop.core.markup.commands import ARGUMENTS

_MARKS: Final = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar",
    "\u0305": "overline", "\u0306": "breve", "\u0307": "dot", "\u0308": "ddot", "\u030a": "mathring",
    "\u030c": "check", "\u20d7": "vec", "\u20d1": "vec", "\u20d6": "overleftarrow",
    "\u20db": "dddot", "\u20dc": "ddddot",
    "\u0331": "underline", "\u0332": "underline", "\u0338": "not",
}  # fmt: skip
_IN_WORDS: Final = frozenset(("grave", "acute", "mathring"))
"""Marks of words rather than of mathematics: a letter that has one by itself keeps it."""

_MARKED: Final = re.compile(
    "(?P<base>[^\u0300-\u036f\u20d0-\u20ef])(?P<marks>[\u0300-\u036f\u20d0-\u20dc]+)", re.DOTALL
)
_RUN: Final = re.compile(r"[^\W\d_]+")
_LONGEST_PRODUCT: Final = 2
"""Letters in a row that may still be a product; three are a word, in which accents belong."""

_MOST_MARKS: Final = 3
"""Marks on one letter; more are a game with characters."""

_ROOTS: Final = {"√": "\\sqrt", "∛": "\\sqrt[3]", "∜": "\\sqrt[4]"}
_ROOT: Final = re.compile(
    r"(?P<root>[√∛∜])[ \t]*(?:(?P<open>\()|(?P<one>\d+(?:\.\d+)?|[^\W\d_]|\\[a-zA-Z]+))?"
)


def spell_marks(text: str) -> str:
    r"""Write letters with marks as accents; words such as `für` keep theirs.

    Args:
        text: Mathematics, composed (NFC).
    """
    text = _RUN.sub(_taken_apart, text)
    return _MARKED.sub(_accented, text)


def _taken_apart(run: re.Match[str]) -> str:
    """Part letters that stand alone from marks that mathematics gives them."""
    letters = run[0]
    if letters.isascii() or len(letters) > _LONGEST_PRODUCT:
        return letters
    out: list[str] = []
    for letter in letters:
        parted = unicodedata.normalize("NFD", letter)
        base, marks = parted[0], parted[1:]
        names = [_MARKS.get(mark, "acute") for mark in marks]
        apart = marks and base.isascii() and not any(name in _IN_WORDS for name in names)
        out.append(base + marks if apart else letter)
    return "".join(out)


def _accented(found: re.Match[str]) -> str:
    written = found["base"]
    for mark in found["marks"][:_MOST_MARKS]:
        name = _MARKS.get(mark)
        if name is None or written.isspace() or written in {"{", "\\"}:
            written += mark
        elif name == "not":
            written = f"\\not{written}"
        else:
            written = f"\\{name}{{{written}}}"
    return written


def spell_roots(text: str) -> str:
    r"""Write `√` and what it covers: the bracket, the number or the letter after it."""
    if not any(root in text for root in _ROOTS):
        return text
    partner = _partners(text)
    out: list[str] = []
    position = 0
    closings: dict[int, str] = {}
    for at, sign in enumerate(text):
        if at < position:
            continue
        found = _ROOT.match(text, at) if sign in _ROOTS else None
        if found is None:
            out.append(closings.pop(at, sign))
            continue
        root = _ROOTS[sign]
        position = found.end()
        if found["open"]:
            end = partner.get(found.start("open"))
            out.append(root + ("{" if end is not None else "("))
            if end is not None:
                closings[end] = "}"
        elif (one := found["one"]) and one.removeprefix("\\") not in ARGUMENTS:
            out.append(f"{root}{{{one}}}")
        else:
            out.append(root + (found["one"] or ""))
    return "".join(out)


def _partners(text: str) -> dict[int, int]:
    """Give for each opening bracket where it is closed."""
    waiting: list[int] = []
    partner: dict[int, int] = {}
    for found in re.finditer(r"[()]", text):
        if found[0] == "(":
            waiting.append(found.start())
        elif waiting:
            partner[waiting.pop()] = found.start()
    return partner
