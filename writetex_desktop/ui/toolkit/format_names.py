"""How the output formats are offered in boxes and menus."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QMenu

from writetex_desktop.core.formats.output_format import Family, OutputFormat


def fill_box(box: QComboBox) -> None:
    """Offer every format in a box, a line between the groups; `currentData` is the format."""
    for family in Family:
        if box.count():
            box.insertSeparator(box.count())
        for output_format in _of(family):
            box.addItem(output_format.row.label, output_format)
    box.setMaxVisibleItems(box.count())


def fill_menu(menu: QMenu, choose: Callable[[OutputFormat], object]) -> None:
    """Offer every format in a menu, each with a key, under the name of its group."""
    for family in Family:
        menu.addSection(str(family))
        for output_format in _of(family):
            action = menu.addAction(_with_key(output_format))
            action.setData(output_format)
            action.triggered.connect(lambda _checked=False, form=output_format: choose(form))


def _of(family: Family) -> list[OutputFormat]:
    return [each for each in OutputFormat if each.row.family is family]


def _with_key(output_format: OutputFormat) -> str:
    """Write the name with its key marked in it, or behind it where the name lacks the letter."""
    name, key = output_format.row.label, output_format.row.key
    at = name.casefold().find(key.casefold())
    return f"{name} (&{key})" if at < 0 else f"{name[:at]}&{name[at:]}"
