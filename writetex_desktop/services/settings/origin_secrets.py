"""The secrets of profiles, each kept under the profile and the origin that it was saved for."""

from dataclasses import replace

from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.endpoints.held import (
    HeldValues,
    has_holes,
    joined,
    part,
    read_held,
    still_held,
    write_held,
)
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.origin import Origin, origin_of
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ports.storage import SecretStore


class OriginSecrets:
    """Keys and network secrets; what was read is remembered for the run.

    A secret is looked up by the place that its profile has now, so one that was saved for another place is
    not found, whoever changed the profile. Entries of earlier versions, which name no place, are taken for
    the place that the profile has when they are first read.

    Args:
        store: The key store.
    """

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._known: dict[str, Secret] = {}
        self._last: dict[str, Profile] = {}

    async def key(self, profile: Profile) -> Secret:
        """Give the key of a profile; an empty one when there is none.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        if not _origin(profile):  # while another address is typed, the key is still that of the last one
            profile = self._last.get(profile.id, profile)
        name = _key_name(profile)
        if name not in self._known:
            found = await self._store.get(name)
            if found is None and name != profile.id:
                found = await self._store.get(profile.id)
                if found is not None:
                    await self._store.set(name, found)
                    await self._store.delete(profile.id)
            self._known[name] = found or Secret("")
        return self._known[name]

    async def keep_key(self, profile: Profile, key: Secret) -> None:
        """Keep a key, or forget the one kept where it is empty.

        Raises:
            SettingsError: It was not kept; it is remembered until the program ends.
        """
        await self._keep(_key_name(profile), key)
        if _key_name(profile) != profile.id:
            await self._store.delete(profile.id)

    async def network(self, profile: Profile) -> Network:
        """Give a profile's network settings with every value in its place.

        Raises:
            EndpointError: A value is not known for the place that the profile has.
            SettingsError: The store is locked or out of order.
        """
        if not has_holes(profile.network):
            return profile.network
        return joined(profile.network, await self._held(profile))

    async def keep_network(self, profile: Profile, values: HeldValues) -> None:
        """Keep values that were typed, beside those that bullets of the profile stand for.

        Raises:
            SettingsError: They were not kept; they are remembered until the program ends.
        """
        name = _network_name(profile)
        if not values and not has_holes(profile.network) and name not in self._known:
            return  # nothing was ever held: the store, which may ask for a password, is left alone
        stored = await self._held(profile)
        before = still_held(profile.network, stored)
        held = HeldValues({**before.headers, **values.headers}, {**before.proxies, **values.proxies})
        if held != stored:
            await self._keep(name, write_held(held) if held else Secret(""))

    async def move(self, before: Profile | None, after: Profile) -> None:
        """Leave the secrets behind that a profile had at another place, and take up those it has at the new.

        A place that has no name yet, as while one is being typed, is none: its key is the next one's. Moved
        back in this run, the profile has its old secrets again.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        known = before if before is not None and _origin(before) else self._last.get(after.id, before)
        if place := after if _origin(after) else known:
            self._last[after.id] = place
        if known is None or not _origin(after) or _origin(known) == _origin(after):
            return
        old_key, old_network = await self.key(known), await self._held(known)
        if not _origin(known):
            await self.keep_key(after, old_key)
            await self._keep(_network_name(after), write_held(old_network) if old_network else Secret(""))
            return
        for name in (_key_name(known), _network_name(known)):
            await self._store.delete(name)
        for name in (_key_name(after), _network_name(after)):
            if again := self._known.get(name):
                await self._store.set(name, again)

    async def forget(self, profile: Profile) -> None:
        """Forget everything of a profile.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        for name in (_key_name(profile), _network_name(profile), profile.id):
            self._known.pop(name, None)
            await self._store.delete(name)

    async def _held(self, profile: Profile) -> HeldValues:
        name = _network_name(profile)
        if name not in self._known:
            self._known[name] = await self._store.get(name) or Secret("")
        return read_held(self._known[name])

    async def _keep(self, name: str, secret: Secret) -> None:
        self._known[name] = secret
        await (self._store.set(name, secret) if secret else self._store.delete(name))


def parted(profile: Profile) -> tuple[Profile, HeldValues]:
    """Take the values out of a profile that belong into the key store."""
    network, values = part(profile.network)
    return replace(profile, network=network), values


def _origin(profile: Profile) -> Origin | None:
    try:
        return origin_of(normalise_base_url(profile.base_url))
    except EndpointError:
        return None


def _key_name(profile: Profile) -> str:
    origin = _origin(profile)
    return f"{profile.id} @ {origin}" if origin else profile.id


def _network_name(profile: Profile) -> str:
    return f"{profile.id} network @ {_origin(profile) or '-'}"
