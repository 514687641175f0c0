"""What the user can do about a source that the parser refused."""

import re
from typing import Final

from writetex_desktop.core.language.words import tr

_UNKNOWN_ENVIRONMENT: Final = "UnknownEnv"
_DRAWN_BY_LATEX: Final = re.compile(
    r"'(?:prooftree|tikz\w*|circuitikz|forest|pgfpicture|xy|algorithm\w*|figure|table)\*?'"
)


def remedy_for(error_id: str, message: str) -> str:
    """Say what can be done: what only LaTeX itself draws is no mistake of the source.

    Args:
        error_id: MathJax's stable name of the error.
        message: What it said, in English.
    """
    if error_id == _UNKNOWN_ENVIRONMENT and _DRAWN_BY_LATEX.search(message):
        return tr("Choose a LaTeX or Markdown format for text, tables and drawings.")
    return tr("Correct the source.")
