"""Settings: the three fields, what helps to fill them in, and the trial that shows that they work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy, QSpacerItem, QWidget

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.advice import model_advice
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, ModelMark, Provider
from writetex_desktop.core.endpoints.connection import ConnectionReport, Fix, FixKind
from writetex_desktop.core.endpoints.endpoint import (
    clean_key,
    clean_model,
    endpoint_warnings,
    kept_base_url,
    kept_model,
)
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.endpoints.local_servers import LocalServer
from writetex_desktop.services.endpoints.model_lists import ModelChoice
from writetex_desktop.services.settings.settings_service import new_profile_id
from writetex_desktop.ui.settings.disclosure import Disclosure
from writetex_desktop.ui.settings.endpoint.base_url_field import BaseUrlField, normal
from writetex_desktop.ui.settings.endpoint.key_field import KeyField
from writetex_desktop.ui.settings.endpoint.model_field import ModelField
from writetex_desktop.ui.settings.endpoint.network_section import NetworkSection
from writetex_desktop.ui.settings.endpoint.pasting import Pasting
from writetex_desktop.ui.settings.endpoint.profile_bar import ProfileBar
from writetex_desktop.ui.settings.endpoint.provider_field import ProviderField
from writetex_desktop.ui.settings.endpoint.server_offers import ServerOffers
from writetex_desktop.ui.settings.endpoint.terms_panel import TermsPanel
from writetex_desktop.ui.settings.endpoint.trial_bar import TrialBar
from writetex_desktop.ui.settings.page import SettingsPage, WarningPrint, add_explained, tick


class EndpointPage(SettingsPage):
    """Base URL, API key and model of the profile in use; applied when a field is left.

    Attributes:
        profiles: Which profile is shown, and what can be done with it.
        trial: The button that tests, and what it found.
        provider: Whose endpoint it is, and the list of providers.
    """

    profile_edited = Signal(object, object)
    """A `Profile` as it shall be kept, and its new key (`Secret`) or None for the one kept."""

    models_requested = Signal(bool)
    """The models of the profile are wanted; True to ask the server again."""

    page_requested = Signal(str)
    """A page shall be opened: its address."""

    opened = Signal()
    """The page has come into view."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Endpoint")
        self._catalogue = catalogue
        self.profiles = ProfileBar()
        self._problem = WarningPrint()
        self._offline = WarningPrint()
        self._offline.setText(
            tr("WriteTex stays offline: no server is asked. The page Engine has the switch.")
        )
        self._fallback = QCheckBox(tr("Ask the &next profile when this one is busy"))
        self._offers = ServerOffers()
        self.provider = ProviderField(catalogue)
        self._base_url = BaseUrlField()
        self._key = KeyField()
        self._model = ModelField()
        self._pasting = Pasting(self._base_url, self._key, self._model)
        self._warnings = WarningPrint()
        self.trial = TrialBar()
        self._network = NetworkSection()
        self._advanced = Disclosure(tr("Ad&vanced: proxy, certificates, headers, waits"), self._network)
        self._terms = TermsPanel()
        self._lay_out()
        self._connect()

    def show_settings(self, settings: Settings) -> None:
        """Show the profile in use; what is being typed is left alone."""
        before = self.settings.profile
        super().show_settings(settings)
        self.profiles.show_profiles(settings.profiles, settings.active_profile)
        tick(self._fallback, settings.fallback)
        self._fallback_row.setVisible(len(settings.profiles) > 1)
        self._terms.show_seen(settings.terms_seen)
        if settings.profile is None or settings.profile != before:
            self._fill(settings.profile, anew=before is None or settings.active_profile != before.id)

    def show_key_kept(self, *, has_key: bool, keeps: bool) -> None:
        """Say whether there is a key and where it lives.

        Args:
            has_key: Whether a key is known for the profile in use.
            keeps: Whether the key store outlives the program.
        """
        self._key.show_kept(has_key=has_key, keeps=keeps)

    def show_models(self, choice: ModelChoice | None) -> None:
        """Offer models; None while the server is being asked."""
        if choice is None:
            self._model.show_asking()
        else:
            self._model.show_models(choice)

    def show_local_servers(self, servers: Sequence[LocalServer]) -> None:
        """Offer the servers that run on this machine and are not used yet."""
        used = {normal(each.base_url) for each in self.settings.profiles}
        self._offers.show_servers([each for each in servers if each.provider.base_url not in used])

    def set_offline(self, offline: bool) -> None:
        """Say whether nothing on this page asks anybody."""
        self._offline.setVisible(offline)

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong, until the page is shown anew."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def show_report(self, report: ConnectionReport | None) -> None:
        """Show what the trial found so far; None when it begins."""
        self.trial.show_report(report)
        self.grown.emit(self.trial)

    def focus_first_gap(self) -> None:
        """Put the cursor where something is missing."""
        if not self._base_url.text():
            self.provider.setFocus()
        elif not self._key.has_key and not self._key.text():
            self._key.setFocus()
        else:
            self._model.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page has come into view."""
        super().showEvent(event)
        if not event.spontaneous():
            self.show_problem("")
            self.opened.emit()

    def _fill(self, profile: Profile | None, *, anew: bool) -> None:
        self._base_url.set_text(profile.base_url if profile else "")
        self._model.set_text(profile.model if profile else "")
        self._network.show_network(profile.network if profile else Network())
        if anew:
            self._key.set_text("")
            self.trial.clear()
            self._model.show_nothing()
        self._advise()

    def _advise(self) -> None:
        """Show the effective URL and what looks wrong, while it is typed."""
        base_url, key, model = self._base_url.text(), self._key.text(), self._model.text()
        self._base_url.show_effective()
        known = self._catalogue.model(normal(base_url), clean_model(model))
        self._model.show_price(self._price_of(normal(base_url), clean_model(model)), is_known=bool(known))
        warnings = endpoint_warnings(base_url, key, model) if base_url or key or model else ()
        provider = self._catalogue.provider_for(normal(base_url))
        self.provider.show_provider(provider)
        if provider is not None and clean_model(model):
            warnings += model_advice(provider, clean_model(model), datetime.now().astimezone().date())
        self._warnings.setText("\n".join(warnings))
        self._warnings.setVisible(bool(warnings))

    def _price_of(self, base_url: str, model: str) -> Price | None:
        """Say what a model costs: what the user says of it, or the catalogue."""
        current = self.settings.profile
        own = current.price if current and current.model == model else None
        return own or self._catalogue.price(base_url, model)

    def _save(self, name: str = "") -> None:
        """Hand on what stands in the fields, under another name if there is one."""
        base_url, model = kept_base_url(self._base_url.text()), kept_model(self._model.text())
        try:
            key = clean_key(self._key.text())
        except EndpointError:
            # It stays in its field, and the warning below says what is wrong with it.
            key = Secret("")
        if not (base_url or model or key):
            return
        current = self.settings.profile
        if current is None:
            name = self._new_name(base_url, model)
            current = Profile(new_profile_id(name, self.settings.profiles), name, "", "")
        profile = replace(current, name=name or current.name, base_url=base_url, model=model)
        if profile == self.settings.profile and not key:
            return
        if key:
            self._key.set_text("")
            self._advise()
        moved = self.settings.profile is None or profile.base_url != current.base_url
        self.profile_edited.emit(profile, key or None)
        if moved or key:
            self.models_requested.emit(False)

    def _new_name(self, base_url: str, model: str) -> str:
        provider = self._catalogue.provider_for(normal(base_url))
        stem = provider.name if provider else model or tr("My endpoint")
        names = {each.name for each in self.settings.profiles}
        name, number = stem, 2
        while name in names:
            name, number = f"{stem} {number}", number + 1
        return name

    def _begin_new(self) -> None:
        self._save()
        # An empty profile is not saved: the fields are cleared, and what is filled in next makes a new one.
        self.settings = replace(self.settings, active_profile="")
        self.profiles.show_profiles(self.settings.profiles, "")
        self._fill(None, anew=True)
        self.show_key_kept(has_key=False, keeps=self._key.keeps)
        self.provider.setFocus()

    def _take_provider(self, provider: Provider) -> None:
        """Fill in what a provider says of itself; a model of another one goes."""
        before = self._catalogue.provider_for(normal(self._base_url.text()))
        if before is provider:
            return
        self._base_url.set_text(provider.base_url or provider.placeholder)
        today = datetime.now().astimezone().date()
        proposed = provider.marked(ModelMark.ECONOMICAL, today) or provider.marked(ModelMark.STRONG, today)
        if before is not None or not self._model.text():
            self._model.set_text(proposed.id if proposed else "")
        if provider.fixed_key:
            self._key.set_text(provider.fixed_key)
        self._advise()
        if provider.base_url:
            current = self.settings.profile
            # A profile that bears its provider's name bears the new one's.
            bears = current is not None and before is not None and current.name == before.name
            self._save(provider.name if bears else "")
            (self._key if provider.needs_key and not provider.fixed_key else self._model).setFocus()
        else:
            self._base_url.select_placeholder()

    def _take_server(self, server: LocalServer) -> None:
        """Set up a server of this machine in a profile of its own."""
        if self.settings.profile is not None:
            self._begin_new()
        self._base_url.set_text(server.provider.base_url)
        self._model.set_text(server.model)
        self._key.set_text(server.provider.fixed_key)
        self._advise()
        self._save()
        self._offers.show_servers([])
        self._model.setFocus()

    def _rename(self, name: str) -> None:
        if self.settings.profile is not None:
            self.profile_edited.emit(replace(self.settings.profile, name=name), None)

    def _edit_network(self, network: Network) -> None:
        self._save()
        if self.settings.profile is not None:
            self.profile_edited.emit(replace(self.settings.profile, network=network), None)

    def _ask_models(self) -> None:
        self._save()
        self.models_requested.emit(True)

    def _ask_test(self) -> None:
        self._save()
        # The button that was pressed may be one of those that the result replaces.
        self.trial.focus_button()
        self.trial.test_requested.emit()

    def _mend(self, fix: Fix) -> None:
        match fix.kind:
            case FixKind.USE_BASE_URL:
                self._base_url.set_text(fix.value)
                self._advise()
                self._ask_test()
            case FixKind.USE_MODEL:
                self._model.set_text(fix.value)
                self._advise()
                self._ask_test()
            case FixKind.PICK_MODEL:
                self._model.show_choices()
            case FixKind.PICK_PROVIDER:
                self.provider.show_choices()
            case FixKind.ENTER_KEY:
                self._key.setFocus()
            case FixKind.OPEN_PAGE:
                self.page_requested.emit(fix.value)
            case FixKind.ASK_AGAIN:
                self._ask_test()
            case _:
                if self._network.mend(fix.kind):
                    self._ask_test()

    def _connect(self) -> None:
        for field in (self._base_url, self._key, self._model, self._pasting):
            field.edited.connect(self._advise)
            field.finished.connect(self._save)
        self.profiles.new_requested.connect(self._begin_new)
        self.profiles.renamed.connect(self._rename)
        self.provider.chosen.connect(self._take_provider)
        self.provider.page_requested.connect(self.page_requested)
        self._offers.taken.connect(self._take_server)
        self._model.list_requested.connect(self._ask_models)
        self._network.edited.connect(self._edit_network)
        self.trial.pressed.connect(self._ask_test)
        self.trial.fix_requested.connect(self._mend)
        self._terms.understood.connect(
            lambda: self.settings_edited.emit(replace(self.settings, terms_seen=True))
        )
        self._fallback.toggled.connect(
            lambda on: self.settings_edited.emit(replace(self.settings, fallback=on))
        )

    def _lay_out(self) -> None:
        self.add_words(self._advanced.title, self._terms.title)
        add_explained(self.form, tr("&Profile"), self.profiles, "")
        self.form.addRow("", self._problem)
        self.form.addRow("", self._offline)
        self._fallback_row = QWidget()
        explained = tr("Busy: overloaded, too slow, or over its limit. The order is that of the list.")
        self.add_row(self._fallback_row, self._fallback, explained)
        self.form.addRow(_line())
        self.form.addRow("", self._offers)
        self.add_field(tr("Provi&der"), self.provider, "")
        self.add_field(tr("&Base URL"), self._base_url, "")
        self.add_field(tr("API &key"), self._key, "")
        self.add_field(tr("Mode&l"), self._model, "")
        self.form.addRow("", self._pasting)
        self.form.addRow("", self._warnings)
        # Above the button, so that it has been seen before anything is sent.
        self.form.addRow("", self._terms)
        self.form.addRow("", self.trial)
        self.form.addRow("", self._advanced)
        rest = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.form.addItem(rest)


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
