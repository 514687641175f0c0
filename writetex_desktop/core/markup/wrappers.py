"""What models put round the markup: front matter, elements, fences and preambles.

Every function takes a finished answer or any beginning of one; what is not yet over is treated as if it
ended with the text.
"""

import re

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[\w-]+[ \t]*:[^\n]*(?:\n|\Z))*(?:---[ \t]*(?:\n|\Z)|\Z)")

_ELEMENT = re.compile(
    r"</?(?:formula|math|doctag|answer|latex|equation|output|response|transcription)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_UNFINISHED_ELEMENT = re.compile(
    r"<(?:/[a-z]{0,12}|(?:formula|math|doctag|answer|latex|equation|output|response|transcription)(?:\s[^<>]*)?)\Z",
    re.IGNORECASE,
)

_FENCE = re.compile(
    r"^[ \t]*(```+|~~~+)[^\S\n]*+[\w+.-]*+(?:[^\S\n]*+\{[.#][^\n`{}]*+\}|[^\S\n]++[\w-]++=[^\n`]*+)?[^\S\n]*+"
    r"(?:\n|\Z)(.*?)(?:^[ \t]*\1`*[ \t]*$|\n?\Z)",
    re.DOTALL | re.MULTILINE,
)
_ONE_LINE_FENCE = re.compile(r"\A```(?:latex|tex|math)?[ \t]*([^\n`]++)(?:`{1,3}\Z|\Z)")
_PARTIAL_FENCE = re.compile(r"\n[ \t]*`{1,2}\Z")

_PREAMBLE = re.compile(r"\\documentclass.*?(?:\\begin\s*\{document\}|\Z)", re.DOTALL)
_PREAMBLE_LINES = re.compile(
    r"\\(?:usepackage|pagestyle|usetikzlibrary|RequirePackage)\s*+(?:\[[^\]\\]*+\])?\s*+\{[^{}\\]*+\}|\\maketitle(?![a-zA-Z])"
)
_DOCUMENT_END = re.compile(r"\\end\s*\{document\}.*\Z|\\begin\s*\{document\}", re.DOTALL)


def drop_front_matter(text: str) -> str:
    """Drop a YAML head between two lines of `---`."""
    found = _FRONT_MATTER.match(text)
    return text[found.end() :] if found and found[0].count("\n") else text


def drop_elements(text: str) -> str:
    """Drop the tags of `<formula>` and `<math>`, but not what they hold."""
    return _UNFINISHED_ELEMENT.sub("", _ELEMENT.sub("", text))


def delimit_elements(text: str) -> str:
    r"""Make `<math>` in running text `\( \)`, and `<math display="block">` and `<formula>` `\[ \]`."""
    closings: list[str] = []

    def delimiter(found: re.Match[str]) -> str:
        if found[0].startswith("</"):
            return closings.pop() if closings else ""
        display = "block" in found[0] or found[0][1] in "fF"
        closings.append("\\]" if display else "\\)")
        return "\\[" if display else "\\("

    text = re.sub(r"</?(?:math|formula)(?:\s[^<>]*)?>", delimiter, text, flags=re.IGNORECASE)
    return drop_elements(text)


def open_fences(text: str, joint: str) -> str:
    """Give what stands in code fences, joined, without what is outside; the text itself if there is none."""
    if found := _ONE_LINE_FENCE.match(text):
        return found[1].rstrip(" \t")
    fenced = [_PARTIAL_FENCE.sub("", each[2]).strip("\n") for each in _FENCE.finditer(text)]
    if not fenced:
        return text
    # One formula is often given twice, for display and for a line of text.
    bodies = {re.sub(r"[\s$]|\\[\[\]()]", "", body): body for body in reversed(fenced) if body.strip()}
    return joint.join(reversed(bodies.values()))


def open_outer_fence(text: str) -> str:
    """Take away a fence that is round the whole text."""
    found = _FENCE.match(text)
    if found and not text[found.end() :].strip():
        return _PARTIAL_FENCE.sub("", found[2])
    return text


def drop_preamble(text: str) -> str:
    r"""Give what stands inside `\begin{document}`, without the lines that load packages."""
    if "\\" not in text:
        return text
    text = _PREAMBLE.sub("", text)
    return _DOCUMENT_END.sub("", _PREAMBLE_LINES.sub("", text))
