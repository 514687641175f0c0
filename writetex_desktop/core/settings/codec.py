"""Settings as plain values for a file, and back.

One line of `_FIELDS` says how a setting is written and read; a setting that is missing from a file has its
default. `MIGRATIONS` brings older files up to date, so that nobody's settings are lost when a form changes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.recognition import EngineChoice, Mode
from writetex_desktop.core.settings.client_form import CLIENTS
from writetex_desktop.core.settings.forms import (
    AMOUNT,
    COUNT,
    FLAG,
    PORT,
    SECONDS,
    TEXT,
    Form,
    Unfit,
    choice,
    read_rate,
    read_text,
)
from writetex_desktop.core.settings.hotkey_form import HOTKEY, MODE_HOTKEYS, PROFILE_HOTKEYS
from writetex_desktop.core.settings.settings import AfterSnip, Profile, Settings, Theme

Document = dict[str, object]
"""What stands in the file: names with texts, numbers, truth values, lists and mappings, as JSON has them."""

VERSION_NAME = "version"
"""The entry that holds the number of the form."""

MIGRATIONS: tuple[Callable[[Document], Document], ...] = ()
"""Step `n` (from 0) turns a document of version `n + 1` into one of version `n + 2`. Never change one that
has been released; add another."""

R = TypeVar("R", Settings, Profile, Network, Price, Money, NamedTemplate)


def encode(settings: Settings) -> Document:
    """Give the plain values of all settings, without a version."""
    return _write_record(_FIELDS, settings)


def decode(document: Mapping[str, object]) -> Settings:
    """Read plain values; what is missing has its default, what is unknown is left to `unknown`.

    Raises:
        SettingsError: Values do not fit; the message names every one of them.
    """
    try:
        return _read_record(Settings, _FIELDS, document, "")
    except Unfit as unfit:
        raise SettingsError(
            tr("The settings do not fit: {names}.", names="; ".join(unfit.problems)),
            tr("Correct these values."),
        ) from unfit


def encode_profiles(profiles: Sequence[Profile]) -> list[Document]:
    """Give the plain values of profiles alone."""
    return _write_profiles(tuple(profiles))


def decode_profiles(value: object) -> tuple[Profile, ...]:
    """Read the plain values of profiles alone.

    Raises:
        SettingsError: They do not fit; the message names every one that does not.
    """
    try:
        return _read_profiles(value, "profiles")
    except Unfit as unfit:
        raise SettingsError(
            tr("The profiles do not fit: {names}.", names="; ".join(unfit.problems)),
            tr("Correct these values."),
        ) from unfit


def unknown(document: Mapping[str, object]) -> Document:
    """Give the entries that are no settings of this version, so that they can be kept."""
    return {name: value for name, value in document.items() if name not in _FIELDS and name != VERSION_NAME}


def newest_version(migrations: Sequence[Callable[[Document], Document]] = MIGRATIONS) -> int:
    """Give the version that `encode` writes."""
    return len(migrations) + 1


def migrate(
    document: Document,
    migrations: Sequence[Callable[[Document], Document]] = MIGRATIONS,
) -> Document:
    """Bring a document of any older version up to date.

    Raises:
        SettingsError: It names no version, or a newer one than this program knows.
    """
    version = document.get(VERSION_NAME)
    newest = newest_version(migrations)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise SettingsError(tr("The settings name no version."), tr("Set them anew."))
    if version > newest:
        raise SettingsError(
            tr("The settings were written by a newer version of WriteTex Desktop."),
            tr("Update WriteTex Desktop to use them."),
        )
    for step in migrations[version - 1 :]:
        document = step(document)
    return {**document, VERSION_NAME: newest}


def _write_record(forms: Mapping[str, Form], value: object) -> Document:
    return {name: form.write(getattr(value, name)) for name, form in forms.items()}


def _read_record(kind: type[R], forms: Mapping[str, Form], values: Mapping[str, object], place: str) -> R:
    """Read the fields of a dataclass; those without a default must be there."""
    found: dict[str, Any] = {}
    problems: list[str] = []
    needed = {each.name for each in fields(kind) if _is_needed(each)}
    for name, form in forms.items():
        if name in values:
            try:
                found[name] = form.read(values[name], place + name)
            except Unfit as unfit:
                problems += unfit.problems
        elif name in needed:
            problems.append(tr("{number} is missing", number=place + name))
    if problems:
        raise Unfit(*problems)
    return kind(**found)


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read_headers(value: object, name: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        raise Unfit(tr("{name} must be a list of names and values", name=name))
    headers: list[tuple[str, str]] = []
    for each in value:
        match each:
            case [str(header), str(content)]:
                headers.append((header, content))
            case _:
                raise Unfit(tr("{name} must be a list of names and values", name=name))
    return tuple(headers)


def _write_network(network: Network) -> Document:
    return _write_record(_NETWORK_FIELDS, network)


def _read_network(value: object, name: str) -> Network:
    if not isinstance(value, dict):
        raise Unfit(tr("{name} must be a mapping", name=name))
    return _read_record(Network, _NETWORK_FIELDS, value, f"{name} ")


def _read_mode_formats(value: object, name: str) -> tuple[tuple[Mode, OutputFormat], ...]:
    if not isinstance(value, dict):
        raise Unfit(tr("{name} must hold an output format for each mode", name=name))
    mode_form, format_form = choice(Mode), choice(OutputFormat)
    return tuple(
        (mode_form.read(mode, f"{name} mode"), format_form.read(output_format, f"{name} {mode}"))
        for mode, output_format in value.items()
    )


def _read_mode_texts(value: object, name: str) -> tuple[tuple[Mode, str], ...]:
    if not isinstance(value, dict):
        raise Unfit(tr("{name} must hold a text for each mode", name=name))
    mode_form = choice(Mode)
    return tuple(
        (mode_form.read(mode, f"{name} mode"), read_text(text, f"{name} {mode}"))
        for mode, text in value.items()
    )


def _read_texts(value: object, name: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise Unfit(tr("{name} must hold a text for each name", name=name))
    return tuple((read_text(key, name), read_text(text, f"{name} {key}")) for key, text in value.items())


def _read_templates(value: object, name: str) -> tuple[NamedTemplate, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Unfit(tr("{name} must be a list of templates", name=name))
    return tuple(
        _read_record(NamedTemplate, _TEMPLATE_FIELDS, each, f"{name} {number} ")
        for number, each in enumerate(value, start=1)
    )


def _write_profiles(profiles: tuple[Profile, ...]) -> list[Document]:
    return [_write_record(_PROFILE_FIELDS, profile) for profile in profiles]


def _read_profiles(value: object, name: str) -> tuple[Profile, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Unfit(tr("{name} must be a list of profiles", name=name))
    profiles: list[Profile] = []
    problems: list[str] = []
    for number, each in enumerate(value, start=1):
        try:
            profiles.append(_read_record(Profile, _PROFILE_FIELDS, each, f"{name} {number} "))
        except Unfit as unfit:
            problems += unfit.problems
    if len({each.id for each in profiles}) < len(profiles):
        problems.append(tr("{name} must have an id each of its own", name=name))
    if problems:
        raise Unfit(*problems)
    return tuple(profiles)


def _optional(kind: type[R], forms: Mapping[str, Form]) -> Form:
    """A record, or null for none."""

    def write(value: R | None) -> Document | None:
        return None if value is None else _write_record(forms, value)

    def read(value: object, name: str) -> R | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Unfit(tr("{name} must be a record or null", name=name))
        return _read_record(kind, forms, value, f"{name} ")

    return Form(write, read)


_NETWORK_FIELDS: Mapping[str, Form] = {
    "proxy": TEXT,
    "ca_file": TEXT,
    "headers": Form(lambda headers: [list(each) for each in headers], _read_headers),
    "connect_s": SECONDS,
    "first_byte_s": SECONDS,
    "total_s": SECONDS,
    "client_certificate": TEXT,
    "client_key": TEXT,
    "client_for": TEXT,
    "plain_http": FLAG,
}
"""Every field of `Network`, once."""

_TEMPLATE_FIELDS: Mapping[str, Form] = {"name": TEXT, "text": TEXT, "key": TEXT}
"""Every field of `NamedTemplate`, once."""

_PROFILE_FIELDS: Mapping[str, Form] = {
    "id": TEXT,
    "name": TEXT,
    "base_url": TEXT,
    "model": TEXT,
    # The user's own price has neither day nor source.
    "price": _optional(Price, {"input": AMOUNT, "output": AMOUNT, "currency": choice(Currency)}),
    "network": Form(_write_network, _read_network),
}
"""Every field of `Profile`, once."""

_FIELDS: Mapping[str, Form] = {
    "profiles": Form(_write_profiles, _read_profiles),
    "active_profile": TEXT,
    "fallback": FLAG,
    "terms_seen": FLAG,
    "engine": choice(EngineChoice),
    "stay_offline": FLAG,
    "show_draft": FLAG,
    "hotkey": HOTKEY,
    "repeat_hotkey": HOTKEY,
    "write_hotkey": HOTKEY,
    "profile_hotkeys": PROFILE_HOTKEYS,
    "mode_hotkeys": MODE_HOTKEYS,
    "desktop_hotkeys": FLAG,
    "screen_seen": FLAG,
    "welcomed": FLAG,
    "confirm_selection": FLAG,
    "after_snip": choice(AfterSnip),
    "popup_s": COUNT,
    "popup_keyboard": FLAG,
    "auto_copy": FLAG,
    "output_format": choice(OutputFormat),
    "mode_formats": Form(
        lambda formats: {mode.value: form.value for mode, form in formats}, _read_mode_formats
    ),
    "image_dpi": COUNT,
    "template": TEXT,
    "templates": Form(
        lambda templates: [_write_record(_TEMPLATE_FIELDS, each) for each in templates], _read_templates
    ),
    "mode": choice(Mode),
    "theme": choice(Theme),
    "shortcuts": Form(dict, _read_texts),
    "language": TEXT,
    "start_hidden": FLAG,
    "check_updates": FLAG,
    "cny_per_usd": Form(str, read_rate),
    "monthly_cap": _optional(Money, {"amount": AMOUNT, "currency": choice(Currency)}),
    "keep_history": FLAG,
    "keep_pictures": FLAG,
    "history_days": COUNT,
    "history_entries": COUNT,
    "instructions": TEXT,
    "mode_instructions": Form(lambda texts: {mode.value: text for mode, text in texts}, _read_mode_texts),
    "macros": TEXT,
    "document": TEXT,
    "use_document": FLAG,
    "paste_back": FLAG,
    "patience_s": SECONDS,
    "serve": FLAG,
    "serve_port": PORT,
    "serve_clients": CLIENTS,
}
"""Every field of `Settings`, once; a test holds the two together."""
