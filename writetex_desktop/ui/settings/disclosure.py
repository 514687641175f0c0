"""A part of a page that is folded away until it is wanted."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr, without_key


class Disclosure(QWidget):
    """A line with an arrow that shows and hides what is below it.

    Args:
        title: The line.
        content: What is below it.
    """

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._is_open = False
        self._button = QToolButton()
        self._button.setText(title)
        self._button.setAccessibleName(without_key(title))
        self._button.setAutoRaise(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.clicked.connect(lambda: self.set_open(not self._is_open))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        self.set_open(False)

    @property
    def title(self) -> str:
        """The line."""
        return self._button.text()

    def set_open(self, open_: bool) -> None:
        """Show or hide the content."""
        self._is_open = open_
        self._button.setAccessibleDescription(tr("Shown") if open_ else tr("Folded away"))
        self._point()
        self._content.setVisible(open_)

    def changeEvent(self, event: QEvent) -> None:
        """Point the other way where the language is written from right to left."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._point()

    def _point(self) -> None:
        folded = (
            Qt.ArrowType.RightArrow
            if self.layoutDirection() is Qt.LayoutDirection.LeftToRight
            else Qt.ArrowType.LeftArrow
        )
        self._button.setArrowType(Qt.ArrowType.DownArrow if self._is_open else folded)
