"""Whose endpoint it is: fills in the base URL, and leads to key, documentation and prices."""

from html import escape

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, Provider, ProviderKind
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.calm_box import CalmComboBox
from writetex_desktop.ui.settings.disclosure import Disclosure
from writetex_desktop.ui.settings.endpoint.catalogue_update import CatalogueUpdate
from writetex_desktop.ui.settings.page import fine_print

_LONGEST_LINK = 48


class ProviderField(QWidget):
    """A box of providers; below it their pages, what is free, and the way to a key step by step.

    Attributes:
        update_list: Takes a newer list.

    Args:
        catalogue: The providers, in their order.
    """

    chosen = Signal(object)
    """The user chose a `Provider`."""

    page_requested = Signal(str)
    """A page shall be opened: its address."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.box = CalmComboBox()
        self.box.setPlaceholderText(tr("Choose a provider, or enter an address below"))
        self._fill(catalogue)
        self.box.activated.connect(lambda row: self.chosen.emit(self._provider(row)))
        self.setFocusProxy(self.box)
        self._links = _linked(fine_print(""))
        self._links.linkActivated.connect(self.page_requested)
        self._notes = fine_print("")
        self._steps = _linked(fine_print(""))
        self._steps.linkActivated.connect(self.page_requested)
        self._way = Disclosure(tr("How to get a key and a model, step by step"), self._steps)
        self.update_list = CatalogueUpdate()
        self._update = Disclosure(tr("Take a newer list of providers and prices"), self.update_list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.box, self._links, self._notes, self._way, self._update):
            column.addWidget(part)
        self.show_provider(None)

    def show_provider(self, provider: Provider | None) -> None:
        """Show whose endpoint it is without telling anybody; None when nobody knows."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(provider.id) if provider else -1)
        self._links.setText(self._pages(provider))
        self._links.setVisible(bool(self._links.text()))
        self._notes.setText("\n".join(self._noted(provider)))
        self._notes.setVisible(bool(self._notes.text()))
        self._steps.setText(_numbered(provider))
        self._way.setVisible(bool(provider and provider.steps))

    def show_choices(self) -> None:
        """Open the box."""
        self.box.setFocus()
        self.box.showPopup()

    def _fill(self, catalogue: Catalogue) -> None:
        before: ProviderKind | None = None
        for provider in catalogue.providers:
            if before not in {None, provider.kind} and ProviderKind.LOCAL in {before, provider.kind}:
                self.box.insertSeparator(self.box.count())
            before = provider.kind
            self.box.addItem(provider.name, provider.id)

    def _provider(self, row: int) -> Provider:
        provider = self._catalogue.provider(str(self.box.itemData(row)))
        assert provider is not None
        return provider

    def _pages(self, provider: Provider | None) -> str:
        if provider is None:
            return ""
        pages = (
            (tr("Get a key"), provider.key_url),
            (tr("Documentation"), provider.docs_url),
            (tr("Models and prices"), provider.models_url),
        )
        return " · ".join(_link(name, url) for name, url in pages if url)

    def _noted(self, provider: Provider | None) -> list[str]:
        if provider is None:
            return []
        notes = list(provider.notes)
        if provider.free_tier is not None:
            as_of = provider.free_tier.as_of
            day = self.locale().toString(QDate(as_of.year, as_of.month, as_of.day), "d MMM yyyy")
            notes.append(tr("{note} (As of {day}; ask the provider.)", note=provider.free_tier.text, day=day))
        return notes


def _numbered(provider: Provider | None) -> str:
    steps = provider.steps if provider else ()
    items = (
        f"<li>{escape(step.text)} {_link(_short(step.url), step.url) if step.url else ''}</li>"
        for step in steps
    )
    return f"<ol style='margin-left:-20px'>{''.join(items)}</ol>"


def _short(url: str) -> str:
    """Give what people know an address by: host and path, cut where it gets long."""
    text = url.partition("://")[2].rstrip("/")
    return text if len(text) <= _LONGEST_LINK else text.partition("/")[0]


def _link(name: str, url: str) -> str:
    return f'<a href="{escape(url)}">{escape(name)}</a>'


def _linked(label: QLabel) -> QLabel:
    """Let a label's links be followed, by keyboard too; the presenter opens them."""
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    return label
