"""All settings as one value."""

import sys
from dataclasses import dataclass, field
from enum import StrEnum

from writetex_desktop.core.hotkey import Hotkey, default_hotkey
from writetex_desktop.core.output_format import OutputFormat
from writetex_desktop.core.recognition import EngineChoice, Mode


class AfterSnip(StrEnum):
    """What comes up when a hotkey snip is done."""

    POPUP = "popup"
    WINDOW = "window"
    NOTHING = "nothing"


class Theme(StrEnum):
    """The colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved endpoint; its key lives in the `SecretStore` under `id`.

    Attributes:
        id: Stable name, never shown; lower-case letters, digits and hyphens.
        name: What the user calls it.
        base_url: As the user typed it; `core.endpoint.normalise_base_url` makes the one that is used.
        model: Model ID, sent verbatim.
    """

    id: str
    name: str
    base_url: str
    model: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user can set, but for keys.

    Attributes:
        profiles: The saved endpoints.
        active_profile: `id` of the one in use; empty for none.
        engine: Which engine recognises.
        hotkey: The global hotkey that snips; None for none.
        confirm_selection: Whether a selection is adjusted and confirmed before it is sent.
        after_snip: What comes up when a hotkey snip is done.
        auto_copy: Whether a result is copied as soon as it is complete.
        output_format: How it is copied.
        mode: What the next picture holds.
        theme: The window's colours.
        start_hidden: Whether the window stays closed at start, where a tray shows the program.
    """

    profiles: tuple[Profile, ...] = ()
    active_profile: str = ""
    engine: EngineChoice = EngineChoice.AUTO
    hotkey: Hotkey | None = field(default_factory=lambda: default_hotkey(sys.platform))
    confirm_selection: bool = False
    after_snip: AfterSnip = AfterSnip.POPUP
    auto_copy: bool = True
    output_format: OutputFormat = OutputFormat.RAW
    mode: Mode = Mode.FORMULA
    theme: Theme = Theme.SYSTEM
    start_hidden: bool = False

    @property
    def profile(self) -> Profile | None:
        """The profile in use, or None."""
        return next((each for each in self.profiles if each.id == self.active_profile), None)
