"""The catalogue as it stands in a file, read and merged; every problem is told, not only the first.

The form: `[[provider]]` tables with the names of `catalogue.provider.Provider`'s attributes; the head of
`resources/providers.toml` explains it. Numbers with a point come as `Decimal`, so that amounts stay exact.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.merging import Document, id_of
from writetex_desktop.core.endpoints.catalogue.provider import (
    BatchTerms,
    Catalogue,
    DatedNote,
    ErrorSign,
    GuideStep,
    ImageRules,
    Model,
    ModelListing,
    ModelMark,
    ModelRule,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.errors import EndpointError, Fault, SettingsError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.money import Currency

VERSION = 1
"""The number of the form."""

T = TypeVar("T")
Reader = Callable[["_Problems", object, str], Any]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARAMETER = re.compile(r"[a-z_]+")
_LONGEST_LINE = 4_000
"""Characters."""

_MOST_TOLD = 40
"""Problems that one sentence names."""

_UNREAD = object()
"""What stands in for a value that does not fit; the problem is noted, and nothing is built of it."""


class _Problems(list[str]):
    """One phrase for each thing that does not fit, such as `openai: kind must be one of ...`."""


def parse_catalogue(document: Document) -> Catalogue:
    """Read a catalogue.

    Raises:
        SettingsError: Something does not fit; the message names every place and what is wanted there.
    """
    problems = _Problems()
    if document.get("version") != VERSION:
        problems.append(tr("version must be {version}", version=VERSION))
    problems += [
        tr("{name} is not known", name=name) for name in document if name not in {"version", "provider"}
    ]
    entries = document.get("provider", [])
    providers: tuple[Provider, ...] = ()
    if isinstance(entries, list):
        read = [_provider(problems, each, number) for number, each in enumerate(entries, start=1)]
        providers = tuple(each for each in read if each is not None)
    else:
        problems.append(tr("provider must be written as [[provider]]"))
    times = Counter(each.id for each in providers)
    problems += [tr("{name} stands twice", name=name) for name in sorted(times) if times[name] > 1]
    if problems:
        told = [*problems[:_MOST_TOLD], *(["…"] if len(problems) > _MOST_TOLD else [])]
        raise SettingsError(
            tr("The list of providers does not fit: {names}.", names="; ".join(told)),
            tr("Correct these entries."),
        )
    return Catalogue(providers)


def read_catalogue(data: bytes) -> Catalogue:
    """Read a file that holds a whole catalogue.

    Raises:
        SettingsError: It is no TOML, or does not fit.
    """
    try:
        document = parse_toml(data)
    except ValueError as error:
        raise SettingsError(
            tr("This is no list of providers in TOML."),
            tr("Name the file or the address of a providers.toml."),
        ) from error
    catalogue = parse_catalogue(document)
    if not catalogue.providers:
        raise SettingsError(tr("The list of providers is empty."), tr("Name another file or address."))
    return catalogue


def parse_toml(data: bytes) -> dict[str, object]:
    """Read a list of providers as tables that nobody has looked at yet.

    Raises:
        ValueError: It is no TOML, no UTF-8, nested without end, or has lines that no such file has: a name of
            many parts costs `tomllib` the square of its length.
    """
    text = data.decode("utf-8")
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        raise ValueError("a line is too long")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _provider(problems: _Problems, value: object, number: int) -> Provider | None:
    read = _record(Provider, _PROVIDER)(
        problems, value, id_of(value) or tr("provider {number}", number=number)
    )
    return read if isinstance(read, Provider) else None


def _record(kind: type[T], readers: Mapping[str, Reader]) -> Reader:
    """Make what reads a table into a dataclass, whose defaults say what may be left out."""
    needed = {
        each.name
        for each in fields(kind)  # type: ignore[arg-type]  # mypy cannot know that T is a dataclass
        if each.default is MISSING and each.default_factory is MISSING
    }

    def read(problems: _Problems, value: object, place: str) -> T | object:
        if not isinstance(value, dict):
            return _unfit(problems, place, tr("must be a table"))
        before = len(problems)
        problems += [
            tr("{place}: {name} is not known", place=place, name=name)
            for name in value
            if name not in readers
        ]
        problems += [
            tr("{place}: {name} is missing", place=place, name=name) for name in sorted(needed - value.keys())
        ]
        found = {
            name: reader(problems, value[name], f"{place}: {name}")
            for name, reader in readers.items()
            if name in value
        }
        return _UNREAD if len(problems) > before else kind(**found)

    return read


def _many(reader: Reader) -> Reader:
    def read(problems: _Problems, value: object, place: str) -> object:
        if not isinstance(value, list):
            return _unfit(problems, place, tr("must be a list"))
        return tuple(reader(problems, each, f"{place} {n}") for n, each in enumerate(value, start=1))

    return read


def _unfit(problems: _Problems, place: str, wanted: str) -> object:
    problems.append(f"{place} {wanted}")
    return _UNREAD


def _text(problems: _Problems, value: object, place: str) -> object:
    return value if isinstance(value, str) else _unfit(problems, place, tr("must be a text"))


def _matching(pattern: re.Pattern[str], wanted: str) -> Reader:
    def read(problems: _Problems, value: object, place: str) -> object:
        fits = isinstance(value, str) and pattern.fullmatch(value)
        return value if fits else _unfit(problems, place, tr_marked(wanted))

    return read


def _flag(problems: _Problems, value: object, place: str) -> object:
    return value if isinstance(value, bool) else _unfit(problems, place, tr("must be true or false"))


def _count(problems: _Problems, value: object, place: str) -> object:
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if fits else _unfit(problems, place, tr("must be a whole number"))


def _day(problems: _Problems, value: object, place: str) -> object:
    # A TOML date with a time is a `datetime`, which is a `date` too.
    return value if type(value) is date else _unfit(problems, place, tr("must be a date such as 2026-11-22"))


def _amount(problems: _Problems, value: object, place: str) -> object:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        amount = Decimal(value)
        if amount.is_finite() and amount >= 0:
            return amount
    return _unfit(problems, place, tr("must be an amount such as 0.25"))


def _one_of(kind: type[StrEnum]) -> Reader:
    def read(problems: _Problems, value: object, place: str) -> object:
        if isinstance(value, str) and value in {each.value for each in kind}:
            return kind(value)
        return _unfit(problems, place, tr("must be one of {names}", names=", ".join(kind)))

    return read


def _parameters(problems: _Problems, value: object, place: str) -> object:
    if isinstance(value, dict) and _is_plain(value):
        return MappingProxyType(value)
    return _unfit(problems, place, tr("must be a table of texts, whole numbers, truth values and tables"))


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_plain(each) for each in value.values())
    return isinstance(value, str | int)


def _base_url(problems: _Problems, value: object, place: str) -> object:
    try:
        return (
            normalise_base_url(value)
            if isinstance(value, str)
            else _unfit(problems, place, tr("must be a text"))
        )
    except EndpointError:
        return _unfit(problems, place, tr("must be an address such as https://api.example.com/v1"))


_URL = _matching(re.compile(r"https?://[^\s<>]+"), mark("must be an address that starts with https://"))
_IDENTIFIER = _matching(_ID, mark("must hold only a-z, 0-9 and hyphens"))

_PRICE = _record(
    Price,
    {"input": _amount, "output": _amount, "currency": _one_of(Currency), "as_of": _day, "source": _text},
)
_MODEL = _record(
    Model,
    {
        "id": _text,
        "name": _text,
        "patterns": _many(_text),
        "mark": _one_of(ModelMark),
        "vision": _flag,
        "confirmed": _flag,
        "price": _PRICE,
        "retires": _day,
        "successor": _text,
        "note": _text,
    },
)
_RULE = _record(
    ModelRule,
    {
        "patterns": _many(_text),
        "thinking_off": _parameters,
        "always_thinks": _flag,
        "token_limit": _matching(_PARAMETER, mark("must be the name of a parameter")),
        "temperature": _flag,
        "stream_only": _flag,
        "source": _text,
    },
)
_IMAGE = _record(
    ImageRules,
    {
        "media_types": _many(
            _matching(re.compile(r"image/[a-z]+"), mark("must be a media type such as image/png"))
        ),
        "min_side_px": _count,
        "max_side_px": _count,
        "max_bytes": _count,
        "max_tokens": _count,
        "detail": _text,
    },
)
_BATCH = _record(
    BatchTerms,
    {
        "price_share": _amount,
        "endpoint": _text,
        "most_requests": _count,
        "most_bytes": _count,
        "window": _text,
        "models": _many(_text),
        "note": _text,
        "source": _URL,
    },
)
_PROVIDER: Mapping[str, Reader] = {
    "id": _IDENTIFIER,
    "name": _text,
    "kind": _one_of(ProviderKind),
    "base_url": _base_url,
    "placeholder": _text,
    "hosts": _many(_text),
    "port": _count,
    "needs_key": _flag,
    "fixed_key": _text,
    "key_url": _URL,
    "docs_url": _URL,
    "models_url": _URL,
    "steps": _many(_record(GuideStep, {"text": _text, "url": _URL})),
    "models": _many(_MODEL),
    "rules": _many(_RULE),
    "image": _IMAGE,
    "listing": _one_of(ModelListing),
    "listing_prefix": _text,
    "vision_path": _text,
    "errors": _many(
        _record(ErrorSign, {"fault": _one_of(Fault), "status": _count, "code": _text, "phrase": _text})
    ),
    "batch": _BATCH,
    "free_tier": _record(DatedNote, {"text": _text, "as_of": _day, "source": _text}),
    "notes": _many(_text),
}
"""How each attribute of `Provider` is read; a test holds the two together."""
