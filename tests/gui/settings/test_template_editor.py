"""The editor of templates, and the menu that offers them."""

from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.template import SHIPPED, NamedTemplate
from writetex_desktop.ui.settings.template_editor import TemplateEditor
from writetex_desktop.ui.toolkit.format_names import fill_templates


def test_templates_are_added_named_and_taken_out(qtbot: QtBot) -> None:
    editor = TemplateEditor()
    qtbot.addWidget(editor)
    told: list[tuple[NamedTemplate, ...]] = []
    editor.edited.connect(told.append)
    add, remove = editor.findChildren(QPushButton)
    name, key = editor.findChildren(QLineEdit)
    assert not name.isEnabled()
    add.click()
    assert [each.name for each in told[-1]] == ["Template 1"]
    name.setText("My paper")
    name.editingFinished.emit()
    key.setText("p")
    key.editingFinished.emit()
    assert list(told[-1]) == [NamedTemplate("My paper", "{body}", "P")]
    add.click()
    remove.click()
    assert [each.name for each in told[-1]] == ["My paper"]
    remove.click()
    assert not told[-1]


def test_the_menu_has_the_users_own_first_and_none_twice(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    chosen: list[NamedTemplate] = []
    own = (NamedTemplate("notion", "[{body}]", "N"), NamedTemplate("A & B", "{body}"))
    fill_templates(menu, own, chosen.append)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[:2] == ["&notion", "A && B"]
    assert len(texts) == len(SHIPPED) + 1
    assert "reStructu&redText, role" not in texts
    menu.actions()[0].trigger()
    assert chosen == [own[0]]
