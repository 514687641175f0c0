r"""What Markdown, HTML and the clipboard of a chat make of a formula: bold, quotes, bullets, `[ ... ]`.

All of it is round the whole formula; one that honestly begins with such a sign is told by its other end.
"""

import re
from typing import Final

_BOLD: Final = re.compile(r"\A(?P<mark>\*\*|__)(?P<inner>(?:(?!\*\*|__).)++)(?P=mark)\s*[.:]?\Z", re.DOTALL)
_QUOTES: Final = (
    *(('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("‹", "›"), ("「", "」"), ("『", "』"), ("‘", "’")),
    *(("``", "''"), ("'", "'")),
)
_QUOTABLE: Final = re.compile(r"(?=[\w\\({\[|$-])[^\n]*[\\^_=$]")
"""A formula; words in quotation marks are in the picture with their marks."""

_DELIMITED: Final = r"(?:\$|\\\(|\\\[|\\begin\s*\{(?:equation|align|gather|displaymath|math))"
_QUOTED_LINE: Final = re.compile(rf"(?m)^[ \t]*>[ \t]?(?=[ \t]*{_DELIMITED})")
_BULLET: Final = re.compile(rf"(?m)^[ \t]*(?:[-*+•‣·]|\(?\d{{1,2}}[.)]|#{{1,6}})[ \t]+(?={_DELIMITED})")
_BEGINNINGS: Final = frozenset(">-*+•‣·(0123456789#")
_EATEN_BLOCK: Final = re.compile(r"\A\[[ \t]*\n(?P<inner>.+)\n[ \t]*\][ \t]*\Z", re.DOTALL)
_EATEN_LINE: Final = re.compile(r"\A\[ (?P<inner>\S.*\S) \]\s*[.,]?\Z", re.DOTALL)
_BRACKET: Final = re.compile(r"\\q?quad|\\.|[][(){}]|[,;|~&]", re.DOTALL)
_DEPTHS: Final = {"[": 1, "(": 1, "{": 1, "]": -1, ")": -1, "}": -1}
_PARTING: Final = frozenset((",", ";", "|", "~", "&", "\\quad", "\\qquad", "\\ ", "\\\\"))
"""What parts the members of a list, an interval, a commutator or a row between brackets."""

_TOUCHING: Final = re.compile(r"[A-Za-z0-9_^{}()=+\-]\S")
_SCRIPT: Final = re.compile(
    r"<script[^<>]*math/tex(?P<display>[^<>]*display)?[^<>]*>|</script\s*>"
    r"|<(?P<mark>sup|sub)>(?P<inner>[^<>]{0,400})</(?P=mark)>",
    re.IGNORECASE,
)
_ESCAPED: Final = re.compile(
    r"((?<![A-Za-z\\])[A-Za-z]|\\[a-zA-Z]++|[0-9)}\]'])\\([_*])(?=[0-9{\\(]|[A-Za-z](?![A-Za-z]))"
)
r"""An index after one sign; between words, as in `max\_iter`, it is a name."""

_NAMED: Final = re.compile(
    r"\\(?:text[a-z]*|mathrm|mathtt|mathsf|mathit|operatorname\*?|mbox|hbox|label|tag|ref|url|href|input)\s*\{"
)
_ODD: Final = re.compile(r"(?<!\\)(?:\\\\)*+\\(?!n)[a-zA-Z]")
_LITERAL_BREAK: Final = re.compile(r"(?<!\\)((?:\\\\)*+)\\n(?![a-zA-Z])")
_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)


def undress(text: str) -> str:
    """Take away what stands round the whole formula, one layer of each kind."""
    text = text.strip()
    if found := _BOLD.match(text):
        text = found["inner"].strip()
    if text[:1] in _BEGINNINGS or "\n" in text:
        text = _without_quote_marks(_BULLET.sub("", _QUOTED_LINE.sub("", text)))
    return _without_eaten(_without_quotes(text))


def _without_quote_marks(text: str) -> str:
    """Take the `>` of a quotation from every line; one line alone may be a comparison."""
    lines = text.split("\n")
    if len(lines) > 1 and all(line.startswith(">") for line in lines if line.strip()):
        return "\n".join(line.removeprefix("> ").removeprefix(">") for line in lines)
    return text


def _without_quotes(text: str) -> str:
    for opening, closing in _QUOTES:
        if len(text) <= len(opening) + len(closing) or not text.startswith(opening):
            continue
        inner = text[len(opening) : len(text) - len(closing)].strip()
        lonely = opening not in inner and closing not in inner
        if text.endswith(closing) and lonely and (len(inner) == 1 or _QUOTABLE.match(inner)):
            return inner
    return text


def _without_eaten(text: str) -> str:
    r"""Read `[ ... ]` as what it was before Markdown took the backslashes of `\[ ... \]`."""
    if not text.startswith("["):
        return text
    if (found := _EATEN_BLOCK.match(text)) and _is_whole(found["inner"]):
        return found["inner"].strip()
    found = _EATEN_LINE.match(text)
    return found["inner"] if found and _is_whole(found["inner"]) and _is_written(found["inner"]) else text


def _is_whole(inner: str) -> bool:
    """Whether brackets match within, and nothing at their level parts it into members."""
    depth = 0
    for found in _BRACKET.finditer(inner):
        depth += _DEPTHS.get(found[0], 0)
        if depth < 0 or (depth == 0 and found[0] in _PARTING):
            return False
    return depth == 0


def _is_written(inner: str) -> bool:
    """Whether it is a formula of some length that was not set with a blank between all signs."""
    bare = re.sub(r"\\[a-zA-Z]+", "", inner)
    return any(sign in inner for sign in "\\^_=") and bool(_TOUCHING.search(bare))


def open_scripts(text: str) -> str:
    r"""Make `<sup>` and `<sub>` scripts, and `<script type="math/tex">` delimiters."""
    if "<s" not in text.casefold():
        return text
    closings: list[str] = []

    def written(found: re.Match[str]) -> str:
        if found["mark"]:
            return f"{'^' if found['mark'].lower() == 'sup' else '_'}{{{found['inner'].strip()}}}"
        if found[0].startswith("</"):
            return closings.pop() if closings else ""
        closings.append("\\]" if found["display"] else "\\)")
        return "\\[" if found["display"] else "\\("

    return _SCRIPT.sub(written, text)


def unescape(text: str) -> str:
    r"""Undo what a program did to backslashes: `x\_1` of Markdown, a literal `\n` for a line end."""
    if "\\\\" in text and _LITERAL_BREAK.search(text) and not _ODD.search(text):
        text = _LITERAL_BREAK.sub("\\1\n", text)
    if "\\_" not in text and "\\*" not in text:
        return text
    out: list[str] = []
    position = 0
    for name in _NAMED.finditer(text):
        if name.start() < position:
            continue
        end = closing_brace(text, name.end())
        out += [_ESCAPED.sub(r"\1\2", text[position : name.start()]), text[name.start() : end]]
        position = end
    return "".join((*out, _ESCAPED.sub(r"\1\2", text[position:])))


def closing_brace(text: str, start: int) -> int:
    """Where the group that was opened before `start` is over; the end of the text if it is not."""
    depth = 1
    for found in _BRACES.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text)
