"""Labels whose lines break."""

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
