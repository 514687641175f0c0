"""Settings: the three fields, and the saved endpoints that hold them."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.connection import ConnectionReport
from writetex_desktop.core.endpoint import endpoint_warnings, normalise_base_url, request_url
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings import Profile, Settings
from writetex_desktop.services.settings_service import new_profile_id
from writetex_desktop.ui.icons import IconName, icon
from writetex_desktop.ui.settings.connection_view import ConnectionView
from writetex_desktop.ui.settings.page import SettingsPage, fine_print


class EndpointPage(SettingsPage):
    """Base URL, API key and model of the profile in use; applied when a field is left."""

    profile_edited = Signal(object, object)
    """A `Profile` as it shall be kept, and its new key (`Secret`) or None for the one kept."""

    profile_chosen = Signal(str)
    """Another profile shall be used: its `id`."""

    profile_removed = Signal(str)
    """A profile shall be forgotten: its `id`."""

    test_requested = Signal()
    """The endpoint shall be tried with a small picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Endpoint")
        self._profiles = QComboBox()
        self._profiles.activated.connect(self._choose)
        self._name = QLineEdit()
        self._base_url = QLineEdit()
        self._base_url.setPlaceholderText("https://api.openai.com/v1")
        self._url = fine_print("")
        self._key = QLineEdit()
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._key_kept = fine_print("")
        self._model = QLineEdit()
        self._model.setPlaceholderText("gpt-5-mini")
        self._warnings = fine_print("")
        self._connection = ConnectionView()
        self._test = QPushButton(self.tr("&Test connection"))
        self._test.clicked.connect(self._ask_test)
        self._lay_out()
        for field in (self._name, self._base_url, self._key, self._model):
            field.textChanged.connect(self._advise)
            field.editingFinished.connect(self._save)

    def show_settings(self, settings: Settings) -> None:
        """Show the profile in use; what is being typed is left alone."""
        before = self.settings.profile
        super().show_settings(settings)
        self._profiles.clear()
        for profile in settings.profiles:
            self._profiles.addItem(profile.name or profile.model, profile.id)
        self._profiles.setCurrentIndex(self._profiles.findData(settings.active_profile))
        self._profiles.setEnabled(bool(settings.profiles))
        self._remove.setEnabled(settings.profile is not None)
        if settings.profile is None or settings.profile != before:
            self._fill(settings.profile)

    def show_key_kept(self, *, has_key: bool, keeps: bool) -> None:
        """Say whether there is a key and where it lives.

        Args:
            has_key: Whether a key is known for the profile in use.
            keeps: Whether the key store outlives the program.
        """
        self._key.setPlaceholderText(self.tr("A key is kept") if has_key else self.tr("sk-…"))
        self._key_kept.setText(
            self.tr("Kept in the key store of your system, and nowhere else.")
            if keeps
            else self.tr(
                "Your system has no key store that we can use, so the key is forgotten when the program "
                "ends. Install one (such as gnome-keyring), or set WRITETEX_API_KEY."
            )
        )

    def show_testing(self) -> None:
        """Say that the endpoint is being tried."""
        self._test.setEnabled(False)
        self._connection.show_running()

    def show_report(self, report: ConnectionReport) -> None:
        """Show what the trial found."""
        self._test.setEnabled(True)
        self._connection.show_report(report)

    def focus_first_gap(self) -> None:
        """Put the cursor where something is missing."""
        gap = next(
            (each for each in (self._base_url, self._key, self._model) if not each.text()), self._base_url
        )
        gap.setFocus()

    def _fill(self, profile: Profile | None) -> None:
        for field, text in (
            (self._name, profile.name if profile else ""),
            (self._base_url, profile.base_url if profile else ""),
            (self._model, profile.model if profile else ""),
            (self._key, ""),
        ):
            blocked = field.blockSignals(True)
            field.setText(text)
            field.blockSignals(blocked)
        self._connection.clear()
        self._advise()

    def _advise(self) -> None:
        """Show the effective URL and what looks wrong, while it is typed."""
        base_url, key, model = self._base_url.text(), self._key.text(), self._model.text()
        if not base_url.strip():
            self._url.setText(
                self.tr("With or without /v1; a whole …/chat/completions address will do as well.")
            )
        else:
            try:
                self._url.setText(self.tr("POST {url}").format(url=request_url(normalise_base_url(base_url))))
            except EndpointError as error:
                self._url.setText(f"{error.message} {error.remedy.text}")
        warnings = endpoint_warnings(base_url, key, model) if base_url or key or model else ()
        self._warnings.setText("\n".join(warnings))
        self._warnings.setVisible(bool(warnings))

    def _save(self) -> None:
        base_url, model = self._base_url.text().strip(), self._model.text().strip()
        key = self._key.text().strip()
        if not (base_url or model or key):
            return
        name = self._name.text().strip()
        current = self.settings.profile
        if current is None:
            stem = name or model or base_url
            current = Profile(new_profile_id(stem, self.settings.profiles), "", "", "")
        profile = replace(current, name=name or model, base_url=base_url, model=model)
        if profile == self.settings.profile and not key:
            return
        blocked = self._key.blockSignals(True)
        self._key.clear()
        self._key.blockSignals(blocked)
        self.profile_edited.emit(profile, Secret(key) if key else None)

    def _choose(self, index: int) -> None:
        self.profile_chosen.emit(str(self._profiles.itemData(index)))

    def _add(self) -> None:
        self._save()
        # An empty profile is not saved: the fields are cleared, and what is typed next makes a new one.
        self.settings = replace(self.settings, active_profile="")
        self._profiles.setCurrentIndex(-1)
        self._fill(None)
        self._base_url.setFocus()

    def _ask_remove(self) -> None:
        if self.settings.active_profile:
            self.profile_removed.emit(self.settings.active_profile)

    def _ask_test(self) -> None:
        self._save()
        self.test_requested.emit()

    def _lay_out(self) -> None:
        add = QPushButton(self.tr("&New"))
        add.clicked.connect(self._add)
        self._remove = QPushButton(self.tr("&Remove"))
        self._remove.clicked.connect(self._ask_remove)
        self._profiles.setAccessibleName(self.tr("Profile"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._profiles, 1)
        row.addWidget(add)
        row.addWidget(self._remove)
        self.form.addRow(self.tr("Profile"), row)
        self.add_field(self.tr("Na&me"), self._name, self.tr("What you call this endpoint."))
        self.add_field(
            self.tr("&Base URL"), self._base_url, self.tr("Where the provider's OpenAI-compatible API lives.")
        )
        self.form.addRow("", self._url)
        reveal = QAction(icon(IconName.EYE), self.tr("Show the key"), self._key)
        reveal.setCheckable(True)
        reveal.toggled.connect(self._reveal)
        self._key.addAction(reveal, QLineEdit.ActionPosition.TrailingPosition)
        self.add_field(
            self.tr("API &key"),
            self._key,
            self.tr("From the provider's site. Servers on this machine need none."),
        )
        self.form.addRow("", self._key_kept)
        self.add_field(
            self.tr("Mo&del"), self._model, self.tr("The exact ID of a model that can see pictures.")
        )
        self.form.addRow("", self._warnings)
        column = QVBoxLayout()
        column.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self._test)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self._connection)
        self.form.addRow("", column)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._key.setEchoMode(mode)
