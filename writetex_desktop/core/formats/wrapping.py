"""How the source of a formula is wrapped, and unwrapped."""

import re

from writetex_desktop.core.formats.markdown import GITHUB, OBSIDIAN, restyle, styled
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode

_GATHERS = ("gather", "gather*", "multline", "multline*")
_INNER = {
    **dict.fromkeys(("align", "align*", "flalign", "flalign*", "eqnarray", "eqnarray*"), "aligned"),
    **dict.fromkeys(_GATHERS, "gathered"),
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
_STYLES = {OutputFormat.MARKDOWN: GITHUB, OutputFormat.OBSIDIAN: OBSIDIAN}
_DEPTHS = {"{": 1, "begin": 1, "}": -1, "end": -1}
_TOKEN = re.compile(r"\\(begin|end)\s*\{([a-zA-Z]+\*?)\}|\\.|[{}&$]", re.DOTALL)
_EQUATION = re.compile(r"\A\\begin\{(equation|math|displaymath)(\*?)\}(?P<body>.*)\\end\{\1\2\}\Z", re.DOTALL)
_SUBEQUATIONS = re.compile(r"\A\\begin\{(subequations)\}(?P<body>.*)\\end\{subequations\}\Z", re.DOTALL)
_MATH_FENCE = re.compile(r"\A```(math)\n(?P<body>[^`]*)\n```\Z")
_COMMENT = re.compile(r"(\\.)|%[^\n]*(?:\n[ \t]*)?", re.DOTALL)
_NUMBERING = re.compile(r"\s*\\(?:(?:tag\*?|label)\s*\{[^{}]*\}|(?:notag|nonumber)(?![a-zA-Z]))")
_NO_FORMULA = frozenset(("tabular", "tabular*", "tabularx", "table", "tikzpicture", "tikzcd", "circuitikz"))
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def wrap(markup: str, output_format: OutputFormat, mode: Mode = Mode.FORMULA) -> str:
    r"""Put a formula into a form in which it can be pasted.

    Lines and columns stay: `a &= b \\ c &= d` gets an `aligned` within delimiters and `equation`, and an
    `align` environment becomes `aligned` there, as it must not stand within a formula. What is an `align`, a
    `gather` or the like already is not wrapped in `align` again, but gets or loses its star. Delimiters round
    the markup are taken away first. Text with formulas in it, a table, a drawing or markup whose braces
    do not match stays as it is; but in Markdown the formulas within text get the delimiters of the target.

    Args:
        markup: What `clean` gives.
        output_format: The form; one that `Way.SOURCE` makes.
        mode: What the markup is; only a formula is wrapped.

    Returns:
        The text to be copied; empty for empty markup. `unwrap` gives a formula back.
    """
    markup = markup.strip()
    if output_format is OutputFormat.RAW or not markup:
        return markup
    body = _BLANK_LINES.sub("\n", _uncommented(unwrap(markup))) if mode.is_formula else markup
    if not mode.is_formula or _is_text(body):
        return restyle(markup, _STYLES[output_format]) if output_format in _STYLES else markup
    return _wrapped(body, output_format)


def _wrapped(body: str, output_format: OutputFormat) -> str:
    if output_format in _DELIMITERS:
        return _delimited(body, output_format)
    if output_format in _STYLES:
        inner = _inner(_unnumbered(body))
        has_lines = "\\\\" in inner or output_format is OutputFormat.MARKDOWN
        return styled(inner, _STYLES[output_format], display=has_lines)
    return _paragraph(body, output_format)


def _delimited(body: str, output_format: OutputFormat) -> str:
    opening, closing = _DELIMITERS[output_format]
    if output_format in {OutputFormat.INLINE, OutputFormat.PAREN}:
        return f"{opening}{_inner(_unnumbered(body))}{closing}"
    inner = _inner(body)
    joint = "\n" if "\n" in inner else ""
    return f"{opening}{joint}{inner}{joint}{closing}"


def _paragraph(body: str, output_format: OutputFormat) -> str:
    match output_format:
        case OutputFormat.EQUATION:
            return _within("equation", _inner(body))
        case OutputFormat.EQUATION_STAR:
            return _within("equation*", _inner(body))
        case OutputFormat.ALIGN:
            return _aligned_paragraph(body, "")
        case OutputFormat.ALIGN_STAR:
            return _aligned_paragraph(body, "*")
        case OutputFormat.SUBEQUATIONS:
            return _within("subequations", _aligned_paragraph(body, ""))
        case _:
            return _gathered_paragraph(body, output_format.value)


def formula_body(markup: str) -> str:
    r"""Give a formula as something that may stand within delimiters, without them and without comments.

    It is what converters and renderers are given: several lines are in an `aligned` or a `gathered`.
    """
    body = _BLANK_LINES.sub("\n", _uncommented(unwrap(markup.strip())))
    return body if _is_text(body) else _inner(body)


def holds_several(body: str) -> bool:
    r"""Whether what `formula_body` gave has formulas in it, between delimiters, and is none itself."""
    return not {"$", "\\(", "\\["}.isdisjoint(_outer_tokens(body) or ())


def unwrap(text: str) -> str:
    r"""Take away what is round a whole text: delimiters, `equation`, `subequations`, a fence of `math`.

    An `align` belongs to the formula.
    """
    while (inner := _opened(text.strip())) != text:
        text = inner
    return text


def _opened(text: str) -> str:
    for whole_text in (_EQUATION, _SUBEQUATIONS, _MATH_FENCE):
        found = whole_text.match(text)
        if found and f"\\begin{{{found[1]}" not in found["body"]:
            return found["body"].strip()
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
    if outer is None or name in _NO_FORMULA or holds_several(body):
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


def _uncommented(body: str) -> str:
    """Leave out comments, which would hide a delimiter behind them."""
    return _COMMENT.sub(lambda found: found[1] or "", body).strip()


def _unnumbered(body: str) -> str:
    r"""Leave out `\tag` and the like, which are errors within running text."""
    return _NUMBERING.sub("", body).strip() or body


def _within(name: str, body: str) -> str:
    return f"\\begin{{{name}}}\n{body}\n\\end{{{name}}}"


def _aligned_paragraph(body: str, star: str) -> str:
    name = _whole_environment(body)
    if name in _INNER:
        return _renamed(body, name.removesuffix("*") + star)
    if name in {"aligned", "split"}:
        return _renamed(body, f"align{star}")
    if name == "gathered":
        return _renamed(body, f"gather{star}")
    return _within(f"align{star}", body)


def _gathered_paragraph(body: str, name: str) -> str:
    if _whole_environment(body) in {"gathered", *_GATHERS}:
        return _renamed(body, name)
    inner = _inner(body)
    # Lines without columns may stand in it as they are.
    is_lines = inner != body and _whole_environment(inner) == "gathered"
    return _within(name, body if is_lines else inner)


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
