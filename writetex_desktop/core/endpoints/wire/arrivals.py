"""What comes in answer to a request, value by value: from bytes to JSON, in whatever frame it is sent.

The first bytes tell the frame, never the content type, which servers get wrong both ways: `{` or `[` begin
JSON (a completion, lines of it, or a list), `<` begins a page, anything else is a stream of events.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from writetex_desktop.core.endpoints.wire.events import Event, EventReader, LineReader, parse_json

MOST_WORDS = 20_000
"""Characters that are kept of what is neither JSON nor events, to say what it was."""

_DONE = "[DONE]"
_FIELD = re.compile(r"(?:data|event|id|retry)?\s*:")
"""With what the lines of events begin; other lines are words, if no event comes at all."""

_TWICE = re.compile(r"^(?:data:\s*)+")
"""Gateways that wrap the events of others were seen to write their field again."""

_SPACE = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One value that came.

    Attributes:
        text: It as it came.
        value: The JSON in it; None where it is none.
        is_error: Whether the server called it an error.
        is_data: Whether it is the data of an event.
    """

    text: str
    value: object = None
    is_error: bool = False
    is_data: bool = False


class _Frame(Enum):
    UNKNOWN = auto()
    EVENTS = auto()
    JSON = auto()
    WORDS = auto()


class ArrivalReader:
    """Reads the body of one response.

    Attributes:
        is_done: Whether the server has said that nothing more comes.
    """

    def __init__(self) -> None:
        self.is_done = False
        self._frame = _Frame.UNKNOWN
        self._head = b""
        self._lines = LineReader()
        self._events = EventReader()
        self._kept: list[str] = []
        self._kept_length = 0
        self._found = False

    def feed(self, data: bytes) -> tuple[Arrival, ...]:
        """Take the next bytes; gives what is whole by now."""
        if self._frame is _Frame.UNKNOWN:
            self._head += data
            start = self._head.removeprefix(_BOM).lstrip(_SPACE)
            if not start or _BOM.startswith(self._head):
                return ()
            data, self._head = start, b""
            self._frame = _frame_of(start)
        return tuple(self._take(self._lines.feed(data)))

    def close(self) -> tuple[Arrival, ...]:
        """Take note that nothing more comes; gives the rest."""
        found = list(self._take(self._lines.feed(b"", final=True)))
        if self._frame is _Frame.EVENTS:
            found += self._arrived(self._events.close())
        elif self._frame is _Frame.JSON and self._kept:
            found += _whole("\n".join(self._kept))
        words = "\n".join(self._kept).strip()
        if found or self._found or self.is_done or not words:
            return tuple(found)
        return (Arrival(words),)

    def _take(self, lines: list[str]) -> Iterator[Arrival]:
        for line in lines:
            if self.is_done:
                return
            if self._frame is _Frame.EVENTS:
                self._keep("" if _FIELD.match(line) else line, MOST_WORDS)
                yield from self._arrived(self._events.feed(line))
            elif self._frame is _Frame.WORDS:
                self._keep(line, MOST_WORDS)
            elif not self._kept and (values := _values(line)):
                # The first line is JSON by itself: then each is.
                self._found = True
                yield from values
            elif line.strip() or self._kept:
                self._kept.append(line)

    def _keep(self, line: str, most: int) -> None:
        if not self._found and self._kept_length < most:
            self._kept.append(line[:most])
            self._kept_length += len(line)

    def _arrived(self, events: tuple[Event, ...]) -> Iterator[Arrival]:
        for event in events:
            self._found = True
            data = _TWICE.sub("", event.data.strip())
            if data.upper() == _DONE:
                self.is_done = True
                return
            is_error = event.name.lower() == "error"
            values = _values(data) or _lines_of(data)
            if not values:
                yield Arrival(data, is_error=is_error, is_data=True)
            for each in values:
                yield Arrival(each.text, each.value, is_error, is_data=True)


def _frame_of(start: bytes) -> _Frame:
    if start[:1] in {b"{", b"["}:
        return _Frame.JSON
    return _Frame.WORDS if start[:1] == b"<" else _Frame.EVENTS


def _values(text: str) -> tuple[Arrival, ...]:
    """Read one value, or the values of a list; none where it is no JSON."""
    text = text.strip().removesuffix(",")
    if not text:
        return ()
    try:
        value = parse_json(text)
    except ValueError:
        return ()
    if isinstance(value, list):
        return tuple(Arrival(json.dumps(each), each) for each in value if isinstance(each, dict))
    return (Arrival(text, value),)


def _lines_of(text: str) -> tuple[Arrival, ...]:
    """Read lines of JSON; none where any is not."""
    read = [_values(line) for line in text.splitlines() if line.strip()]
    return tuple(each for line in read for each in line) if len(read) > 1 and all(read) else ()


def _whole(text: str) -> tuple[Arrival, ...]:
    """Read JSON that stands on several lines: one value, a list, or values one behind the other."""
    found = _values(text) or _lines_of(text)
    if found:
        return found
    decoder = json.JSONDecoder()
    values: list[Arrival] = []
    rest = text.strip()
    while rest.startswith("{"):
        try:
            value, end = decoder.raw_decode(rest)
        except (ValueError, RecursionError):
            break
        values.append(Arrival(rest[:end], value))
        rest = rest[end:].lstrip(" \t\r\n,")
    return tuple(values) or (Arrival(text[:MOST_WORDS]),)
