"""Changes settings for whoever is asked to by the user."""

from collections.abc import Callable

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.settings.settings_service import SettingsService


class SettingsEditor:
    """Puts changes in force at once; that they could not be saved is told, and they hold all the same."""

    def __init__(self, settings: SettingsService, notifier: Notifier) -> None:
        self._settings = settings
        self._notifier = notifier

    def edit(self, edit: Callable[[Settings], Settings]) -> None:
        """Change settings."""
        try:
            self._settings.change(edit)
        except WriteTexError as error:
            self._notifier.notify(Notice.of(error))

    def stay_offline(self, on: bool) -> None:
        """Open no connection from now on, or connections again."""
        try:
            self._settings.stay_offline(on)
        except WriteTexError as error:
            self._notifier.notify(Notice.of(error))
