"""All settings as one value."""

import sys
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from writetex_desktop.core.costs.cost import CNY_PER_USD, Price
from writetex_desktop.core.desktop.hotkey import Hotkey, default_hotkey
from writetex_desktop.core.desktop.snip_wish import SNIP, SNIP_AGAIN, WRITE, SnipWish
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.money import Money
from writetex_desktop.core.reading.recognition import EngineChoice, Mode
from writetex_desktop.core.settings.client import DEFAULT_PORT, Client


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
        base_url: As the user typed it; `endpoints.endpoint.normalise_base_url` makes the one that is used.
        model: Model ID, sent verbatim.
        price: What the user says the model costs; None for what the catalogue says.
        network: How it is reached.
    """

    id: str
    name: str
    base_url: str
    model: str
    price: Price | None = None
    network: Network = field(default_factory=Network)


DEFAULT_PATIENCE_S = 60.0
"""Limits by the minute, which most are, are lifted by then."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user can set, but for keys.

    Attributes:
        profiles: The saved endpoints, in the order in which they are asked when one is out of order.
        active_profile: `id` of the one in use; empty for none.
        fallback: Whether the next profile is asked when one is overloaded, limited or too slow.
        terms_seen: Whether the user has been told who pays and whose terms hold.
        engine: Which engine recognises.
        stay_offline: Whether no connection is opened, so that the embedded recogniser reads everything.
        show_draft: Whether the embedded recogniser's reading is shown while an endpoint is asked.
        hotkey: The global hotkey that snips; None for none.
        repeat_hotkey: The one that snips the last region again; None for none.
        write_hotkey: The one that shows the small window of the pad; None for none.
        profile_hotkeys: Those that snip and have one profile read it, each with the profile's `id`.
        mode_hotkeys: Those that snip what one mode reads, whichever is in force.
        desktop_hotkeys: Whether the desktop has the hotkeys among its own shortcuts; we ask for none then.
        screen_seen: Whether a test shot has shown that the desktop lets us see the screen.
        welcomed: Whether the questions of the first start were answered or left.
        confirm_selection: Whether a selection is adjusted and confirmed before it is sent.
        after_snip: What comes up when a hotkey snip is done.
        popup_s: How many seconds the popup stays when it is done and nobody points at it; 0 for until it is
            closed.
        popup_keyboard: Whether the popup takes the keyboard, where results are not pasted back.
        auto_copy: Whether a result is copied as soon as it is complete.
        output_format: How a formula is copied.
        mode_formats: How results of other modes are copied; those that are not named are copied as they are.
        image_dpi: Pixels per inch of pictures that are copied.
        template: The user's own output format; see `core.formats.template`.
        templates: More of them, each with a name.
        mode: What the next picture holds.
        theme: The window's colours.
        shortcuts: Keys that the user chose for the window's actions: names of actions, each with its key; an
            empty key is none.
        language: Code of the language that the program speaks; empty for the system's.
        start_hidden: Whether the window stays closed at start, where a tray shows the program.
        check_updates: Whether a newer version is looked for once a week.
        cny_per_usd: The rate at which costs in different currencies are added up, above 0.
        monthly_cap: What may be spent in a calendar month before the user is asked; None for no limit.
        keep_history: Whether finished results are kept.
        keep_pictures: Whether the picture is kept beside its result, and not only a small preview.
        history_days: Days after which an entry of the history is deleted; 0 for never.
        history_entries: Entries that are kept at most, favourites not counted; 0 for no limit.
        instructions: What every reading is to mind, in plain words.
        mode_instructions: The same for one mode each; it comes after what holds for all.
        macros: The user's own commands, as lines of LaTeX.
        document: Path of the document that formulas go into; empty for none.
        use_document: Whether parts of it go along with the picture.
        paste_back: Whether a result is pasted into the application that the user snipped from.
        patience_s: How many seconds a batch waits in a row for a server that is busy; 0 for none.
        serve: Whether other programs on this computer may ask this one.
        serve_port: Where they find it, unless something else listens there.
        serve_clients: The programs that have a token.
    """

    profiles: tuple[Profile, ...] = ()
    active_profile: str = ""
    fallback: bool = False
    terms_seen: bool = False
    engine: EngineChoice = EngineChoice.AUTO
    stay_offline: bool = False
    show_draft: bool = True
    hotkey: Hotkey | None = field(default_factory=lambda: default_hotkey(sys.platform))
    repeat_hotkey: Hotkey | None = None
    write_hotkey: Hotkey | None = None
    profile_hotkeys: tuple[tuple[str, Hotkey], ...] = ()
    mode_hotkeys: tuple[tuple[Mode, Hotkey], ...] = ()
    desktop_hotkeys: bool = False
    screen_seen: bool = False
    welcomed: bool = False
    confirm_selection: bool = False
    after_snip: AfterSnip = AfterSnip.POPUP
    popup_s: int = 6
    popup_keyboard: bool = False
    auto_copy: bool = True
    output_format: OutputFormat = OutputFormat.RAW
    mode_formats: tuple[tuple[Mode, OutputFormat], ...] = ()
    image_dpi: int = 300
    template: str = "{latex}"
    templates: tuple[NamedTemplate, ...] = ()
    mode: Mode = Mode.FORMULA
    theme: Theme = Theme.SYSTEM
    shortcuts: tuple[tuple[str, str], ...] = ()
    language: str = ""
    start_hidden: bool = False
    check_updates: bool = False
    cny_per_usd: Decimal = CNY_PER_USD
    monthly_cap: Money | None = None
    keep_history: bool = True
    keep_pictures: bool = True
    history_days: int = 0
    history_entries: int = 10_000
    instructions: str = ""
    mode_instructions: tuple[tuple[Mode, str], ...] = ()
    macros: str = ""
    document: str = ""
    use_document: bool = False
    paste_back: bool = False
    patience_s: float = DEFAULT_PATIENCE_S
    serve: bool = False
    serve_port: int = DEFAULT_PORT
    serve_clients: tuple[Client, ...] = ()

    @property
    def document_in_use(self) -> str:
        """The document that goes along with pictures; empty for none."""
        return self.document if self.use_document else ""

    def instructions_for(self, mode: Mode) -> str:
        """What a reading in a mode is to mind."""
        both = (self.instructions, dict(self.mode_instructions).get(mode, ""))
        return "\n".join(each.strip() for each in both if each.strip())

    def format_for(self, mode: Mode) -> OutputFormat:
        """How a result of a mode is copied."""
        is_usual = mode.is_formula or mode is Mode.AUTO
        return self.output_format if is_usual else dict(self.mode_formats).get(mode, OutputFormat.RAW)

    def with_format(self, mode: Mode, output_format: OutputFormat) -> "Settings":
        """Give settings in which results of a mode are copied in another form."""
        if mode.is_formula or mode is Mode.AUTO:
            return replace(self, output_format=output_format)
        others = {each: form for each, form in self.mode_formats if each is not mode}
        return replace(self, mode_formats=tuple({**others, mode: output_format}.items()))

    @property
    def profile(self) -> Profile | None:
        """The profile in use, or None."""
        return next((each for each in self.profiles if each.id == self.active_profile), None)

    def with_profile(self, profile: Profile) -> "Settings":
        """Give settings in which a profile stands in place of the one of its `id`, if that is still there."""
        return replace(
            self, profiles=tuple(profile if each.id == profile.id else each for each in self.profiles)
        )

    def find_profile(self, name: str) -> str:
        """Give the `id` of the profile of a name, in any case, or of that `id`.

        Raises:
            SettingsError: There is none.
        """
        for profile in self.profiles:
            if name in {profile.id, profile.name} or name.casefold() == profile.name.casefold():
                return profile.id
        names = ", ".join(profile.name for profile in self.profiles)
        raise SettingsError(
            tr("There is no saved endpoint of the name {name}.", name=name),
            tr("Use one of these: {names}.", names=names)
            if names
            else tr("Save an endpoint in the settings first."),
        )

    @property
    def hotkeys(self) -> dict[SnipWish, Hotkey]:
        """The combinations that are set, and what each asks for."""
        wanted = {SNIP: self.hotkey, SNIP_AGAIN: self.repeat_hotkey, WRITE: self.write_hotkey}
        wanted |= {SnipWish(profile=profile): hotkey for profile, hotkey in self.profile_hotkeys}
        wanted |= {SnipWish(mode=mode.value): hotkey for mode, hotkey in self.mode_hotkeys}
        return {wish: hotkey for wish, hotkey in wanted.items() if hotkey is not None}

    def with_hotkey(self, wish: SnipWish, hotkey: Hotkey | None) -> "Settings":
        """Give settings in which something is asked for by another combination, or by none."""
        if wish == SNIP:
            return replace(self, hotkey=hotkey)
        if wish == SNIP_AGAIN:
            return replace(self, repeat_hotkey=hotkey)
        if wish == WRITE:
            return replace(self, write_hotkey=hotkey)
        if wish.mode:
            kept = {mode: each for mode, each in self.mode_hotkeys if mode.value != wish.mode}
            if hotkey is not None:
                kept[Mode(wish.mode)] = hotkey
            return replace(self, mode_hotkeys=tuple(kept.items()))
        others = tuple(each for each in self.profile_hotkeys if each[0] != wish.profile)
        own = () if hotkey is None else ((wish.profile, hotkey),)
        return replace(self, profile_hotkeys=others + own)
