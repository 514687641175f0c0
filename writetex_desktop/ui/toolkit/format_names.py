"""How the output formats are offered in boxes and menus."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QMenu

from writetex_desktop.core.formats.output_format import Family, OutputFormat
from writetex_desktop.core.formats.template import SHIPPED, NamedTemplate
from writetex_desktop.core.language.words import shaped, tr_marked
from writetex_desktop.core.visible import tagless


def fill_box(box: QComboBox) -> None:
    """Offer every format in a box, a line between the groups; `currentData` is the format."""
    for family in Family:
        if box.count():
            box.insertSeparator(box.count())
        for output_format in _of(family):
            box.addItem(tr_marked(output_format.row.label), output_format)
    box.setMaxVisibleItems(box.count())


def fill_menu(menu: QMenu, choose: Callable[[OutputFormat], object]) -> None:
    """Offer every format in a menu, each with a key, under the name of its group."""
    for family in Family:
        menu.addSection(tr_marked(family.value))
        for output_format in _of(family):
            action = menu.addAction(_with_key(output_format))
            action.setData(output_format)
            action.triggered.connect(lambda _checked=False, form=output_format: choose(form))


def fill_templates(
    menu: QMenu, own: Sequence[NamedTemplate], choose: Callable[[NamedTemplate], object]
) -> None:
    """Offer templates in a menu, the user's own first; one of ours with the same name stays away."""
    menu.clear()
    names = {each.name.casefold() for each in own}
    for templates in (own, [each for each in SHIPPED if each.name.casefold() not in names]):
        if templates and menu.actions():
            menu.addSeparator()
        for template in templates:
            action = menu.addAction(_marked(tr_marked(template.name), template.key))
            action.setToolTip(tagless(template.text))
            action.triggered.connect(lambda _checked=False, each=template: choose(each))


def _of(family: Family) -> list[OutputFormat]:
    return [each for each in OutputFormat if each.row.family is family]


def _with_key(output_format: OutputFormat) -> str:
    """Write the name with its key marked in it, or behind it where the name lacks the letter."""
    return shaped(tr_marked(output_format.row.label), partial(_marked, key=output_format.row.key))


def _marked(name: str, key: str) -> str:
    name = name.replace("&", "&&")
    if not key:
        return name
    at = name.casefold().find(key.casefold())
    return f"{name} (&{key})" if at < 0 else f"{name[:at]}&{name[at:]}"
