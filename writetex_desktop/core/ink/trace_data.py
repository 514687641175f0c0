"""The numbers of one InkML trace: a little language of its own.

https://www.w3.org/TR/InkML/#traceDataFormat - points are parted by commas, values by spaces or by their own
signs. A value says outright what it is (`!`, the usual way), or how far it is from the last (`'`), or how
much that distance changed (`"`); what a sign says holds for its channel until another comes. `*` repeats
the last value, `?` is none.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

_VALUE = re.compile(
    r"""\s*+([!'"]?)\s*+(?:(\#[0-9A-Fa-f]+)|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([TF*?]))"""
)


@dataclass(frozen=True, slots=True)
class Channel:
    """One of the numbers that a point has.

    Attributes:
        name: Such as X, Y, T for time, F for force.
        units: As the file says; empty where it says nothing.
        least: The least value, where the file says so.
        most: The greatest value, where the file says so.
        is_boolean: Whether it is true or false, which `T` and `F` stand for.
        default: What it is where a point leaves it out.
    """

    name: str
    units: str = ""
    least: float | None = None
    most: float | None = None
    is_boolean: bool = False
    default: float = 0.0


class _Memory:
    """What one channel remembers from point to point."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._sign = "!"
        self._value = math.nan
        self._speed = 0.0

    def take(self, sign: str, value: float | None) -> float:
        """Read a value; None for the last one again."""
        if sign:
            self._sign = sign
        if value is None:
            return self._value
        before = 0.0 if math.isnan(self._value) else self._value
        match self._sign:
            case "'":
                self._speed = value
                self._value = before + self._speed
            case '"':
                self._speed += value
                self._value = before + self._speed
            case _:
                self._speed = value - before
                self._value = value
        return self._value

    def left_out(self) -> float:
        """Give what holds where a point says nothing."""
        return self._channel.default if math.isnan(self._value) else self._value


def read_trace(text: str, channels: Sequence[Channel], most: int) -> list[tuple[float, ...]]:
    """Read the points of a trace: one number for each channel, NaN for what is not known.

    Args:
        text: The content of a `trace`.
        channels: What the numbers are.
        most: Points above which nothing is read.

    Raises:
        ValueError: It is no trace, or has too many points.
    """
    memories = [_Memory(channel) for channel in channels]
    rows: list[tuple[float, ...]] = []
    for number, piece in enumerate(text.split(",")):
        if not piece.strip():
            continue
        if number >= most:
            raise ValueError("a trace with too many points")
        rows.append(_row(piece, channels, memories))
    return rows


def _row(piece: str, channels: Sequence[Channel], memories: Sequence[_Memory]) -> tuple[float, ...]:
    values: list[float] = []
    at = 0
    piece = piece.rstrip()
    while at < len(piece):
        found = _VALUE.match(piece, at)
        if found is None or len(values) == len(channels):
            raise ValueError("what stands in a trace is no number, or there are more than channels")
        at = found.end()
        sign, hexadecimal, decimal, word = found.groups()
        channel, memory = channels[len(values)], memories[len(values)]
        if word == "?":
            values.append(math.nan)
        elif word == "*":
            values.append(memory.take(sign, None))
        elif word:
            if not channel.is_boolean:
                raise ValueError("only a boolean is true or false")
            values.append(memory.take(sign, float(word == "T")))
        else:
            values.append(memory.take(sign, _number(hexadecimal, decimal)))
    rest = memories[len(values) :]
    return (*values, *(memory.left_out() for memory in rest))


def _number(hexadecimal: str | None, decimal: str) -> float:
    try:
        number = float(int(hexadecimal[1:], 16)) if hexadecimal else float(decimal)
    except OverflowError as error:
        raise ValueError("a number that no pen has written") from error
    if math.isinf(number):
        raise ValueError("a number that no pen has written")
    return number
