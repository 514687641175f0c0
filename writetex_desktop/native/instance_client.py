"""Hands a wish to the program that runs, without loading it a second time.

`writetex snip` imports this first; see `instance_protocol` for why it imports so little.
"""

import os
import socket

from writetex_desktop.native.instance_protocol import (
    MAX_LINE_BYTES,
    Reply,
    Request,
    format_request,
    parse_reply,
)

REPLY_TIMEOUT_S = 10.0
"""How long the other program may take; one that starts at this moment answers when its loop runs."""


def socket_path(runtime_dir: str | None, user_id: int) -> str:
    """Give the absolute path of the socket of this user's program.

    Args:
        runtime_dir: What `XDG_RUNTIME_DIR` holds: a directory that only the user can enter; None or empty
            for none, then a directory of the user's own below `/tmp` takes its place.
        user_id: As `os.getuid()` gives.
    """
    if runtime_dir and runtime_dir.startswith("/"):
        return f"{runtime_dir}/writetex-desktop/instance"
    return f"/tmp/writetex-desktop-{user_id}/instance"  # noqa: S108 - the server checks whose it is


def forward(request: Request, path: str, timeout_s: float = REPLY_TIMEOUT_S) -> Reply | None:
    """Hand a request to the program that runs and wait for its reply.

    Args:
        request: The wish; paths in it are absolute.
        path: As `socket_path` gives.
        timeout_s: How long to wait for the reply.

    Returns:
        The reply, also when the program does not answer or answers nonsense; None when no program runs.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout_s)
        try:
            if os.lstat(path.rpartition("/")[0]).st_uid != os.getuid():
                return None  # somebody else waits there for file names; `claim` then says so
            connection.connect(path)
        except OSError:  # no such file, or nobody listens any more
            return None
        try:
            connection.sendall(format_request(request))
            return parse_reply(_read_line(connection))
        except ValueError:
            return Reply(
                ok=False,
                message="The request could not be handed on.",
                remedy="Quit WriteTex Desktop from its tray menu and start it again.",
            )
        except OSError:
            return Reply(
                ok=False,
                message="WriteTex Desktop runs but does not answer.",
                remedy="End it and start it again.",
            )


def _read_line(connection: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n") and len(line) <= MAX_LINE_BYTES:
        piece = connection.recv(4096)
        if not piece:
            break
        line += piece
    return line
