"""How markup is wrapped when it is copied."""

import re
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


_INNER = {
    **dict.fromkeys(("align", "align*", "flalign", "flalign*", "eqnarray", "eqnarray*"), "aligned"),
    **dict.fromkeys(("gather", "gather*", "multline", "multline*"), "gathered"),
    **dict.fromkeys(("alignat", "alignat*"), "alignedat"),
}
"""Environments that make a paragraph of their own, and their like for use within a formula.

Source: amsmath's manual, sections 3.5 to 3.7 (https://mirrors.ctan.org/macros/latex/required/amsmath/amsldoc.pdf).
"""

_PARAGRAPHS = frozenset((*_INNER, "equation", "equation*"))

_DELIMITERS = {
    OutputFormat.INLINE: ("$", "$"),
    OutputFormat.DISPLAY: ("$$", "$$"),
    OutputFormat.PAREN: ("\\(", "\\)"),
    OutputFormat.BRACKET: ("\\[", "\\]"),
}
_DEPTHS = {"{": 1, "begin": 1, "}": -1, "end": -1}
_TOKEN = re.compile(r"\\(begin|end)\s*\{([a-zA-Z]+\*?)\}|\\.|[{}&$]", re.DOTALL)
_EQUATION = re.compile(r"\A\\begin\{(equation|math|displaymath)(\*?)\}(.*)\\end\{\1\2\}\Z", re.DOTALL)
_NO_FORMULA = frozenset(("tabular", "tabular*", "tabularx", "table", "tikzpicture", "tikzcd", "circuitikz"))
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def wrap(markup: str, output_format: OutputFormat) -> str:
    r"""Put a formula into a form in which it can be pasted.

    Lines and columns stay: `a &= b \\ c &= d` gets an `aligned` within delimiters and `equation`, and an
    `align` environment becomes `aligned` there, as it must not stand within a formula. What is an `align`, a
    `gather` or the like already is not wrapped in `align` again. Delimiters round the markup are taken away
    first. Text with formulas in it, a table, a drawing or markup whose braces do not match stays as it is.

    Args:
        markup: A formula as `clean` gives it.
        output_format: The form.

    Returns:
        The text to be copied; empty for empty markup. `unwrap` gives the formula back.
    """
    markup = markup.strip()
    if output_format is OutputFormat.RAW or not markup:
        return markup
    body = _BLANK_LINES.sub("\n", unwrap(markup))
    if _is_text(body):
        return markup
    match output_format:
        case OutputFormat.ALIGN:
            return _aligned_paragraph(body)
        case OutputFormat.EQUATION:
            return f"\\begin{{equation}}\n{_inner(body)}\n\\end{{equation}}"
        case OutputFormat.DISPLAY | OutputFormat.BRACKET:
            opening, closing = _DELIMITERS[output_format]
            inner = _inner(body)
            joint = "\n" if "\n" in inner else ""
            return f"{opening}{joint}{inner}{joint}{closing}"
        case OutputFormat.INLINE | OutputFormat.PAREN:
            opening, closing = _DELIMITERS[output_format]
            return f"{opening}{_inner(body)}{closing}"


def unwrap(text: str) -> str:
    r"""Take away the delimiters or the `equation` round a whole text; an `align` belongs to the formula."""
    while (inner := _opened(text.strip())) != text:
        text = inner
    return text


def _opened(text: str) -> str:
    if (found := _EQUATION.match(text)) and "\\begin{equation" not in found[3]:
        return found[3].strip()
    for opening, closing in (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")):
        inner = text[len(opening) : -len(closing)]
        whole = (
            len(text) > len(opening) + len(closing) and text.startswith(opening) and text.endswith(closing)
        )
        if whole and not _has_delimiter(inner, opening, closing):
            return inner.strip()
    return text


def _has_delimiter(inner: str, opening: str, closing: str) -> bool:
    r"""Whether a delimiter stands in a formula outside every group: then what is round it is not one pair."""
    depth = 0
    for found in re.finditer(r"\\.|\\\Z|[{}$]", inner, re.DOTALL):
        match found[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case "$" if depth <= 0 and opening in {"$", "$$"}:
                return True
            case "\\" if closing != "$":
                return True
            case token if depth <= 0 and token in {opening, closing}:
                return True
    # A backslash at the end belongs to the sign after it: `\$` or `\\]` closes nothing.
    return (len(inner) - len(inner.rstrip("\\"))) % 2 == 1


def _is_text(body: str) -> bool:
    """Whether the body is more than a formula, or none: delimiters, a paragraph, unmatched braces."""
    outer = _outer_tokens(body)
    name = _whole_environment(body)
    if outer is None or name in _NO_FORMULA or not {"$", "\\(", "\\["}.isdisjoint(outer):
        return True
    return name not in _INNER and any(found[2] in _PARAGRAPHS for found in _TOKEN.finditer(body))


def _inner(body: str) -> str:
    """Give a body that may stand within a formula."""
    name = _whole_environment(body)
    if name in _INNER:
        return _renamed(body, _INNER[name])
    outer = _outer_tokens(body) or frozenset()
    if "&" in outer:
        return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"
    if "\\\\" in outer:
        return f"\\begin{{gathered}}\n{body}\n\\end{{gathered}}"
    return body


def _aligned_paragraph(body: str) -> str:
    name = _whole_environment(body)
    if name in _INNER:
        return body
    if name in {"aligned", "split"}:
        return _renamed(body, "align")
    if name == "gathered":
        return _renamed(body, "gather")
    return f"\\begin{{align}}\n{body}\n\\end{{align}}"


def _renamed(body: str, name: str) -> str:
    start = re.match(r"\\begin\s*\{[^{}]*\}(?:\[[tcb]\])?", body)
    end = body.rindex("\\end")
    assert start is not None
    return f"\\begin{{{name}}}{body[start.end() : end]}\\end{{{name}}}"


def _whole_environment(body: str) -> str:
    """The name of the environment that a whole body is, or empty."""
    depth = 0
    name = ""
    for found in _TOKEN.finditer(body):
        if found[1] == "begin":
            if depth == 0 and found.start() == 0:
                name = found[2]
            depth += 1
        elif found[1] == "end":
            depth -= 1
            if depth <= 0 and found.end() != len(body):
                return ""
    return name if depth == 0 else ""


def _outer_tokens(body: str) -> frozenset[str] | None:
    """The tokens that stand in no group and no environment; None if these do not match."""
    tokens: set[str] = set()
    depth = 0
    for found in _TOKEN.finditer(body):
        step = _DEPTHS.get(found[1] or found[0], 0)
        depth += step
        if depth < 0:
            return None
        if depth == 0 and step == 0:
            tokens.add(found[0])
    return frozenset(tokens) if depth == 0 else None
