"""Labels whose lines break, and markup as one line of a menu."""

from typing import Final

from PySide6.QtWidgets import QLabel, QSizePolicy


def let_lines_break(
    label: QLabel, horizontal: QSizePolicy.Policy, vertical: QSizePolicy.Policy = QSizePolicy.Policy.Preferred
) -> None:
    """Let the lines of a label break, and give it a size policy.

    A policy of one's own forgets that the height depends on the width: layouts would then cut lines off.
    """
    label.setWordWrap(True)
    policy = QSizePolicy(horizontal, vertical)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)


_LONGEST: Final = 60
"""Characters of markup that a menu shows."""


def menu_line(markup: str) -> str:
    """Write markup as an entry of a menu: in one line, cut where it is long, its ampersands no keys."""
    line = " ".join(markup.split())
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - 1]}…"
    return line.replace("&", "&&")
