"""The page that asks, before the first snip, for a test shot of the screen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.errors import Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.page import fine_print
from writetex_desktop.ui.toolkit.notice_words import remedy_label
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_WIDTH = 480
_SHOT = (384, 216)


class ScreenAccessPage(QWidget):
    """Explains why the desktop will ask, takes a test shot on a button, and shows it small."""

    test_requested = Signal()
    """Take a test shot."""

    done_requested = Signal()
    """The user has seen enough of this page."""

    remedy_requested = Signal(object)
    """The user pressed the button of what went wrong: a `RemedyAction`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = PlainLabel(tr("WriteTex needs to see the screen once"))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        heading.setFont(font)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        why = PlainLabel(
            tr(
                "Your desktop asks before it shows the screen to a program, and it can ask only while this "
                "window is in front. Take a test shot now and allow it; then the hotkey works at once. The "
                "shot stays on this page and is not kept."
            )
        )
        why.setWordWrap(True)
        self._test = QPushButton(tr("&Test shot"))
        self._test.setDefault(True)
        self._test.clicked.connect(lambda: self.test_requested.emit())
        self._done = QPushButton(tr("&Later"))
        self._done.clicked.connect(lambda: self.done_requested.emit())
        self._shot = PlainLabel(tr("The test shot appears here."))
        self._shot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shot.setFixedSize(*_SHOT)
        self._shot.setFrameShape(QLabel.Shape.StyledPanel)
        self._shot.setAccessibleName(tr("Test shot"))
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._advice = fine_print("")
        self._remedy = QPushButton()
        self._remedy.clicked.connect(lambda: self.remedy_requested.emit(self._action))
        self._remedy.hide()
        self._action: RemedyAction | None = None
        self._lay_out(heading, why)

    @property
    def text(self) -> str:
        """What is said of the last test shot."""
        return f"{self._said.text()} {self._advice.text()}".strip()

    @property
    def shows_shot(self) -> bool:
        """Whether a picture is there."""
        return not self._shot.pixmap().isNull()

    def take_focus(self) -> None:
        """Put the keyboard on the usual answer; with a focus proxy Tab would leave out what stands before."""
        self._test.setFocus()

    def show_testing(self) -> None:
        """Say that the desktop is being asked."""
        self._test.setEnabled(False)
        self._say(tr("The desktop is asked for a picture. It may show a dialog now."), Remedy(""))

    def show_shot(self, shot: QImage, sentence: str) -> None:
        """Show that it works."""
        room = self._shot.contentsRect().size()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._shot.setPixmap(QPixmap.fromImage(shot.scaled(room, keep, smooth)))
        self._say(sentence, Remedy(""))
        self._test.setEnabled(True)
        self._test.setDefault(False)
        self._done.setText(tr("&Done"))
        self._done.setDefault(True)
        self._done.setFocus()

    def show_problem(self, sentence: str, remedy: Remedy) -> None:
        """Say what went wrong, and what to do."""
        self._shot.clear()
        self._shot.setText(tr("No picture came."))
        self._say(sentence, remedy)
        self._test.setEnabled(True)
        self._test.setFocus()

    def _say(self, sentence: str, remedy: Remedy) -> None:
        self._said.setText(sentence)
        self._advice.setText(remedy.text)
        self._action = remedy.action
        self._remedy.setVisible(remedy.action is not None)
        if remedy.action is not None:
            self._remedy.setText(remedy_label(remedy.action))

    def _lay_out(self, heading: QLabel, why: QLabel) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._remedy, self._done, self._test):
            buttons.addWidget(button)
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(heading)
        column.addWidget(why)
        column.addWidget(self._shot, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._said)
        column.addWidget(self._advice)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.addStretch(1)
        outer.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
