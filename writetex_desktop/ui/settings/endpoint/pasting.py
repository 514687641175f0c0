"""What is pasted into one field and is for all three, or for another."""

from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from writetex_desktop.core.endpoints.endpoint import kept_base_url
from writetex_desktop.core.endpoints.pasted.snippet import read_snippet
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.page import fine_print

_AT_ONCE = 8
"""Signs that come into a field at once when something is pasted; nobody types so fast."""


class Field(Protocol):
    """A field as far as it matters here."""

    @property
    def edited(self) -> SignalInstance:
        """The text is another one."""
        ...

    def text(self) -> str:
        """Give what stands in the field."""
        ...

    def set_text(self, text: str) -> None:
        """Put something into the field without telling anybody."""
        ...


class Pasting(QWidget):
    """Parts settings that were pasted as a whole into the fields; a line says what was taken.

    Args:
        base_url: The field of the base URL.
        key: The field of the key.
        model: The field of the model ID.
    """

    edited = Signal()
    """The fields were filled in."""

    finished = Signal()
    """They hold what was meant for them."""

    def __init__(self, base_url: Field, key: Field, model: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base_url, self._key, self._model = base_url, key, model
        self._before = dict.fromkeys((base_url, key, model), "")
        self._said = fine_print("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said)
        self.hide()
        for each in (base_url, key, model):
            each.edited.connect(lambda field=each: self._look_at(field))

    def _look_at(self, field: Field) -> None:
        before, text = self._before[field], field.text()
        self._before[field] = text
        if len(text) - len(before) < _AT_ONCE:
            self.hide()
            return
        said = self._part(field, before, text)
        for each in self._before:
            self._before[each] = each.text()
        self.setVisible(bool(said))
        if said:
            self._said.setText(said)
            self.edited.emit()
            self.finished.emit()

    def _part(self, field: Field, before: str, text: str) -> str:
        """Put what was pasted where it belongs, and say what it was; empty when it stays where it is."""
        found = read_snippet(text)
        if found is None:
            return self._moved_key(field, before, text)
        values = {self._base_url: found.base_url, self._key: found.key.reveal(), self._model: found.model}
        names = {
            self._base_url: tr("base URL"),
            self._key: tr("API key"),
            self._model: tr("model ID"),
        }
        field.set_text(before)
        for each, value in values.items():
            if value:
                each.set_text(value)
        taken = ", ".join(names[each] for each, value in values.items() if value)
        return tr("Taken from what you pasted: {what}.", what=taken)

    def _moved_key(self, field: Field, before: str, text: str) -> str:
        if field is self._key or not text.strip() or kept_base_url(text) or self._key.text():
            return ""
        field.set_text(before)
        self._key.set_text(text.strip())
        return tr("That was an API key; it stands in its own field now.")
