"""Settings: what every reading is to mind."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.guidance import Guidance
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.settings.page import SettingsPage, choice, fine_print, tick
from writetex_desktop.ui.settings.text_box import TextBox
from writetex_desktop.ui.toolkit.mode_names import mode_name


class InstructionsPage(SettingsPage):
    """Instructions, commands of one's own, and the document that formulas go into."""

    document_wanted = Signal()
    """The user wants to choose a document."""

    sample_wanted = Signal(object)
    """The user wants to see what is sent in a `Mode`; `show_sample` or `show_problem` answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Instructions")
        self.form.addRow(
            fine_print(
                tr(
                    "What you write here is sent to your endpoint with every picture, and paid for like it. "
                    "The built-in recogniser and models made for reading alone do not follow it."
                )
            )
        )
        self._for_all = TextBox(3)
        self._for_all.setPlaceholderText(tr("Such as: use \\bm for vectors, \\dd for differentials"))
        self._for_all.finished.connect(self._edit)
        self.add_field(tr("For &all pictures"), self._for_all, tr("How you want it written, in plain words."))
        self._mode = choice(*((mode, mode_name(mode)) for mode in Mode))
        self._mode.currentIndexChanged.connect(self._show_mode)
        self.add_field(tr("Only &for"), self._mode, "")
        self._for_mode = TextBox(2)
        self._for_mode.finished.connect(self._edit)
        self.add_field(tr("&There also"), self._for_mode, tr("Added when pictures are read in this mode."))
        self._macros = TextBox(3, is_code=True)
        self._macros.setPlaceholderText("\\newcommand{\\vect}[1]{\\bm{#1}}")
        self._macros.finished.connect(self._edit)
        self.add_field(
            tr("&My commands"),
            self._macros,
            tr("Definitions, one a line. The endpoint may use them, and the preview draws them."),
        )
        self._add_document()
        self._add_sample()

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        self._for_all.show_text(settings.instructions)
        self._macros.show_text(settings.macros)
        self._show_mode()
        path = Path(settings.document)
        self._document.setText(str(path) if settings.document else "")
        self._document.setToolTip(tagless(settings.document))
        self._remove.setEnabled(bool(settings.document))
        self._use.setEnabled(bool(settings.document))
        tick(self._use, settings.use_document and bool(settings.document))
        self._sample.hide()
        self._verdict.clear()

    def show_sample(self, guidance: Guidance) -> None:
        """Show what goes along with a picture, and about how much it is."""
        text = guidance.text
        self._sample.setPlainText(text)
        self._sample.setVisible(bool(text))
        self._verdict.setText(
            tr("About {tokens} tokens more with each picture.", tokens=guidance.tokens)
            if text
            else tr("Nothing is sent beside the picture and the words of the mode.")
        )
        self.grown.emit(self._sample if text else self._verdict)

    def show_problem(self, message: str) -> None:
        """Say why it cannot be shown."""
        self._sample.hide()
        self._verdict.setText(message)
        self.grown.emit(self._verdict)

    def _add_document(self) -> None:
        self._document = QLineEdit()
        self._document.setReadOnly(True)
        self._document.setPlaceholderText(tr("None"))
        choose = QPushButton(tr("C&hoose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self.document_wanted)
        self._remove = QPushButton(tr("&Remove"))
        self._remove.setAutoDefault(False)
        self._remove.clicked.connect(
            lambda: self.settings_edited.emit(replace(self.settings, document="", use_document=False))
        )
        whole = QWidget()
        whole.setFocusProxy(self._document)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._document, 1)
        row.addWidget(choose)
        row.addWidget(self._remove)
        self.add_field(tr("&Document"), whole, tr("The LaTeX, Markdown or Typst file that you write on."))
        self._use = QCheckBox(tr("&Send parts of the document along"))
        self._use.toggled.connect(self._edit)
        self.add_field(
            self._use.text(),
            self._use,
            tr(
                "Its packages and commands and at most 40 lines before its end, read anew with each picture. "
                "Its name and its comments are not sent. Ctrl+D in the window switches it."
            ),
        )

    def _add_sample(self) -> None:
        show = QPushButton(tr("See what is s&ent"))
        show.setAutoDefault(False)
        show.clicked.connect(lambda: self.sample_wanted.emit(self._mode.currentData()))
        self._verdict = fine_print("")
        self._sample = TextBox(9, is_code=True)
        self._sample.setReadOnly(True)
        self._sample.setAccessibleName(tr("What is sent beside the picture"))
        self._sample.hide()
        column = QVBoxLayout()
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(show)
        row.addWidget(self._verdict, 1)
        column.addLayout(row)
        column.addWidget(self._sample)
        self.form.addRow("", column)
        self.add_words(show.text())

    def _show_mode(self) -> None:
        self._for_mode.show_text(dict(self.settings.mode_instructions).get(self._mode.currentData(), ""))

    def _edit(self) -> None:
        texts = dict(self.settings.mode_instructions)
        texts[self._mode.currentData()] = self._for_mode.toPlainText()
        self.settings_edited.emit(
            replace(
                self.settings,
                instructions=self._for_all.toPlainText(),
                mode_instructions=tuple((mode, text) for mode, text in texts.items() if text.strip()),
                macros=self._macros.toPlainText(),
                use_document=self._use.isChecked(),
            )
        )
