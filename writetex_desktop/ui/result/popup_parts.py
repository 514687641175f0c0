"""What the popup is made of."""

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from writetex_desktop.ui.toolkit.views.labels import PlainLabel


def button(text: str, pressed: SignalInstance | None = None) -> QToolButton:
    """Make a button that says what it does, and tells when it is pressed."""
    made = QToolButton()
    made.setText(text)
    if pressed is not None:
        made.clicked.connect(pressed)
    return made


def line() -> QLabel:
    """Make a line that is as wide as the popup, whatever stands in it."""
    label = PlainLabel()
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def row(said: QLabel, *buttons: QWidget) -> QWidget:
    """Put a button behind what is said, several below it: words are long in some languages."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(8)
    row = QHBoxLayout()
    row.setSpacing(8)
    if len(buttons) > 1:
        column.addWidget(said)
        row.addStretch(1)
    else:
        row.addWidget(said, 1)
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(button)
    column.addLayout(row)
    return holder
