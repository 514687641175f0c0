"""Lines flow into sentences: hyphens go, formulas that were broken are one again, blanks stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from writetex_desktop.core.formats.page import Formula, Run, Words
from writetex_desktop.core.pages.hyphens import is_own, is_suspended
from writetex_desktop.core.pages.places import Line, Piece
from writetex_desktop.core.pages.vocabulary import CHINESE


def joined_pieces(rows: Sequence[Line], known: Collection[str] = ()) -> tuple[Piece, ...]:
    """Let lines flow into each other: hyphens go, formulas that were broken are one again.

    Args:
        rows: The lines.
        known: The words of the page, which tell a hyphen of the word's own.
    """
    pieces: list[Piece] = []
    for row in rows:
        for at, piece in enumerate(row.pieces):
            if at or not pieces:
                pieces.append(piece)
                continue
            last = pieces[-1]
            if last.is_formula and piece.is_formula and _go_on(last.text, piece.text):
                pieces[-1] = replace(
                    last,
                    text=f"{last.text} {piece.text}",
                    confidence=min(last.confidence, piece.confidence),
                    alternatives=(),
                    further=(*last.further, piece.box, *piece.further),
                )
            elif last.is_formula and not piece.is_formula and (number := _lost_number(last.text, piece.text)):
                pieces[-1] = replace(last, text=f"{last.text} {number}", alternatives=())
                if rest := piece.text[len(number) :]:
                    pieces.append(replace(piece, text=rest.lstrip(), is_glued=not rest[0].isspace()))
            elif not last.is_formula and not piece.is_formula:
                pieces[-1] = _flowed(last, piece, known)
            else:
                pieces.append(replace(piece, is_glued=_is_tight(last, piece)))
    return tuple(pieces)


def _flowed(last: Piece, piece: Piece, known: Collection[str]) -> Piece:
    text = piece.text
    if last.text.endswith("-") and len(last.text) > 1 and last.text[-2].isalpha() and text[:1].isalpha():
        stays = not text[0].islower() or is_own(last.text, text, known)
        if is_suspended(text):
            joined = f"{last.text} {text}"
        else:
            joined = last.text + text if stays else last.text[:-1] + text
    elif CHINESE.match(last.text[-1:]) and CHINESE.match(text[:1]):
        joined = last.text + text
    else:
        joined = f"{last.text} {text}"
    weights = len(last.text), len(text)
    chance = (last.confidence * weights[0] + piece.confidence * weights[1]) / max(1, sum(weights))
    return replace(last, text=joined, confidence=chance)


def _is_tight(last: Piece, piece: Piece) -> bool:
    return bool(CHINESE.match(last.text[-1:]) or CHINESE.match(piece.text[:1])) and not (
        last.is_formula and piece.is_formula
    )


_OPEN_END: Final = re.compile(
    r"(?:[=<>+\-,(]|\\(?:leq|geq|in|to|cdot|times|pm|cup|cap|subset|subseteq|approx|sim|equiv|neq|mid|le|ge|oplus|otimes|rightarrow|Rightarrow))\s*(?:_\s*(?:\{[^{}]{0,60}\}|\\?\w{1,20})\s*)?\Z"
)
_OPEN_START: Final = re.compile(
    r"(?:[=<>+\-)]|\\(?:leq|geq|in|to|cdot|times|pm|cup|cap|subset|subseteq|approx|sim|equiv|neq|le|ge|oplus|otimes|rightarrow|Rightarrow)(?![a-zA-Z]))"
)


def _go_on(last: str, text: str) -> bool:
    return bool(_OPEN_END.search(last) or _OPEN_START.match(text))


def _lost_number(last: str, words: str) -> str:
    """The number that a formula still wants at the end of its line, and with which the next begins."""
    number = re.match(r"\d+(?:\.\d+)?(?![\w(])", words)
    return number[0] if number and _OPEN_END.search(last) and not last.endswith((",", "(")) else ""


def runs_of_pieces(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """Words and formulas with the blanks between them."""
    runs: list[Run] = []
    for at, piece in enumerate(pieces):
        blank = "" if not at or piece.is_glued else " "
        if piece.is_formula:
            if blank:
                if runs and isinstance(last := runs[-1], Words):
                    runs[-1] = Words(last.text + blank)
                else:
                    runs.append(Words(blank))
            runs.append(Formula(piece.text))
        elif runs and isinstance(last := runs[-1], Words):
            runs[-1] = Words(last.text + blank + piece.text)
        else:
            runs.append(Words(blank + piece.text))
    return tuple(runs)
