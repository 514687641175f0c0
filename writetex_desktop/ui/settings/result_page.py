"""Settings: what happens to a result."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.template import PLACEHOLDERS, NamedTemplate
from writetex_desktop.core.language.words import tr, tr_marked
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, tick
from writetex_desktop.ui.settings.template_editor import TemplateEditor
from writetex_desktop.ui.toolkit.format_names import fill_box

DPI_RANGE = (36, 2400)
"""A formula of a line is 40 pixels high at the one end and 2700 at the other."""


class ResultPage(SettingsPage):
    """Copying, and the form in which it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Result")
        self._auto_copy = QCheckBox(tr("&Copy each result at once"))
        self._auto_copy.toggled.connect(self._edit)
        self.add_field(
            self._auto_copy.text(),
            self._auto_copy,
            tr("When off, the clipboard is left alone until you choose Copy."),
        )
        self._paste_back = QCheckBox(tr("Paste &into the application I came from"))
        self._paste_back.toggled.connect(self._edit)
        self.add_field(
            self._paste_back.text(),
            self._paste_back,
            tr(
                "After a snip by hotkey WriteTex presses Ctrl+V there (Command+V on macOS), unless something "
                "about the result is doubtful or you have gone on to another window. Needs copying at once."
            ),
        )
        self._formats: dict[Mode, QComboBox] = {
            mode: _format_box(mode)
            for mode in Mode
            if mode is Mode.FORMULA or not (mode.is_formula or mode is Mode.AUTO)
        }
        labels = {
            Mode.FORMULA: (tr("&Formulas as"), tr("How a formula is copied.")),
            Mode.TEXT: (
                tr("Te&xt as"),
                tr("Markdown and Obsidian give the formulas in a text their own delimiters."),
            ),
            Mode.TABLE: (tr("Ta&bles as"), ""),
            Mode.TIKZ: (tr("Ti&kZ as"), ""),
        }
        for mode, (label, explanation) in labels.items():
            self._formats[mode].currentIndexChanged.connect(self._edit)
            self.add_field(label, self._formats[mode], explanation)
        self._template = QLineEdit()
        self._template.editingFinished.connect(self._edit)
        self.add_field(
            tr("&My own template"),
            self._template,
            tr("A text with placeholders: {names}.", names=", ".join(f"{{{name}}}" for name in PLACEHOLDERS)),
        )
        self._templates = TemplateEditor()
        self._templates.edited.connect(self._edit_templates)
        self.add_field(
            tr("More temp&lates"),
            self._templates,
            tr("They stand under Copy as, Templates, before those that come with the program."),
        )
        self._dpi = QSpinBox()
        self._dpi.setRange(*DPI_RANGE)
        self._dpi.setSingleStep(50)
        self._dpi.editingFinished.connect(self._edit)
        self.add_field(tr("&Dots per inch"), self._dpi, tr("How fine a formula is that is copied as PNG."))

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        tick(self._auto_copy, settings.auto_copy)
        tick(self._paste_back, settings.paste_back)
        self._paste_back.setEnabled(settings.auto_copy)
        for mode, box in self._formats.items():
            choose(box, settings.format_for(mode))
        self._template.setText(settings.template)
        self._templates.show_templates(settings.templates)
        self._dpi.setValue(settings.image_dpi)

    def _edit_templates(self, templates: tuple[NamedTemplate, ...]) -> None:
        self.settings_edited.emit(replace(self.settings, templates=templates))

    def _edit(self) -> None:
        edited = replace(
            self.settings,
            auto_copy=self._auto_copy.isChecked(),
            paste_back=self._paste_back.isChecked(),
            template=self._template.text(),
            image_dpi=self._dpi.value(),
        )
        for mode, box in self._formats.items():
            if box.currentData() is not edited.format_for(mode):
                edited = edited.with_format(mode, box.currentData())
        self.settings_edited.emit(edited)


def _format_box(mode: Mode) -> QComboBox:
    """Offer the formats that a mode can be copied in: what is no formula cannot be converted."""
    if mode.is_formula:
        box = choice()
        fill_box(box)
        return box
    formats = [OutputFormat.RAW]
    if mode is Mode.TEXT:
        formats += [OutputFormat.MARKDOWN, OutputFormat.OBSIDIAN]
    return choice(*((each, _plain_name(each)) for each in (*formats, OutputFormat.TEMPLATE)))


def _plain_name(output_format: OutputFormat) -> str:
    if output_format is OutputFormat.RAW:
        return tr("As it is")
    return tr_marked(output_format.row.label)
