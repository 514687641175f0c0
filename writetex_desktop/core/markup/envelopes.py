r"""What programs put round an answer: calls of tools, lines of code, tables of one formula, ends of streams.

Every function takes a finished answer or any beginning of one, and gives back what is none of these.
"""

import re
from typing import Final

_CALL: Final = re.compile(
    r"\A\s*+(?:<(?P<tag>tool_call|tool_use|function_call|json)>|\[TOOL_CALLS\])\s*+(?=[\[{<])"
)
_CALL_END: Final = re.compile(r"</(?:tool_call|tool_use|function_call|json)>\s*\Z")
_PARAMETER: Final = re.compile(
    r"\A\s*+<function=[\w.-]+>\s*+<parameter=[\w.-]+>(?P<inner>(?:[^<]|<(?!/parameter))*+)(?:</parameter>|\Z)"
)
_CDATA: Final = re.compile(r"<!\[CDATA\[(?P<inner>(?:[^\]]|\](?!\]>))*+)(?:\]\]>|\Z)")
_STREAM_END: Final = re.compile(r"(?:\s*+(?:data:\s?)?\[DONE\]|\s*+<br ?/?>)+\s*+\Z")
_STREAM_TAIL: Final = 80
_QUOTING: Final = re.compile(
    r"""(?P<call>(?:(?:print|Math|Latex|display)\s?\(\s?)*+)(?P<raw>[rR])?(?P<mark>\"{3}|'{3}|["'])"""
)
_SIGNS: Final = frozenset("\\^_=")
_ASSIGNED: Final = re.compile(
    r"\A(?:const |let |var )?(?:latex|tex|latex_code|latexCode|formula|equation|expression|expr|result)"
    r"\s?=\s?(?=[rR]?[\"'])"
)
_NAMED: Final = re.compile(r"\A(?:LaTeX|latex|Latex|TeX)(?: code)?\s?=\s?(?=[\\$])")
_BLOCK_SCALAR: Final = re.compile(
    r"\A\s*+(?:latex|tex|formula|equation|markup)\s?:\s?[|>][-+]?[ \t]*\n", re.IGNORECASE
)
_PICTOGRAPH: Final = re.compile(
    "\\A(?:[\u2705\u2714\u2728\u2b50\u270f\u270d\u27a1\U0001f300-\U0001faff][\ufe0e\ufe0f\u200d]?\\s*+)++"
)
_ROW: Final = re.compile(r"[ \t]*\|(?P<cells>.*)\|[ \t]*")
_RULER: Final = re.compile(r"[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*")
_CELL: Final = re.compile(r"(?:`[^`]+`|\$[^$]+\$|\$\$[^$]+\$\$|\\\(.+\\\)|\\\[.+\\\])")
_PIPE: Final = re.compile(r"(?<!\\)\|(?=\s)|(?<=\s)\|")


def open_call(text: str) -> str:
    """Give what a call of a tool hands on, and what stands in CDATA; its object is read by `objects`."""
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda found: found["inner"], text)
    if found := _PARAMETER.match(text):
        return found["inner"].strip()
    if found := _CALL.match(text):
        return _CALL_END.sub("", text[found.end() :]).strip()
    return text


def drop_stream_end(text: str) -> str:
    """Drop the end of a stream of events and the breaks of lines of a page that were taken for text."""
    tail = text[-_STREAM_TAIL:]
    return text[: len(text) - len(tail)] + _STREAM_END.sub("", tail)


def open_code(text: str) -> str:
    r"""Give the formula in a line of a program or of YAML: `latex = r"\frac{a}{b}"`, `latex: |`."""
    bare = text.strip()
    if found := _BLOCK_SCALAR.match(text):
        return text[found.end() :].strip()
    assigned = _ASSIGNED.match(bare)
    if assigned:
        bare = bare[assigned.end() :]
    if found := _QUOTING.match(bare):
        # Primes begin and end many formulas: `r' \to r''`.
        is_code = assigned or found["call"] or (found["raw"] and found["mark"] != "'")
        body = bare[found.end() :].rstrip(" ;)") if is_code else ""
        inner = body.removesuffix(found["mark"])
        if len(inner) < len(body) and found["mark"] not in inner and not _SIGNS.isdisjoint(inner):
            return inner.strip()
    if named := _NAMED.match(bare):
        return bare[named.end() :]
    return text


def open_table(text: str) -> str:
    """Give the one formula in a table of Markdown, which has its name beside or above it."""
    lines = text.strip().split("\n")
    if len(lines) < 3 or not _RULER.fullmatch(lines[1]):  # noqa: PLR2004 - head, rule and a row
        return text
    rows = [_ROW.fullmatch(line) for line in lines]
    if None in rows:
        return text
    cells = [cell.strip() for row in rows[2:] if row for cell in _PIPE.split(row["cells"])]
    formulas = {cell for cell in cells if _CELL.fullmatch(cell)}
    return formulas.pop() if len(formulas) == 1 else text


def drop_pictographs(text: str) -> str:
    """Drop the check marks and little pictures before an answer."""
    found = _PICTOGRAPH.match(text)
    return text[found.end() :] if found else text
