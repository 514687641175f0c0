r"""What an answer is, where the engine was to tell formula, text and table apart itself."""

import re
from typing import Final

from writetex_desktop.core.reading.recognition import Mode

_FENCE: Final = re.compile(r"\A\s*```[a-z]*[ \t]*\n?|\n?```\s*\Z")
_TABLE: Final = re.compile(r"\s*(?:\\begin\{(?:tabular[*x]?|longtable)\}|<table\b)", re.IGNORECASE)
_DIAGRAM: Final = re.compile(r"\s*\\begin\{(?:tikzpicture|tikzcd)\}")
_WHOLE: Final = re.compile(
    r"\s*(?:\\\[(?:[^\\]|\\(?![\[\]()]))*+\\\]|\$\$[^$]*+\$\$|\\\((?:[^\\]|\\(?![\[\]()]))*+\\\)|\$[^$]*+\$)\s*"
)
_DELIMITER: Final = re.compile(r"\\[\[(]|(?<!\\)\$")
_DRESS: Final = re.compile(
    r"\\(?:text[a-z]*|mathrm|mathsf|mathtt|mbox|hbox|operatorname\*?|begin|end|ce|pu|tag\*?|unit|color|textcolor)"
    r"\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+\*?"
)
_WORDS: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+(?:[ ,.:;'’-]++[^\W\d_]{2,}+){2,}")
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
_HEADED: Final = re.compile(r"^(?:#{1,6} |[-*] |\|.*\|\s*$)", re.MULTILINE)


def kind_of(text: str, asked: Mode = Mode.AUTO) -> Mode:
    """Say what an answer is; what was asked for, unless that was left to the engine.

    Args:
        text: A finished answer, or any beginning of one.
        asked: What was asked for.
    """
    if asked is not Mode.AUTO:
        return asked
    body = _FENCE.sub("", text)
    if _TABLE.match(body):
        return Mode.TABLE
    if _DIAGRAM.match(body):
        return Mode.TIKZ
    if _WHOLE.fullmatch(body):
        return Mode.FORMULA
    bare = _DRESS.sub(" ", body)
    is_text = (
        _DELIMITER.search(body) or _WORDS.search(bare) or _IDEOGRAPHS.search(bare) or _HEADED.search(body)
    )
    return Mode.TEXT if is_text else Mode.FORMULA
