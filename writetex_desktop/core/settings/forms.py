"""How single values of the settings stand in a file: texts, numbers, truth values, choices."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from writetex_desktop.core.language.words import tr

_LONGEST_WAIT_S = 3600
_MOST = 1_000_000
_LAST_PORT = 65_535

E = TypeVar("E", bound=StrEnum)


class Unfit(Exception):
    """Values do not fit; holds a phrase for each, such as `theme must be one of light, dark`."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Form:
    """How one value stands in a file.

    Attributes:
        write: Gives the plain value.
        read: Takes the plain value and the name that it has for the user; raises `Unfit`.
    """

    write: Callable[[Any], object]
    read: Callable[[object, str], Any]


def read_text(value: object, name: str) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise Unfit(tr("{name} must be a text", name=name))
    return value


def _read_seconds(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_WAIT_S:
        raise Unfit(
            tr(
                "{name} must be a number of seconds from 0 to {longest_wait_s}",
                name=name,
                longest_wait_s=_LONGEST_WAIT_S,
            )
        )
    return float(value)


def _read_count(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise Unfit(tr("{name} must be a whole number from 0 to {most}", name=name, most=_MOST))
    return value


def _read_flag(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise Unfit(tr("{name} must be true or false", name=name))
    return value


def _read_port(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LAST_PORT:
        raise Unfit(tr("{name} must be a port from 1 to {last_port}", name=name, last_port=_LAST_PORT))
    return value


def choice(kind: type[E]) -> Form:
    """One of the values of an enumeration."""

    def read(value: object, name: str) -> E:
        if isinstance(value, str) and value in {each.value for each in kind}:
            return kind(value)
        raise Unfit(tr("{name} must be one of {names}", name=name, names=", ".join(kind)))

    return Form(str, read)


def _read_amount(value: object, name: str) -> Decimal:
    """Read an amount; a text, since JSON's numbers are not exact."""
    try:
        amount = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount < 0:
        raise Unfit(tr('{name} must be an amount such as "0.25"', name=name))
    return amount


def read_rate(value: object, name: str) -> Decimal:
    """Read an amount above 0."""
    rate = _read_amount(value, name)
    if not rate:
        raise Unfit(tr("{name} must be above 0", name=name))
    return rate


TEXT = Form(str, read_text)
FLAG = Form(bool, _read_flag)
AMOUNT = Form(str, _read_amount)
SECONDS = Form(float, _read_seconds)
COUNT = Form(int, _read_count)
PORT = Form(int, _read_port)
