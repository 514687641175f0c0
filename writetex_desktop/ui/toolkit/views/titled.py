"""A view below its name."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from writetex_desktop.ui.toolkit.views.labels import PlainLabel


def titled(title: str, view: QWidget, beside: QWidget | None = None) -> QFrame:
    """Put a view below its name and what is said beside it, in a frame that belongs to the style."""
    frame = QFrame()
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    label = PlainLabel(title)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setBuddy(view)
    label.setContentsMargins(8, 4, 8, 4)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    head = QHBoxLayout()
    head.addWidget(label, 1)
    if beside is not None:
        head.addWidget(beside)
    column.addLayout(head)
    column.addWidget(view, 1)
    return frame
