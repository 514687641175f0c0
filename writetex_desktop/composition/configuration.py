"""What every program has before it has anything else: the log, and the settings in force."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from writetex_desktop.adapters.secrets.keyring import KeyringSecrets, keyring_backend_problem
from writetex_desktop.adapters.secrets.memory import MemorySecrets
from writetex_desktop.adapters.storage.environment import read_overrides
from writetex_desktop.adapters.storage.key_mark import KeyMark, key_mark_path
from writetex_desktop.adapters.storage.log_setup import log_path, set_up_logging
from writetex_desktop.adapters.storage.settings_file import SettingsFile, default_path
from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import Remedy, SettingsError
from writetex_desktop.core.formats.template import template_text
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.storage import SecretStore
from writetex_desktop.services.settings.secret_choice import SecretChoice
from writetex_desktop.services.settings.settings_service import SettingsService


@dataclass(frozen=True, slots=True)
class Configuration:
    """What was read.

    Attributes:
        settings: The settings in force.
        secrets: Where keys are kept.
        hide: Keeps a key out of the log.
    """

    settings: SettingsService
    secrets: SecretStore
    hide: Callable[[Secret], None]


def chosen_template(given: str) -> str:
    """Give the text of a template that the command line names: the user's own, one of ours, or a text.

    Raises:
        SettingsError: There is none by that name, or the settings that may hold it cannot be read.
    """
    if "{" in given:  # a text: the settings need not be read
        return given
    return template_text(given, SettingsFile(default_path()).load().templates)


def read_configuration(
    tell: Callable[[Notice], None],
    *,
    change: Callable[[Settings], Settings] = lambda settings: settings,
    offline: bool = False,
) -> Configuration:
    """Read the settings and begin to log.

    Args:
        tell: Is told what went wrong that the program can go on without.
        change: Makes the settings of this run out of those kept, for the command line.
        offline: Whether this run opens no connection, whatever the settings say.
    """
    redaction = set_up_logging(level=logging.ERROR, path=log_path(), stream=sys.stderr)
    store = SettingsFile(default_path())
    try:
        settings = store.load()
    except SettingsError as error:
        tell(Notice.of(error))
        settings = Settings()
    mark = KeyMark(key_mark_path(), has_profiles=bool(settings.profiles))
    secrets = SecretChoice(
        KeyringSecrets(),
        MemorySecrets(),
        lambda: asyncio.to_thread(keyring_backend_problem),
        lambda why: tell(_keys_are_forgotten(why)),
        is_used=mark.is_used,
        mark_used=mark.mark_used,
    )
    overrides = replace(read_overrides(os.environ), offline=offline)
    service = SettingsService(store, secrets, change(settings), overrides, kept=settings)
    if (withheld := service.withheld()) is not None:
        tell(withheld)
    return Configuration(service, secrets, redaction.hide)


def override(
    service: SettingsService, *, base_url: str | None, model: str | None, tell: Callable[[Notice], None]
) -> None:
    """Put what the command line says above what the environment says.

    Args:
        service: The settings in force.
        base_url: Where requests go; None for what is said already.
        model: The model ID; None for what is said already.
        tell: Is told when the profile's secrets are not for that address.
    """
    before = service.overrides
    service.overrides = replace(before, base_url=base_url or before.base_url, model=model or before.model)
    if base_url and (withheld := service.withheld()) is not None:
        tell(withheld)


def _keys_are_forgotten(why: Unsupported) -> Notice:
    message = tr("{reason} The API key is kept in memory only and forgotten at the end.", reason=why.reason)
    return Notice(Level.WARNING, message, Remedy(why.remedy))
