"""Settings as plain values for a file, and back.

One line of `_FIELDS` says how a setting is written and read; a setting that is missing from a file has its
default. `MIGRATIONS` brings older files up to date, so that nobody's settings are lost when a form changes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from writetex_desktop.core.cost import Currency, Money, Price
from writetex_desktop.core.errors import SettingsError, WriteTexError
from writetex_desktop.core.hotkey import Hotkey, format_hotkey, parse_hotkey
from writetex_desktop.core.network import Network
from writetex_desktop.core.output_format import OutputFormat
from writetex_desktop.core.recognition import EngineChoice, Mode
from writetex_desktop.core.settings import AfterSnip, Profile, Settings, Theme

Document = dict[str, object]
"""What stands in the file: names with texts, numbers, truth values, lists and mappings, as JSON has them."""

VERSION_NAME = "version"
"""The entry that holds the number of the form."""

MIGRATIONS: tuple[Callable[[Document], Document], ...] = ()
"""Step `n` (from 0) turns a document of version `n + 1` into one of version `n + 2`. Never change one that
has been released; add another."""

_LONGEST_WAIT_S = 3600
_MOST = 1_000_000

E = TypeVar("E", bound=StrEnum)
R = TypeVar("R", Settings, Profile, Network, Price, Money)


class _Unfit(Exception):
    """Values do not fit; holds a phrase for each, such as `theme must be one of light, dark`."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Form:
    """How one value stands in a file.

    Attributes:
        write: Gives the plain value.
        read: Takes the plain value and the name that it has for the user; raises `_Unfit`.
    """

    write: Callable[[Any], object]
    read: Callable[[object, str], Any]


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
    except _Unfit as unfit:
        raise SettingsError(
            f"The settings do not fit: {'; '.join(unfit.problems)}.", "Correct these values."
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
    except _Unfit as unfit:
        raise SettingsError(
            f"The profiles do not fit: {'; '.join(unfit.problems)}.", "Correct these values."
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
        raise SettingsError("The settings name no version.", "Set them anew.")
    if version > newest:
        raise SettingsError(
            "The settings were written by a newer version of WriteTex Desktop.",
            "Update WriteTex Desktop to use them.",
        )
    for step in migrations[version - 1 :]:
        document = step(document)
    return {**document, VERSION_NAME: newest}


def _write_record(forms: Mapping[str, _Form], value: object) -> Document:
    return {name: form.write(getattr(value, name)) for name, form in forms.items()}


def _read_record(kind: type[R], forms: Mapping[str, _Form], values: Mapping[str, object], place: str) -> R:
    """Read the fields of a dataclass; those without a default must be there."""
    found: dict[str, Any] = {}
    problems: list[str] = []
    needed = {each.name for each in fields(kind) if _is_needed(each)}
    for name, form in forms.items():
        if name in values:
            try:
                found[name] = form.read(values[name], place + name)
            except _Unfit as unfit:
                problems += unfit.problems
        elif name in needed:
            problems.append(f"{place + name} is missing")
    if problems:
        raise _Unfit(*problems)
    return kind(**found)


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read_text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _Unfit(f"{name} must be a text")
    return value


def _read_seconds(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_WAIT_S:
        raise _Unfit(f"{name} must be a number of seconds from 0 to {_LONGEST_WAIT_S}")
    return float(value)


def _read_count(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise _Unfit(f"{name} must be a whole number from 0 to {_MOST}")
    return value


def _read_flag(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise _Unfit(f"{name} must be true or false")
    return value


def _choice(kind: type[E]) -> _Form:
    def read(value: object, name: str) -> E:
        if isinstance(value, str) and value in {each.value for each in kind}:
            return kind(value)
        raise _Unfit(f"{name} must be one of {', '.join(kind)}")

    return _Form(str, read)


def _write_hotkey(hotkey: Hotkey | None) -> str:
    return "" if hotkey is None else format_hotkey(hotkey)


def _read_hotkey(value: object, name: str) -> Hotkey | None:
    text = _read_text(value, name)
    if not text:
        return None
    try:
        return parse_hotkey(text)
    except WriteTexError as error:
        raise _Unfit(f"{name} must be a key combination such as Ctrl+Alt+M, or empty") from error


def _read_headers(value: object, name: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        raise _Unfit(f"{name} must be a list of names and values")
    headers: list[tuple[str, str]] = []
    for each in value:
        match each:
            case [str(header), str(content)]:
                headers.append((header, content))
            case _:
                raise _Unfit(f"{name} must be a list of names and values")
    return tuple(headers)


def _write_network(network: Network) -> Document:
    return _write_record(_NETWORK_FIELDS, network)


def _read_network(value: object, name: str) -> Network:
    if not isinstance(value, dict):
        raise _Unfit(f"{name} must be a mapping")
    return _read_record(Network, _NETWORK_FIELDS, value, f"{name} ")


def _write_profiles(profiles: tuple[Profile, ...]) -> list[Document]:
    return [_write_record(_PROFILE_FIELDS, profile) for profile in profiles]


def _read_profiles(value: object, name: str) -> tuple[Profile, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _Unfit(f"{name} must be a list of profiles")
    profiles: list[Profile] = []
    problems: list[str] = []
    for number, each in enumerate(value, start=1):
        try:
            profiles.append(_read_record(Profile, _PROFILE_FIELDS, each, f"{name} {number} "))
        except _Unfit as unfit:
            problems += unfit.problems
    if len({each.id for each in profiles}) < len(profiles):
        problems.append(f"{name} must have an id each of its own")
    if problems:
        raise _Unfit(*problems)
    return tuple(profiles)


def _read_amount(value: object, name: str) -> Decimal:
    """Read an amount; a text, since JSON's numbers are not exact."""
    try:
        amount = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount < 0:
        raise _Unfit(f'{name} must be an amount such as "0.25"')
    return amount


def _read_rate(value: object, name: str) -> Decimal:
    rate = _read_amount(value, name)
    if not rate:
        raise _Unfit(f"{name} must be above 0")
    return rate


def _optional(kind: type[R], forms: Mapping[str, _Form]) -> _Form:
    """A record, or null for none."""

    def write(value: R | None) -> Document | None:
        return None if value is None else _write_record(forms, value)

    def read(value: object, name: str) -> R | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise _Unfit(f"{name} must be a record or null")
        return _read_record(kind, forms, value, f"{name} ")

    return _Form(write, read)


_TEXT = _Form(str, _read_text)
_FLAG = _Form(bool, _read_flag)
_AMOUNT = _Form(str, _read_amount)
_SECONDS = _Form(float, _read_seconds)
_COUNT = _Form(int, _read_count)

_NETWORK_FIELDS: Mapping[str, _Form] = {
    "proxy": _TEXT,
    "ca_file": _TEXT,
    "headers": _Form(lambda headers: [list(each) for each in headers], _read_headers),
    "connect_s": _SECONDS,
    "first_byte_s": _SECONDS,
    "total_s": _SECONDS,
}
"""Every field of `Network`, once."""

_PROFILE_FIELDS: Mapping[str, _Form] = {
    "id": _TEXT,
    "name": _TEXT,
    "base_url": _TEXT,
    "model": _TEXT,
    # The user's own price has neither day nor source.
    "price": _optional(Price, {"input": _AMOUNT, "output": _AMOUNT, "currency": _choice(Currency)}),
    "network": _Form(_write_network, _read_network),
}
"""Every field of `Profile`, once."""

_FIELDS: Mapping[str, _Form] = {
    "profiles": _Form(_write_profiles, _read_profiles),
    "active_profile": _TEXT,
    "fallback": _FLAG,
    "terms_seen": _FLAG,
    "engine": _choice(EngineChoice),
    "hotkey": _Form(_write_hotkey, _read_hotkey),
    "confirm_selection": _FLAG,
    "after_snip": _choice(AfterSnip),
    "auto_copy": _FLAG,
    "output_format": _choice(OutputFormat),
    "mode": _choice(Mode),
    "theme": _choice(Theme),
    "start_hidden": _FLAG,
    "cny_per_usd": _Form(str, _read_rate),
    "monthly_cap": _optional(Money, {"amount": _AMOUNT, "currency": _choice(Currency)}),
    "keep_history": _FLAG,
    "keep_pictures": _FLAG,
    "history_days": _COUNT,
    "history_entries": _COUNT,
}
"""Every field of `Settings`, once; a test holds the two together."""
