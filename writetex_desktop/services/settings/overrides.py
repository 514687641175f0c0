"""What stands above the settings for one run, and whose secrets it is none of."""

from dataclasses import dataclass, field, replace

from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.endpoints.origin import is_same_origin, origin_of
from writetex_desktop.core.errors import EndpointError, Remedy
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile


@dataclass(frozen=True, slots=True)
class NetworkOverrides:
    """How the command line wants an endpoint to be reached; what it says nothing of stays.

    Attributes:
        proxy: As `core.endpoints.network.normalise_proxy` gave it; None for nothing said.
        ca_file: A file with certificates; None for nothing said.
        headers: Sent along beside those of the profile; one of the same name takes its place.
        timeout_s: The longest wait for all of an answer; 0 for nothing said.
    """

    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    timeout_s: float = 0.0

    def on(self, network: Network) -> Network:
        """Put it in place of what a profile says."""
        named = {name.lower() for name, _value in self.headers}
        kept = tuple(each for each in network.headers if each[0].lower() not in named)
        network = replace(
            network,
            proxy=network.proxy if self.proxy is None else self.proxy,
            ca_file=network.ca_file if self.ca_file is None else self.ca_file,
            headers=(*kept, *self.headers),
        )
        if not self.timeout_s:
            return network
        # The whole wait is what is named, so that no shorter step on the way ends it before.
        connect_s = min(network.connect_s, self.timeout_s)
        return replace(network, connect_s=connect_s, first_byte_s=self.timeout_s, total_s=self.timeout_s)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the environment or the command line says in place of the settings; None where it says nothing.

    Attributes:
        base_url: Where requests go.
        key: The API key.
        key_for: The base URL that the key was named together with; None for whichever is in force.
        model: The model ID.
        offline: Whether this run opens no connection, whatever the settings say.
        network: How it is reached.
        max_tokens: The most completion tokens that are asked for; 0 for nothing said.
    """

    base_url: str | None = None
    key: Secret | None = None
    key_for: str | None = None
    model: str | None = None
    offline: bool = False
    network: NetworkOverrides = field(default_factory=NetworkOverrides)
    max_tokens: int = 0

    def has_key_for(self, url: str) -> bool:
        """Whether there is a key that may go to an address: named with another one, it is for that."""
        if self.key is None:
            return False
        return self.key_for is None or is_same_origin(normalised(self.key_for), url)


def withheld(profile: Profile | None, overrides: Overrides) -> Notice | None:
    """Say that a profile's secrets are not for the address named in its place; None where they are."""
    asked = normalised(overrides.base_url or "")
    saved_for = normalised(profile.base_url) if profile else ""
    if profile is None or not asked or not saved_for or is_same_origin(saved_for, asked):
        return None
    message = tr(
        "The key and the network settings of {name} are for {origin} and are not used for {origin_2}.",
        name=profile.name,
        origin=origin_of(saved_for),
        origin_2=origin_of(asked),
    )
    remedy = Remedy(tr("Set WRITETEX_API_KEY if it needs a key, or save a profile for it."))
    return Notice(Level.INFO, message, remedy)


def normalised(base_url: str) -> str:
    """Give a base URL as it is used; empty where there is none yet."""
    try:
        return normalise_base_url(base_url)
    except EndpointError:
        return ""
