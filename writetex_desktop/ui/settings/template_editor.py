"""The user's own templates: as many as they like, each with a name, a key and a text."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.text_box import TextBox

_LINES = 3


class TemplateEditor(QWidget):
    """Shows one of the templates, which a box chooses."""

    edited = Signal(object)
    """What the templates are now, a tuple of `NamedTemplate`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._templates: tuple[NamedTemplate, ...] = ()
        self._box = QComboBox()
        self._box.setAccessibleName(tr("Template"))
        self._box.currentIndexChanged.connect(lambda _index: self._show_chosen())
        add = QPushButton(tr("&New"))
        add.clicked.connect(lambda: self._add())
        self._remove = QPushButton(tr("&Remove"))
        self._remove.clicked.connect(lambda: self._take_out())
        self._name = QLineEdit()
        self._name.editingFinished.connect(self._edit)
        self._key = QLineEdit()
        self._key.setMaxLength(1)
        self._key.editingFinished.connect(self._edit)
        self._text = TextBox(_LINES, is_code=True)
        self._text.finished.connect(self._edit)
        row = QHBoxLayout()
        row.addWidget(self._box, 1)
        row.addWidget(add)
        row.addWidget(self._remove)
        fields = QFormLayout()
        fields.addRow(tr("Name"), self._name)
        fields.addRow(tr("Key in the menu"), self._key)
        fields.addRow(tr("Text"), self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addLayout(fields)
        self.show_templates(())

    def show_templates(self, templates: tuple[NamedTemplate, ...]) -> None:
        """Show what is in force; the chosen one stays chosen."""
        chosen = max(0, min(self._box.currentIndex(), len(templates) - 1))
        self._templates = templates
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItems([each.name for each in templates])
            self._box.setCurrentIndex(chosen if templates else -1)
        self._show_chosen()

    def _show_chosen(self) -> None:
        at = self._box.currentIndex()
        chosen = self._templates[at] if 0 <= at < len(self._templates) else None
        for widget in (self._box, self._remove, self._name, self._key, self._text):
            widget.setEnabled(chosen is not None)
        shown = chosen or NamedTemplate("", "")
        self._name.setText(shown.name)
        self._key.setText(shown.key)
        self._text.show_text(shown.text)

    def _add(self) -> None:
        number = len(self._templates) + 1
        made = NamedTemplate(tr("Template {number}", number=number), "{body}")
        self._change((*self._templates, made), number - 1)
        self._name.setFocus()
        self._name.selectAll()

    def _take_out(self) -> None:
        at = self._box.currentIndex()
        self._change(tuple(each for place, each in enumerate(self._templates) if place != at), at)

    def _edit(self) -> None:
        at = self._box.currentIndex()
        if not 0 <= at < len(self._templates):
            return
        before = self._templates[at]
        now = replace(
            before,
            name=self._name.text().strip() or before.name,
            key=self._key.text().upper(),
            text=self._text.toPlainText(),
        )
        if now != before:
            self._change((*self._templates[:at], now, *self._templates[at + 1 :]), at)

    def _change(self, templates: tuple[NamedTemplate, ...], chosen: int) -> None:
        self.show_templates(templates)
        self._box.setCurrentIndex(min(chosen, len(templates) - 1))
        self.edited.emit(self._templates)
