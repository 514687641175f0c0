"""The kinds of snip that a hotkey or a command can ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SnipWish:
    """What kind of snip is asked for; without anything, the plain one.

    Attributes:
        repeat: Take the region of the snip before, without the overlay, where it can still be taken.
        profile: `id` of the profile that reads this one picture; empty for the active one.
    """

    repeat: bool = False
    profile: str = ""

    @property
    def id(self) -> str:
        """A stable name, by which desktops remember the hotkey."""
        if self.profile:
            return f"snip-to-{self.profile}"
        return "snip-again" if self.repeat else "snip"


SNIP = SnipWish()
SNIP_AGAIN = SnipWish(repeat=True)
