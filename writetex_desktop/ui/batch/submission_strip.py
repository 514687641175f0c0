"""The rows of the page of batches that belong to the provider's batch service."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.services.batches.submissions import Followed
from writetex_desktop.ui.batch.submission_words import followed_words
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class SubmissionStrip(QWidget):
    """Offers the batch service and shows what was handed to it; hidden while there is nothing to say."""

    hand_in_requested = Signal()
    """Hand in what waits."""

    cancel_requested = Signal(str)
    """Let the provider stop with the submission of this name."""

    forget_requested = Signal(str)
    """The submission of this name need not be kept any longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = PlainLabel()
        self._offer.setWordWrap(True)
        self._hand_in = QPushButton(tr("&Hand in"))
        self._hand_in.setAutoDefault(True)
        self._hand_in.setToolTip(tr("The provider reads the pictures when it has time, mostly within hours"))
        self._hand_in.clicked.connect(lambda: self.hand_in_requested.emit())
        self._offer_row = _row(self._offer, self._hand_in)
        self._followed: tuple[Followed, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 8)
        self._column.setSpacing(4)
        self._column.addWidget(self._offer_row)
        self.show_offer("", is_ready=False)

    def show_offer(self, words: str, *, is_ready: bool) -> None:
        """Offer the batch service, or say how far handing in is; nothing is offered without words.

        Args:
            words: A sentence.
            is_ready: Whether pictures can be handed in now.
        """
        self._offer.setText(words)
        self._hand_in.setEnabled(is_ready)
        self._offer_row.setVisible(bool(words))
        self._show_or_hide()

    def show_followed(self, followed: Sequence[Followed]) -> None:
        """Show what was handed in."""
        if tuple(followed) == self._followed:
            return
        self._followed = tuple(followed)
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._followed_row(each) for each in followed]
        for row in self._rows:
            self._column.addWidget(row)
        self._show_or_hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is shown, from top to bottom."""
        labels = [self._offer, *(row.findChild(QLabel) for row in self._rows)]
        return tuple(label.text() for label in labels if isinstance(label, QLabel) and label.text())

    def _followed_row(self, followed: Followed) -> QWidget:
        name, is_over = followed.submission.id, followed.submission.is_over
        button = QPushButton(tr("Remove") if is_over else tr("Cancel"))
        if is_over:
            button.setToolTip(tr("Keep these results no longer; export or copy them before"))
            button.clicked.connect(lambda: self.forget_requested.emit(name))
        else:
            button.setToolTip(tr("Let the provider stop; what it has read by then is kept and paid for"))
            button.clicked.connect(lambda: self.cancel_requested.emit(name))
        label = PlainLabel(followed_words(followed))
        label.setWordWrap(True)
        return _row(label, button)

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self._offer.text() or self._rows))


def _row(label: QLabel, button: QPushButton) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(label, 1)
    layout.addWidget(button)
    return row
