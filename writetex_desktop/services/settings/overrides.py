"""What stands above the settings for one run, and whose secrets it is none of."""

from dataclasses import dataclass

from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.endpoints.origin import is_same_origin, origin_of
from writetex_desktop.core.errors import EndpointError, Remedy
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the environment or the command line says in place of the settings; None where it says nothing.

    Attributes:
        base_url: Where requests go.
        key: The API key.
        key_for: The base URL that the key was named together with; None for whichever is in force.
        model: The model ID.
        offline: Whether this run opens no connection, whatever the settings say.
    """

    base_url: str | None = None
    key: Secret | None = None
    key_for: str | None = None
    model: str | None = None
    offline: bool = False

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
    message = (
        f"The key and the network settings of {profile.name} are for {origin_of(saved_for)} and are not used "
        f"for {origin_of(asked)}."
    )
    remedy = Remedy("Set WRITETEX_API_KEY if it needs a key, or save a profile for it.")
    return Notice(Level.INFO, message, remedy)


def normalised(base_url: str) -> str:
    """Give a base URL as it is used; empty where there is none yet."""
    try:
        return normalise_base_url(base_url)
    except EndpointError:
        return ""
