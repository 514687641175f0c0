"""Server-sent events out of bytes, as the standard says.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation: lines end with
CR, LF or both; a BOM at the start is left out; comments, ids and `retry` mean nothing to us; an event without
data is none. In two places more is understood than the standard asks for, because servers send it: events
with no empty line between them, and a line of JSON without `data:`.
"""

import codecs
import json
import re
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        name: Its type; empty where it has none.
        data: Its data.
    """

    name: str
    data: str


def parse_json(text: str) -> object:
    """Read JSON, however deep it is nested.

    Raises:
        ValueError: It is none, or deeper than any answer.
    """
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
    return value


def is_json(text: str) -> bool:
    """Say whether text is one whole value of JSON that is an object or a list."""
    if not text.startswith(("{", "[")):
        return False
    try:
        parse_json(text)
    except ValueError:
        return False
    return True


class LineReader:
    """Cuts bytes of UTF-8 into lines, however they come; a line that has not ended is waited for."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._parts: list[str] = []
        self._after_cr = False
        self._is_first = True

    def feed(self, data: bytes, *, final: bool = False) -> list[str]:
        """Give the lines that have ended.

        Args:
            data: What has come.
            final: Whether nothing more comes, so that the last line is one too.
        """
        text = self._decoder.decode(data, final)
        if self._is_first and text:
            text = text.removeprefix("\ufeff")
            self._is_first = False
        if self._after_cr and text:
            text = text.removeprefix("\n")
            self._after_cr = False
        lines: list[str] = []
        if _LINE_END.search(text):
            self._after_cr = text.endswith("\r")
            self._parts.append(text)
            *lines, rest = _LINE_END.split("".join(self._parts))
            self._parts = [rest] if rest else []
        elif text:
            self._parts.append(text)
        if final and self._parts:
            lines.append("".join(self._parts))
            self._parts = []
        return lines


class EventReader:
    """Makes events of lines."""

    def __init__(self) -> None:
        self._name = ""
        self._data: list[str] = []

    def feed(self, line: str) -> tuple[Event, ...]:
        """Give the events that a line ends, or is."""
        if not line:
            return self.close()
        name, colon, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data" and colon:
            # What is whole already is an event of its own, though no empty line came.
            before = self.close() if len(self._data) == 1 and is_json(self._data[0]) else ()
            self._data.append(value)
            return before
        if name == "event":
            before = self.close() if self._data else ()
            self._name = value.strip()
            return before
        if is_json(line):
            return (*self.close(), Event("", line))
        return ()

    def close(self) -> tuple[Event, ...]:
        """Give the event that had begun, at an empty line or at the end."""
        name, data = self._name, "\n".join(self._data)
        self._name, self._data = "", []
        return (Event(name, data),) if data.strip() else ()
