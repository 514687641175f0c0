r"""Delimiters of mathematics: `$`, `$$`, `\(`, `\[` and `\begin{equation}` round a formula."""

import re
from dataclasses import dataclass

from writetex_desktop.core.markup.talk import is_about_formulas, is_prose, unboxed

_DEPTHS = {"{": 1, "}": -1}
_CLOSINGS = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_ENVIRONMENT = re.compile(r"\\begin\s*\{((?:equation|displaymath|math)\*?)\}")
_SCAN = re.compile(
    r"\\\\|\\[\[\]()]|\\begin\s*\{(?:equation|displaymath|math)\*?\}|\\end\s*\{(?:equation|displaymath|math)\*?\}"
    r"|\\.|\$\$?|[{}]",
    re.DOTALL,
)
_INLINE = re.compile(r"\$[^$\n]*\$|\\\((?:[^\\]|\\(?![()]))*+\\\)")
_OPTION = re.compile(
    r"\s*+[*_#\s]*(?:option|candidate|version|variant|reading|interpretation|possibility|variante|opción|opzione|вариант"
    r"|möglichkeit|选项|方案|候補|후보)\s?(?:1|A|a)\s?[*_]*[:.)]",
    re.IGNORECASE,
)
_OR = re.compile(
    r"[\s.,;*_]*(?:\(?(?:or|oder|ou|o|oppure|или|alternatively|alternativ|alternativement|或|或者|または|또는)\b|أو)",
    re.IGNORECASE,
)
"""Words between two readings of one picture, of which the first is the likelier."""

_MATHEMATICS = re.compile(r"[\\^_&{}]")
_PUNCTUATION = " \t\n.,;:`*"


@dataclass(frozen=True, slots=True)
class _Block:
    """A delimited formula: where it starts and ends with its delimiters, and what it holds."""

    start: int
    end: int
    body: str
    display: bool


def open_delimiters(text: str) -> str:
    r"""Take away the delimiters that a formula stands in.

    Prose round a displayed formula goes with them. Several displayed formulas become the lines of a
    `gathered` environment. Text that is more than one formula in prose is left as it is.
    """
    text = _without_lonely_end(text)
    blocks = _blocks(text)
    if len(blocks) > 1 and _OPTION.match(text):
        return blocks[0].body.strip()
    displayed = [block for block in blocks if block.display]
    chosen = displayed or (blocks if len(blocks) == 1 else [])
    if not chosen:
        return text
    if len(chosen) > 1 and _OR.match(text[chosen[0].end : chosen[1].start]):
        chosen = chosen[:1]  # another reading of the same picture
        text = text[: chosen[0].end]
    outside = _outside(text, chosen)
    if not displayed and outside.strip(_PUNCTUATION):
        return _told(text, outside, chosen[0].body.strip())
    if _MATHEMATICS.search(_INLINE.sub("", outside)) or _is_formula(outside):
        return text
    bodies = list(
        {"".join(body.split()): body for block in reversed(chosen) if (body := block.body.strip())}.values()
    )[::-1]
    if len(bodies) <= 1:
        return "".join(bodies)
    return "\\begin{gathered}\n" + " \\\\\n".join(bodies) + "\n\\end{gathered}"


def _without_lonely_end(text: str) -> str:
    """Drop a closing delimiter that nothing has opened: the beginning of the answer was lost."""
    bare = text.rstrip()
    for opening, closing in (("\\[", "\\]"), ("\\(", "\\)")):
        before = bare[: -len(closing)]
        slashes = len(before) - len(before.rstrip("\\"))
        if bare.endswith(closing) and slashes % 2 == 0 and opening not in bare and closing not in before:
            return before.rstrip()
    return text


def _told(text: str, outside: str, body: str) -> str:
    """Give the one formula in a sentence that speaks of formulas; another sentence may be in the picture."""
    announced = is_prose(outside) or outside.strip(" \t\n*_`").endswith((":", "："))
    if _MATHEMATICS.search(outside) or not (is_about_formulas(outside) and announced):
        return text
    return unboxed(body, outside)


def _outside(text: str, blocks: list[_Block]) -> str:
    pieces: list[str] = []
    position = 0
    for block in blocks:
        pieces.append(text[position : block.start])
        position = block.end
    pieces.append(text[position:])
    return " ".join(pieces)


def _is_formula(outside: str) -> bool:
    """Whether text without commands is mathematics all the same: there is something, but no word."""
    bare = outside.strip(_PUNCTUATION)
    return bool(bare) and not re.search(r"[^\W\d_]{3,}|[\u3040-\u9fff]{2,}", bare)


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    depth = 0
    opened: tuple[int, int, str] | None = None
    for found in _SCAN.finditer(text):
        token = found[0]
        depth = max(0, depth + _DEPTHS.get(token, 0))
        if opened is None:
            if depth == 0 and (closing := _closing(token)):
                opened = (found.start(), found.end(), closing)
            continue
        start, body, closing = opened
        if depth == 0 and re.sub(r"\s", "", token) == closing:
            blocks.append(_Block(start, found.end(), text[body : found.start()], closing not in {"$", "\\)"}))
            opened = None
    if opened is not None:
        start, body, closing = opened
        inner = _without_partial(text[body:], closing)
        blocks.append(_Block(start, len(text), inner, closing not in {"$", "\\)"}))
    return blocks


def _closing(token: str) -> str | None:
    if found := _ENVIRONMENT.fullmatch(token):
        return f"\\end{{{found[1]}}}"
    return _CLOSINGS.get(token)


def _without_partial(body: str, closing: str) -> str:
    """Drop the beginning of a closing delimiter that a stream has brought so far."""
    for length in range(len(closing) - 1, 0, -1):
        part = closing[:length]
        if body.endswith(part):
            slashes = len(body) - length
            before = len(body[:slashes]) - len(body[:slashes].rstrip("\\"))
            if before % 2 == 0:
                return body[:slashes]
    return body
