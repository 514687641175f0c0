"""The menu that saves results as a document."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from writetex_desktop.core.documents.document import DocumentForm, DocumentWish
from writetex_desktop.core.language.words import tr, tr_marked


def document_menu(parent: QWidget, name: str, choose: Callable[[DocumentWish], object]) -> QMenu:
    """Make a menu with every form of a document, and whether formulas are numbered.

    Args:
        parent: Whose menu it is.
        name: What the file is called at first, without its ending.
        choose: Is given what the user wants, once it has been named.
    """
    menu = QMenu(tr("Save as a document (&4)"), parent)
    numbers = menu.addAction(tr("&Number the formulas"))
    numbers.setCheckable(True)
    menu.addSeparator()

    def ask(form: DocumentForm) -> None:
        dialog = _dialog(parent, name, form)
        dialog.fileSelected.connect(
            lambda path: choose(DocumentWish(Path(path), form, is_numbered=numbers.isChecked()))
        )
        dialog.open()

    for form in DocumentForm:
        text = tr("{label} (.{form})…", label=tr_marked(form.label), form=form.value)
        menu.addAction(text).triggered.connect(lambda _checked=False, form_=form: ask(form_))
    return menu


def _dialog(parent: QWidget, name: str, form: DocumentForm) -> QFileDialog:
    dialog = QFileDialog(parent, tr("Save as a document"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(form.value)
    dialog.selectFile(f"{name}.{form}")
    dialog.finished.connect(dialog.deleteLater)
    return dialog
