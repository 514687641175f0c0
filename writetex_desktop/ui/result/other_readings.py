"""What else the picture may say: other readings, the equation's number, what was left out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.labels import menu_line
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton


class OtherReadings(MenuButton):
    """A button with a menu, hidden while there is nothing else; Alt+Down opens it from everywhere."""

    chosen = Signal(str)
    """The user prefers this markup."""

    whole_requested = Signal()
    """Read what was left out as well."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = actions.other_readings
        self._choices = QMenu(self)
        self.setMenu(self._choices)
        self.setDefaultAction(self._action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._action.triggered.connect(self._open)
        self.show_of(None)

    def show_of(self, recognition: Recognition | None) -> None:
        """Offer what an answer has beside its markup; None offers nothing."""
        self._choices.clear()
        if recognition is not None:
            self._fill(recognition)
        at_hand = not self._choices.isEmpty()
        self._action.setEnabled(at_hand)
        self.setVisible(at_hand)

    def _open(self) -> None:
        # `showMenu` would come back only when the menu is closed.
        self._choices.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self, recognition: Recognition) -> None:
        for other in recognition.alternatives:
            share = self.locale().toString(round(100 * other.confidence))
            text = tr("{reading}\t{share} %").format(reading=menu_line(other.markup), share=share)
            self._offer(text, other.markup, tr("Put this reading into the editor"))
        if recognition.number:
            self._choices.addSeparator()
            tag = f"\\tag{{{recognition.number}}}"
            text = tr("Add the equation's number, {tag}").format(tag=tag)
            self._offer(text, f"{recognition.markup} {tag}", tr("The number that stands beside the formula"))
        if recognition.left_out:
            self._choices.addSeparator()
            action = self._choices.addAction(tr("Read what was &left out, too"))
            action.setToolTip(tr("Read the whole picture, with what is greyed in it"))
            action.triggered.connect(lambda: self.whole_requested.emit())

    def _offer(self, text: str, markup: str, tip: str) -> None:
        action = self._choices.addAction(text)
        action.setToolTip(tagless(tip))
        action.triggered.connect(lambda: self.chosen.emit(markup))
