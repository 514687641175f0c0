"""Puts the program into a language, at once: what is on the screen is said anew."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QWidget,
)

from writetex_desktop.core.language.languages import ENGLISH, LANGUAGES, Language, find_language, language
from writetex_desktop.core.language.words import Catalogue, retold, speak, spoken_language
from writetex_desktop.core.visible import tagless, untagged
from writetex_desktop.ui.toolkit.resources import resource_path

_WORDS = (
    *("windowTitle", "title", "text", "iconText", "toolTip", "statusTip", "whatsThis", "placeholderText"),
    *("accessibleName", "accessibleDescription", "prefix", "suffix", "specialValueText", "informativeText"),
)
"""The properties of Qt's objects that hold words."""

_WRITTEN_IN = (QLineEdit, QPlainTextEdit, QTextEdit)
"""Their `text` is what the user writes."""


class LanguageKeeper(QObject):
    """Puts the program into the language the user chose.

    Args:
        app: The application.
        load: Reads what was translated into a language.
        system: The languages that the user's system prefers, as it writes them.
        forced: The code of a language that holds for this run, whatever the settings say; empty for none.
    """

    def __init__(
        self,
        app: QApplication,
        load: Callable[[Language], Catalogue | None],
        system: tuple[str, ...],
        forced: str = "",
    ) -> None:
        super().__init__(app)
        self._app = app
        self._load = load
        self._system = find_language(system) or ENGLISH
        self._forced = language(forced)
        self._translator: QTranslator | None = None
        self._system_locale = QLocale.system()

    def apply(self, code: str) -> None:
        """Change to a language.

        Args:
            code: Which; empty for the system's.
        """
        wanted = self._forced or language(code) or self._system
        if wanted == spoken_language() and self._translator is not None:
            return
        speak(wanted, self._load(wanted))
        QLocale.setDefault(self._locale_of(wanted))
        self._load_qt(wanted)
        right = Qt.LayoutDirection.RightToLeft
        self._app.setLayoutDirection(right if wanted.is_right_to_left else Qt.LayoutDirection.LeftToRight)
        retell(self._app)
        QCoreApplication.sendEvent(self._app, QEvent(QEvent.Type.LanguageChange))

    def _locale_of(self, wanted: Language) -> QLocale:
        """Give the user's own locale where it speaks the language: it knows the country too."""
        if wanted.locale or self._forced is not None:
            # The command line told Qt of the language, but not how its numbers are written.
            return QLocale(wanted.locale or wanted.code)
        own = find_language((self._system_locale.name(),))
        return self._system_locale if own == wanted and wanted != ENGLISH else QLocale(wanted.code)

    def _load_qt(self, wanted: Language) -> None:
        """Load Qt's own words, such as those of the buttons of a dialog."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{wanted.code}", folder):
            self._app.installTranslator(self._translator)


def system_languages() -> tuple[str, ...]:
    """Give the languages that the user's system prefers."""
    return tuple(QLocale.system().uiLanguages())


def offered_languages() -> tuple[Language, ...]:
    """Give the languages that this copy of the program speaks: English, and those whose catalogue it has."""
    folder = resource_path("locale")
    there = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    return tuple(each for each in LANGUAGES if each == ENGLISH or each.code in there)


def retell(app: QApplication) -> None:
    """Say everything on the screen again, in the language that is in force now."""
    for each in _objects(app):
        for name in _WORDS:
            if name == "text" and isinstance(each, _WRITTEN_IN):
                continue
            shown = each.property(name)
            if isinstance(shown, str) and shown:
                again = retold(untagged(shown))
                if again != untagged(shown):
                    each.setProperty(name, tagless(again) if name == "toolTip" else again)
        _retell_items(each)
        if isinstance(each, QWidget):
            each.update()  # what is painted says its words while it paints


def _objects(app: QApplication) -> Iterator[QObject]:
    seen = set()
    for root in (app, *app.allWidgets()):
        # Actions may belong to anything, and the icon of the tray is no widget.
        for each in (
            root,
            *(child for child in root.findChildren(QObject) if not isinstance(child, QWidget)),
        ):
            if id(each) not in seen and (each is root or isinstance(each, QAction) or root is app):
                seen.add(id(each))
                yield each


def _retell_items(each: QObject) -> None:
    """Say the words of items again; what a model says, its view asks for as it paints."""
    if isinstance(each, QComboBox):
        for at in range(each.count()):
            each.setItemText(at, retold(each.itemText(at)))
    elif isinstance(each, QTabBar):
        for at in range(each.count()):
            each.setTabText(at, retold(each.tabText(at)))
    elif isinstance(each, QListWidget):
        for at in range(each.count()):
            item = each.item(at)
            item.setText(retold(item.text()))
            item.setToolTip(tagless(retold(untagged(item.toolTip()))))
    elif isinstance(each, QTableWidget):
        headers = (each.horizontalHeaderItem(at) for at in range(each.columnCount()))
        for header in (found for found in headers if found is not None):
            header.setText(retold(header.text()))
    elif isinstance(each, QAbstractItemView):
        each.viewport().update()
