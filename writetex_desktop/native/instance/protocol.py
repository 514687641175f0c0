"""What a second start says to the program that runs: one line of JSON each way.

Imported by `writetex snip` before anything else, so it keeps to modules that cost a few milliseconds: no
`dataclasses`, no `pathlib`, no Qt.
"""

import json
from enum import StrEnum
from typing import NamedTuple

MAX_LINE_BYTES = 64 * 1024
"""Longest line either side reads; room for some hundred file names."""

MAX_DELAY_S = 60.0


class Verb(StrEnum):
    """What a second start can ask for."""

    SNIP = "snip"
    WRITE = "write"
    """Show the small window of the pad."""
    SHOW = "show"
    PASTE = "paste"
    OPEN = "open"
    SETTINGS = "settings"
    QUIT = "quit"
    PING = "ping"
    FETCH = "fetch"


class Request(NamedTuple):
    """One wish.

    Attributes:
        verb: What shall be done.
        delay_s: For `SNIP`: seconds to wait first.
        files: For `OPEN`: absolute paths.
        repeat: For `SNIP`: whether the last region is taken again.
        profile: For `SNIP`: the saved endpoint that reads this picture, as the user calls it.
        mode: For `SNIP`: value of the `Mode` of this picture; empty for the one in force.
        form: For `SNIP`: the form in which the result is wanted by who asks; he is given a ticket for it.
        ticket: For `FETCH`: what `SNIP` gave.
    """

    verb: Verb
    delay_s: float = 0.0
    files: tuple[str, ...] = ()
    repeat: bool = False
    profile: str = ""
    form: str = ""
    ticket: str = ""
    mode: str = ""


class Reply(NamedTuple):
    """What became of it.

    Attributes:
        ok: Whether it was taken on.
        message: If not, one sentence that says why; for `PING`, the version of the program that runs.
        remedy: If not, one sentence that says what to do.
        result: For `SNIP` with a form, the ticket; for `FETCH`, the record of what was read, as JSON,
            and nothing as long as the user is about it.
    """

    ok: bool
    message: str = ""
    remedy: str = ""
    result: str = ""


def format_request(request: Request) -> bytes:
    """Give the line for a request, with its newline."""
    return _line(request._asdict())


def parse_request(line: bytes) -> Request:
    """Read a request.

    Raises:
        ValueError: It is none: not JSON, an unknown verb, or a field of the wrong kind.
    """
    fields = _fields(line)
    delay_s, files = fields.get("delay_s", 0.0), fields.get("files", [])
    if not isinstance(delay_s, int | float) or not 0 <= delay_s <= MAX_DELAY_S:
        raise ValueError("delay_s is no number of seconds up to a minute")
    if not isinstance(files, list) or not all(isinstance(file, str) and "\0" not in file for file in files):
        raise ValueError("files is no list of names")
    texts = (fields.get(name, "") for name in ("profile", "form", "ticket", "mode"))
    match [fields.get("repeat", False), *texts]:
        case [bool(repeat), str(profile), str(form), str(ticket), str(mode)]:
            verb = Verb(str(fields.get("verb")))
            return Request(verb, float(delay_s), tuple(files), repeat, profile, form, ticket, mode)
        case _:
            raise ValueError("repeat is no truth value, or a name no text")


def format_reply(reply: Reply) -> bytes:
    """Give the line for a reply, with its newline."""
    return _line(reply._asdict())


def parse_reply(line: bytes) -> Reply:
    """Read a reply.

    Raises:
        ValueError: It is none.
    """
    match _fields(line):
        case {"ok": bool(ok), "message": str(message), "remedy": str(remedy), **rest}:
            return Reply(ok, message, remedy, str(rest.get("result", "")))
        case _:
            raise ValueError("this is no reply")


def _line(fields: dict[str, object]) -> bytes:
    # ASCII throughout: a file name that is no UTF-8 travels as the surrogates that os.fsdecode makes of it.
    line = json.dumps(fields).encode("ascii") + b"\n"
    if len(line) > MAX_LINE_BYTES:
        raise ValueError("the line is too long")
    return line


def _fields(line: bytes) -> dict[str, object]:
    try:
        match json.loads(line):
            case dict() as fields:
                return fields
            case _:
                raise ValueError("this is no JSON object")
    except RecursionError as failure:
        raise ValueError("this is nested too deeply") from failure
