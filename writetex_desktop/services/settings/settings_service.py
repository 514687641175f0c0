"""The settings in force, the keys that go with them, and the endpoint they make."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from writetex_desktop.core.desktop.snip_wish import SnipWish
from writetex_desktop.core.endpoints.endpoint import Endpoint, clean_key, is_local, normalise_base_url
from writetex_desktop.core.endpoints.failures.trouble import staying_offline
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.origin import (
    is_same_origin,
    network_towards,
    refuse_plain_http,
    refuse_strange_certificate,
    with_client_for,
)
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction, SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.merging import merged
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ports.storage import SecretStore, SettingsStore
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.origin_secrets import OriginSecrets, parted
from writetex_desktop.services.settings.overrides import Overrides, normalised, withheld

_NOBODY = "-"
"""A name that no profile has."""


class SettingsService:
    """Settings that are saved as soon as they change.

    Args:
        store: Where they are kept.
        secrets: Where keys are kept.
        initial: What is in force at first.
        overrides: What the environment or the command line says in place of the active profile.
        kept: What the store had, where a command line changed it for its run.

    Attributes:
        settings: What is in force.
        overrides: What stands above the active profile.
        offline: Whether no connection may be opened now.
    """

    def __init__(
        self,
        store: SettingsStore,
        secrets: SecretStore,
        initial: Settings,
        overrides: Overrides,
        *,
        kept: Settings | None = None,
    ) -> None:
        self.settings = Observable(initial)
        self.overrides = overrides
        self.offline = Observable(initial.stay_offline or overrides.offline)
        self._store = store
        self._seen = kept or initial
        self._secrets = secrets
        self._kept = OriginSecrets(secrets)

    async def keeps_keys(self) -> bool:
        """Say whether keys outlive the program; the key store is looked for if it was not yet.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        await self._secrets.get(_NOBODY)
        return self._secrets.keeps

    def change(self, edit: Callable[[Settings], Settings]) -> None:
        """Put changed settings in force and save them; what another program saved meanwhile stays.

        What the command line says in place of the settings is in force, but not saved.

        Raises:
            SettingsError: They are in force but could not be saved.
        """
        in_force, seen = edit(self.settings.value), self._seen
        if in_force == self.settings.value:
            return

        def together(kept: Settings | None) -> Settings:
            nonlocal in_force, seen
            # The edit is made on what there is by now, so that it sees what other programs made.
            now = self.settings.value if kept is None else merged(self._seen, self.settings.value, kept)
            in_force = edit(now)
            seen = merged(now, in_force, now if kept is None else kept)
            return seen

        try:
            self._store.update(together)
            self._seen = seen
        finally:
            self.settings.set(in_force)

    def stay_offline(self, on: bool) -> None:
        """Open no connection from now on, or connections again.

        Raises:
            SettingsError: It is in force but could not be saved.
        """
        self.offline.set(on)
        self.change(lambda settings: replace(settings, stay_offline=on))

    async def save_profile(self, profile: Profile, key: Secret | None) -> None:
        """Add or replace a profile and make it the active one.

        Key, telling headers and the proxy's password are for one origin: when the profile moves to another,
        they do not go along. Moved back in this run, the profile has them again.

        Args:
            profile: Its `id` says which one it replaces.
            key: The new key; None leaves the one kept.

        Raises:
            SettingsError: A secret or the settings could not be kept.
        """
        before = self._profile(profile.id)
        former = before.network if before else None
        network = with_client_for(profile.network, former, normalised(profile.base_url))
        wanted, values = parted(replace(profile, network=network))
        profile = wanted

        def put(settings: Settings) -> Settings:
            nonlocal profile
            profile = wanted
            ids = [each.id for each in settings.profiles]
            if before is None and wanted.id in ids:  # another program took it meanwhile
                profile = replace(wanted, id=new_profile_id(wanted.name, settings.profiles))
            if profile.id in ids:
                changed = settings.with_profile(profile)
            else:
                changed = replace(settings, profiles=(*settings.profiles, profile))
            return replace(changed, active_profile=profile.id)

        self.change(put)
        try:
            await self._kept.move(before, profile)
        finally:  # what was typed counts for this run, whatever the store says
            if key is not None:
                await self._kept.keep_key(profile, key)
            await self._kept.keep_network(profile, values)

    async def remove_profile(self, profile_id: str) -> None:
        """Forget a profile, its key and its hotkey; the first of the others becomes active.

        Raises:
            SettingsError: The key could not be removed or the settings not be saved.
        """
        profile = self._profile(profile_id)

        def remove(settings: Settings) -> Settings:
            rest = tuple(each for each in settings.profiles if each.id != profile_id)
            active = settings.active_profile
            if active == profile_id:
                active = rest[0].id if rest else ""
            changed = replace(settings, profiles=rest, active_profile=active)
            return changed.with_hotkey(SnipWish(profile=profile_id), None)

        self.change(remove)
        if profile is not None:
            await self._kept.forget(profile)

    async def duplicate_profile(self, profile_id: str, name: str) -> None:
        """Put a copy of a profile, with its key, behind it, and make it the active one.

        Args:
            profile_id: The profile.
            name: What the copy is called.

        Raises:
            SettingsError: The key or the settings could not be kept.
        """
        profile = next(each for each in self.settings.value.profiles if each.id == profile_id)
        copy = replace(profile, name=name)

        def put(settings: Settings) -> Settings:
            nonlocal copy
            copy = replace(copy, id=new_profile_id(name, settings.profiles))
            together = [copy] if profile not in settings.profiles else []
            for each in settings.profiles:
                together += [each, copy] if each == profile else [each]
            return replace(settings, profiles=tuple(together))

        key = await self.key(profile_id)
        network = profile.network
        with suppress(EndpointError):  # a value is not known here, so the copy lacks it as well
            network = await self._kept.network(profile)
        self.change(put)
        await self.save_profile(replace(copy, network=network), key or None)

    def move_profile(self, profile_id: str, places: int) -> None:
        """Put a profile earlier (below 0) or later in the order in which they are asked.

        Raises:
            SettingsError: The settings are in force but could not be saved.
        """

        def move(settings: Settings) -> Settings:
            profiles = list(settings.profiles)
            at = next((place for place, each in enumerate(profiles) if each.id == profile_id), None)
            if at is not None:
                profiles.insert(max(0, at + places), profiles.pop(at))
            return replace(settings, profiles=tuple(profiles))

        self.change(move)

    def add_profiles(self, profiles: Sequence[Profile]) -> None:
        """Add profiles that come from elsewhere, each under an `id` of its own; the first becomes active.

        Raises:
            SettingsError: The settings are in force but could not be saved.
        """

        def add(settings: Settings) -> Settings:
            together = settings.profiles
            for profile in profiles:
                together += (replace(profile, id=new_profile_id(profile.name, together)),)
            active = together[len(settings.profiles)].id if profiles else settings.active_profile
            return replace(settings, profiles=together, active_profile=active)

        self.change(add)

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
        profile = self._profile(profile_id)
        return Secret("") if profile is None else await self._kept.key(profile)

    async def settle_secrets(self) -> None:
        """Move the secrets that an earlier version wrote into the settings file to the key store.

        Where no store outlives the program they stay where they are, or they would be lost.

        Raises:
            SettingsError: The store or the file is out of order; nothing was lost.
        """
        for profile in self.settings.value.profiles:
            clean, values = parted(profile)
            if not values or not await self.keeps_keys():
                continue
            await self._kept.keep_network(clean, values)
            self._put(clean)

    def _put(self, profile: Profile) -> None:
        self.change(lambda settings: settings.with_profile(profile))

    def withheld(self) -> Notice | None:
        """Say that the active profile's secrets are not for the address in force, where that is so."""
        return withheld(self.settings.value.profile, self.overrides)

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
            raise _not_configured(tr("No endpoint is set up yet."))
        if not draft.key and not is_local(draft.base_url):
            notice = None if profile_id else self.withheld()
            raise _not_configured(notice.message if notice else tr("The API key is missing."))
        return draft

    async def draft(self, profile_id: str = "") -> Endpoint:
        """Make what there is of the endpoint of a profile; what is missing is empty.

        Args:
            profile_id: The profile; empty for the active one, over which the overrides stand.

        Raises:
            EndpointError: One of the three fields is not usable, a value that the key store held is not known
                for this address, or a secret would go there unencrypted.
            SettingsError: The key could not be read.
        """
        with suppress(SettingsError):  # the file keeps them a while longer
            await self.settle_secrets()
        profile = self._profile(profile_id)
        overrides = Overrides() if profile_id else self.overrides
        base_url = overrides.base_url or (profile.base_url if profile else "")
        model = overrides.model or (profile.model if profile else "")
        url = normalise_base_url(base_url) if base_url else ""
        saved_for = normalised(profile.base_url) if profile else ""
        key, network = Secret(""), Network()
        if profile is not None and (not url or is_same_origin(saved_for, url)):
            key, network = await self._kept.key(profile), await self._kept.network(profile)
        elif profile is not None:
            network = network_towards(profile.network, saved_for, url)
        if overrides.key is not None and overrides.has_key_for(url):
            key = clean_key(overrides.key.reveal())
        endpoint = Endpoint(url, key, model, overrides.network.on(network), overrides.max_tokens)
        refuse_plain_http(endpoint)
        refuse_strange_certificate(endpoint)
        return endpoint

    def _profile(self, profile_id: str) -> Profile | None:
        if not profile_id:
            return self.settings.value.profile
        return next((each for each in self.settings.value.profiles if each.id == profile_id), None)


def new_profile_id(name: str, taken: tuple[Profile, ...]) -> str:
    """Make an `id` for a new profile out of its name."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "profile"
    candidate, number = stem, 2
    while candidate in {each.id for each in taken}:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate


def _not_configured(message: str) -> EndpointError:
    return EndpointError(
        message,
        Remedy(
            tr(
                "Enter base URL, API key and model in the settings, or set WRITETEX_BASE_URL, "
                "WRITETEX_API_KEY and WRITETEX_MODEL."
            ),
            RemedyAction.OPEN_ENDPOINT_SETTINGS,
        ),
        fault=Fault.NOT_CONFIGURED,
    )
