"""Whether the services of the session bus answer that Qt waits for while it starts.

Qt asks the tray's watcher and the settings portal on the thread of the windows, and waits 25 seconds for each
that hangs (the timeout of libdbus). They are asked here before, together, for half a second. What little of
the protocol that takes is written out: a library for it is a tenth of a second of every start.

https://dbus.freedesktop.org/doc/dbus-specification.html
"""

import os
import select
import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Final

assert sys.platform != "win32"

BUDGET_S: Final = 0.5

_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_CALLS: Final = (
    (("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello"), ()),
    (
        ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", _PROPERTIES, "Get"),
        ("org.kde.StatusNotifierWatcher", "IsStatusNotifierHostRegistered"),
    ),
    (
        ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", _PROPERTIES, "Get"),
        ("org.freedesktop.portal.Settings", "version"),
    ),
)
"""Destination, path, interface and member, and the texts of the body."""

_NO_AUTO_START: Final = 2
_REPLY_SERIAL: Final = 5


def has_silent_service(address: str, budget_s: float = BUDGET_S) -> bool:
    """Say whether a service that Qt waits for is there and does not answer.

    Args:
        address: As `DBUS_SESSION_BUS_ADDRESS` has it; one that is no socket of this machine is not asked.
        budget_s: How long they may take together, in seconds.
    """
    path = _socket_path(address)
    if path is None:
        return False
    deadline = time.monotonic() + budget_s
    with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
        bus.settimeout(budget_s)
        bus.connect(path)
        bus.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        if not bus.recv(256).startswith(b"OK "):
            return False
        bus.sendall(b"BEGIN\r\n" + b"".join(_call(serial, *call) for serial, call in enumerate(_CALLS, 1)))
        missing, received = set(range(1, len(_CALLS) + 1)), b""
        while missing:
            left_s = deadline - time.monotonic()
            if left_s <= 0 or not select.select([bus], [], [], left_s)[0]:
                return True
            piece = bus.recv(65536)
            if not piece:
                return False
            received += piece
            answered, received = _answered(received)
            missing -= answered
    return False


def _socket_path(address: str) -> str | bytes | None:
    kind, _, rest = address.partition(":")
    options = dict(each.partition("=")[::2] for each in rest.split(";")[0].split(","))
    if kind != "unix":
        return None
    return options.get("path") or (f"\0{options['abstract']}" if "abstract" in options else None)


def _call(serial: int, method: tuple[str, str, str, str], texts: tuple[str, ...]) -> bytes:
    """Write a call of a method whose arguments are texts."""
    to, path, interface, member = method
    body = b""
    for text in texts:
        body = _padded(body, 4) + _text(text)
    named = ((1, b"o", path), (2, b"s", interface), (3, b"s", member), (6, b"s", to))
    fields = b""
    for code, kind, value in named:
        fields = _padded(fields, 8) + bytes([code, 1]) + kind + b"\0" + _text(value)
    if texts:
        fields = _padded(fields, 8) + b"\x08\x01g\0" + bytes([len(texts)]) + b"s" * len(texts) + b"\0"
    head = struct.pack("<cBBBIII", b"l", 1, _NO_AUTO_START, 1, len(body), serial, len(fields))
    return _padded(head + fields, 8) + body


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<I", len(data)) + data + b"\0"


def _padded(data: bytes, to: int) -> bytes:
    return data + b"\0" * (-len(data) % to)


def _answered(data: bytes) -> tuple[set[int], bytes]:
    """Give the serials that whole messages answer, and what is left of the data."""
    serials = set()
    while len(data) >= _HEAD.size:
        order = "<" if data[:1] == b"l" else ">"
        body, _serial, fields = struct.unpack(f"{order}III", data[4:16])
        length = _HEAD.size + fields + -fields % 8 + body
        if len(data) < length:
            break
        at, end = _HEAD.size, _HEAD.size + fields
        while at < end:
            at += -at % 8
            code, kind = data[at], data[at + 2 : at + 3]
            if kind == b"u":
                (value,) = struct.unpack(f"{order}I", data[at + 4 : at + 8])
                if code == _REPLY_SERIAL:
                    serials.add(value)
                at += 8
            elif kind == b"g":
                at += 4 + 1 + data[at + 4] + 1
            else:
                (size,) = struct.unpack(f"{order}I", data[at + 4 : at + 8])
                at += 8 + size + 1
        data = data[length:]
    return serials, data


_HEAD = struct.Struct("<cBBBIII")
