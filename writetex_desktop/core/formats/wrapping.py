"""How the source of a formula is wrapped, and unwrapped."""

import re

from writetex_desktop.core.formats.first_brackets import with_first_brackets
from writetex_desktop.core.formats.markdown import GITHUB, OBSIDIAN, restyle, styled
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode

_EQNARRAYS = ("eqnarray", "eqnarray*")
_GATHERS = ("gather", "gather*", "multline", "multline*")
_INNER = {
    **dict.fromkeys(("align", "align*", "flalign", "flalign*", *_EQNARRAYS), "aligned"),
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
_NUMBERING = re.compile(r"(?<!\s)\s*+\\(?:(?:tag\*?|label)\s*\{[^{}]*\}|(?:notag|nonumber)(?![a-zA-Z]))")
_MARK = re.compile(r"\\(tag|label)\*?\s*\{[^{}]*\}")
_LABEL = re.compile(r"(?<!\s)\s*+\\label\s*\{[^{}]*\}")
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
    if not body:
        return ""
    if not mode.is_formula or _is_text(body):
        return restyle(markup, _STYLES[output_format]) if output_format in _STYLES else markup
    return with_first_brackets(_wrapped(body, output_format))


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
    inner = _numbered_once(_inner(body), is_starred=True)
    joint = "\n" if "\n" in inner else ""
    return f"{opening}{joint}{inner}{joint}{closing}"


def _paragraph(body: str, output_format: OutputFormat) -> str:
    match output_format:
        case OutputFormat.EQUATION:
            return _within("equation", _numbered_once(_inner(body)))
        case OutputFormat.EQUATION_STAR:
            return _within("equation*", _numbered_once(_inner(body), is_starred=True))
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
    if _is_text(body):
        return body
    # Its first line stands to the left and its last one to the right, which `gathered` does not do.
    is_multline = _whole_environment(body) in {"multline", "multline*"}
    return with_first_brackets(
        _renamed(body, "multlined") if is_multline else _with_tags_in_line(_inner(body))
    )


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
    if outer is None or name in _NO_FORMULA or holds_several(body) or _has_delimiter(body, "$", "$"):
        return True
    paragraphs = [found for found in _TOKEN.finditer(body) if found[1] == "begin" and found[2] in _PARAGRAPHS]
    return len(paragraphs) > (name in _INNER)


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


def _numbered_once(inner: str, *, is_starred: bool = False) -> str:
    r"""Put the first `\tag` and the first `\label` behind lines that have one number together.

    Each line may have its own in an `align`, but more than one is an error here. Without a number of its own
    an equation with a star has nothing that a label could name.
    """
    marks = {found[1]: found[0].strip() for found in reversed([*_MARK.finditer(inner)])}
    if "tag" not in marks and is_starred:
        marks = {}
    body = _NUMBERING.sub("", inner).strip()
    return body + "".join(f" {marks[name]}" for name in ("tag", "label") if name in marks)


def _without_labels(body: str) -> str:
    r"""Leave out the labels of lines that have no number, which LaTeX counts as errors."""
    lines = re.split(r"(\\\\)", body)
    return "".join(line if "\tag" in line else _LABEL.sub("", line) for line in lines)


def _within(name: str, body: str) -> str:
    return f"\\begin{{{name}}}\n{body}\n\\end{{{name}}}"


def _aligned_paragraph(body: str, star: str) -> str:
    name = _whole_environment(body)
    if star:
        body = _without_labels(body)
    if name in _EQNARRAYS:
        return _renamed(body, f"align{star}")
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
    return _within(name, body if is_lines else _numbered_once(inner))


def _renamed(body: str, name: str) -> str:
    start = re.match(r"\\begin\s*\{([^{}]*)\}(?:\[[tcb]\])?", body)
    end = body.rindex("\\end")
    assert start is not None
    inner = body[start.end() : end]
    if start[1] in _EQNARRAYS and name not in _EQNARRAYS:
        inner = _with_one_column_less(inner)
    return f"\\begin{{{name}}}{inner}\\end{{{name}}}"


def _with_one_column_less(lines: str) -> str:
    """Make lines of three columns, the middle one a relation, lines that are aligned at the relation."""
    kept = ""
    start = depth = columns = 0
    for found in _TOKEN.finditer(lines):
        depth += _DEPTHS.get(found[1] or found[0], 0)
        if depth == 0 and found[0] == "\\\\":
            columns = 0
        elif depth == 0 and found[0] == "&":
            columns += 1
            is_behind_relation = columns == len("&&")
            kept += lines[start : found.start() if is_behind_relation else found.end()]
            start = found.end()
    return kept + lines[start:]


def _with_tags_in_line(body: str) -> str:
    r"""Put the `\tag` of each line of an `aligned` into a column of its own, so that they stand in line."""
    if _whole_environment(body) != "aligned" or "\\tag" not in body:
        return body
    start, end = body.index("}") + 1, body.rindex("\\end")
    rows = _rows(body[start:end])
    # The column behind pairs of columns is set to the right.
    width = max(columns for _, columns, _ in rows)
    width += width % 2
    written = ""
    for row, columns, ending in rows:
        tag = next((found for found in _MARK.finditer(row) if found[1] == "tag"), None)
        if tag is not None:
            content = (row[: tag.start()] + row[tag.end() :]).rstrip()
            row = f"{content}{'&' * (width - columns + 1)}{tag[0]}"  # noqa: PLW2901 - the same row, in order
        written += row + ending
    return body[:start] + written + body[end:]


def _rows(lines: str) -> list[tuple[str, int, str]]:
    """Part lines: each with its number of columns and what ends it."""
    rows: list[tuple[str, int, str]] = []
    start = depth = 0
    columns = 1
    for found in _TOKEN.finditer(lines):
        depth += _DEPTHS.get(found[1] or found[0], 0)
        if depth == 0 and found[0] == "&":
            columns += 1
        elif depth == 0 and found[0] == "\\\\":
            rows.append((lines[start : found.start()], columns, found[0]))
            start, columns = found.end(), 1
    return [*rows, (lines[start:], columns, "")]


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
    opened: list[str] = []
    for found in _TOKEN.finditer(body):
        step = _DEPTHS.get(found[1] or found[0], 0)
        if step > 0:
            opened.append(found[2] or "{")
        elif step < 0:
            if not opened or opened.pop() != (found[2] or "{"):
                return None
        elif not opened:
            tokens.add(found[0])
    return None if opened else frozenset(tokens)
