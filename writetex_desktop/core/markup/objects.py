r"""Answers in JSON: an object, a list or a string that holds the formula, also where it is no valid JSON.

The commonest slip is a backslash that is not doubled: `{"latex": "\frac{a}{b}"}`.
"""

import json
import re
from typing import Final

from writetex_desktop.core.markup.commands import ARGUMENTS, KNOWN

_LONGEST: Final = 200_000
_FENCE: Final = re.compile(r"\A\s*```(?:json|JSON)?[ \t]*\n(?P<inner>.*)\n[ \t]*```\s*\Z", re.DOTALL)
_KEYS: Final = (
    *("latex", "tex", "latex_code", "latex_styled", "formula", "formulas", "equation", "equations", "math"),
    *("expression", "expressions", "markup", "text", "content", "markdown", "transcription", "code"),
    *("arguments", "parameters", "input", "function", "tool_calls"),
    *("result", "results", "output", "answer", "response", "value", "data", "message", "blocks", "lines"),
)
"""Names under which models put what they read, the surest first."""

_CHOICES: Final = ("candidates", "choices", "options", "predictions", "hypotheses")
"""Names of lists of which the first is meant."""

_BEGINNING: Final = re.compile(
    r"""\A\s*+(?:```(?:json|JSON)?\s*+)?+\{\s*+"(?P<key>\w{1,40})"\s*+:\s*+(?P<value>"(?:[^"\\]|\\.)*+)\\?\Z""",
    re.DOTALL,
)
"""An object that was cut off in its first text."""

_FORMULAS: Final = frozenset(("formula", "equation", "isolate_formula", "equation-block"))
_BACKSLASHES: Final = re.compile(r"(?P<slashes>\\++)(?P<name>[a-zA-Z]*)")
_NAMES: Final = KNOWN | ARGUMENTS.keys() | {"not", "tag"}
_SHORT: Final = 3
"""Letters after which a tab is no longer likely in an answer: `\\textcolor` is meant."""

_SEPARATOR: Final = re.compile(r"\s{0,20}[,:}\]]")
_DEEPEST: Final = 12
_ENDS: Final = frozenset((("{", "}"), ("[", "]"), ('"', '"')))


def read_layout(text: str, *, formula: bool) -> str:
    """Give the texts of an answer in JSON: a list of blocks, an object with one text, or a string.

    Args:
        text: The answer; what is no such JSON, or not yet whole, is given back.
        formula: Whether only formulas are wanted, where there are any.
    """
    fenced = _FENCE.match(text) if "```" in text else None
    bare = (fenced["inner"] if fenced else text).strip()
    if bare[:2] in {"{'", "['"} or bare.startswith("[{'"):
        bare = _double_quoted(bare)
    if len(bare) <= _LONGEST and (found := _BEGINNING.match(text)) and found["key"].casefold() in _KEYS:
        bare = f'{found["value"]}"'
    if len(bare) > _LONGEST or '"' not in bare or (bare[:1], bare[-1:]) not in _ENDS:
        return text
    if bare[0] == '"' and "\\" not in bare:
        return text  # words in quotation marks
    value = _value(bare)
    read = None if value is None else _texts(value, formula=formula)
    return text if read is None else "\n\n".join(each for each in read if each)


def _value(text: str) -> object:
    """Read JSON as it was meant; None where it is none."""
    meant = [text]
    if any(_is_bare(found) for found in _BACKSLASHES.finditer(text)):
        meant = [_BACKSLASHES.sub(_escaped, text), text]
    for each in meant:
        try:
            value: object = json.loads(each, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _double_quoted(text: str) -> str:
    """Write an object of Python's as JSON: its strings in double quotes. A prime ends no string."""
    out: list[str] = []
    inside = False
    before = ""
    for place, sign in enumerate(text):
        if sign == "'" and not inside and before in "{[,:":
            inside, sign = True, '"'  # noqa: PLW2901 - what is written in its place
        elif sign == "'" and inside and _SEPARATOR.match(text, place + 1):
            inside, sign = False, '"'  # noqa: PLW2901
        elif sign == '"' and inside:
            sign = '\\"'  # noqa: PLW2901
        out.append(sign)
        before = sign if not sign.isspace() else before
    return "".join(out)


def _is_bare(found: re.Match[str]) -> bool:
    """Whether a command stands in a string of JSON with one backslash."""
    name = found["name"]
    return len(found["slashes"]) % 2 == 1 and bool(name) and name[0] != "u" and not _is_escape(found)


def _is_escape(found: re.Match[str]) -> bool:
    r"""Whether the first letter belongs to a backslash of JSON: a line end, or a tab.

    Nobody means the other escapes, with which `\bigl`, `\frac` and `\rho` begin.
    """
    name = found["name"]
    if name in _NAMES or found.string.startswith("{", found.end()):
        return False
    return name[0] == "n" or (name[0] == "t" and len(name) < _SHORT)


def _escaped(found: re.Match[str]) -> str:
    """Double the backslashes of who does not double them, but those of a quote and of a line end."""
    slashes, name = found["slashes"], found["name"]
    if len(slashes) > 1:
        return slashes * 2 + name
    if not name:
        return slashes if found.string[found.end() : found.end() + 1] == '"' else slashes * 2
    return slashes + name if _is_escape(found) else slashes * 2 + name


def _texts(value: object, *, formula: bool, depth: int = 0) -> list[str] | None:
    """Give the texts in a value; None where it is not one that holds what was read."""
    match value:
        case str():
            return [value]
        case dict() if depth < _DEEPEST:
            lowered = {str(key).casefold(): each for key, each in value.items()}
            for key in _KEYS:
                if key in lowered:
                    found = _texts(lowered[key], formula=formula, depth=depth + 1)
                    if found is not None:
                        return found
            for key in _CHOICES:
                match lowered.get(key):
                    case [first, *_]:
                        return _texts(first, formula=formula, depth=depth + 1)
                    case _:
                        continue
            return [] if "bbox" in lowered else None
        case list() if depth < _DEEPEST and value:
            blocks = value
            if formula and any(_category(each) in _FORMULAS for each in value):
                blocks = [each for each in value if _category(each) in _FORMULAS]
            read = [_texts(each, formula=formula, depth=depth + 1) for each in blocks]
            whole = [each for each in read if each is not None]
            return [text for texts in whole for text in texts] if len(whole) == len(read) else None
        case _:
            return None


def _category(block: object) -> str:
    if not isinstance(block, dict):
        return ""
    return str(block.get("category", block.get("label", block.get("type", "")))).lower()
