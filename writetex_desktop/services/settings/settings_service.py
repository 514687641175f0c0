"""The settings in force, the keys that go with them, and the endpoint they make."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from writetex_desktop.core.desktop.snip_wish import SnipWish
from writetex_desktop.core.endpoints.endpoint import Endpoint, clean_key, is_local, normalise_base_url
from writetex_desktop.core.endpoints.failures.trouble import staying_offline
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ports.storage import SecretStore, SettingsStore
from writetex_desktop.services.observable import Observable

_NOBODY = "-"
"""A name that no profile has."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the environment or the command line says in place of the settings; None where it says nothing.

    Attributes:
        base_url: Where requests go.
        key: The API key.
        model: The model ID.
        offline: Whether this run opens no connection, whatever the settings say.
    """

    base_url: str | None = None
    key: Secret | None = None
    model: str | None = None
    offline: bool = False


class SettingsService:
    """Settings that are saved as soon as they change.

    Attributes:
        settings: What is in force.
        overrides: What stands above the active profile.
        offline: Whether no connection may be opened now.
    """

    def __init__(
        self, store: SettingsStore, secrets: SecretStore, initial: Settings, overrides: Overrides
    ) -> None:
        self.settings = Observable(initial)
        self.overrides = overrides
        self.offline = Observable(initial.stay_offline or overrides.offline)
        self._store = store
        self._secrets = secrets
        self._keys: dict[str, Secret] = {}
        self._former: dict[tuple[str, str], Secret] = {}
        self._last_host: dict[str, str] = {}

    async def keeps_keys(self) -> bool:
        """Say whether keys outlive the program; the key store is looked for if it was not yet.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        await self._secrets.get(_NOBODY)
        return self._secrets.keeps

    def change(self, edit: Callable[[Settings], Settings]) -> None:
        """Put changed settings in force and save them.

        Raises:
            SettingsError: They are in force but could not be saved.
        """
        changed = edit(self.settings.value)
        if changed != self.settings.value:
            self.settings.set(changed)
            self._store.save(changed)

    def stay_offline(self, on: bool) -> None:
        """Open no connection from now on, or connections again.

        Raises:
            SettingsError: It is in force but could not be saved.
        """
        self.offline.set(on)
        self.change(lambda settings: replace(settings, stay_offline=on))

    async def save_profile(self, profile: Profile, key: Secret | None) -> None:
        """Add or replace a profile and make it the active one.

        A key is for one host: when the profile moves to another, its key does not go along. Moved back in
        this run, the profile has it again.

        Args:
            profile: Its `id` says which one it replaces.
            key: The new key; None leaves the one kept.

        Raises:
            SettingsError: The key or the settings could not be kept.
        """
        before = self._profile(profile.id)
        old = (before and _host(before.base_url)) or self._last_host.get(profile.id, "")
        new = _host(profile.base_url)
        self._last_host[profile.id] = new or old
        if key is None and old and new and old != new:
            self._former[profile.id, old] = await self.key(profile.id)
            key = self._former.get((profile.id, new), Secret(""))
        others = tuple(each for each in self.settings.value.profiles if each.id != profile.id)
        position = next(
            (at for at, each in enumerate(self.settings.value.profiles) if each.id == profile.id), len(others)
        )
        profiles = (*others[:position], profile, *others[position:])
        self.change(lambda settings: replace(settings, profiles=profiles, active_profile=profile.id))
        if key is not None:
            self._keys[profile.id] = key
            await (self._secrets.set(profile.id, key) if key else self._secrets.delete(profile.id))

    async def remove_profile(self, profile_id: str) -> None:
        """Forget a profile, its key and its hotkey; the first of the others becomes active.

        Raises:
            SettingsError: The key could not be removed or the settings not be saved.
        """
        rest = tuple(each for each in self.settings.value.profiles if each.id != profile_id)
        active = self.settings.value.active_profile
        if active == profile_id:
            active = rest[0].id if rest else ""
        wish = SnipWish(profile=profile_id)
        self.change(
            lambda settings: replace(settings, profiles=rest, active_profile=active).with_hotkey(wish, None)
        )
        self._keys.pop(profile_id, None)
        await self._secrets.delete(profile_id)

    async def duplicate_profile(self, profile_id: str, name: str) -> None:
        """Put a copy of a profile, with its key, behind it, and make it the active one.

        Args:
            profile_id: The profile.
            name: What the copy is called.

        Raises:
            SettingsError: The key or the settings could not be kept.
        """
        profiles = self.settings.value.profiles
        at = next(place for place, each in enumerate(profiles) if each.id == profile_id)
        copy = replace(profiles[at], id=new_profile_id(name, profiles), name=name)
        key = await self.key(profile_id)
        together = (*profiles[: at + 1], copy, *profiles[at + 1 :])
        self.change(lambda settings: replace(settings, profiles=together))
        await self.save_profile(copy, key or None)

    def move_profile(self, profile_id: str, places: int) -> None:
        """Put a profile earlier (below 0) or later in the order in which they are asked.

        Raises:
            SettingsError: The settings are in force but could not be saved.
        """
        profiles = list(self.settings.value.profiles)
        at = next(place for place, each in enumerate(profiles) if each.id == profile_id)
        profiles.insert(max(0, at + places), profiles.pop(at))
        self.change(lambda settings: replace(settings, profiles=tuple(profiles)))

    def add_profiles(self, profiles: Sequence[Profile]) -> None:
        """Add profiles that come from elsewhere, each under an `id` of its own; the first becomes active.

        Raises:
            SettingsError: The settings are in force but could not be saved.
        """
        together = self.settings.value.profiles
        for profile in profiles:
            together += (replace(profile, id=new_profile_id(profile.name, together)),)
        active = together[len(self.settings.value.profiles)].id if profiles else ""
        self.change(
            lambda settings: replace(
                settings, profiles=together, active_profile=active or settings.active_profile
            )
        )

    def is_configured(self) -> bool:
        """Whether there is an endpoint to ask, key or no key."""
        profile = self.settings.value.profile
        base_url = self.overrides.base_url or (profile.base_url if profile else "")
        model = self.overrides.model or (profile.model if profile else "")
        return bool(base_url and model)

    def is_overridden(self) -> bool:
        """Whether environment or command line name an endpoint, which stands above the active profile."""
        return bool(self.overrides.base_url or self.overrides.model)

    async def key(self, profile_id: str) -> Secret:
        """Give the key of a profile; an empty one when there is none.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        if profile_id not in self._keys:
            self._keys[profile_id] = await self._secrets.get(profile_id) or Secret("")
        return self._keys[profile_id]

    async def endpoint(self, profile_id: str = "") -> Endpoint:
        """Make the endpoint of a profile.

        Args:
            profile_id: The profile; empty for the active one, over which the overrides stand.

        Raises:
            EndpointError: One of the three fields is missing (`Fault.NOT_CONFIGURED`) or not usable, or no
                connection may be opened (`Fault.STAYING_OFFLINE`).
            SettingsError: The key could not be read.
        """
        if self.offline.value:
            raise staying_offline()
        draft = await self.draft(profile_id)
        if not draft.base_url or not draft.model:
            raise _not_configured("No endpoint is set up yet.")
        if not draft.key and not is_local(draft.base_url):
            raise _not_configured("The API key is missing.")
        return draft

    async def draft(self, profile_id: str = "") -> Endpoint:
        """Make what there is of the endpoint of a profile; what is missing is empty.

        Args:
            profile_id: The profile; empty for the active one, over which the overrides stand.

        Raises:
            EndpointError: One of the three fields is not usable.
            SettingsError: The key could not be read.
        """
        profile = self._profile(profile_id)
        overrides = Overrides() if profile_id else self.overrides
        base_url = overrides.base_url or (profile.base_url if profile else "")
        model = overrides.model or (profile.model if profile else "")
        if overrides.key is not None:
            key = clean_key(overrides.key.reveal())
        else:
            key = await self.key(profile.id) if profile else Secret("")
        url = normalise_base_url(base_url) if base_url else ""
        return Endpoint(url, key, model, profile.network if profile else Network())

    def _profile(self, profile_id: str) -> Profile | None:
        if not profile_id:
            return self.settings.value.profile
        return next((each for each in self.settings.value.profiles if each.id == profile_id), None)


def _host(base_url: str) -> str:
    """Give the host and port that a key is for; empty where there is none yet."""
    try:
        return urlsplit(normalise_base_url(base_url)).netloc
    except EndpointError:
        return ""


def new_profile_id(name: str, taken: tuple[Profile, ...]) -> str:
    """Make an `id` for a new profile out of its name."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "profile"
    ids = {each.id for each in taken}
    candidate, number = stem, 2
    while candidate in ids:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate


def _not_configured(message: str) -> EndpointError:
    return EndpointError(
        message,
        Remedy(
            "Enter base URL, API key and model in the settings, or set WRITETEX_BASE_URL, WRITETEX_API_KEY "
            "and WRITETEX_MODEL.",
            RemedyAction.OPEN_ENDPOINT_SETTINGS,
        ),
        fault=Fault.NOT_CONFIGURED,
    )
