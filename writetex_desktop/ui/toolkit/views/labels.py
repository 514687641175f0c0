"""Labels that show what they are given, markup as one line of a menu, and what is written from left to right.

Qt's own label takes a text with a tag in it for HTML, and would read the file that `<img src="/dev/zero">`
names; what a model or a server wrote stands in most of ours.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from writetex_desktop.core.language.words import spoken_language


class PlainLabel(QLabel):
    """A label that shows its text sign by sign; all labels are one but `MarkedLabel`."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class MarkedLabel(QLabel):
    """A label of HTML that the program wrote, with what it was given escaped."""

    def __init__(self, html: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(html)


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
    return source_line(line.replace("&", "&&"))


def source_line(markup: str) -> str:
    """Write a line of source among words of any direction: its braces and digits stay where they are."""
    return f"\u2066{markup}\u2069" if markup and spoken_language().is_right_to_left else markup


def name_among_words(name: str) -> str:
    """Write a name, of a file or a model, among words of any direction.

    Without the isolating marks (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates)
    `01-sum.png` would be shown as `sum.png-01` among Arabic words.
    """
    return f"\u2068{name}\u2069" if name and spoken_language().is_right_to_left else name
