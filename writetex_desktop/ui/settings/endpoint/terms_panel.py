"""Who pays and whose terms hold: shown until it has been read, and there to be read again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.disclosure import Disclosure
from writetex_desktop.ui.settings.page import fine_print


class TermsPanel(QWidget):
    """Four sentences, open until the user says that they are understood; later folded away."""

    understood = Signal()
    """The user has read it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = "\n".join(
            (
                tr(
                    "With your own key, each picture you read is sent to the provider you chose, which bills "
                    "you for it. The costs shown here are computed from published prices; what counts is the "
                    "provider's bill."
                ),
                tr("The provider's terms and the law of your country hold for what you send."),
                tr(
                    "WriteTex is not affiliated with any provider, gets nothing from them, and cannot help "
                    "with their accounts."
                ),
                tr("Models make mistakes. What they answer comes without any warranty: check it."),
            )
        )
        text = fine_print(words)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(tr("&Understood"))
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.understood)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._fold = Disclosure(tr("Costs, terms and warrant&y"), content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._fold)
        self._seen: bool | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return self._fold.title

    def show_seen(self, seen: bool) -> None:
        """Fold it away when it has been read."""
        if seen is not self._seen:
            self._seen = seen
            self._fold.set_open(not seen)
        self._button.setVisible(not seen)
