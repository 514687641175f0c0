"""What a hotkey or a command can ask for: the kinds of snip, and the pad."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SnipWish:
    """What is asked for; without anything, the plain snip.

    Attributes:
        repeat: Take the region of the snip before, without the overlay, where it can still be taken.
        profile: `id` of the profile that reads this one picture; empty for the active one.
        mode: Value of the `Mode` of this one picture; empty for the one in force.
        writes: No snip: the small window of the pad, to write by hand.
    """

    repeat: bool = False
    profile: str = ""
    writes: bool = False
    mode: str = ""

    @property
    def id(self) -> str:
        """A stable name, by which desktops remember the hotkey."""
        if self.writes:
            return "write"
        if self.profile:
            return f"snip-to-{self.profile}"
        if self.mode:
            return f"snip-as-{self.mode}"
        return "snip-again" if self.repeat else "snip"


SNIP = SnipWish()
SNIP_AGAIN = SnipWish(repeat=True)
WRITE = SnipWish(writes=True)
