"""Which endpoint the command line wants, and how it is reached in this run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from writetex_desktop.composition.configuration import override
from writetex_desktop.core.endpoints.network import normalise_proxy, parse_headers
from writetex_desktop.core.endpoints.pasted.snippet import read_snippet
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.settings.overrides import NetworkOverrides
from writetex_desktop.services.settings.settings_service import SettingsService


@dataclass(frozen=True, slots=True)
class EndpointChoice:
    """What the command line says of the endpoint; nothing of it is saved.

    Attributes:
        base_url: In place of the settings and the environment; None for what they say. A whole command or a
            snippet of settings stands for all that it says.
        model: In place of the settings and the environment; None for what they say.
        profile: Name or `id` of the saved endpoint that is asked; empty for what else is in force.
        headers: Sent along, each `Name: value`.
        proxy: In place of the settings; None for what they say.
        ca_file: A file with certificates that are trusted, too; None for what the settings say.
        max_tokens: The most completion tokens that are asked for; 0 for what the server does.
        timeout_s: The longest wait for all of an answer; 0 for what the settings say.
    """

    base_url: str | None = None
    model: str | None = None
    profile: str = ""
    headers: tuple[str, ...] = ()
    proxy: str | None = None
    ca_file: str | None = None
    max_tokens: int = 0
    timeout_s: float = 0.0

    def on(self, settings: Settings) -> Settings:
        """Make the profile that is named the active one.

        Raises:
            SettingsError: There is none of that name.
        """
        if not self.profile:
            return settings
        wanted = self.profile.casefold()
        for each in settings.profiles:
            if wanted in {each.name.casefold(), each.id}:
                return replace(settings, active_profile=each.id)
        names = [each.name for each in settings.profiles]
        near = get_close_matches(self.profile, names, 1)
        hint = (
            tr("Did you mean {near}?", near=near[0])
            if near
            else tr("There are: {names}.", names=", ".join(names))
            if names
            else ""
        )
        raise SettingsError(
            tr("There is no profile named {profile}.", profile=self.profile),
            hint or tr("Save one in the settings first."),
        )

    def apply(self, service: SettingsService, tell: Callable[[Notice], None]) -> None:
        """Put it above what the environment says; a profile that is named stands above the environment.

        Args:
            service: The settings in force, with the profile of `on`.
            tell: Is told when the profile's secrets are not for the address that is named.

        Raises:
            SettingsError: A header or the proxy is none.
        """
        network = NetworkOverrides(
            proxy=None if self.proxy is None else normalise_proxy(self.proxy),
            ca_file=self.ca_file,
            headers=parse_headers("\n".join(self.headers)),
            timeout_s=self.timeout_s,
        )
        before = service.overrides
        if self.profile:
            before = replace(before, base_url=None, key=None, key_for=None, model=None)
        found = read_snippet(self.base_url or "")
        base_url, model = self.base_url, self.model
        if found is not None and found.base_url:
            base_url, model = found.base_url, self.model or found.model or None
            if found.key:
                before = replace(before, key=found.key, key_for=found.base_url)
        service.overrides = replace(before, network=network, max_tokens=self.max_tokens)
        override(service, base_url=base_url, model=model, tell=tell)
